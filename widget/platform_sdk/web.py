"""The clients over HTTP: one whose methods are awaited, and one whose methods block."""

from typing import Any, ClassVar

from widget.platform_sdk.addresses import API_URL, checked_url
from widget.platform_sdk.method import AsyncClient, Call, SyncClient
from widget.platform_sdk.requests import Endpoint, Fetch, HttpRequest, SyncFetch, read_answer
from widget.platform_sdk.sync_http import urllib_fetch
from widget.platform_sdk.tokens import SyncTokenGetter, Token, TokenGetter, ask_for_token, ask_for_token_now, tenant
from widget.platform_sdk.versions import STABLE, Version, checked_version
from widget.wire.errors import NotConnected

__all__ = ["Web", "WebSync"]


class _OverHttp:
    """What the two have in common: how an action becomes a request."""

    api: ClassVar[str]

    def __init__(self, version: Version, base_url: str) -> None:
        self.version = checked_version(version)
        self._base_url = checked_url(base_url)
        self._author_id: str | None = None

    def set_author_id(self, author_id: str | None) -> None:
        """Ask in the name of a bot from now on; None: in one's own."""
        self._author_id = author_id

    def _request(self, call: Call, token: Token) -> HttpRequest:
        headers = {"Authorization": token.authorization} | ({"X-Region": token.region} if token.region else {})
        query = tenant(token, self.version) if self.api == "customer" else {}
        return Endpoint(self._base_url, self.api, self.version, self._author_id).request(call, headers, query)


class Web(_OverHttp, AsyncClient):
    """An API over HTTP, asynchronously.

    ``fetch`` sends: ``widget.platform_sdk.fetch`` or ``widget.browser.http.fetch``. ``base_url`` is that of
    another server than the platform, such as ``http://127.0.0.1:8000``.
    """

    def __init__(
        self, fetch: Fetch, token_getter: TokenGetter, *, version: Version = STABLE, base_url: str = API_URL
    ) -> None:
        super().__init__(version, base_url)
        self._fetch = fetch
        self._token_getter = token_getter

    async def send(self, action: str, payload: dict[str, Any] | None = None) -> Any:
        """Ask for an action by its name, with a payload as it is. Raises ChatError."""
        return await self.perform(Call(action, payload or {}))

    async def perform(self, call: Call) -> Any:
        """Ask, and return the payload of the answer. Raises ChatError."""
        request = self._request(call, await ask_for_token(self._token_getter))
        try:
            response = await self._fetch(request.verb, request.url, request.headers, request.body)
        except OSError as error:
            raise NotConnected(f"No answer from {request.url}: {error}") from error
        return read_answer(response)


class WebSync(_OverHttp, SyncClient):
    """An API over HTTP, for scripts: every method blocks until the answer is there.

    ``fetch`` sends; the standard library's urllib unless it is given, also in the browser.
    """

    def __init__(
        self,
        token_getter: SyncTokenGetter,
        fetch: SyncFetch = urllib_fetch,
        *,
        version: Version = STABLE,
        base_url: str = API_URL,
    ) -> None:
        super().__init__(version, base_url)
        self._fetch = fetch
        self._token_getter = token_getter

    def send(self, action: str, payload: dict[str, Any] | None = None) -> Any:
        """Ask for an action by its name, with a payload as it is. Raises ChatError."""
        return self.perform(Call(action, payload or {}))

    def perform(self, call: Call) -> Any:
        """Ask, and return the payload of the answer. Raises ChatError."""
        request = self._request(call, ask_for_token_now(self._token_getter))
        try:
            response = self._fetch(request.verb, request.url, request.headers, request.body)
        except OSError as error:
            raise NotConnected(f"No answer from {request.url}: {error}") from error
        return read_answer(response)
