"""What an agent does with chats that needs the platform's consent: each is a deed, so none fails unheard."""

from collections.abc import Awaitable, Callable

from agent_console.deeds import Deeds
from widget.wire import agent as wire
from widget.wire.agent_requests import Ban, BanCustomer, TagThread, ThreadById
from widget.wire.base import Json
from widget.wire.chats import NewChat
from widget.wire.customer import DeactivateChat, IncomingChat, ResumeChat, SendEvent
from widget.wire.events import NewMessage
from widget.wire.frames import Payload
from widget.wire.ids import new_custom_id
from widget.wire.new_events import NewAnyChat, NewUser, StartAnyChat

__all__ = ["Work"]

Ask = Callable[[str, Json], Awaitable[Payload]]


class Work:
    """One agent's deeds; ``me`` is the agent's id."""

    def __init__(self, ask: Ask, deeds: Deeds, me: Callable[[], str]) -> None:
        self._ask = ask
        self._deeds = deeds
        self._me = me

    def close_chat(self, chat_id: str) -> None:
        """End the present thread of a chat."""
        request = DeactivateChat(id=chat_id, ignore_requester_presence=True)
        self._deeds.do("deactivate_chat", chat_id, request.as_json())

    def reopen(self, chat_id: str) -> None:
        """Begin a new thread in a closed chat, and have it."""
        request = ResumeChat(chat=NewChat(id=chat_id), active=True)
        self._deeds.do("resume_chat", chat_id, request.as_json())

    def join(self, chat_id: str) -> None:
        """Take a chat that waits, or join a colleague's."""
        request = wire.AddUserToChat(chat_id=chat_id, user_id=self._me(), user_type="agent")
        self._deeds.do("add_user_to_chat", chat_id, request.as_json())

    def transfer(self, transfer: wire.TransferChat, note: str, then: Callable[[], None]) -> None:
        """Hand a chat over, with a word for who gets it, if any, for agents only. A second try does not repeat it."""
        word = NewMessage(text=note, custom_id=new_custom_id(), visibility="agents")

        async def hand_over() -> None:
            if note:
                await self._ask("send_event", SendEvent(chat_id=transfer.id, event=word).as_json())
            await self._ask("transfer_chat", transfer.as_json())
            then()

        self._deeds.attempt("transfer_chat", transfer.id, hand_over)

    def ask_who_can_have(self, chat_id: str, then: Callable[[Payload], None]) -> None:
        """The agents whom a chat can be handed to (``list_agents_for_transfer``)."""
        request = wire.ListAgentsForTransfer(chat_id=chat_id)
        self._deeds.do("list_agents_for_transfer", chat_id, request.as_json(), then)

    def tag(self, chat_id: str, thread_id: str, tag: str) -> None:
        """Label a thread."""
        request = TagThread(chat_id=chat_id, thread_id=thread_id, tag=tag)
        self._deeds.do("tag_thread", f"{thread_id} {tag}", request.as_json())

    def untag(self, chat_id: str, thread_id: str, tag: str) -> None:
        """Take a label off."""
        request = TagThread(chat_id=chat_id, thread_id=thread_id, tag=tag)
        self._deeds.do("untag_thread", f"{thread_id} {tag}", request.as_json())

    def ban(self, customer_id: str, days: int, then: Callable[[], None]) -> None:
        """Keep a visitor out for some days."""
        request = BanCustomer(id=customer_id, ban=Ban(days=days))
        self._deeds.do("ban_customer", customer_id, request.as_json(), lambda _: then())

    def ask_for_transcript(self, chat_id: str, thread_id: str, then: Callable[[str], object]) -> None:
        """What was said in a thread, as the platform writes it."""
        request = ThreadById(chat_id=chat_id, thread_id=thread_id)

        def take(answer: Payload) -> None:
            text = answer.get("transcript") if isinstance(answer, dict) else None
            then(text if isinstance(text, str) else "")

        self._deeds.do("get_thread_transcript", chat_id, request.as_json(), take)

    def start_chat(self, customer_id: str, then: Callable[[str], None]) -> None:
        """Begin the first chat with somebody on the site; ``then`` is given its id. The push about it is the answer."""
        request = StartAnyChat(chat=NewAnyChat(users=[NewUser(id=customer_id, type="customer")]))
        self._deeds.do(
            "start_chat",
            customer_id,
            request.as_json(),
            lambda answer: then(IncomingChat.model_validate(answer).chat.id),
        )

    def accept_chats(self, *, accept: bool) -> None:
        """Whether new chats may be given to the agent."""
        status: wire.RoutingStatus = "accepting_chats" if accept else "not_accepting_chats"
        self._deeds.do("set_routing_status", "", wire.SetRoutingStatus(status=status).as_json())
