"""The edges: SockJS and API 3.0, the hidden frame, versions, greetings, links, webhooks, what a widget asks."""

import json
import socket as sockets
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from secrets import token_hex
from typing import Any

import httpx
import pytest

from server import link_previews
from server.organization import ORGANIZATION_ID
from tests.server.platform import PATIENCE, Person, RunningServer, text
from widget.wire.customer_requests import GetUrlInfo
from widget.wire.errors import Refused

SJS = "/v3.0/customer/rtm/sjs"


class Poller:
    """A client of API 3.0 that polls."""

    def __init__(self, server: RunningServer) -> None:
        self._http, self._path = server.http, f"{SJS}/123/{token_hex(4)}"
        self.frames: list[dict[str, Any]] = []
        assert self.poll() == "o\n"

    def poll(self) -> str:
        return self._http.post(f"{self._path}/xhr?license_id=1000001").text

    def send(self, *messages: object) -> int:
        return self._http.post(f"{self._path}/xhr_send", content=json.dumps(messages)).status_code

    def ask(self, action: str, payload: Any = None) -> dict[str, Any]:
        """Ask, and return the answer's payload."""
        frame = {"request_id": action, "action": action, **({} if payload is None else {"payload": payload})}
        assert self.send(json.dumps(frame)) == 204
        return dict(self.until(lambda each: each["type"] == "response" and each["action"] == action)["payload"])

    def told(self, action: str) -> dict[str, Any]:
        """The first push of this name."""
        return dict(self.until(lambda each: each["type"] == "push" and each["action"] == action)["payload"])

    def until(self, wanted: Any) -> dict[str, Any]:
        while True:
            for frame in self.frames:
                if wanted(frame):
                    self.frames.remove(frame)
                    return frame
            came = self.poll()
            assert came.startswith("a"), came
            self.frames += [json.loads(each) for each in json.loads(came[1:])]


@pytest.fixture
def old(server: RunningServer) -> Iterator[Poller]:
    """A customer of API 3.0 who has signed in; an agent is there."""
    server.agent()
    poller = Poller(server)
    login = {"token": server.token(), "customer_side_storage": None, "customer": {"fields": {"a": "b"}}}
    customer_id = poller.ask("login", login)["customer_id"]
    yield poller
    server.cut_off(customer_id)  # It would be missed only after a while.


# SockJS


def test_what_sockjs_clients_ask_first(server: RunningServer) -> None:
    answer = server.http.get(f"{SJS}/info", headers={"Origin": "https://shop.example"})

    assert answer.json()["websocket"] is True
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert server.http.get(SJS).text == "Welcome to SockJS!\n"


def test_sockjs_over_a_websocket(server: RunningServer) -> None:
    person = server.socket(f"{SJS}/123/abcdefgh/websocket?license_id=1000001")
    ping = json.dumps({"action": "ping"})

    assert person.text() == "o"
    person.send(json.dumps([ping]))
    assert json.loads(json.loads(person.text()[1:])[0])["action"] == "ping"
    person.send("[broken")
    assert person.text() == 'c[1002, "Broken framing"]'


def test_polling_has_rules(server: RunningServer, old: Poller) -> None:
    assert server.http.post(f"{SJS}/123/unknown/xhr_send", content="[]").status_code == 404
    assert old.send(1) == 500
    preflight = server.http.options(f"{SJS}/123/abcdefgh/xhr", headers={"Origin": "https://shop.example"})
    assert preflight.headers["access-control-allow-credentials"] == "true"


def test_a_licence_that_is_not_served(server: RunningServer) -> None:
    server.http.post(f"{SJS}/123/other/xhr?license_id=7")
    told = server.http.post(f"{SJS}/123/other/xhr").text

    assert json.loads(json.loads(told[1:])[0])["payload"] == {"reason": "license_not_found"}
    assert server.http.post(f"{SJS}/123/other/xhr").text.startswith("c[1000")


# API 3.0


def test_a_conversation_in_the_words_of_30(old: Poller) -> None:
    old.ask("start_chat", {"chat": {"thread": {"events": [text("Hello")]}}})
    chat = old.told("incoming_chat_thread")["chat"]
    event = chat["thread"]["events"][0]
    assert (event["order"], event["text"], "created_at" in event) == (1, "Hello", False)
    assert chat["thread"]["properties"]["routing"]["continuous"] == {"value": False}

    ids = {"chat_id": chat["id"], "thread_id": chat["thread"]["id"]}
    old.ask("update_chat_thread_properties", {**ids, "properties": {"rating": {"score": 1}}})
    assert old.told("chat_thread_properties_updated")["properties"] == {"rating": {"score": {"value": 1}}}
    old.ask("delete_chat_properties", {"chat_id": chat["id"], "properties": {"test": ["int_property"]}})
    old.ask("close_thread", {"chat_id": chat["id"]})
    assert old.told("thread_closed")["thread_id"] == ids["thread_id"]

    old.ask("send_event", {"chat_id": chat["id"], "event": text("Again")})
    again = old.told("incoming_chat_thread")["chat"]["thread"]
    assert (again["events"][0]["text"], again["order"] > chat["thread"]["order"]) == ("Again", True)
    assert old.ask("get_chat_threads_summary", {"chat_id": chat["id"]})["total_threads"] == 2
    found = old.ask("get_chat_threads", {"chat_id": chat["id"], "thread_ids": [ids["thread_id"]]})["chat"]["threads"]
    assert found[0]["events"][0]["timestamp"] > 0


def test_what_is_seen_is_told_even_when_it_is_no_news(old: Poller) -> None:
    old.ask("start_chat", {})
    chat_id = old.told("incoming_chat_thread")["chat"]["id"]

    old.ask("update_last_seen_timestamp", {"chat_id": chat_id})

    assert old.told("last_seen_timestamp_updated")["timestamp"] > 0


def test_about_a_customer_of_30(old: Poller) -> None:
    assert old.told("customer_updated")["customer"]["fields"] == {"a": "b"}
    old.ask("update_customer", {"name": "Ada"})
    assert old.told("customer_updated")["customer"]["name"] == "Ada"
    old.ask("set_customer_fields", {"fields": {"plan": "gold"}})
    assert old.told("customer_updated")["customer"]["fields"] == {"plan": "gold"}
    assert old.ask("get_chats_summary") == {"chats_summary": [], "total_chats": 0}
    assert old.ask("get_groups_status", {"all": True}) == {"groups_status": {"0": "online"}}


def test_a_file_is_sent_in_one_step(server: RunningServer) -> None:
    token = server.token()
    visitor = server.visitor(token)
    form = {"payload.chat_id": visitor.start_chat(), "payload.custom_id": "c1"}
    answer = server.http.post(
        "/v3.0/customer/action/send_file?license_id=1000001",
        data=form,
        files={"payload.file": ("note.txt", b"hi")},
        headers={"Authorization": token},
    )

    event = visitor.told("incoming_event")["event"]
    assert (event["url"], event["custom_id"]) == (answer.json()["payload"]["url"], "c1")


def test_over_http_30_wraps_everything(server: RunningServer) -> None:
    def ask(payload: Any) -> httpx.Response:
        path = "/v3.0/customer/action/check_goals?license_id=1000001"
        return server.http.post(path, json={"payload": payload}, headers={"Authorization": server.token()})

    assert ask({"page_url": "/", "customer_fields": {"a": "b"}}).json() == {"payload": {}}
    assert ask({}).json()["payload"]["error"]["type"] == "validation"


# The hidden frame

FRAME = "license_id=1000001&client_id=demo&response_type=token&state=s&post_message_uri=https://shop.example/a"


def message(answer: httpx.Response) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.text.partition('id="message">')[2].partition("</script>")[0])
    return found


def test_a_frame_tells_its_parent_the_token(server: RunningServer) -> None:
    server.http.cookies.clear()
    answer = server.http.get(f"/customer?{FRAME}")

    assert {"state", "access_token", "entity_id", "expires_in", "token_type"} <= message(answer).keys()
    assert "refresh_token" not in message(answer)
    assert "'https://shop.example')" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'nonce-")
    assert "HttpOnly; Secure; SameSite=None" in answer.headers["set-cookie"]


def test_in_a_group_somebody_is_another_customer(server: RunningServer) -> None:
    assert message(server.http.get(f"/licence/g1000001_0/customer?{FRAME}"))["token_type"] == "Bearer"
    assert message(server.http.get(f"/licence/g1000001_9/customer?{FRAME}"))["oauth_exception"] == "resource_not_found"
    assert server.http.get(f"/licence/g7_0/customer?{FRAME}").status_code == 404


@pytest.mark.parametrize("uri", ["", "javascript:alert(1)", "https://a'-alert(1)-'.example/", "https://<b>/"])
def test_a_frame_speaks_to_pages_only(server: RunningServer, uri: str) -> None:
    query = {"license_id": "1000001", "client_id": "demo", "post_message_uri": uri}

    assert server.http.get("/customer", params=query).status_code == 400


def test_a_frame_for_nobody_says_why(server: RunningServer) -> None:
    answer = server.http.get("/customer?client_id=x&state=</script>&post_message_uri=https://shop.example/")

    assert message(answer) == {"state": "</script>", "oauth_exception": "invalid_client"}


# Versions


def test_33_names_things_otherwise(server: RunningServer) -> None:
    sam = server.agent(version="3.3")
    visitor = server.visitor()
    chat_id = visitor.start_chat("Hello")
    assert sam.told("incoming_chat")["chat"]["thread"]["events"][0]["recipients"] == "all"

    sam.ask("send_event", {"chat_id": chat_id, "event": text("Psst", recipients="agents")})

    assert sam.told("incoming_event")["event"]["recipients"] == "agents"
    assert visitor.hears_nothing()
    assert server.http.get("/v3.3/customer/action/list_license_properties?license_id=1000001").json() == {}


@pytest.mark.parametrize(
    ("version", "action", "error"),
    [("3.5", "send_event_preview", "validation"), ("3.6", "list_customers", "validation"), ("3.6", "x", "validation")],
)
def test_each_version_has_its_actions(server: RunningServer, version: str, action: str, error: str) -> None:
    assert server.agent(version=version).refused(action) == error


def test_a_request_may_be_of_a_newer_version(server: RunningServer) -> None:
    sam, visitor = server.agent(version="3.5"), server.visitor()
    frame = {"request_id": "1", "action": "get_customer", "payload": {"id": visitor.id}}

    sam.send({**frame, "version": "3.6"})
    assert "visit" in sam.frame()["payload"]
    sam.send({**frame, "version": "3.4"})
    assert sam.frame()["payload"]["error"]["type"] == "unsupported_version"


def test_older_connections_hear_of_older_things(server: RunningServer) -> None:
    old, new = server.visitor(version="3.4"), server.visitor(version="3.5", pushes={"3.5": [], "3.6": ["all"]})
    server.agent()

    assert old.heard() == []
    assert new.push("groups_status_updated")["version"] == "3.6"


# Greetings


def test_a_greeting_from_its_rule_to_its_end(server: RunningServer) -> None:
    server.agent()
    rules = [{"type": "url_current", "operator": "contains", "value": "cup"}]
    button = {"text": "Yes", "type": "message", "value": "Yes", "postback_id": "y", "button_id": "b1"}
    card = {"template_id": "cards", "elements": [{"title": "Cups", "buttons": [button]}]}
    given = {"type": "announcement", "active": True, "name": "Cups", "group": 0, "rules": rules, "rich_message": card}
    server.configure("create_greeting", given)
    token = server.token()
    visitor = server.visitor(token)
    assert visitor.hears_nothing()

    visitor.ask("update_customer_page", {"url": "https://shop.example/cup"})
    shown = visitor.told("incoming_greeting")
    assert (shown["subtype"], shown["event"]["elements"][0]["title"]) == ("announcement", "Cups")
    assert server.socket().ask("login", {"token": token})["greeting"]["unique_id"] == shown["unique_id"]
    ids = {"greeting_id": shown["id"], "unique_id": shown["unique_id"]}
    visitor.ask("accept_greeting", ids)
    visitor.ask("send_greeting_button_clicked", {"greeting_unique_id": shown["unique_id"], "button_id": "b1"})
    visitor.ask("cancel_greeting", {"unique_id": shown["unique_id"]})

    counted = visitor.ask("get_customer")["statistics"]
    assert (counted["greetings_shown_count"], counted["greetings_accepted_count"]) == (1, 1)
    clicked = {"greeting_unique_id": shown["unique_id"], "button_id": "b2"}
    assert visitor.refused("send_greeting_button_clicked", clicked) == "validation"
    assert visitor.refused("accept_greeting", {**ids, "greeting_id": 99}) == "greeting_not_found"
    assert server.visitor().refused("cancel_greeting", {"unique_id": shown["unique_id"]}) == "greeting_not_found"


def test_a_greeting_that_waits_comes_by_itself(server: RunningServer) -> None:
    server.agent()
    rule = {"type": "visit_time_site", "operator": "greater_or_equal", "value": "0.2"}
    server.configure(
        "create_greeting", {"type": "normal", "active": True, "name": "Still here?", "group": 0, "rules": [rule]}
    )

    assert server.visitor().told("incoming_greeting")["event"]["text"] == "Still here?"


def test_a_welcome_message_and_taking_something_back(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()
    asked = visitor.ask("request_welcome_message", {"id": "w1"})
    assert visitor.told("incoming_welcome_message")["id"] == asked["id"] == "w1"
    chat_id = visitor.start_chat("Hello", "My card is 4111")
    events = visitor.ask("get_chat", {"chat_id": chat_id})["thread"]
    mine = {"chat_id": chat_id, "thread_id": events["id"], "event_id": events["events"][1]["id"]}

    visitor.ask("delete_event", mine)

    assert sam.told("event_deleted") == mine
    assert [event["text"] for event in visitor.ask("get_chat", {"chat_id": chat_id})["thread"]["events"]] == ["Hello"]
    seen = sam.ask("get_chat", {"chat_id": chat_id})["thread"]["events"][1]
    assert (seen["deleted"], "text" in seen) == (True, False)
    theirs = sam.say(chat_id, "Careful")
    assert visitor.refused("delete_event", {**mine, "event_id": theirs}) == "not_allowed"


# What a widget asks


def ask(server: RunningServer, action: str, api: str = "3.6", **query: Any) -> Any:
    path = f"/v{api}/customer/action/{action}"
    return server.http.get(path, params={"organization_id": ORGANIZATION_ID, **query}).json()


def test_a_widget_asks_for_its_configuration(server: RunningServer) -> None:
    server.agent()
    dynamic = ask(server, "get_dynamic_configuration", group_id=0)["livechat"]
    version = {"group_id": 0, "version": dynamic["config_version"]}

    assert (dynamic["online_group_ids"], dynamic["domain_allowed"]) == ([0], True)
    assert ask(server, "get_dynamic_configuration", "3.5")["config_version"] == dynamic["config_version"]
    assert ask(server, "get_configuration", **version)["properties"] == {"group": {}, "license": {}}
    assert "Chat_now" in ask(server, "get_localization", language="en", **version)
    assert ask(server, "get_configuration", group_id=9, version="x")["error"]["type"] == "group_not_found"


def test_customers_read_the_properties_that_are_theirs(server: RunningServer) -> None:
    properties = {"smart_actions": {"greeting.hide_when_offline": True}, "chats": {"queue.routing_priority": 1}}
    server.configure("update_group_properties", {"group_id": 0, "properties": properties})
    hidden = {"smart_actions": {"greeting.hide_when_offline": True}}

    assert ask(server, "list_group_properties", id=0) == hidden
    assert ask(server, "list_group_properties", group_id=0, namespace="test") == {}
    assert ask(server, "list_group_properties")["error"]["type"] == "validation"


def test_no_mail_is_sent_from_here(server: RunningServer) -> None:
    visitor = server.visitor()

    assert visitor.refused("request_email_verification", {"callback_uri": "https://a.example/"}) == "not_allowed"
    assert visitor.refused("request_email_verification", {"callback_uri": "x"}) == "validation"


# Other servers


class Elsewhere(ThreadingHTTPServer):
    """Another server: it gives a page, and keeps what is posted to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.posted: SimpleQueue[dict[str, Any]] = SimpleQueue()


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = b'<title>Cups</title><meta property="og:image" content="https://a.example/cup.png">'
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", "/page")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page)

    def do_POST(self) -> None:
        assert isinstance(self.server, Elsewhere)
        self.server.posted.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        yield other
        other.shutdown()
        thread.join()


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


def hook(server: RunningServer, elsewhere: Elsewhere, action: str, **more: Any) -> str:
    url = f"http://127.0.0.1:{elsewhere.server_port}/"
    given = {"action": action, "url": url, "secret_key": "s", "owner_client_id": "demo", "type": "license"}
    return str(server.configure("register_webhook", {**given, **more})["id"])


def test_a_webhook_is_told(server: RunningServer, elsewhere: Elsewhere) -> None:
    webhook_id = hook(server, elsewhere, "incoming_event", additional_data=["chat_presence_user_ids"])
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    sam.say(chat_id, "Hello")

    told = elsewhere.posted.get(timeout=PATIENCE)
    assert (told["webhook_id"], told["secret_key"], told["action"]) == (webhook_id, "s", "incoming_event")
    assert told["payload"]["event"]["text"] == "Hello"
    assert set(told["additional_data"]["chat_presence_user_ids"]) == {sam.id, visitor.id}


def test_a_webhook_has_filters(server: RunningServer, elsewhere: Elsewhere) -> None:
    hook(server, elsewhere, "incoming_event", filters={"author_type": "customer"})
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    sam.say(chat_id, "From an agent")
    visitor.say(chat_id, "From a customer")

    assert elsewhere.posted.get(timeout=PATIENCE)["payload"]["event"]["text"] == "From a customer"


def test_webhooks_are_listed_silenced_and_taken_back(server: RunningServer, elsewhere: Elsewhere) -> None:
    webhook_id = hook(server, elsewhere, "chat_deactivated")
    server.configure("disable_license_webhooks", {"owner_client_id": "demo"})
    state = server.configure("get_license_webhooks_state", {})
    server.configure("enable_license_webhooks", {})

    assert state == {"license_webhooks_enabled": False}
    listed = server.configure("list_webhooks", {"owner_client_id": "demo"})
    assert [each["id"] for each in listed] == [webhook_id]
    assert "secret_key" not in listed[0]
    assert "incoming_chat" in [each["action"] for each in server.configure("list_webhook_names")]
    server.configure("unregister_webhook", {"id": webhook_id, "owner_client_id": "demo"})
    assert server.configuration("unregister_webhook", {"id": webhook_id}).json()["error"]["type"] == "not_found"


@pytest.mark.parametrize(
    ("change", "error"),
    [({"action": "coffee"}, "validation"), ({"url": "file:///x"}, "validation"), ({"filters": {"x": 1}}, "validation")],
)
def test_webhooks_that_cannot_be(server: RunningServer, change: dict[str, Any], error: str) -> None:
    given = {"action": "incoming_chat", "url": "http://a.example/", "secret_key": "s", "owner_client_id": "demo"}
    asked = {**given, "type": "license", **change}

    assert server.configuration("register_webhook", asked).json()["error"]["type"] == error


def test_three_webhooks_for_an_action(server: RunningServer, elsewhere: Elsewhere) -> None:
    for _ in range(3):
        hook(server, elsewhere, "incoming_chat")
    given = {"action": "incoming_chat", "url": "http://a.example/", "secret_key": "s", "owner_client_id": "demo"}

    assert server.configuration("register_webhook", {**given, "type": "bot"}).json()["error"]["type"] == "limit_reached"


def test_events_of_every_kind(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    field = {"type": "email", "id": "1", "label": "E-mail"}
    form: dict[str, Any] = {"type": "form", "form_id": "f", "fields": [{**field, "required": True}]}
    filled = {"type": "filled_form", "form_id": "f", "fields": [{**field, "answer": "ada@example.com"}]}

    def says(person: Person, event: dict[str, Any]) -> dict[str, Any]:
        person.ask("send_event", {"chat_id": chat_id, "event": event})
        return dict(person.told("incoming_event")["event"])

    assert says(sam, form)["fields"][0]["required"] is True
    visitor.forget()
    assert says(visitor, filled)["fields"][0]["answer"] == "ada@example.com"
    assert visitor.refused("send_event", {"chat_id": chat_id, "event": form}) == "validation"
    many = {"type": "rich_message", "template_id": "cards", "elements": [{"title": "x"}] * 11}
    assert sam.refused("send_event", {"chat_id": chat_id, "event": many}) == "validation"


def test_what_changes_nothing_here_is_answered_all_the_same(server: RunningServer) -> None:
    visitor = server.visitor()
    assert visitor.ask("activate_customer_page") == visitor.ask("deactivate_customer_page") == {}
    assert server.agent(version="3.4").ask("change_push_notifications", {"mobile_key": "x"}) == {}
    assert server.agent(version="3.5").ask("get_license_info")["license_id"] == 1000001


def test_a_link_in_api_30(old: Poller) -> None:
    assert old.ask("get_url_details", {"url": "http://127.0.0.1/"})["error"]["type"] == "validation"
