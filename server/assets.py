"""Files as they are, with the headers that fit them.

Ranges, tags and dates are Starlette's. What is added: the compressed copies that a build has put beside its files, and
the headers of ``server/hosting.py``.
"""

import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.hosting import ENCODINGS, FRESH, TYPES, content_type

__all__ = ["Assets", "current", "tagged"]

for _suffix, _type in TYPES.items():
    mimetypes.add_type(_type.partition(";")[0], _suffix)
mimetypes.add_type("application/toml", ".toml")


def fresh(path: str) -> Mapping[str, str]:
    """For files whose names say nothing of what is in them."""
    return {"Cache-Control": FRESH}


class Assets(StaticFiles):
    """A folder of files. ``headers`` says which ones go with a path in it."""

    def __init__(self, folder: Path, headers: Callable[[str], Mapping[str, str]] = fresh) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._headers = headers

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, compressed if there is a compressed one that the client can read."""
        there = {coding: path + suffix for coding, suffix in ENCODINGS.items() if self._is_file(path + suffix)}
        coding = next((coding for coding in there if coding in _accepted(scope)), None)
        response = await super().get_response(there[coding] if coding else path, scope)
        response.headers.update(self._headers(path))
        if there:
            response.headers["Vary"] = "Accept-Encoding"
        if coding and response.status_code != 304:
            response.headers["Content-Encoding"] = coding
            response.headers["Content-Type"] = content_type(path)
        return response

    def _is_file(self, path: str) -> bool:
        found, _ = self.lookup_path(path)
        return Path(found).is_file()


def _accepted(scope: Scope) -> set[str]:
    """The codings that the client takes (RFC 9110, section 12.5.3): with q=0 it says what it does not."""
    named = (coding.partition(";") for coding in Headers(scope=scope).get("accept-encoding", "").split(","))
    return {
        name.strip().lower() for name, _, weight in named if weight.replace(" ", "").rstrip("0") not in ("q=", "q=0.")
    }


def current(request: Request, file: Path, headers: Mapping[str, str] | None = None) -> Response:
    """A file as it is now, or that what the client has is still current."""
    response = StaticFiles().file_response(file, file.stat(), request.scope)
    response.headers.update({"Cache-Control": FRESH, **(headers or {})})
    return response


def tagged(content: bytes, tag: str, asked: str | None, media_type: str) -> Response:
    """Content with its tag, or that what the client has is still current (``asked``: If-None-Match)."""
    headers = {"ETag": f'"{tag}"', "Cache-Control": FRESH}
    if asked is not None and f'"{tag}"' in asked:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)
