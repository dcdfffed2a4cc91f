"""How a visitor becomes a customer with a token (spec: customer-auth, sections 3 and 7).

No sign-up: a cookie that only this server reads says whether it has met the visitor before. Where a browser keeps no
cookies for a frame of another site, the client brings the refresh token that came with its last one (RFC 6749,
section 6); that is beyond LiveChat's accounts server, whose clients ignore it. Clients post JSON as ``text/plain``,
because then browsers ask no leave first.
"""

import logging
from datetime import UTC, datetime

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from server import tables
from server.assertions import BadAssertion, read_assertion
from server.bodies import read_object
from server.chats import check_group
from server.identities import SomebodyElse, become
from server.organization import CLIENT_ID, GROUP_ID, LICENSE_ID, ORGANIZATION_ID
from server.pace import RETRY_AFTER, Pace, address_of
from server.people import (
    authenticate_customer,
    forget_browser,
    new_browser,
    new_customer,
    returning_customer,
    revoke,
)
from server.platform import Platform
from server.tokens import TOKEN_LIFETIME
from server.transaction import Transaction
from server.trusted_domains import check_site
from widget.wire.base import Wire
from widget.wire.customer import Token
from widget.wire.errors import Refused

__all__ = [
    "CustomerTokenRequest",
    "OAuthError",
    "accounts",
    "check",
    "issue",
    "keep_pace",
    "known_by_cookies",
    "set_cookies",
]

log = logging.getLogger(__name__)

CUSTOMER_COOKIE = "__lc_cid"
SECRET_COOKIE = "__lc_cst"
TWO_YEARS = 63_072_000


class OAuthError(Exception):
    """A token is refused, in the platform's words for it."""

    def __init__(self, code: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.code = code
        self.status = status


async def keep_pace(request: Request) -> None:
    """Wait until one more may ask from this address. Raises OAuthError."""
    pace: Pace = request.state.pace
    try:
        await pace.ask_unknown(request)
    except Refused as refused:
        raise OAuthError("temporarily_unavailable", refused.message, 429) from refused


accounts = FastAPI(openapi_url=None, dependencies=[Depends(keep_pace)])
"""What stands under ``/v2/customer`` and, for older clients, under ``/customer``."""

accounts.add_middleware(
    CORSMiddleware,
    allow_origin_regex=".*",  # Any site may embed the widget. Cookies are kept apart by site (Partitioned).
    allow_credentials=True,
    allow_methods=["GET", "POST", "DELETE"],
    allow_headers=["Authorization", "Content-Type"],
    max_age=86_400,
)


class CustomerTokenRequest(Wire):
    """What any version of the platform's clients posts; older ones name the organization by its licence."""

    client_id: str
    grant_type: str = "cookie"
    response_type: str = "token"
    organization_id: str | None = None
    license_id: int | None = None
    redirect_uri: str | None = None
    refresh_token: str | None = None
    assertion: str | None = None
    subject_token: str | None = None
    widget_id: str | None = None
    fresh: bool = False


@accounts.exception_handler(OAuthError)
async def refuse(request: Request, error: Exception) -> Response:
    """Say why there is no token."""
    assert isinstance(error, OAuthError)
    too_soon = error.status == 429
    if not too_soon:
        log.warning("refused %s (%s): %s: %s", address_of(request), request.url.path[:80], error.code, error)
    body = {"oauth_exception": error.code, "exception_description": str(error)}
    return JSONResponse(body, error.status, {"Cache-Control": "no-store", **(RETRY_AFTER if too_soon else {})})


@accounts.post("/token")
async def token(request: Request) -> Response:
    """A token for the visitor whom the cookies name, or for a new one."""
    body = await _read(request)
    check(body)
    return await _issue(request, body, GROUP_ID)


SIGNED = "urn:ietf:params:oauth:grant-type:jwt-bearer"
"""The ``grant_type`` of who brings a token that the site has signed (RFC 7523, section 2.1)."""


@accounts.post("/{organization_id}/{group_id}/token")
async def token_for_group(request: Request, organization_id: str, group_id: int) -> Response:
    """The same, for who shall be another customer in each group."""
    body = await _read(request)
    check(body.model_copy(update={"organization_id": organization_id}))
    return await _issue(request, body, group_id)


async def _read(request: Request, **usual: str) -> CustomerTokenRequest:
    try:
        return CustomerTokenRequest.read({**usual, **await read_object(request)})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise OAuthError("invalid_request", f"`{field}`: {first['msg']}") from error
    except ValueError as error:
        raise OAuthError("bad_request", f"The body must be a JSON object: {error}") from error


def check(body: CustomerTokenRequest) -> None:
    """Raises OAuthError for a request that no token is given for."""
    if body.client_id != CLIENT_ID:
        raise OAuthError("invalid_client", "There is no client with this client_id.", 401)
    if body.organization_id not in (None, ORGANIZATION_ID) or body.license_id not in (None, LICENSE_ID):
        raise OAuthError("unauthorized_client", "The client belongs to another organization.", 401)
    if body.organization_id is None and body.license_id is None:
        raise OAuthError("invalid_request", "Say for which organization: `organization_id`.")
    if body.grant_type not in ("cookie", "refresh_token", SIGNED):
        raise OAuthError("unsupported_grant_type", f"The grant_type must be cookie, refresh_token or {SIGNED}.")
    if body.grant_type == SIGNED and (body.assertion is None or body.widget_id is None):
        raise OAuthError("invalid_request", "Say who it is: `assertion`, and for which widget: `widget_id`.")
    if body.response_type != "token":
        raise OAuthError("invalid_request", "The response_type must be token.")


async def _issue(request: Request, body: CustomerTokenRequest, group_id: int) -> Response:
    known = _known(request, body)
    if body.grant_type == SIGNED:
        answer, secret = await _sign_in(request, body, known)
    else:
        answer, secret = await issue(request, known, group_id, new=body.grant_type == "cookie", page=body.redirect_uri)
    response = JSONResponse(answer.as_json(), headers={"Cache-Control": "no-store"})
    set_cookies(response, answer, secret, request.url.path.removesuffix("/token"))
    return response


async def issue(
    request: Request, known: tuple[str, str], group_id: int, *, new: bool, page: str | None
) -> tuple[Token, str]:
    """A token for whom an id and a secret name, and the secret; if there is nobody, for a new customer.

    Raises OAuthError for a group that is not there, for nobody when no ``new`` customer is wanted, and for a ``page``
    that the widget may not run on.
    """
    platform: Platform = request.state.platform

    def work(tx: Transaction) -> tuple[str, str, str]:
        _check_site(tx, request, page)
        try:
            check_group(tx.session, group_id)
        except Refused as refused:
            raise OAuthError("resource_not_found", str(refused), 404) from refused
        customer, secret = returning_customer(tx.session, *known), known[1]
        if customer is None and not new:
            raise OAuthError("invalid_grant", "The refresh_token is not valid.")
        if customer is None:
            customer, secret = new_customer(tx.session, group_id)
        return customer.id, secret, tx.tokens.issue(customer.id)

    return _token(*await platform.perform(work))


async def _sign_in(request: Request, body: CustomerTokenRequest, known: tuple[str, str]) -> tuple[Token, str]:
    """A token for the person whom the site names, who has said what the visitor has. Raises OAuthError."""
    platform: Platform = request.state.platform

    def work(tx: Transaction) -> tuple[str, str, str]:
        _check_site(tx, request, body.redirect_uri)
        try:
            person = read_assertion(tx.session, body.assertion or "", body.widget_id or "", datetime.now(UTC))
            visitor = _visitor(tx, body.subject_token) or returning_customer(tx.session, *known)
            customer = become(tx, visitor, person)
        except BadAssertion as refused:
            raise OAuthError("invalid_grant", str(refused)) from refused
        except SomebodyElse as refused:
            raise OAuthError("conflict", "Another person has signed in here.", 409) from refused
        proves = returning_customer(tx.session, customer.id, known[1]) is not None
        return customer.id, known[1] if proves else new_browser(tx.session, customer), tx.tokens.issue(customer.id)

    return _token(*await platform.perform(work))


def _check_site(tx: Transaction, request: Request, page: str | None) -> None:
    try:
        check_site(tx.session, request, page)
    except Refused as refused:
        raise OAuthError("access_denied", refused.message, 403) from refused


def _visitor(tx: Transaction, access_token: str | None) -> tables.Customer | None:
    """Whose token it is; nobody's where it is no longer good."""
    try:
        return authenticate_customer(tx, f"Bearer {access_token}")[0] if access_token else None
    except Refused as refused:
        if refused.type == "customer_banned":
            raise
        return None


def _token(customer_id: str, secret: str, access_token: str) -> tuple[Token, str]:
    token = Token(
        access_token=access_token,
        entity_id=customer_id,
        expires_in=int(TOKEN_LIFETIME.total_seconds()),
        organization_id=ORGANIZATION_ID,
        refresh_token=f"{customer_id}:{secret}",
    )
    return token, secret


def set_cookies(response: Response, token: Token, secret: str, path: str) -> None:
    """Let the browser bring what it is known again by."""
    for name, value in ((CUSTOMER_COOKIE, token.entity_id), (SECRET_COOKIE, secret)):
        response.headers.append("Set-Cookie", _cookie(name, value, path))


def _known(request: Request, body: CustomerTokenRequest) -> tuple[str, str]:
    """The id and secret that a visitor brings, in the refresh token or in cookies; empty texts for a new one."""
    if body.refresh_token is not None and body.grant_type != "cookie":
        return _refreshing(body.refresh_token)
    return ("", "") if body.fresh else known_by_cookies(request)


def _refreshing(refresh_token: str | None) -> tuple[str, str]:
    customer_id, _, secret = (refresh_token or "").partition(":")
    return customer_id, secret


def known_by_cookies(request: Request) -> tuple[str, str]:
    """The id and secret in the cookies; empty texts if there are none."""
    cookies = _cookies(request)
    return cookies.get(CUSTOMER_COOKIE, ""), cookies.get(SECRET_COOKIE, "")


def _cookie(name: str, value: str, path: str, lasts: int = TWO_YEARS) -> str:
    """A cookie that a frame on another site may keep; browsers keep it apart for each site that embeds the frame."""
    return f"{name}={value}; Path={path}; Max-Age={lasts}; HttpOnly; Secure; SameSite=None; Partitioned"


def _cookies(request: Request) -> dict[str, str]:
    """The cookies of a request; of two with one name, the one of the longer path, which browsers send first."""
    found: dict[str, str] = {}
    for pair in request.headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        found.setdefault(name, value)
    return found


@accounts.get("/info")
async def info(request: Request) -> Response:
    """Whose the token in the header is, and for how long it is good."""
    authorization = request.headers.get("authorization", "")
    platform: Platform = request.state.platform

    def work(tx: Transaction) -> Token:
        customer, expires_at = authenticate_customer(tx, authorization)
        return Token(
            access_token=authorization.partition(" ")[2],
            entity_id=customer.id,
            expires_in=int((expires_at - datetime.now(UTC)).total_seconds()),
            organization_id=ORGANIZATION_ID,
        )

    return JSONResponse({**(await platform.perform(work)).as_json(), "client_id": CLIENT_ID})


@accounts.delete("/token")
async def revoke_token(request: Request) -> Response:
    """Take the token in the header back. Who names the organization leaves: cookies and refresh token are void too."""
    authorization = request.headers.get("authorization", "")
    body = await _read(request, client_id=CLIENT_ID)
    leaves = body.organization_id is not None
    platform: Platform = request.state.platform

    def work(tx: Transaction) -> None:
        for customer_id, secret in (known_by_cookies(request), _refreshing(body.refresh_token)) if leaves else ():
            forget_browser(tx.session, customer_id, secret)
        try:
            revoke(tx, authorization)
        except Refused:
            if not leaves:  # who leaves may have come with a token that has expired, or with none
                raise

    await platform.perform(work)
    response = Response()
    for name in (CUSTOMER_COOKIE, SECRET_COOKIE) if leaves else ():
        response.headers.append("Set-Cookie", _cookie(name, "", request.url.path.removesuffix("/token"), 0))
    return response


@accounts.exception_handler(Refused)
async def refuse_token(request: Request, error: Exception) -> Response:
    """The token in the header is not good."""
    return await refuse(request, OAuthError("access_denied", str(error), 401))
