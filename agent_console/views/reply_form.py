"""The form of a canned reply."""

from htpy import Element, Node, div, form, input, label, option, p, select, span, textarea

from agent_console.questions import ReplyAsk
from agent_console.replies import LONGEST_NAME, LONGEST_TEXT, MOST_NAMES
from agent_console.views.dialogs import foot, head
from widget.ui.locale import Locale

__all__ = ["reply_form"]


def reply_form(state: ReplyAsk, locale: Locale) -> Element:
    """What it is called, what it says, and for whom it is."""
    t, reply = locale.text, state.reply
    names = " ".join(f"#{name}" for name in reply.tags) if reply is not None else ""
    return form(".asking", id="reply-form", novalidate=True)[
        head(t("New canned reply") if reply is None else t("Edit the canned reply"), locale),
        _field(
            "reply-names",
            t("Names, to find it by"),
            input(
                id="reply-names",
                type="text",
                value=names or None,
                placeholder=t("#hello"),
                autocomplete="off",
                spellcheck="false",
                maxlength=str(MOST_NAMES * (LONGEST_NAME + 2)),
                autofocus=True,
                aria_describedby="reply-names-wrong",
                data_own=True,
            ),
            t("Give it a name of up to {most} letters, or several.", most=LONGEST_NAME)
            if state.wrong == "names"
            else "",
        ),
        _field(
            "reply-text",
            t("Text"),
            textarea(
                id="reply-text",
                rows="5",
                dir="auto",
                placeholder=t("Hello %name%! How can I help you?"),
                maxlength=str(LONGEST_TEXT),
                aria_describedby="reply-text-wrong",
                data_own=True,
            )[reply.text if reply is not None else ""],
            t("Write what it says.") if state.wrong == "text" else "",
        ),
        _group(state, locale) if len(state.groups) > 1 else None,
        label(".check")[
            input(
                id="reply-private",
                type="checkbox",
                checked=reply is not None and reply.is_private,
                data_own=True,
            ),
            span[t("Only for me")],
        ],
        foot(t("Save"), ".button.primary", locale),
    ]


def _field(name: str, text: str, field: Node, wrong: str) -> Element:
    return div(".field")[label(for_=name)[text], field, p(".field-wrong", id=f"{name}-wrong", role="alert")[wrong]]


def _group(state: ReplyAsk, locale: Locale) -> Element:
    here = state.reply.group_id if state.reply is not None else state.groups[0].id
    return div(".field")[
        label(for_="reply-group")[locale.text("For the agents of")],
        select(".select", id="reply-group", data_own=True)[
            [option(value=str(group.id), selected=group.id == here)[group.name] for group in state.groups]
        ],
    ]
