"""What an agent does with a chat beside talking: banning its visitor, taking its transcript elsewhere."""

import pytest

from tests.agent_console.platform_fake import ME, chat, message
from tests.agent_console.stage import Stage


async def asked_for_how_long(stage: Stage) -> None:
    stage.console.act("open", "A")
    stage.console.act("ban", "to-more")
    await stage.go_on()


async def test_a_visitor_is_banned_for_the_days_that_were_entered(stage: Stage) -> None:
    await asked_for_how_long(stage)
    assert stage.page.dialog == "asking"
    assert "Ban Visitor VISI?" in stage.page.areas["asking"]

    stage.page.fields["ban-days"] = "30"
    stage.console.submit("ban-form")
    await stage.go_on()

    assert stage.asked("ban_customer") == {"id": "visitor-A", "ban": {"days": 30}}
    assert (stage.page.dialog, stage.page.focused) == ("", "to-more")
    assert "was banned" in stage.page.areas["notices"]


@pytest.mark.parametrize("entered", ["", "0", "-3", "3651", "soon", "1.5", "9" * 400])
async def test_what_is_no_number_of_days_bans_nobody(stage: Stage, entered: str) -> None:
    await asked_for_how_long(stage)
    stage.page.fields["ban-days"] = entered
    stage.console.submit("ban-form")
    await stage.go_on()

    assert "Enter a number of days" in stage.page.areas["asking"]
    assert stage.page.focused == "ban-days"
    assert "ban_customer" not in stage.desk.platform.socket.actions()


async def test_who_thinks_better_of_it_bans_nobody(stage: Stage) -> None:
    await asked_for_how_long(stage)
    stage.console.act("close-asking", "")
    await stage.go_on()

    assert stage.page.dialog == ""
    assert "ban_customer" not in stage.desk.platform.socket.actions()


async def test_the_transcript_is_copied_as_the_platform_writes_it(stage: Stage) -> None:
    stage.console.act("open", "A")
    stage.console.act("copy-transcript", "")
    await stage.go_on()

    assert stage.page.copied == "[12:01] Everything of T1-A"
    assert "The transcript was copied" in stage.page.areas["notices"]


async def test_without_a_clipboard_the_other_way_is_told(stage: Stage) -> None:
    stage.page.has_clipboard = False
    stage.console.act("open", "A")
    stage.console.act("copy-transcript", "")
    await stage.go_on()

    assert "download it" in stage.page.areas["notices"]


async def test_the_transcript_of_an_archived_thread_is_downloaded(stage: Stage) -> None:
    stage.desk.platform.archive = [chat("Z", events=[message("Z", 1, "Hello")], active=False)]
    stage.console.act("place", "archives")
    await stage.go_on()
    stage.console.act("archive", "T1-Z")
    stage.console.act("download-transcript", "")
    await stage.go_on()

    assert stage.page.downloads == [("Visitor VISI 2026-05-03.txt", "[12:01] Everything of T1-Z")]


async def test_a_transcript_that_cannot_be_had_is_said(stage: Stage) -> None:
    stage.desk.platform.refuse["get_thread_transcript"] = "internal"
    stage.console.act("open", "A")
    stage.console.act("copy-transcript", "")
    await stage.go_on()

    assert "The transcript could not be loaded" in stage.page.areas["failures"]
    assert stage.page.copied == ""


async def test_single_keys_label_and_hand_over(stage: Stage) -> None:
    stage.console.act("open", "A")
    await stage.go_on()

    assert stage.console.pressed("l", alt=False, writing=False)
    assert stage.page.focused == "tag-query"
    assert stage.console.pressed("f", alt=False, writing=False)
    stage.paint()
    assert stage.page.dialog == "asking"
    assert ME not in stage.page.areas["asking"]
