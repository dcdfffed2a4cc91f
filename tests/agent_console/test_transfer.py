"""A chat is handed to somebody else: who can have it is offered, and what was chosen is asked of the platform."""

from typing import Any

from tests.agent_console.platform_fake import ANN
from tests.agent_console.stage import FakeOrganization, Stage, at_work

BEN = "ben@example.com"


def organization() -> FakeOrganization:
    return FakeOrganization(
        agents=[{"id": ANN, "name": "Ann Lee"}, {"id": BEN, "name": "Ben Ode"}],
        groups=[
            {"id": 0, "name": "General", "routing_status": "accepting_chats"},
            {"id": 2, "name": "Returns", "routing_status": "offline"},
        ],
    )


def here(agent_id: str, status: str, chats: int = 0) -> dict[str, Any]:
    return {"id": agent_id, "status": status, "chats": chats}


async def asked() -> Stage:
    """Signed in, with a chat of ours in front, and asked whom it shall go to."""
    stage = await at_work(organization=organization())
    stage.desk.platform.here = [here(BEN, "not_accepting_chats"), here(ANN, "accepting_chats", 3)]
    stage.console.act("open", "A")
    stage.console.act("transfer", "A")
    await stage.go_on()
    return stage


async def test_who_takes_chats_is_offered_first_and_groups_come_last() -> None:
    dialog = (await asked()).page.areas["asking"]

    places = [dialog.index(name) for name in ("Ann Lee", "Ben Ode", "General", "Returns")]
    assert places == sorted(places)
    assert "Accepting chats · 3 chats" in dialog
    assert "it waits in the queue" in dialog


async def test_the_agent_that_is_marked_gets_it() -> None:
    stage = await asked()
    stage.console.submit("transfer-form")
    await stage.go_on()

    assert stage.asked("transfer_chat") == {
        "id": "A",
        "target": {"type": "agent", "ids": [ANN]},
        "ignore_agents_availability": False,
        "ignore_requester_presence": False,
    }
    assert (stage.page.dialog, stage.page.focused) == ("", "open-A")
    assert "transferred to Ann Lee" in stage.page.areas["notices"]


async def test_who_comes_into_the_list_late_is_marked_unless_somebody_was_chosen() -> None:
    stage = await at_work(organization=organization())
    stage.desk.platform.silent.add("list_agents_for_transfer")
    stage.console.act("open", "A")
    stage.console.act("transfer", "A")
    await stage.go_on()
    assert 'aria-activedescendant="target-group:0"' in stage.page.areas["asking"]

    request = stage.desk.platform.socket.last("list_agents_for_transfer")
    head = {"type": "response", "action": request["action"], "request_id": request["request_id"], "success": True}
    stage.desk.platform.socket.receive({**head, "payload": [{"agent_id": ANN, "total_active_chats": 0}]})
    await stage.go_on()
    assert f'aria-activedescendant="target-agent:{ANN}"' in stage.page.areas["asking"]


async def test_keys_go_through_the_list_and_round() -> None:
    stage = await asked()
    for _ in range(3):
        assert stage.console.picks("transfer-query", "ArrowDown")
    stage.paint()
    assert 'aria-activedescendant="target-group:2"' in stage.page.areas["asking"]

    assert stage.console.picks("transfer-query", "ArrowDown")
    stage.paint()
    assert f'aria-activedescendant="target-agent:{ANN}"' in stage.page.areas["asking"]


async def test_what_is_entered_leaves_those_whom_it_names() -> None:
    stage = await asked()
    stage.page.fields["transfer-query"] = "retu"
    stage.console.typed("transfer-query")
    stage.paint()
    assert "Ann Lee" not in stage.page.areas["asking"]

    stage.console.submit("transfer-form")
    await stage.go_on()
    request = stage.asked("transfer_chat")
    assert request["target"] == {"type": "group", "ids": [2]}
    assert request["ignore_agents_availability"], "nobody takes chats there, and the agent has seen it"


async def test_a_note_for_whoever_gets_it_goes_before_and_to_agents_only() -> None:
    stage = await asked()
    stage.page.fields["transfer-note"] = "Needs a refund"
    stage.console.submit("transfer-form")
    await stage.go_on()

    actions = stage.desk.platform.socket.actions()
    assert actions.index("send_event") < actions.index("transfer_chat")
    assert stage.asked("send_event")["event"]["text"] == "Needs a refund"
    assert stage.asked("send_event")["event"]["visibility"] == "agents"


async def test_a_refusal_is_said_and_a_second_try_does_not_repeat_the_note() -> None:
    stage = await asked()
    stage.desk.platform.refuse["transfer_chat"] = "agent_offline"
    stage.page.fields["transfer-note"] = "Needs a refund"
    stage.console.submit("transfer-form")
    await stage.go_on()
    assert "The chat could not be transferred" in stage.page.areas["failures"]
    first = stage.asked("send_event")["event"]["custom_id"]

    stage.desk.platform.refuse.clear()
    stage.console.act("again", "1")
    await stage.go_on()
    assert stage.asked("send_event")["event"]["custom_id"] == first
    assert "transferred to Ann Lee" in stage.page.areas["notices"]


async def test_who_stops_taking_chats_meanwhile_is_shown_so() -> None:
    stage = await asked()
    stage.desk.platform.push("routing_status_set", agent_id=ANN, status="not_accepting_chats")
    await stage.go_on()

    assert "Accepting chats · 3 chats" not in stage.page.areas["asking"]


async def test_nobody_there_is_said() -> None:
    stage = await at_work()
    stage.console.act("open", "A")
    stage.console.act("transfer", "A")
    await stage.go_on()

    assert "No other agent is here now" in stage.page.areas["asking"]
    stage.console.submit("transfer-form")
    assert "transfer_chat" not in stage.desk.platform.socket.actions()


async def test_a_dialog_that_the_browser_closes_is_closed_and_the_focus_goes_back() -> None:
    stage = await asked()
    stage.console.closed("asking")
    stage.paint()

    assert stage.page.areas["asking"] == ""
    assert stage.page.focused == "to-transfer"


async def test_only_a_chat_of_ones_own_can_be_handed_over(stage: Stage) -> None:
    stage.console.act("open", "A")
    await stage.go_on()
    assert "Transfer the chat" in stage.page.areas["talk"]

    stage.console.act("open", "C")
    await stage.go_on()
    assert "Transfer the chat" not in stage.page.areas["talk"]


async def test_a_chat_that_went_where_the_agent_cannot_read_it_is_gone(stage: Stage) -> None:
    stage.desk.platform.refuse["get_chat"] = "missing_access"
    stage.desk.platform.push("chat_access_updated", id="A", access={"group_ids": [7]})
    await stage.go_on()

    assert "Hello from A" not in stage.page.areas["chats"]
    assert "Hello from B" in stage.page.areas["chats"]
    assert stage.page.areas["failures"] == ""
