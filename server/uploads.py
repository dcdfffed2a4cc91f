"""Files as they come over HTTP, and as they are fetched again (spec: customer-web, section 2)."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.responses import FileResponse, Response

from server import tables
from server.access import own_chat
from server.file_types import SHOWN
from server.files import SMALL, Upload, check_quota, keep, look_at, sweep
from server.platform import Platform
from server.speaking import send_or_resume
from server.transaction import Requester, Transaction
from widget.wire.errors import Refused
from widget.wire.file_limits import LARGEST
from widget.wire.frames import Payload
from widget.wire.new_events import NewFile

__all__ = ["files", "send_file", "upload_file"]

MAX_FORM: Final = LARGEST + 64 * 1024
"""The largest form with a file in it, in bytes."""

HARMLESS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "private, max-age=31536000, immutable",
}
"""What keeps a file of a stranger from doing anything on this origin."""

Authorize = Callable[[Transaction], Requester]


class TooLarge(MultiPartException):
    """A form is larger than MAX_FORM; the parser closes what it has taken of it."""


files = APIRouter()
"""What stands under ``/files``."""


async def upload_file(request: Request, authorize: Authorize, platform: Platform) -> Payload:
    """Take a file, and answer with its address. Raises Refused."""
    _, upload = await _receive(request, authorize, platform)
    url = await platform.perform(lambda tx: keep(tx, authorize(tx), upload, _origin(request)))
    return {"url": url}


async def send_file(request: Request, authorize: Authorize, platform: Platform) -> Payload:
    """Take a file and send it into the requester's chat, as API 3.0 has it. Raises Refused."""
    fields, upload = await _receive(request, authorize, platform)
    chat_id, custom_id = fields.get("payload.chat_id", ""), fields.get("payload.custom_id")

    def work(tx: Transaction) -> str:
        requester = authorize(tx)
        url = keep(tx, requester, upload, _origin(request))
        tx.session.flush()
        event = NewFile(url=url, custom_id=custom_id)
        send_or_resume(tx, requester, own_chat(tx, requester, chat_id), event)
        return url

    return {"url": await platform.perform(work)}


async def _receive(request: Request, authorize: Authorize, platform: Platform) -> tuple[dict[str, str], Upload]:
    """The other fields of the form, and its file, which is in the store already."""
    await platform.perform(lambda tx: check_quota(tx, authorize(tx)))
    for late in await platform.perform(lambda tx: sweep(tx.session)):
        platform.files.forget(late)
    form = await _form(request)
    try:
        file = form.get("file") or form.get("payload.file")
        if not isinstance(file, UploadFile):
            raise Refused("validation", "`file` is missing")
        content = await file.read()
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    finally:
        await form.close()
    if len(content) > LARGEST:
        raise Refused("entity_too_large")
    return fields, await asyncio.to_thread(look_at, platform.files, file.filename or "", content)


async def _form(request: Request) -> FormData:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Refused("validation", "the body must be multipart/form-data")
    if int(request.headers.get("content-length", "0") or 0) > MAX_FORM:
        raise Refused("entity_too_large")
    try:
        async with aclosing(_limited(request)) as stream:
            return await MultiPartParser(request.headers, stream, max_files=1, max_fields=8).parse()
    except TooLarge as error:
        raise Refused("entity_too_large") from error
    except (MultiPartException, KeyError) as error:
        raise Refused("validation", "the body is not a form") from error


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_FORM:
            raise TooLarge("too large")
        yield chunk


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


@files.get("/files/{file_id}/{name}")
async def fetch(request: Request, file_id: str, name: str, side: int | None = None) -> Response:
    """A file, or with ``side`` a small copy of it. Pictures are shown in place; all else is downloaded."""
    platform: Platform = request.state.platform
    file = await platform.perform(lambda tx: tx.session.get(tables.File, file_id))
    if file is None or file.name != name or side not in (None, *SMALL.values()):
        raise HTTPException(404, "There is no such file.")
    path, content_type = platform.files.path(file_id, side), "image/webp"
    if side is None or not path.exists():
        path, content_type = platform.files.path(file_id), file.content_type
    shown = "inline" if content_type in SHOWN else "attachment"
    disposition = f"{shown}; filename*=UTF-8''{quote(file.name)}"
    return FileResponse(path, media_type=content_type, headers={**HARMLESS, "Content-Disposition": disposition})
