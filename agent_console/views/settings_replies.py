"""The canned replies: what each is called and says, for whom, and buttons to change them."""

from collections.abc import Mapping

from htpy import Element, div, h2, li, p, section, span, strong, ul

from agent_console.settings_pages import RepliesPage
from agent_console.views import icons
from agent_console.views.buttons import worded
from widget.ui.locale import Locale
from widget.wire.canned_responses import CannedResponse

__all__ = ["replies"]


def replies(state: RepliesPage, locale: Locale) -> Element:
    """All of them, and a way to write another one."""
    t = locale.text
    names = {group.id: group.name for group in state.groups}
    return section(".setting", aria_labelledby="replies-title")[
        div(".setting-head")[
            h2(id="replies-title")[t("Canned replies")],
            worded(icons.bolt(), t("New reply"), "new-reply", style=".button.primary", busy=state.busy, id="new-reply"),
        ],
        p(".hint")[
            t(
                "Texts that are often needed. Write # and a word of their name in a message to put one in. "
                "%name%, %email% and %agent% stand for the visitor's name and address, and for yours."
            )
        ],
        ul(".rows", aria_label=t("Canned replies"))[[_reply(reply, names, state, locale) for reply in state.replies]]
        if state.replies
        else p(".nothing")[t("There are none yet.")],
    ]


def _reply(reply: CannedResponse, names: Mapping[int, str], state: RepliesPage, locale: Locale) -> Element:
    t, target = locale.text, str(reply.id)
    called = reply.tags[0] if reply.tags else t("reply")
    return li(id=f"reply-{target}")[
        div(".row-text")[
            p(".row-names")[
                [strong(dir="auto")[f"#{name}"] for name in reply.tags],
                span(".pill")[names.get(reply.group_id, str(reply.group_id))] if len(names) > 1 else None,
                reply.is_private and span(".pill")[icons.lock(), t("Only you")],
            ],
            p(dir="auto")[reply.text],
        ],
        worded(
            None,
            t("Edit"),
            "edit-reply",
            target=target,
            busy=state.busy,
            name=t("Edit #{name}", name=called),
            id=f"edit-{target}",
        ),
        worded(
            None, t("Delete"), "delete-reply", target=target, busy=state.busy, name=t("Delete #{name}", name=called)
        ),
    ]
