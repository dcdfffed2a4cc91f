"""Rich messages, drawn."""

from htpy import Element, Node, a, button, div, img, p, strong

from widget.ui.linked import linked
from widget.ui.locale import Locale
from widget.ui.rich import Button, Card, RichMessage

__all__ = ["rich_content"]


def rich_content(rich: RichMessage, event_id: str, locale: Locale, *, live: bool) -> Node:
    """The cards of a message. ``live``: its buttons can be pressed."""
    # Several do not always fit beside each other: who has no pointer scrolls them by key.
    return div(class_={"cards": True, "quick": rich.quick}, tabindex="0" if len(rich.cards) > 1 else None)[
        [_card(card, f"{event_id} {at}", rich, locale, live=live) for at, card in enumerate(rich.cards)]
    ]


def _card(card: Card, place: str, rich: RichMessage, locale: Locale, *, live: bool) -> Element:
    buttons = card.buttons if live or not rich.quick else ()
    return div(".card")[
        card.image and img(src=card.image, alt=card.image_text),
        card.title and (p(dir="auto")[linked(card.title)] if rich.quick else strong(dir="auto")[card.title]),
        card.subtitle and p(dir="auto")[linked(card.subtitle)],
        bool(buttons)
        and div(".answers", role="group", aria_label=locale.text("Choose an answer"))[
            [_button(each, f"{place}/{at}", live=live) for at, each in enumerate(buttons)]
        ],
    ]


def _button(each: Button, place: str, *, live: bool) -> Element:
    if each.leads_to is not None:
        told = {"data-action": "postback", "data-id": place} if live else {}
        return a(told, href=each.leads_to, target="_blank", rel="noopener noreferrer nofollow", dir="auto")[each.text]
    return button(type="button", data_action="postback", data_id=place, disabled=not live, dir="auto")[each.text]
