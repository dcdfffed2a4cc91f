"""How large files are, for people."""

from widget.ui.locale import Locale

__all__ = ["size"]

MEGABYTE = 1024 * 1024


def size(count: int, locale: Locale) -> str:
    """``740 kB``, ``2.4 MB``; ``count`` in bytes."""
    if count < MEGABYTE:
        return locale.text("{size} kB", size=max(1, round(count / 1024)))
    return locale.text("{size} MB", size=f"{count / MEGABYTE:.1f}")
