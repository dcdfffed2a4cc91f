"""Drafts, credentials, names and browsers."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_console.drafts import Draft, Drafts
from agent_console.names import name_of, waited
from agent_console.sign_in import Credentials, SignIn, check
from agent_console.user_agent import browser, system
from tests.fakes import MemoryStorage
from widget.ui.locale import Locale
from widget.wire.users import Agent, Customer

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def test_a_draft_outlives_the_page_and_stays_a_note() -> None:
    storage = MemoryStorage()
    Drafts(storage, "draft:").keep("A", Draft(text="Ask Ann first", note=True))

    assert Drafts(storage, "draft:").of("A") == Draft(text="Ask Ann first", note=True)


def test_an_empty_reply_leaves_nothing_behind() -> None:
    storage = MemoryStorage()
    drafts = Drafts(storage, "draft:")
    drafts.keep("A", Draft(text="Hello"))
    drafts.keep("A", Draft(text=""))

    assert storage.texts == {}


def test_a_draft_that_cannot_be_read_is_none() -> None:
    assert Drafts(MemoryStorage({"draft:A": "{"}), "draft:").of("A") == Draft()


def session(answer: str | None) -> SignIn:
    async def get(url: str) -> str | None:
        return answer

    return SignIn(MemoryStorage(), get)


async def test_on_the_servers_own_machine_nobody_is_asked() -> None:
    found = await session('{"account_id": "agent@example.com", "token": "secret"}').find()

    assert found == Credentials(account_id="agent@example.com", token="secret")
    assert found.header == "Basic YWdlbnRAZXhhbXBsZS5jb206c2VjcmV0"


@pytest.mark.parametrize("answer", [None, "", "<html>", "{}"])
async def test_elsewhere_the_agent_is_asked(answer: str | None) -> None:
    assert await session(answer).find() is None


async def test_who_has_signed_out_is_asked_although_this_is_the_servers_own_machine() -> None:
    sign_in = session('{"account_id": "agent@example.com", "token": "secret"}')
    sign_in.forget(for_good=True)

    assert await sign_in.find() is None


@pytest.mark.parametrize(
    ("account", "token", "wrong"),
    [
        ("ann@example.com", "secret", None),
        ("", "secret", "account"),
        ("ann", "secret", "account"),
        ("ann @example.com", "secret", "account"),
        ("ann@example.com", " ", "token"),
    ],
)
def test_what_must_be_filled_in(account: str, token: str, wrong: str | None) -> None:
    assert check(account, token) == wrong


@pytest.mark.parametrize(
    ("user", "name"),
    [
        (Customer(id="7c2a91d0-0000", name="Eva"), "Eva"),
        (Customer(id="7c2a91d0-0000", name=" ", email="eva@example.com"), "eva@example.com"),
        (Customer(id="7c2a91d0-0000"), "Visitor 7C2A"),
        (Agent(id="ann@example.com"), "ann@example.com"),
        (None, "Visitor"),
    ],
)
def test_everybody_has_a_name(user: Customer | Agent | None, name: str) -> None:
    assert name_of(user, Locale()) == name


@pytest.mark.parametrize(
    ("minutes", "text"), [(-1, "just now"), (0, "just now"), (4, "4 min"), (125, "2 h 5 min"), (3000, "2 days")]
)
def test_how_long_somebody_has_waited(minutes: int, text: str) -> None:
    assert waited(NOON - timedelta(minutes=minutes), NOON, Locale()) == text


CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"


@pytest.mark.parametrize(
    ("header", "name", "where"),
    [
        (CHROME, "Chrome 126", "Windows"),
        (CHROME + " Edg/126.0.0.0", "Edge 126", "Windows"),
        (SAFARI, "Safari 17", "iOS"),
        (FIREFOX, "Firefox 127", "Linux"),
        ("curl/8", None, None),
    ],
)
def test_browser_and_system(header: str, name: str | None, where: str | None) -> None:
    assert (browser(header), system(header)) == (name, where)
