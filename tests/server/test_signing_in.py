"""Visitors whom a site vouches for: the token that it signs, and the history that they have from then on."""

from __future__ import annotations

import time
from base64 import b64decode, urlsafe_b64encode
from typing import Any
from uuid import uuid4

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from server import tables
from server.assertions import new_key
from server.organization import ORGANIZATION_ID, WIDGET_ID
from tests.server.platform import PATIENCE, Person, RunningServer

SIGNED = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class Site:
    """A site whose server signs tokens with a key of its widget."""

    def __init__(self, server: RunningServer, widget_id: str = WIDGET_ID) -> None:
        self._server = server
        self.widget_id = widget_id
        made = server.database.submit(lambda session: new_key(session, widget_id)).result(PATIENCE)
        self.key_id, self._secret = made

    def claims(self, person: str, **changed: Any) -> dict[str, Any]:
        """What a good token says."""
        now = int(time.time())
        usual = {"jti": str(uuid4()), "sub": person, "stp": "email", "iss": self.widget_id, "iat": now, "exp": now + 10}
        claims = {**usual, "ski": self.key_id, **changed}
        return {name: value for name, value in claims.items() if value is not None}

    def sign(
        self, person: str = "ana@example.com", *, secret: str | None = None, alg: str = "HS256", **changed: Any
    ) -> str:
        """A token, with some of it changed."""
        key = OctKey.import_key(b64decode(secret or self._secret) * (2 if alg != "HS256" else 1))
        return jwt.encode({"alg": alg, "typ": "JWT"}, self.claims(person, **changed), key, algorithms=[alg])

    def post(self, token: str, access_token: str | None = None, **more: Any) -> httpx.Response:
        """Bring a token, as the visitor whose access token it is."""
        brought = {"assertion": token, "widget_id": self.widget_id, **more}
        if access_token is not None:
            brought["subject_token"] = access_token
        return self._server.token_request(grant_type=SIGNED, **brought)

    def sign_in(
        self, person: str = "ana@example.com", access_token: str | None = None, **changed: Any
    ) -> dict[str, Any]:
        """Sign in. Returns the token."""
        answer = self.post(self.sign(person, **changed), access_token)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture
def site(server: RunningServer) -> Site:
    return Site(server)


def stranger(server: RunningServer) -> tuple[str, Person]:
    """A visitor whom nobody knows: the access token, and a connection."""
    token = server.token_request().json()["access_token"]
    return token, server.visitor(f"Bearer {token}")


def known_as(server: RunningServer, token: dict[str, Any]) -> Person:
    """A connection of who has signed in."""
    return server.visitor(f"Bearer {token['access_token']}")


def count(server: RunningServer, table: type[tables.Table]) -> int:
    """How many rows a table has."""
    return int(server.database.submit(lambda session: session.query(table).count()).result(PATIENCE))


# Who it is


def test_who_is_vouched_for_is_the_same_customer_on_every_device(site: Site) -> None:
    assert site.sign_in()["entity_id"] == site.sign_in()["entity_id"]
    assert site.sign_in("kim@example.com")["entity_id"] != site.sign_in()["entity_id"]


def test_an_address_is_the_same_however_it_is_written(site: Site) -> None:
    assert site.sign_in("Ana@Example.com")["entity_id"] == site.sign_in()["entity_id"]


@pytest.mark.parametrize(
    ("kind", "subject", "seen"),
    [
        ("email", "ana@example.com", {"email": "ana@example.com"}),
        ("externalPersonId", "4711", {"session_fields": [{"externalPersonId": "4711"}]}),
        ("msisdn", "41793026727", {}),
    ],
)
def test_agents_see_who_it_is(server: RunningServer, site: Site, kind: str, subject: str, seen: dict[str, Any]) -> None:
    token = site.sign_in(subject, stp=kind)

    customer = server.agent().ask("get_customer", {"id": token["entity_id"]})

    assert {name: customer.get(name) for name in seen} == seen


def test_each_browser_is_known_again_by_a_secret_of_its_own(server: RunningServer, site: Site) -> None:
    first, second = site.sign_in(), site.sign_in()
    assert first["refresh_token"] != second["refresh_token"]

    for token in (first, second):
        again = server.token_request(grant_type="refresh_token", refresh_token=token["refresh_token"])
        assert again.json()["entity_id"] == first["entity_id"]


# What was said before


def test_what_a_stranger_said_becomes_the_persons(server: RunningServer, site: Site) -> None:
    access_token, visitor = stranger(server)
    chat_id = visitor.start_chat("Who am I?")

    token = site.sign_in(access_token=access_token)

    assert known_as(server, site.sign_in()).texts(chat_id) == ["Who am I?"]
    assert token["entity_id"] == visitor.id


def test_the_whole_history_is_there_on_another_device(server: RunningServer, site: Site) -> None:
    phone = known_as(server, site.sign_in())
    chat_id = phone.start_chat("From the phone")
    phone.ask("deactivate_chat", {"id": chat_id})
    access_token, laptop = stranger(server)
    laptop.start_chat("From the laptop")

    site.sign_in(access_token=access_token)

    here = known_as(server, site.sign_in())
    assert [t for t in here.texts(chat_id) if t.startswith("From")] == ["From the phone", "From the laptop"]
    assert here.ask("get_chat", {"chat_id": chat_id})["thread"]["active"] is True


def test_of_two_that_go_on_the_present_conversation_stays_open(server: RunningServer, site: Site) -> None:
    server.agent()
    known = known_as(server, site.sign_in())
    chat_id = known.start_chat("Yesterday")
    access_token, visitor = stranger(server)
    visitor.start_chat("Now")

    site.sign_in(access_token=access_token)

    threads = known.ask("list_threads", {"chat_id": chat_id, "limit": 10})["threads"]
    assert [(thread["active"], thread["events"][0]["text"]) for thread in threads] == [
        (True, "Now"),
        (False, "Yesterday"),
    ]


def test_the_agent_goes_on_with_the_person(server: RunningServer, site: Site) -> None:
    known_as(server, site.sign_in()).start_chat("Yesterday")
    agent = server.agent()
    access_token, visitor = stranger(server)
    visitor.start_chat("Now")
    agent.forget()

    token = site.sign_in(access_token=access_token)
    shown = agent.told("incoming_chat")["chat"]
    agent.ask("send_event", {"chat_id": shown["id"], "event": {"type": "message", "text": "Hello Ana"}})

    here = known_as(server, token)
    assert here.texts(shown["id"])[-1] == "Hello Ana"


def test_a_message_that_is_sent_again_after_signing_in_is_the_same(server: RunningServer, site: Site) -> None:
    known_as(server, site.sign_in()).start_chat("Yesterday")
    access_token, visitor = stranger(server)
    chat_id = visitor.start_chat("Now")
    visitor.say(chat_id, "Once", custom_id="the-one")

    here = known_as(server, site.sign_in(access_token=access_token))
    into = here.ask("list_chats")["chats_summary"][0]["id"]
    here.ask("send_event", {"chat_id": into, "event": {"type": "message", "text": "Once", "custom_id": "the-one"}})

    assert here.texts(into).count("Once") == 1


def test_the_strangers_other_pages_are_asked_who_they_are(server: RunningServer, site: Site) -> None:
    site.sign_in()
    access_token, visitor = stranger(server)

    site.sign_in(access_token=access_token)

    assert visitor.told("customer_disconnected")["reason"] == "access_token_revoked"


def test_who_is_somebody_does_not_become_somebody_else(server: RunningServer, site: Site) -> None:
    token = site.sign_in()
    known_as(server, token).start_chat("Ana's")

    answer = site.post(site.sign("kim@example.com"), token["access_token"])

    assert (answer.status_code, answer.json()["oauth_exception"]) == (409, "conflict")
    assert count(server, tables.Identity) == 1


# What is refused


def test_a_token_counts_once(server: RunningServer, site: Site) -> None:
    token = site.sign()
    assert site.post(token).status_code == 200

    again = site.post(token)

    assert again.json()["oauth_exception"] == "invalid_grant"
    assert "used before" in again.json()["exception_description"]


def bad(site: Site, server: RunningServer, what: str) -> str:
    """A token that is not to be taken."""
    now = int(time.time())
    other = Site(server, "another-widget")
    head, body, _ = site.sign().split(".")
    nothing = urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return {
        "no token at all": "hello",
        "two parts": f"{head}.{body}",
        "too long": site.sign(more="x" * 9000),
        "forged": site.sign(secret="c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3JldA=="),
        "unsigned": f"{nothing}.{body}.",
        "another algorithm": site.sign(alg="HS512"),
        "expired": site.sign(iat=now - 3600, exp=now - 61),
        "expired without saying when": site.sign(iat=now - 76, exp=None),
        "from the future": site.sign(iat=now + 120, exp=now + 180),
        "not yet": site.sign(nbf=now + 120),
        "an unknown key": site.sign(ski="nobody's"),
        "no key": site.sign(ski=None),
        "another widget": other.sign(),
        "another widget's key": other.sign(iss=WIDGET_ID),
        "for another widget": site.sign(iss="another-widget"),
        "nobody": site.sign(""),
        "no jti": site.sign(jti=None),
        "a number for a jti": site.sign(jti=7),
        "another kind of person": site.sign(stp="passport"),
        "no iat": site.sign(iat=None),
        "an iat in words": site.sign(iat="now"),
    }[what]


BAD = [
    "no token at all", "two parts", "too long", "forged", "unsigned", "another algorithm", "expired",
    "expired without saying when", "from the future", "not yet", "an unknown key", "no key", "another widget",
    "another widget's key", "for another widget", "nobody", "no jti", "a number for a jti", "another kind of person",
    "no iat", "an iat in words",
]  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_token_is_refused_changes_nothing_and_is_not_in_the_log(
    server: RunningServer, site: Site, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = bad(site, server, what)
    access_token, visitor = stranger(server)

    answer = site.post(token, access_token)

    assert (answer.status_code, answer.json()["oauth_exception"]) == (400, "invalid_grant")
    assert count(server, tables.Identity) == count(server, tables.UsedAssertion) == 0
    assert visitor.ask("get_customer")["id"] == visitor.id
    assert "invalid_grant" in caplog.text
    assert token not in caplog.text + answer.text
    assert "ana@example.com" not in caplog.text


@pytest.mark.parametrize("missing", ["assertion", "widget_id"])
def test_what_is_missing_is_named(server: RunningServer, site: Site, missing: str) -> None:
    brought: dict[str, Any] = {"assertion": site.sign(), "widget_id": WIDGET_ID}
    del brought[missing]

    answer = server.token_request(grant_type=SIGNED, **brought)

    assert answer.json()["oauth_exception"] == "invalid_request"


def test_clocks_may_differ_by_a_minute(site: Site) -> None:
    now = int(time.time())

    assert site.post(site.sign(iat=now - 60, exp=now - 45)).status_code == 200
    assert site.post(site.sign(iat=now + 45, exp=now + 60)).status_code == 200


# Leaving


def test_who_leaves_is_not_known_again(server: RunningServer, site: Site) -> None:
    token = site.sign_in()

    left = server.http.request(
        "DELETE",
        "/v2/customer/token",
        headers={"Authorization": f"Bearer {token['access_token']}"},
        json={"organization_id": ORGANIZATION_ID, "refresh_token": token["refresh_token"]},
    )

    assert left.status_code == 200
    assert all("Max-Age=0" in cookie for cookie in left.headers.get_list("set-cookie"))
    again = server.token_request(grant_type="refresh_token", refresh_token=token["refresh_token"])
    assert again.json()["oauth_exception"] == "invalid_grant"
    assert server.socket().refused("login", {"token": f"Bearer {token['access_token']}"}) == "authentication"


def test_leaving_one_browser_leaves_the_others(server: RunningServer, site: Site) -> None:
    here, there = site.sign_in(), site.sign_in()

    leaving = {"organization_id": ORGANIZATION_ID, "refresh_token": here["refresh_token"]}
    assert server.http.request("DELETE", "/v2/customer/token", json=leaving).status_code == 200
    gone = server.token_request(grant_type="refresh_token", refresh_token=here["refresh_token"])
    assert gone.json()["oauth_exception"] == "invalid_grant"

    again = server.token_request(grant_type="refresh_token", refresh_token=there["refresh_token"])
    assert again.json()["entity_id"] == there["entity_id"]


def test_who_comes_after_somebody_who_left_is_somebody_else_whatever_the_cookies_say(server: RunningServer) -> None:
    first = server.token_request()
    pairs = [cookie.partition(";")[0] for cookie in first.headers.get_list("set-cookie")]

    after = server.token_request({"Cookie": "; ".join(pairs)}, fresh=True)

    assert after.json()["entity_id"] != first.json()["entity_id"]
