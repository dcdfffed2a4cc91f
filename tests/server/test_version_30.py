"""Customer Chat 3.0: the words of customer-sdk 2."""

from typing import Any

import httpx

from tests.server.platform import RunningServer, text
from tests.server.polling import Poller


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


def test_a_link_in_api_30(old: Poller) -> None:
    assert old.ask("get_url_details", {"url": "http://127.0.0.1/"})["error"]["type"] == "validation"
