"""The same script through customer-sdk 4.0.2 and through ours: what is sent, what comes back and what is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.real_sdks import script
from tests.real_sdks.same import ALLOWED, Difference, differences
from tests.real_sdks.scene import recorded
from tests.real_sdks.script import Played

Both = tuple[Played, Played]


@pytest.fixture(scope="module")
def both(certificate: Path, tmp_path_factory: pytest.TempPathFactory, registry_packages: Callable[[str], Path]) -> Both:
    """The script, played by theirs and by ours."""
    folder = registry_packages("@livechat/customer-sdk==4.0.2 ws==8.18.3")
    with recorded(tmp_path_factory.mktemp("theirs"), certificate) as server:
        theirs = script.theirs(folder, server)
    with recorded(tmp_path_factory.mktemp("ours")) as server:
        ours = script.ours(server)
    return theirs, ours


def found(both: Both) -> list[Difference]:
    """All differences."""
    theirs, ours = both
    return [
        *differences("frame", theirs.frames, ours.frames),
        *differences("result", theirs.results, ours.results),
        *differences("event", theirs.events, ours.events),
    ]


def not_allowed(differences: list[Difference]) -> list[Difference]:
    """Those that no row of the table has."""
    return [each for each in differences if not any(row.allows(each) for row in ALLOWED)]


def test_the_script_is_a_long_one(both: Both) -> None:
    theirs, _ = both

    assert len(theirs.frames) > 50
    assert len({name for name, _ in theirs.results}) > 25
    assert len({name for name, _ in theirs.events}) > 12


def test_the_same_frames_are_sent(both: Both) -> None:
    theirs, ours = both

    assert not_allowed(differences("frame", theirs.frames, ours.frames)) == []


def test_the_same_comes_back(both: Both) -> None:
    theirs, ours = both

    assert not_allowed(differences("result", theirs.results, ours.results)) == []


def test_the_same_is_told(both: Both) -> None:
    theirs, ours = both

    assert not_allowed(differences("event", theirs.events, ours.events)) == []


def test_no_row_is_there_for_nothing(both: Both) -> None:
    assert [row for row in ALLOWED if not any(row.allows(each) for each in found(both))] == []
