"""Where a client begins: ``init``, which makes one in the words of the ids it is given.

A ``license`` gives the first words of the SDK (``CustomerSDK2``), an ``organization_id`` today's (``CustomerSDK5``).
"""

import inspect
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar, overload

from pydantic import InstanceOf
from typing_extensions import TypedDict

from widget.customer_sdk.arguments import checked_as
from widget.customer_sdk.auth import TOKEN_PREFIX, CustomerAuth, Platform
from widget.customer_sdk.client import Config, World
from widget.customer_sdk.identity import IdentityProvider, ProvidedAuth
from widget.customer_sdk.sdk2 import CustomerFields, CustomerSDK2, WebPageFields
from widget.customer_sdk.sdk5 import CustomerSDK5
from widget.customer_sdk.shapes import session_fields
from widget.platform_sdk.addresses import API_URL, checked_url
from widget.platform_sdk.shapes import Json
from widget.wire.customer import Application
from widget.wire.errors import WrongArgument
from widget.wire.users import Page

__all__ = ["ACCOUNTS_URL", "init"]

ACCOUNTS_URL = "https://accounts.livechatinc.com"
"""Where the platform knows customers, unless there is a ``base_url``."""

VERSION = "5.0.0"
"""The version of the SDK whose words are today's."""


class CustomerData(TypedDict, total=False):
    """Who the customer is."""

    name: str
    email: str
    avatar: str
    session_fields: dict[str, str]


CustomerDataProvider = Callable[[], CustomerData | Awaitable[CustomerData]]
"""Tells who the customer is; may be asynchronous."""


@overload
def init(
    *,
    license: int,
    client_id: str,
    group: int | None = ...,
    region: str | None = ...,
    page: WebPageFields | None = ...,
    referrer: str | None = ...,
    customer: CustomerFields | None = ...,
    auto_connect: bool = ...,
    redirect_uri: str = ...,
    base_url: str | None = ...,
    accounts_url: str | None = ...,
    world: World | None = ...,
) -> CustomerSDK2: ...
@overload
def init(
    *,
    organization_id: str,
    client_id: str,
    group_id: int | None = ...,
    region: str | None = ...,
    unique_groups: bool = ...,
    page: WebPageFields | None = ...,
    referrer: str | None = ...,
    mobile: bool | None = ...,
    channel_type: str | None = ...,
    customer_data_provider: CustomerDataProvider | None = ...,
    identity_provider: Callable[[], IdentityProvider] | None = ...,
    token_storage_prefix: str = ...,
    auto_connect: bool = ...,
    redirect_uri: str = ...,
    base_url: str | None = ...,
    accounts_url: str | None = ...,
    world: World | None = ...,
) -> CustomerSDK5: ...
def init(**config: Any) -> CustomerSDK2 | CustomerSDK5:
    """A client. It begins to connect at once, unless ``auto_connect`` is false; an event loop must be running.

    ``base_url`` is that of another server than the platform, such as ``http://127.0.0.1:8000``; ``accounts_url`` where
    its customers sign in, if that is elsewhere. ``world`` is what the client needs of where it runs; on CPython it need
    not be given. ``customer_data_provider`` is asked before each login. ``identity_provider`` is called once; with what
    it gives, nobody asks the platform's accounts for a token. Else the token is kept under a name that begins with
    ``token_storage_prefix``. Raises WrongArgument.
    """
    if "organization_id" in config:
        return _today(CustomerSDK5, **config)
    if "license" in config:
        return _first(CustomerSDK2, **config)
    raise WrongArgument("init: `organization_id`: Field required")


@checked_as("init")
def _first(
    sdk: type[CustomerSDK2],
    *,
    license: int,
    client_id: str,
    group: int | None = None,
    region: str | None = None,
    page: WebPageFields | None = None,
    referrer: str | None = None,
    customer: CustomerFields | None = None,
    auto_connect: bool = True,
    redirect_uri: str = "",
    base_url: str | None = None,
    accounts_url: str | None = None,
    world: InstanceOf[World] | None = None,
) -> CustomerSDK2:
    api, accounts = _addresses(base_url, accounts_url, region)
    platform = Platform(api, accounts, "", client_id, license=license)
    fields = {"session_fields" if name == "fields" else name: value for name, value in (customer or {}).items()}
    config = Config(
        api=api,
        application=Application(name="customer_sdk", version=VERSION),
        customer=_as_wire(fields),
        group_id=group,
        page=_page(page),
        referrer=referrer,
    )
    world = world or _here()
    auth = CustomerAuth(platform, world.http, world.storage, page=redirect_uri)
    return _started(sdk(config, auth, world), auto_connect=auto_connect)


@checked_as("init")
def _today(
    sdk: type[CustomerSDK5],
    *,
    organization_id: str,
    client_id: str,
    group_id: int | None = None,
    region: str | None = None,
    unique_groups: bool = False,
    page: WebPageFields | None = None,
    referrer: str | None = None,
    mobile: bool | None = None,
    channel_type: str | None = None,
    customer_data_provider: CustomerDataProvider | None = None,
    identity_provider: Callable[[], IdentityProvider] | None = None,
    token_storage_prefix: str = TOKEN_PREFIX,
    auto_connect: bool = True,
    redirect_uri: str = "",
    base_url: str | None = None,
    accounts_url: str | None = None,
    world: InstanceOf[World] | None = None,
) -> CustomerSDK5:
    api, accounts = _addresses(base_url, accounts_url, region)
    platform = Platform(
        api, accounts, organization_id, client_id, unique_group=(group_id or 0) if unique_groups else None
    )
    config = Config(
        api=api,
        application=Application(name="customer_sdk", version=VERSION, channel_type=channel_type),
        customer_data=None if customer_data_provider is None else _Provided(customer_data_provider),
        group_id=group_id,
        page=_page(page),
        referrer=referrer,
        is_mobile=mobile,
    )
    world = world or _here()
    auth = (
        CustomerAuth(platform, world.http, world.storage, page=redirect_uri, prefix=token_storage_prefix)
        if identity_provider is None
        else ProvidedAuth(identity_provider, organization_id)
    )
    return _started(sdk(config, auth, world), auto_connect=auto_connect)


SDK = TypeVar("SDK", CustomerSDK2, CustomerSDK5)


def _started(client: SDK, *, auto_connect: bool) -> SDK:
    if auto_connect:
        client.connect()
    return client


def _here() -> World:
    if sys.platform == "emscripten":
        raise WrongArgument("init: `world`: in the browser it has to be given")
    from widget.customer_sdk.cpython import world

    return world()


def _addresses(base_url: str | None, accounts_url: str | None, region: str | None) -> tuple[str, str]:
    """Where the API is, and where the accounts are."""
    if base_url is not None:
        return checked_url(base_url), checked_url(accounts_url or base_url)
    return API_URL.replace("api.", f"api-{region}.") if region else API_URL, accounts_url or ACCOUNTS_URL


def _page(page: WebPageFields | None) -> Page | None:
    return None if page is None else Page(url=page["url"], title=page.get("title"))


class _Provided:
    """What a provider gives, as the wire has it."""

    def __init__(self, provider: CustomerDataProvider) -> None:
        self._provider = provider

    async def __call__(self) -> Json:
        given = self._provider()
        return self._read(await given if inspect.isawaitable(given) else given)

    @checked_as("customer_data_provider")
    def _read(self, data: CustomerData) -> Json:
        return _as_wire(data)


def _as_wire(data: Mapping[str, Any]) -> Json:
    given: Json = {name: value for name, value in data.items() if name != "session_fields" and value is not None}
    if data.get("session_fields"):
        given["session_fields"] = list(session_fields(data["session_fields"]))
    return given
