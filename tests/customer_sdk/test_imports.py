"""The chat window carries nothing of the public SDK: what it does not import is not in its image."""

import ast
from pathlib import Path

from tools.setup import ROOT

WINDOW = {
    "auth",
    "awaited",
    "fetching",
    "files",
    "forms",
    "groups",
    "kept",
    "reading",
    "sending",
    "session",
    "typing_ends",
}
"""The modules of this package that the window is made of."""


def imported(module: str, seen: set[str]) -> set[str]:
    """The modules of the widget that a module imports, with those that they import."""
    path = ROOT / Path(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if module in seen or not file.exists():
        return seen
    seen.add(module)
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("widget"):
            imported(node.module or "", seen)
            for name in node.names:
                imported(f"{node.module}.{name.name}", seen)
    return seen


def test_the_window_imports_nothing_of_the_public_sdk() -> None:
    window = imported("widget.main", set())

    assert {name.rpartition(".")[2] for name in window if name.startswith("widget.customer_sdk.")} == WINDOW
    assert not [name for name in window if name.startswith("widget.platform_sdk")]
