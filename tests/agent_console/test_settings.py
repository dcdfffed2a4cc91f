"""What the organization has set, as agents see and change it: replies, groups, bans."""

from tests.agent_console.platform_fake import ANN, AT, ME
from tests.agent_console.stage import FakeOrganization, FakePage, Stage, at_work, reply


def organization() -> FakeOrganization:
    everybody = {"agent_priorities": {ME: "normal", ANN: "first"}, "routing_status": "accepting_chats"}
    return FakeOrganization(
        agents=[{"id": ME, "name": "Me"}, {"id": ANN, "name": "Ann Lee"}],
        groups=[{"id": 0, "name": "General", **everybody}, {"id": 1, "name": "Returns"}],
        replies=[reply(1, "Hello!", "hello"), reply(2, "Good bye!", "bye", "end")],
        bans=[
            {
                "customer_id": "kim",
                "agent_id": ANN,
                "created_at": AT % 1,
                "expires_at": AT % 9,
            }
        ],
    )


async def at_settings(part: str = "replies") -> Stage:
    stage = await at_work(organization=organization())
    stage.console.act("place", "settings")
    stage.console.act("settings-part", part)
    await stage.go_on()
    return stage


def fill(stage: Stage, names: str, text: str) -> None:
    stage.page.fields |= {"reply-names": names, "reply-text": text}
    stage.console.submit("reply-form")


# Canned replies


async def test_the_replies_are_listed_by_their_names() -> None:
    shown = (await at_settings()).page.areas["settings"]

    assert shown.index("#bye") < shown.index("#hello")


async def test_a_reply_is_written_and_is_there() -> None:
    stage = await at_settings()
    stage.console.act("new-reply", "")
    stage.paint()
    assert stage.page.dialog == "asking"

    fill(stage, "#moment, wait", "One moment, please.")
    await stage.go_on()
    (request,) = stage.organization.requests("create_canned_response")
    assert (request["tags"], request["group_id"], request["is_private"]) == (["moment", "wait"], 0, False)
    assert "One moment, please." in stage.page.areas["settings"]
    assert (stage.page.dialog, stage.page.focused) == ("", "new-reply")


async def test_a_reply_for_oneself_is_private() -> None:
    stage = await at_settings()
    stage.console.act("new-reply", "")
    stage.page.fields["reply-private"] = "on"
    fill(stage, "mine", "Only for me")
    await stage.go_on()

    assert stage.organization.requests("create_canned_response")[0]["is_private"]


async def test_what_is_missing_is_said_at_its_field_and_nothing_is_asked() -> None:
    stage = await at_settings()
    stage.console.act("new-reply", "")
    for names, text, field in (
        ("", "Text", "reply-names"),
        ("x" * 51, "Text", "reply-names"),
        ("#x", " ", "reply-text"),
    ):
        fill(stage, names, text)
        stage.paint()
        assert stage.page.focused == field
    assert "Write what it says" in stage.page.areas["asking"]
    assert stage.organization.requests("create_canned_response") == []


async def test_a_reply_is_changed() -> None:
    stage = await at_settings()
    stage.console.act("edit-reply", "2")
    stage.paint()
    assert "#bye #end" in stage.page.areas["asking"]

    fill(stage, "#bye", "See you!")
    await stage.go_on()
    assert stage.organization.replies[1] | {"text": "See you!", "tags": ["bye"]} == stage.organization.replies[1]
    assert stage.page.focused == "edit-2"


async def test_a_reply_goes_only_after_a_question() -> None:
    stage = await at_settings()
    stage.console.act("delete-reply", "1")
    stage.paint()
    assert "Delete #hello?" in stage.page.areas["asking"]
    assert stage.organization.requests("delete_canned_response") == []

    stage.console.submit("confirm-form")
    await stage.go_on()
    assert [each["id"] for each in stage.organization.replies] == [2]
    assert "Hello!" not in stage.page.areas["settings"]


async def test_a_refused_change_is_said() -> None:
    stage = await at_settings()
    stage.organization.refuse["create_canned_response"] = "missing_access"
    stage.console.act("new-reply", "")
    fill(stage, "#x", "X")
    await stage.go_on()

    assert "The reply could not be saved" in stage.page.areas["failures"]


# Groups


async def test_the_groups_tell_who_is_in_them_and_who_takes_chats() -> None:
    shown = (await at_settings("groups")).page.areas["settings"]

    assert "Takes chats" in shown
    assert "Takes no chats now" in shown
    assert "Nobody is in this group." in shown
    assert "Remove Ann Lee from General" in shown


async def test_an_agent_joins_a_group_and_leaves_it() -> None:
    stage = await at_settings("groups")
    stage.page.fields["add-to-1"] = ANN
    stage.console.act("join-group", "1")
    await stage.go_on()
    stage.desk.platform.push("group_updated", id=1)
    await stage.go_on()
    assert stage.organization.groups[1]["agent_priorities"] == {ANN: "normal"}
    assert "Remove Ann Lee from Returns" in stage.page.areas["settings"]

    stage.console.act("leave-group", f"0 {ANN}")
    await stage.go_on()
    assert stage.organization.groups[0]["agent_priorities"] == {ME: "normal"}


async def test_how_soon_an_agent_gets_chats_is_set() -> None:
    stage = await at_settings("groups")
    stage.console.act("priority", f"0 {ANN} supervisor")
    await stage.go_on()

    assert stage.organization.groups[0]["agent_priorities"] == {ME: "normal", ANN: "supervisor"}


def chosen(stage: Stage, agent_id: str) -> str:
    """What stands chosen for an agent of the first group."""
    row = stage.page.areas["settings"].partition(f'id="member-0-{agent_id}"')[2].partition("</li>")[0]
    return row.partition(" selected")[0].rpartition('value="')[2].rstrip('"')


async def test_a_priority_that_is_refused_is_what_it_was_and_the_reason_is_said() -> None:
    stage = await at_settings("groups")
    stage.organization.refuse = {"update_group": "authorization"}
    stage.console.act("priority", f"0 {ANN} supervisor")
    assert chosen(stage, ANN) == "supervisor"

    await stage.go_on()
    assert chosen(stage, ANN) == "first"
    assert "The group could not be changed" in stage.page.areas["failures"]
    assert "Your role does not allow it." in stage.page.areas["failures"]

    stage.organization.refuse = {}
    stage.console.act("again", "1")
    await stage.go_on()
    assert chosen(stage, ANN) == "supervisor"
    assert stage.organization.groups[0]["agent_priorities"][ANN] == "supervisor"


async def test_changes_that_come_quickly_are_all_made() -> None:
    stage = await at_settings("groups")
    stage.console.act("priority", f"0 {ANN} last")
    stage.console.act("priority", f"0 {ME} first")
    stage.console.act("priority", f"0 {ANN} supervisor")
    await stage.go_on()

    assert stage.organization.groups[0]["agent_priorities"] == {ME: "first", ANN: "supervisor"}


async def test_a_group_is_created_under_its_name() -> None:
    stage = await at_settings("groups")
    stage.console.act("new-group", "")
    stage.console.submit("group-form")
    stage.paint()
    assert "Give it a name." in stage.page.areas["asking"]

    stage.page.fields["group-name"] = "Wholesale"
    stage.console.submit("group-form")
    await stage.go_on()
    assert [group["name"] for group in stage.organization.groups] == ["General", "Returns", "Wholesale"]


# Bans


async def test_who_is_banned_is_listed_and_let_in_again() -> None:
    stage = await at_settings("bans")
    assert "Visitor KIM" in stage.page.areas["settings"]

    stage.console.act("lift-ban", "kim")
    await stage.go_on()
    assert stage.organization.requests("unban_customer") == [{"customer_id": "kim"}]
    assert "Nobody is banned." in stage.page.areas["settings"]


# The language


async def test_the_language_that_is_chosen_is_the_pages_from_then_on() -> None:
    stage = await at_settings("language")
    assert "Deutsch" in stage.page.areas["settings"]

    stage.page.fields["language"] = "de-DE"
    stage.console.submit("language-form")
    await stage.go_on()

    assert stage.languages.chosen == "de-DE"


async def test_without_a_choice_it_is_the_browsers() -> None:
    stage = await at_settings("language")
    stage.languages.chosen = "de-DE"

    stage.page.fields["language"] = ""
    stage.console.submit("language-form")
    await stage.go_on()

    assert stage.languages.chosen is None


async def test_a_language_whose_words_cannot_be_had_is_said_and_changes_nothing() -> None:
    stage = await at_settings("language")
    stage.languages.can_be_had = False

    stage.page.fields["language"] = "de-DE"
    stage.console.submit("language-form")
    await stage.go_on()

    assert "could not be loaded" in stage.page.areas["settings"]
    assert stage.languages.chosen is None


async def test_a_reload_comes_back_to_the_part_of_the_settings_that_was_in_front() -> None:
    stage = await at_settings("language")
    again = Stage(desk=stage.desk, page=FakePage(address=stage.page.address))
    await again.start()

    assert stage.page.address == "settings/language"
    assert "Language of the console" in again.page.areas["settings"]
