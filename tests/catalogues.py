"""What is seen of a page, and which of it stands in no catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from server.catalogues import WIDGET
from tools.texts import extracted

__all__ = ["Marked", "outside", "spoken_by"]


class Marked(Mapping[str, str | Mapping[str, str]]):
    """A language in which every text of the catalogues stands in brackets, and no other does."""

    def __init__(self, domain: str = WIDGET) -> None:
        ids = [message.id for each in (WIDGET, domain) for message in extracted(each) if message.id]
        self._texts = {it: f"⟦{it}⟧" for it in ids if isinstance(it, str)}
        self._counted = {it[0]: {"one": f"⟦{it[0]}⟧", "other": f"⟦{it[1]}⟧"} for it in ids if not isinstance(it, str)}

    def __getitem__(self, text: str) -> str | Mapping[str, str]:
        return self._counted.get(text) or self._texts[text]

    def __iter__(self) -> Iterator[str]:
        return iter([*self._texts, *self._counted])

    def __len__(self) -> int:
        return len(self._texts) + len(self._counted)


SEEN = {"aria-label", "placeholder", "title", "alt", "aria-description"}


OF_NO_LANGUAGE = {"code", "kbd"}
"""Elements whose words are the same everywhere."""
UNSEEN = {"script", "style", *OF_NO_LANGUAGE}


class Seen(HTMLParser):
    """All that is seen or read out of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        self.texts += [value for name, value in attrs if name in SEEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.texts.append(data)


INSIDE = re.compile("⟦[^⟦⟧]*⟧")
BEGUN_OR_ENDED = re.compile("⟦[^⟦⟧]*$|^[^⟦⟧]*⟧")
"""A text that an element stands in the middle of."""
NO_WORDS = re.compile(r"https?://\S*|#[0-9a-f]{6}\b")


def outside(page: str) -> list[str]:
    """What is seen of a page and has no brackets. What people say and are called has no letters in these tests."""
    return [text for text in Seen(page).texts if re.search(r"[A-Za-z]", unmarked(text))]


def unmarked(text: str) -> str:
    """What is left of a text without what stands in brackets, and without addresses and colours."""
    inside = INSIDE.sub("", text)
    return unmarked(inside) if inside != text else NO_WORDS.sub("", BEGUN_OR_ENDED.sub("", text))


SAID_ALOUD = {"aria_label", "aria_description", "placeholder", "title", "alt"}


def spoken_by(file: Path) -> Iterator[str]:
    """The texts that a view writes itself: in an element's brackets, or as the name of something."""
    tree = ast.parse(file.read_text("utf-8"))
    elements = {
        name.asname or name.name
        for it in ast.walk(tree)
        if isinstance(it, ast.ImportFrom) and it.module == "htpy"
        for name in it.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SAID_ALOUD:
            yield from letters(node.value)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Call | ast.Name):
            made_by = node.value.func if isinstance(node.value, ast.Call) else node.value
            if isinstance(made_by, ast.Name) and made_by.id in elements - OF_NO_LANGUAGE:
                children = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
                yield from (text for child in children for text in letters(child))


def letters(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[A-Za-z]", node.value):
        yield node.value
