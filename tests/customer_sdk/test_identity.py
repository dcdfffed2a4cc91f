"""Tokens of a program's own, in place of the platform's accounts."""

from typing import Any

import pytest

from tests.customer_sdk.fake_platform import CUSTOMER, ORGANIZATION, FakePlatform
from tests.fakes import settle
from widget.customer_sdk.sdk5 import CustomerSDK5
from widget.customer_sdk.start import init
from widget.wire.errors import SignInFailed, WrongArgument


class Company:
    """Knows its people itself; what it is asked for is noted."""

    def __init__(self, token: Any = None, error: Exception | None = None) -> None:
        self.asked: list[str] = []
        self._token = token
        self._error = error

    async def get_token(self) -> Any:
        return self._given("get_token")

    def get_fresh_token(self) -> Any:
        return self._given("get_fresh_token")

    def has_token(self) -> bool:
        self.asked.append("has_token")
        return True

    async def invalidate(self) -> None:
        self.asked.append("invalidate")

    def _given(self, method: str) -> Any:
        self.asked.append(method)
        if self._error is not None:
            raise self._error
        number = len(self.asked)
        return self._token or {
            "access_token": f"dal:{number}",
            "entity_id": CUSTOMER,
            "expires_in": 28_800_000,
            "creation_date": 1_700_000_000_000,
        }


def client_of(platform: FakePlatform, company: Any) -> CustomerSDK5:
    """A client that asks the company."""
    return init(organization_id=ORGANIZATION, client_id="demo", world=platform.world, identity_provider=lambda: company)


async def test_a_token_is_the_programs_and_the_accounts_are_not_asked() -> None:
    platform, company = FakePlatform(), Company()
    sdk = client_of(platform, company)

    await platform.let_in()

    assert platform.asked("login")["token"] == "Bearer dal:1"
    assert platform.http.posts == []
    assert platform.storage.texts == {}
    assert (await sdk.auth.get_token()).header == "Bearer dal:2"  # asked anew: it is the program's to keep


async def test_a_token_that_is_not_taken_any_more_is_renewed() -> None:
    platform, company = FakePlatform(), Company()
    client_of(platform, company)
    await platform.let_in()

    platform.tell("customer_disconnected", {"reason": "access_token_expired"})
    await platform.come_back()

    assert company.asked == ["get_token", "get_fresh_token"]
    assert platform.asked("login")["token"] == "Bearer dal:2"


async def test_it_is_asked_and_told_by_the_clients_auth() -> None:
    platform, company = FakePlatform(), Company()
    sdk = client_of(platform, company)
    await platform.let_in()

    assert await sdk.auth.has_token()
    await sdk.auth.invalidate()

    assert company.asked == ["get_token", "has_token", "invalidate"]


@pytest.mark.parametrize("error", [ConnectionError("no network"), RuntimeError("temporarily_unavailable")])
async def test_what_may_be_had_later_is_asked_for_again(error: Exception) -> None:
    platform, company = FakePlatform(), Company(error=error)
    client_of(platform, company)
    await settle()

    platform.clock.advance(60)
    await settle()

    assert company.asked.count("get_token") > 1


@pytest.mark.parametrize(
    "company",
    [Company(error=RuntimeError("who is that?")), Company(token={"access_token": "dal:1"}), Company(token="dal:1")],
)
async def test_what_is_no_token_ends_the_connection_and_says_why(company: Company) -> None:
    platform = FakePlatform()
    sdk = client_of(platform, company)
    told: list[Any] = []
    sdk.on("disconnected", told.append)
    await settle()

    assert told == [{"reason": "sign_in_failed"}]
    with pytest.raises(SignInFailed, match="identity provider has given no token"):
        await sdk.auth.get_token()
    assert platform.network.sockets == []


async def test_a_provider_without_a_method_is_refused_by_its_name() -> None:
    with pytest.raises(WrongArgument, match="no method `get_token`"):
        client_of(FakePlatform(), object())


async def test_tokens_are_kept_under_a_name_of_ones_own() -> None:
    platform = FakePlatform()

    await platform.connected5(token_storage_prefix="shop:")

    assert list(platform.storage.texts) == [f"shop:{ORGANIZATION}"]
