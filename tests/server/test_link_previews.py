"""What pages say of themselves, for a preview of a link."""

import socket as sockets

import pytest

from server import link_previews
from tests.server.elsewhere import Elsewhere
from widget.wire.customer_requests import GetUrlInfo
from widget.wire.errors import Refused


async def test_a_page_says_what_it_is(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    async def anywhere(host: str, port: int) -> str:
        return host

    monkeypatch.setattr(link_previews, "public_address", anywhere)
    url = f"http://127.0.0.1:{elsewhere.server_port}/moved"
    info = await link_previews.get_url_info(GetUrlInfo(url=url))

    assert (info.url, info.title, info.image_url) == (url, "Cups", "a.example/cup.png")


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "ftp://a.example/", "a"])
async def test_the_servers_own_network_is_not_asked(url: str) -> None:
    with pytest.raises(Refused):
        await link_previews.get_url_info(GetUrlInfo(url=url))


async def test_a_page_that_does_not_answer_has_only_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nowhere(host: str, port: int) -> str:
        raise sockets.gaierror

    monkeypatch.setattr(link_previews, "public_address", nowhere)
    info = await link_previews.get_url_info(GetUrlInfo(url="https://a.example/"))

    assert info.as_json() == {"url": "https://a.example/"}
