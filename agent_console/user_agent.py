"""Browser and system of a ``User-Agent`` header, as far as one line for people needs it.

The order matters: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
"""

import re

__all__ = ["browser", "system"]

_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/(\d+)"),
    ("Opera", r"(?:OPR|Opera)/(\d+)"),
    ("Samsung Internet", r"SamsungBrowser/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:Headless)?(?:Chrome|CriOS)/(\d+)"),
    ("Safari", r"Version/(\d+)[\d.]* .*Safari/"),
)
_SYSTEMS = (
    ("iOS", r"iPhone|iPad|iPod"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def browser(user_agent: str) -> str | None:
    """``Chrome 126``, or None when it is none that we know."""
    for name, pattern in _BROWSERS:
        if found := re.search(pattern, user_agent):
            return f"{name} {found[1]}"
    return None


def system(user_agent: str) -> str | None:
    """``Windows``, or None when it is none that we know."""
    return next((name for name, pattern in _SYSTEMS if re.search(pattern, user_agent)), None)
