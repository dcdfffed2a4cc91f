"""The Customer SDK in today's words, those of customer-sdk 4 and 5: ``send_event(chat_id=..., event=...)``."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, InstanceOf
from typing_extensions import TypedDict

from widget.customer_sdk import words5
from widget.customer_sdk.arguments import checked
from widget.customer_sdk.auth import Auth
from widget.customer_sdk.client import Config, World
from widget.customer_sdk.files import File, Progress, Upload, Uploaded
from widget.customer_sdk.history import History, Page
from widget.customer_sdk.new_events import NewEvent
from widget.customer_sdk.pushes5 import NAMES, SAY, EventName, availability
from widget.customer_sdk.reading import read
from widget.customer_sdk.sdk import CustomerSDK
from widget.customer_sdk.shapes import present, session_fields, text_of
from widget.platform_sdk.shapes import (
    Access,
    FormType,
    Json,
    Moment,
    Postback,
    Properties,
    PropertyNames,
    SortOrder,
)
from widget.wire import customer as wire
from widget.wire.chats import Chat
from widget.wire.customer_requests import FormResult, IncomingGreeting, UrlInfo, WelcomeMessage
from widget.wire.errors import ProtocolError
from widget.wire.frames import Push
from widget.wire.users import Customer
from widget.wire.users import Page as WebPage

__all__ = ["NAMES", "CustomerSDK5", "EventName"]

EVENTS_IN_HISTORY = 25
"""How many events, at least, a page of history has."""

SessionFields = dict[str, str]


class NewThread(TypedDict, total=False):
    """What a thread begins with."""

    events: list[NewEvent]
    properties: Properties


class NewChat(TypedDict, total=False):
    """What a chat begins with."""

    access: Access
    properties: Properties
    thread: NewThread


class ResumedChat(NewChat):
    """A chat to take up again."""

    id: str


class Rating(TypedDict):
    """``score`` 1 is good."""

    score: Literal[0, 1]
    comment: NotRequired[str]


class Success(TypedDict):
    """It is done."""

    success: Literal[True]


class StartedChat(TypedDict):
    """A chat that has begun."""

    chat: words5.Chat


class PageOfHistory(TypedDict):
    """Threads, from the oldest to the newest."""

    threads: list[words5.Thread]


DONE: Success = {"success": True}


class CustomerSDK5(CustomerSDK[EventName]):
    """A customer's client. ``init`` makes one; ``auth`` has the token."""

    def __init__(self, config: Config, auth: Auth, world: World) -> None:
        super().__init__(NAMES, config, auth, world)

    # Chats

    @checked
    async def start_chat(
        self, *, chat: NewChat | None = None, active: bool = True, continuous: bool | None = None
    ) -> StartedChat:
        """Start a chat; ``continuous`` also where nobody is online."""
        return await self._start("start_chat", present(chat=chat or {}, active=active, continuous=continuous))

    @checked
    async def resume_chat(
        self, *, chat: ResumedChat, active: bool = True, continuous: bool | None = None
    ) -> StartedChat:
        """Start a new thread in a chat that is closed. Raises Refused(chat_already_active)."""
        return await self._start("resume_chat", present(chat=chat, active=active, continuous=continuous))

    @checked
    async def deactivate_chat(self, *, id: str) -> Success:
        """Close the active thread of a chat."""
        return await self._do("deactivate_chat", id=id)

    @checked
    async def send_event(
        self, *, chat_id: str, event: NewEvent, attach_to_last_thread: bool | None = None
    ) -> words5.Event:
        """Say something; in a closed chat only with ``attach_to_last_thread``, else Refused(chat_inactive)."""
        self._client.drop_sneak_peek(chat_id)
        payload = present(chat_id=chat_id, event=event, attach_to_last_thread=attach_to_last_thread)
        sent = await self._client.ask(wire.IncomingEvent, "send_event", payload)
        return words5.event(sent.event, sent.thread_id)

    @checked
    async def delete_event(self, *, chat_id: str, thread_id: str, event_id: str) -> Success:
        """Take back what was said."""
        return await self._do("delete_event", chat_id=chat_id, thread_id=thread_id, event_id=event_id)

    @checked
    async def send_rich_message_postback(
        self, *, chat_id: str, thread_id: str, event_id: str, postback: Postback
    ) -> Success:
        """Press a button of a rich message."""
        ids = {"chat_id": chat_id, "thread_id": thread_id, "event_id": event_id}
        return await self._do("send_rich_message_postback", **ids, postback=postback)

    @checked
    def upload_file(self, *, file: InstanceOf[File], on_progress: Progress | None = None) -> "Upload[Uploaded]":
        """Upload a file of at most 10 MB; its ``url`` goes into an event of type ``file`` within 24 hours.

        Await what this returns, or ``cancel`` it. Raises TooBigFile; awaiting raises UploadFailed, UploadCanceled or
        Refused.
        """
        return self._client.upload(file, on_progress, _as_url)

    @checked
    def set_sneak_peek(self, *, chat_id: str, sneak_peek_text: str) -> None:
        """Let agents see what is being typed: sent only while the chat is active, at most once in 2 s."""
        self._client.set_sneak_peek(chat_id, sneak_peek_text)

    @checked
    async def mark_events_as_seen(self, *, chat_id: str, seen_up_to: Moment) -> Success:
        """Everything up to a moment has been seen."""
        at = seen_up_to if isinstance(seen_up_to, str) else text_of(seen_up_to)
        return await self._do("mark_events_as_seen", chat_id=chat_id, seen_up_to=at)

    @checked
    async def rate_chat(self, *, chat_id: str, rating: Rating) -> Success:
        """Rate the newest thread of a chat. Raises MissingChatThread."""
        thread_id = await self._client.newest_thread(chat_id)
        properties = {"rating": rating}
        return await self._do("update_thread_properties", chat_id=chat_id, thread_id=thread_id, properties=properties)

    @checked
    async def cancel_rate(
        self, *, chat_id: str, properties: list[Literal["score", "comment"]] | None = None
    ) -> Success:
        """Take back the rating of the newest thread: its score, unless ``properties`` say otherwise."""
        thread_id = await self._client.newest_thread(chat_id)
        names = {"rating": properties or ["score"]}
        return await self._do("delete_thread_properties", chat_id=chat_id, thread_id=thread_id, properties=names)

    # Properties

    @checked
    async def update_chat_properties(self, *, id: str, properties: Properties) -> Success:
        """Set properties of a chat."""
        return await self._do("update_chat_properties", id=id, properties=properties)

    @checked
    async def delete_chat_properties(self, *, id: str, properties: PropertyNames) -> Success:
        """Delete properties of a chat."""
        return await self._do("delete_chat_properties", id=id, properties=properties)

    @checked
    async def update_thread_properties(self, *, chat_id: str, thread_id: str, properties: Properties) -> Success:
        """Set properties of a thread."""
        return await self._do("update_thread_properties", chat_id=chat_id, thread_id=thread_id, properties=properties)

    @checked
    async def delete_thread_properties(self, *, chat_id: str, thread_id: str, properties: PropertyNames) -> Success:
        """Delete properties of a thread."""
        return await self._do("delete_thread_properties", chat_id=chat_id, thread_id=thread_id, properties=properties)

    @checked
    async def update_event_properties(
        self, *, chat_id: str, thread_id: str, event_id: str, properties: Properties
    ) -> Success:
        """Set properties of an event."""
        ids = {"chat_id": chat_id, "thread_id": thread_id, "event_id": event_id}
        return await self._do("update_event_properties", **ids, properties=properties)

    @checked
    async def delete_event_properties(
        self, *, chat_id: str, thread_id: str, event_id: str, properties: PropertyNames
    ) -> Success:
        """Delete properties of an event."""
        ids = {"chat_id": chat_id, "thread_id": thread_id, "event_id": event_id}
        return await self._do("delete_event_properties", **ids, properties=properties)

    # Reading

    @checked
    async def list_chats(
        self, *, limit: Annotated[int, Field(ge=1, le=25)] | None = None, page_id: str | None = None
    ) -> words5.Chats:
        """The customer's chats, 10 a page unless ``limit`` says otherwise; ``page_id`` excludes it."""
        first = {"limit": 10 if limit is None else limit}
        payload: Json = {"page_id": page_id} if page_id is not None else dict(first)
        listed = await self._client.ask(wire.ListChatsResult, "list_chats", payload)
        for chat in listed.chats_summary:
            self._client.note(chat.id, active=bool(chat.active))
        chats = words5.chats_of(listed)
        self._tell_users(chats["users"])
        return chats

    @checked
    async def list_threads(
        self,
        *,
        chat_id: str,
        sort_order: SortOrder | None = None,
        limit: Annotated[int, Field(ge=1, le=100)] | None = None,
        min_events_count: Annotated[int, Field(ge=1, le=100)] | None = None,
        page_id: str | None = None,
    ) -> words5.Threads:
        """Threads of a chat, newest first unless ``sort_order`` says otherwise; ``page_id`` excludes the others."""
        fields = present(
            chat_id=chat_id, sort_order=sort_order, limit=limit, min_events_count=min_events_count, page_id=page_id
        )
        return words5.threads_of(await self._client.ask(wire.ListThreadsResult, "list_threads", fields), chat_id)

    @checked
    async def get_chat(self, *, chat_id: str, thread_id: str | None = None) -> words5.Chat:
        """A chat with one of its threads, the newest unless it is named."""
        asked = present(chat_id=chat_id, thread_id=thread_id)
        return self._told_of(words5.chat(await self._client.ask(Chat, "get_chat", asked)))

    @checked
    def get_chat_history(self, *, chat_id: str) -> "History[PageOfHistory]":
        """The threads of a chat, a page at a time, from the newest: ``next()``, or ``async for page in history``."""

        async def load(page_id: str | None) -> Page[PageOfHistory]:
            first: Json = {"min_events_count": EVENTS_IN_HISTORY}
            payload: Json = {"chat_id": chat_id, **(first if page_id is None else {"page_id": page_id})}
            listed = await self._client.ask(wire.ListThreadsResult, "list_threads", payload)
            threads = [words5.thread(each, chat_id) for each in listed.threads[::-1]]
            return Page({"threads": threads}, listed.next_page_id)

        return History(load)

    @checked
    async def get_form(self, *, group_id: int, type: FormType) -> Json:
        """The form of a group: ``{enabled: False}``, or ``{enabled: True, form: {id, fields}}``."""
        answer = await self._client.ask(FormResult, "get_form", {"group_id": group_id, "type": type})
        return words5.form(answer.as_json())

    @checked
    async def get_predicted_agent(self, *, group_id: int | None = None) -> Json:
        """Who would get a chat that started now. Raises Refused(group_offline) when nobody would."""
        found = await self._client.ask(wire.PredictedAgent, "get_predicted_agent", present(group_id=group_id))
        return words5.predicted_agent(found)

    @checked
    async def request_welcome_message(self, *, id: str | None = None, group_id: int | None = None) -> Json:
        """Have an agent or a bot say its welcome before a chat starts; it comes as ``incoming_welcome_message``."""
        asked = await self._client.ask(WelcomeMessage, "request_welcome_message", present(id=id, group_id=group_id))
        return {"id": asked.id, "predicted_agent": words5.agent(asked.predicted_agent), "queue": asked.queue}

    @checked
    async def get_url_info(self, *, url: str) -> Json:
        """What a page says of itself, for a preview of a link."""
        return words5.url_info(await self._client.ask(UrlInfo, "get_url_info", {"url": url}))

    @checked
    async def list_group_statuses(self, *, group_ids: list[int] | None = None) -> dict[str, wire.GroupAvailability]:
        """Whether groups take chats, by their ids as texts: these, or all."""
        payload: Json = {"all": True} if group_ids is None else {"group_ids": list(group_ids)}
        return (await self._client.ask(wire.ListGroupStatusesResult, "list_group_statuses", payload)).groups_status

    # Greetings

    @checked
    async def accept_greeting(self, *, greeting_id: int, unique_id: str) -> Success:
        """A greeting was taken up."""
        return await self._do("accept_greeting", greeting_id=greeting_id, unique_id=unique_id)

    @checked
    async def cancel_greeting(self, *, unique_id: str) -> Success:
        """A greeting was closed."""
        return await self._do("cancel_greeting", unique_id=unique_id)

    @checked
    async def send_greeting_button_clicked(self, *, greeting_unique_id: str, button_id: str) -> Success:
        """A button of a greeting was pressed."""
        return await self._do(
            "send_greeting_button_clicked", greeting_unique_id=greeting_unique_id, button_id=button_id
        )

    # The customer

    @checked
    async def get_customer(self) -> Json:
        """The customer, with ``session_fields`` as one object, and ``statistics``."""
        return words5.customer(await self._client.ask(Customer, "get_customer", {}))

    @checked
    async def update_customer(
        self,
        *,
        name: str | None = None,
        email: str | None = None,
        avatar: str | None = None,
        session_fields: SessionFields | None = None,
    ) -> Success:
        """Say who the customer is; at least one field."""
        fields = _fields(session_fields)
        return await self._do("update_customer", name=name, email=email, avatar=avatar, session_fields=fields)

    @checked
    async def set_customer_session_fields(self, *, session_fields: SessionFields) -> Success:
        """Replace what the site knows of the customer, at most 100 fields."""
        return await self._do("set_customer_session_fields", session_fields=_fields(session_fields))

    @checked
    def update_customer_page(self, *, url: str, title: str | None = None) -> None:
        """Say where the customer is: now, or when there is a connection."""
        self._client.update_page(WebPage(url=url, title=title))

    # What the client tells

    def identified(self, customer_id: str, before: str | None) -> None:
        """It is known whose connection it is."""
        if before is not None:
            self._emitter.emit("identity_changed", {"previous_id": before, "new_id": customer_id})
        self._emitter.emit("customer_id", customer_id)

    async def welcome(self, login: wire.LoginResult) -> None:
        """Signed in: tell who, and whether anybody is there."""
        told: Json = {"customer": words5.customer(login.customer), "availability": availability(login.dynamic_config)}
        if login.greeting is not None:
            told["greeting"] = words5.greeting(read(IncomingGreeting, login.greeting))
        self._emitter.emit("connected", told)

    def lost(self, reason: str) -> None:
        """The connection is gone, and comes back by itself."""
        self._emitter.emit("disconnected", {"reason": reason})

    def ended(self, reason: str) -> None:
        """The connection is gone, and does not come back by itself."""
        self._emitter.emit("disconnected", {"reason": reason})
        self._end(reason)

    def told(self, push: Push, answered: str | None) -> None:
        """The server has pushed something. What is somebody's answer is not told as an event too."""
        say = SAY.get(push.action)
        if say is None or answered is not None:
            return
        try:
            for name, payload in say(push):
                self._emitter.emit(name, payload)
        except ProtocolError:
            return  # as good as a push that we do not know

    # Private

    async def _do(self, action: str, **fields: Any) -> Success:
        await self._client.request(action, present(**fields))
        return DONE

    async def _start(self, action: str, payload: Json) -> StartedChat:
        return {"chat": self._told_of(words5.chat((await self._client.ask(wire.IncomingChat, action, payload)).chat))}

    def _told_of(self, chat: words5.Chat) -> words5.Chat:
        """The chat, after those who are in it."""
        self._tell_users(chat["users"])
        return chat

    def _tell_users(self, users: list[words5.User]) -> None:
        for user in users:
            self._emitter.emit("user_data", words5.somebody(user))


async def _as_url(url: str) -> Uploaded:
    return {"url": url}


def _fields(given: SessionFields | None) -> list[dict[str, str]] | None:
    return None if given is None else session_fields(given)
