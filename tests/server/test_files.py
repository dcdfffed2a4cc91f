"""Files: how they come, what is told of them, and how they are given out."""

from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from server import files, tables
from server.organization import ORGANIZATION_ID
from tests.server.platform import RunningServer
from widget.wire.file_limits import LARGEST

CUSTOMER = f"/v3.6/customer/action/upload_file?organization_id={ORGANIZATION_ID}"


def upload(server: RunningServer, name: str, content: bytes, token: str, path: str = CUSTOMER) -> httpx.Response:
    # Whoever sends it may say what he likes of the type.
    part = {"file": (name, content, "image/png")}
    return server.http.post(path, files=part, headers={"Authorization": token})


def picture(width: int, height: int) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "PNG")
    return made.getvalue()


def sent(server: RunningServer, name: str, content: bytes) -> dict[str, Any]:
    """The event of a file that a visitor sent."""
    token = server.token()
    visitor = server.visitor(token)
    chat_id = visitor.start_chat()
    url = upload(server, name, content, token).json()["url"]
    visitor.ask("send_event", {"chat_id": chat_id, "event": {"type": "file", "url": url, "alternative_text": "It"}})
    return dict(visitor.told("incoming_event")["event"])


def test_a_picture_is_sent_with_its_size_and_small_copies(server: RunningServer) -> None:
    event = sent(server, "cup.png", picture(1200, 800))

    assert (event["name"], event["content_type"], event["alternative_text"]) == ("cup.png", "image/png", "It")
    assert (event["width"], event["height"]) == (1200, 800)
    with Image.open(BytesIO(server.http.get(event["thumbnail_url"]).content)) as small:
        assert small.size == (300, 200)


def test_pictures_are_shown_in_place(server: RunningServer) -> None:
    answer = server.http.get(sent(server, "cup.png", picture(10, 10))["url"])

    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("inline")


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("page.html", "text/html; charset=utf-8"),
        ("drawing.svg", "image/svg+xml"),
        ("notes.txt", "text/plain; charset=utf-8"),
    ],
)
def test_what_a_browser_would_run_is_only_downloaded(server: RunningServer, name: str, content_type: str) -> None:
    answer = server.http.get(sent(server, name, b"<script>alert(1)</script>")["url"])

    assert answer.headers["content-type"] == content_type
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("setup.exe", b"anything"), ("harmless.txt", b"MZ\x90"), ("run", b"\x7fELF"), ("run.txt", b"#!/bin/sh\n")],
)
def test_programs_are_not_taken(server: RunningServer, name: str, content: bytes) -> None:
    answer = upload(server, name, content, server.token())

    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "validation")


def test_ten_megabytes_are_the_most(server: RunningServer) -> None:
    most = upload(server, "big.bin.txt", b"a" * LARGEST, server.token())
    more = upload(server, "big.bin.txt", b"a" * (LARGEST + 1), server.token())

    assert most.status_code == 200
    assert (more.status_code, more.json()["error"]["message"]) == (413, "Upload limit exceeded (10MB).")


def test_a_body_without_a_file_is_refused(server: RunningServer) -> None:
    answer = server.http.post(CUSTOMER, json={}, headers={"Authorization": server.token()})

    assert answer.json()["error"]["type"] == "validation"


def test_nobody_uploads_without_a_token(server: RunningServer) -> None:
    assert upload(server, "cup.png", picture(1, 1), "").status_code == 401


def test_agents_upload_too(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    url = upload(server, "map.png", picture(1, 1), server.agent_token(), "/v3.6/agent/action/upload_file").json()["url"]

    agent.ask("send_event", {"chat_id": chat_id, "event": {"type": "file", "url": url}})

    assert visitor.told("incoming_event")["event"]["name"] == "map.png"


@pytest.mark.parametrize("url", ["https://elsewhere.example/cup.png", "/files/x/y", "javascript:alert(1)", ""])
def test_only_uploaded_files_are_sent(server: RunningServer, url: str) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat()

    assert visitor.refused("send_event", {"chat_id": chat_id, "event": {"type": "file", "url": url}}) == "validation"


def test_nobody_sends_what_somebody_else_uploaded(server: RunningServer) -> None:
    url = upload(server, "mine.txt", b"x", server.token()).json()["url"]
    thief = server.visitor()
    chat_id = thief.start_chat()

    assert thief.refused("send_event", {"chat_id": chat_id, "event": {"type": "file", "url": url}}) == "validation"


def test_a_name_is_only_a_name(server: RunningServer) -> None:
    assert sent(server, "../../etc/passwd", b"x")["name"] == "passwd"


def test_a_picture_too_large_to_unpack_has_no_small_copy(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.file_types.MOST_PIXELS", 10)
    event = sent(server, "huge.png", picture(20, 20))

    assert server.http.get(event["thumbnail_url"]).headers["content-type"] == "image/png"


def test_what_no_event_names_is_thrown_away_after_a_day(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    token = server.token()
    unused = upload(server, "old.txt", b"x", token).json()["url"]
    monkeypatch.setattr("server.files.UNUSED_FOR", -files.UNUSED_FOR)

    upload(server, "new.txt", b"x", token)

    assert server.http.get(unused).status_code == 404


def test_one_user_may_not_fill_the_disk(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.files.MOST_UNUSED", 1)
    token = server.token()
    upload(server, "one.txt", b"x", token)

    assert upload(server, "two.txt", b"x", token).json()["error"]["type"] == "limit_reached"


def test_files_are_rows_and_bytes(server: RunningServer) -> None:
    url = sent(server, "notes.txt", b"hello")["url"]
    file_id = url.split("/")[4]

    row = server.database.submit(lambda session: session.get(tables.File, file_id)).result()

    assert row is not None
    assert (row.used, server.http.get(url).content) == (True, b"hello")
