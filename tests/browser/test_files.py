"""A visitor sends files, answers with a button, and says how it was."""

from __future__ import annotations

import base64
import re
from typing import Any

from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import STARTED, Agent, Visitor
from tests.browser.test_accessibility import violations, window

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC"
)
PICTURE: FilePayload = {"name": "jar.png", "mimeType": "image/png", "buffer": PIXEL}

PASTE = """(element, [name, type, text]) => {
  const clipboardData = new DataTransfer()
  clipboardData.items.add(new File([text], name, { type }))
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}"""

DROP = """(element, [name, type, text]) => {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([text], name, { type }))
  const drag = type => element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  drag('dragover')
  const isMarked = 'dropping' in document.documentElement.dataset
  drag('drop')
  return isMarked
}"""


def test_files_are_chosen_pasted_and_dropped_and_arrive(visitor: NewContext, agent: NewContext) -> None:
    shop = Visitor(visitor()).open().wait_for_python()
    chooser = shop.frame.get_by_label("Attach a file, 10 MB at most")

    chooser.set_input_files([PICTURE])
    expect(shop.log.get_by_role("img", name="Picture: jar.png")).to_be_visible(timeout=STARTED)
    shop.composer.evaluate(PASTE, ["pasted.txt", "text/plain", "Hello"])
    expect(shop.log.get_by_role("link", name="pasted.txt")).to_be_visible(timeout=STARTED)
    assert shop.log.evaluate(DROP, ["dropped.txt", "text/plain", "Hello"])
    expect(shop.log.get_by_role("link", name="dropped.txt")).to_be_visible(timeout=STARTED)

    # Wrong ones say why, before anything is sent.
    program: FilePayload = {"name": "setup.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    chooser.set_input_files([program])
    expect(shop.said("setup.exe").get_by_text("Files of this type cannot be sent.")).to_be_visible()
    shop.said("setup.exe").get_by_role("button", name="Discard").click()
    expect(shop.said("setup.exe")).to_have_count(0)

    # The next page has the picture, and the agent has all of it.
    shop.reload()
    expect(shop.log.get_by_role("img", name="Picture: jar.png")).to_be_visible(timeout=STARTED)
    sam = Agent(agent()).ready().open("dropped.txt")
    expect(sam.log.get_by_role("img", name="Picture: jar.png")).to_be_attached(timeout=STARTED)


def test_an_upload_can_be_cancelled_and_one_that_failed_sent_again(visitor: NewContext) -> None:
    shop = Visitor(visitor()).open().wait_for_python()
    chooser = shop.frame.get_by_label("Attach a file, 10 MB at most")
    note: FilePayload = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Hello"}
    shop.page.route(re.compile("upload_file"), lambda route: None)

    chooser.set_input_files([note])
    expect(shop.log.get_by_role("progressbar", name="Uploading note.txt")).to_be_visible(timeout=STARTED)
    shop.said("note.txt").get_by_role("button", name="Cancel").click()
    expect(shop.said("note.txt")).to_have_count(0)

    shop.page.unroute_all(behavior="ignoreErrors")
    shop.page.route(re.compile("upload_file"), lambda route: route.abort(), times=1)
    chooser.set_input_files([note])
    expect(shop.said("note.txt").get_by_text("The file did not arrive.")).to_be_visible(timeout=STARTED)
    shop.said("note.txt").get_by_role("button", name="Retry").click()
    expect(shop.log.get_by_role("link", name="note.txt")).to_be_visible(timeout=STARTED)


CARDS = {
    "type": "rich_message",
    "template_id": "cards",
    "elements": [
        {
            "title": "Moon jar",
            "subtitle": "Stoneware, 24 cm",
            "buttons": [
                {"text": "I want it", "type": "message", "value": "I want the moon jar", "postback_id": "want"},
                {"text": "Look at it", "type": "url", "value": "https://example.com/jar", "postback_id": "look"},
            ],
        }
    ],
}
QUICK = {
    "type": "rich_message",
    "template_id": "quick_replies",
    "elements": [
        {
            "title": "Which glaze?",
            "buttons": [
                {"text": each, "type": "message", "value": each, "postback_id": each} for each in ("Chalk", "Moss")
            ],
        }
    ],
}


def answer(site: Site, sam: Agent, event: Any) -> None:
    """Say something into the newest chat by the agent's API, as a bot does."""
    token = (site.data / "agent-token").read_text().strip()
    header = "Basic " + base64.b64encode(f"agent@example.com:{token}".encode()).decode()

    def ask(action: str, payload: Any) -> Any:
        url = f"{site.url}v3.6/agent/action/{action}"
        return sam.page.request.post(url, data=payload, headers={"Authorization": header}).json()

    chat = ask("list_chats", {"limit": 1})["chats_summary"][0]["id"]
    ask("send_event", {"chat_id": chat, "event": event})


def test_cards_and_quick_replies_are_answered_and_the_chat_is_rated(
    site: Site, visitor: NewContext, agent: NewContext
) -> None:
    shop = Visitor(visitor(bypass_csp=True)).open()  # axe is a script of ours in the page
    shop.say("What do you have?").sent("What do you have?")
    sam = Agent(agent()).ready().open("What do you have?").say("Look:")
    shop.sees("Look:")

    answer(site, sam, CARDS)
    card = shop.said("Moon jar")
    expect(card.get_by_role("link", name="Look at it")).to_have_attribute("href", "https://example.com/jar")
    card.get_by_role("button", name="I want it").click()
    sam.sees("I want the moon jar")
    answer(site, sam, QUICK)
    shop.said("Which glaze?").get_by_role("button", name="Moss").click()
    sam.sees("Moss")
    expect(shop.said("Which glaze?").get_by_role("button")).to_have_count(0)

    shop.frame.get_by_label("More").click()
    shop.frame.get_by_role("button", name="End chat").click()
    shop.frame.get_by_role("button", name="Good").click()
    shop.frame.get_by_role("textbox", name="Add a comment…").fill("Lovely")
    assert list(violations(window(shop))) == []
    shop.frame.get_by_role("group", name="How was this chat?").get_by_role("button", name="Send").click()
    expect(shop.frame.get_by_text("Thank you for your rating.")).to_be_visible()
    sam.sees("Lovely")
