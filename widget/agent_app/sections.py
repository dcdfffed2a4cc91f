"""Sections that an app adds to the details of a customer, and whether they are as they must be (agent-app-sdk 1.16).

::

    {"title": "Orders", "components": [{"type": "button", "data": {"label": "Refund", "id": "refund"}}], "imgUrl": ...}
"""

from collections.abc import Mapping
from typing import Any

from widget.wire.errors import WrongArgument

__all__ = ["NEEDED", "check_section"]

NEEDED: Mapping[str, tuple[str, ...]] = {
    "button": ("label", "id"),
    "customer": (),
    "label_value": (),
    "line": (),
    "link": ("url",),
    "tags": ("tags",),
    "title": ("title",),
}
"""The types of components, and what the data of each must hold."""


def check_section(section: object) -> None:
    """Raises WrongArgument, which names what is wrong with a section."""
    if not isinstance(section, Mapping):
        raise WrongArgument("A section is an object with a title and components.")
    title, components = section.get("title"), section.get("components")
    if not isinstance(title, str) or not title:
        raise WrongArgument("A section has a title, a text that is not empty.")
    if not isinstance(components, list | tuple) or not components:
        raise WrongArgument(f"The section {title!r} has components, at least one.")
    for place, component in enumerate(components):
        _check_component(f"Component {place} of the section {title!r}", component)


def _check_component(which: str, component: Any) -> None:
    kind = component.get("type") if isinstance(component, Mapping) else None
    if not isinstance(component, Mapping) or not isinstance(kind, str) or kind not in NEEDED:
        raise WrongArgument(f"{which} is of a type that there is: {', '.join(NEEDED)}.")
    data = component.get("data")
    fields = data if isinstance(data, Mapping) else {}
    for name in NEEDED[kind]:
        if not fields.get(name):
            raise WrongArgument(f"{which}, a {kind}, has data.{name}.")
    if kind == "title" and fields.get("imgSize") not in (None, "big", "small"):
        raise WrongArgument(f"{which} has an imgSize of big or small.")
