"""The languages of the window, and which of them somebody means who asks for a language (spec: widget-js-api, B5).

One table for all: Python reads it here, and the page has it before Python (``static/language.js``).
"""

import re
from dataclasses import dataclass

from widget.wire.errors import CommandError

__all__ = ["ENGLISH", "LANGUAGES", "TAGS", "Language", "found", "wanted"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its ``tag``, and its ``name`` for itself.

    ``standard`` is the same as browsers know it: ``es-LA`` would be Spanish as it is spoken in Laos. ``also`` are the
    other beginnings of tags that mean it, in small letters.
    """

    tag: str
    name: str
    also: str = ""
    standard: str = ""
    direction: str = "ltr"

    @property
    def spoken(self) -> str:
        """The tag by which browsers and readers know it (BCP 47)."""
        return self.standard or self.tag


ENGLISH = Language("en-US", "English (United States)", "en")

LANGUAGES = {
    language.tag: language
    for language in (
        Language("ar-AE", "العربية", "ar", direction="rtl"),
        Language("bs-BA", "Bosanski", "bs"),
        Language("da-DK", "Dansk", "da"),
        Language("de-DE", "Deutsch", "de"),
        Language("el-GR", "Ελληνικά", "el"),
        ENGLISH,
        Language("es-ES", "Español (España)", "es"),
        Language(
            "es-LA",
            "Español (Latinoamérica)",
            "es-419 es-ar es-bo es-br es-bz es-cl es-co es-cr es-cu es-do es-ec es-gt es-hn es-mx es-ni es-pa es-pe "
            "es-pr es-py es-sv es-us es-uy es-ve",
            standard="es-419",
        ),
        Language("fr-FR", "Français", "fr"),
        Language("hr-HR", "Hrvatski", "hr"),
        Language("hu-HU", "Magyar", "hu"),
        Language("it-IT", "Italiano", "it"),
        Language("ja-JP", "日本語", "ja"),
        Language("ko-KR", "한국어", "ko"),
        Language("lt-LT", "Lietuvių", "lt"),
        Language("lv-LV", "Latviešu", "lv"),
        Language("pl-PL", "Polski", "pl"),
        Language("pt-BR", "Português (Brasil)", "pt"),
        Language("pt-PT", "Português (Portugal)", "pt-ao pt-ch pt-cv pt-gq pt-gw pt-lu pt-mo pt-mz pt-st pt-tl"),
        Language("ro-RO", "Română", "ro mo"),
        Language("ru-RU", "Русский", "ru"),
        Language("sl-SI", "Slovenščina", "sl"),
        Language("sq-AL", "Shqip", "sq"),
        Language("sr-Latn", "Srpski", "sr sh cnr"),
        Language("sv-SE", "Svenska", "sv"),
        Language("th-TH", "ไทย", "th"),
        Language("tr-TR", "Türkçe", "tr"),
        Language("uk-UA", "Українська", "uk"),
        Language("zh-Hans", "简体中文", "zh"),
        Language("zh-Hant", "繁體中文", "zh-hk zh-mo"),
        Language("zh-TW", "繁體中文（台灣）", "zh-hant-tw"),
    )
}
"""All of them, by tag."""

TAGS = {
    beginning: language.tag
    for language in LANGUAGES.values()
    for beginning in [language.tag.lower(), *language.also.split()]
}
"""Their tags, by the beginnings of the tags that mean them, in small letters."""

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")


def found(tag: str) -> Language | None:
    """The language that a tag means: itself, else by what it begins with (RFC 4647, section 3.4), else None."""
    parts = tag.lower().replace("_", "-").split("-")
    beginnings = ("-".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((LANGUAGES[TAGS[beginning]] for beginning in beginnings if beginning in TAGS), None)


def wanted(tag: object) -> Language:
    """The language that a site asks for; English for None, and for a language that is none of ours.

    That is the seed's rule ("Set language"). Raises CommandError(UNKNOWN_LANGUAGE) for what cannot be a language's tag.
    """
    if tag is None:
        return ENGLISH
    if not isinstance(tag, str) or not _TAG.fullmatch(tag):
        raise CommandError(
            "UNKNOWN_LANGUAGE",
            f"{tag!r:.40} is not the tag of a language.",
            f"Use one of {', '.join(LANGUAGES)}, or any other tag of BCP 47 such as 'de-AT'.",
        )
    return found(tag) or ENGLISH
