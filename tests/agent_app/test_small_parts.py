"""Origins, sections, the frame's address, and the frames of the trusted dialect."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.agent_app.connection import Address
from widget.agent_app.envelope import Frame, Kind, answer, failure, read_frame, result_of
from widget.agent_app.origins import Origins
from widget.agent_app.sections import check_section
from widget.wire.errors import WrongArgument


@pytest.mark.parametrize(
    "origin",
    ["https://my.livechatinc.com", "http://my.lc:3000", "https://my.text.com", "https://app.eu.livechat.com"],
)
def test_livechats_agent_app_is_accepted(origin: str) -> None:
    assert Origins().accept(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "http://my.livechatinc.com",
        "https://mylivechatinc.com",
        "https://livechat.com.evil.example",
        "https://my.livechat.com:8443",
        "https://my.lc:3000",
        "null",
        "",
    ],
)
def test_what_only_looks_like_it_is_not(origin: str) -> None:
    assert not Origins().accept(origin)


def test_one_may_name_others() -> None:
    origins = Origins(["https://console.example.com", "https://*.example.org"])

    assert origins.accept("https://console.example.com")
    assert origins.accept("https://a.b.example.org")
    assert not origins.accept("https://example.org.evil.example")


@pytest.mark.parametrize("pattern", ["https://*", "https://*.com", "*", "https://my.*.example.com"])
def test_there_is_no_pattern_for_everything(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        Origins([pattern])


def test_the_console_of_ones_own_server_is_accepted_under_the_machines_other_name() -> None:
    origins = Origins(own="http://localhost:8000")

    assert origins.accept("http://127.0.0.1:8000")
    assert not origins.accept("http://127.0.0.1:8001")


def test_the_frames_address_says_who_the_app_is() -> None:
    address = Address.read("https://app.example/page?plugin_id=P%201&connection=plain&theme=dark#here")

    assert address == Address("https://app.example", "P 1", plain=True, theme="dark")
    assert Address.read("https://app.example/").plugin_id is None


def section(**component: Any) -> dict[str, Any]:
    return {"title": "Orders", "components": [component]}


def test_a_section_that_is_as_it_must_be_passes() -> None:
    check_section(section(type="button", data={"label": "Refund", "id": "refund"}))
    check_section(section(type="line"))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (None, "title and components"),
        ({"title": "", "components": [{"type": "line"}]}, "title"),
        ({"title": "Orders", "components": []}, "components"),
        (section(type="script"), "type"),
        (section(type="button", data={"label": "Refund"}), r"data\.id"),
        (section(type="link"), r"data\.url"),
        (section(type="title", data={"title": "A", "imgSize": "huge"}), "imgSize"),
    ],
)
def test_a_section_that_is_not_says_what_is_wrong(wrong: Any, named: str) -> None:
    with pytest.raises(WrongArgument, match=named):
        check_section(wrong)


numbers = st.integers(0, 9)
names = st.sampled_from(["@@livechat/postmessenger", "type", "owner", "instance", "request"])


@given(st.builds(Frame, st.sampled_from(Kind), st.text(), numbers, st.none() | st.text(), st.none() | numbers))
def test_a_frame_survives_the_post(frame: Frame) -> None:
    assert read_frame(frame.as_json()) == frame


@given(st.dictionaries(names, st.none() | st.booleans() | st.text()))
def test_what_is_no_frame_is_none(data: dict[str, Any]) -> None:
    assert read_frame(data) is None


def test_an_error_keeps_its_sentence() -> None:
    asked = Frame(Kind.CALL, "page", 0, None, 4)

    assert result_of(failure(asked, "No chat is open.")) == (None, "No chat is open.")
    assert result_of(answer(asked, {"a": 1})) == ({"a": 1}, None)
