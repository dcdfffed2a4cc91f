"""What a page on the web says of itself, for a preview under a message (``get_url_info``).

The server fetches an address that a stranger names. So it asks only addresses that everybody can reach, never its own
network, and checks that again for every redirect; it takes what it needs of the page and no more.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import aclosing
from html.parser import HTMLParser
from ipaddress import ip_address
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from widget.wire.customer_requests import GetUrlInfo, UrlInfo
from widget.wire.errors import Refused

__all__ = ["get_url_info", "public_address"]

WITHIN: Final = 5.0
"""Seconds that a page may take."""

MOST_READ: Final = 512 * 1024
"""How much of a page is read, in bytes; what it says of itself is at the beginning."""

REDIRECTS: Final = 3
MAX_TEXT: Final = 500


async def get_url_info(request: GetUrlInfo) -> UrlInfo:
    """Title, description and picture of a page. Raises Refused(validation) for an address that is not fetched."""
    url = request.url
    try:
        async with asyncio.timeout(WITHIN):
            for _ in range(REDIRECTS + 1):
                status, location, text = await _get(url)
                if location is None:
                    return _info(request.url, url, text) if status < 400 else UrlInfo(url=request.url)
                url = urljoin(url, location)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError):
        return UrlInfo(url=request.url)
    return UrlInfo(url=request.url)


async def _get(url: str) -> tuple[int, str | None, str]:
    """The status of a page, where it sends on to, and the beginning of its text."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Refused("validation", "`url` must be the address of a page on the web")
    address = await public_address(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    # The connection goes to the address that was checked: a name could stand for another one a moment later.
    asked = httpx.URL(url).copy_with(host=address)
    async with httpx.AsyncClient(timeout=WITHIN, trust_env=False) as client:
        request = client.build_request(
            "GET",
            asked,
            headers={"Host": parts.netloc, "Accept": "text/html"},
            extensions={"sni_hostname": parts.hostname},
        )
        response = await client.send(request, stream=True)
        async with aclosing(response):
            location = response.headers.get("location") if response.is_redirect else None
            is_page = response.headers.get("content-type", "").startswith("text/html")
            content = await _beginning(response.aiter_bytes()) if is_page and location is None else b""
    return response.status_code, location, content.decode(response.charset_encoding or "utf-8", "replace")


async def _beginning(chunks: AsyncIterator[bytes]) -> bytes:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) >= MOST_READ:
            break
    return bytes(content[:MOST_READ])


async def public_address(host: str, port: int) -> str:
    """An address of a host that everybody can reach. Raises Refused(validation), OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not all(ip_address(address).is_global for address in addresses):
        raise Refused("validation", "`url` must be the address of a page on the web")
    return addresses[0]


class Meta(HTMLParser):
    """Collects the title and the ``<meta>`` elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        self._in_title = tag == "title"
        given = dict(attrs)
        name = given.get("property") or given.get("name")
        if tag == "meta" and name and given.get("content"):
            self.said.setdefault(name.lower(), str(given["content"])[:MAX_TEXT])

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        self._in_title = False

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        if self._in_title and data.strip():
            self.said.setdefault("title", data.strip()[:MAX_TEXT])


def _info(asked: str, url: str, text: str) -> UrlInfo:
    page = Meta()
    page.feed(text)
    said = page.said
    image = urljoin(url, said["og:image"]) if "og:image" in said else None
    return UrlInfo(
        url=asked,
        title=said.get("og:title") or said.get("title"),
        description=said.get("og:description") or said.get("description"),
        image_url=image.removeprefix("https://") if image and image.startswith("https://") else None,
        image_original_url=image,
        image_width=_pixels(said.get("og:image:width")),
        image_height=_pixels(said.get("og:image:height")),
    )


def _pixels(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None
