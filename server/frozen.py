"""The compiled page: ``index.html``, started from the frozen Python that ``tools/freeze.py`` has written.

The page stays one source. As written, PyScript reads it; compiled, it names the files of the frozen Python instead, and
has the browser fetch them before anything asks for them.
"""

import json
from pathlib import Path

__all__ = ["Files", "compiled", "frozen_files"]

Files = dict[str, str]
"""What ``static/thaw.js`` starts from: the names of the folder ``python/``, of ``library`` and of ``image``."""

PYSCRIPT = '    <link rel="modulepreload" href="/runtime/pyscript/core.js">\n'
"""What the page as written has the browser fetch, and the compiled page does not need."""

END = "  </head>\n"

SCRIPT = '    <link rel="modulepreload" href="{}">\n'
FETCH = '    <link rel="preload" as="fetch" crossorigin href="{}">\n'
NAMED = '    <script type="application/json" id="frozen">{}</script>\n'


def frozen_files(folder: Path) -> Files | None:
    """The files of the image in a folder; None when none was made."""
    manifest = folder / "manifest.json"
    return json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else None


def compiled(page: str, files: Files) -> str:
    """The widget's page, started from these files. Raises ValueError when it is not the page as written.

    They come last in the head: the script that keeps what a visitor types must not wait behind megabytes.
    """
    if PYSCRIPT not in page or END not in page:
        raise ValueError(f"index.html has no line {PYSCRIPT.strip()}, or no line {END.strip()}")
    address = {role: f"/frozen/{name}" for role, name in files.items()}
    scripts = [
        "/static/thaw.js",
        "/static/frozen.js",
        f"{address['python']}pyodide.mjs",
        f"{address['python']}pyodide.asm.mjs",
    ]
    fetched = [f"{address['python']}pyodide.asm.wasm", address["library"], address["image"]]
    lines = [SCRIPT.format(url) for url in scripts] + [FETCH.format(url) for url in fetched]
    lines.append(NAMED.format(json.dumps(address)))
    return page.replace(PYSCRIPT, "").replace(END, "".join(lines) + END)
