"""The console's own icons, in the manner of ``widget.ui.icons``: decoration, named by the button around them."""

from htpy import Element, circle, path, rect

from widget.ui.icons import icon

__all__ = [
    "archive",
    "back",
    "ban",
    "bell",
    "bell_off",
    "bolt",
    "box",
    "chats",
    "clip",
    "copy",
    "down",
    "download",
    "eye",
    "help_",
    "join",
    "keys",
    "leave",
    "lock",
    "panel",
    "people",
    "reopen",
    "sheet",
    "sliders",
    "tag",
    "transfer",
    "up",
]


def chats() -> Element:
    """Two bubbles."""
    return icon(
        path(
            d="M5.6 3h5.8A2.6 2.6 0 0 1 14 5.6v2.8a2.6 2.6 0 0 1-2.6 2.6H7.6L4 14v-3.6a2.6 2.6 0 0 1-1-2V5.6"
            "A2.6 2.6 0 0 1 5.6 3z"
        ),
        path(d="M16.4 8.2c.4.5.6 1 .6 1.6v2.6c0 .8-.4 1.5-1 2V17l-2.7-2.2H10"),
    )


def back() -> Element:
    """An angle back."""
    return icon(path(d="M12 4.5L6.5 10l5.5 5.5"), flip=True)


def bell() -> Element:
    """A bell: sounds are on."""
    return icon(path(d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.2 1.5H3.8z"), path(d="M8.3 17.2a1.9 1.9 0 0 0 3.4 0"))


def bell_off() -> Element:
    """A bell with a stroke: sounds are off."""
    return icon(path(d="M5 13.5V9c0-.7.2-1.4.4-2M7.6 4.6A5 5 0 0 1 15 9v2.6M13.4 15H3.8L5 13.5"),
                 path(d="M8.3 17.2a1.9 1.9 0 0 0 3.4 0"), path(d="M3.5 3.5l13 13"))  # fmt: skip


def help_() -> Element:
    """A question mark in a circle."""
    return icon(circle(cx="10", cy="10", r="7.2"), path(d="M8 8.1a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3M10 13.8v.1"))


def keys() -> Element:
    """A keyboard."""
    return icon(
        rect(x="2.5", y="5", width="15", height="10", rx="2"),
        path(d="M5.8 8.4h.1M8.6 8.4h.1M11.4 8.4h.1M14.2 8.4h.1M6.5 11.8h7"),
    )


def leave() -> Element:
    """A door with an arrow out."""
    return icon(path(d="M8 3.5H5.5a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2H8M12.5 6.5L16 10l-3.5 3.5M16 10H8"), flip=True)


def archive() -> Element:
    """A tick in a circle: done."""
    return icon(circle(cx="10", cy="10", r="7.2"), path(d="M6.8 10.3l2.2 2.2 4.3-4.8"))


def reopen() -> Element:
    """An arrow round and back."""
    return icon(path(d="M4 4.5v4h4"), path(d="M4.4 8.4A6.3 6.3 0 1 1 4 12.2"))


def join() -> Element:
    """A person with a plus."""
    return icon(
        circle(cx="8", cy="6.6", r="2.9"),
        path(d="M2.8 16.2c.4-3 2.5-4.6 5.2-4.6 1.2 0 2.3.3 3.2.9M14.8 11.6v5M12.3 14.1h5"),
    )


def panel() -> Element:
    """A page with a column at its end."""
    return icon(rect(x="3", y="4", width="14", height="12", rx="2.2"), path(d="M12.2 4v12"), flip=True)


def sliders() -> Element:
    """Three sliders."""
    return icon(
        path(d="M3.5 5.5h6M13.5 5.5h3M3.5 10h2M9.5 10h7M3.5 14.5h7M14.5 14.5h2"),
        circle(cx="11.5", cy="5.5", r="1.9"),
        circle(cx="7.5", cy="10", r="1.9"),
        circle(cx="12.5", cy="14.5", r="1.9"),
    )


def box() -> Element:
    """A box: what is over and kept."""
    return icon(
        rect(x="3", y="4", width="14", height="4", rx="1.2"),
        path(d="M4.2 8v6.6c0 .8.6 1.4 1.4 1.4h8.8c.8 0 1.4-.6 1.4-1.4V8M8 11.2h4"),
    )


def eye() -> Element:
    """An eye: who is on the site."""
    return icon(path(d="M2.5 10s2.8-5 7.5-5 7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5z"), circle(cx="10", cy="10", r="2.3"))


def lock() -> Element:
    """A closed lock: not for the visitor."""
    return icon(rect(x="4.5", y="9", width="11", height="7.5", rx="2"), path(d="M7 9V6.8a3 3 0 0 1 6 0V9"))


def transfer() -> Element:
    """Two arrows, to and fro: to somebody else."""
    return icon(path(d="M3.5 7h12M12.5 4l3 3-3 3M16.5 13h-12M7.5 10l-3 3 3 3"))


def copy() -> Element:
    """Two sheets."""
    return icon(
        rect(x="7", y="7", width="9.5", height="9.5", rx="2"),
        path(d="M13 7V5.5a2 2 0 0 0-2-2H5.5a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7"),
    )


def download() -> Element:
    """An arrow down to a line."""
    return icon(path(d="M10 3.5v9M6.2 9L10 12.8 13.8 9M4 16.5h12"))


def ban() -> Element:
    """A circle with a stroke: not in here."""
    return icon(circle(cx="10", cy="10", r="7"), path(d="M5.2 5.2l9.6 9.6"))


def clip() -> Element:
    """A paper clip."""
    return icon(
        path(d="M15.5 9.3l-5.6 5.6a3.6 3.6 0 0 1-5-5l6-6.1a2.4 2.4 0 0 1 3.4 3.4l-5.8 5.9a1.2 1.2 0 0 1-1.7-1.7l5-5.1")
    )


def tag() -> Element:
    """A label on a string."""
    return icon(
        path(
            d="M3.5 4.5v5.2c0 .4.2.8.4 1l5.4 5.4a1.5 1.5 0 0 0 2.1 0l4.7-4.7a1.5 1.5 0 0 0 0-2.1L10.7 3.9a1.5 1.5 0 0 0"
            "-1-.4H4.5a1 1 0 0 0-1 1z"
        ),
        circle(cx="7", cy="7", r="1"),
    )


def people() -> Element:
    """Two people: a group."""
    return icon(
        circle(cx="7.5", cy="7", r="2.7"),
        path(d="M2.5 16c.3-2.8 2.3-4.4 5-4.4s4.7 1.6 5 4.4M12.4 4.6a2.6 2.6 0 0 1 0 4.8M14.6 11.9c1.6.6 2.7 2 2.9 4.1"),
    )


def bolt() -> Element:
    """A bolt: at once."""
    return icon(path(d="M11 3L5 11.2h4.3L8.6 17 15 8.6h-4.4z"))


def sheet() -> Element:
    """A sheet of paper with a folded corner: a file."""
    return icon(
        path(d="M11.5 3H6.5A1.5 1.5 0 0 0 5 4.5v11A1.5 1.5 0 0 0 6.5 17h7a1.5 1.5 0 0 0 1.5-1.5v-9z"),
        path(d="M11.5 3v3.5H15"),
    )


def up() -> Element:
    """An arrow up: sooner."""
    return icon(path(d="M10 16V4.5M5.5 9L10 4.5 14.5 9"))


def down() -> Element:
    """An arrow down: later."""
    return icon(path(d="M10 4v11.5M5.5 11L10 15.5 14.5 11"))
