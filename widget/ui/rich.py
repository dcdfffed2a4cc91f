"""Rich messages: cards, quick replies, stickers (spec: customer-rtm, section 9).

They are events of a kind that the wire has no model for. What is in one is read here, field by field, and what does not
fit is left out: it comes from whoever may write as an agent, programs among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from widget.wire.base import JsonValue
from widget.wire.events import Event, Postback, UnknownEvent

__all__ = ["Button", "Card", "RichMessage", "button_of", "postback", "read_rich"]

MOST_CARDS = 10
MOST_BUTTONS = 13


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a card; ``kind`` says what ``value`` is: a text to send, an address, a number."""

    text: str
    postback_id: str
    kind: str = ""
    value: str = ""

    @property
    def says(self) -> str | None:
        """What the visitor says by pressing it; None when it says nothing."""
        return (self.value or self.text) if self.kind == "message" else None

    @property
    def leads_to(self) -> str | None:
        """The address that it opens, if it does and that is one to open."""
        if self.kind == "phone" and self.value:
            return f"tel:{self.value}"
        opens = self.kind in {"url", "webview"} and self.value.startswith(("https://", "http://"))
        return self.value if opens else None


@dataclass(frozen=True, slots=True)
class Card:
    """A card: a picture, words, and buttons, as far as it has them."""

    title: str = ""
    subtitle: str = ""
    image: str = ""
    image_text: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class RichMessage:
    """Cards in a row; ``quick``: their buttons are answers to choose from, and are gone when one was chosen."""

    cards: tuple[Card, ...]
    quick: bool = False


def read_rich(event: Event) -> RichMessage | None:
    """What a rich message has to show; None for another event, and for one with nothing in it."""
    if not isinstance(event, UnknownEvent) or event.type != "rich_message":
        return None
    fields = event.model_extra or {}
    elements = fields.get("elements")
    read = elements[:MOST_CARDS] if isinstance(elements, list) else []
    cards = [_card(each) for each in read if isinstance(each, dict)]
    filled = tuple(card for card in cards if card != Card())
    return RichMessage(filled, quick=fields.get("template_id") == "quick_replies") if filled else None


def button_of(event: Event, place: str) -> Button | None:
    """The button at a place, ``card/button``, of a rich message."""
    rich = read_rich(event)
    card, _, button = place.partition("/")
    try:
        return rich.cards[int(card)].buttons[int(button)] if rich is not None else None
    except (ValueError, IndexError):
        return None


def postback(button: Button, thread_id: str, event_id: str) -> Postback:
    """What a message says about the button that made it."""
    value = {"value": button.value} if button.value else {}
    return Postback(id=button.postback_id, thread_id=thread_id, event_id=event_id, type=button.kind, **value)


def _card(value: dict[str, JsonValue]) -> Card:
    image = value.get("image")
    picture = image if isinstance(image, dict) else {}
    address = _text(picture, "url")
    return Card(
        title=_text(value, "title"),
        subtitle=_text(value, "subtitle"),
        image=address if address.startswith(("https://", "http://")) else "",
        image_text=_text(picture, "alternative_text"),
        buttons=tuple(_buttons(value.get("buttons"))),
    )


def _buttons(value: JsonValue) -> Iterator[Button]:
    for each in value[:MOST_BUTTONS] if isinstance(value, list) else []:
        if isinstance(each, dict) and _text(each, "text") and _text(each, "postback_id"):
            yield Button(_text(each, "text"), _text(each, "postback_id"), _text(each, "type"), _text(each, "value"))


def _text(value: dict[str, JsonValue], name: str) -> str:
    text = value.get(name)
    return text if isinstance(text, str) else ""
