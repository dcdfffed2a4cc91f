"""Files as they are, with the headers that fit them."""

import mimetypes
from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["FRESH", "Assets", "current", "tagged"]

FRESH = "no-cache"
"""Keep it, and ask each time whether it is still current."""

LASTING = "public, max-age=31536000, immutable"

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Files that a build has compressed stand beside their originals."""

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("application/toml", ".toml")
mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("application/octet-stream", ".whl")


class Assets(StaticFiles):
    """A folder of files. Those whose suffix is ``lasting`` have names that change with what is in them."""

    def __init__(self, folder: Path, *, lasting: Sequence[str] = ()) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._lasting = frozenset(lasting)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, compressed if there is a compressed one that the client can read."""
        response = await self._compressed(path, scope) or await super().get_response(path, scope)
        response.headers["Cache-Control"] = LASTING if Path(path).suffix in self._lasting else FRESH
        return response

    async def _compressed(self, path: str, scope: Scope) -> Response | None:
        codings = Headers(scope=scope).get("accept-encoding", "").split(",")
        accepted = {coding.partition(";")[0].strip() for coding in codings}
        for coding, suffix in ENCODINGS.items():
            if coding in accepted and self.lookup_path(path + suffix)[1] is not None:
                response = await super().get_response(path + suffix, scope)
                response.headers["Content-Type"] = _content_type(path)
                response.headers["Content-Encoding"] = coding
                response.headers["Vary"] = "Accept-Encoding"
                return response
        return None


def _content_type(path: str) -> str:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


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
