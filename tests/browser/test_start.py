"""How Python starts in the frame: from the frozen image, or the ordinary way where that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, expect

from tests.browser.between import cut_off, flipped
from tests.browser.conftest import NewContext, Site
from tests.browser.people import Visitor

PAGE = "/widget/?id=00000000-0000-4000-8000-000000000001"
ORDINARY = re.compile(r"\.whl$")


def asked(context: BrowserContext, address: re.Pattern[str]) -> list[str]:
    """The requests for an address, from now on."""
    urls: list[str] = []
    context.on("request", lambda request: urls.append(request.url) if address.search(request.url) else None)
    return urls


def warnings(context: BrowserContext) -> list[str]:
    """What the pages warn of in their consoles, from now on."""
    texts: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A slow start leaves files waiting that were fetched ahead; the browser remarks on that.
        if message.type == "warning" and "was preloaded" not in message.text:
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
    "the interpreter's script": re.compile(r"/frozen/.*pyodide\.asm\.mjs"),
    "the interpreter": re.compile(r"/frozen/.*pyodide\.asm\.wasm"),
    "the library": re.compile(r"/frozen/pydantic_core"),
    "the image": re.compile(r"/frozen/widget"),
}


def lost(route: Route) -> None:
    """The network breaks."""
    route.abort()


def changed(change: Callable[[bytes], bytes]) -> Callable[[Route], None]:
    """Another content arrives."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.body()))

    return answer


def gone(route: Route) -> None:
    """The server has it no more."""
    route.fulfill(status=404)


FATES = {"lost": lost, "gone": gone, "flipped": changed(flipped), "cut off": changed(cut_off)}


@pytest.mark.parametrize(
    ("role", "fate"),
    [(role, "lost") for role in ROLES]
    + [("the library", "gone"), ("the image", "gone"), ("the image", "flipped"), ("the image", "cut off")],
)
def test_without_the_image_python_starts_the_ordinary_way(visitor: NewContext, role: str, fate: str) -> None:
    context = visitor()
    context.route(ROLES[role], FATES[fate])
    packages, warned = asked(context, ORDINARY), warnings(context)

    ann = Visitor(context).open()
    ann.say("Written while it starts")

    ann.wait_for_python().sent("Written while it starts")
    assert packages
    assert len([text for text in warned if text.startswith("The chat starts the slow way: ")]) == 1


def test_an_image_for_another_interpreter_is_not_used(visitor: NewContext) -> None:
    """Its functions lie elsewhere: as with the library of another version, the memory that comes out is not the one."""
    context = visitor()
    moved = changed(lambda script: script.replace(b"2e4", b"20008"))  # TABLE_BASE of static/frozen.js
    context.route(re.compile(r"/assets/widget-\w+\.js"), moved)
    packages, warned = asked(context, ORDINARY), warnings(context)

    ann = Visitor(context).open().wait_for_python().say("Of this build")

    ann.sent("Of this build")
    assert packages
    assert warned == ["The chat starts the slow way: the image is damaged, or of another build"]


@pytest.mark.whole
def test_what_the_image_leaves_out_comes_with_the_whole_python(visitor: NewContext) -> None:
    context = visitor()
    warned = warnings(context)
    ann = Visitor(context).open().wait_for_python().say("With the image")
    ann.sent("With the image")
    ann.composer.fill("and a draft")

    with context.expect_event("console", lambda message: message.type == "warning"):
        ann.frame.locator("html").evaluate("() => startWholePython()")  # as what stands in for a function does

    expect(ann.composer).to_have_value("and a draft")
    ann.sees("With the image")
    ann.wait_for_python().say("With all of it")
    ann.sent("With all of it")
    assert warned == ["The chat starts the slow way: something was wanted that the image leaves out"]


THAW_TWICE = """async () => {
  const { thaw } = await import('/static/thaw.js')
  const named = Object.entries(JSON.parse(document.querySelector('#frozen').textContent))
  const files = Object.fromEntries(named.map(([role, address]) => [role, new URL(address, location.href).href]))
  const drawn = python => [
    python.pyimport('random').random(),
    python.pyimport('widget.wire.ids').new_request_id(),
    python.pyimport('widget.rtm.backoff').Backoff().next(),
  ]
  return [drawn(await thaw(files)), drawn(await thaw(files))]
}"""


def test_two_starts_draw_no_number_alike(site: Site, visitor: NewContext) -> None:
    page = visitor(base_url=site.widget_origin).new_page()
    page.goto(PAGE)

    one, other = page.evaluate(THAW_TWICE)

    assert all(ours != theirs for ours, theirs in zip(one, other, strict=True))


def ids_sent(page: Page) -> set[str]:
    """The ids that a page's requests and messages have on the wire, from now on."""
    ids: set[str] = set()

    def note(frame: str | bytes) -> None:
        ids.update(re.findall(r'"(?:request_id|custom_id)": ?"([^"]+)"', str(frame)))

    page.on("websocket", lambda socket: socket.on("framesent", note))
    return ids


def test_two_tabs_from_one_image_share_no_id(visitor: NewContext) -> None:
    context = visitor()
    ann, also_ann = Visitor(context), Visitor(context)
    sent, also_sent = ids_sent(ann.page), ids_sent(also_ann.page)

    for tab, text in ((ann, "In the first tab"), (also_ann, "In the second tab")):
        tab.open().wait_for_python().say(text).sent(text)

    assert sent
    assert also_sent
    assert sent.isdisjoint(also_sent)
    assert page_id(ann) != page_id(also_ann)


def page_id(tab: Visitor) -> str:
    """The id under which a tab keeps what it has not sent yet."""
    name: str = tab.frame.locator("html").evaluate("() => liveChatPage.pageId")
    return name
