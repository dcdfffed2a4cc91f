"""What a release is made of, in small: the page is the real one, the rest stand-ins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tools.release import Parts, Sdk
from tools.setup import ROOT
from widget.ui.shell import fill

__all__ = ["IMAGE", "LIBRARY", "PYTHON", "SDK_IMAGE", "parts"]

PYTHON, LIBRARY, IMAGE, SDK_IMAGE = "python-00/", "pydantic_core-00.wasm", "widget-00.bin", "customer_sdk-00.bin"

INTERPRETER = {
    "pyodide.mjs": b"export const loadPyodide = 1",
    "pyodide.asm.mjs": b"export default 2",
    "pyodide.asm.wasm": b"\0asm",
}


def parts(*, image: bytes = b"memory " * 100, **changed: Any) -> Parts:
    """The parts, with some of them changed."""
    it = Parts(
        page=fill((ROOT / "index.html").read_text(encoding="utf-8")),
        forgetting=(ROOT / "static" / "forget.html").read_text(encoding="utf-8"),
        loader=b"// the loader",
        tracking=b"// the loader, as LiveChat's",
        commands=b"// the commands: live-chat:own",
        live_chat_widget=b"// LiveChatWidget",
        forget=b"// forgets",
        hello=b"// says hello",
        language=b"",
        script=b"// the page's script",
        style=b"/* the page's style */",
        sdk=Sdk(
            page=(ROOT / "customer-sdk.html").read_text(encoding="utf-8"),
            script=b"// the hidden frame's script",
            classic=b"CustomerSDK = {}",
            module=b"export const init = {}",
            declarations=b"export function init(config: object): object",
        ),
        frozen={PYTHON: INTERPRETER, LIBRARY: b"\0asm, too", IMAGE: image, SDK_IMAGE: b"another memory"},
        roles={"python": PYTHON, "library": LIBRARY, "widget": IMAGE, "customer_sdk": SDK_IMAGE},
        runtime={**INTERPRETER, "python_stdlib.zip": b"PK", "pyodide-lock.json": b"{}", "htpy.whl": b"PK, too"},
        code=b"PK, as well",
        languages={"de-DE.json": b"{}"},
    )
    return replace(it, **changed)
