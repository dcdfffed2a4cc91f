"""Pages that start Python as everybody does, to measure ours against.

They get what ours gets: the same files, compressed as small as brotli can, kept by the browser for good.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from server.assets import Assets
from server.hosting import LASTING
from tools.setup import BUILD

__all__ = ["PAGES", "baselines"]

FOLDER = BUILD / "bench"
RUNTIME = BUILD / "runtime"

READY = "document.documentElement.dataset.liveChat = 'ready'"

BARE = f"""\
<!doctype html><meta charset="utf-8">
<script type="module">
  import {{ loadPyodide }} from '/files/pyodide.mjs'
  const python = await loadPyodide()
  python.runPython("print('hello')")
  {READY}
</script>
"""

PYSCRIPT = """\
<!doctype html><meta charset="utf-8">
<script type="module" src="/files/pyscript/core.js"></script>
<script type="py" config="CONFIGURATION">
  import js
  IMPORTS
  print("hello")
  js.document.documentElement.dataset.liveChat = "ready"
</script>
"""

PACKAGES = ["pydantic", "htpy", "linkify-it-py", "pyodide-http"]
"""As in pyscript.toml."""

IMPORTS = "import asyncio, pydantic, htpy, linkify_it, pyodide_http\n  pydantic.create_model('Probe', m=(int, ...))"

PAGES = {
    "bare": BARE,
    "pyscript": PYSCRIPT.replace("CONFIGURATION", "/files/bare.toml").replace("IMPORTS", ""),
    "packages": PYSCRIPT.replace("CONFIGURATION", "/files/packages.toml").replace("IMPORTS", IMPORTS),
}
"""By name; each sets the mark of readiness that our page sets."""

PLAIN = """\
<!doctype html><meta charset="utf-8">
<textarea id="message"></textarea>
<script>
  addEventListener('focus', () => message.focus())
  parent.postMessage('there', '*')
</script>
"""
"""The least that a frame can be: nothing to load but this."""

PLAIN_HOST = """\
<!doctype html><meta charset="utf-8">
<button style="position: fixed; right: 20px; bottom: 20px; width: 60px; height: 60px">Open chat</button>
<script>
  const button = document.querySelector('button')
  const frame = document.createElement('iframe')
  button.onclick = () => {
    frame.src = location.href.replace('127.0.0.1', 'localhost').replace('plain_host', 'plain')
    document.body.append(frame)
  }
  onmessage = () => { button.blur(); frame.focus() }
</script>
"""

OTHERS = {"blank": "<!doctype html>", "plain": PLAIN, "plain_host": PLAIN_HOST}
"""Pages without Python: what bench/host.py measures in, and against."""


def lasting(path: str) -> dict[str, str]:
    """Kept for good, all of them."""
    return {"Cache-Control": LASTING}


def prepare() -> None:
    """Put the pages and their files together, once for each build of the runtime."""
    built = (RUNTIME / ".stamp").read_text(encoding="utf-8")
    stamp = FOLDER / ".stamp"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != built:
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(RUNTIME, FOLDER, ignore=shutil.ignore_patterns("fake-indexeddb", ".stamp"))
        for file in [*FOLDER.glob("*.*"), *FOLDER.glob("pyscript/*.js")]:
            compress(file)
        stamp.write_text(built, encoding="utf-8")
    for name, page in (PAGES | OTHERS).items():
        (FOLDER / f"{name}.html").write_text(page, encoding="utf-8")
    interpreter = 'interpreter = "/files/pyodide.mjs"\npackages_cache = "passthrough"\n'
    (FOLDER / "bare.toml").write_text(interpreter, encoding="utf-8")
    (FOLDER / "packages.toml").write_text(f"{interpreter}packages = {json.dumps(PACKAGES)}\n", encoding="utf-8")


def compress(file: Path) -> None:
    """Put a compressed copy beside a file."""
    file.with_name(f"{file.name}.br").write_bytes(brotli.compress(file.read_bytes(), quality=11, lgwin=24))


@contextmanager
def baselines() -> Iterator[str]:
    """Serve the pages while it lasts; the address of their folder."""
    prepare()
    app = Starlette(routes=[Mount("/files", Assets(FOLDER, lasting))])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not (server.started and server.servers):
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/files"
    server.should_exit = True
    thread.join()
