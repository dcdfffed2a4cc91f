"""A busy hour: two agents, ten visitors, everybody hears what is meant for them and nothing else."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import STARTED, Agent, Visitor
from tests.browser.test_conversation import accept_chats, add_agent, sign_in

CROWD = 10


def test_two_agents_answer_ten_visitors(site: Site, visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ada = sign_in(agent(), "ada@example.com", add_agent(site, "Ada Kim", "ada@example.com"))
    for who in (sam, ada):
        accept_chats(who, True)

    crowd = [Visitor(visitor()).open().say(question(number)) for number in range(CROWD)]
    for number, each in enumerate(crowd):
        each.sent(question(number))
    answered = [answer(sam, ada, number) for number in range(CROWD)]

    for number, each in enumerate(crowd):
        each.sees(reply(number))
        for other in range(CROWD):
            expect(each.log.get_by_text(reply(other), exact=True)).to_have_count(int(other == number))
    assert set(answered) == {sam, ada}, "one of the two got no chat at all"


def question(number: int) -> str:
    """What a visitor asks; none is the beginning of another."""
    return f"Question of visitor {number}?"


def reply(number: int) -> str:
    return f"Answer to visitor {number}."


def answer(sam: Agent, ada: Agent, number: int) -> Agent:
    """Whoever has the chat answers in it."""
    for who in (sam, ada):
        expect(who.chat(question(number))).to_be_visible(timeout=STARTED)
        who.open(question(number))
        if who.page.get_by_role("button", name="Close chat").is_visible():
            who.say(reply(number))
            return who
    raise AssertionError(f"nobody has the chat of visitor {number}")
