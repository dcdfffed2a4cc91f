"""Files over HTTP: compressed for who can read it, in parts, and not at all to who has them."""

import asyncio
import gzip
from dataclasses import dataclass
from pathlib import Path

import brotli
import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from server.assets import Assets

CONTENT = b"0123456789" * 100


@dataclass
class Answer:
    """What came, as it came."""

    status: int
    headers: httpx.Headers
    body: bytes


class Client:
    """Somebody who asks for the file, plain or compressed: ``coding``."""

    def __init__(self, folder: Path) -> None:
        self._app = Starlette(routes=[Mount("/", Assets(folder, lambda path: {"Cache-Control": f"for {path}"}))])

    def get(self, coding: str = "identity", **headers: str) -> Answer:
        """Ask for it; `If_Range` is the header If-Range."""
        sent = {"Accept-Encoding": coding} | {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self._get(sent))

    async def _get(self, headers: dict[str, str]) -> Answer:
        transport = httpx.ASGITransport(self._app)
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://host") as client,
            client.stream("GET", "/page.js", headers=headers) as answer,
        ):
            body = b"".join([part async for part in answer.aiter_raw()])
        return Answer(answer.status_code, answer.headers, body)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """A folder with one file and its compressed copies."""
    (tmp_path / "page.js").write_bytes(CONTENT)
    (tmp_path / "page.js.br").write_bytes(brotli.compress(CONTENT))
    (tmp_path / "page.js.gz").write_bytes(gzip.compress(CONTENT))
    return Client(tmp_path)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("deflate, zstd", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR;q=0.5, gzip", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.0, gzip;q=0.000", None),
    ],
)
def test_the_shortest_copy_that_the_client_can_read_is_sent(client: Client, accepted: str, coding: str | None) -> None:
    answer = client.get(accepted)

    read = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert read(answer.body) == CONTENT


def test_headers_are_those_of_the_file_and_not_of_its_copy(client: Client) -> None:
    assert client.get("br").headers["cache-control"] == "for page.js"


def test_who_has_the_file_gets_none_and_each_coding_has_a_tag_of_its_own(client: Client) -> None:
    tags = {coding: client.get(coding).headers["etag"] for coding in ("identity", "gzip", "br")}

    assert len(set(tags.values())) == 3
    assert not [tag for tag in tags.values() if tag.startswith("W/")]
    for coding, tag in tags.items():
        known, other = client.get(coding, If_None_Match=f'"older", {tag}'), client.get(coding, If_None_Match='"older"')
        assert (known.status, known.body, known.headers["etag"]) == (304, b"", tag)
        assert known.headers["vary"] == "Accept-Encoding"
        assert other.status == 200


@pytest.mark.parametrize(
    ("asked", "sent", "place"),
    [
        ("bytes=0-4", CONTENT[:5], "bytes 0-4/1000"),
        ("bytes=995-", CONTENT[995:], "bytes 995-999/1000"),
        ("bytes=-3", CONTENT[-3:], "bytes 997-999/1000"),
        ("bytes=990-5000", CONTENT[990:], "bytes 990-999/1000"),
    ],
)
def test_a_part_is_sent_to_who_asks_for_it(client: Client, asked: str, sent: bytes, place: str) -> None:
    answer = client.get(Range=asked)

    assert (answer.status, answer.body) == (206, sent)
    assert answer.headers["content-range"] == place
    assert answer.headers["cache-control"] == "for page.js"


def test_a_part_of_a_compressed_file_is_a_part_of_the_copy(client: Client) -> None:
    whole = client.get("br").body

    answer = client.get("br", Range="bytes=2-")

    assert (answer.status, answer.body) == (206, whole[2:])
    assert answer.headers["content-encoding"] == "br"


def test_several_parts_come_in_one_answer(client: Client) -> None:
    answer = client.get(Range="bytes=0-1,10-11")

    assert answer.status == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert [place in answer.body for place in (b"bytes 0-1/1000", b"bytes 10-11/1000")] == [True, True]


def test_a_part_behind_the_end_is_refused(client: Client) -> None:
    answer = client.get(Range="bytes=1000-")

    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */1000")


def test_the_rest_of_another_version_is_not_sent(client: Client) -> None:
    tag = client.get().headers["etag"]

    same, other = client.get(Range="bytes=5-", If_Range=tag), client.get(Range="bytes=5-", If_Range='"older"')

    assert (same.status, same.body) == (206, CONTENT[5:])
    assert (other.status, other.body) == (200, CONTENT)


def test_a_file_without_copies_is_the_same_for_everybody(client: Client, tmp_path: Path) -> None:
    (tmp_path / "page.js.br").unlink()
    (tmp_path / "page.js.gz").unlink()

    answer = client.get("br")

    assert "vary" not in answer.headers
    assert answer.body == CONTENT
