"""What apps add to a visitor's details: sections of the platform's components. All of it is text."""

from collections.abc import Mapping
from typing import Any

from htpy import Element, Node, button, div, h3, hr, p, section, small, span, strong

from agent_console.sidebar.sidebar import Section
from agent_console.views.links import link

__all__ = ["app_section"]

MOST = 30
"""How many components of a section are shown."""


def app_section(shown: Section) -> Element:
    """One section, with the name of the app that it is from."""
    components = shown.content.get("components")
    listed = components if isinstance(components, list) else []
    return section(".facts.app-section")[
        h3(dir="auto")[str(shown.content.get("title")), " ", small[shown.app.name]],
        [_component(each, shown.app.id) for each in listed[:MOST]],
    ]


def _component(component: Any, app_id: str) -> Node:
    data = component.get("data") if isinstance(component, Mapping) else None
    fields = data if isinstance(data, Mapping) else {}
    texts = {str(name): str(value) for name, value in fields.items() if value is not None}
    match component.get("type") if isinstance(component, Mapping) else None:
        case "button":
            style = ".button.primary" if fields.get("primary") is True else ".button"
            target = f"{app_id} {texts.get('id', '')}"
            return button(style, type="button", data_action="app-button", data_id=target)[texts.get("label", "")]
        case "label_value":
            return _fact(texts)
        case "title":
            return _title(texts)
        case "link":
            return p[link(texts.get("url", ""), texts.get("value") or texts.get("url", ""))]
        case "tags":
            tags = fields.get("tags")
            return p(".app-tags")[[span(".pill", dir="auto")[str(t)] for t in tags] if isinstance(tags, list) else None]
        case "line":
            return hr
    return None


def _fact(texts: dict[str, str]) -> Element:
    value = texts.get("value", "")
    shown = link(texts["url"], value) if "url" in texts else value
    return div(".app-fact")[span(dir="auto")[texts.get("label", "")], span(dir="auto")[shown]]


def _title(texts: dict[str, str]) -> Element:
    return div(".app-title")[
        strong(dir="auto")[texts.get("title", "")],
        "value" in texts and span(dir="auto")[texts["value"]],
        "description" in texts and p(dir="auto")[texts["description"]],
    ]
