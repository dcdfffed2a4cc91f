"""What goes with each file of a release (``tools/release.py``) when it is sent: the one table of it.

The server sends these headers, and the snippets for other servers in ``docs/hosting.md`` are written from here. What a
page may load and connect to stands in the page itself, because it depends on where the platform is: ``policy``.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import sha256

__all__ = [
    "COMPRESSED",
    "CONSOLE",
    "DECLARATIONS",
    "ENCODINGS",
    "ENTRIES",
    "FRESH",
    "LASTING",
    "PAGES",
    "RULES",
    "SCRIPTS",
    "TYPES",
    "Inline",
    "Rule",
    "content_type",
    "headers",
    "policy",
]

FRESH = "no-cache"
"""Keep it, and ask each time whether it is still current."""

LASTING = "public, max-age=31536000, immutable"
"""Keep it and never ask: the name changes with what is in it."""

SCRIPTS = (
    "widget.js",
    "tracking.js",
    "widget/commands.js",
    "widget/live_chat_widget.js",
    "customer-sdk.js",
    "customer-sdk.mjs",
)
"""What runs on sites' own pages: the loader and what it fetches, the same as LiveChat's, and the Customer SDK."""

PAGES = ("widget/index.html", "widget/forget.html", "widget/customer-sdk.html", "sidebar/index.html")
"""What they have in frames; the last one is the ready app that agents have beside a conversation."""

CONSOLE = "agent/index.html"
"""The agents' console, which no other page may have in a frame."""

DECLARATIONS = "customer-sdk.d.ts"
"""What TypeScript has to know of the Customer SDK. It is for those who write sites; browsers do not ask for it."""

ENTRIES = (*SCRIPTS, DECLARATIONS, *PAGES, CONSOLE)
"""The files with lasting addresses. Everything else is named by its content, and found through these."""

TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".ts": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".whl": "application/octet-stream",
    ".zip": "application/zip",
}
"""The Content-Type of a release's files. Browsers insist on those of scripts, style sheets and WebAssembly."""

COMPRESSED = (".bin", ".css", ".html", ".js", ".json", ".mjs", ".wasm")
"""What becomes shorter by compression; the others are compressed inside."""

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""The compressed copies that stand beside a file, by what HTTP calls them, the shortest first."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers for all files whose path in the folder matches a pattern, in which ``*`` stands for anything."""

    files: str
    headers: Mapping[str, str]
    why: str


RULES = (
    Rule(
        "*",
        {"Cache-Control": FRESH, "X-Content-Type-Options": "nosniff"},
        "an update is seen on the next page; types are not guessed",
    ),
    Rule(
        "widget/assets/*",
        {"Cache-Control": LASTING},
        "the name tells the content: it never changes",
    ),
    *(
        Rule(
            script,
            {
                "Access-Control-Allow-Origin": "*",
                "Cross-Origin-Resource-Policy": "cross-origin",
                "Timing-Allow-Origin": "*",
            },
            "sites load it: with `crossorigin` too, where they isolate themselves, and may see how long it took",
        )
        for script in SCRIPTS
    ),
    *(
        Rule(
            page,
            {
                "Origin-Agent-Cluster": "?1",
                "Content-Security-Policy": "frame-ancestors *",
            },
            "a process of its own, so that Python's start does not stop the site's page; who may have it in a frame",
        )
        for page in PAGES
    ),
    Rule(
        CONSOLE,
        {"Content-Security-Policy": "frame-ancestors 'none'"},
        "nobody has agents press what they cannot see",
    ),
)
"""All that apply to a file count; of two with one header, the later."""


def headers(path: str) -> dict[str, str]:
    """The headers of the file at a path in the folder, but for what depends on the request."""
    found = {"Content-Type": content_type(path)}
    for rule in RULES:
        if fnmatchcase(path, rule.files):
            found |= rule.headers
    return found


def content_type(path: str) -> str:
    """What a file is, by its suffix."""
    return TYPES.get(f".{path.rpartition('.')[2]}", "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Inline:
    """The script and the style sheet that stand in a page, as they do; an empty one does not."""

    script: str
    style: str


def source(text: str) -> str:
    """How a policy names a text in the page (Content Security Policy Level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


PICTURES = "'self' data: blob: https:"
"""The sources of pictures in a page that has https itself. In it browsers show none that comes without."""

THIS_MACHINE = ("http://localhost:*", "http://127.0.0.1:*")
"""Both names of this machine; a policy cannot name its IPv6 address."""


def policy(connect: Sequence[str], *, evaluate: bool = False, inline: Inline | None = None, frames: str = "") -> str:
    """What a page with Python in it may do. Pyodide compiles WebAssembly; PyScript's loader evaluates text, too.

    ``connect`` are the sources, beside the page's own origin, to which it may connect; ``inline`` is what stands in the
    page itself, and nothing else that does may run; ``frames`` are the sources of what it may have in frames. Pictures
    come with https from anywhere; without it only from where the page may connect, and from this machine, which serves
    them so while the widget is worked on.
    """
    sources = " ".join(["'self'", *connect])
    script, style = (
        (f" {source(text)}" if text else "" for text in (inline.script, inline.style)) if inline else ("", "")
    )
    plain = [each for each in connect if each.startswith("http:")]
    scripts = f"'self'{script} 'wasm-unsafe-eval'" + (" 'unsafe-eval'" if evaluate else "")
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self'{style}; connect-src {sources}; "
        f"img-src {' '.join([PICTURES, *THIS_MACHINE, *plain])}; base-uri 'none'; form-action 'none'"
        + (f"; frame-src {frames}" if frames else "")
    )
