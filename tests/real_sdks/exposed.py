"""What LiveChat's packages can tell, read out of their own text: none says it otherwise."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["events_of_2", "events_of_4"]

BUNDLE = "node_modules/@livechat/customer-sdk/dist/customer-sdk.esm.js"

TRANSPORT = {"connect", "disconnect", "message"}
"""What version 2's socket tells the rest of it."""


def events_of_4(folder: Path) -> set[str]:
    """The events of customer-sdk 4: what it emits by name, and the pushes that it passes on."""
    text = (folder / BUNDLE).read_text(encoding="utf-8")
    (pushes,) = re.findall(r"var serverPushActions = .*?\{(.*?)\}\)", text, re.DOTALL)
    names = _constants(text)
    passed_on = {names[name] for name in re.findall(r"(\w+): \w+", pushes) if name in names}
    return _emitted(text) | passed_on - {
        "customer_disconnected",
        "customer_side_storage_updated",
        "groups_status_updated",
    }


def events_of_2(folder: Path) -> set[str]:
    """The events of customer-sdk 2: the same. It passes on, too, under its own name, any push that it does not know."""
    text = (folder / BUNDLE).read_text(encoding="utf-8")
    names = _constants(text)
    known = {names[name] for name in _cases(text, "parsePush") | _cases(text, "handlePush")}
    return (
        _emitted(text)
        | known
        - {
            "chat_user_added",
            "chat_user_removed",
            "customer_disconnected",
            "customer_side_storage_updated",
            "incoming_chat_thread",
            "incoming_event",
            "incoming_typing_indicator",
        }
    ) - TRANSPORT


def _constants(text: str) -> dict[str, str]:
    return dict(re.findall(r"^var ([A-Z_]+)(?:\$\d)? = '(\w+)';", text, re.MULTILINE))


def _emitted(text: str) -> set[str]:
    first_arguments = re.findall(r"\bemit\(([^,(){}]*)[,)]", text)
    return {name for argument in first_arguments for name in re.findall(r"'(\w+)'", argument)}


def _cases(text: str, function: str) -> set[str]:
    (body,) = re.findall(rf"^var {function} = function.*?^\}};", text, re.DOTALL | re.MULTILINE)
    return set(re.findall(r"case ([A-Z_]+):", body))
