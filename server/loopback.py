"""This machine's own names, and requests that come from nowhere else."""

from ipaddress import ip_address

from starlette.requests import Request

__all__ = ["is_loopback", "other_name", "stays_here"]

_OTHER = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def other_name(host: str) -> str:
    """This machine under its other name, which browsers take for another site; any other host as it is."""
    return _OTHER.get(host, host)


def stays_here(request: Request) -> bool:
    """Whether a request comes from this machine, was sent to it by name, and not by another site's page.

    The name matters: a page of a domain that was made to point here would otherwise pass (DNS rebinding).
    """
    return (
        request.client is not None
        and is_loopback(request.client.host)
        and is_loopback(request.url.hostname or "")
        and request.headers.get("sec-fetch-site") in ("none", "same-origin")
    )
