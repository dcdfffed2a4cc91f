"""Handing a chat over: asking to whom it shall go, of those who can have it, and asking the platform for that."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from agent_console.asking import Asking
from agent_console.directory import Directory
from agent_console.names import name_of
from agent_console.page import Page
from agent_console.picking import Picker, step_of
from agent_console.questions import Target, TransferAsk
from agent_console.session import AgentSession
from widget.ui.locale import Locale
from widget.wire.agent import AgentForTransfer, TransferChat, TransferGoal

__all__ = ["Transferring", "targets"]

FIELD = "transfer-query"

_AGENTS = TypeAdapter(list[AgentForTransfer])


class Transferring:
    """The question to whom a chat shall go, while it is asked."""

    def __init__(self, page: Page, asking: Asking, locale: Locale, say: Callable[[str], None]) -> None:
        self._page = page
        self._asking = asking
        self._locale = locale
        self._say = say
        self._directory: Directory | None = None
        self._here: tuple[AgentForTransfer, ...] = ()

    def begin(self, directory: Directory) -> None:
        """Somebody signs in."""
        self._directory = directory

    def ask(self, session: AgentSession, chat_id: str, back: str) -> None:
        """Ask to whom a chat shall go; ``back`` is where the focus goes afterwards."""
        case = session.inbox.cases.get(chat_id)
        if case is None:
            return
        self._here = ()
        name = name_of(session.inbox.customer_of(case), self._locale)
        self._asking.ask(TransferAsk(chat_id, name), back)
        session.ask_who_accepts()
        session.work.ask_who_can_have(chat_id, lambda answer: self._told(session, chat_id, answer))

    def typed(self) -> None:
        """Somebody is looked for."""
        question = self._asking.question
        if isinstance(question, TransferAsk):
            self._asking.become(_among(replace(question, query=self._page.entered(FIELD))))

    def pressed(self, key: str) -> bool:
        """A key in the field that looks for somebody. Whether it was for the list below."""
        question = self._asking.question
        if not isinstance(question, TransferAsk) or not step_of(key):
            return False
        self._asking.become(replace(question, picker=question.picker.moved(step_of(key)), pointed=True))
        return True

    def pick(self, key: str) -> None:
        """Somebody in the list was pointed at."""
        question = self._asking.question
        if isinstance(question, TransferAsk) and key in question.picker.options:
            place = question.picker.options.index(key)
            picker = replace(question.picker, place=place)
            self._asking.become(replace(question, picker=picker, pointed=True), FIELD)

    def answer(self, session: AgentSession) -> None:
        """It goes to whom is marked."""
        question = self._asking.question
        if not isinstance(question, TransferAsk):
            return
        target = question.chosen
        if target is None:
            self._page.focus(FIELD)
            return
        note = self._page.entered("transfer-note").strip()
        told = self._locale.text("The chat was transferred to {name}.", name=target.name)
        session.work.transfer(_request(question.chat_id, target), note, lambda: self._say(told))
        self._asking.close(back=f"open-{question.chat_id}")

    def look(self, session: AgentSession) -> None:
        """Who takes chats may have changed."""
        question = self._asking.question
        if isinstance(question, TransferAsk) and self._directory is not None:
            found = targets(self._here, session.inbox.routing, self._directory, session.me)
            self._asking.become(_among(replace(question, targets=found)))

    def _told(self, session: AgentSession, chat_id: str, answer: object) -> None:
        question = self._asking.question
        if isinstance(question, TransferAsk) and question.chat_id == chat_id:
            self._here = _read(answer)
            self._asking.become(replace(question, known=True))
            self.look(session)


def targets(
    here: Iterable[AgentForTransfer], routing: Mapping[str, str], directory: Directory, me: str
) -> tuple[Target, ...]:
    """Agents before groups; before others, who takes chats, and among those who has the fewest."""
    agents = [_agent(each, routing, directory) for each in here if each.agent_id != me]
    groups = [Target("group", str(each.id), each.name, each.routing_status) for each in directory.groups]
    agents.sort(key=lambda each: (not each.accepts, each.chats or 0, each.name.casefold()))
    groups.sort(key=lambda each: (not each.accepts, each.name.casefold()))
    return (*agents, *groups)


def _agent(found: AgentForTransfer, routing: Mapping[str, str], directory: Directory) -> Target:
    known = directory.agent(found.agent_id)
    return Target(
        "agent",
        found.agent_id,
        (known and known.name) or found.agent_id,
        routing.get(found.agent_id, "not_accepting_chats"),
        found.total_active_chats,
        known.avatar_path if known else None,
    )


def _among(question: TransferAsk) -> TransferAsk:
    """The question with the list as it is now: what the agent chose stays, else the first is marked."""
    if not question.pointed:
        return replace(question, picker=Picker(tuple(each.key for each in question.shown)))
    return replace(question, picker=question.picker.among(each.key for each in question.shown))


def _read(answer: object) -> tuple[AgentForTransfer, ...]:
    """The answer to ``list_agents_for_transfer``; nobody, where it cannot be read."""
    try:
        return tuple(_AGENTS.validate_python(answer))
    except ValidationError:
        return ()


def _request(chat_id: str, target: Target) -> TransferChat:
    """Who was chosen although they take no chats gets it all the same: the agent has seen how it is."""
    ids: list[str] | list[int] = [target.id] if target.kind == "agent" else [int(target.id)]
    goal = TransferGoal(type=target.kind, ids=ids)
    return TransferChat(id=chat_id, target=goal, ignore_agents_availability=not target.accepts)
