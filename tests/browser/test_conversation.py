"""A visitor and an agent talk: two browsers, the real server between them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.conftest import NewContext, Site, environment
from tests.browser.past import remember
from tests.browser.people import STARTED, Agent, Visitor
from tools.setup import ROOT


@pytest.mark.both_pages
def test_a_visitor_asks_and_an_agent_answers(visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open()

    ann.say("Is the teapot dishwasher safe?")
    sam.open("Is the teapot dishwasher safe?")
    sam.say("It is, on the gentle cycle.")

    ann.sees("It is, on the gentle cycle.")


def test_each_sees_the_other_type_and_what_was_seen(visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open()
    ann.say("Do you mend chips?")
    sam.open("Do you mend chips?")
    expect(ann.said("Do you mend chips?").get_by_text("Seen")).to_be_attached()

    ann.composer.press_sequentially("There is a small one on the ri")
    expect(sam.log).to_contain_text("There is a small one on the ri")

    sam.composer.press_sequentially("We do")
    expect(ann.log).to_contain_text("is typing")
    sam.say("We do, send it to us.")
    ann.sees("We do, send it to us.")
    expect(ann.log).not_to_contain_text("is typing")


def test_a_chat_is_closed_and_opened_again_by_the_next_message(visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open()
    ann.say("Where is my parcel?")
    sam.open("Where is my parcel?")

    sam.page.get_by_role("button", name="Close chat").click()
    expect(ann.log).to_contain_text("closed the chat")
    ann.say("Wait, one more thing")

    sam.open("Wait, one more thing")
    sam.sees("Where is my parcel?")


def test_the_visitor_can_close_the_chat(visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open()
    ann.say("Thanks, that was all")
    sam.open("Thanks, that was all")

    ann.frame.get_by_label("More").click()
    ann.frame.get_by_role("button", name="End chat").click()

    expect(ann.log).to_contain_text("You ended the chat")
    expect(sam.log).to_contain_text("closed the chat")


@pytest.mark.both_pages
def test_the_conversation_survives_reloads_on_either_side_and_a_restart(
    site: Site, visitor: NewContext, agent: NewContext
) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open()
    ann.say("Question before")
    sam.open("Question before").say("Answer before")
    ann.sees("Answer before")

    ann.page.reload()
    ann.sees("Answer before")
    sam.page.reload()
    sam.ready().open("Answer before")
    site.restart()
    ann.say("Question after")

    ann.sent("Question after")
    sam.sees("Question after")
    sam.say("Answer after")
    ann.sees("Answer after")
    expect(ann.said("Question")).to_have_count(2)


def test_what_is_written_while_the_server_is_away_is_sent_when_it_is_back(site: Site, visitor: NewContext) -> None:
    ann = Visitor(visitor()).open().wait_for_python()
    ann.say("Are you there?")
    ann.sent("Are you there?")

    site.stop()
    expect(ann.frame.get_by_role("status")).to_contain_text("Reconnecting", timeout=STARTED)
    ann.say("Into the void")
    expect(ann.said("Into the void").get_by_text("Sending")).to_be_attached()
    site.start()

    ann.sent("Into the void")
    expect(ann.said("Into the void")).to_have_count(1)


@pytest.mark.both_pages
def test_a_second_tab_shows_the_same_conversation(visitor: NewContext) -> None:
    context = visitor()
    first = Visitor(context).open().wait_for_python()
    first.say("In the first tab")
    first.sent("In the first tab")

    second = Visitor(context)
    second.sees("In the first tab")
    second.say("In the second tab")

    first.sees("In the second tab")


def add_agent(site: Site, name: str, email: str) -> str:
    """Another agent, by the command line; returns the personal access token."""
    command: list[str | Path] = [Path(sys.executable).with_name("livechat-widget"), "add-agent", name, email]
    told = subprocess.run(
        command, cwd=ROOT, env=environment(DATA=str(site.data)), capture_output=True, text=True, check=True
    )
    token = re.search(r"[A-Za-z0-9:_~.-]{24,}", told.stdout)
    assert token is not None, told.stdout
    return token[0]


def sign_in(context: BrowserContext, email: str, token: str) -> Agent:
    """Sign out whom the console signs in by itself on this machine, and sign in somebody else."""
    who = Agent(context).ready()
    who.page.get_by_role("button", name="Account of").click()
    who.page.get_by_role("button", name="Sign out").click()
    who.page.get_by_role("textbox", name="E-mail address").fill(email)
    who.page.get_by_label("Personal access token").fill(token)
    who.page.get_by_role("button", name="Sign in").click()
    return who.ready()


def accept_chats(who: Agent, wanted: bool) -> None:
    """Set the switch that says whether an agent gets new chats."""
    switch = who.page.get_by_role("switch", name="Accepting chats")
    expect(switch).to_be_enabled(timeout=STARTED)  # until the platform has told how it is
    if (switch.get_attribute("aria-checked") == "true") != wanted:
        switch.click()
    expect(switch).to_have_attribute("aria-checked", "true" if wanted else "false")


def test_several_visitors_and_agents_each_see_what_is_theirs(
    site: Site, visitor: NewContext, agent: NewContext
) -> None:
    sam = Agent(agent()).ready()
    noor = sign_in(agent(), "noor@example.com", add_agent(site, "Noor Haddad", "noor@example.com"))

    accept_chats(sam, False)
    ann = Visitor(visitor()).open().say("A question for whoever is there")
    noor.open("A question for whoever is there").say("That is me, Noor")
    ann.sees("That is me, Noor")
    accept_chats(noor, False)
    accept_chats(sam, True)
    ben = Visitor(visitor()).open().say("Another question")
    sam.open("Another question").say("And this is Sam")
    ben.sees("And this is Sam")

    expect(sam.chat("That is me, Noor")).to_contain_text("Noor")
    expect(noor.chat("And this is Sam")).to_contain_text("Sam")
    expect(ann.log).not_to_contain_text("Another question")
    expect(ben.log).not_to_contain_text("whoever is there")


def test_an_answer_to_a_closed_window_is_counted_on_the_launcher(visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    accept_chats(sam, True)
    ann = Visitor(visitor()).open()
    ann.say("I have to run, but please answer")
    sam.open("I have to run, but please answer")
    ann.frame.get_by_role("button", name="Close chat").click()

    sam.say("Here you are")
    expect(ann.page.get_by_role("button", name="Open chat, 1 unread")).to_be_visible()
    expect(sam.said("Here you are").get_by_text("Sent")).to_be_attached()
    ann.open()

    expect(ann.page.get_by_role("button", name="Close chat", exact=True)).to_be_visible()
    expect(sam.said("Here you are").get_by_text("Seen")).to_be_attached()


def test_a_visitor_who_goes_to_another_page_takes_the_open_window_along(visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open()
    ann.say("Looking at the teapot now")
    sam.open("Looking at the teapot now")

    ann.page.goto("/help")
    ann.sees("Looking at the teapot now")

    expect(sam.page.get_by_role("link", name="Delivery, returns and care")).to_be_visible()


def test_however_long_the_history_the_page_has_some_dozens_of_rows_and_the_first_message_is_reached(
    site: Site, visitor: NewContext, agent: NewContext
) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open().wait_for_python()
    ann.say("The newest of all")
    ann.sent("The newest of all")
    sam.open("The newest of all")
    remember(site.data, sam.page.url.split("#")[1], events=500)
    ann.page.reload()
    ann.wait_for_python().sees("The newest of all")

    log = ann.log.element_handle()
    rows = scroll_to_start(ann)
    sam.say("Meanwhile")

    expect(ann.log.get_by_role("listitem").filter(has_text=re.compile(r"event 0\b"))).to_be_visible()
    assert max(rows) < 120
    expect(ann.frame.get_by_role("button", name="1 new message")).to_be_visible()
    ann.frame.get_by_role("button", name="1 new message").click()
    ann.sees("Meanwhile")
    expect(ann.said("Meanwhile")).to_be_in_viewport()
    assert log.evaluate("log => log.isConnected")


def scroll_to_start(who: Visitor) -> list[int]:
    """Scroll up, screen by screen, to ``event 0``. How many rows are in the page each time."""
    rows = []
    at_start = False
    while not at_start:
        count, at_start = scroll_up(who)
        rows.append(count)
    return rows


def scroll_up(who: Visitor) -> tuple[int, bool]:
    """Scroll up by a screen, and wait until there is something to scroll up to; fails when nothing comes.

    Returns how many rows are in the page, and whether ``event 0`` is reached.
    """
    rows, at_start = who.log.evaluate("""async log => {
      const scroller = log.closest('#scroll')
      const frame = () => new Promise(requestAnimationFrame)
      const isFirst = () => log.querySelector('.text').textContent === 'event 0'
      scroller.scrollBy(0, -scroller.clientHeight)
      for (let frames = 0; scroller.scrollTop === 0 && !isFirst(); frames++) {
        if (frames > 1000) throw new Error('nothing comes before ' + log.querySelector('.text').textContent)
        await frame()
      }
      return [log.querySelectorAll('li').length, scroller.scrollTop === 0 && isFirst()]
    }""")
    return rows, at_start


def test_what_is_being_read_stays_where_it_is_when_something_is_said(
    site: Site, visitor: NewContext, agent: NewContext
) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open().wait_for_python()
    ann.say("What is being read")
    sam.open("What is being read")
    remember(site.data, sam.page.url.split("#")[1], events=200)
    ann.page.reload()
    ann.wait_for_python().sees("What is being read")
    for _ in range(5):
        scroll_up(ann)
    said = ann.log.get_by_text(in_the_middle(ann), exact=True)
    before = top_of(said)

    sam.say("Something new")
    expect(ann.frame.get_by_role("button", name="1 new message")).to_be_visible()

    assert top_of(said) == pytest.approx(before, abs=1)  # the browser scrolls by whole pixels of the screen


def in_the_middle(who: Visitor) -> str:
    """What is said in the middle of the window."""
    text: str = who.log.evaluate("""log => {
      const { top, height } = log.closest('#scroll').getBoundingClientRect()
      const below = row => row.getBoundingClientRect().bottom > top + height / 2
      return [...log.querySelectorAll('.text')].find(below).textContent
    }""")
    return text


def top_of(element: Locator) -> float:
    """Where something is on the page, in pixels from its top."""
    box = element.bounding_box()
    assert box is not None
    return box["y"]


def test_a_message_touches_no_row_but_its_own_and_the_one_before(visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open().wait_for_python()
    ann.say("Count what happens to the page")
    sam.open("Count what happens to the page")
    for number in range(12):
        sam.say(f"line {number}")
    ann.sees("line 11")
    ann.log.evaluate(WATCH_ROWS)

    sam.say("the counted one")
    ann.sees("the counted one")

    touched: list[str] = ann.log.evaluate("log => [...log.touched]")
    assert touched == ["line 11", "the counted one"]


WATCH_ROWS = """log => {
  log.touched = new Set()
  const rowOf = node => (node.nodeType === 1 ? node : node.parentElement)?.closest('li:not(#typing)')
  const note = row => row?.isConnected && log.touched.add(row.querySelector('.text')?.textContent)
  const nodes = changes => changes.flatMap(({ target, addedNodes }) => [target, ...addedNodes])
  new MutationObserver(changes => nodes(changes).map(rowOf).forEach(note))
    .observe(log.querySelector('ol'), { childList: true, subtree: true, attributes: true, characterData: true })
}"""


def test_a_selection_is_not_lost_when_something_is_said(visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open().wait_for_python()
    ann.say("Please copy this number")
    sam.open("Please copy this number")
    sam.say("It is 4711")
    ann.sees("It is 4711")
    ann.said("It is 4711").locator(".text").select_text()

    sam.say("Anything else?")
    ann.sees("Anything else?")

    assert ann.log.evaluate("() => document.getSelection().toString()") == "It is 4711"


def test_home_and_end_go_to_the_beginning_and_back(site: Site, visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = Visitor(visitor()).open().wait_for_python()
    ann.say("At the very end")
    sam.open("At the very end")
    remember(site.data, sam.page.url.split("#")[1], events=100)
    ann.page.reload()
    ann.wait_for_python().sees("At the very end")
    scroll_to_start(ann)
    expect(ann.said("event 0").first).to_be_in_viewport()

    scroller = ann.frame.locator("#scroll")
    scroller.press("End")
    expect(ann.said("At the very end")).to_be_in_viewport()
    scroller.press("Home")

    expect(ann.said("event 0").first).to_be_in_viewport()
