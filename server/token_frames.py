"""A customer's token by way of a hidden frame, as the platform's oldest clients get theirs (spec: customer-auth, 2).

The client puts this page into its own and waits for one message. The message goes to the origin that the client names,
and browsers deliver it to no other; who is shown in the frame is known by a cookie.
"""

import json
from secrets import token_urlsafe
from string import Template
from typing import Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.responses import Response

from server.accounts import CustomerTokenRequest, OAuthError, check, issue, keep_pace, known_by_cookies, set_cookies
from server.organization import GROUP_ID, LICENSE_ID
from widget.wire.base import Json

__all__ = ["token_frames"]

token_frames = APIRouter()
"""What stands under ``/customer`` and ``/licence/g<licence>_<group>/customer``."""

PAGE: Final = Template("""\
<!doctype html>
<meta charset="utf-8">
<title>Token</title>
<script type="application/json" id="message">$message</script>
<script nonce="$nonce">
parent.postMessage(JSON.parse(document.getElementById('message').textContent), '$origin')
</script>
""")


@token_frames.get("/customer")
@token_frames.get("/customer/")
async def frame(request: Request) -> Response:
    """A page that tells its parent the token of the visitor."""
    return await _frame(request, GROUP_ID, "/customer")


@token_frames.get("/licence/{license_and_group}/customer")
async def frame_for_group(request: Request, license_and_group: str) -> Response:
    """The same, for who shall be another customer in each group."""
    license_id, _, group_id = license_and_group.removeprefix("g").partition("_")
    if license_id != str(LICENSE_ID) or not group_id.isdecimal() or len(group_id) > 9:
        return HTMLResponse("There is no such group here.", 404)
    return await _frame(request, int(group_id), f"/licence/{license_and_group}/customer")


async def _frame(request: Request, group_id: int, path: str) -> Response:
    query = request.query_params
    origin = _origin(query.get("post_message_uri") or query.get("redirect_uri") or "")
    if origin is None:
        return HTMLResponse("post_message_uri must be the address of a page.", 400)
    state = query.get("state", "")
    try:
        await keep_pace(request)
        check(CustomerTokenRequest.read({**query, "grant_type": "cookie"}))
        token, secret = await issue(request, known_by_cookies(request), group_id, new=True, page=origin)
    except ValidationError:
        return _page({"state": state, "oauth_exception": "invalid_request"}, origin)
    except OAuthError as error:
        return _page({"state": state, "oauth_exception": error.code}, origin)
    message = token.as_json()
    message.pop("refresh_token", None)  # The parent page is another site's.
    response = _page({"state": state, **message}, origin)
    set_cookies(response, token, secret, path)
    return response


def _origin(uri: str) -> str | None:
    parts = urlsplit(uri)
    if parts.scheme not in ("http", "https") or not parts.netloc or not _plain(parts.netloc):
        return None
    return f"{parts.scheme}://{parts.netloc}"


def _plain(host: str) -> bool:
    """Whether a host is written in letters that mean nothing to HTML and JavaScript."""
    return all(letter.isalnum() or letter in ".-:[]" for letter in host) and host.isascii()


def _page(message: Json, origin: str) -> Response:
    nonce = token_urlsafe(16)
    text = json.dumps(message).replace("<", "\\u003c")
    policy = f"default-src 'none'; script-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'"
    html = PAGE.substitute(message=text, origin=origin, nonce=nonce)
    return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})
