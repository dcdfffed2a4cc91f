"""How Python starts in the frame: from the frozen image, or the ordinary way where that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Route

from tests.browser.conftest import NewContext, Site
from tests.browser.people import Visitor

PAGE = "/widget/?id=00000000-0000-4000-8000-000000000001"
ORDINARY = re.compile(r"/runtime/.*\.whl$")


def asked(context: BrowserContext, address: re.Pattern[str]) -> list[str]:
    """The requests for an address, from now on."""
    urls: list[str] = []
    context.on("request", lambda request: urls.append(request.url) if address.search(request.url) else None)
    return urls


def warnings(context: BrowserContext) -> list[str]:
    """What the pages warn of in their consoles, from now on."""
    texts: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "warning":
            texts.append(message.text)

    context.on("console", note)
    return texts


def test_python_starts_from_the_image_and_fetches_no_package(visitor: NewContext) -> None:
    context = visitor()
    packages, warned = asked(context, ORDINARY), warnings(context)

    ann = Visitor(context).open().wait_for_python()
    ann.say("From the ice")

    ann.sent("From the ice")
    assert packages == []
    assert warned == []


ROLES = {
    "its scripts": re.compile(r"/static/thaw\.js"),
    "the interpreter's script": re.compile(r"/frozen/.*pyodide\.asm\.mjs"),
    "the interpreter": re.compile(r"/frozen/.*pyodide\.asm\.wasm"),
    "the library": re.compile(r"/frozen/pydantic_core"),
    "the image": re.compile(r"/frozen/widget"),
}


def lost(route: Route) -> None:
    """The network breaks."""
    route.abort()


def gone(route: Route) -> None:
    """The server has it no more."""
    route.fulfill(status=404)


def flipped(route: Route) -> None:
    """One bit is wrong, far behind the header."""
    response = route.fetch()
    body = bytearray(response.body())
    body[len(body) // 2] ^= 1
    route.fulfill(response=response, body=bytes(body))


def cut_off(route: Route) -> None:
    """The second half is missing."""
    response = route.fetch()
    body = response.body()
    route.fulfill(response=response, body=body[: len(body) // 8 * 4])


@pytest.mark.parametrize(
    ("role", "fate"),
    [(role, lost) for role in ROLES]
    + [("the library", gone), ("the image", gone), ("the image", flipped), ("the image", cut_off)],
)
def test_without_the_image_python_starts_the_ordinary_way(
    visitor: NewContext, role: str, fate: Callable[[Route], None]
) -> None:
    context = visitor()
    context.route(ROLES[role], fate)
    packages, warned = asked(context, ORDINARY), warnings(context)

    ann = Visitor(context).open()
    ann.say("Written while it starts")

    ann.wait_for_python().sent("Written while it starts")
    assert packages
    assert len([text for text in warned if text.startswith("The chat starts the slow way: ")]) == 1


THAW_TWICE = """async () => {
  const { thaw } = await import('/static/thaw.js')
  const files = JSON.parse(document.querySelector('#frozen').textContent)
  const drawn = python => python.runPython(`
    import json, random, secrets, uuid
    from widget.rtm.backoff import Backoff
    json.dumps([random.random(), secrets.token_hex(), str(uuid.uuid4()), Backoff().next()])
  `)
  return [JSON.parse(drawn(await thaw(files))), JSON.parse(drawn(await thaw(files)))]
}"""


def test_two_starts_draw_no_number_alike(site: Site, visitor: NewContext) -> None:
    page = visitor(base_url=site.widget_origin).new_page()
    page.goto(PAGE)

    one, other = page.evaluate(THAW_TWICE)

    assert all(ours != theirs for ours, theirs in zip(one, other, strict=True))
