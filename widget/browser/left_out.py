"""What is done when a task has failed because the frozen image leaves something out (``tools/trim.py``)."""

import asyncio
from typing import Any

import js

__all__ = ["start_whole_when_missed"]


def start_whole_when_missed() -> None:
    """From here on a task that misses something has the page load once more, with all of Python; not twice."""
    asyncio.get_event_loop().set_exception_handler(_failed)


def _failed(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    loop.default_exception_handler(context)
    if isinstance(context.get("exception"), AttributeError | ImportError | NameError):
        js.startWholePython()  # static/python.js
