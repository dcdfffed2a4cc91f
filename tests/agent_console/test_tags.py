"""Labels on a thread: put on by a field that knows which there are, seen by everybody, taken off again."""

from tests.agent_console.platform_fake import ME, agent, chat
from tests.agent_console.stage import FakeOrganization, Stage


def with_tags(*names: str) -> FakeOrganization:
    return FakeOrganization(tags=[{"name": name, "group_ids": [0]} for name in names])


async def opened(*names: str) -> Stage:
    """A chat of ours in front, with the field for a tag open."""
    stage = Stage(organization=with_tags(*names))
    stage.desk.platform.add({**chat("A", agent(ME)), "access": {"group_ids": [0]}})
    await stage.start()
    await stage.go_on()
    stage.console.act("open", "A")
    await stage.go_on()
    stage.console.act("add-tag", "")
    stage.paint()
    return stage


def enter(stage: Stage, text: str) -> str:
    stage.page.fields["tag-query"] = text
    stage.console.typed("tag-query")
    stage.paint()
    return stage.page.areas["talk"]


async def test_what_is_entered_is_completed_to_a_tag_and_enter_puts_it_on() -> None:
    stage = await opened("complaint", "refund", "prefunded")
    assert stage.page.focused == "tag-query"

    shown = enter(stage, "REF")
    assert shown.index(">refund<") < shown.index(">prefunded<"), "what begins so comes first"
    assert "complaint" not in shown

    stage.console.submit("tag-form")
    await stage.go_on()
    assert stage.asked("tag_thread") == {"chat_id": "A", "thread_id": "T1-A", "tag": "refund"}
    assert "Remove the tag refund" in stage.page.areas["talk"]
    assert stage.page.focused == "add-tag"


async def test_arrows_choose_and_escape_closes_the_field() -> None:
    stage = await opened("complaint", "refund")
    assert stage.console.picks("tag-query", "ArrowDown")
    stage.console.submit("tag-form")
    await stage.go_on()
    assert stage.asked("tag_thread")["tag"] == "refund"

    stage.console.act("add-tag", "")
    stage.paint()
    assert stage.console.picks("tag-query", "Escape")
    stage.paint()
    assert "tag-query" not in stage.page.areas["talk"]
    assert stage.page.focused == "add-tag"


async def test_a_tag_of_another_group_or_one_that_is_on_is_not_offered() -> None:
    stage = await opened("refund")
    stage.organization.tags.append({"name": "other group", "group_ids": [3]})
    stage.desk.platform.push("tag_created", name="other group")
    stage.desk.platform.push("thread_tagged", chat_id="A", thread_id="T1-A", tag="refund")
    await stage.go_on()

    assert "There are no other tags yet" in stage.page.areas["talk"]


async def test_a_new_tag_is_created_and_put_on_by_who_may() -> None:
    stage = await opened()
    assert "Create the tag" in enter(stage, "warranty")

    stage.console.submit("tag-form")
    await stage.go_on()
    assert stage.organization.tags == [{"name": "warranty", "group_ids": [0]}]
    assert stage.asked("tag_thread")["tag"] == "warranty"


async def test_two_tags_in_a_row_are_both_put_on() -> None:
    stage = await opened("complaint", "refund")
    stage.console.act("tag", "refund")
    stage.console.act("add-tag", "")
    stage.console.act("tag", "complaint")
    await stage.go_on()

    shown = stage.page.areas["talk"]
    assert "Remove the tag refund" in shown
    assert "Remove the tag complaint" in shown


async def test_a_tag_is_taken_off() -> None:
    stage = await opened("refund")
    stage.desk.platform.push("thread_tagged", chat_id="A", thread_id="T1-A", tag="refund")
    stage.console.act("untag", "refund")
    await stage.go_on()

    assert stage.asked("untag_thread")["tag"] == "refund"
    assert "Remove the tag refund" not in stage.page.areas["talk"]


async def test_tags_of_another_thread_are_not_of_this_one() -> None:
    stage = await opened("refund")
    stage.desk.platform.push("thread_tagged", chat_id="A", thread_id="T0-A", tag="refund")
    await stage.go_on()

    assert "Remove the tag refund" not in stage.page.areas["talk"]


async def test_an_archived_thread_can_be_labelled_too() -> None:
    stage = Stage(organization=with_tags("refund"))
    stage.desk.platform.archive = [{**chat("Z", active=False), "access": {"group_ids": [0]}}]
    await stage.start()
    await stage.go_on()
    stage.console.act("place", "archives")
    await stage.go_on()
    stage.console.act("archive", "T1-Z")
    stage.console.act("add-tag", "")
    stage.console.submit("tag-form")
    await stage.go_on()

    assert "Remove the tag refund" in stage.page.areas["talk"]
