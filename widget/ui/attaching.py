"""What is seen of files before the server has them: the button, the place to drop them, and a row for each."""

from htpy import Element, button, div, footer, input, label, li, p, progress, span
from markupsafe import Markup

from widget.ui import icons
from widget.ui.locale import Locale
from widget.ui.log import DrawnRow
from widget.ui.uploads import EMPTY, LEFT, REFUSED, TOO_LARGE, Upload

__all__ = ["attach_button", "drop_place", "upload_row", "why_not"]


def attach_button(locale: Locale, *, disabled: bool) -> Element:
    """The browser's own chooser of files, which is there before Python is."""
    text = locale.text("Attach a file, 10 MB at most")
    return label(".attach", title=text)[
        # data-own: what is chosen is the visitor's; no rendering touches it.
        input("#files.visually-hidden", type="file", multiple=True, disabled=disabled, data_own=True),
        icons.clip(),
        span(".visually-hidden")[text],
    ]


def drop_place(locale: Locale) -> Element:
    """Over the window while files are dragged across it."""
    return div(".drop-place", aria_hidden="true")[p[icons.clip(), locale.text("Drop files here")]]


def upload_row(upload: Upload, locale: Locale) -> DrawnRow:
    """A file on its way, or what kept it from arriving and what can be done about it."""
    failed = upload.error is not None
    row_id = f"message-{upload.id}"
    classes = ["bubble mine first last uploading", "failed" if failed else "sending"]
    row = li(class_=classes, id=row_id)[
        div(".stack")[
            div(".text", dir="auto")[p(".file")[icons.clip(), span[upload.name]]],
            _refused(upload, locale) if failed else _going(upload, locale),
        ]
    ]
    return DrawnRow(row_id, Markup(row))


def _going(upload: Upload, locale: Locale) -> Element:
    return footer[
        progress(value=f"{upload.part:.2f}", max="1", aria_label=locale.text("Uploading {name}", name=upload.name)),
        button(type="button", data_action="discard", data_id=upload.id)[locale.text("Cancel")],
    ]


def _refused(upload: Upload, locale: Locale) -> Element:
    return footer[
        span(".delivery")[icons.alert(), span(dir="auto")[why_not(upload, locale)]],
        upload.can_be_retried and button(type="button", data_action="retry", data_id=upload.id)[locale.text("Retry")],
        button(type="button", data_action="discard", data_id=upload.id)[locale.text("Discard")],
    ]


def why_not(upload: Upload, locale: Locale) -> str:
    """Why a file was not sent, and what to do."""
    t = locale.text
    said = {
        TOO_LARGE: t("{name} is larger than 10 MB.", name=upload.name),
        EMPTY: t("{name} is empty.", name=upload.name),
        REFUSED: t("Files of this type cannot be sent."),
        LEFT: t("{name} was not sent, because the page was closed. Please choose it again.", name=upload.name),
    }
    return said.get(upload.error or "") or t("The file did not arrive.")
