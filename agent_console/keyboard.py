"""What keys mean. ``views.frame`` lists them for people."""

from dataclasses import dataclass

from agent_console.inbox import Section

__all__ = ["Stroke", "meaning"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key that was pressed, perhaps while writing."""

    key: str
    alt: bool = False
    writing: bool = False


_WALK = {"ArrowDown": "next", "ArrowUp": "previous", "j": "next", "k": "previous"}

_ANYWHERE = {"?": "help", **_WALK}

_IN_A_CHAT = {"r": "reply", "n": "write-note", "d": "details", "l": "add-tag"}

_BY_SECTION = {
    ("e", Section.MINE): "close-chat",
    ("f", Section.MINE): "transfer",
    ("t", Section.CLOSED): "reopen",
    ("t", Section.WAITING): "join",
    ("t", Section.UNASSIGNED): "join",
    ("t", Section.SUPERVISED): "join",
    ("t", Section.OTHERS): "join",
}


def meaning(stroke: Stroke, where: Section | None, *, single_keys: bool) -> str | None:
    """The action of a key; ``where`` is the section of the chat in front. With ``single_keys`` they need no Alt."""
    if stroke.alt and stroke.key in _WALK:
        return _WALK[stroke.key]
    if stroke.key == "Escape":
        return "escape"
    if stroke.writing or stroke.alt or not single_keys:
        return None
    if stroke.key in _ANYWHERE:
        return _ANYWHERE[stroke.key]
    if where is None:
        return None
    return _IN_A_CHAT.get(stroke.key) or _BY_SECTION.get((stroke.key, where))
