"""An agent's work with a chat, by keyboard and by mouse, with a colleague at the other end."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from server.catalogues import CONSOLE, compiled
from tests.browser.conftest import NewContext, Site
from tests.browser.people import STARTED, Agent, Visitor
from tests.browser.test_conversation import accept_chats, add_agent, sign_in

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63e8e8e8000002d5016ab6a3d9c70000000049454e44ae426082"
)
"""A picture of one point."""


def test_a_chat_is_answered_labelled_handed_over_and_ended(site: Site, visitor: NewContext, agent: NewContext) -> None:
    noor = sign_in(agent(), "noor.h@example.com", add_agent(site, "Noor H", "noor.h@example.com"))
    accept_chats(noor, False)
    sam = Agent(agent()).ready()
    accept_chats(sam, True)
    keys = sam.page.keyboard

    keep_reply(sam, "#parcel", "Your parcel is on its way.")
    mary = Visitor(visitor()).open().say("Where is my parcel?")
    sam.open("Where is my parcel?")

    # A canned reply, found by a word after #, and a picture that was pasted go out together.
    sam.composer.press_sequentially("Hello! #par")
    expect(sam.page.get_by_role("option", name=re.compile("#parcel"))).to_be_visible()
    keys.press("Enter")
    expect(sam.composer).to_have_value("Hello! Your parcel is on its way.")
    paste_picture(sam)
    keys.press("Enter")
    mary.sees("Hello! Your parcel is on its way.")
    for log in (mary.log, sam.log):
        expect(log.get_by_role("img", name="mug.png")).to_be_visible(timeout=STARTED)

    # A tag that is not there yet is made; Escape leaves the field it was opened from.
    keys.press("Escape")
    keys.press("l")
    keys.type("late parcel")
    keys.press("Enter")
    expect(sam.page.get_by_role("button", name="Remove the tag late parcel")).to_be_visible()

    # Another agent gets it, with a word that the visitor does not see.
    sam.page.get_by_role("button", name="Transfer the chat").click()
    sam.page.get_by_role("combobox", name="Agent or group").fill("noor h")
    sam.page.get_by_role("textbox", name="Note for whoever gets it").fill("She has waited for a week")
    keys.press("Tab")
    sam.page.get_by_role("button", name="Transfer", exact=True).click()
    expect(sam.page.get_by_role("dialog")).to_have_count(0)
    noor.open("She has waited for a week")
    expect(noor.page.get_by_role("button", name="Remove the tag late parcel")).to_be_visible()
    expect(mary.log.get_by_text("She has waited for a week")).to_have_count(0)

    # Who has it now ends it for good; the focus is where it was.
    noor.page.get_by_role("button", name="More", exact=True).click()
    noor.page.get_by_role("button", name="Ban the visitor…").click()
    noor.page.get_by_role("spinbutton", name="Days").fill("1")
    noor.page.keyboard.press("Enter")
    expect(noor.page.get_by_role("button", name="Reopen")).to_be_visible()
    expect(noor.page.get_by_role("button", name="More", exact=True)).to_be_focused()
    expect(mary.frame.get_by_text("This chat is not available right now.")).to_be_visible(timeout=STARTED)


def test_an_agent_has_the_console_in_another_language_and_loses_nothing(visitor: NewContext, agent: NewContext) -> None:
    words = json.loads(compiled("ar-AE", CONSOLE))
    sam = Agent(agent()).ready()
    accept_chats(sam, True)
    Visitor(visitor()).open().say("Is the blue one back?")
    sam.open("Is the blue one back?")
    sam.composer.fill("It will be on Monday")

    sam.page.get_by_role("link", name="Settings").click()
    sam.page.get_by_role("button", name="Language").click()
    sam.page.get_by_role("combobox", name="Language of the console").select_option(label="العربية")
    sam.page.get_by_role("button", name="Use it").click()

    expect(sam.page.get_by_role("heading", name=words["Language"])).to_be_visible(timeout=STARTED)
    expect(sam.page.locator("html")).to_have_attribute("dir", "rtl")
    sam.page.get_by_role("link", name=words["Chats"]).click()
    sam.page.get_by_role("button").filter(has_text="Is the blue one back?").first.click()
    expect(sam.page.get_by_role("textbox", name=words["Message"])).to_have_value("It will be on Monday")


def keep_reply(who: Agent, names: str, text: str) -> None:
    """Write a canned reply in the settings, and come back."""
    who.page.get_by_role("link", name="Settings").click()
    who.page.get_by_role("button", name="New reply").click()
    who.page.get_by_role("textbox", name="Names").fill(names)
    who.page.get_by_role("textbox", name="Text").fill(text)
    who.page.get_by_role("button", name="Save").click()
    expect(who.page.get_by_role("list", name="Canned replies")).to_contain_text(names)
    who.page.get_by_role("link", name="Chats").click()


def paste_picture(who: Agent) -> None:
    """Paste a picture into the message, as from another program."""
    who.composer.evaluate(
        """(message, bytes) => {
            const data = new DataTransfer()
            data.items.add(new File([new Uint8Array(bytes)], 'mug.png', { type: 'image/png' }))
            message.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        [*PICTURE],
    )
    expect(who.page.get_by_role("list", name="Attached files")).to_contain_text("mug.png")
