"""The emoji to choose from: which there are, and what they are called."""

import json

import pytest

from server.emoji import emoji
from tests.server.platform import RunningServer
from tools.setup import MODULES
from widget.ui.languages import LANGUAGES

GROUPS = [
    "smileys_emotion",
    "people_body",
    "animals_nature",
    "food_drink",
    "travel_places",
    "activities",
    "objects",
    "symbols",
    "flags",
]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_has_a_name_for_each_and_leaves_flags_of_countries_to_the_browser(tag: str) -> None:
    groups = json.loads(emoji(tag, MODULES))

    assert [*groups] == GROUPS
    assert all(len(each) == 3 and each[1] for group in GROUPS[:-1] for each in groups[group])
    assert ["🇳🇴"] in groups["flags"]
    assert sum(map(len, groups.values())) > 1500


def test_they_are_called_as_people_say_there() -> None:
    def first(tag: str) -> str:
        return str(json.loads(emoji(tag, MODULES))["smileys_emotion"][0][1])

    assert first("en-US") == "grinning face"
    assert first("de-DE") == "grinsendes Gesicht"
    assert first("pt-PT") == "cara sorridente"
    assert first("pt-BR") == "rosto risonho"


def test_pages_as_written_get_them_by_language(server: RunningServer) -> None:
    assert server.http.get("/widget/emoji/de-DE.json").json()["symbols"]
    assert server.http.get("/widget/emoji/xx.json").status_code == 404
