"""Greetings, welcome messages, and what is taken back."""

from tests.server.platform import RunningServer


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
