"""Buttons of the console: an action on ``data-action``, which ``browser`` passes to ``app``."""

from htpy import Element, button, span

__all__ = ["plain", "worded"]


def plain(icon: Element, name: str, action: str, style: str = ".round", **more: str | None) -> Element:
    """A button that shows only an icon; its name is also its tooltip."""
    return button(style, type="button", data_action=action, aria_label=name, title=name, **more)[icon]


def worded(
    icon: Element | None,
    text: str,
    action: str,
    *,
    style: str = ".button",
    target: str = "",
    busy: bool = False,
    name: str | None = None,
    id: str | None = None,
) -> Element:
    """A button with a word; ``name`` is there where the word alone does not say enough.

    While ``busy`` it stays focusable and does nothing (``app`` sees to it).
    """
    return button(
        style,
        id=id,
        type="button",
        data_action=action,
        data_id=target or None,
        aria_disabled="true" if busy else None,
        aria_label=name,
    )[icon, span[text]]
