"""The table of methods: what a declaration makes."""

import inspect
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from tests.platform_sdk.fake_platform import TOKEN, FakeWeb
from widget.platform_sdk import Agent, Configuration, Customer, Version
from widget.platform_sdk.method import methods
from widget.wire.errors import NotInVersion, WrongArgument

CLIENTS = [
    Agent.RTM,
    Agent.Web,
    Agent.WebSync,
    Customer.RTM,
    Customer.Web,
    Customer.WebSync,
    Configuration.Web,
    Configuration.WebSync,
]


def agent(web: FakeWeb, version: Version = "3.6") -> Agent.WebSync:
    return Agent.WebSync(lambda: TOKEN, web.fetch_now, version=version)


def test_arguments_go_by_position_or_by_name_and_those_that_are_none_are_left_out() -> None:
    web = FakeWeb()

    agent(web).get_chat("PJ0MRSHTDG", None)
    assert web.payload == {"chat_id": "PJ0MRSHTDG"}

    agent(web).get_chat(thread_id="K600PKZON8", chat_id="PJ0MRSHTDG")
    assert web.payload == {"chat_id": "PJ0MRSHTDG", "thread_id": "K600PKZON8"}


def test_what_is_nested_goes_as_it_is() -> None:
    web = FakeWeb()

    agent(web).update_chat_properties("PJ0MRSHTDG", {"routing": {"pinned": None, "more": [1, {"x": True}]}})

    assert web.payload["properties"] == {"routing": {"pinned": None, "more": [1, {"x": True}]}}


def test_a_moment_may_be_a_datetime() -> None:
    web = FakeWeb()

    agent(web).mark_events_as_seen("PJ0MRSHTDG", datetime(2020, 5, 7, 7, 11, 28, 288340, UTC))

    assert web.payload["seen_up_to"] == "2020-05-07T07:11:28.288340Z"


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda it: it.list_threads(), "list_threads: missing a required argument: 'chat_id'"),
        (lambda it: it.list_threads(None), "list_threads: `chat_id`: it must not be None"),
        (lambda it: it.list_chats(limit="10"), "list_chats: `limit`: Input should be a valid integer"),
        (lambda it: it.list_chats(limits=10), "list_chats: got an unexpected keyword argument 'limits'"),
        (lambda it: it.list_chats(sort_order="up"), "list_chats: `sort_order`: Input should be 'asc' or 'desc'"),
        (lambda it: it.list_chats({"group_ids": ["0"]}), r"list_chats: `filters.group_ids.0`: .* valid integer"),
        (lambda it: it.send_event("A", {"text": "hello"}), "send_event: `event.type`: Field required"),
        (lambda it: it.send_event("A", "hello"), "send_event: `event`: .* dictionary"),
        (lambda it: it.set_routing_status("away"), "set_routing_status: `status`: .*'not_accepting_chats'"),
        (lambda it: it.transfer_chat("A", {"type": "agent", "ids": [1.5]}), r"`target\.ids"),
        (lambda it: it.resume_chat({"active": True}), r"resume_chat: `chat.id`: Field required"),
        (lambda it: it.upload_file("text", "a.txt"), "upload_file: `file`: .* bytes"),
    ],
)
def test_a_wrong_argument_is_named_and_nothing_is_sent(call: Any, says: str) -> None:
    web = FakeWeb()

    with pytest.raises(WrongArgument, match=says) as wrong:
        call(agent(web))

    assert web.url == ""
    assert wrong.value.code == "WRONG_ARGUMENT"
    assert wrong.value.hint


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        ("list_customers", "3.3 3.4 3.5"),
        ("get_thread_transcript", "3.6 3.7"),
        ("list_chats", "3.3 3.4 3.5 3.6 3.7"),
    ],
)
def test_a_method_is_there_in_its_versions_only(name: str, versions: str) -> None:
    declared = inspect.getattr_static(Agent.Web, name)

    assert " ".join(version for version in get_args(Version) if declared.in_version(version)) == versions


def test_a_method_that_the_version_lacks_is_not_sent() -> None:
    web = FakeWeb()

    with pytest.raises(NotInVersion, match=r"list_customers: version 3\.6 does not have it; it is there until 3\.5"):
        agent(web).list_customers()

    assert web.url == ""
    agent(web, "3.5").list_customers()
    assert web.url.endswith("/v3.5/agent/action/list_customers")


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_every_method_says_what_it_does_and_knows_the_shapes_of_its_arguments(client: type) -> None:
    for method in methods(client):
        assert method.__doc__
        assert method.__doc__.endswith("."), method.name
        assert list(method.shapes) == list(method.signature.parameters)


def test_a_method_shows_what_it_is() -> None:
    method = agent(FakeWeb()).get_chat

    assert str(inspect.signature(method)) == (
        "(chat_id: str, thread_id: str | None = None) -> widget.platform_sdk.shapes.Chat"
    )
    assert inspect.getdoc(method) == "A chat with one of its threads, the newest unless it is named."
