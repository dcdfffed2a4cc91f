"""The agent's other tabs: the port through which they hear what the platform does not tell them."""

from collections.abc import Callable
from typing import Protocol

__all__ = ["Tabs"]


class Tabs(Protocol):
    """All pages of the console in one browser."""

    def tell(self, message: str) -> None:
        """Tell the others."""

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call for everything that one of the others tells."""
