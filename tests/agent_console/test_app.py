"""The console at work, on a page that only remembers what was painted on it."""

import json
from typing import Any

import pytest

from tests.agent_console.platform_fake import ANN, AT, ME, agent, chat, message
from tests.agent_console.stage import FakeOrganization, FakePage, Stage
from tests.fakes import MemoryStorage, settle


async def test_it_signs_in_by_itself_and_shows_the_chats(stage: Stage) -> None:
    assert "Hello from A" in stage.page.areas["chats"]
    assert stage.page.title == "(2) Chats"
    assert stage.tab.texts != {}


async def test_elsewhere_it_asks_and_a_wrong_token_leads_back_with_the_reason() -> None:
    stage = Stage(offered=None)
    stage.desk.platform.refuse["login"] = "authentication"
    console = await stage.start()
    assert "Sign in to answer chats" in stage.page.areas["console"]

    stage.page.fields = {"account": ANN, "token": "wrong"}
    console.submit("sign-in")
    await settle()
    await stage.desk.let_in()
    stage.paint()

    assert "do not belong together" in stage.page.areas["console"]
    assert stage.page.focused == "token"


async def test_old_credentials_that_the_tab_kept_are_replaced_by_those_the_server_offers() -> None:
    stage = Stage(
        tab=MemoryStorage({"live-chat-agent:credentials": '{"account_id": "me@example.com", "token": "old"}'})
    )
    stage.desk.platform.refuse["login"] = "authentication"
    await stage.start()

    stage.desk.platform.refuse.clear()
    await settle()
    await stage.desk.let_in()
    stage.paint()

    assert "Sign in to answer chats" not in stage.page.areas["console"]
    assert '"token":"secret"' in stage.tab.texts["live-chat-agent:credentials"]


async def test_a_form_that_is_not_filled_in_asks_nobody() -> None:
    stage = Stage(offered=None)
    console = await stage.start()

    stage.page.fields = {"account": "ann", "token": "secret"}
    console.submit("sign-in")
    stage.paint()

    assert "Enter the e-mail address" in stage.page.areas["console"]
    assert stage.desk.platform.network.sockets == []


async def test_to_open_a_chat_shows_it_marks_it_seen_and_lets_me_write(stage: Stage) -> None:
    stage.console.act("open", "A")
    await stage.go_on()

    assert "Hello from A" in stage.page.areas["talk"]
    assert stage.page.focused == "message"
    assert stage.page.address == "A"
    assert stage.page.title == "(1) Chats"


async def test_a_chat_in_a_hidden_tab_is_not_seen(stage: Stage) -> None:
    stage.page.visible = False
    stage.console.act("open", "A")
    await stage.go_on()

    assert stage.page.title == "(2) Chats"


async def test_a_chat_is_seen_also_when_the_one_before_was_scrolled_up(stage: Stage) -> None:
    stage.console.act("open", "A")
    await stage.go_on()
    stage.page.end = False
    stage.console.act("open", "B")
    await stage.go_on()

    assert stage.page.title == "Chats"


async def test_each_chat_has_its_own_draft_and_a_note_stays_a_note(stage: Stage) -> None:
    console, page = stage.console, stage.page
    console.act("open", "A")
    console.act("note", "")
    page.fields["message"] = "Only for Ann"
    console.typed("message")

    console.act("open", "B")
    assert page.fields["message"] == ""
    assert 'aria-pressed="false"' in page.areas["talk"]

    console.act("open", "A")
    assert page.fields["message"] == "Only for Ann"
    assert 'aria-pressed="true"' in page.areas["talk"]


async def test_a_reload_finds_the_open_chat_and_its_draft_again(stage: Stage) -> None:
    stage.console.act("open", "A")
    stage.page.fields["message"] = "Half a sent"
    stage.console.typed("message")

    reloaded = Stage(desk=stage.desk, page=FakePage(address="A"))
    await reloaded.start()

    assert "Hello from A" in reloaded.page.areas["talk"]
    assert reloaded.page.fields["message"] == "Half a sent"


async def test_enter_sends_and_empties_the_composer(stage: Stage) -> None:
    stage.console.act("open", "A")
    stage.page.fields["message"] = " Good morning "
    stage.console.submit("composer")
    await stage.go_on()

    assert stage.page.fields["message"] == ""
    assert stage.desk.platform.socket.last("send_event")["payload"]["event"]["text"] == "Good morning"
    assert "Good morning" in stage.page.areas["talk"]


async def test_keys_walk_through_the_list_and_know_when_somebody_writes(stage: Stage) -> None:
    console, page = stage.console, stage.page

    assert console.pressed("j", alt=False, writing=False)
    first = page.address
    assert console.pressed("ArrowDown", alt=True, writing=True)
    second = page.address

    assert {first, second} == {"A", "B"}
    assert not console.pressed("j", alt=False, writing=True)
    assert page.address == second


async def test_single_keys_can_be_turned_off(stage: Stage) -> None:
    stage.console.act("single-keys", "off")

    assert not stage.console.pressed("j", alt=False, writing=False)
    assert stage.console.pressed("ArrowDown", alt=True, writing=False)


async def test_e_closes_my_chat_and_t_takes_one_that_waits(stage: Stage) -> None:
    for chat_id, key in (("A", "e"), ("C", "t")):
        stage.console.act("open", chat_id)
        assert stage.console.pressed(key, alt=False, writing=False)
        await stage.go_on()

    actions = stage.desk.platform.socket.actions()
    assert "deactivate_chat" in actions
    assert "add_user_to_chat" in actions


async def test_a_message_sounds_in_a_hidden_tab_only_and_not_when_muted(stage: Stage) -> None:
    def arrive(minute: int) -> None:
        event = message("A", minute, "Hello?")
        stage.desk.platform.push("incoming_event", chat_id="A", thread_id="T1-A", event=event)

    arrive(4)
    stage.page.visible = False
    arrive(5)
    stage.console.act("mute", "")
    arrive(6)

    assert stage.page.chimes == ["A_5"]


async def test_desktop_notifications_come_only_after_the_agent_asked_for_them(stage: Stage) -> None:
    stage.page.visible = False
    stage.desk.platform.push("incoming_event", chat_id="A", thread_id="T1-A", event=message("A", 4, "One"))
    stage.console.act("notifications", "")
    await stage.go_on()
    stage.desk.platform.push("incoming_event", chat_id="A", thread_id="T1-A", event=message("A", 5, "Two"))

    assert stage.page.notes == [("Visitor VISI", "Two")]


async def test_a_push_about_another_chat_does_not_paint_the_visitors_details_of_this_one_again(stage: Stage) -> None:
    stage.console.act("open", "A")
    await stage.go_on()
    stage.page.paintings.clear()

    stage.desk.platform.push("incoming_event", chat_id="B", thread_id="T1-B", event=message("B", 4, "Hello?"))
    stage.paint()

    assert "chats" in stage.page.paintings
    assert {"details", "failures"} & set(stage.page.paintings) == set()


async def test_on_a_phone_back_leads_to_the_list(stage: Stage) -> None:
    stage.page.phone = True
    stage.console.act("open", "A")
    assert stage.page.front == "talk"

    stage.console.act("list", "")
    assert (stage.page.front, stage.page.address) == ("list", None)


async def test_a_lost_connection_is_mentioned_after_two_seconds(stage: Stage) -> None:
    stage.desk.platform.socket.drop()
    stage.desk.platform.silent.add("login")
    stage.paint()
    assert "Reconnecting" not in stage.page.areas["notices"]

    stage.desk.clock.advance(2)
    stage.paint()
    assert "Reconnecting" in stage.page.areas["notices"]


async def test_who_signs_in_again_finds_their_draft(stage: Stage) -> None:
    stage.console.act("open", "A")
    stage.page.fields["message"] = "Half a sent"
    stage.console.typed("message")
    stage.console.act("sign-out", "")
    stage.paint()

    stage.page.fields = {"account": ME, "token": "secret"}
    stage.console.submit("sign-in")
    await settle()
    await stage.desk.let_in()
    stage.paint()

    assert stage.page.fields["message"] == "Half a sent"


async def test_who_signs_out_sees_the_form_and_hears_nothing_more(stage: Stage) -> None:
    stage.console.act("sign-out", "")
    stage.paint()

    assert "Sign in to answer chats" in stage.page.areas["console"]
    assert not stage.desk.platform.socket.open


# Apps beside the conversation


ORDERS = {"id": "P", "name": "Orders", "url": "https://orders.example/app"}


def kept(*apps: dict[str, str]) -> dict[str, Any]:
    return {"agent_app": {"sidebar_apps": json.dumps(apps)}}


@pytest.fixture
async def with_app() -> Stage:
    """Signed in, with a chat of ours in front and an app beside it that has said hello."""
    stage = Stage(organization=FakeOrganization(properties=kept(ORDERS)))
    stage.desk.platform.add(chat("A", agent(ME), events=[message("A", 1, "Hello from A")]))
    await stage.start()
    await stage.go_on()
    stage.console.act("open", "A")
    await stage.go_on()
    stage.console.act("app", "P")
    stage.frames.loaded("P")
    says(stage, "plugin_inited")
    return stage


def says(stage: Stage, name: str, data: object = None) -> None:
    content = json.dumps({"message": name, "data": data, "plugin_id": "P"})
    stage.frames.heard("P", content, "https://orders.example")
    stage.paint()


def told(stage: Stage, name: str) -> list[Any]:
    return [d["event_data"] for _, d, _ in stage.frames.posts if d.get("event_name") == f"livechat:{name}"]


async def test_an_app_is_told_of_the_chat_in_front_and_when_there_is_none(with_app: Stage) -> None:
    with_app.page.phone = True
    with_app.console.act("list", "")
    with_app.paint()

    (profile,) = told(with_app, "customer_profile")
    assert (profile["id"], profile["source"]) == ("visitor-A", "chats")
    assert profile["chat"]["chat_id"] == "A"
    assert told(with_app, "customer_profile_hidden") == [profile]


async def test_an_apps_text_is_put_into_the_message_and_not_sent(with_app: Stage) -> None:
    with_app.page.fields["message"] = "Hello!"

    says(with_app, "put_message", "Your order is on its way.")

    assert with_app.page.fields["message"] == "Hello! Your order is on its way."
    assert "send_event" not in with_app.desk.platform.socket.actions()


async def test_an_apps_text_is_kept_as_a_draft(with_app: Stage) -> None:
    says(with_app, "put_message", "Your order is on its way.")

    reloaded = Stage(desk=with_app.desk, page=FakePage(address="A"))
    await reloaded.start()

    assert reloaded.page.fields["message"] == "Your order is on its way."


async def test_who_watches_hears_what_is_said_but_no_notes(with_app: Stage) -> None:
    says(with_app, "watch_messages")
    for minute, visibility in ((4, "all"), (5, "agents")):
        event = message("A", minute, f"At {minute}", visibility=visibility)
        with_app.desk.platform.push("incoming_event", chat_id="A", thread_id="T1-A", event=event)

    assert [(m["message"], m["message_source"]) for m in told(with_app, "message")] == [("At 4", "visitor")]


async def test_a_section_of_an_app_stands_among_the_details(with_app: Stage) -> None:
    button = {"type": "button", "data": {"label": "<Refund>", "id": "refund"}}
    says(with_app, "customer_details_section", {"title": "Last order", "components": [button]})

    assert "Last order" in with_app.page.areas["details"]
    assert "&lt;Refund&gt;" in with_app.page.areas["details"]
    with_app.console.act("app-button", "P refund")
    assert told(with_app, "customer_details_section_button_click") == [{"buttonId": "refund"}]


async def test_who_signs_out_ends_the_apps(with_app: Stage) -> None:
    with_app.console.act("sign-out", "")
    with_app.paint()

    assert with_app.frames.opened == {}


async def test_an_administrator_adds_an_app_and_it_is_there(stage: Stage) -> None:
    stage.console.act("place", "settings")
    stage.console.act("settings-part", "apps")
    stage.page.fields |= {"app-name": "Orders", "app-url": "https://orders.example/app"}
    stage.console.submit("new-app")
    await stage.go_on()

    assert "Orders" in stage.page.areas["settings"]
    assert "Orders" in stage.page.areas["beside"]
    assert stage.page.fields["app-name"] == ""


async def test_what_is_no_address_is_said_at_its_field(stage: Stage) -> None:
    stage.console.act("place", "settings")
    stage.console.act("settings-part", "apps")
    stage.page.fields |= {"app-name": "Orders", "app-url": "orders"}
    stage.console.submit("new-app")
    await stage.go_on()

    assert "Enter an address" in stage.page.areas["settings"]
    assert stage.page.focused == "app-url"
    assert len(stage.organization.requests("list_license_properties")) == 1


async def test_an_app_that_a_colleague_removes_is_gone(with_app: Stage) -> None:
    with_app.desk.platform.push("license_properties_updated", properties=kept())
    with_app.paint()

    assert "Orders" not in with_app.page.areas["beside"]
    assert with_app.frames.opened == {}


async def test_the_settings_have_an_address_of_their_own(stage: Stage) -> None:
    stage.console.act("place", "settings")
    stage.console.act("settings-part", "apps")
    assert (stage.page.place, stage.page.address) == ("settings", "settings/apps")

    stage.page.address = "A"
    stage.console.moved()
    stage.paint()
    assert stage.page.place == "chats"


# Visitors


def here(name: str, **more: Any) -> dict[str, Any]:
    page = {"url": "https://shop.example/teapots", "title": "Teapots"}
    return {"id": name, "type": "customer", "name": name, "visit": {"started_at": AT % 0, "last_pages": [page]}, **more}


async def test_who_is_on_the_site_is_listed_until_they_leave(stage: Stage) -> None:
    push = stage.desk.platform.push
    push("incoming_customers", customer_monitoring_level="online", customers=[here("Ida"), here("Joe")])
    push("incoming_customer", **here("Kim"))
    push("customer_left", id="Joe", left_at=AT % 9)
    stage.console.act("place", "visitors")

    page = stage.page.areas["visitors"]
    assert "Ida" in page
    assert "Teapots" in page
    assert "Kim" in page
    assert "Joe" not in page


async def test_who_left_while_nobody_listened_is_gone_after_the_next_login(stage: Stage) -> None:
    push = stage.desk.platform.push
    push("incoming_customers", customer_monitoring_level="online", customers=[here("Ida"), here("Joe")])
    push("incoming_customers", customer_monitoring_level="online", customers=[here("Ida")])
    stage.console.act("place", "visitors")

    assert "Ida" in stage.page.areas["visitors"]
    assert "Joe" not in stage.page.areas["visitors"]


async def test_a_chat_is_begun_with_a_visitor_and_opens(stage: Stage) -> None:
    stage.desk.platform.push("incoming_customer", **here("Kim"))
    stage.desk.platform.add(chat("K", agent(ME)))
    stage.console.act("place", "visitors")
    stage.console.act("start-chat", "Kim")
    await stage.go_on()

    asked = stage.desk.platform.socket.last("start_chat")["payload"]
    assert asked["chat"]["users"] == [{"id": "Kim", "type": "customer"}]
    assert (stage.page.place, stage.page.address) == ("chats", "K")


async def test_an_app_is_told_of_a_visitor_whom_the_agent_chooses(with_app: Stage) -> None:
    with_app.desk.platform.push("incoming_customer", **here("Kim"))
    with_app.console.act("place", "visitors")
    with_app.console.act("visitor", "Kim")

    profile = told(with_app, "customer_profile")[-1]
    assert (profile["id"], profile["source"], profile["chat"]) == ("Kim", "visitors", {})
    assert "Teapots" in with_app.page.areas["details"]


# Archives


async def test_an_archived_thread_is_found_read_and_told_to_apps(with_app: Stage) -> None:
    old = chat("Z", agent(ME), events=[message("Z", 1, "Where is my teapot?")], active=False)
    with_app.desk.platform.archive = [old]
    with_app.console.act("place", "archives")
    await with_app.go_on()
    with_app.page.fields["archive-query"] = "teapot"
    with_app.console.submit("archive-search")
    await with_app.go_on()
    with_app.console.act("archive", "T1-Z")
    with_app.paint()

    assert with_app.desk.platform.socket.last("list_archives")["payload"]["filters"] == {"query": "teapot"}
    assert "Where is my teapot?" in with_app.page.areas["talk"]
    assert "textarea" not in with_app.page.areas["talk"]
    profile = told(with_app, "customer_profile")[-1]
    assert (profile["id"], profile["source"]) == ("visitor-Z", "archives")


async def test_what_was_being_written_is_there_after_a_look_into_the_archives(stage: Stage) -> None:
    stage.console.act("open", "A")
    stage.page.fields["message"] = "Half a sent"
    stage.console.typed("message")
    stage.console.act("place", "archives")
    await stage.go_on()
    stage.page.fields["message"] = ""  # the field is a new one

    stage.console.act("place", "chats")
    assert stage.page.fields["message"] == "Half a sent"
