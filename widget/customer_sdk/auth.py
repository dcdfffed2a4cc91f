"""How a customer gets a token: by posting to the accounts server, which knows the browser by its cookies.

Spec: customer-auth, sections 3 to 5. The token is kept in storage under LiveChat's own name, so that the next page of
the same browser is the same customer even where cookies are blocked.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from widget.rtm.client import TokenUnavailable
from widget.rtm.ports import Http, Storage
from widget.wire.customer import GrantType, Token, TokenRequest
from widget.wire.errors import SignInFailed

__all__ = ["TOKEN_PREFIX", "Auth", "CustomerAuth", "CustomerToken", "Platform"]

RENEW_BEFORE = 3600.0
"""A token with less than this left, in seconds, is renewed before it is used."""


TOKEN_PREFIX = "@@lc_auth_token:"
"""What the name of a kept token begins with, as LiveChat's client has it."""

LEFT = ":left"
"""What follows the name of a token in the name of the mark that its customer has left."""


class _Settings(BaseModel):
    api: str = ""
    accounts: str = ""
    organization_id: str
    client_id: str


@dataclass(frozen=True, slots=True)
class Platform:
    """Where the platform is and who we are to it. ``api`` and ``accounts`` are origins: ``https://api.livechatinc.com``.

    A ``license`` stands for an ``organization_id`` that is not known; the token says it. With ``unique_group`` the
    visitor is another customer in each group.
    """

    api: str
    accounts: str
    organization_id: str
    client_id: str
    license: int | None = None
    unique_group: int | None = None

    @classmethod
    def read(cls, text: str, origin: str) -> "Platform":
        """The platform of a page's JSON; an address left empty is the page's own ``origin``. Raises ValueError."""
        settings = _Settings.model_validate_json(text)
        return cls(
            api=settings.api or origin,
            accounts=settings.accounts or origin,
            organization_id=settings.organization_id,
            client_id=settings.client_id,
        )

    def rtm_url(self, role: str = "customer", version: str = "3.6") -> str:
        """The address of the WebSocket, for ``customer`` or ``agent``."""
        origin = self.api.replace("http", "ws", 1)
        return f"{origin}/v{version}/{role}/rtm/ws?organization_id={self.organization_id}"

    def upload_url(self, version: str = "3.6") -> str:
        """Where a customer's files are taken."""
        return f"{self.api}/v{version}/customer/action/upload_file?organization_id={self.organization_id}"


class CustomerToken(BaseModel):
    """A token as LiveChat's customer-auth stores it. ``expires_in`` and ``creation_date`` in milliseconds."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    access_token: str
    entity_id: str
    expires_in: int
    token_type: str = "Bearer"
    creation_date: int
    organization_id: str | None = None
    refresh_token: str | None = None

    @property
    def header(self) -> str:
        """The value for ``Authorization`` and for ``login``."""
        return f"{self.token_type} {self.access_token}"

    def left(self, now: float) -> float:
        """Seconds until it expires; ``now`` in Unix seconds."""
        return (self.creation_date + self.expires_in) / 1000 - now


class Auth(Protocol):
    """Whoever has the customer's token."""

    @property
    def organization_id(self) -> str:
        """Whose customer it is; empty when only the token says it."""

    async def get_token(self) -> CustomerToken:
        """The present token, or a first one. Raises TokenUnavailable or SignInFailed."""

    async def get_fresh_token(self) -> CustomerToken:
        """A new token. Raises TokenUnavailable or SignInFailed."""

    async def has_token(self) -> bool:
        """Whether there is one, good or not."""

    async def invalidate(self) -> None:
        """Forget it."""


class CustomerAuth:
    """The customer's token from the platform's accounts: kept, renewed, forgotten."""

    def __init__(
        self,
        platform: Platform,
        http: Http,
        storage: Storage,
        *,
        page: str,
        prefix: str = TOKEN_PREFIX,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._platform = platform
        self._http = http
        self._storage = storage
        self._page = page
        self._wall = wall
        group = "" if platform.unique_group is None else f":{platform.unique_group}"
        self._name = f"{prefix}{platform.organization_id or platform.license}{group}"
        self._fetching: asyncio.Task[CustomerToken] | None = None
        self._turn: asyncio.Future[None] | None = None

    @property
    def organization_id(self) -> str:
        """Whose customer it is; empty when only the licence is known."""
        return self._platform.organization_id

    @property
    def known(self) -> bool:
        """Whether this browser has been a customer before."""
        return self._stored() is not None

    async def has_token(self) -> bool:
        """Whether a token is kept, good or not."""
        return self.known

    async def get_token(self) -> CustomerToken:
        """The kept token while it is good, else a new one. Raises TokenUnavailable or SignInFailed."""
        stored = self._stored()
        if stored is not None and stored.left(self._wall()) > RENEW_BEFORE:
            return stored
        return await self.get_fresh_token()

    async def get_fresh_token(self) -> CustomerToken:
        """A new token. All who ask at once get the same. Raises TokenUnavailable or SignInFailed."""
        if self._fetching is None:
            self._fetching = asyncio.ensure_future(self._fetch())
            self._fetching.add_done_callback(self._fetched)
        return await asyncio.shield(self._fetching)

    async def sign_in(self, assertion: str, widget_id: str) -> CustomerToken:
        """A token for the person whom a signed token of the site names (RFC 7523).

        The customer whom this browser was becomes that person. Raises SignInFailed, and then nothing has changed;
        TokenUnavailable when there was no answer.
        """
        async with self._alone():
            stored = self._stored()
            request = self._request(
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                assertion=assertion,
                widget_id=widget_id,
                subject_token=None if stored is None else stored.access_token,
                refresh_token=None if stored is None else stored.refresh_token,
            )
            return await self._post(request)

    async def invalidate(self) -> None:
        """Forget the token."""
        self._forget()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """One exchange at a time, in the order in which they were wanted: the last token that came is kept."""
        before, turn = self._turn, asyncio.get_running_loop().create_future()
        self._turn = turn
        if before is not None:
            await before
        try:
            yield
        finally:
            turn.set_result(None)

    def _fetched(self, _: object) -> None:
        self._fetching = None

    async def _fetch(self) -> CustomerToken:
        before = self._stored()
        async with self._alone():
            stored = self._stored()
            if stored is not None and stored != before:
                return stored  # somebody has signed in meanwhile
            if stored is not None and stored.refresh_token is not None:
                try:
                    return await self._post(self._request("refresh_token", refresh_token=stored.refresh_token))
                except TokenUnavailable:
                    raise
                except SignInFailed:
                    self._forget()  # the server does not know us any more: begin anew
            # Whoever has left this browser left a mark (static/forget.js): cookies that name them do not count.
            fresh = True if self._storage.get(self._name + LEFT) is not None else None
            return await self._post(self._request("cookie", fresh=fresh))

    def _request(self, grant_type: GrantType, **more: Any) -> TokenRequest:
        return TokenRequest(
            grant_type=grant_type,
            client_id=self._platform.client_id,
            organization_id=self._platform.organization_id,
            redirect_uri=self._page,
            **more,
        )

    @property
    def _path(self) -> str:
        if self._platform.license is not None:
            return "/customer/token"
        if self._platform.unique_group is not None:
            return f"/v2/customer/{self._platform.organization_id}/{self._platform.unique_group}/token"
        return "/v2/customer/token"

    async def _post(self, request: TokenRequest) -> CustomerToken:
        url = f"{self._platform.accounts}{self._path}"
        body = request.as_json()
        if self._platform.license is not None:
            del body["organization_id"]
            body["license_id"] = self._platform.license
        try:
            # No Content-Type of our own: as text/plain the browser asks no permission first (spec: customer-auth, 3).
            answer = await self._http.post(url, json.dumps(body), {}, credentials=True)
        except OSError as error:
            raise TokenUnavailable(f"The accounts server did not answer: {error}") from error
        token = self._read(answer.status, answer.text)
        self._storage.set(self._name, token.model_dump_json(by_alias=True, exclude_none=True))
        self._storage.remove(self._name + LEFT)
        return token

    def _read(self, status: int, text: str) -> CustomerToken:
        try:
            body = json.loads(text)
        except ValueError:
            raise TokenUnavailable(f"The accounts server answered {status} without a token.") from None
        if isinstance(body, dict) and (refusal := body.get("oauth_exception") or body.get("identity_exception")):
            failed = TokenUnavailable if refusal in {"server_error", "temporarily_unavailable"} else SignInFailed
            raise failed(f"{refusal}: {body.get('exception_description', '')}".rstrip(": "))
        try:
            token = Token.read(body)
        except ValidationError as error:
            raise TokenUnavailable(f"The accounts server answered {status} without a token.") from error
        return CustomerToken(
            access_token=token.access_token,
            entity_id=token.entity_id,
            expires_in=token.expires_in * 1000,
            token_type=token.token_type,
            creation_date=int(self._wall() * 1000),
            organization_id=token.organization_id,
            refresh_token=token.refresh_token,
        )

    def _forget(self) -> None:
        self._storage.remove(self._name)

    def _stored(self) -> CustomerToken | None:
        text = self._storage.get(self._name)
        if text is None:
            return None
        try:
            return CustomerToken.model_validate_json(text)
        except ValidationError:
            self._forget()
            return None
