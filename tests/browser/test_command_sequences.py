"""No order of commands breaks the widget: sequences of them against a model of what should be."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import Visitor
from tests.browser.test_live_chat import WIDGET, call

OTHER = "another-widget"

COMMANDS = (
    "show", "hide", "show_launcher", "hide_launcher", "show_thread_list", "open_new_thread", "set_theme dark",
    "init same", "init other", "send", "create_thread", "auth", "logout", "clear", "get_threads",
)  # fmt: skip


@dataclass
class Model:
    """What should be: the window, the launcher, whose widget and who it is, and what was said in which thread."""

    visible: bool = False
    launcher: bool = True
    widget: str = WIDGET
    may_change: bool = False
    person: str | None = None
    threads: list[list[str]] = field(default_factory=list)
    kept: list[list[str]] = field(default_factory=list)
    """The person's threads while nobody is signed in."""

    def reset(self) -> None:
        """Another visitor, who sees nothing of the last."""
        if self.person is not None:
            self.kept = self.threads
        self.visible, self.launcher, self.may_change, self.person, self.threads = False, True, True, None, []

    def after(self, command: str, text: str) -> str | None:
        """What a command does. Returns the code of the error that it has."""
        match command.split():
            case ["show" | "show_thread_list" | "open_new_thread"]:
                self.visible = True
            case ["hide"]:
                self.visible = False
            case ["show_launcher"]:
                self.launcher = True
            case ["hide_launcher"]:
                self.visible = self.launcher = False
            case ["init", which]:
                wanted = self.widget if which == "same" else OTHER if self.widget == WIDGET else WIDGET
                if wanted != self.widget and not self.may_change:
                    return "ALREADY_INITIALIZED"
                if wanted != self.widget:
                    self.widget, self.visible, self.launcher = wanted, False, True
                self.may_change = False
            case ["send"]:
                if not self.threads:
                    self.threads.append([])
                self.threads[-1].append(text)
            case ["create_thread"]:
                self.threads.append([text])
            case ["auth"]:
                if self.widget != WIDGET:
                    return "TOKEN_REFUSED"
                if self.person is None:
                    self.person, self.threads = "ana", [*self.kept, *self.threads]
            case ["logout" | "clear"]:
                self.reset()
        return None


ARGUMENTS = {
    "init same": "() => ['init']",
    "init other": "({ other }) => ['init', other]",
    "set_theme dark": "() => ['set_theme', 'dark']",
    "show_thread": "({ thread }) => ['show_thread', thread]",
    "send": "({ text }) => ['send', { type: 'BASIC', message: text }]",
    "create_thread": "({ text }) => ['create_thread', { type: 'BASIC', message: text }]",
    "auth": "async ({ person }) => ['auth', await (await fetch(`/commands/token?person=${person}`)).text()]",
}

RUN = """async given => {
  try {
    return { result: await liveChat(...await (%s)(given)) }
  } catch ({ code, message }) {
    return { code, message }
  }
}"""


def run(page: Page, command: str, **given: str) -> dict[str, object]:
    """Carry a command out, and wait for what came of it."""
    return dict(page.evaluate(RUN % ARGUMENTS.get(command, f"() => ['{command}']"), given))


@given(commands=st.lists(st.sampled_from(COMMANDS), min_size=3, max_size=9), number=st.integers(0, 2**40))
@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.generate],  # a page takes seconds for each: a long example is as good as a short one
)
def test_no_order_of_commands_breaks_it(visitor: NewContext, commands: list[str], number: int) -> None:
    context = visitor()
    shop = Visitor(context)
    call(shop.page, "init", WIDGET)
    model = Model()
    person = f"ana-{number}-{id(context)}@example.com"
    for place, command in enumerate(commands):
        text = f"text {place}"
        other = OTHER if model.widget == WIDGET else WIDGET

        outcome = run(shop.page, command, text=text, person=person, other=other)

        assert outcome.get("code") == model.after(command, text), (command, outcome)
        expect(shop.window).to_be_visible() if model.visible else expect(shop.window).to_be_hidden()
        expect(shop.launcher).to_be_visible() if model.launcher else expect(shop.launcher).to_be_hidden()

    listed = run(shop.page, "get_threads")["result"]
    assert isinstance(listed, list)
    assert len(listed) == len(model.threads)
    if listed:
        run(shop.page, "show_thread", thread=listed[0]["id"])
        for text in model.threads[-1]:
            expect(shop.said(text).first).to_be_attached()
    context.close()


def test_a_page_replays_a_queue_of_fifty_calls(site: Site, visitor: NewContext) -> None:
    """As a page makes them before the script has loaded, with what needs the frame among them."""
    page = visitor().new_page()
    page.goto("/healthz")
    page.add_script_tag(
        content=f"""
          window.liveChat ??= function () {{ (liveChat.q ??= []).push(arguments) }}
          window.answered = []
          const note = name => (error, result) => answered.push(error ? `${{name}} ${{error.code}}` : name)
          liveChat('init', '{WIDGET}', note('init'))
          for (let round = 0; round < 8; round++) {{
            liveChat('show', null, note(`show ${{round}}`))
            liveChat('send', {{ type: 'BASIC', message: `text ${{round}}` }}, note(`send ${{round}}`))
            liveChat('hide', null, note(`hide ${{round}}`))
            liveChat('dance', null, note(`dance ${{round}}`))
            liveChat('hide_launcher', null, note(`hide_launcher ${{round}}`))
            liveChat('show_launcher', null, note(`show_launcher ${{round}}`))
          }}
          liveChat('show', null, note('last'))
        """
    )

    page.add_script_tag(url=f"{site.widget_origin}/widget.js")
    page.wait_for_function("() => answered.length === 50", timeout=60_000)

    answered: list[str] = page.evaluate("answered")
    at_once = [name for name in answered if not name.startswith("send")]
    rounds = [
        [f"show {n}", f"hide {n}", f"dance {n} UNKNOWN_COMMAND", f"hide_launcher {n}", f"show_launcher {n}"]
        for n in range(8)
    ]
    assert at_once == ["init", *(name for names in rounds for name in names), "last"]
    assert [name for name in answered if name.startswith("send")] == [f"send {n}" for n in range(8)]
    expect(page.locator('iframe[title="Chat"]')).to_be_visible()
    log = page.frame_locator('iframe[title="Chat"]').get_by_role("log", name="Conversation")
    for number in range(8):
        expect(log.get_by_role("listitem").filter(has_text=f"text {number}")).to_have_count(1)
