"""The hidden frame that tells its parent a customer's token."""

import json
from typing import Any

import httpx
import pytest

from tests.server.platform import RunningServer

FRAME = "license_id=1000001&client_id=demo&response_type=token&state=s&post_message_uri=https://shop.example/a"


def message(answer: httpx.Response) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.text.partition('id="message">')[2].partition("</script>")[0])
    return found


def test_a_frame_tells_its_parent_the_token(server: RunningServer) -> None:
    server.http.cookies.clear()
    answer = server.http.get(f"/customer?{FRAME}")

    assert {"state", "access_token", "entity_id", "expires_in", "token_type"} <= message(answer).keys()
    assert "refresh_token" not in message(answer)
    assert "'https://shop.example')" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'nonce-")
    assert "HttpOnly; Secure; SameSite=None" in answer.headers["set-cookie"]


def test_in_a_group_somebody_is_another_customer(server: RunningServer) -> None:
    assert message(server.http.get(f"/licence/g1000001_0/customer?{FRAME}"))["token_type"] == "Bearer"
    assert message(server.http.get(f"/licence/g1000001_9/customer?{FRAME}"))["oauth_exception"] == "resource_not_found"
    assert server.http.get(f"/licence/g7_0/customer?{FRAME}").status_code == 404


@pytest.mark.parametrize("uri", ["", "javascript:alert(1)", "https://a'-alert(1)-'.example/", "https://<b>/"])
def test_a_frame_speaks_to_pages_only(server: RunningServer, uri: str) -> None:
    query = {"license_id": "1000001", "client_id": "demo", "post_message_uri": uri}

    assert server.http.get("/customer", params=query).status_code == 400


def test_a_frame_for_nobody_says_why(server: RunningServer) -> None:
    answer = server.http.get("/customer?client_id=x&state=</script>&post_message_uri=https://shop.example/")

    assert message(answer) == {"state": "</script>", "oauth_exception": "invalid_client"}
