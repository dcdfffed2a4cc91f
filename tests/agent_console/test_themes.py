"""The themes of the visitor's window, as an administrator sees and changes them."""

from __future__ import annotations

import pytest

from agent_console.themes import ThemesPage, WidgetsApi
from agent_console.views.settings_themes import themes
from tests.agent_console.stage import FakeWidgets, Stage, at_work
from widget.rtm.ports import HttpResponse
from widget.ui.locale import Locale
from widget.wire.errors import NotConnected, Refused

CLAY = {"base": "light", "colors": {"--accent": "#984a27", "--paper": "#fffdf9", "--ink": "#25241f"}}


async def at_themes() -> Stage:
    """In the settings, with one theme."""
    stage = await at_work(widgets=FakeWidgets({"shop": {"clay": CLAY}, "blog": {}}))
    stage.console.act("place", "settings")
    stage.console.act("settings-part", "themes")
    await stage.go_on()
    return stage


def shown(stage: Stage) -> str:
    return stage.page.areas["settings"]


def dialog(stage: Stage) -> str:
    stage.paint()
    return stage.page.areas["asking"]


def enter(stage: Stage, **fields: str) -> None:
    """Fill the form in, as the browser has it."""
    usual = {"name": "", "base": "light", "accent": "#14594a", "paper": "#ffffff", "ink": "#1b2521"}
    stage.page.fields |= {f"theme-{name}": value for name, value in {**usual, **fields}.items()}
    stage.console.typed("theme-accent")


async def test_the_themes_are_listed_with_their_colours() -> None:
    stage = await at_themes()

    assert "clay" in shown(stage)
    assert 'fill="#984a27"' in shown(stage)
    assert "Edit clay" in shown(stage)


async def test_a_new_theme_is_shown_as_it_will_look_and_saved() -> None:
    stage = await at_themes()
    stage.console.act("new-theme", "")
    enter(stage, name="night", base="dark", accent="#7fd1b9", paper="#101820", ink="#f0f4f2")
    assert 'fill="#101820"' in dialog(stage)
    assert "Everybody can read this." in dialog(stage)

    stage.console.submit("theme-form")
    await stage.go_on()

    assert stage.widgets.themes["shop"]["night"]["colors"]["--accent"] == "#7fd1b9"
    assert "Edit night" in shown(stage)
    assert stage.page.dialog == ""


async def test_what_nobody_could_read_is_said_and_not_saved() -> None:
    stage = await at_themes()
    stage.console.act("new-theme", "")
    enter(stage, name="faint", ink="#bbbbbb")
    assert "Text on the background: stands out by 1.9 to 1, and must by 4.5" in dialog(stage)

    stage.console.submit("theme-form")
    await stage.go_on()

    assert {verb for verb, *_ in stage.widgets.asked} == {"GET"}
    assert stage.page.focused == "theme-mend"


@pytest.mark.parametrize(
    ("colours", "where"),
    [
        ({"ink": "#bbbbbb"}, "text on the background"),
        ({"accent": "#fafafa"}, "the accent on the background"),
        ({"accent": "#808080"}, "text on the accent"),
    ],
)
async def test_the_nearest_shade_that_can_be_read_is_a_button_away(colours: dict[str, str], where: str) -> None:
    stage = await at_themes()
    stage.console.act("new-theme", "")
    enter(stage, name="new", **colours)
    assert f'data-id="{where}"' in dialog(stage)

    stage.console.act("mend-theme", where)

    assert f'data-id="{where}"' not in dialog(stage)


async def test_the_usual_colours_follow_the_base() -> None:
    stage = await at_themes()
    stage.console.act("new-theme", "")
    enter(stage, name="new")

    enter(stage, name="new", base="dark")

    assert stage.page.fields["theme-paper"] == "#13201c"


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Letters, digits"), ("dark", "Letters, digits"), ("a/b", "Letters, digits"), ("clay", "There is a theme")],
)
async def test_a_name_that_cannot_be_is_said(name: str, said: str) -> None:
    stage = await at_themes()
    stage.console.act("new-theme", "")
    enter(stage, name=name)

    stage.console.submit("theme-form")

    assert said in dialog(stage)
    assert stage.page.focused == "theme-name"


async def test_a_theme_that_is_called_otherwise_is_not_there_twice() -> None:
    stage = await at_themes()
    stage.console.act("edit-theme", "clay")
    assert 'value="#984a27"' in dialog(stage)
    enter(stage, name="terracotta", accent="#984a27")

    stage.console.submit("theme-form")
    await stage.go_on()

    assert [*stage.widgets.themes["shop"]] == ["terracotta"]


async def test_a_theme_is_deleted_when_that_was_confirmed() -> None:
    stage = await at_themes()
    stage.console.act("delete-theme", "clay")
    assert stage.widgets.themes["shop"]

    stage.console.submit("confirm-form")
    await stage.go_on()

    assert stage.widgets.themes["shop"] == {}
    assert "There are none yet." in shown(stage)


async def test_the_themes_of_another_widget_can_be_looked_at() -> None:
    stage = await at_themes()

    stage.console.act("themes-widget", "widget blog")
    await stage.go_on()

    assert "clay" not in shown(stage)
    assert stage.widgets.asked[-1] == ("GET", "blog", "themes")


async def test_what_the_server_refuses_says_so_and_can_be_tried_again() -> None:
    stage = await at_themes()
    stage.widgets.refusal = Refused("validation", "no")
    stage.console.act("delete-theme", "clay")
    stage.console.submit("confirm-form")
    await stage.go_on()

    assert "The theme could not be deleted" in stage.page.areas["failures"]
    assert "Retry" in stage.page.areas["failures"]


def test_who_may_not_change_it_sees_it_and_is_told_who_may() -> None:
    page = str(themes(ThemesPage(("shop",), "shop", (), known=True), Locale()))

    assert "Administrators can change this." in page
    assert "New theme" not in page


# Over HTTP


async def test_the_server_is_asked_with_the_agents_token() -> None:
    asked = []

    async def fetch(verb: str, url: str, headers: object, body: bytes | None) -> HttpResponse:
        asked.append((verb, url, headers, body))
        return HttpResponse(200, '{"themes": {}}')

    api = WidgetsApi(fetch, "https://chat.example", "Basic x")

    assert await api("PUT", "shop", "themes", "my theme", body={"base": "dark"}) == {"themes": {}}
    ((verb, url, headers, body),) = asked
    assert (verb, url, body) == ("PUT", "https://chat.example/widgets/shop/themes/my%20theme", b'{"base": "dark"}')
    assert headers == {"Authorization": "Basic x", "Content-Type": "application/json"}


async def test_a_server_that_is_not_there_is_an_error_of_ours() -> None:
    async def fetch(verb: str, url: str, headers: object, body: bytes | None) -> HttpResponse:
        raise OSError("no network")

    with pytest.raises(NotConnected):
        await WidgetsApi(fetch, "https://chat.example", "Basic x")("GET")
