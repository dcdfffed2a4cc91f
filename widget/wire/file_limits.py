"""What the platform takes of files: how large, and under which names."""

from typing import Final

__all__ = ["LARGEST", "PROGRAMS"]

LARGEST: Final = 10 * 1024 * 1024
"""The size of the largest file, in bytes (spec: customer-rtm, section 2)."""

_PROGRAMS: Final = (
    "apk app bat bin cmd com cpl deb dll dmg exe gadget hta jar js jse lnk msc msi msp pif ps1 reg rpm scr sh sys "
    "vb vbe vbs wsf wsh"
)

PROGRAMS: Final = frozenset(f".{name}" for name in _PROGRAMS.split(" "))
"""The ends of names that stand for programs: such files are refused."""
