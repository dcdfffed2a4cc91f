"""The composer: what is being written, the replies at hand, and the files that go with it."""

from htpy import (
    Element,
    Fragment,
    button,
    div,
    form,
    fragment,
    input,
    label,
    li,
    p,
    progress,
    span,
    strong,
    textarea,
    ul,
)

from agent_console.attaching import Attachment
from agent_console.completing import Offer
from agent_console.drafts import LONGEST_TEXT
from agent_console.inbox import Section
from agent_console.reasons import in_words
from agent_console.state import Talk
from agent_console.views import icons
from agent_console.views.buttons import plain
from agent_console.views.sizes import size
from widget.ui.emoji import emoji_button
from widget.ui.icons import alert, close, send
from widget.ui.locale import Locale
from widget.wire.canned_responses import CannedResponse

__all__ = ["composer"]


def composer(state: Talk, locale: Locale) -> Element:
    """Where the agent writes."""
    t, writing = locale.text, state.writing
    return form(class_={"composer": True, "for-agents": writing.note}, id="composer", novalidate=True)[
        writing.offer is not None and _offer(writing.offer, locale),
        div(".composer-box")[
            label(".visually-hidden", for_="message")[t("Message")],
            # data-own: what is typed is the agent's; no painting touches it.
            textarea(
                "#message",
                name="message",
                rows="1",
                dir="auto",
                placeholder=t("Write a note. The visitor does not see it.")
                if writing.note
                else t("Write a reply, or # for one that is ready…"),
                autocomplete="off",
                enterkeyhint="send",
                maxlength=str(LONGEST_TEXT),
                aria_describedby="composer-hint",
                aria_autocomplete="list",
                aria_controls="canned" if writing.offer is not None else None,
                aria_activedescendant=_active(writing.offer),
                data_own=True,
            ),
            _attachments(writing.attachments, locale) if writing.attachments else None,
            div(".composer-tools")[
                _attach(locale),
                emoji_button(locale),
                button(
                    ".toggle",
                    id="note",
                    type="button",
                    aria_pressed="true" if writing.note else "false",
                    data_action="note",
                    title=t("Only agents see a note"),
                )[icons.lock(), span[t("Note for agents only")]],
                p(".composer-hint", id="composer-hint")[_hint(state, locale)],
                button(".send", type="submit", aria_label=t("Send"), title=t("Send (Enter)"))[send()],
            ],
        ],
    ]


def _hint(state: Talk, locale: Locale) -> str:
    """What sending does beside sending."""
    t = locale.text
    if state.writing.note:
        return t("The visitor does not see this")
    match state.section:
        case Section.CLOSED:
            return t("Sending reopens the chat")
        case Section.WAITING | Section.UNASSIGNED:
            return t("Sending takes the chat over")
        case Section.OTHERS | Section.SUPERVISED:
            return t("Sending joins the chat")
        case Section.MINE:
            return t("Enter sends, Shift+Enter begins a line")


# Canned replies


def _active(offer: Offer | None) -> str | None:
    return f"canned-{offer.picker.active}" if offer is not None and offer.picker.active else None


def _offer(offer: Offer, locale: Locale) -> Element:
    t = locale.text
    if offer.none_yet:
        return div(".offer")[p(".hint", role="status")[t("There are no canned replies yet. Add some in the settings.")]]
    count = locale.plural("{count} canned reply", "{count} canned replies", len(offer.replies))
    return div(".offer")[
        ul(".options", id="canned", role="listbox", aria_label=t("Canned replies"))[
            [_reply(reply, active=str(reply.id) == offer.picker.active) for reply in offer.replies]
        ],
        p(".visually-hidden", role="status")[count],
    ]


def _reply(reply: CannedResponse, *, active: bool) -> Element:
    return li(
        ".option",
        id=f"canned-{reply.id}",
        role="option",
        aria_selected="true" if active else "false",
        data_action="canned",
        data_id=str(reply.id),
    )[strong(dir="auto")[" ".join(f"#{name}" for name in reply.tags)], span(dir="auto")[reply.text]]


# Files


def _attach(locale: Locale) -> Fragment:
    t = locale.text
    return fragment[
        # The field itself is not reached by keys: the button opens it.
        input(
            ".visually-hidden", id="files", type="file", multiple=True, tabindex="-1", aria_hidden="true", data_own=True
        ),
        button(
            ".toggle.attach", type="button", data_opens="files", aria_label=t("Attach files"), title=t("Attach files")
        )[icons.clip()],
    ]


def _attachments(attachments: tuple[Attachment, ...], locale: Locale) -> Element:
    return ul(".attachments", aria_label=locale.text("Attached files"))[
        [_attachment(each, locale) for each in attachments]
    ]


def _attachment(each: Attachment, locale: Locale) -> Element:
    t = locale.text
    return li(class_={"attachment": True, "failed": each.failed}, id=f"attachment-{each.id}")[
        alert() if each.failed else icons.clip(),
        div[
            span(".attachment-name", dir="auto")[each.name],
            span(".attachment-state", role="alert" if each.failed else None)[_state(each, locale)],
            not each.failed
            and each.url is None
            and progress(
                max="100", value=str(round(100 * each.progress)), aria_label=t("Upload of {name}", name=each.name)
            ),
        ],
        each.error is not None
        and plain(icons.reopen(), t("Try {name} again", name=each.name), "attach-again", ".round", data_id=each.id),
        plain(close(), t("Remove {name}", name=each.name), "detach", ".round", data_id=each.id),
    ]


def _state(each: Attachment, locale: Locale) -> str:
    if each.lost:
        return locale.text("Not sent, because the page was closed. Please attach it again.")
    if each.error is not None:
        refused = each.error.code == "VALIDATION"
        return locale.text("Files of this type cannot be sent.") if refused else in_words(each.error, locale)
    if each.going is not None:
        return locale.text("Sends when it is there")
    return size(each.size, locale)
