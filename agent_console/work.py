"""What an agent does with chats that needs the platform's consent: each is a deed, so none fails unheard."""

from collections.abc import Callable

from agent_console.deeds import Deeds
from widget.wire import agent as wire
from widget.wire.chats import NewChat
from widget.wire.customer import DeactivateChat, IncomingChat, ResumeChat
from widget.wire.new_events import NewAnyChat, NewUser, StartAnyChat

__all__ = ["Work"]


class Work:
    """One agent's deeds; ``me`` is the agent's id."""

    def __init__(self, deeds: Deeds, me: Callable[[], str]) -> None:
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
