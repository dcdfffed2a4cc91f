"""A customer's token from somewhere else than the platform's accounts: from a program that knows its people itself.

Spec: customer-auth, section 6; the platform calls it a custom identity provider.
"""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, NotRequired, Protocol, TypeVar

from pydantic import ValidationError
from typing_extensions import TypedDict

from widget.customer_sdk.auth import CustomerToken
from widget.rtm.client import TokenUnavailable
from widget.wire.errors import SignInFailed, WrongArgument

__all__ = ["IdentityProvider", "ProvidedAuth", "ProvidedToken"]

METHODS = ("get_token", "get_fresh_token", "has_token", "invalidate")

LATER = ("server_error", "temporarily_unavailable")
"""What a failure says after which it is worth while to ask once more."""

T = TypeVar("T")


class ProvidedToken(TypedDict):
    """A token. ``expires_in`` and ``creation_date`` in milliseconds, the second since 1970."""

    access_token: str
    entity_id: str
    expires_in: int
    creation_date: int
    token_type: NotRequired[str]
    organization_id: NotRequired[str]


class IdentityProvider(Protocol):
    """Has a customer's token; each method may be asynchronous. ``get_fresh_token`` gives another than before."""

    def get_token(self) -> ProvidedToken | Awaitable[ProvidedToken]:
        """The present token, or a first one."""

    def get_fresh_token(self) -> ProvidedToken | Awaitable[ProvidedToken]:
        """A new token: the platform does not take the present one any more."""

    def has_token(self) -> bool | Awaitable[bool]:
        """Whether there is one."""

    def invalidate(self) -> Awaitable[None] | None:
        """Forget it."""


class ProvidedAuth:
    """The customer's token, as a program's own provider has it."""

    def __init__(self, provide: Callable[[], IdentityProvider], organization_id: str) -> None:
        self.organization_id = organization_id
        self._provider = provide()
        for method in METHODS:
            if not callable(getattr(self._provider, method, None)):
                raise WrongArgument(f"init: `identity_provider`: what it gives has no method `{method}`")

    async def get_token(self) -> CustomerToken:
        """The provider's token. Raises SignInFailed; TokenUnavailable when it may be had later."""
        return await _token(self._provider.get_token)

    async def get_fresh_token(self) -> CustomerToken:
        """A new token of the provider's. Raises SignInFailed; TokenUnavailable when it may be had later."""
        return await _token(self._provider.get_fresh_token)

    async def has_token(self) -> bool:
        """Whether the provider has a token."""
        return bool(await _given(self._provider.has_token))

    async def invalidate(self) -> None:
        """Have the provider forget its token."""
        await _given(self._provider.invalidate)


async def _token(ask: Callable[[], Any]) -> CustomerToken:
    try:
        return CustomerToken.model_validate(await _given(ask))
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, each["loc"])) or "all of it" for each in error.errors())
        raise SignInFailed(f"The identity provider has given no token that can be read; look at {wrong}.") from error
    except Exception as error:  # a program's own: of any kind
        said = str(error)
        failed = TokenUnavailable if isinstance(error, OSError) or any(w in said for w in LATER) else SignInFailed
        raise failed(f"The identity provider has given no token: {said}") from error


async def _given(ask: "Callable[[], T | Awaitable[T]]") -> T:
    given = ask()
    return await given if inspect.isawaitable(given) else given
