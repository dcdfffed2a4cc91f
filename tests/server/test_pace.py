"""Who asks too fast over HTTP."""

from collections.abc import Callable
from functools import partial

import httpx
import pytest

from server import pace
from server.limits import Allowance
from server.organization import CLIENT_ID, ORGANIZATION_ID
from tests.server.platform import RunningServer

ACTION = f"/v3.6/customer/action/list_chats?organization_id={ORGANIZATION_ID}"

Limit = Callable[..., None]


@pytest.fixture
def limit(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> Limit:
    """Gives everybody this allowance, and nobody has asked for anything yet."""

    def limit(**allowance: float) -> None:
        monkeypatch.setattr(pace, "Allowance", partial(Allowance, **allowance))
        server.forget_who_asked()

    return limit


def asked(server: RunningServer, token: str) -> httpx.Response:
    return server.http.post(ACTION, json={}, headers={"Authorization": token})


def token_asked_for(server: RunningServer, **headers: str) -> httpx.Response:
    body = {
        "grant_type": "cookie",
        "client_id": CLIENT_ID,
        "organization_id": ORGANIZATION_ID,
        "response_type": "token",
    }
    return server.http.post("/v2/customer/token", json=body, headers=headers)


def test_who_asks_too_much_is_refused_for_a_while_and_nobody_else_is(server: RunningServer, limit: Limit) -> None:
    token, another = server.token(), server.token()
    limit(burst=2, per_second=1e-6, debt=0)

    statuses = [asked(server, token).status_code for _ in range(3)]
    refused = asked(server, token)

    assert statuses == [200, 200, 429]
    assert refused.json()["error"]["type"] == "too_many_requests"
    assert int(refused.headers["Retry-After"]) == 1
    assert asked(server, another).status_code == 200


def test_who_waits_for_each_answer_is_never_refused(server: RunningServer, limit: Limit) -> None:
    token = server.token()
    limit(burst=2, per_second=100)

    assert {asked(server, token).status_code for _ in range(20)} == {200}


def test_tokens_cannot_be_guessed_faster_by_taking_another_each_time(server: RunningServer, limit: Limit) -> None:
    limit(burst=2, per_second=1e-6, debt=0)

    statuses = [asked(server, f"Bearer dal:guess-{number}").status_code for number in range(3)]

    assert statuses == [401, 401, 429]


def test_an_address_gets_so_many_tokens_whatever_it_brings(server: RunningServer, limit: Limit) -> None:
    limit(burst=2, per_second=1e-6, debt=0)

    answers = [token_asked_for(server, Authorization=f"Bearer {number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["oauth_exception"] == "temporarily_unavailable"  # its clients try that again
    assert "Retry-After" in answers[-1].headers


def test_the_oldest_clients_frame_says_it_too(server: RunningServer, limit: Limit) -> None:
    query = f"license_id=1000001&client_id={CLIENT_ID}&response_type=token&post_message_uri=http://localhost/"
    limit(burst=1, per_second=1e-6, debt=0)

    pages = [server.http.get(f"/customer?{query}").text for _ in range(2)]

    assert ["temporarily_unavailable" in page for page in pages] == [False, True]


def test_who_has_not_asked_for_longest_is_forgotten(
    server: RunningServer, limit: Limit, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = [server.token() for _ in range(3)]
    monkeypatch.setattr(pace, "REMEMBERED", 2)
    limit(burst=1, per_second=1e-6, debt=0)

    for token in tokens:
        asked(server, token)

    assert [asked(server, token).status_code for token in reversed(tokens)] == [429, 429, 200]


def test_the_log_says_once_who_floods(server: RunningServer, limit: Limit, caplog: pytest.LogCaptureFixture) -> None:
    token = server.token()
    limit(burst=1, per_second=1e-6, debt=0)

    for _ in range(4):
        asked(server, token)

    assert [record.getMessage() for record in caplog.records if record.name == "server.pace"] == [
        "refused 127.0.0.1 (/v3.6/customer/action/list_chats): too_many_requests"
    ]
