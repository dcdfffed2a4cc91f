"""What apps are told of the customer in front of the agent, out of what the console knows."""

from typing import Any

from agent_console.inbox import Case
from agent_console.names import name_of
from agent_console.views.context import facts
from widget.agent_app.profile import Answer, ChatOfProfile, CustomerProfile, Geolocation, Source, Variable
from widget.ui.locale import Locale
from widget.wire.base import Json
from widget.wire.events import Event, File, Message
from widget.wire.users import Customer

__all__ = ["message_of", "messages_of", "profile_of"]


ENGLISH = Locale()
"""Apps know by the word "Visitor" that nobody has told a name, whatever language the agent has."""


def profile_of(customer: Customer, case: Case | None, source: Source) -> CustomerProfile:
    """The profile of a customer; ``case`` is the chat with them, if there is one."""
    return {
        "id": customer.id,
        "name": name_of(customer, ENGLISH),
        "email": customer.email or "",
        "chat": {} if case is None else _chat(case),
        "source": source,
        "geolocation": _geolocation(customer),
        "customVariables": _variables(customer, case),
    }


def _chat(case: Case) -> ChatOfProfile:
    chat: ChatOfProfile = {"chat_id": case.id, "groupID": str(case.group_ids[0]) if case.group_ids else ""}
    if case.conversation.thread_id is not None:
        chat["id"] = case.conversation.thread_id
    answers = _answers(case)
    if answers:
        chat["preChatSurvey"] = answers
    return chat


def _answers(case: Case) -> list[Answer]:
    """What was filled in before the present thread."""
    events = [e.event.as_json() for e in case.conversation.entries if e.thread_id == case.conversation.thread_id]
    forms = [e for e in events if e.get("type") == "filled_form" and e.get("form_type") != "postchat"]
    fields: Any = forms[0].get("fields") if forms else None
    if not isinstance(fields, list):
        return []
    return [{"question": str(field.get("label", "")), "answer": _text(field)} for field in fields if _has_answer(field)]


def _has_answer(field: Any) -> bool:
    return isinstance(field, dict) and (field.get("answer") is not None or bool(field.get("answers")))


def _text(field: Json) -> str:
    """An answer in words: of an option, its label."""
    answers = field.get("answers")
    listed = answers if isinstance(answers, list) else [field.get("answer")]
    return ", ".join(str(each.get("label", "")) if isinstance(each, dict) else str(each) for each in listed)


def _geolocation(customer: Customer) -> Geolocation:
    """All that is known of where they are, and empty texts for the rest."""
    extra = (customer.visit.model_extra if customer.visit else None) or {}
    told = extra.get("geolocation")
    known = told if isinstance(told, dict) else {}

    def told_of(name: str) -> str:
        return str(known.get(name) or "")

    return {
        "city": told_of("city"),
        "country": told_of("country"),
        "country_code": told_of("country_code"),
        "latitude": told_of("latitude"),
        "longitude": told_of("longitude"),
        "region": told_of("region"),
        "timezone": told_of("timezone"),
        "zipcode": told_of("zipcode") or told_of("postal_code"),
    }


def _variables(customer: Customer, case: Case | None) -> list[Variable]:
    """What the site has told, of the customer and of this conversation."""
    told = {name: str(value) for fields in customer.session_fields or [] for name, value in fields.items()}
    told |= dict(facts(case.conversation)) if case is not None else {}
    return [{"name": name, "value": value} for name, value in told.items()]


# Messages, for apps that watch them


def messages_of(case: Case) -> list[Json]:
    """What was said in the present thread of a chat."""
    said = [entry.event for entry in case.conversation.entries if entry.thread_id == case.conversation.thread_id]
    return [told for event in said if (told := message_of(case, event)) is not None]


def message_of(case: Case, event: Event) -> Json | None:
    """A message as apps are told of it; None for what is none, and for notes: they are the agents' alone."""
    if not isinstance(event, Message | File) or event.visibility == "agents":
        return None
    by_visitor = case.customer is not None and event.author_id == case.customer.id
    chat = _chat(case)
    return {
        "chat": {"id": chat.get("id", ""), "chat_id": chat["chat_id"], "groupID": chat["groupID"]},
        "message": event.text if isinstance(event, Message) else event.url,
        "message_id": event.id,
        "message_source": "visitor" if by_visitor else "agent",
    }
