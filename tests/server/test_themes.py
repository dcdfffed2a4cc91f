"""Themes of a widget: who may configure them, and which colours nobody could read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.organization import WIDGET_ID
from server.themes import BadTheme, Theme, colors, contrast, mix
from tests.server.platform import RunningServer

WIDGET = "shop-1"
CLAY = {"base": "light", "accent": "#984a27", "background": "#fffdf9", "text": "#25241f"}

hexes = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@example(Theme(base="light", accent="#00947a", background="#0000a9", text="#00d900"))  # readable on one ground only
@given(st.builds(Theme, base=st.sampled_from(["light", "dark"]), accent=hexes, background=hexes, text=hexes))
def test_whatever_is_chosen_can_be_read_or_is_refused(theme: Theme) -> None:
    try:
        chosen = colors(theme)
    except BadTheme:
        return

    for text, behind in [
        ("--ink", "--paper"),
        ("--ink", "--theirs"),
        ("--ink-2", "--paper"),
        ("--ink-2", "--theirs"),
        ("--accent-ink", "--accent"),
        ("--accent-text", "--paper"),
        ("--head-ink", "--head"),
    ]:
        assert contrast(chosen[text], chosen[behind]) >= 4.5
    assert contrast(chosen["--accent"], chosen["--paper"]) >= 3


def test_contrast_is_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def put(server: RunningServer, name: str, theme: Any, account: str | None = None) -> Any:
    authorization = server.agent_token(account) if account else server.agent_token()
    return server.http.put(f"/widgets/{WIDGET}/themes/{name}", json=theme, headers={"Authorization": authorization})


def test_a_theme_is_configured_by_an_administrator_and_read_by_everybody(server: RunningServer) -> None:
    assert put(server, "clay", CLAY).status_code == 200

    answer = server.http.get(f"/widgets/{WIDGET}/themes", headers={"Origin": "https://shop.example"})

    assert answer.json()["themes"]["clay"]["base"] == "light"
    assert answer.json()["themes"]["clay"]["colors"]["--accent"] == "#984a27"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_theme_can_be_removed(server: RunningServer) -> None:
    put(server, "clay", CLAY)
    headers = {"Authorization": server.agent_token()}

    assert server.http.delete(f"/widgets/{WIDGET}/themes/clay", headers=headers).json() == {"themes": {}}
    assert server.http.delete(f"/widgets/{WIDGET}/themes/clay", headers=headers).status_code == 404


def test_others_may_not_configure(server: RunningServer) -> None:
    assert put(server, "clay", CLAY, "kim@example.com").status_code == 403
    assert server.http.put(f"/widgets/{WIDGET}/themes/clay", json=CLAY).status_code == 401
    assert server.http.get(f"/widgets/{WIDGET}/themes").json() == {"themes": {}}


@pytest.mark.parametrize(
    ("name", "theme", "why"),
    [
        ("dark", CLAY, "called"),
        ("x" * 65, CLAY, "called"),
        ("pale", {**CLAY, "text": "#dddddd"}, "text on the background"),
        ("pale", {**CLAY, "accent": "#fffd00"}, "the accent on the background"),
        ("pale", {**CLAY, "accent": "red"}, "accent"),
        ("pale", {**CLAY, "accent": "#fff;}"}, "accent"),
        ("pale", {**CLAY, "glow": True}, "glow"),
        ("pale", {"base": "light"}, "accent"),
        ("pale", [], "object"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(server: RunningServer, name: str, theme: Any, why: str) -> None:
    answer = put(server, name, theme)

    assert answer.status_code == 400
    assert why in answer.json()["error"]["message"]
    assert server.http.get(f"/widgets/{WIDGET}/themes").json() == {"themes": {}}


def test_agents_are_told_which_widgets_there_are_and_nobody_else(server: RunningServer) -> None:
    put(server, "clay", CLAY)

    told = server.http.get("/widgets/", headers={"Authorization": server.agent_token()})
    refused = server.http.get("/widgets/")

    assert told.json() == {"widgets": [WIDGET_ID, WIDGET]}
    assert refused.status_code == 401
