"""The Customer SDK in a page, as developers use it: by its script, against the server, with an agent at the console."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import WebSocketRoute, expect
from websockets.sync.client import connect

from server.seed import FIRST_AGENT
from tests.browser.conftest import NewContext, Site
from tests.browser.people import STARTED, Agent
from tests.browser.sdk_page import FIRST, TODAY, SdkPage, another_site, classic, module, page_with
from tests.server.platform import Person, text
from tools.setup import MODULES, ROOT

HELLO = "{ type: 'message', text: 'hello' }"
EXAMPLE = re.compile(r"```html\n(<!doctype html>.*?)```", re.DOTALL)


NewPage = Callable[..., SdkPage]
"""Opens the page of a visitor's; in another context, when one is given."""


@pytest.fixture
def new_page(site: Site, visitor: NewContext) -> Iterator[NewPage]:
    """A site's page that has the SDK as a script."""
    with another_site(page_with(classic(site))) as url:
        yield lambda context=None: SdkPage(context or visitor(), url)


@pytest.fixture
def alex(site: Site) -> Iterator[Person]:
    """An agent who has signed in, without a console."""
    known = f"{FIRST_AGENT}:{(site.data / 'agent-token').read_text().strip()}"
    with connect(f"{site.url.replace('http', 'ws', 1)}v3.6/agent/rtm/ws") as socket:
        person = Person(socket)
        person.ask("login", {"token": f"Basic {b64encode(known.encode()).decode()}"})
        yield person


# Conversations


def test_a_conversation_in_the_first_words(new_page: NewPage, alex: Person) -> None:
    ann = new_page().connected()

    chat = ann.call("sdk.startChat({ events: [{ type: 'message', text: 'Is it open?', customId: 'c1' }] })")
    alex.ask("send_typing_indicator", {"chat_id": chat["id"], "is_typing": True})
    assert ann.event("user_is_typing")["chat"] == chat["id"]
    alex.ask("send_event", {"chat_id": chat["id"], "event": text("Until six")})
    ann.wait("heard.some(([name, payload]) => name === 'new_event' && payload.event.text === 'Until six')")
    sent = ann.run("return await sdk.sendEvent(given, { type: 'message', text: 'Thank you' })", chat["id"])

    assert chat["events"][0]["customId"] == "c1"
    assert [user["type"] for user in chat["users"]].count("agent") == 1
    assert (sent["type"], sent["text"], sent["thread"]) == ("message", "Thank you", chat["thread"])
    assert alex.told("incoming_chat")["chat"]["thread"]["events"][0]["text"] == "Is it open?"
    assert ann.event("customer_id") == sent["author"]

    rated = ann.run("return await sdk.rateChat(given, { score: 1, comment: 'Quick' })", chat["id"])
    assert rated["success"] is True
    assert alex.told("thread_properties_updated")["properties"]["rating"] == {"score": 1, "comment": "Quick"}
    assert ann.run("return await sdk.closeThread(given)", chat["id"]) == {"success": True}


TALK = f"""
    const {{ chat }} = await sdk.startChat({{ chat: {{ thread: {{ events: [{HELLO}] }} }} }})
    const again = {{ type: 'message', text: 'again', customId: 'c2' }}
    const event = await sdk.sendEvent({{ chatId: chat.id, event: again }})
    await sdk.updateChatProperties({{ id: chat.id, properties: {{ test: {{ string_property: 'x' }} }} }})
    const found = await sdk.getChat({{ chatId: chat.id }})
    return {{ chat, event, found }}
"""


@pytest.mark.both_pages
def test_a_conversation_in_todays_words_by_the_module(site: Site, visitor: NewContext) -> None:
    with another_site(page_with(module(site))) as url:
        ann = SdkPage(visitor(), url).connected(TODAY)

    talk = ann.run(TALK)

    assert (talk["event"]["customId"], talk["event"]["threadId"]) == ("c2", talk["chat"]["thread"]["id"])
    assert talk["found"]["properties"]["test"] == {"string_property": "x"}
    assert [event["text"] for event in talk["found"]["thread"]["events"][:2]] == ["hello", "again"]
    assert ann.event("connected")["customer"]["id"] == talk["event"]["authorId"]


def test_what_the_documentation_shows_works(
    new_page: NewPage, site: Site, visitor: NewContext, agent: NewContext
) -> None:
    (example,) = EXAMPLE.findall((ROOT / "docs" / "customer-sdk.md").read_text(encoding="utf-8"))
    alex = Agent(agent()).ready()
    page = visitor().new_page()

    with another_site(example.replace("http://localhost:8000", site.widget_origin)) as url:
        page.goto(url)
    page.get_by_role("textbox", name="Message").fill("From the example")
    page.get_by_role("button", name="Send").click()
    alex.open("From the example").say("It works")

    expect(page.get_by_role("log").get_by_text("It works")).to_be_visible()
    expect(page.get_by_role("log").get_by_text("From the example")).to_have_count(1)


def test_what_is_typed_reaches_the_agent_once_in_two_seconds(new_page: NewPage) -> None:
    ann = new_page().connected()
    chat = ann.call(f"sdk.startChat({{ events: [{HELLO}] }})")

    given = ann.run("return [...'what'].map((_, end) => sdk.setSneakPeek(given, 'what'.slice(0, end + 1)))", chat["id"])
    while len(ann.sent("send_sneak_peek")) < 2:
        ann.call("sdk.getChatsSummary()")

    assert given == [None] * 4
    assert [peek["sneak_peek_text"] for peek in ann.sent("send_sneak_peek")] == ["w", "what"]


# Histories


def test_a_history_is_read_step_by_step_and_by_for_await(new_page: NewPage) -> None:
    ann = new_page().connected()

    read = ann.run("""
        const chat = await sdk.startChat({ events: [{ type: 'message', text: '0' }] })
        for (let i = 1; i < 12; i++) {
          await sdk.closeThread(chat.id)
          await sdk.sendEvent(chat.id, { type: 'message', text: String(i) })
        }
        const texts = events => (events ?? []).filter(({ type }) => type === 'message').map(({ text }) => text)
        const history = sdk.getChatHistory(chat.id)
        const steps = await Promise.all(Array.from({ length: 5 }, () => history.next()))
        const pages = []
        for await (const events of sdk.getChatHistory(chat.id)) pages.push(...texts(events))
        return { steps: steps.map(({ done, value }) => [done, texts(value)]), pages, names: Object.keys(history) }
    """)

    assert read["names"] == ["next"]
    newest_first = [text for _, texts in read["steps"] for text in texts[::-1]]
    assert newest_first == [str(number) for number in range(11, -1, -1)]
    assert sorted(read["pages"], key=int) == sorted(newest_first, key=int)
    done = [done for done, _ in read["steps"]]
    assert done == sorted(done)
    assert done[-1]
    assert read["steps"][-1] == [True, []]


# Files


def test_a_file_is_sent_and_tells_how_far_it_is(new_page: NewPage) -> None:
    ann = new_page().connected()

    sent = ann.run(f"""
        const chat = await sdk.startChat({{ events: [{HELLO}] }})
        const parts = []
        const file = new File(['x'.repeat(3_000_000)], 'notes.txt', {{ type: 'text/plain' }})
        const onProgress = part => parts.push(part)
        const {{ url }} = await sdk.sendFile(chat.id, {{ file, customId: 'f' }}, {{ onProgress }})
        const [thread] = await sdk.getChatThreads(chat.id, [chat.thread])
        return {{ url, parts, event: thread.events.find(({{ type }}) => type === 'file') }}
    """)

    assert (sent["event"]["url"], sent["event"]["name"]) == (sent["url"], "notes.txt")
    assert (sent["event"]["customId"], sent["event"]["size"]) == ("f", 3_000_000)
    assert (sent["parts"][0], sent["parts"][-1]) == (0, 1)
    assert sent["parts"] == sorted(sent["parts"])


@pytest.mark.parametrize(
    ("config", "upload"),
    [(FIRST, "sdk.sendFile(chat, { file }, { onProgress })"), (TODAY, "sdk.uploadFile({ file, onProgress })")],
)
def test_an_upload_is_cancelled_while_it_goes(new_page: NewPage, config: str, upload: str) -> None:
    ann = new_page().connected(config)

    code = ann.run(f"""
        const chat = 'OU0V0P0OWT', file = new Blob([new Uint8Array(9_000_000)])
        const onProgress = () => uploading.cancel()
        const uploading = {upload}
        return await uploading.promise.then(() => 'sent', error => error.code)
    """)

    assert code == "UPLOAD_CANCELED"
    assert ann.sent("send_event") == []


def test_an_upload_that_is_cancelled_before_python_is_there_is_never_begun(new_page: NewPage) -> None:
    ann = new_page()

    code = ann.run(f"""
        begin({TODAY})
        const uploading = sdk.uploadFile({{ file: new Blob(['x']) }})
        uploading.cancel()
        return await uploading.catch(error => error.code)
    """)

    assert code == "UPLOAD_CANCELED"


def test_more_than_ten_megabytes_are_refused_and_not_sent(new_page: NewPage) -> None:
    ann = new_page().connected(TODAY)
    asked: list[str] = []
    ann.page.on("request", lambda request: asked.append(request.url))

    error = ann.failure("sdk.uploadFile({ file: new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]) })")

    assert (error["code"], error["message"]) == ("TOO_BIG_FILE", "The file is too big (max size is 10.00 MB).")
    assert asked == []


# What goes wrong


def test_what_the_platform_refuses_is_an_error_with_its_word(new_page: NewPage) -> None:
    ann = new_page().connected(TODAY)

    error = ann.failure("sdk.getChat({ chatId: 'NOTTHERE00' })")

    assert (error["isError"], error["code"]) == (True, "NOT_FOUND")
    assert error["hint"]


def test_there_is_no_connection_before_there_is_one(new_page: NewPage) -> None:
    ann = new_page().begin(f"{{ ...{FIRST}, autoConnect: false }}")

    assert ann.failure("sdk.startChat()")["code"] == "NO_CONNECTION"

    ann.run("sdk.connect()")
    ann.event("connected")
    assert ann.call("sdk.startChat()")["id"]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("sdk.closeThread(7)", "closeThread: `chat`"),
        ("sdk.sendEvent('X', { type: 'message', text: 'x', customId: 1 })", "sendEvent: `event.customId`"),
        ("sdk.getChatsSummary({ limit: 26 })", "getChatsSummary: `pagination.limit`"),
        ("sdk.sendFile('X', { file: 'a.png' })", "sendFile: `data.file`"),
        ("sdk.getChatHistory().next()", "getChatHistory: missing a required argument: 'chat'"),
        (
            "sdk.updateChatProperties('X', (x => { x.x = x; return x })({}))",
            "updateChatProperties: an argument is no JSON",
        ),
    ],
)
def test_a_wrong_argument_is_named_before_anything_is_sent(new_page: NewPage, call: str, says: str) -> None:
    ann = new_page().connected()
    before = len(ann.frames)

    error = ann.failure(call)

    assert (error["code"], error["isError"]) == ("WRONG_ARGUMENT", True)
    assert error["message"].startswith(says)
    assert len(ann.frames) == before


def test_a_wrong_argument_that_nobody_waits_for_is_told_to_the_page(new_page: NewPage) -> None:
    ann = new_page().connected()

    ann.run("sdk.setSneakPeek('X', 7)")
    ann.wait("errors.length")

    assert ann.run("return [errors[0].code, errors[0].message.slice(0, 20)]") == [
        "WRONG_ARGUMENT",
        "setSneakPeek: `text`",
    ]


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("undefined", "`config`"),
        ("{}", "`organizationId`"),
        ("{ license: 1 }", "`clientId`"),
    ],
)
def test_init_that_does_not_say_for_whom_is_refused_at_once(new_page: NewPage, config: str, says: str) -> None:
    ann = new_page()

    error = ann.failure(f"(async () => CustomerSDK.init({config}))()")

    assert error["code"] == "WRONG_ARGUMENT"
    assert says in error["message"]
    expect(ann.page.locator("iframe")).to_have_count(0)


def test_a_configuration_that_python_refuses_is_told_and_every_call_says_it(new_page: NewPage) -> None:
    ann = new_page().begin("{ license: 'x', clientId: 'demo' }")

    error = ann.failure("sdk.startChat()")

    assert error["message"].startswith("init: `license`")
    assert ann.run("return errors.map(({ code }) => code)") == ["WRONG_ARGUMENT"]


def test_a_handler_that_fails_costs_nothing(new_page: NewPage) -> None:
    ann = new_page().begin()
    ann.run(
        "sdk.on('connected', () => { throw new Error('mine') }); sdk.once('connected', () => { window.second = true })"
    )

    ann.event("connected")

    assert ann.run("return [errors[0].message, window.second]") == ["mine", True]
    assert ann.failure("(async () => sdk.on('conected', () => {}))()")["message"].startswith(
        "`name`: there is no event 'conected'"
    )


def test_python_that_cannot_be_had_is_said_and_tried_again(new_page: NewPage, visitor: NewContext) -> None:
    context = visitor()
    context.route(re.compile("/assets/(frozen|runtime)"), lambda route: route.abort())
    ann = new_page(context).begin()

    assert ann.failure("sdk.startChat()")["code"] == "START_FAILED"

    context.unroute_all()
    ann.event("connected")
    assert ann.call("sdk.startChat()")["id"]


def test_without_the_image_python_starts_the_ordinary_way(new_page: NewPage, visitor: NewContext) -> None:
    context = visitor()
    context.route(re.compile(r"/frozen/customer_sdk"), lambda route: route.abort())

    ann = new_page(context).connected(TODAY)

    assert ann.run(TALK)["event"]["text"] == "again"


# The connection


def test_the_connection_comes_back_after_the_server_has(new_page: NewPage, site: Site) -> None:
    ann = new_page().connected()
    chat = ann.call(f"sdk.startChat({{ events: [{HELLO}] }})")

    site.restart()
    restored = ann.event("connection_restored")

    names = ann.names()
    assert names.index("connection_lost") < names.index("connection_restored")
    assert names.count("connected") == 1
    assert restored["chatsSummary"][0]["id"] == chat["id"]
    assert ann.run(f"return (await sdk.sendEvent(given, {HELLO})).text", chat["id"]) == "hello"


def test_the_same_customer_is_there_on_the_next_page(new_page: NewPage) -> None:
    ann = new_page().connected()
    chat = ann.call(f"sdk.startChat({{ events: [{HELLO}] }})")
    before = ann.call("sdk.auth.getToken()")

    ann.page.reload()
    ann.connected()

    assert ann.call("sdk.auth.getToken()") == before
    assert set(before) == {"accessToken", "entityId", "expiresIn", "tokenType", "creationDate", "organizationId"}
    assert ann.event("connected")["chatsSummary"][0]["id"] == chat["id"]


def test_the_page_says_who_the_customer_is(new_page: NewPage) -> None:
    provider = "async () => ({ name: 'Ann', sessionFields: { plan_name: 'gold' } })"
    ann = new_page().connected(f"{{ ...{TODAY}, customerDataProvider: {provider} }}")

    customer = ann.call("sdk.getCustomer()")

    assert (customer["name"], customer["sessionFields"]) == ("Ann", {"plan_name": "gold"})


def test_the_page_has_the_token_itself(new_page: NewPage) -> None:
    ann = new_page().connected(TODAY)
    token = ann.call("sdk.auth.getToken()")
    ann.run("window.theirs = given", token)

    methods = "getToken: () => theirs, getFreshToken: () => theirs, hasToken: async () => true, invalidate() {}"
    ann.begin(f"{{ ...{TODAY}, identityProvider: () => ({{ {methods} }}) }}").event("connected", 2)

    assert ann.event("customer_id", 2) == token["entityId"]
    assert ann.sent("login")[-1]["token"] == f"Bearer {token['accessToken']}"
    assert ann.call("sdk.auth.hasToken()") is True
    error = ann.run(
        f"try {{ begin({{ ...{TODAY}, identityProvider: () => ({{}}) }}) }} catch (error) {{ return error.message }}"
    )
    assert error == "init: `identityProvider`: what it gives has no method `getToken`"


# Streams


def test_rxjs_takes_the_client_as_it_is(new_page: NewPage) -> None:
    ann = new_page()
    ann.page.add_script_tag(path=MODULES / "rxjs" / "dist" / "bundles" / "rxjs.umd.min.js")

    told = ann.run(f"""
        begin({FIRST})
        const ended = new Promise(resolve => rxjs.from(sdk).subscribe({{ complete: resolve }}))
        const told = []
        await rxjs.from(sdk)
          .pipe(rxjs.filter(([name]) => ['customer_id', 'connected'].includes(name)), rxjs.take(2))
          .forEach(event => told.push(event))
        sdk.destroy()
        await ended
        return told
    """)

    assert [name for name, _ in told] == ["customer_id", "connected"]
    assert told[1][1]["totalChats"] == 0


# The end


def test_destroy_leaves_nothing_behind(new_page: NewPage) -> None:
    ann = new_page().connected()

    codes = ann.run("""
        const history = sdk.getChatHistory('OU0V0P0OWT')
        const open = [sdk.getChatsSummary(), history.next(), sdk.sendFile('X', { file: new Blob(['x']) })]
        heard.length = 0
        sdk.destroy()
        const later = [sdk.getChatsSummary(), history.next(), sdk.auth.getToken()]
        const code = promise => Promise.resolve(promise).then(() => 'done', error => error.code)
        try { sdk.setSneakPeek('X', 'x') } catch (error) { later.push(Promise.reject(error)) }
        return Promise.all([...open, ...later].map(code))
    """)

    assert set(codes) == {"SDK_DESTROYED"}
    assert len(codes) == 7
    expect(ann.page.locator("iframe")).to_have_count(0)
    assert ann.names() == []
    assert ann.connected().call("sdk.startChat()")["id"]


# Nothing grows. Python's proxies are registered to be freed, and unregistered when they are; the script's maps are
# noted as they are made.

COUNT = """
    const { register, unregister } = FinalizationRegistry.prototype
    window.alive = new Set()
    FinalizationRegistry.prototype.register = function (target, held, token) {
      if (token) alive.add(token)
      return register.call(this, target, held, token)
    }
    FinalizationRegistry.prototype.unregister = function (token) {
      alive.delete(token)
      return unregister.call(this, token)
    }
    const made = []
    window.entries = () => made.reduce((sum, kept) => sum + kept.size, 0)
    for (const Kind of [Map, Set]) {
      window[Kind.name] = class extends Kind {
        constructor(...given) {
          super(...given)
          if (new Error().stack.includes('/customer-sdk.js')) made.push(this)
        }
      }
    }
"""

CALLS = """
    for (let i = 0; i < given.rounds; i++) {
      const off = sdk.on('user_data', () => {})
      sdk.once('user_is_typing', () => {})
      // One in five goes to the server, which has a limit.
      const history = sdk.getChatHistory(i % 5 ? 7 : given.chat)
      const event = i % 5 ? {} : { type: 'message', text: 'hello' }
      await Promise.allSettled([
        sdk.sendEvent(given.chat, event), sdk.auth.getToken(), sdk.auth.hasToken(), history.next(),
      ])
      off()
      sdk.off('user_is_typing')
    }
"""


def test_a_thousand_calls_and_events_leave_no_proxy_and_no_entry_behind(new_page: NewPage, visitor: NewContext) -> None:
    context = visitor()
    context.add_init_script(COUNT)
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    context.route_web_socket(re.compile("/customer/rtm/ws"), through)
    ann = new_page(context).connected()
    chat = ann.call("sdk.startChat()")["id"]
    frame = next(frame for frame in ann.page.frames if "/widget/customer-sdk" in frame.url)
    indicator = {"chat_id": chat, "typing_indicator": {"author_id": "agent@example.com", "is_typing": True}}
    push = json.dumps({"action": "incoming_typing_indicator", "type": "push", "version": "3.6", "payload": indicator})

    ann.run(CALLS, {"rounds": 5, "chat": chat})
    entries = ann.page.evaluate("() => entries()")
    alive = frame.evaluate("() => alive.size")
    ann.run(CALLS, {"rounds": 250, "chat": chat})
    for _ in range(1000):
        sockets[0].send(push)
    ann.event("user_is_typing", 1000)

    frame.wait_for_function("before => alive.size <= before", arg=alive, timeout=STARTED)
    assert alive > 0
    assert ann.page.evaluate("() => entries()") == entries > 0
