"""The labels of the thread in front, and the field for another one."""

from htpy import Element, button, div, form, input, label, li, p, span, strong, ul

from agent_console.state import Talk
from agent_console.tagging import LONGEST, NEW, TagField
from agent_console.views import icons
from agent_console.views.buttons import plain, worded
from widget.ui.icons import close
from widget.ui.locale import Locale

__all__ = ["tags"]


def tags(state: Talk, locale: Locale) -> Element:
    """A line with all of them."""
    t = locale.text
    labels = [_tag(tag, locale) for tag in state.case.tags]
    return div(".tags")[
        labels and ul(".tag-list", aria_label=t("Tags"))[labels],
        _field(state.tag_field, locale)
        if state.tag_field is not None
        else button(
            ".add-tag",
            id="add-tag",
            type="button",
            data_action="add-tag",
        )[icons.tag(), span[t("Add a tag")]],
    ]


def _tag(tag: str, locale: Locale) -> Element:
    name = locale.text("Remove the tag {name}", name=tag)
    return li(".tag")[span(dir="auto")[tag], plain(close(), name, "untag", ".untag", data_id=tag)]


def _field(field: TagField, locale: Locale) -> Element:
    t = locale.text
    options, place = field.picker.options, field.picker.place
    return form(".tag-form", id="tag-form")[
        label(".visually-hidden", for_="tag-query")[t("Tag")],
        # data-own: what is typed is the agent's; no painting touches it.
        input(
            "#tag-query",
            type="text",
            role="combobox",
            autocomplete="off",
            spellcheck="false",
            maxlength=str(LONGEST),
            placeholder=t("Tag…"),
            aria_autocomplete="list",
            aria_expanded="true" if options else "false",
            aria_controls="tag-options",
            aria_activedescendant=f"tag-option-{place}" if options else None,
            data_own=True,
        ),
        worded(None, t("Cancel"), "close-tag", style=".link"),
        ul(".options", id="tag-options", role="listbox", aria_label=t("Tags"), hidden=not options)[
            [_option(number, field, locale) for number in range(len(options))]
        ],
        not options and p(".options.hint", role="status")[_nothing(field, locale)],
    ]


def _option(number: int, field: TagField, locale: Locale) -> Element:
    option = field.picker.options[number]
    return li(
        ".option",
        id=f"tag-option-{number}",
        role="option",
        aria_selected="true" if number == field.picker.place else "false",
        data_action="tag",
        data_id=option,
    )[
        span[locale.text("Create the tag"), " ", strong(dir="auto")[field.query]]
        if option == NEW
        else span(dir="auto")[option]
    ]


def _nothing(field: TagField, locale: Locale) -> str:
    if field.query:
        return locale.text("There is no such tag")
    return locale.text("There are no other tags yet")
