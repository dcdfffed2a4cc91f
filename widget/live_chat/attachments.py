"""A file that the page sends along, out of a data URL, or that the visitor has chosen: on to the server.

The page has fetched what was at any other address (``static/commands.js``): it may read what a frame may not.
"""

import json
from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from urllib.parse import unquote_to_bytes

from widget.customer_sdk.files import File, Progress, SendFile
from widget.rtm.outbox import UploadedFile
from widget.rtm.ports import HttpResponse
from widget.wire.errors import CommandError
from widget.wire.file_limits import LARGEST

__all__ = ["Attachment", "Fetch", "Uploads", "read_data_url"]

Fetch = Callable[[str, str, Mapping[str, str], bytes | None], Awaitable[HttpResponse]]
"""Sends a request: verb, address, headers, body. Raises OSError when no answer came."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send."""

    name: str
    type: str
    content: bytes


def read_data_url(url: str, name: str) -> Attachment:
    """The file in a data URL (RFC 2397). Raises CommandError."""
    head, comma, body = url.removeprefix("data:").partition(",")
    if not comma:
        raise CommandError(
            "INVALID_ARGUMENT", "attachment is no data URL.", "It looks like data:text/plain;base64,SGk="
        )
    if len(body) > LARGEST * 3:  # however it is written, it is more than that
        raise too_large()
    try:
        content = a2b_base64(unquote_to_bytes(body)) if head.endswith(";base64") else unquote_to_bytes(body)
    except NotBase64:
        raise CommandError("INVALID_ARGUMENT", "attachment is not in base64.", "Encode the file once more.") from None
    if not content:
        raise CommandError("INVALID_ARGUMENT", "attachment is empty.", "Send a file with something in it.")
    if len(content) > LARGEST:
        raise too_large()
    return Attachment(name, head.removesuffix(";base64") or "text/plain", content)


def too_large() -> CommandError:
    """The refusal of a file that the platform would refuse."""
    return CommandError("ATTACHMENT_TOO_LARGE", "The attachment has more than 10 MB.", "Send a smaller file.")


@dataclass(frozen=True, slots=True)
class Uploads:
    """Gets files to the server. ``url``: where ``upload_file`` is; ``send_file`` tells how much of a file has gone."""

    url: str
    token: Callable[[], Awaitable[str]]
    fetch: Fetch
    send_file: SendFile

    async def upload(self, attachment: Attachment) -> UploadedFile:
        """Upload a file. Raises CommandError, SignInFailed."""
        boundary = token_hex(16)
        headers = {
            "Authorization": await self.token(),
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        }
        try:
            answer = await self.fetch("POST", self.url, headers, _form(attachment, boundary))
        except OSError as error:
            raise _failed(str(error)) from error
        return UploadedFile(url=_url(answer), name=attachment.name)

    async def send(self, file: File, progress: Progress) -> UploadedFile:
        """Upload a file of the browser's. Raises CommandError, SignInFailed; cancelling it stops the upload."""
        headers = {"Authorization": await self.token()}
        try:
            answer = await self.send_file(self.url, headers, file, progress)
        except OSError as error:
            raise _failed(str(error)) from error
        return UploadedFile(url=_url(answer), name=file.name)


def _form(attachment: Attachment, boundary: str) -> bytes:
    """RFC 7578. Browsers write quotes and line ends in names so (HTML, "multipart/form-data")."""
    name = attachment.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    kind = "".join(c for c in attachment.type if c.isprintable())
    disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    head = f"--{boundary}\r\n{disposition}\r\nContent-Type: {kind}\r\n\r\n"
    return head.encode() + attachment.content + f"\r\n--{boundary}--\r\n".encode()


def _url(answer: HttpResponse) -> str:
    try:
        body = json.loads(answer.text)
        url, error = body.get("url"), body.get("error") or {}
        kind, why = error.get("type"), str(error.get("message", ""))
    except (ValueError, AttributeError):
        raise _failed(f"The server answered {answer.status}.") from None
    if isinstance(url, str):
        return url
    if kind == "entity_too_large":
        raise too_large()
    if kind == "validation":
        raise CommandError("ATTACHMENT_REFUSED", f"The server does not take this file: {why}.", "Send another type.")
    raise _failed(why or f"The server answered {answer.status}.")


def _failed(why: str) -> CommandError:
    return CommandError("UPLOAD_FAILED", f"The attachment did not arrive. {why}", "Send it again.")
