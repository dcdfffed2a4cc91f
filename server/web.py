"""The same actions over HTTP: ``/v3.x/{customer,agent,configuration}/action/NAME`` (spec: customer-web, section 1)."""

import asyncio
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import JsonValue
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from server.agent_api import AGENT_CHAT
from server.api import Action, Api, Errand, refusal
from server.bodies import BodyTooLarge, read_object
from server.configuration import CONFIGURATION
from server.customer_api import CUSTOMER_CHAT
from server.customer_chat_30 import CUSTOMER_CHAT_30
from server.limits import REQUEST_WITHIN
from server.pace import RETRY_AFTER, Pace, address_of
from server.platform import Platform
from server.rtm import names_organization
from server.transaction import Requester, Transaction
from server.uploads import send_file, upload_file
from server.versions import VERSIONS, for_version, from_version, has_action
from widget.wire.base import Json
from widget.wire.errors import Refused
from widget.wire.frames import Payload

__all__ = ["APIS", "actions", "api_of"]

log = logging.getLogger(__name__)

APIS = {"customer": CUSTOMER_CHAT, "agent": AGENT_CHAT, "configuration": CONFIGURATION}

STATUS = {
    "agent_offline": 422,
    "already_exists": 409,
    "authentication": 401,
    "authorization": 403,
    "chat_already_active": 409,
    "chat_inactive": 409,
    "chat_limit_reached": 409,
    "customer_banned": 403,
    "entity_too_large": 413,
    "greeting_not_found": 404,
    "group_not_found": 404,
    "group_offline": 422,
    "group_unavailable": 422,
    "groups_offline": 422,
    "internal": 500,
    "license_not_found": 404,
    "limit_reached": 422,
    "missing_access": 403,
    "not_allowed": 403,
    "not_found": 404,
    "request_timeout": 504,
    "requester_already_offline": 409,
    "requester_awaiting_approval": 403,
    "requester_suspended": 403,
    "service_unavailable": 503,
    "too_many_requests": 429,
    "unsupported_version": 400,
    "validation": 400,
}
"""The status of a refusal. The platform documents none; its clients look at ``error.type``."""

UPLOADS = {"upload_file": upload_file, "send_file": send_file}
"""The actions whose body is a form with a file."""

actions = FastAPI(openapi_url=None)
"""What stands under ``/v3.x/{customer,agent,configuration}/action``."""

actions.add_middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "POST"],
    allow_headers=["Authorization", "Content-Type", "X-API-Version", "X-Author-Id", "X-Region"],
    expose_headers=["Retry-After"],
    max_age=86_400,
)


def api_of(side: str, version: str) -> Api:
    """The API of a side in a version. Raises Refused(not_found), Refused(unsupported_version)."""
    if side not in APIS:
        raise Refused("not_found", f"There is no such API; there are {', '.join(APIS)}.")
    api = CUSTOMER_CHAT_30 if (side, version) == ("customer", "3.0") else APIS[side]
    if version not in api.versions:
        raise Refused("unsupported_version", f"This server knows the versions {', '.join(VERSIONS)}.")
    return api


@actions.api_route("/{action}", methods=["GET", "POST"])
async def act(request: Request, action: str) -> Response:
    """Do what was asked for; pushes go to the sockets of those concerned."""
    version = f"3.{request.path_params['minor']}"
    try:
        api = api_of(request.path_params["side"], version)
        if api.name == "customer" and not names_organization(request.query_params):
            raise Refused("license_not_found", "The address names no organization of this server.")
        async with asyncio.timeout(REQUEST_WITHIN):
            answer = await _paced(request, api, action, version)
    except Exception as error:
        return _refuse(request, refusal(error, action), version)
    return JSONResponse(_enveloped(for_version(answer, version), version))


async def _paced(request: Request, api: Api, name: str, version: str) -> Payload:
    pace: Pace = request.state.pace
    await pace.ask(request)
    try:
        return await _perform(request, api, name, version)
    except Refused as refused:
        if refused.type == "authentication" and "authorization" in request.headers:
            await pace.ask_unknown(request)
        raise


async def _perform(request: Request, api: Api, name: str, version: str) -> Payload:
    if name in UPLOADS and api.name != "configuration" and (name == "upload_file" or version == "3.0"):
        return await UPLOADS[name](request, lambda tx: _requester(tx, api, request, version), request.state.platform)
    action = api.action(name)
    if not has_action(api.name, name, version):
        raise Refused("validation", f"API {version} has no action {name!r}.")
    payload = from_version(api.name, await _payload(request, action, version), version)
    platform: Platform = request.state.platform
    if isinstance(action, Errand):
        await platform.perform(lambda tx: _requester(tx, api, request, version))
        return await action(payload)
    if not action.over_http:
        raise Refused("validation", f"{name} needs a WebSocket.")
    return await platform.perform(lambda tx: action(tx, _asks(tx, api, action, request, version), payload))


async def _payload(request: Request, action: Action[Any] | Errand[Any], version: str) -> Json:
    """What is asked: the body, or with GET the query. API 3.0 wraps it once more."""
    if request.method == "GET":
        if isinstance(action, Errand) or not (action.public or action.over_get):
            raise Refused("validation", "Ask with POST.")
        return dict(request.query_params)
    payload = await _read(request)
    if version != "3.0":
        return payload
    inner = payload.get("payload", {})
    if not isinstance(inner, dict):
        raise Refused("validation", "`payload` must be an object")
    return inner


async def _read(request: Request) -> Json:
    try:
        return await read_object(request)
    except BodyTooLarge as error:
        raise Refused("entity_too_large", str(error)) from error
    except ValueError as error:
        raise Refused("validation", str(error)) from error


def _asks(tx: Transaction, api: Api, action: Action[Any], request: Request, version: str) -> Requester:
    """Who asks; for what is public that does not matter."""
    return Requester("", asked_as=request.url.hostname) if action.public else _requester(tx, api, request, version)


def _requester(tx: Transaction, api: Api, request: Request, version: str) -> Requester:
    requester = api.authorize(tx, request.headers.get("authorization", ""))
    return api.asks(tx, requester, request.headers.get("x-author-id"), version)


def _enveloped(answer: JsonValue, version: str) -> JsonValue:
    return {"payload": answer} if version == "3.0" else answer


def _refuse(request: Request, refused: Refused, version: str) -> Response:
    too_soon = refused.type == "too_many_requests"
    if not too_soon:
        log.warning(
            "refused %s (%s): %s: %s", address_of(request), request.url.path[:80], refused.type, refused.message
        )
    error: JsonValue = refused.body().as_json()
    status, headers = STATUS.get(refused.type, 400), RETRY_AFTER if too_soon else None
    return JSONResponse(_enveloped({"error": error}, version), status, headers)
