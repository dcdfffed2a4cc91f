"""Where the platform is: its own address, unless a client is given another, such as that of the embedded server."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from widget.platform_sdk.versions import Version
from widget.wire.errors import WrongArgument

__all__ = ["API_URL", "action_url", "checked_url", "socket_url"]

API_URL = "https://api.livechatinc.com"
"""The platform's own."""


def checked_url(base_url: str) -> str:
    """A base address without a slash at its end. Raises WrongArgument when it is none."""
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise WrongArgument(f"base_url: {base_url!r} is not an address that begins with http:// or https://.")
    return base_url.rstrip("/")


def action_url(base_url: str, api: str, version: Version, action: str) -> str:
    """Where an action is asked for over HTTP."""
    return f"{base_url}/v{version}/{api}/action/{action}"


def socket_url(base_url: str, api: str, version: Version, query: Mapping[str, str]) -> str:
    """Where a WebSocket is opened: ``wss`` where the base address has ``https``."""
    url = f"ws{base_url.removeprefix('http')}/v{version}/{api}/rtm/ws"
    return f"{url}?{urlencode(query)}" if query else url
