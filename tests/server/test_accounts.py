"""How a visitor becomes a customer, and what a token is good for."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from server.organization import ORGANIZATION_ID
from server.settings import Settings
from server.tokens import TOKEN_LIFETIME, CustomerTokens, read_or_make_key
from tests.server.platform import RunningServer
from widget.wire.errors import Refused

SHOP = "https://shop.example"


def cookies(answer: httpx.Response) -> dict[str, str]:
    """The cookies that an answer sets, sent back as a browser does: also where httpx would keep them to itself."""
    pairs = [cookie.partition(";")[0] for cookie in answer.headers.get_list("set-cookie")]
    return {"Cookie": "; ".join(pairs)}


def test_a_new_visitor_gets_a_token_and_two_cookies(server: RunningServer) -> None:
    answer = server.token_request({"Origin": SHOP})

    token = answer.json()
    assert token["access_token"].startswith("dal:")
    assert (token["expires_in"], token["token_type"]) == (28_800, "Bearer")
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert answer.headers["access-control-allow-credentials"] == "true"
    kept = answer.headers.get_list("set-cookie")
    assert [cookie.partition("=")[0] for cookie in kept] == ["__lc_cid", "__lc_cst"]
    for cookie in kept:
        assert cookie.endswith("; Path=/v2/customer; Max-Age=63072000; HttpOnly; Secure; SameSite=None; Partitioned")


def test_who_comes_back_is_the_same_customer(server: RunningServer) -> None:
    first = server.token_request()

    again = server.token_request(cookies(first))

    assert again.json()["entity_id"] == first.json()["entity_id"]
    assert cookies(again) == cookies(first)


@pytest.mark.parametrize("forged", ["__lc_cid={id}; __lc_cst=guess", "__lc_cid={id}", "__lc_cid=nobody; __lc_cst=x"])
def test_without_the_secret_nobody_is_somebody_else(server: RunningServer, forged: str) -> None:
    customer_id = server.token_request().json()["entity_id"]

    answer = server.token_request({"Cookie": forged.format(id=customer_id)})

    assert answer.status_code == 200
    assert answer.json()["entity_id"] != customer_id


def test_who_has_no_cookies_comes_back_by_refresh_token(server: RunningServer) -> None:
    first = server.token_request().json()

    again = server.token_request(grant_type="refresh_token", refresh_token=first["refresh_token"]).json()

    assert again["entity_id"] == first["entity_id"]


@pytest.mark.parametrize("forged", [None, "", "nobody:x", "{id}:guess", "{id}"])
def test_a_forged_refresh_token_is_refused(server: RunningServer, forged: str | None) -> None:
    customer_id = server.token_request().json()["entity_id"]
    refresh_token = forged and forged.format(id=customer_id)

    answer = server.token_request(grant_type="refresh_token", refresh_token=refresh_token)

    assert (answer.status_code, answer.json()["oauth_exception"]) == (400, "invalid_grant")


def test_older_clients_name_the_licence(server: RunningServer) -> None:
    answer = server.token_request(path="/customer", organization_id=None, license_id=1000001)

    assert answer.json()["entity_id"]
    assert "Path=/customer;" in answer.headers["set-cookie"]


def test_each_group_may_have_customers_of_its_own(server: RunningServer) -> None:
    path = f"/v2/customer/{ORGANIZATION_ID}/0"
    everywhere = server.token_request()
    here = server.token_request(path=path)

    both = {"Cookie": f"{cookies(here)['Cookie']}; {cookies(everywhere)['Cookie']}"}

    assert server.token_request(both, path=path).json()["entity_id"] == here.json()["entity_id"]


@pytest.mark.parametrize(
    ("change", "exception", "status"),
    [
        ({"client_id": "other"}, "invalid_client", 401),
        ({"organization_id": "00000000-0000-4000-8000-00000000ffff"}, "unauthorized_client", 401),
        ({"license_id": 5}, "unauthorized_client", 401),
        ({"organization_id": None}, "invalid_request", 400),
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"response_type": "code"}, "invalid_request", 400),
        ({"redirect_uri": 5}, "invalid_request", 400),
        ({"client_id": None}, "invalid_request", 400),
    ],
)
def test_a_wrong_request_is_refused_as_the_platform_does(
    server: RunningServer, change: dict[str, Any], exception: str, status: int
) -> None:
    answer = server.token_request(**change)

    assert (answer.status_code, answer.json()["oauth_exception"]) == (status, exception)
    assert answer.json()["exception_description"]


@pytest.mark.parametrize("body", ["", "{", "[]", "a" * 2_000_000])
def test_what_is_no_request_at_all_is_refused_too(server: RunningServer, body: str) -> None:
    answer = server.http.post("/v2/customer/token", content=body)

    assert answer.status_code == 400
    assert answer.json()["oauth_exception"] in ("bad_request", "invalid_request")


def test_what_a_token_is_good_for(server: RunningServer) -> None:
    token = server.token()

    info = server.http.get("/v2/customer/info", headers={"Authorization": token}).json()

    assert info["access_token"] == token.removeprefix("Bearer ")
    assert 28_790 <= info["expires_in"] <= 28_800


def test_a_token_that_was_taken_back_is_good_for_nothing(server: RunningServer) -> None:
    token = server.token()

    assert server.http.delete("/v2/customer/token", headers={"Authorization": token}).status_code == 200

    assert server.socket().refused("login", {"token": token}) == "authentication"
    info = server.http.get("/v2/customer/info", headers={"Authorization": token})
    assert (info.status_code, info.json()["oauth_exception"]) == (401, "access_denied")


# Tokens themselves


@pytest.fixture
def key(settings: Settings) -> OctKey:
    return read_or_make_key(settings.signing_key)


def claims(**change: Any) -> dict[str, Any]:
    expires = datetime.now(UTC) + timedelta(hours=1)
    return {
        "jti": "1",
        "sub": "customer",
        "organization_id": ORGANIZATION_ID,
        "exp": int(expires.timestamp()),
        **change,
    }


def test_a_token_says_whose_it_is_and_until_when(key: OctKey) -> None:
    noon = datetime(2026, 5, 3, 12, tzinfo=UTC)
    tokens = CustomerTokens(key, clock=lambda: noon)

    read = tokens.read(f"Bearer {tokens.issue('customer')}")

    assert (read.customer_id, read.expires_at) == ("customer", noon + TOKEN_LIFETIME)


@pytest.mark.parametrize(
    ("header", "change", "why"),
    [
        ({"alg": "HS256"}, {"exp": 1}, "expired"),
        ({"alg": "HS256"}, {"organization_id": "another"}, "another organization"),
        ({"alg": "HS256"}, {"exp": None}, "not valid"),
        ({"alg": "HS512"}, {}, "not valid"),
    ],
)
def test_a_token_is_refused(key: OctKey, header: dict[str, str], change: dict[str, Any], why: str) -> None:
    token = jwt.encode(header, claims(**change), key, algorithms=["HS256", "HS512"])

    with pytest.raises(Refused, match=why):
        CustomerTokens(key).read(f"Bearer dal:{token}")


def test_a_token_that_nobody_signed_is_refused(key: OctKey) -> None:
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims()))
    token = ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in parts)

    with pytest.raises(Refused, match="not valid"):
        CustomerTokens(key).read(f"Bearer dal:{token}.")


def test_a_token_that_another_key_signed_is_refused(key: OctKey) -> None:
    token = jwt.encode({"alg": "HS256"}, claims(), OctKey.generate_key(256))

    with pytest.raises(Refused, match="not valid"):
        CustomerTokens(key).read(f"Bearer dal:{token}")


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer dal:", "Basic x", "dal:x"])
def test_what_is_no_token_is_refused(key: OctKey, authorization: str) -> None:
    with pytest.raises(Refused):
        CustomerTokens(key).read(authorization)


def test_a_connection_ends_when_its_token_expires(server: RunningServer, key: OctKey) -> None:
    known = server.token_request().json()["entity_id"]
    soon = int(datetime.now(UTC).timestamp()) + 1
    token = jwt.encode({"alg": "HS256"}, claims(sub=known, exp=soon), key)

    visitor = server.visitor(f"Bearer dal:{token}")

    assert visitor.closed() == 1000
    assert visitor.told("customer_disconnected") == {"reason": "access_token_expired"}


def test_keys_are_for_their_owner_only(settings: Settings) -> None:
    assert settings.signing_key.stat().st_mode & 0o077 == 0
    assert settings.agent_token.stat().st_mode & 0o077 == 0
