"""Names between JavaScript and Python."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.customer_sdk.camel import camel, snake, to_javascript, to_python


@pytest.mark.parametrize(
    ("python", "javascript"),
    [
        ("custom_id", "customId"),
        ("id", "id"),
        ("events_seen_up_to_map", "eventsSeenUpToMap"),
        ("utf_8_text", "utf8Text"),
    ],
)
def test_a_name_in_each(python: str, javascript: str) -> None:
    assert camel(python) == javascript


@given(st.from_regex(r"[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*", fullmatch=True))
def test_every_name_of_pythons_comes_back(name: str) -> None:
    assert snake(camel(name)) == name


def test_what_the_site_has_named_is_left_alone() -> None:
    named = {"my_namespace": {"my_name": {"my_key": 1}, "myName": 2}}

    for name in ("properties", "chatProperties", "sessionFields", "content", "textVars"):
        assert to_python({name: named}) == {snake(name): named}
        assert to_javascript({snake(name): named}) == {name: named}


def test_the_fields_of_a_customer_are_the_sites_and_those_of_a_form_are_ours() -> None:
    assert to_javascript({"fields": {"customer_tier": "gold"}}) == {"fields": {"customer_tier": "gold"}}
    assert to_javascript({"fields": [{"group_id": 1}]}) == {"fields": [{"groupId": 1}]}


def test_ids_and_types_are_no_names() -> None:
    assert to_javascript({"last_events_per_type": {"filled_form": {"custom_id": "a"}}}) == {
        "lastEventsPerType": {"filled_form": {"customId": "a"}}
    }
    assert to_javascript({"last_seen_timestamps": {"jane_doe@example.com": 1}}) == {
        "lastSeenTimestamps": {"jane_doe@example.com": 1}
    }
