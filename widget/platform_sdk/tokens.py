"""What a client shows to be let in, and where it comes from: a token getter, a function that returns a ``Token``.

A token getter may be asynchronous. It is asked before every connection and every request, so it can keep a token and
renew it when it likes.
"""

import inspect
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, overload

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from widget.platform_sdk.requests import Fetch, SyncFetch
from widget.platform_sdk.sync_http import urllib_fetch
from widget.platform_sdk.versions import Version
from widget.rtm.client import TokenUnavailable
from widget.rtm.ports import HttpResponse
from widget.wire.errors import NotConnected, SignInFailed, WrongArgument

__all__ = [
    "ACCOUNTS_URL",
    "AsyncTokenGetter",
    "SyncTokenGetter",
    "Token",
    "TokenGetter",
    "ask_for_token",
    "ask_for_token_now",
    "region_of",
    "tenant",
    "token_getter_from_pat",
]

ACCOUNTS_URL = "https://accounts.livechat.com"
"""Where the platform knows accounts."""


def region_of(access_token: str) -> str:
    """The region that a Bearer token is for: its prefix before the colon, ``dal`` of ``dal:ab-Cd``; none, ``""``."""
    prefix, colon, _ = access_token.partition(":")
    return prefix if colon else ""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. ``region`` is that of the token's prefix, unless it is given.

    ``access_token`` of a Basic token is the base64 of ``account_id:personal_access_token``; see ``from_pat``.
    ``license_id`` names a customer's organization where the API is still 3.3.
    """

    access_token: str
    organization_id: str = ""
    region: str = ""
    token_type: Literal["Bearer", "Basic"] = "Bearer"
    license_id: int | None = None

    def __post_init__(self) -> None:
        if not self.region and self.token_type == "Bearer":
            object.__setattr__(self, "region", region_of(self.access_token))

    @classmethod
    def from_pat(cls, account_id: str, pat: str, *, organization_id: str = "", region: str = "") -> "Token":
        """The token of a personal access token (PAT); white space around it, as files have it, does not count."""
        basic = b64encode(f"{account_id}:{pat.strip()}".encode()).decode()
        return cls(basic, organization_id, region, "Basic")

    @property
    def authorization(self) -> str:
        """The value of the ``Authorization`` header, and of ``token`` in ``login``."""
        return f"{self.token_type} {self.access_token}"


def tenant(token: Token, version: Version) -> dict[str, str]:
    """The query that says whose customer asks: the organization, or up to version 3.3 the licence."""
    if version == "3.3" and token.license_id is not None:
        return {"license_id": str(token.license_id)}
    return {"organization_id": token.organization_id} if token.organization_id else {}


SyncTokenGetter = Callable[[], Token]
AsyncTokenGetter = Callable[[], Awaitable[Token]]
TokenGetter = SyncTokenGetter | AsyncTokenGetter


async def ask_for_token(token_getter: TokenGetter) -> Token:
    """The token that a getter of either kind gives. Raises ChatError; what else the getter raises comes with it."""
    try:
        token = token_getter()
        return _checked(await token if inspect.isawaitable(token) else token)
    except (SignInFailed, WrongArgument):
        raise
    except Exception as error:
        raise _failed(error) from error


def ask_for_token_now(token_getter: SyncTokenGetter) -> Token:
    """The token that a synchronous getter gives. Raises ChatError."""
    try:
        return _checked(token_getter())
    except (SignInFailed, WrongArgument):
        raise
    except Exception as error:
        raise _failed(error) from error


def _failed(error: Exception) -> SignInFailed:
    """What a getter's own error means: without a network there may be a token later."""
    kind = TokenUnavailable if isinstance(error, OSError | NotConnected) else SignInFailed
    return kind(f"The token getter failed: {error!r}.")


def _checked(token: object) -> Token:
    if isinstance(token, Token):
        return token
    if inspect.iscoroutine(token):
        token.close()
        raise WrongArgument("token_getter: it is asynchronous; a synchronous client needs one that is not.")
    raise WrongArgument(f"token_getter: it gave {type(token).__name__}, and not a Token.")


class _Organization(TypedDict):
    organization_id: str
    region: str


_ORGANIZATION = TypeAdapter(_Organization)


@overload
def token_getter_from_pat(
    account_id: str, pat: str, fetch: SyncFetch = ..., *, accounts_url: str = ...
) -> SyncTokenGetter: ...
@overload
def token_getter_from_pat(account_id: str, pat: str, fetch: Fetch, *, accounts_url: str = ...) -> AsyncTokenGetter: ...
def token_getter_from_pat(
    account_id: str, pat: str, fetch: Fetch | SyncFetch = urllib_fetch, *, accounts_url: str = ACCOUNTS_URL
) -> TokenGetter:
    """A token getter for a personal access token, which does not say its region: the first call asks the platform.

    With an asynchronous ``fetch`` the getter is asynchronous; as it is, it is synchronous and blocks that once.
    Raises SignInFailed when the platform does not know the account or the token, or does not answer.
    """
    known: list[Token] = []
    ask = ("GET", f"{accounts_url.rstrip('/')}/v2/organizations/my")
    headers = {"Authorization": Token.from_pat(account_id, pat).authorization}

    def learn(response: HttpResponse) -> Token:
        known.append(_token(account_id, pat, response))
        return known[0]

    if not inspect.iscoroutinefunction(fetch):
        return lambda: known[0] if known else learn(_asked_now(fetch, *ask, headers))

    async def getter() -> Token:
        return known[0] if known else learn(await fetch(*ask, headers, None))

    return getter


def _asked_now(fetch: Fetch | SyncFetch, verb: str, url: str, headers: dict[str, str]) -> HttpResponse:
    response = fetch(verb, url, headers, None)
    if not isinstance(response, HttpResponse):
        raise WrongArgument("fetch: an asynchronous one has to be an `async def`.")
    return response


def _token(account_id: str, pat: str, response: HttpResponse) -> Token:
    if response.status != 200:
        raise SignInFailed(f"The accounts server refused the personal access token: {response.text[:200]}")
    try:
        organization = _ORGANIZATION.validate_python(json.loads(response.text))
    except (ValueError, ValidationError) as error:
        raise SignInFailed(f"The accounts server did not say the organization: {response.text[:200]}") from error
    return Token.from_pat(
        account_id, pat, organization_id=organization["organization_id"], region=organization["region"]
    )
