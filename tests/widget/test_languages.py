"""Which language somebody means, and what a language does to a text."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import MemoryStorage, settle
from tests.widget.test_session import new_world
from widget.customer_sdk.files import File, Progress
from widget.rtm.outbox import Outgoing, UploadedFile
from widget.ui.app import ChatWindow
from widget.ui.filling import Kept
from widget.ui.languages import ENGLISH, LANGUAGES, TAGS, Language, found, wanted
from widget.ui.locale import Locale, Words
from widget.ui.painting import Change
from widget.ui.ports import Files
from widget.ui.shell import languages
from widget.ui.state import WindowState
from widget.ui.system_messages import system_text, told_to_visitor
from widget.ui.window import launcher_texts, rows
from widget.wire.base import Json
from widget.wire.errors import CommandError
from widget.wire.events import SystemMessage

SEED = (
    "ar-AE bs-BA da-DK de-DE el-GR en-US es-ES es-LA fr-FR hr-HR hu-HU it-IT ja-JP ko-KR lt-LT lv-LV pl-PL pt-BR pt-PT "
    "ro-RO ru-RU sl-SI sq-AL sr-Latn sv-SE th-TH tr-TR uk-UA zh-Hans zh-Hant zh-TW"
)


def test_the_languages_are_the_seeds() -> None:
    assert " ".join(LANGUAGES) == SEED


@pytest.mark.parametrize("tag", SEED.split())
def test_a_language_is_found_by_its_tag_however_it_is_written(tag: str) -> None:
    assert [found(way) for way in (tag, tag.lower(), tag.upper(), tag.replace("-", "_"))] == [LANGUAGES[tag]] * 4


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("de", "de-DE"),
        ("de-AT", "de-DE"),
        ("de-Latn-CH-1996", "de-DE"),
        ("en-GB", "en-US"),
        ("es", "es-ES"),
        ("es-MX", "es-LA"),
        ("es-419", "es-LA"),
        ("es-AR-x-lunfardo", "es-LA"),
        ("pt", "pt-BR"),
        ("pt-AO", "pt-PT"),
        ("sr-Cyrl-RS", "sr-Latn"),
        ("ar-EG", "ar-AE"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-TW"),
    ],
)
def test_a_tag_that_is_none_of_ours_means_the_nearest(asked: str, tag: str) -> None:
    assert found(asked) == LANGUAGES[tag]


@given(st.text(max_size=40))
def test_whatever_stands_in_a_tag_it_means_one_of_ours_or_none(tag: str) -> None:
    assert found(tag) in {None, *LANGUAGES.values()}


@pytest.mark.parametrize("asked", [None, "nl-NL", "xx", "deu"])
def test_without_a_language_of_ours_it_is_english(asked: str | None) -> None:
    assert wanted(asked) == ENGLISH


@pytest.mark.parametrize("asked", ["", "german", "de DE", "../de-DE", "-", 5, True, ["de-DE"], {"language": "de"}])
def test_what_is_no_tag_is_refused_with_a_hint(asked: object) -> None:
    with pytest.raises(CommandError) as refused:
        wanted(asked)

    assert refused.value.code == "UNKNOWN_LANGUAGE"
    assert "de-DE" in refused.value.hint


def test_the_page_has_the_same_table_before_python() -> None:
    table = json.loads(str(languages()).partition(">")[2].removesuffix("</script>"))

    assert table["tags"] == TAGS
    assert table["rtl"] == ["ar-AE"]


# Words


class Polish:
    """Numbers as a Polish browser has them."""

    def written(self, number: int) -> str:
        return f"{number:,}".replace(",", "\u00a0")

    def category(self, number: int) -> str:
        few = number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}
        return "one" if number == 1 else "few" if few else "many"


WORDS: Words = {
    "Send": "Wyślij",
    "{name} is typing": "{name} pisze",
    "You are number {place} in the queue": "Miejsce w kolejce: {place}",
    "{count} new message": {
        "one": "{count} nowa wiadomość",
        "few": "{count} nowe wiadomości",
        "many": "{count} nowych wiadomości",
        "other": "{count} nowej wiadomości",
    },
}
POLISH = Locale("pl-PL", numbers=Polish(), words=WORDS)


def test_a_text_is_the_languages_and_english_where_it_has_none() -> None:
    assert POLISH.text("Send") == "Wyślij"
    assert POLISH.text("{name} is typing", name="Sam") == "Sam pisze"
    assert POLISH.text("Not in the catalogue") == "Not in the catalogue"


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 nowa wiadomość"), (3, "3 nowe wiadomości"), (1204, "1\u00a0204 nowe wiadomości")]
)
def test_a_text_that_counts_has_the_form_for_its_number(count: int, text: str) -> None:
    assert POLISH.plural("{count} new message", "{count} new messages", count) == text


def test_a_number_in_a_text_is_written_as_the_language_writes_it() -> None:
    assert POLISH.text("You are number {place} in the queue", place=1204) == "Miejsce w kolejce: 1\u00a0204"


def test_a_category_that_a_catalogue_does_not_know_is_the_general_one() -> None:
    words: Words = {"{count} new message": {"other": "新着メッセージ {count} 件"}}

    text = Locale("ja-JP", words=words).plural("{count} new message", "{count} new messages", 1)

    assert text == "新着メッセージ 1 件"


def test_a_name_keeps_its_own_direction_in_a_right_to_left_text() -> None:
    arabic = Locale("ar-AE", direction="rtl", words={"{name} is typing": "{name} يكتب الآن"})

    assert arabic.text("{name} is typing", name="Sam (Support)") == "\u2068Sam (Support)\u2069 يكتب الآن"


def test_what_the_visitor_did_is_said_to_them_and_to_an_agent_about_them() -> None:
    event = SystemMessage.read(
        {
            "id": "T_1",
            "created_at": "2026-05-03T09:00:00.000000Z",
            "type": "system_message",
            "system_message_type": "manual_archived_customer",
            "text_vars": {"customer": "Ann", "message": "no name of ours"},
        }
    )

    assert told_to_visitor(event, Locale()) == "You ended the chat"
    assert system_text(event, Locale()) == "Ann closed the chat"
    assert told_to_visitor(event.model_copy(update={"system_message_type": "new", "text": "As is"}), POLISH) == "As is"


# The window in another language


class FakeScreen:
    """A page that only notes how it is painted."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.text = "A draft"

    def next_frame(self, call: Callable[[], None]) -> None:
        call()

    def paint(self, change: Change) -> None:
        self.changes.append(change)

    def composed(self) -> str:
        return self.text

    def compose(self, text: str) -> None:
        self.text = text

    def focus_composer(self) -> None:
        raise AssertionError("the focus stays where it is")

    def focus_field(self, field: str, *, instead: bool = False) -> None:
        pass

    def focus_list(self) -> None:
        raise AssertionError("the focus stays where it is")

    def dress(self, theme: Json | None) -> None:
        raise AssertionError("the colours stay as they are")

    def room(self) -> tuple[float, float]:
        return 10_000, 10_000

    def held(self) -> bool:
        return False

    def scroll_to_start(self) -> None:
        raise AssertionError("the log stays where it is")

    def in_place(self) -> bool:
        return True

    def attended(self) -> bool:
        return True

    def online(self) -> bool:
        return True

    def keep_draft(self, text: str) -> None:
        raise AssertionError("a draft is not kept anew")


class FakeLanguages:
    """Polish and English can be had, anything else not."""

    def __init__(self) -> None:
        self.now = "en-US"

    async def locale(self, language: Language) -> Locale:
        await settle()
        if language.tag not in {"pl-PL", "en-US"}:
            raise OSError("lost")
        return POLISH if language.tag == "pl-PL" else Locale()

    def chosen(self, locale: Locale) -> None:
        self.now = locale.language


async def nothing_is_sent(file: File, progress: Progress) -> UploadedFile:
    raise AssertionError(f"{file.name} is not to be sent")


class Shown:
    """A window that is open on a page."""

    def __init__(self) -> None:
        self.screen, self.languages = FakeScreen(), FakeLanguages()
        self.told: list[Json] = []
        world = new_world()
        self.window = ChatWindow(
            session=world.session,
            screen=self.screen,
            host=self,
            clock=world.clock,
            locale=Locale(),
            languages=self.languages,
            files=Files(nothing_is_sent, MemoryStorage(), "uploads"),
            kept=Kept(MemoryStorage(), "form"),
        )
        self.window.changed()

    def tell(self, message: Json) -> None:
        self.told.append(message)


async def test_the_window_changes_its_language_and_nothing_else() -> None:
    shown = Shown()

    assert await shown.window.set_language("pl") == "pl-PL"

    assert 'aria-label="Wyślij"' in (shown.screen.changes[-1].around or "")
    assert not shown.screen.changes[-1].to_end
    assert shown.screen.text == "A draft"
    assert shown.languages.now == "pl-PL"
    assert shown.told[-1]["texts"] == launcher_texts(0, POLISH)


async def test_words_that_cannot_be_had_leave_the_language_as_it_is() -> None:
    shown = Shown()
    await shown.window.set_language("pl-PL")

    with pytest.raises(CommandError) as failed:
        await shown.window.set_language("de-DE")

    assert failed.value.code == "LANGUAGE_UNAVAILABLE"
    assert shown.languages.now == "pl-PL"
    assert 'aria-label="Wyślij"' in (shown.screen.changes[-1].around or "")


async def test_without_a_tag_the_window_is_english_again() -> None:
    shown = Shown()
    await shown.window.set_language("pl-PL")

    assert await shown.window.set_language(None) == "en-US"

    assert 'aria-label="Send"' in (shown.screen.changes[-1].around or "")


def test_rows_that_were_drawn_are_drawn_anew_in_another_language() -> None:
    state = WindowState(outgoing=(Outgoing(custom_id="a", text="Hi", created_at=datetime(2026, 5, 3, tzinfo=UTC)),))

    (english,), (polish,) = (
        rows(state, locale) for locale in (Locale(), Locale("pl-PL", words={"Sending": "Wysyłanie"}))
    )

    assert "Sending" in english.markup
    assert "Wysyłanie" in polish.markup
