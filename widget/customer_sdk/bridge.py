"""The Customer SDK for a page that speaks JavaScript: what its messages mean, and how they are answered.

The page keeps promises and handlers (``static/customer_sdk``); here is one client for it, and what it has begun. Both
send plain JSON, so neither ever holds an object of the other's::

    page -> here   {"type": "init", config, asks}            asks: the PROVIDERS that it has
                   {"type": "call", id, method, args}        maybe with a file beside it
                   {"type": "next", id, history}  {"type": "release", history}      the id of the call that began it
                   {"type": "cancel", upload}     {"type": "answer", id, value | error}
    here -> page   {"type": "ready"}  {"type": "refused", error}
                   {"type": "event", name, payload?}  {"type": "result", id, value? | error}
                   {"type": "progress", id, part}     {"type": "ask", id, of}

A message that is not understood is logged and dropped: the page is not ours, and may be of another version.
"""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from operator import methodcaller
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from widget.customer_sdk.arguments import parameters
from widget.customer_sdk.auth import CustomerToken
from widget.customer_sdk.camel import camel, to_javascript, to_python
from widget.customer_sdk.files import File, Upload
from widget.customer_sdk.history import History
from widget.customer_sdk.in_javascript import error_json
from widget.customer_sdk.sdk2 import CustomerSDK2
from widget.customer_sdk.sdk5 import CustomerSDK5
from widget.platform_sdk.shapes import Json
from widget.rtm.background import begin
from widget.wire.errors import ChatError, ConnectionLost, WrongArgument

__all__ = ["METHODS", "Bridge", "Start"]

log = logging.getLogger(__name__)

SDK = CustomerSDK2 | CustomerSDK5

Start = Callable[..., SDK]
"""Makes a client of a page's configuration, in Python's names, with the providers that the page has."""

PROVIDERS = {"customer_data_provider", "identity_provider"}
"""Functions of a page's configuration; they stay there, and are asked."""

OURS = {"accounts_url", "base_url", "sdk", "world", *PROVIDERS}
"""What ``init`` takes in Python, and not from a page: it is the frame's to say."""


class Called(NamedTuple):
    """A method that a page may call, and the names of what it takes, in their order."""

    run: Callable[..., Any]
    parameters: tuple[str, ...]


def _methods(sdk: type[SDK]) -> dict[str, Called]:
    own = {
        camel(name): Called(method, names)
        for name, method in vars(sdk).items()
        if (names := parameters(method)) is not None
    }
    return {**own, "connect": Called(sdk.connect, ()), "disconnect": Called(sdk.disconnect, ())}


METHODS: Mapping[type, Mapping[str, Called]] = {sdk: _methods(sdk) for sdk in (CustomerSDK2, CustomerSDK5)}
"""What a page may call, by its name in JavaScript."""

OF_AUTH: Mapping[str, Called] = {
    f"auth.{camel(name)}": Called(methodcaller(name), ())
    for name in ("get_token", "get_fresh_token", "has_token", "invalidate")
}


class InitMessage(BaseModel):
    """``init``: the first of all."""

    config: dict[str, Any]
    asks: frozenset[str] = frozenset()


class CallMessage(BaseModel):
    """``call``: a method, with its arguments in their order."""

    id: int
    method: str
    args: list[Any]


class NextMessage(BaseModel):
    """``next``: one more page of a history."""

    id: int
    history: int


class ReleaseMessage(BaseModel):
    """``release``: nobody will ask for more of a history."""

    history: int


class CancelMessage(BaseModel):
    """``cancel``: stop an upload."""

    upload: int


class AnswerMessage(BaseModel):
    """``answer``: what a provider gives, or why it does not."""

    id: int
    value: Any = None
    error: str | None = None


class PageFailed(Exception):
    """A function of the page's has failed."""


class Bridge:
    """One page's client."""

    def __init__(self, start: Start, tell: Callable[[Json], None]) -> None:
        self._start = start
        self._tell = tell
        self._sdk: SDK | None = None
        self._refused: ChatError | None = None
        self._histories: dict[int, History[Any]] = {}
        self._uploads: dict[int, Upload[Any]] = {}
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._last_question = 0

    @property
    def holds(self) -> int:
        """How many things that a page has begun are kept for it: histories, uploads, questions."""
        return len(self._histories) + len(self._uploads) + len(self._asked)

    def hear(self, message: Mapping[str, Any], file: File | None = None) -> None:
        """A message of the page."""
        try:
            match message.get("type"):
                case "init":
                    self._init(InitMessage.model_validate(message))
                case "call":
                    self._call(CallMessage.model_validate(message), file)
                case "next":
                    self._next(NextMessage.model_validate(message))
                case "release":
                    self._histories.pop(ReleaseMessage.model_validate(message).history, None)
                case "cancel":
                    self._cancel(CancelMessage.model_validate(message))
                case "answer":
                    self._answered(AnswerMessage.model_validate(message))
                case kind:
                    log.warning("The page sent a message of a type we do not know: %r", kind)
        except ValidationError as error:
            log.warning("The page sent a message we cannot read: %s", error)

    def probe(self) -> None:
        """The page is in front again, or the network is: find out at once whether the connection is up."""
        if self._sdk is not None:
            self._sdk.probe()

    # The client

    def _init(self, message: InitMessage) -> None:
        if self._sdk is not None:
            log.warning("The page sent a second init.")
            return
        try:
            self._sdk = self._start(**self._config(message))
        except ChatError as error:
            self._refused = error
            self._tell({"type": "refused", "error": error_json(error)})
        else:
            self._sdk.on("*", self._happened)

    def _config(self, message: InitMessage) -> dict[str, Any]:
        config: dict[str, Any] = to_python(message.config)
        for name in config.keys() & OURS:
            raise WrongArgument(f"init: `{name}`: it cannot be given here")
        application = config.pop("application", None)
        if isinstance(application, dict):
            config |= {name: application[name] for name in ("channel_type",) if name in application}
        if "customerDataProvider" in message.asks:
            config["customer_data_provider"] = partial(self._ask_the_page, "customer_data_provider")
        if "identityProvider" in message.asks:
            config["identity_provider"] = partial(_PagesIdentity, self._ask_the_page)
        return config

    def _happened(self, name: str, *payload: Any) -> None:
        carried = {"payload": to_javascript(payload[0])} if payload else {}
        self._tell({"type": "event", "name": name, **carried})

    async def _ask_the_page(self, of: str) -> Any:
        self._last_question += 1
        question = self._last_question
        answer = self._asked[question] = asyncio.get_running_loop().create_future()
        self._tell({"type": "ask", "id": question, "of": camel(of)})
        try:
            return await answer
        except PageFailed as error:
            raise WrongArgument(f"{of}: {error}") from None
        finally:
            del self._asked[question]

    def _answered(self, message: AnswerMessage) -> None:
        answer = self._asked.get(message.id)
        if answer is None or answer.done():
            return
        if message.error is None:
            answer.set_result(to_python(message.value))
        else:
            answer.set_exception(PageFailed(message.error))

    # Calls

    def _call(self, message: CallMessage, file: File | None) -> None:
        try:
            outcome = self._begun(message, file)
        except ChatError as error:
            self._settle(message.id, error)
            return
        if isinstance(outcome, History):
            self._histories[message.id] = outcome
            self._settle(message.id, None)
        elif isinstance(outcome, Upload):
            self._uploads[message.id] = outcome
            begin(self._answer(message.id, outcome))
        elif inspect.isawaitable(outcome):
            begin(self._answer(message.id, outcome))
        else:
            self._settle(message.id, outcome)

    def _begun(self, message: CallMessage, file: File | None) -> Any:
        if self._sdk is None:
            raise self._refused or WrongArgument("init: it has to come first")
        called = METHODS[type(self._sdk)].get(message.method) or OF_AUTH.get(message.method)
        if called is None:
            raise WrongArgument(f"`{message.method}`: there is no such method")
        given = self._arguments(called, message.args)
        if file is not None:
            _put(given, file, lambda part: self._tell({"type": "progress", "id": message.id, "part": part}))
        return called.run(self._sdk.auth if message.method in OF_AUTH else self._sdk, **given)

    def _arguments(self, called: Called, args: list[Any]) -> dict[str, Any]:
        """The arguments by name. More than a method takes do no harm, as everywhere in JavaScript."""
        if isinstance(self._sdk, CustomerSDK2):
            given: dict[str, Any] = to_python(dict(zip(called.parameters, args, strict=False)))
            return given
        fields = args[0] if args and args[0] is not None else {}
        if called.parameters and not isinstance(fields, dict):
            raise WrongArgument(f"{called.run.__name__}: it takes an object, with {', '.join(called.parameters)}")
        return to_python(fields) if called.parameters else {}

    async def _answer(self, call_id: int, outcome: Any) -> None:
        try:
            value = await outcome
        except ChatError as error:
            self._settle(call_id, error)
        except Exception:
            self._settle(call_id, ChatError())
            raise
        else:
            self._settle(call_id, value)
        finally:
            self._uploads.pop(call_id, None)

    def _settle(self, call_id: int, outcome: Any) -> None:
        answer: Json = {"type": "result", "id": call_id}
        if isinstance(outcome, ChatError):
            answer["error"] = error_json(outcome)
        elif isinstance(outcome, CustomerToken):
            # Not what renews it: that lasts longer than a token, and no page needs it.
            answer["value"] = outcome.model_dump(by_alias=True, exclude_none=True, exclude={"refresh_token"})
        elif outcome is not None:
            answer["value"] = to_javascript(outcome)
        self._tell(answer)

    def _next(self, message: NextMessage) -> None:
        history = self._histories.get(message.history)
        if history is None:
            self._settle(message.id, ConnectionLost("The SDK has started anew: ask for the history once more."))
        else:
            begin(self._answer(message.id, _step(history)))

    def _cancel(self, message: CancelMessage) -> None:
        if (upload := self._uploads.get(message.upload)) is not None:
            upload.cancel()


class _PagesIdentity:
    """The page's identity provider."""

    def __init__(self, ask: Callable[[str], Awaitable[Any]]) -> None:
        self._ask = ask

    def get_token(self) -> Awaitable[Any]:
        return self._ask("identity_provider.get_token")

    def get_fresh_token(self) -> Awaitable[Any]:
        return self._ask("identity_provider.get_fresh_token")

    def has_token(self) -> Awaitable[Any]:
        return self._ask("identity_provider.has_token")

    def invalidate(self) -> Awaitable[Any]:
        return self._ask("identity_provider.invalidate")


async def _step(history: History[Any]) -> Json:
    """The next page; after the last there is no value."""
    step = await history.next()
    return {name: value for name, value in step.items() if value is not None}


def _put(given: dict[str, Any], file: File, progress: Callable[[float], object]) -> None:
    """Put a file where a method takes it, and beside it who is told how far it is."""
    holder, spec = (given["data"], "spec") if isinstance(given.get("data"), dict) else (given, None)
    holder["file"] = file
    if spec is None:
        given.setdefault("on_progress", progress)
    elif given.get(spec) is None:
        given[spec] = {"on_progress": progress}
    elif isinstance(given[spec], dict):
        given[spec].setdefault("on_progress", progress)
