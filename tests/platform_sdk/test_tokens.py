"""Tokens, and where they come from."""

import pytest

from tests.platform_sdk.fake_platform import FakeWeb
from widget.platform_sdk import Token, region_of, token_getter_from_pat
from widget.platform_sdk.tokens import ask_for_token, ask_for_token_now
from widget.wire.errors import SignInFailed

ORGANIZATION = {"organization_id": "c31de08c-799b-488a-982a-8e64dbadbf5a", "region": "dal", "plan": "business"}


@pytest.mark.parametrize(
    ("access_token", "region"),
    [("dal:ab-Cd_dE40f9G3H297Ijkl6MN24", "dal"), ("fra-a:x:y", "fra-a"), ("opaque", ""), ("", "")],
)
def test_the_region_is_the_prefix_of_the_token(access_token: str, region: str) -> None:
    assert region_of(access_token) == region
    assert Token(access_token).region == region


def test_a_region_that_is_given_counts() -> None:
    assert Token("dal:x", region="fra").region == "fra"


def test_a_basic_token_has_no_region_in_it() -> None:
    assert Token.from_pat("jane@example.com", "dal:pat").region == ""


async def test_the_region_of_a_personal_access_token_is_asked_for_once() -> None:
    web = FakeWeb(ORGANIZATION)
    token_getter = token_getter_from_pat("jane@example.com", "pat", web.fetch)

    token = await ask_for_token(token_getter)
    assert (web.verb, web.url) == ("GET", "https://accounts.livechat.com/v2/organizations/my")
    assert web.headers == {"Authorization": "Basic amFuZUBleGFtcGxlLmNvbTpwYXQ="}
    assert token == Token("amFuZUBleGFtcGxlLmNvbTpwYXQ=", ORGANIZATION["organization_id"], "dal", "Basic")

    web.url = ""
    assert await ask_for_token(token_getter) == token
    assert web.url == ""


def test_it_is_asked_for_without_an_event_loop_too() -> None:
    web = FakeWeb(ORGANIZATION)
    token_getter = token_getter_from_pat("a", "b", web.fetch_now, accounts_url="http://127.0.0.1:8000/")

    assert ask_for_token_now(token_getter).region == "dal"
    assert web.url == "http://127.0.0.1:8000/v2/organizations/my"


@pytest.mark.parametrize(
    ("answer", "status"), [({"error": "unauthorized"}, 401), ("nonsense", 200), ({"region": "dal"}, 200)]
)
async def test_a_personal_access_token_that_is_not_taken_is_a_failed_sign_in(answer: object, status: int) -> None:
    web = FakeWeb(answer, status)

    with pytest.raises(SignInFailed):
        await ask_for_token(token_getter_from_pat("a", "b", web.fetch))
    with pytest.raises(SignInFailed):
        ask_for_token_now(token_getter_from_pat("a", "b", web.fetch_now))


async def test_accounts_that_cannot_be_reached_are_a_failed_sign_in() -> None:
    with pytest.raises(SignInFailed, match="no route"):
        await ask_for_token(token_getter_from_pat("a", "b", FakeWeb(OSError("no route")).fetch))
