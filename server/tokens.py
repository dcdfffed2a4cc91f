"""Who is who: customers' access tokens, which are signed, and agents' personal ones, which are random.

A customer's token is a JWT behind the region's name, as the platform's look: ``dal:eyJ...``. Secrets are kept as
hashes only. They are long and random, so a plain hash is as good as a slow one.
"""

import os
import secrets
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from server.organization import CLIENT_ID, ORGANIZATION_ID, REGION
from widget.wire.errors import Refused

__all__ = [
    "TOKEN_LIFETIME",
    "AgentCredentials",
    "Claims",
    "CustomerTokens",
    "hashed",
    "matches",
    "new_secret",
    "read_or_make_key",
]

TOKEN_LIFETIME = timedelta(seconds=28_800)
BOT_TOKEN_LIFETIME = timedelta(hours=24)
_ALGORITHM = "HS256"


def new_secret() -> str:
    """A random secret of 32 bytes, as text."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is stored of a secret."""
    return sha256(secret.encode()).hexdigest()


def matches(secret: str, stored: str) -> bool:
    """Whether a secret is the one whose hash was stored; takes equally long for any answer."""
    return compare_digest(hashed(secret), stored)


def read_or_make_key(file: Path) -> OctKey:
    """The key that tokens are signed with; made on first use, readable by its owner only."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with open(descriptor, "wb") as new:
            new.write(secrets.token_bytes(32))
    return OctKey.import_key(file.read_bytes())


@dataclass(frozen=True, slots=True)
class Claims:
    """What a customer's token says."""

    token_id: str
    customer_id: str
    expires_at: datetime


class CustomerTokens:
    """Issues customers' tokens and reads them."""

    def __init__(self, key: OctKey, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._key = key
        self._clock = clock

    def issue(self, customer_id: str) -> str:
        """A new token for a customer, good for TOKEN_LIFETIME."""
        now = self._clock()
        claims = {
            "jti": secrets.token_hex(16),
            "sub": customer_id,
            "organization_id": ORGANIZATION_ID,
            "client_id": CLIENT_ID,
            "iat": int(now.timestamp()),
            "exp": int((now + TOKEN_LIFETIME).timestamp()),
        }
        return f"{REGION}:{jwt.encode({'alg': _ALGORITHM}, claims, self._key)}"

    def issue_to_bot(self, bot_id: str) -> str:
        """A token for a bot, good for BOT_TOKEN_LIFETIME. It cannot be taken back."""
        now = self._clock()
        claims = {
            "bot_id": bot_id,
            "organization_id": ORGANIZATION_ID,
            "iat": int(now.timestamp()),
            "exp": int((now + BOT_TOKEN_LIFETIME).timestamp()),
        }
        return f"{REGION}:{jwt.encode({'alg': _ALGORITHM}, claims, self._key)}"

    def bot(self, authorization: str) -> str | None:
        """The bot whose token is in an Authorization value, or None if it is no bot's, or has expired."""
        token = authorization.partition(" ")[2].strip().removeprefix(f"{REGION}:")
        try:
            claims = jwt.decode(token, self._key, algorithms=[_ALGORITHM]).claims
            fresh = datetime.fromtimestamp(claims["exp"], UTC) > self._clock()
        except (JoseError, ValueError, KeyError, TypeError):
            return None
        return str(claims["bot_id"]) if fresh and "bot_id" in claims else None

    def read(self, authorization: str) -> Claims:
        """The claims of an Authorization value, ``Bearer dal:...``. Raises Refused(authentication)."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise Refused("authentication")
        try:
            claims = jwt.decode(token.strip().removeprefix(f"{REGION}:"), self._key, algorithms=[_ALGORITHM]).claims
            expires_at = datetime.fromtimestamp(claims["exp"], UTC)
            read = Claims(token_id=str(claims["jti"]), customer_id=str(claims["sub"]), expires_at=expires_at)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Refused("authentication", "The access token is not valid.") from error
        if claims.get("organization_id") != ORGANIZATION_ID:
            raise Refused("authentication", "The access token is for another organization.")
        if read.expires_at <= self._clock():
            raise Refused("authentication", "The access token has expired.")
        return read


@dataclass(frozen=True, slots=True)
class AgentCredentials:
    """What an agent signs in with: a personal access token, and with ``Basic`` the account that it belongs to."""

    token: str
    account: str | None

    @classmethod
    def read(cls, authorization: str) -> "AgentCredentials":
        """The credentials in ``Bearer <token>`` or ``Basic <base64 of account:token>``. Raises Refused."""
        scheme, _, value = authorization.partition(" ")
        if scheme.lower() == "bearer" and value.strip():
            return cls(value.strip().removeprefix(f"{REGION}:"), None)
        if scheme.lower() == "basic":
            try:
                account, _, token = b64decode(value.strip(), validate=True).decode().partition(":")
            except (Base64Error, ValueError) as error:
                raise Refused("authentication", "The Basic credentials are not base64 of account:token.") from error
            return cls(token.removeprefix(f"{REGION}:"), account)
        raise Refused("authentication", "Sign in with Bearer or Basic credentials.")
