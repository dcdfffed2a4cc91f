"""The emoji that can be chosen from, with their names in each language: Unicode's order and groups, CLDR's words.

Flags have no names here: browsers know those of countries in every language (``Intl.DisplayNames``). Left out are those
that many systems cannot show yet, and the variants of others, which CLDR puts names to by rules.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, HTTPException
from starlette.responses import Response

from server.assets import tagged
from widget.ui.languages import LANGUAGES

__all__ = ["add_emoji", "emoji"]

NEWEST: Final = 15.0
"""The version of Emoji of 2022; systems take some years to draw new ones."""

FLAGS: Final = "flags"

SOURCES: Final = {
    "ar-AE": ["ar"],
    "es-LA": ["es", "es-419"],
    "pt-BR": ["pt"],
    "pt-PT": ["pt", "pt-PT"],
    "sr-Latn": ["sr-Latn"],
    "zh-Hans": ["zh"],
    "zh-Hant": ["zh-Hant", "zh-Hant-HK"],
    "zh-TW": ["zh-Hant"],
}
"""Where CLDR has a language's words, where its tag does not say it: of two, the second has what is said otherwise."""


def emoji(tag: str, modules: Path) -> bytes:
    """All emoji with their names in a language, as JSON: by groups, each ``[emoji, name, other words]``.

    ``modules`` is where npm's packages are. Raises OSError.
    """
    groups = json.loads((modules / "unicode-emoji-json" / "data-by-group.json").read_text(encoding="utf-8"))
    words: dict[str, Any] = {}
    for source in SOURCES.get(tag, [tag.partition("-")[0]]):
        for each, said in _words(modules, source).items():
            words[each] = {**words.get(each, {}), **said}
    listed = {group["slug"]: [*_listed(group["emojis"], words, flags=group["slug"] == FLAGS)] for group in groups}
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()


def _words(modules: Path, source: str) -> Mapping[str, Mapping[str, list[str]]]:
    file = modules / "cldr-annotations-full" / "annotations" / source / "annotations.json"
    words: Mapping[str, Mapping[str, list[str]]] = json.loads(file.read_text(encoding="utf-8"))["annotations"][
        "annotations"
    ]
    return words


def _listed(group: list[dict[str, Any]], words: Mapping[str, Any], *, flags: bool) -> Iterator[list[str]]:
    for each in group:
        sign = each["emoji"]
        said = words.get(sign.replace("\N{VARIATION SELECTOR-16}", ""), {})
        name = said.get("tts", [""])[0]
        if float(each["emoji_version"]) > NEWEST or not (name or (flags and _of_country(sign))):
            continue
        known = set(name.casefold().split())
        others = dict.fromkeys(" ".join(said.get("default", [])).casefold().split())
        yield [sign, name, " ".join(word for word in others if word not in known)] if name else [sign]


def _of_country(sign: str) -> bool:
    """Whether it is made of the two letters of a country."""
    first, last = "\N{REGIONAL INDICATOR SYMBOL LETTER A}", "\N{REGIONAL INDICATOR SYMBOL LETTER Z}"
    return len(sign) == 2 and all(first <= letter <= last for letter in sign)


def add_emoji(app: FastAPI, modules: Path) -> None:
    """The route of the names for pages as written; a release has them as files."""

    @app.get("/widget/emoji/{tag}.json")
    def names(tag: str) -> Response:
        if tag not in LANGUAGES:
            raise HTTPException(404)
        return tagged(emoji(tag, modules), tag, None, media_type="application/json")
