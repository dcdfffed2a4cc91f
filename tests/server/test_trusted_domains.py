"""The widget on trusted domains only: what is kept, and what a foreign site is told at each place that knows it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from sqlalchemy.orm import Session

from server import seed
from server.organization import ORGANIZATION_ID
from server.settings import PROJECT, Settings
from server.trusted_domains import frame_ancestors, may_run
from tests.parts import parts
from tests.server.platform import RunningServer
from tools.release import quick, write_release
from widget.wire.trusted_domains import reduced, trusts

FOREIGN = {"Origin": "https://foreign.example", "Referer": "https://foreign.example/"}
SHOP = {"Origin": "https://www.shop.example", "Referer": "https://www.shop.example/"}


@pytest.fixture
def shop(server: RunningServer) -> RunningServer:
    """A server whose chat is for shop.example."""
    server.configure("add_trusted_domain", {"domain": "shop.example"})
    return server


def listed(server: RunningServer) -> list[str]:
    return [each["domain"] for each in server.configure("list_trusted_domains")]


# What is a domain


@pytest.mark.parametrize(
    "typed",
    [
        "shop.example",
        " Shop.Example. ",
        "*.shop.example",
        "https://www.shop.example/cups?size=2#top",
        "http://sam:secret@shop.example:8080",
        "shop.example:443/",
    ],
)
def test_an_address_is_reduced_to_its_domain(typed: str) -> None:
    assert reduced(typed) == "shop.example"


def test_www_is_no_prefix_where_nothing_but_the_top_is_left() -> None:
    assert reduced("https://www.com/") == "www.com"


def test_a_domain_is_trusted_with_all_that_is_below_it_and_nothing_that_only_ends_like_it() -> None:
    assert trusts(["shop.example"], "shop.example")
    assert trusts(["shop.example"], "a.b.shop.example")
    assert not trusts(["shop.example"], "workshop.example")
    assert not trusts(["shop.example"], "shop.example.evil")
    assert not trusts(["de.shop.example"], "shop.example")
    assert not trusts(["10.0.0.1"], "9.10.0.0.1")
    assert not trusts(["intranet"], "evil.intranet")


def test_without_a_list_every_site_may_and_with_one_this_machine_and_the_server_itself_still_do() -> None:
    assert may_run([], "foreign.example", None)
    assert not may_run(["shop.example"], "foreign.example", "chat.example")
    for host in ("localhost", "127.0.0.1", "::1", "chat.example", None):
        assert may_run(["shop.example"], host, "chat.example")


# The list


def test_an_administrator_adds_and_removes_domains_and_all_agents_hear_of_it(server: RunningServer) -> None:
    agent = server.agent()
    assert server.configure("add_trusted_domain", {"domain": "https://www.Shop.example/"}) == {"domain": "shop.example"}
    assert agent.told("trusted_domains_updated") == {"domains": ["shop.example"]}
    server.configure("add_trusted_domain", {"domain": "shop.example"})
    server.configure("add_trusted_domain", {"domain": "bücher.example"})
    assert listed(server) == ["shop.example", "xn--bcher-kva.example"]
    street = server.configure("add_trusted_domain", {"domain": "straße.shop.example"})
    assert street == {"domain": "xn--strae-oqa.shop.example"}  # another site than strasse.shop.example
    server.configure("remove_trusted_domain", street)

    server.configure("remove_trusted_domain", {"domain": "shop.example"})
    assert listed(server) == ["xn--bcher-kva.example"]
    assert server.configuration("remove_trusted_domain", {"domain": "shop.example"}).status_code == 404


@pytest.mark.parametrize("typed", ["", "shop example", "https://", "*", "-shop.example", "a..b", "[::1]", "ä" * 300])
def test_what_is_no_domain_is_refused(server: RunningServer, typed: str) -> None:
    answer = server.configuration("add_trusted_domain", {"domain": typed})

    assert answer.json()["error"]["type"] == "validation"
    assert "one looks like shop.example" in answer.json()["error"]["message"]


def test_others_read_the_list_and_change_nothing(shop: RunningServer) -> None:
    def add(session: Session) -> str:
        return seed.add_agent(session, "kim@example.com", "Kim")

    token = shop.database.submit(add).result(5)
    shop.settings.data.joinpath("token of kim@example.com").write_text(token)
    kim = "kim@example.com"

    assert shop.configure("list_trusted_domains", account=kim)[0]["author_id"] == seed.FIRST_AGENT
    for action in ("add_trusted_domain", "remove_trusted_domain"):
        answer = shop.configuration(action, {"domain": "shop.example"}, kim)
        assert answer.json()["error"]["type"] == "authorization"


# What a foreign site is told


def test_a_foreign_site_gets_no_token_and_is_told_why(shop: RunningServer) -> None:
    for refused in (
        shop.token_request(headers=FOREIGN),
        shop.token_request(headers={"Referer": FOREIGN["Referer"]}),
        shop.token_request(redirect_uri="https://foreign.example/"),
    ):
        assert (refused.status_code, refused.json()["oauth_exception"]) == (403, "access_denied")
        assert "foreign.example is none of the trusted domains" in refused.json()["exception_description"]

    assert shop.token_request(headers=SHOP, redirect_uri="https://shop.example/").status_code == 200
    assert shop.token_request(headers={"Origin": "http://localhost:3000"}).status_code == 200
    assert shop.token_request().status_code == 200


def test_nor_does_it_by_the_frame_of_the_oldest_clients(shop: RunningServer) -> None:
    query = {"client_id": "demo", "license_id": "1000001", "response_type": "token"}

    def frame(page: str) -> str:
        return shop.http.get("/customer", params={**query, "post_message_uri": page}).text

    assert '"oauth_exception": "access_denied"' in frame("https://foreign.example/")
    assert '"access_token"' in frame("https://shop.example/")


def test_what_a_widget_asks_first_says_whether_the_domain_is_allowed(shop: RunningServer) -> None:
    def allowed(**query: Any) -> bool:
        path = "/v3.6/customer/action/get_dynamic_configuration"
        answer = shop.http.get(path, params={"organization_id": ORGANIZATION_ID, "group_id": 0, **query})
        return bool(answer.json()["livechat"]["domain_allowed"])

    assert allowed(url="https://de.shop.example/cups")
    assert not allowed(url="https://foreign.example/shop.example")
    assert allowed(url=str(shop.http.base_url))
    assert allowed()


def test_a_foreign_site_reads_no_themes(shop: RunningServer) -> None:
    assert shop.http.get("/widgets/x/themes", headers=FOREIGN).status_code == 403
    assert shop.http.get("/widgets/x/themes", headers=SHOP).status_code == 200


def test_instead_of_the_loader_a_foreign_site_gets_a_script_that_says_why(shop: RunningServer) -> None:
    refused = shop.http.get("/widget.js", headers={"Referer": FOREIGN["Referer"]})
    loader = shop.http.get("/widget.js", headers={"Referer": SHOP["Referer"]})
    assert "DOMAIN_NOT_TRUSTED" in refused.text
    assert "createWidget" in loader.text
    assert refused.headers["vary"] == loader.headers["vary"] == "Referer"

    again = {"Referer": FOREIGN["Referer"], "If-None-Match": loader.headers["etag"]}
    assert shop.http.get("/widget.js", headers=again).text == refused.text


# Frames


def test_browsers_leave_the_window_out_of_other_sites(server: RunningServer) -> None:
    def policy() -> str:
        return server.http.get("/widget/?id=x").headers["content-security-policy"]

    assert policy().endswith("frame-ancestors *")
    server.configure("add_trusted_domain", {"domain": "shop.example"})
    ancestors = policy().partition("frame-ancestors ")[2].split()
    assert {"'self'", "https://shop.example:*", "https://*.shop.example:*", "http://localhost:*"} <= {*ancestors}
    assert "*" not in ancestors


def test_an_address_has_no_subdomains_in_a_policy() -> None:
    assert "*.10.0.0.1" not in frame_ancestors(["10.0.0.1"], "chat.example")
    assert "http://10.0.0.1:*" in frame_ancestors(["10.0.0.1"], "chat.example")


@pytest.fixture
def released(settings: Settings, tmp_path: Path) -> Iterator[RunningServer]:
    """A server with the widget as a release has it."""
    project = tmp_path / "project"
    copytree(PROJECT / "static", project / "static")
    served = Settings(data=settings.data, port=0, project=project)
    write_release(parts(), served.release, image=quick)
    running = RunningServer(served)
    yield running
    running.stop()


def test_a_page_that_a_browser_has_kept_is_sent_anew_when_the_list_has_changed(released: RunningServer) -> None:
    def ask(tag: str = "") -> Any:
        return released.http.get("/widget/?id=x", headers={"If-None-Match": tag})

    first = ask().headers["etag"]
    assert ask(first).status_code == 304

    released.configure("add_trusted_domain", {"domain": "shop.example"})
    second = ask(first)
    assert (second.status_code, ask(second.headers["etag"]).status_code) == (200, 304)
    assert "https://shop.example:*" in second.headers["content-security-policy"]

    released.configure("remove_trusted_domain", {"domain": "shop.example"})
    assert ask(second.headers["etag"]).headers["content-security-policy"] == "frame-ancestors *"


def test_with_https_the_window_has_pictures_with_https_only(released: RunningServer) -> None:
    said = released.http.get("/widget/?id=x", headers={"X-Forwarded-Proto": "https"}).headers["content-security-policy"]

    assert said == "frame-ancestors *; img-src 'self' data: blob: https:"
