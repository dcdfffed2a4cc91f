"""Faces of people, who all have a name here: a visitor without one goes by the beginning of their id."""

from htpy import Element, VoidElement, span

from agent_console.names import name_of
from widget.ui.locale import Locale
from widget.ui.log import avatar
from widget.wire.users import Customer, User

__all__ = ["face", "named", "portrait"]


def named(user: User | None, locale: Locale) -> User | None:
    """The same person under the name that is shown for them."""
    return user.model_copy(update={"name": name_of(user, locale)}) if user is not None and not user.name else user


def portrait(user: User | None, locale: Locale) -> Element | VoidElement:
    """A face alone."""
    return avatar(named(user, locale))


def face(user: User | None, locale: Locale) -> Element:
    """A face with a mark on it for a visitor who is on the site now."""
    here = isinstance(user, Customer) and bool(user.online)
    return span(".face")[portrait(user, locale), here and span(".presence.on")]
