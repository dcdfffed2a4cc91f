"""The icons, drawn here so that nothing is fetched. All are decoration: the name stands on the button around them."""

from htpy import Element, circle, g, path, svg

__all__ = [
    "alert",
    "back",
    "bubble_mark",
    "check",
    "check_double",
    "chevron_down",
    "chevron_forward",
    "clip",
    "clock",
    "close",
    "icon",
    "more",
    "send",
    "thumb_down",
    "thumb_up",
]


def icon(*shapes: Element, flip: bool = False) -> Element:
    """A line icon of 20 by 20; ``flip``: it points along the line of reading and is mirrored in right-to-left."""
    return svg(
        class_={"icon": True, "flip": flip},
        viewBox="0 0 20 20",
        fill="none",
        stroke="currentColor",
        stroke_width="1.7",
        stroke_linecap="round",
        stroke_linejoin="round",
        aria_hidden="true",
    )[shapes]


def close() -> Element:
    """A cross."""
    return icon(path(d="M5 5l10 10M15 5L5 15"))


def clip() -> Element:
    """A paper clip: a file."""
    return icon(
        path(d="M15.6 9.3l-5.9 5.9a3.7 3.7 0 0 1-5.2-5.2l6-6a2.5 2.5 0 0 1 3.5 3.5l-6 6a1.2 1.2 0 0 1-1.7-1.7l5.5-5.5")
    )


def more() -> Element:
    """Three dots."""
    dots = [circle(cx=x, cy="10", r="1.3", fill="currentColor", stroke="none") for x in ("4.5", "10", "15.5")]
    return icon(*dots)


def send() -> Element:
    """An arrow up."""
    return icon(path(d="M10 16V4.5M4.8 9.4L10 4.2l5.2 5.2"))


def thumb_up() -> Element:
    """It was good."""
    return icon(path(d=_THUMB))


def thumb_down() -> Element:
    """It was bad."""
    return icon(g(transform="rotate(180 10 10)")[path(d=_THUMB)])


_THUMB = (
    "M6.5 9v7.5M6.5 9L9.8 3a1.9 1.9 0 0 1 1.9 2.1l-.4 3h3.6a1.6 1.6 0 0 1 1.6 1.9l-.9 5a1.8 1.8 0 0 1-1.8 1.5H3.5V9z"
)


def check() -> Element:
    """A tick: the server has it."""
    return icon(path(d="M4.5 10.5l3.6 3.6 7.4-8"))


def check_double() -> Element:
    """Two ticks: it has been seen."""
    return icon(path(d="M1.8 10.6l3.5 3.5 6.6-7.4"), path(d="M9 13l1.2 1.1 7.6-8.4"))


def clock() -> Element:
    """A clock: on its way."""
    return icon(circle(cx="10", cy="10", r="6.6"), path(d="M10 6.4V10l2.4 1.6"))


def alert() -> Element:
    """A circle with an exclamation mark: something went wrong."""
    return icon(circle(cx="10", cy="10", r="7"), path(d="M10 6.2v4.6M10 13.7v.1"))


def smile() -> Element:
    """A face that smiles: emoji."""
    return icon(circle(cx="10", cy="10", r="7"), path(d="M7.2 12a3.4 3.4 0 0 0 5.6 0M7.6 8v.1M12.4 8v.1"))


def chevron_down() -> Element:
    """An angle down."""
    return icon(path(d="M5 7.8l5 5 5-5"))


def bubble_mark() -> Element:
    """The mark of the chat: two leaves of talk."""
    return svg(class_="mark", viewBox="0 0 48 48", aria_hidden="true")[
        path(class_="mark-back", d="M18 6h17a9 9 0 0 1 9 9v9a9 9 0 0 1-9 9h-1v6.4a1 1 0 0 1-1.7.7L25 33"),
        path(
            class_="mark-front",
            d="M13 10h15a9 9 0 0 1 9 9v7a9 9 0 0 1-9 9H17.5l-7.8 6.6A1 1 0 0 1 8 40.8V35"
            "a9 9 0 0 1-4-7.5V19a9 9 0 0 1 9-9z",
        ),
        circle(class_="mark-dot", cx="14", cy="23", r="2.2"),
        circle(class_="mark-dot", cx="20.5", cy="23", r="2.2"),
        circle(class_="mark-dot", cx="27", cy="23", r="2.2"),
    ]


def chevron_forward() -> Element:
    """An angle along the line of reading."""
    return icon(path(d="M7.8 5l5 5-5 5"), flip=True)


def back() -> Element:
    """An angle against the line of reading."""
    return icon(path(d="M12.2 5l-5 5 5 5"), flip=True)
