"""The platform's APIs for programs: Agent Chat, Customer Chat and Configuration, in Pyodide and on CPython.

    async with Agent.RTM(WebSocket, token_getter) as rtm:
        async for action, payload in rtm:
            ...

``docs/bots.md`` begins there; ``docs/platform-sdk.md`` lists every method.
"""

from widget.platform_sdk.agent import Agent, AgentPush
from widget.platform_sdk.configuration import Configuration
from widget.platform_sdk.cpython import WebSocket, fetch
from widget.platform_sdk.customer import Customer, CustomerPush
from widget.platform_sdk.tokens import Token, TokenGetter, region_of, token_getter_from_pat
from widget.platform_sdk.versions import STABLE, VERSIONS, Version

__all__ = [
    "STABLE",
    "VERSIONS",
    "Agent",
    "AgentPush",
    "Configuration",
    "Customer",
    "CustomerPush",
    "Token",
    "TokenGetter",
    "Version",
    "WebSocket",
    "fetch",
    "region_of",
    "token_getter_from_pat",
]
