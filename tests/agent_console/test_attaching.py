"""Files in the composer: uploaded at once, sent with the message, kept where they were when something goes wrong."""

from agent_console.attaching import MOST
from tests.agent_console.platform_fake import ME
from tests.agent_console.stage import Stage, at_work
from widget.customer_sdk.files import ChatFile, UploadFailed
from widget.wire.errors import Refused
from widget.wire.file_limits import LARGEST

CAT = ChatFile("cat.png", b"a picture", "image/png")


async def attached(stage: Stage, *files: ChatFile) -> str:
    """Files in the composer of a chat of ours; what the conversation shows."""
    stage.console.act("open", "A")
    stage.console.attach(files)
    await stage.go_on()
    return stage.page.areas["talk"]


def sent(stage: Stage) -> list[str]:
    """The names of the files that were sent, in their order."""
    frames = [frame for frame in stage.desk.platform.socket.sent if frame["action"] == "send_event"]
    events = [frame["payload"]["event"] for frame in frames]
    return [event["url"].rpartition("/")[2] for event in events if event["type"] == "file"]


async def test_a_file_is_uploaded_at_once_and_sent_with_the_message(stage: Stage) -> None:
    assert "cat.png" in await attached(stage, CAT)
    stage.uploads.progress["cat.png"](0.4)
    stage.paint()
    assert 'value="40"' in stage.page.areas["talk"]

    stage.uploads.arrive("cat.png")
    await stage.go_on()
    assert sent(stage) == []

    stage.page.fields["message"] = "Look at this"
    stage.console.submit("composer")
    await stage.go_on()
    assert sent(stage) == ["cat.png"]
    assert "attachment-name" not in stage.page.areas["talk"]


async def test_what_is_on_its_way_follows_by_itself_in_a_note_too(stage: Stage) -> None:
    await attached(stage, CAT)
    stage.console.act("note", "")
    stage.console.submit("composer")
    await stage.go_on()
    assert "Sends when it is there" in stage.page.areas["talk"]

    stage.console.act("open", "B")
    stage.uploads.arrive("cat.png")
    await stage.go_on()
    assert sent(stage) == ["cat.png"]
    assert stage.asked("send_event")["chat_id"] == "A"
    assert stage.asked("send_event")["event"]["visibility"] == "agents"


async def test_a_file_that_is_too_large_is_not_uploaded_and_says_so(stage: Stage) -> None:
    shown = await attached(stage, ChatFile("film.mp4", bytes(LARGEST + 1)))

    assert "It is larger than 10 MB." in shown
    assert stage.uploads.waiting == {}


async def test_a_refusal_is_said_and_nothing_is_sent(stage: Stage) -> None:
    await attached(stage, ChatFile("virus.exe", b"MZ"))
    stage.uploads.fail("virus.exe", Refused("validation", "Executable files are not taken."))
    await stage.go_on()
    stage.console.submit("composer")
    await stage.go_on()

    assert "Files of this type cannot be sent." in stage.page.areas["talk"]
    assert sent(stage) == []


async def test_an_upload_that_failed_can_be_tried_again(stage: Stage) -> None:
    await attached(stage, CAT)
    stage.uploads.fail("cat.png", UploadFailed())
    await stage.go_on()
    assert "did not arrive" in stage.page.areas["talk"]

    (attachment,) = [part.partition('"')[0] for part in stage.page.areas["talk"].split('id="attachment-')[1:]]
    stage.console.act("attach-again", attachment)
    await stage.go_on()
    stage.uploads.arrive("cat.png")
    stage.console.submit("composer")
    await stage.go_on()
    assert sent(stage) == ["cat.png"]


async def test_what_is_removed_is_not_uploaded_any_more(stage: Stage) -> None:
    shown = await attached(stage, CAT)
    (attachment,) = [part.partition('"')[0] for part in shown.split('id="attachment-')[1:]]
    stage.console.act("detach", attachment)
    await stage.go_on()

    assert stage.uploads.waiting["cat.png"].cancelled()
    assert "cat.png" not in stage.page.areas["talk"]


async def test_each_chat_has_its_own_files(stage: Stage) -> None:
    await attached(stage, CAT)
    stage.console.act("open", "B")
    await stage.go_on()

    assert "cat.png" not in stage.page.areas["talk"]


async def test_there_is_room_for_so_many_and_the_others_are_mentioned(stage: Stage) -> None:
    shown = await attached(stage, *(ChatFile(f"{number}.txt", b"x") for number in range(MOST + 2)))

    assert shown.count('class="attachment"') == MOST
    assert f"{MOST} files" in stage.page.areas["notices"]


async def test_who_signs_out_uploads_nothing_more(stage: Stage) -> None:
    await attached(stage, CAT)
    stage.console.act("sign-out", "")
    await stage.go_on()

    assert stage.uploads.waiting["cat.png"].cancelled()


async def on_the_next_page(stage: Stage) -> Stage:
    """The console after a reload: in the same browser, with the chat in front."""
    stage.desk.platform.socket.drop()
    reloaded = await at_work(desk=stage.desk, tab=stage.tab, kept_files=stage.kept_files)
    reloaded.console.act("open", "A")
    await reloaded.go_on()
    return reloaded


async def test_what_was_attached_is_there_after_a_reload_and_can_be_sent(stage: Stage) -> None:
    await attached(stage, CAT)
    reloaded = await on_the_next_page(stage)
    assert "cat.png" in reloaded.page.areas["talk"]

    reloaded.uploads.arrive("cat.png")
    reloaded.console.submit("composer")
    await reloaded.go_on()
    assert sent(reloaded) == ["cat.png"]
    assert stage.kept_files.kept == {}


async def test_what_was_to_be_sent_is_sent_by_the_next_page(stage: Stage) -> None:
    await attached(stage, CAT)
    stage.console.submit("composer")
    await stage.go_on()

    reloaded = await on_the_next_page(stage)
    reloaded.uploads.arrive("cat.png")
    await reloaded.go_on()
    assert sent(reloaded) == ["cat.png"]


async def test_a_file_that_the_browser_could_not_keep_says_so_on_the_next_page_until_that_was_read(
    stage: Stage,
) -> None:
    stage.kept_files.full = True
    await attached(stage, CAT)
    reloaded = await on_the_next_page(stage)
    assert "Please attach it again" in reloaded.page.areas["talk"]
    assert "attach-again" not in reloaded.page.areas["talk"]

    reloaded.console.act("detach", next(iter(stage.kept_files.kept)))
    await reloaded.go_on()
    assert "cat.png" not in reloaded.page.areas["talk"]
    assert stage.kept_files.kept == {}


async def test_who_signs_out_and_in_again_finds_what_was_attached(stage: Stage) -> None:
    await attached(stage, CAT)
    stage.console.act("sign-out", "")
    await stage.go_on()
    stage.page.fields |= {"account": ME, "token": "secret"}
    stage.console.submit("sign-in")
    await stage.go_on()
    await stage.desk.let_in()
    stage.console.act("open", "A")
    await stage.go_on()

    assert stage.page.areas["talk"].count('class="attachment"') == 1
