"""The demo shop's pages about commands, in every language."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from server import catalogues, command_pages
from server.command_pages import command_page
from server.languages import language_for
from tests.server.platform import RunningServer
from tools.setup import ROOT
from tools.texts import extracted
from widget.live_chat.table import COMMANDS
from widget.ui.languages import ENGLISH, LANGUAGES

SHOP = ROOT / "static" / "shop"


def test_each_command_has_a_page_with_its_facts(server: RunningServer) -> None:
    page = server.http.get("/commands/send")

    assert page.status_code == 200
    assert '<article data-command="send"' in page.text
    assert '<code dir="ltr">TEXT_TOO_LONG</code>' in page.text
    assert page.text.count("/widget.js") == 1
    assert "{{" not in page.text
    assert server.http.get("/commands/dance").status_code == 404


# Which language


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, "", "en-US"),
        (None, "de-AT,de;q=0.9,en;q=0.8", "de-DE"),
        (None, "en;q=0.5, ja", "ja-JP"),
        (None, "xx, nb;q=0.9, sv;q=0.1", "sv-SE"),
        (None, "de;q=0, *;q=0.5", "en-US"),
        (None, "de;q=much", "en-US"),
        ("ar", "de", "ar-AE"),
        ("es-419", "de", "es-LA"),
        ("xx", "de", "en-US"),
    ],
)
def test_the_address_says_the_language_else_the_browser(asked: str | None, accepted: str, language: str) -> None:
    assert language_for(asked, accepted).tag == language


def test_a_page_says_which_language_it_is_in_and_keeps_it_from_page_to_page(server: RunningServer) -> None:
    page = server.http.get("/commands/send?lang=ar-AE").text

    assert '<html lang="ar-AE" dir="rtl">' in page
    assert '<option value="ar-AE" lang="ar-AE" selected>' in page
    assert 'href="/commands/hide?lang=ar-AE"' in page
    assert 'data-language="ar-AE"' in page


def test_the_launcher_is_called_by_the_pages_words_before_anything_has_started(server: RunningServer) -> None:
    page = server.http.get("/commands/", headers={"Accept-Language": "de"})

    assert (
        'data-lang="de-DE" data-open="Chat öffnen" data-close="Chat schließen" data-frame="Chat"></script>' in page.text
    )
    assert "Accept-Language" in page.headers["vary"]


# All of it is in the catalogues


class Seen(HTMLParser):
    """What is read on a page. Code, names and the choice of languages are the same in every language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._apart: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"meta", "link", "br", "use"}:
            return
        if self._apart or tag in {"script", "style", "option", "title"} or ("dir", "ltr") in attrs:
            self._apart.append(tag)
        self.texts += [value for name, value in attrs if name == "aria-label" and value and not self._apart]

    def handle_endtag(self, tag: str) -> None:
        if self._apart:
            self._apart.pop()

    def handle_data(self, data: str) -> None:
        if not self._apart and data.strip():
            self.texts.append(data.strip())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_text_of_a_page_is_in_the_catalogues(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {str(message.id): f"⟦{message.id}⟧" for message in extracted(catalogues.COMMANDS) if message.id}
    monkeypatch.setattr(catalogues, "texts", lambda tag, domain: words)

    page = command_page(SHOP, command, ENGLISH, asked=False)
    read = " ".join(Seen(page).texts)

    assert re.search("[A-Za-z]", re.sub("⟦[^⟧]*⟧?|[^⟦]*⟧", "", read)) is None


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_scripts_of_a_page_find_their_words_in_it(tag: str) -> None:
    page = command_page(SHOP, "send", LANGUAGES[tag], asked=True)
    written = re.search('id="words">(.*?)</script>', page)
    assert written is not None

    words = json.loads(written[1])

    assert {"Run", "done", "A message"} <= {*words}
    assert (words["Run"] == "Run") == (tag == ENGLISH.tag)


def test_a_changed_catalogue_is_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    file = tmp_path / "de-DE.po"
    for text in ("Los", "Weiter"):
        file.write_text(f'msgid "Run"\nmsgstr "{text}"\n', "utf-8")

        assert catalogues.texts("de-DE", "")["Run"] == text


def test_words_cannot_end_the_script_that_they_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_pages, "in_scripts", lambda shop: [("file", "</script><b>")])

    assert "</script><b>" not in command_page(SHOP, "send", ENGLISH, asked=False)
