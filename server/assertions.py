"""Tokens that a site signs for its visitors: who they are, in the site's word (spec: widget-js-api, B4; RFC 7523)."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_bytes, token_hex
from typing import Any, Final, Literal

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from server import tables

__all__ = ["ALGORITHM", "BadAssertion", "Person", "SubjectType", "new_key", "read_assertion"]

ALGORITHM: Final = "HS256"

SKEW: Final = timedelta(seconds=60)
"""How far the clocks of a site and of this server may be apart."""

LIFETIME: Final = timedelta(seconds=15)
"""How long a token is good that does not say it."""

LONGEST: Final = 8192
"""Characters of a token."""

SubjectType = Literal["email", "msisdn", "externalPersonId"]
"""What a person is named by: an e-mail address, a telephone number, the site's own id."""


class BadAssertion(Exception):
    """It is not taken; the message says why, and never what was in it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a site has vouched for."""

    subject_type: SubjectType
    subject: str


class _Claims(BaseModel):
    jti: str = Field(min_length=1, max_length=256)
    sub: str = Field(min_length=1, max_length=256)
    stp: SubjectType
    iss: str
    iat: int = Field(ge=0, le=2**40)
    exp: int | None = Field(default=None, ge=0, le=2**40)
    nbf: int | None = Field(default=None, ge=0, le=2**40)
    ski: str | None = None


def new_key(session: Session, widget_id: str) -> tuple[str, str]:
    """A new key of a widget: its id, and the secret in base64, of which the site keeps the only other copy."""
    if session.get(tables.Widget, widget_id) is None:
        session.add(tables.Widget(id=widget_id, themes={}))
        session.flush()
    secret = b64encode(token_bytes(32)).decode()
    key = tables.WidgetKey(id=token_hex(16), widget_id=widget_id, secret=secret, created_at=datetime.now(UTC))
    session.add(key)
    return key.id, key.secret


def read_assertion(session: Session, token: str, widget_id: str, now: datetime) -> Person:
    """The person whom a token names. It counts as used from then on. Raises BadAssertion."""
    claims = _read(session, token, widget_id)
    issued, expires = _moment(claims.iat), _moment(claims.exp) if claims.exp is not None else None
    expires = expires or issued + LIFETIME
    if now > expires + SKEW:
        raise BadAssertion("The token has expired.")
    if issued > now + SKEW or (claims.nbf is not None and _moment(claims.nbf) > now + SKEW):
        raise BadAssertion("The token is not valid yet: look at the clock of the server that signs it.")
    _use(session, widget_id, claims.jti, expires + SKEW, now)
    subject = claims.sub.lower() if claims.stp == "email" else claims.sub
    return Person(claims.stp, subject)


def _read(session: Session, token: str, widget_id: str) -> _Claims:
    if len(token) > LONGEST:
        raise BadAssertion("The token is too long.")
    try:
        unchecked = jws.extract_compact(token.encode())
        said = json.loads(unchecked.payload)
        key_id = said.get("ski") or unchecked.headers().get("kid")
    except (JoseError, ValueError, AttributeError) as error:
        raise BadAssertion("This is not a signed token.") from error
    key = session.get(tables.WidgetKey, key_id) if isinstance(key_id, str) else None
    if key is None:
        raise BadAssertion("The token names no key of ours: `ski` is the id of the key.")
    try:
        checked = jwt.decode(token, OctKey.import_key(b64decode(key.secret)), algorithms=[ALGORITHM])
    except (JoseError, ValueError) as error:
        raise BadAssertion("The token's signature is not right.") from error
    claims = _claims(checked.claims)
    if claims.iss != widget_id or key.widget_id != widget_id:
        raise BadAssertion("The token is for another widget: `iss` is the widget's id.")
    return claims


def _claims(claims: dict[str, Any]) -> _Claims:
    try:
        return _Claims.model_validate(claims, strict=True)
    except ValidationError as error:
        field = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise BadAssertion(f"The token's claim `{field}` is missing or wrong.") from error


def _use(session: Session, widget_id: str, jti: str, until: datetime, now: datetime) -> None:
    session.execute(delete(tables.UsedAssertion).where(tables.UsedAssertion.expires_at < now))
    if session.get(tables.UsedAssertion, (widget_id, jti)) is not None:
        raise BadAssertion("The token has been used before: sign a new one, with a `jti` of its own.")
    session.add(tables.UsedAssertion(widget_id=widget_id, id=jti, expires_at=until))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
