"""The Customer SDK in its first words, those of customer-sdk 2: ``send_event("OU0V0P0OWT", {...})``, ``new_event``."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Literal, NotRequired

from pydantic import Field, InstanceOf
from typing_extensions import TypedDict

from widget.customer_sdk import words2
from widget.customer_sdk.arguments import checked
from widget.customer_sdk.auth import Auth
from widget.customer_sdk.client import LOST, Config, World
from widget.customer_sdk.files import File, Progress, Upload, Uploaded
from widget.customer_sdk.history import History, Page
from widget.customer_sdk.new_events import NewEvent
from widget.customer_sdk.reading import read
from widget.customer_sdk.sdk import CustomerSDK
from widget.customer_sdk.shapes import is_readable, milliseconds, moment, present, session_fields
from widget.platform_sdk.shapes import Json, Properties
from widget.wire import customer as wire
from widget.wire.base import Wire, format_timestamp
from widget.wire.chats import Chat, ChatSummary, Thread
from widget.wire.errors import ProtocolError, Refused, WrongArgument
from widget.wire.events import Event
from widget.wire.frames import Push
from widget.wire.users import Page as WebPage

__all__ = ["CustomerSDK2", "EventName"]

EventName = Literal[
    "chat_properties_updated",
    "chat_thread_properties_updated",
    "connected",
    "connection_lost",
    "connection_restored",
    "customer_id",
    "disconnected",
    "last_seen_timestamp_updated",
    "new_event",
    "thread_closed",
    "thread_summary",
    "user_data",
    "user_is_typing",
    "user_joined_chat",
    "user_left_chat",
    "user_stopped_typing",
]

NAMES: frozenset[EventName] = frozenset(EventName.__args__)  # type: ignore[attr-defined]

PAGE_OF_CHATS, PAGE_OF_THREADS = 25, 100
"""The most that the platform lists at once."""

EVENTS_IN_HISTORY = 25
"""How many events, at least, a page of history has."""

Score = Literal[0, 1]


class PageOfChats(TypedDict, total=False):
    """Which chats of a list: ``limit`` of them after the first ``offset``."""

    offset: Annotated[int, Field(ge=0)]
    limit: Annotated[int, Field(ge=1, le=25)]


class PageOfThreads(TypedDict, total=False):
    """Which threads of a list: ``limit`` of them after the first ``offset``."""

    offset: Annotated[int, Field(ge=0)]
    limit: Annotated[int, Field(ge=1, le=1000)]


class Rating(TypedDict, total=False):
    """``score`` 1 is good; ``value`` says it in a word."""

    score: Score
    value: Literal["good", "bad"]
    comment: str


class Meta(TypedDict, total=False):
    """How an event is sent: into a closed thread rather than a new one."""

    attach_to_last_thread: bool


class FileData(TypedDict):
    """A file to send."""

    file: InstanceOf[File]
    custom_id: NotRequired[str]


class FileSpec(TypedDict, total=False):
    """Who is told how far it is."""

    on_progress: Progress


class Postback(TypedDict):
    """A button of a rich message; ``toggled`` unless it says otherwise."""

    id: str
    toggled: NotRequired[bool]


class AccessOfChat(TypedDict, total=False):
    """The groups that may see a chat."""

    groups: list[int]


class Specification(TypedDict, total=False):
    """What a chat begins with. ``scope`` is the old name of ``access``."""

    access: AccessOfChat
    scope: AccessOfChat
    events: list[NewEvent]
    chat_properties: Properties
    thread_properties: Properties


class CustomerFields(TypedDict, total=False):
    """What a customer is called, and what the site knows of him."""

    name: str
    email: str
    fields: dict[str, str]


class WebPageFields(TypedDict):
    """A page of the site."""

    url: str
    title: NotRequired[str]


class Success(TypedDict):
    """It is done."""

    success: Literal[True]


class Rated(Success):
    """It is done; ``id`` is that of the event that says so in the chat."""

    id: NotRequired[str]


class Seen(TypedDict):
    """Up to when everything has been seen, in Unix milliseconds."""

    timestamp: int


class ThreadsSummary(TypedDict):
    """Threads, and how many there are in all."""

    threads_summary: list[words2.ThreadSummary]
    total_threads: int


DONE: Success = {"success": True}


class CustomerSDK2(CustomerSDK[EventName]):
    """A customer's client. ``init`` makes one; ``auth`` has the token."""

    def __init__(self, config: Config, auth: Auth, world: World) -> None:
        super().__init__(NAMES, config, auth, world)
        self._restoring = False

    def disconnect(self) -> None:
        """Go down until ``connect``. Who waits for an answer gets ConnectionLost."""
        self._restoring = False
        super().disconnect()

    # Chats

    @checked
    async def start_chat(self, specification: Specification | None = None) -> words2.Chat:
        """Start a chat. Raises Refused(chat_limit_reached) when the customer has one."""
        given = specification or {}
        access = given.get("access") or given.get("scope")
        thread = present(events=given.get("events"), properties=given.get("thread_properties"))
        chat = present(
            access={"group_ids": access["groups"]} if access and "groups" in access else None,
            properties=given.get("chat_properties"),
            thread=thread or None,
        )
        return words2.chat(await self._start("start_chat", chat))

    @checked
    async def close_thread(self, chat: str) -> Success:
        """Close the active thread of a chat."""
        await self._client.request("deactivate_chat", {"id": chat})
        return DONE

    @checked
    async def send_event(self, chat: str, event: NewEvent, meta: Meta | None = None) -> words2.Event:
        """Say something. A chat whose thread is closed gets a new one, unless ``attach_to_last_thread``."""
        self._client.drop_sneak_peek(chat)
        return await self._say(chat, dict(event), meta or {})

    @checked
    def send_file(self, chat: str, data: FileData, spec: FileSpec | None = None) -> "Upload[Uploaded]":
        """Send a file of at most 10 MB: await what this returns, which is its ``url``, or ``cancel`` it.

        Raises TooBigFile; awaiting raises UploadFailed, UploadCanceled or Refused.
        """

        async def say(url: str) -> Uploaded:
            await self._say(chat, {"type": "file", "url": url, **present(custom_id=data.get("custom_id"))}, {})
            return {"url": url}

        return self._client.upload(data["file"], (spec or {}).get("on_progress"), say)

    @checked
    async def send_postback(self, chat: str, thread: str, event: str, postback: Postback) -> Success:
        """Press a button of a rich message."""
        payload: Json = {
            "chat_id": chat,
            "thread_id": thread,
            "event_id": event,
            "postback": {"toggled": True, **postback},
        }
        await self._client.request("send_rich_message_postback", payload)
        return DONE

    @checked
    def set_sneak_peek(self, chat: str, text: str) -> None:
        """Let agents see what is being typed: sent only while the chat is active, at most once in 2 s."""
        self._client.set_sneak_peek(chat, text)

    @checked
    async def rate_chat(self, chat: str, rating: Rating) -> Rated:
        """Rate the newest thread of a chat: ``{success, id?}``, the id of the event that says so in the chat."""
        score = _score(rating)
        newest = await self._client.newest_thread(chat)
        given = {"score": score} | ({"comment": rating["comment"]} if "comment" in rating else {})
        payload: Json = {"chat_id": chat, "thread_id": newest, "properties": {"rating": given}}
        await self._client.request("update_thread_properties", payload)
        said = await self._client.ask(Chat, "get_chat", {"chat_id": chat, "thread_id": newest})
        events = said.thread.events if said.thread is not None else []
        ids = [each.id for each in events if getattr(each, "system_message_type", "") == "rating.chat_rated"]
        return {"success": True, "id": ids[-1]} if ids else {"success": True}

    @checked
    async def update_chat_properties(self, chat: str, properties: Properties) -> Success:
        """Set properties of a chat."""
        await self._client.request("update_chat_properties", {"id": chat, "properties": dict(properties)})
        return DONE

    @checked
    async def update_chat_thread_properties(self, chat: str, thread: str, properties: Properties) -> Success:
        """Set properties of a thread."""
        payload: Json = {"chat_id": chat, "thread_id": thread, "properties": dict(properties)}
        await self._client.request("update_thread_properties", payload)
        return DONE

    @checked
    async def update_last_seen_timestamp(self, chat: str, timestamp: int | None = None) -> Seen:
        """Everything up to a moment has been seen; up to now unless it is given."""
        at = moment(timestamp) if timestamp is not None else await self._last_moment(chat)
        await self._client.request("mark_events_as_seen", {"chat_id": chat, "seen_up_to": format_timestamp(at)})
        return {"timestamp": milliseconds(at)}

    # Reading

    @checked
    async def get_chats_summary(self, pagination: PageOfChats | None = None) -> words2.ChatsSummary:
        """The customer's chats. The users in them are told as ``user_data`` first."""
        given = pagination or {}
        return await self._chats_summary(given.get("offset", 0), given.get("limit", 10))

    @checked
    async def get_chat_threads_summary(self, chat: str, pagination: PageOfThreads | None = None) -> ThreadsSummary:
        """Threads of a chat without their events: ``{threads_summary, total_threads}``, in the order they began."""
        given = pagination or {}
        offset, limit = given.get("offset", 0), given.get("limit", 25)
        threads: list[Thread] = []
        payload: Json = {"chat_id": chat, "limit": min(offset + limit, PAGE_OF_THREADS)}
        while True:
            listed = await self._client.ask(wire.ListThreadsResult, "list_threads", payload)
            threads += listed.threads
            if listed.next_page_id is None or len(threads) >= offset + limit:
                break
            payload = {"chat_id": chat, "page_id": listed.next_page_id}
        page = reversed(threads[offset : offset + limit])
        return {"threads_summary": [words2.thread_summary(t) for t in page], "total_threads": listed.found_threads}

    @checked
    async def get_chat_threads(self, chat: str, threads: list[str]) -> list[words2.Thread]:
        """Threads with their events, in the order they began."""
        ask = partial(self._client.ask, Chat, "get_chat")
        found = await asyncio.gather(*(ask({"chat_id": chat, "thread_id": thread}) for thread in threads))
        self._tell_users(found[:1])
        return sorted((t for each in found for t in words2.thread_of(each)), key=lambda t: t["order"])

    @checked
    def get_chat_history(self, chat: str) -> "History[list[words2.Event]]":
        """The events of a chat, a page at a time, from the newest: ``next()``, or ``async for events in history``."""

        async def load(page_id: str | None) -> Page[list[words2.Event]]:
            first: Json = {"min_events_count": EVENTS_IN_HISTORY}
            payload: Json = {"chat_id": chat, **(first if page_id is None else {"page_id": page_id})}
            listed = await self._client.ask(wire.ListThreadsResult, "list_threads", payload)
            threads = listed.threads[::-1]
            for thread in threads:
                self._tell_thread(thread, chat)
            return Page([event for thread in threads for event in words2.events(thread)], listed.next_page_id)

        return History(load)

    @checked
    async def get_predicted_agent(self) -> words2.User:
        """Who would get a chat that started now. Raises Refused(group_offline) when nobody would."""
        return words2.user((await self._client.ask(wire.PredictedAgent, "get_predicted_agent", {})).agent)

    # The customer

    @checked
    def update_customer(self, properties: CustomerFields) -> None:
        """Say who the customer is: now, or when there is a connection."""
        fields: Json = {name: properties[name] for name in ("name", "email") if name in properties}
        if "fields" in properties:
            fields["session_fields"] = list(session_fields(properties["fields"]))
        self._client.update_customer(fields)

    @checked
    def update_customer_page(self, page: WebPageFields) -> None:
        """Say where the customer is: now, or when there is a connection."""
        self._client.update_page(WebPage(url=page["url"], title=page.get("title")))

    # What the client tells

    def identified(self, customer_id: str, before: str | None) -> None:
        """It is known whose connection it is."""
        self._emitter.emit("customer_id", customer_id)

    async def welcome(self, login: wire.LoginResult) -> None:
        """Signed in: tell of the chats."""
        summary = await self._chats_summary(0, 10)
        restoring, self._restoring = self._restoring, False
        self._emitter.emit("connection_restored" if restoring else "connected", summary)

    def lost(self, reason: str) -> None:
        """The connection is gone, and comes back by itself."""
        self._restoring = reason in LOST
        if self._restoring:
            self._emitter.emit("connection_lost")
        else:
            self._emitter.emit("disconnected", reason)

    def ended(self, reason: str) -> None:
        """The connection is gone, and does not come back by itself."""
        self._restoring = False
        self._emitter.emit("disconnected", reason)
        self._end(reason)

    def told(self, push: Push, answered: str | None) -> None:
        """The server has pushed something."""
        tell = _TELL.get(push.action)
        if tell is None:
            return
        try:
            tell(self, push, answered)
        except ProtocolError:
            return  # as good as a push that we do not know

    # Private

    async def _start(self, action: str, chat: Json) -> Chat:
        payload: Json = {"chat": chat, "active": True, "continuous": True}
        return (await self._client.ask(wire.IncomingChat, action, payload)).chat

    async def _say(self, chat: str, event: Json, meta: Meta) -> words2.Event:
        attach = {"attach_to_last_thread": True} if meta.get("attach_to_last_thread") else {}
        try:
            payload = {"chat_id": chat, "event": event, **attach}
            sent = await self._client.ask(wire.IncomingEvent, "send_event", payload)
        except Refused as refused:
            if refused.type != "chat_inactive":
                raise
            return self._own(await self._start("resume_chat", {"id": chat, "thread": {"events": [event]}}))
        return words2.event(sent.event, sent.thread_id)

    def _own(self, chat: Chat) -> words2.Event:
        """What was said at the beginning of a thread."""
        thread = chat.thread
        mine = [e for e in (thread.events if thread else []) if e.author_id == self._client.customer_id]
        if thread is None or not mine:
            raise ProtocolError("The server has begun a thread without what was said in it.")
        return words2.event(mine[-1], thread.id)

    async def _last_moment(self, chat: str) -> datetime:
        """When the last event of a chat was; now, if there is none."""
        found = await self._client.ask(Chat, "get_chat", {"chat_id": chat})
        events = found.thread.events if found.thread is not None else []
        return events[-1].created_at if events else datetime.now(UTC)

    async def _chats_summary(self, offset: int, limit: int) -> words2.ChatsSummary:
        chats: list[ChatSummary] = []
        payload: Json = {"limit": min(offset + limit, PAGE_OF_CHATS)}
        while True:
            listed = await self._client.ask(wire.ListChatsResult, "list_chats", payload)
            chats += listed.chats_summary
            if listed.next_page_id is None or len(chats) >= offset + limit:
                break
            payload = {"page_id": listed.next_page_id}
        page = chats[offset : offset + limit]
        for chat in page:
            self._client.note(chat.id, active=bool(chat.active))
        self._tell_users(page)
        return words2.chats_summary(page, listed.total_chats)

    def _tell_users(self, chats: Iterable[Chat | ChatSummary]) -> None:
        for user in {user.id: user for chat in chats for user in chat.users}.values():
            self._emitter.emit("user_data", words2.user(user))

    def _tell_thread(self, thread: Thread, chat_id: str) -> None:
        summary = words2.thread_summary(thread)
        self._emitter.emit("thread_summary", {**summary, "chat": chat_id, "properties": dict(thread.properties or {})})

    def _tell_event(self, chat_id: str, event: Event, thread_id: str) -> None:
        if is_readable(event):
            self._emitter.emit("new_event", {"chat": chat_id, "event": words2.event(event, thread_id)})

    # What each push says in these words

    def _incoming_chat(self, push: Push, answered: str | None) -> None:
        chat = read(wire.IncomingChat, push.payload).chat
        self._tell_users([chat])
        if chat.thread is None:
            return
        self._tell_thread(chat.thread, chat.id)
        for user in chat.users:
            self._emitter.emit("user_joined_chat", {"user": user.id, "chat": chat.id})
        for event in chat.thread.events if answered != "start_chat" else []:
            if answered is None or event.author_id != self._client.customer_id:
                self._tell_event(chat.id, event, chat.thread.id)

    def _incoming_event(self, push: Push, answered: str | None) -> None:
        if answered is None:
            news = read(wire.IncomingEvent, push.payload)
            self._tell_event(news.chat_id, news.event, news.thread_id)

    def _user_added(self, push: Push, answered: str | None) -> None:
        news = read(wire.UserAddedToChat, push.payload)
        self._emitter.emit("user_data", words2.user(news.user))
        self._emitter.emit("user_joined_chat", {"user": news.user.id, "chat": news.chat_id})

    def _user_removed(self, push: Push, answered: str | None) -> None:
        news = read(wire.UserRemovedFromChat, push.payload)
        self._emitter.emit("user_left_chat", {"user": news.user_id, "chat": news.chat_id})

    def _typing(self, push: Push, answered: str | None) -> None:
        news = read(wire.IncomingTypingIndicator, push.payload)
        payload = {"chat": news.chat_id, "user": news.typing_indicator.author_id}
        self._emitter.emit("user_is_typing" if news.typing_indicator.is_typing else "user_stopped_typing", payload)

    def _deactivated(self, push: Push, answered: str | None) -> None:
        if push.request_id is None:
            self._emitter.emit("thread_closed", {"chat": read(wire.ChatDeactivated, push.payload).chat_id})

    def _seen(self, push: Push, answered: str | None) -> None:
        if push.request_id is None:
            news = read(wire.EventsMarkedAsSeen, push.payload)
            payload = {"chat": news.chat_id, "user": news.user_id, "timestamp": milliseconds(news.seen_up_to)}
            self._emitter.emit("last_seen_timestamp_updated", payload)

    def _chat_properties(self, push: Push, answered: str | None) -> None:
        if push.request_id is None:
            news = read(ChatPropertiesUpdated, push.payload)
            self._emitter.emit("chat_properties_updated", {"chat": news.chat_id, "properties": news.properties})

    def _thread_properties(self, push: Push, answered: str | None) -> None:
        if push.request_id is None:
            news = read(ThreadPropertiesUpdated, push.payload)
            payload = {"chat": news.chat_id, "thread": news.thread_id, "properties": news.properties}
            self._emitter.emit("chat_thread_properties_updated", payload)


_TELL: dict[str, Callable[[CustomerSDK2, Push, str | None], None]] = {
    "incoming_chat": CustomerSDK2._incoming_chat,
    "incoming_event": CustomerSDK2._incoming_event,
    "user_added_to_chat": CustomerSDK2._user_added,
    "user_removed_from_chat": CustomerSDK2._user_removed,
    "incoming_typing_indicator": CustomerSDK2._typing,
    "chat_deactivated": CustomerSDK2._deactivated,
    "events_marked_as_seen": CustomerSDK2._seen,
    "chat_properties_updated": CustomerSDK2._chat_properties,
    "thread_properties_updated": CustomerSDK2._thread_properties,
}
"""A push that is the answer to a request of our own is not told as an event: who asked has been told."""


class ChatPropertiesUpdated(Wire):
    """Properties of a chat have changed."""

    chat_id: str
    properties: Json


class ThreadPropertiesUpdated(ChatPropertiesUpdated):
    """Properties of a thread have changed."""

    thread_id: str


def _score(rating: Rating) -> Score:
    """The score of a rating. Raises WrongArgument when there is none."""
    if "score" in rating:
        return rating["score"]
    if "value" in rating:
        return 1 if rating["value"] == "good" else 0
    raise WrongArgument("rate_chat: `rating.score`: Field required")
