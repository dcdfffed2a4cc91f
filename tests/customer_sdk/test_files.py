"""Files on their way: how far they are, how to stop them, and what can go wrong."""

import asyncio

import pytest

from tests.customer_sdk.fake_platform import CHAT, ORGANIZATION, THREAD, FakePlatform, message
from tests.fakes import settle
from widget.customer_sdk.files import ChatFile, TooBigFile, UploadCanceled, UploadFailed
from widget.rtm.ports import HttpResponse
from widget.wire.errors import Destroyed, Refused
from widget.wire.file_limits import LARGEST

PICTURE = ChatFile("a.png", b"picture", "image/png")
SENT = {"chat_id": CHAT, "thread_id": THREAD, "event": message(type="file", url="https://cdn.example.com/a.png")}


async def test_a_file_is_uploaded_and_then_said_in_the_chat() -> None:
    platform = FakePlatform({"send_event": ("incoming_event", SENT)})
    sdk = await platform.connected2()
    progress: list[float] = []

    sent = await sdk.send_file(CHAT, {"file": PICTURE, "custom_id": "c"}, {"on_progress": progress.append})

    assert sent == {"url": "https://cdn.example.com/a.png"}
    assert progress == [0.0, 0.5, 1.0]
    ((url, headers, file),) = platform.uploaded
    assert url == (
        f"https://api.livechatinc.com/v3.6/customer/action/upload_file?organization_id={ORGANIZATION}&region=dal"
    )
    assert headers["Authorization"] == "Bearer dal:ab"
    assert file == PICTURE
    event = {"type": "file", "url": "https://cdn.example.com/a.png", "custom_id": "c"}
    assert platform.asked("send_event") == {"chat_id": CHAT, "event": event}


async def test_today_the_upload_is_all() -> None:
    platform = FakePlatform()
    sdk = await platform.connected5()

    assert await sdk.upload_file(file=PICTURE) == {"url": "https://cdn.example.com/a.png"}
    assert "send_event" not in platform.actions()


@pytest.mark.parametrize("size", [LARGEST + 1, LARGEST * 2])
async def test_a_file_that_is_too_big_is_not_sent(size: int) -> None:
    platform = FakePlatform({"send_event": ("incoming_event", SENT)})
    sdk = await platform.connected2()

    with pytest.raises(TooBigFile) as error:
        await sdk.send_file(CHAT, {"file": ChatFile("a", bytes(size))})

    assert (error.value.code, str(error.value)) == ("TOO_BIG_FILE", "The file is too big (max size is 10.00 MB).")
    assert platform.uploaded == []


async def test_ten_megabytes_are_not_too_big() -> None:
    platform = FakePlatform()
    sdk = await platform.connected5()

    await sdk.upload_file(file=ChatFile("a", bytes(LARGEST)))

    assert len(platform.uploaded) == 1


async def test_an_upload_can_be_cancelled() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()
    begun, progress = asyncio.Event(), list[float]()

    def on_progress(part: float) -> None:
        progress.append(part)
        begun.set()

    upload = sdk.send_file(CHAT, {"file": PICTURE}, {"on_progress": on_progress})
    await begun.wait()

    upload.cancel()

    with pytest.raises(UploadCanceled) as error:
        await upload
    assert error.value.code == "UPLOAD_CANCELED"
    assert 1.0 not in progress
    assert "send_event" not in platform.actions()


async def test_once_the_file_is_there_it_is_too_late_to_cancel() -> None:
    platform = FakePlatform({"send_event": ("incoming_event", SENT)})
    sdk = await platform.connected2()
    upload = sdk.send_file(CHAT, {"file": PICTURE})
    await settle()

    upload.cancel()

    assert await upload == {"url": "https://cdn.example.com/a.png"}


async def test_a_file_that_does_not_arrive_says_so() -> None:
    platform = FakePlatform()
    platform.upload_answer = OSError("no network")
    sdk = await platform.connected5()

    with pytest.raises(UploadFailed) as error:
        await sdk.upload_file(file=PICTURE)

    assert error.value.code == "UPLOAD_FAILED"


async def test_a_file_that_the_platform_does_not_take_is_refused_in_its_word() -> None:
    platform = FakePlatform()
    platform.upload_answer = HttpResponse(413, '{"error": {"type": "entity_too_large", "message": "Too large"}}')
    sdk = await platform.connected5()

    with pytest.raises(Refused) as refused:
        await sdk.upload_file(file=PICTURE)

    assert refused.value.code == "ENTITY_TOO_LARGE"


async def test_a_destroyed_client_uploads_nothing() -> None:
    platform = FakePlatform()
    sdk = await platform.connected5()
    sdk.destroy()

    with pytest.raises(Destroyed):
        await sdk.upload_file(file=PICTURE)
