"""The same actions over HTTP: ``POST /v3.x/{customer,agent}/action/NAME`` (spec: customer-web, section 1)."""

import asyncio
import logging

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import JsonValue
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from server.agent_chat import AGENT_CHAT
from server.api import Api, refusal
from server.bodies import BodyTooLarge, read_object
from server.customer_chat import CUSTOMER_CHAT
from server.limits import REQUEST_WITHIN
from server.organization import ORGANIZATION_ID
from server.platform import Platform
from server.transaction import Transaction
from server.versions import VERSIONS, for_version
from widget.wire.base import Json
from widget.wire.errors import Refused
from widget.wire.frames import Payload

__all__ = ["APIS", "actions"]

log = logging.getLogger(__name__)

APIS = {"customer": CUSTOMER_CHAT, "agent": AGENT_CHAT}

STATUS = {
    "agent_offline": 422,
    "authentication": 401,
    "authorization": 403,
    "chat_already_active": 409,
    "chat_inactive": 409,
    "chat_limit_reached": 409,
    "entity_too_large": 413,
    "group_not_found": 404,
    "group_offline": 422,
    "group_unavailable": 422,
    "internal": 500,
    "license_not_found": 404,
    "missing_access": 403,
    "not_allowed": 403,
    "not_found": 404,
    "request_timeout": 504,
    "service_unavailable": 503,
    "too_many_requests": 429,
    "unsupported_version": 400,
    "validation": 400,
}
"""The status of a refusal. The platform documents none; its clients look at ``error.type``."""

actions = FastAPI(openapi_url=None)
"""What stands under ``/v3.x/{customer,agent}/action``."""

actions.add_middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "POST"],
    allow_headers=["Authorization", "Content-Type", "X-API-Version", "X-Author-Id", "X-Region"],
    max_age=86_400,
)


@actions.post("/{action}")
async def act(request: Request, action: str) -> Response:
    """Do what was asked for; pushes go to the sockets of those concerned."""
    version = f"3.{request.path_params['minor']}"
    try:
        api = _api(request, version)
        payload = await _read(request)
        async with asyncio.timeout(REQUEST_WITHIN):
            answer = await _perform(request, api, action, payload)
    except Exception as error:
        return _refuse(request, refusal(error, action))
    return JSONResponse(for_version(answer, version))


async def _read(request: Request) -> Json:
    try:
        return await read_object(request)
    except BodyTooLarge as error:
        raise Refused("entity_too_large", str(error)) from error
    except ValueError as error:
        raise Refused("validation", str(error)) from error


def _api(request: Request, version: str) -> Api:
    """The API that the address names. Raises Refused."""
    api = APIS.get(request.path_params["side"])
    if version not in VERSIONS:
        raise Refused("unsupported_version", f"This server knows the versions {', '.join(VERSIONS)}.")
    if api is None:
        raise Refused("not_found", f"There is no such API; there are {' and '.join(APIS)}.")
    if api.name == "customer" and request.query_params.get("organization_id") != ORGANIZATION_ID:
        raise Refused("license_not_found", "The address names no organization of this server.")
    return api


async def _perform(request: Request, api: Api, name: str, payload: Json) -> Payload:
    action = api.action(name)
    if not action.over_http:
        raise Refused("validation", f"{name} needs a WebSocket.")
    authorization = request.headers.get("authorization", "")
    platform: Platform = request.state.platform

    def work(tx: Transaction) -> Payload:
        return action(tx, api.authorize(tx, authorization), payload)

    return await platform.perform(work)


def _refuse(request: Request, refused: Refused) -> Response:
    client = request.client.host if request.client else None
    log.warning("refused %s (%s): %s: %s", client, request.url.path[:80], refused.type, refused.message)
    error: JsonValue = refused.body().as_json()
    return JSONResponse({"error": error}, status_code=STATUS.get(refused.type, 400))
