"""Events of every kind."""

from typing import Any

from tests.server.platform import Person, RunningServer


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
