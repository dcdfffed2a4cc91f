"""What a release is made of, in small: the page is the real one, the rest stand-ins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tools.freeze import PROGRAMS
from tools.release_parts import Parts, Program, Sdk
from tools.setup import ROOT
from widget.ui.shell import fill

__all__ = ["IMAGES", "LIBRARY", "PYTHON", "parts"]

PYTHON, LIBRARY = "python-00/", "pydantic_core-00.wasm"
IMAGES = {name: f"{name}-00.bin" for name in PROGRAMS}

PAGES = {
    "widget": "index.html",
    "customer_sdk": "customer-sdk.html",
    "console": "agent_console/index.html",
    "sidebar": "sidebar_app/index.html",
}

INTERPRETER = {
    "pyodide.mjs": b"export const loadPyodide = 1",
    "pyodide.asm.mjs": b"export default 2",
    "pyodide.asm.wasm": b"\0asm",
}


def parts(*, image: bytes = b"memory " * 100, of_programs: dict[str, Any] | None = None, **changed: Any) -> Parts:
    """The parts, with some of them changed; ``image`` is the window's, ``of_programs`` changes all programs."""
    memory = {file: b"memory of " + name.encode() for name, file in IMAGES.items()} | {IMAGES["widget"]: image}
    it = Parts(
        programs={name: replace(program(name), **(of_programs or {})) for name in PROGRAMS},
        forgetting=(ROOT / "static" / "forget.html").read_text(encoding="utf-8"),
        loader=b"// the loader",
        tracking=b"// the loader, as LiveChat's",
        commands=b"// the commands: live-chat:own",
        live_chat_widget=b"// LiveChatWidget",
        forget=b"// forgets",
        sdk=Sdk(
            classic=b"CustomerSDK = {}",
            module=b"export const init = {}",
            declarations=b"export function init(config: object): object",
        ),
        frozen={PYTHON: INTERPRETER, LIBRARY: b"\0asm, too", **memory},
        roles={"python": PYTHON, "library": LIBRARY, **IMAGES},
        emoji_script=b"export const open = 1",
        emoji={"de-DE.json": b'{"symbols":[]}'},
        runtime={**INTERPRETER, "python_stdlib.zip": b"PK", "pyodide-lock.json": b"{}", "htpy.whl": b"PK, too"},
    )
    return replace(it, **changed)


def program(name: str) -> Program:
    """A program of the release."""
    return Program(
        page=fill((ROOT / PAGES[name]).read_text(encoding="utf-8")),
        early=b"// says hello",
        style=b"" if name == "customer_sdk" else b"/* the page's style */",
        script=f"// starts the Python of {name}".encode(),
        code=b"PK, as well",
        languages={"de-DE.json": b"{}"},
    )
