"""How a customer gets a token, keeps it, and renews it."""

import asyncio
import json
from collections.abc import Mapping

import pytest

from tests.fakes import FakeHttp, MemoryStorage, settle
from widget.customer_sdk.auth import CustomerAuth, Platform
from widget.rtm.client import TokenUnavailable
from widget.rtm.ports import HttpResponse
from widget.wire.errors import SignInFailed

PLATFORM = Platform("https://api", "https://accounts", "org", "demo")


def token(number: int = 1) -> HttpResponse:
    body = {"access_token": f"dal:{number}", "entity_id": "me", "expires_in": 28800, "token_type": "Bearer"}
    return HttpResponse(200, json.dumps(body))


def new_auth(http: FakeHttp, storage: MemoryStorage | None = None, now: float = 0.0) -> CustomerAuth:
    return CustomerAuth(PLATFORM, http, storage or MemoryStorage(), page="https://shop/", wall=lambda: now)


async def test_the_request_is_livechats() -> None:
    http = FakeHttp(lambda *_: token())

    await new_auth(http).get_token()

    ((url, body),) = http.posts
    assert url == "https://accounts/v2/customer/token"
    assert json.loads(body) == {
        "grant_type": "cookie",
        "response_type": "token",
        "client_id": "demo",
        "organization_id": "org",
        "redirect_uri": "https://shop/",
    }


async def test_a_token_is_kept_for_the_next_page_in_livechats_own_form() -> None:
    http, storage = FakeHttp(lambda *_: token()), MemoryStorage()
    await new_auth(http, storage).get_token()

    again = await new_auth(http, storage).get_token()

    assert (again.header, len(http.posts)) == ("Bearer dal:1", 1)
    assert json.loads(storage.texts["@@lc_auth_token:org"])["accessToken"] == "dal:1"


async def test_a_token_that_soon_expires_is_renewed() -> None:
    http, storage = FakeHttp(lambda *_: token()), MemoryStorage()
    await new_auth(http, storage).get_token()

    await new_auth(http, storage, now=28800 - 3599).get_token()

    assert len(http.posts) == 2


def refreshable(number: int) -> HttpResponse:
    return HttpResponse(200, json.dumps({**json.loads(token(number).text), "refresh_token": f"r{number}"}))


async def test_a_customer_comes_back_without_cookies() -> None:
    http, storage = FakeHttp(lambda *_: refreshable(1)), MemoryStorage()
    await new_auth(http, storage).get_token()

    await new_auth(http, storage, now=1e6).get_token()

    body = json.loads(http.posts[1][1])
    assert (body["grant_type"], body["refresh_token"]) == ("refresh_token", "r1")


async def test_a_customer_whom_the_server_has_forgotten_begins_anew() -> None:
    refusal = HttpResponse(400, '{"oauth_exception": "invalid_grant", "exception_description": "unknown"}')
    http = FakeHttp(lambda _, body: refusal if '"refresh_token"' in body else refreshable(1))
    storage = MemoryStorage()
    await new_auth(http, storage).get_token()

    again = await new_auth(http, storage, now=1e6).get_token()

    assert (again.access_token, len(http.posts)) == ("dal:1", 3)


async def test_what_is_in_storage_may_be_rubbish() -> None:
    storage = MemoryStorage({"@@lc_auth_token:org": '{"accessToken": 7'})

    got = await new_auth(FakeHttp(lambda *_: token()), storage).get_token()

    assert got.entity_id == "me"


async def test_without_a_network_it_is_worth_trying_again() -> None:
    with pytest.raises(TokenUnavailable):
        await new_auth(FakeHttp(lambda *_: OSError("no route"))).get_token()


@pytest.mark.parametrize("body", ["<html>502</html>", "[]", '{"access_token": 1}'])
async def test_an_answer_without_a_token_is_worth_trying_again(body: str) -> None:
    with pytest.raises(TokenUnavailable):
        await new_auth(FakeHttp(lambda *_: HttpResponse(502, body))).get_token()


async def test_a_refusal_is_final() -> None:
    refusal = '{"oauth_exception": "unauthorized_client", "exception_description": "no such client"}'
    with pytest.raises(SignInFailed, match="unauthorized_client: no such client") as caught:
        await new_auth(FakeHttp(lambda *_: HttpResponse(401, refusal))).get_token()

    assert not isinstance(caught.value, TokenUnavailable)


def test_an_address_left_empty_is_the_pages_own() -> None:
    platform = Platform.read('{"api": "", "organization_id": "org", "client_id": "demo"}', "http://localhost:8000")

    assert platform.rtm_url() == "ws://localhost:8000/v3.6/customer/rtm/ws?organization_id=org"


# Who signs in


async def test_signing_in_brings_the_sites_token_and_who_the_visitor_was() -> None:
    http, storage = FakeHttp(lambda *_: refreshable(1)), MemoryStorage()
    auth = new_auth(http, storage)
    await auth.get_token()

    await auth.sign_in("the.site's.token", "widget-1")

    body = json.loads(http.posts[-1][1])
    assert body["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    assert (body["assertion"], body["widget_id"]) == ("the.site's.token", "widget-1")
    assert (body["subject_token"], body["refresh_token"]) == ("dal:1", "r1")


class SlowHttp(FakeHttp):
    """Answers a little later."""

    async def post(self, url: str, body: str, headers: Mapping[str, str], *, credentials: bool) -> HttpResponse:
        await settle(3)
        return await FakeHttp.post(self, url, body, headers, credentials=credentials)


async def test_who_asks_while_somebody_signs_in_gets_that_ones_token() -> None:
    answers = iter([token(1), token(2)])
    http, storage = SlowHttp(lambda *_: next(answers)), MemoryStorage()
    auth = new_auth(http, storage)

    signed_in, asked = await asyncio.gather(auth.sign_in("the.site's.token", "widget-1"), auth.get_fresh_token())

    assert (signed_in.header, asked.header, len(http.posts)) == ("Bearer dal:1", "Bearer dal:1", 1)


async def test_who_is_refused_stays_who_they_were() -> None:
    storage = MemoryStorage()
    await new_auth(FakeHttp(lambda *_: token()), storage).get_token()
    before = dict(storage.texts)
    refusing = FakeHttp(lambda *_: HttpResponse(400, '{"oauth_exception": "invalid_grant"}'))

    with pytest.raises(SignInFailed, match="invalid_grant"):
        await new_auth(refusing, storage).sign_in("forged", "widget-1")

    assert storage.texts == before


async def test_after_somebody_has_left_cookies_do_not_count_until_there_is_a_token() -> None:
    http, storage = FakeHttp(lambda *_: token()), MemoryStorage()
    storage.set("@@lc_auth_token:org:left", "1")

    await new_auth(http, storage).get_token()

    assert json.loads(http.posts[0][1])["fresh"] is True
    assert "@@lc_auth_token:org:left" not in storage.texts
