"""The browser's socket in the browser's Python, with a browser that sends what the test wants."""

from tests.conftest import Pyodide

WORLD = """
import asyncio, js
from pyodide.code import run_js
from widget.browser.socket import open_socket

class Heard:
    def __init__(self):
        self.calls = []
    def opened(self):
        self.calls.append("opened")
    def received(self, *texts):
        self.calls.append(texts)
        if "goodbye" in texts:
            socket.close()
    def closed(self, code, reason):
        self.calls.append((code, reason))

wire = run_js('''
    class FakeSocket extends EventTarget {
        close() {}
        tell(...frames) { for (const data of frames) this.dispatchEvent(new MessageEvent("message", { data })) }
        end() { this.dispatchEvent(Object.assign(new Event("close"), { code: 1006, reason: "gone" })) }
    }
    const wire = new FakeSocket()
    const real = globalThis.WebSocket
    globalThis.WebSocket = function () { globalThis.WebSocket = real; return wire }
    wire
''')
heard = Heard()
socket = open_socket("wss://example.com", heard)

async def a_turn():
    for _ in range(3):
        await asyncio.sleep(0)
"""


def test_a_thousand_frames_at_once_are_two_calls(pyodide: Pyodide) -> None:
    calls = pyodide(f"""{WORLD}
wire.tell(*map(str, range(1000)))
await a_turn()
wire.tell("later")
await a_turn()
texts = [text for call in heard.calls for text in call]
[len(call) for call in heard.calls], texts == [*map(str, range(1000)), "later"]
""")

    assert calls == [[1, 999, 1], True]


def test_what_came_before_the_end_is_heard_before_it(pyodide: Pyodide) -> None:
    assert pyodide(f"{WORLD}\nwire.tell('one', 'two')\nwire.end()\nawait a_turn()\nheard.calls") == [
        ["one"],
        ["two"],
        [1006, "gone"],
    ]


def test_once_closed_it_is_silent(pyodide: Pyodide) -> None:
    assert pyodide(f"{WORLD}\nwire.tell('goodbye', 'two')\nwire.end()\nawait a_turn()\nheard.calls") == [["goodbye"]]


def test_frames_that_are_no_text_are_left_out(pyodide: Pyodide) -> None:
    bytes_between = "wire.tell('one', js.Uint8Array.new(3), 'two')"

    assert pyodide(f"{WORLD}\n{bytes_between}\nawait a_turn()\nheard.calls") == [["one"], ["two"]]
