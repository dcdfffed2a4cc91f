"""Trusted domains in the settings: adding, removing, and not locking visitors out without being told."""

from typing import Any

from agent_console.trusting import locked_out
from tests.agent_console.platform_fake import AT
from tests.agent_console.stage import FakeOrganization, Stage, at_work


async def at_domains(*domains: str, visited: tuple[str, ...] = ()) -> Stage:
    """The list in front, with visitors on these pages."""
    stage = await at_work(organization=FakeOrganization(domains=[*domains]))
    for number, url in enumerate(visited):
        pages = [{"url": url, "title": "", "opened_at": AT % 1}]
        visit = {"started_at": AT % 1, "last_pages": pages}
        customer: dict[str, Any] = {
            "id": f"v{number}",
            "type": "customer",
            "online": True,
            "created_at": AT % 0,
            "visit": visit,
        }
        stage.desk.platform.push("incoming_customer", **customer)
    stage.console.act("place", "settings")
    stage.console.act("settings-part", "domains")
    await stage.go_on()
    return stage


async def add(stage: Stage, entered: str) -> str:
    """Enter something and press Add; what the settings show."""
    stage.page.fields["trusted-domain"] = entered
    stage.console.submit("domain-form")
    await stage.go_on()
    return stage.page.areas["settings"]


async def test_the_address_of_a_page_is_added_as_its_domain() -> None:
    stage = await at_domains()
    assert "The chat runs on every site." in stage.page.areas["settings"]

    assert "shop.example" in await add(stage, "https://www.Shop.example/cups?size=2")
    assert stage.organization.domains == ["shop.example"]
    assert stage.page.fields["trusted-domain"] == ""


async def test_what_is_no_domain_stays_in_the_field_with_what_is_wrong() -> None:
    stage = await at_domains("shop.example")

    assert "like shop.example" in await add(stage, "my shop")
    assert "in the list already" in await add(stage, "www.shop.example")
    assert stage.organization.requests("add_trusted_domain") == []
    assert (stage.page.focused, stage.page.fields["trusted-domain"]) == ("trusted-domain", "www.shop.example")


async def test_what_the_server_does_not_take_for_one_is_said_there_too() -> None:
    stage = await at_domains()
    stage.organization.refuse = {"add_trusted_domain": "validation"}

    assert "like shop.example" in await add(stage, "-shop-.example")
    assert stage.page.areas["failures"] == ""


async def test_the_first_domain_asks_before_it_locks_out_where_visitors_are_now() -> None:
    stage = await at_domains(visited=("https://blog.example/a", "https://shop.example/", "http://localhost:8000/"))
    await add(stage, "shop.example")
    assert "Visitors are on blog.example now." in stage.page.areas["asking"]
    assert stage.organization.domains == []

    stage.console.submit("confirm-form")
    await stage.go_on()
    assert stage.organization.domains == ["shop.example"]


async def test_a_domain_is_removed_at_once_where_nobody_is_locked_out() -> None:
    stage = await at_domains("blog.example", "shop.example", visited=("https://shop.example/",))
    stage.console.act("remove-domain", "blog.example")
    await stage.go_on()
    assert stage.organization.domains == ["shop.example"]

    stage.console.act("remove-domain", "shop.example")  # then it runs everywhere
    await stage.go_on()
    assert stage.organization.domains == []


async def test_what_another_tab_or_agent_changes_is_seen() -> None:
    stage = await at_domains("shop.example")
    stage.organization.domains.append("blog.example")
    stage.desk.platform.push("trusted_domains_updated", domains=["blog.example", "shop.example"])
    await stage.go_on()

    assert "blog.example" in stage.page.areas["settings"]


async def test_a_refusal_that_is_not_about_the_domain_stands_where_all_failures_do() -> None:
    stage = await at_domains("shop.example")
    stage.organization.refuse = {"add_trusted_domain": "authorization"}
    await add(stage, "blog.example")

    assert "The domain could not be added" in stage.page.areas["failures"]
    assert "shop.example" in stage.page.areas["settings"]


def test_only_sites_that_had_the_chat_are_locked_out_and_never_the_servers_own() -> None:
    visited = ("https://chat.example/", "https://de.shop.example/", "https://blog.example/", "about:blank", "//[")

    assert locked_out(visited, [], ["shop.example"], own="chat.example") == ["blog.example"]
    assert locked_out(visited, ["shop.example"], ["other.example"], own="chat.example") == ["de.shop.example"]
    assert locked_out(visited, ["shop.example"], [], own="chat.example") == []
