"""Firefox, so that Playwright can drive the one of the system.

Playwright speaks WebDriver BiDi with it and sends each new context a colour scheme. The long-term release of Firefox
does not know that command yet, and Playwright would give up. So it is given this program to start, which starts
Firefox, passes everything on, and takes "unknown command" for "left as it is" where that is all that was asked.

    python firefox.py /usr/bin/firefox-esr --remote-debugging-port=0 ...
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

SPARED = "emulation.setMediaFeaturesOverride"
LISTENING = "WebDriver BiDi listening on"


async def main(*command: str) -> None:
    """Run Firefox until it ends, and let Playwright speak with it."""
    firefox = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr is not None
    address = await listens_at(firefox.stderr)

    async def speak(playwright: ServerConnection) -> None:
        assert playwright.request is not None
        async with connect(address + playwright.request.path, max_size=None) as browser:
            await pass_on(playwright, browser)

    async with serve(speak, "127.0.0.1", 0, max_size=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stderr.write(f"{LISTENING} ws://127.0.0.1:{port}\n")
        await asyncio.gather(firefox.wait(), copy(firefox.stderr))


async def listens_at(said: asyncio.StreamReader) -> str:
    """The address that Firefox says it listens at."""
    while line := (await said.readline()).decode():
        if found := re.search(rf"{LISTENING} (ws://\S+)", line):
            return found[1]
        sys.stderr.write(line)
    raise SystemExit("Firefox has ended without a word of where it listens.")


async def copy(said: asyncio.StreamReader) -> None:
    """Say what Firefox says."""
    async for line in said:
        sys.stderr.write(line.decode(errors="replace"))


async def pass_on(playwright: ServerConnection, browser: ClientConnection) -> None:
    """Pass all messages on in both directions, until either side is gone."""
    spared = set[int]()

    async def commands() -> None:
        async for text in playwright:
            message = json.loads(text)
            if message["method"] == SPARED:
                spared.add(message["id"])
            await browser.send(text)

    async def answers() -> None:
        async for text in browser:
            message = json.loads(text)
            unknown = message.get("error") == "unknown command" and message["id"] in spared
            done = {"type": "success", "id": message.get("id"), "result": {}}
            await playwright.send(json.dumps(done) if unknown else text)

    ways = [asyncio.create_task(commands()), asyncio.create_task(answers())]
    _, pending = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in pending:
        way.cancel()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
