"""A small picture of the window in a theme's colours.

A drawing has its colours as attributes, which the page's policy allows; styles in markup it does not.
"""

from htpy import Element, circle, g, path, rect, svg
from htpy import text as text_

from widget.ui.colors import Chosen, derived
from widget.ui.locale import Locale

__all__ = ["preview", "swatches"]


def preview(chosen: Chosen, locale: Locale) -> Element:
    """The window, with something said in it."""
    color, t = derived(chosen), locale.text
    return svg(".theme-preview", viewBox="0 0 300 216", role="img", aria_label=t("How the window will look"))[
        rect(width="300", height="216", rx="16", fill=color["--paper"], stroke=color["--line"]),
        path(d="M0 16a16 16 0 0 1 16-16h268a16 16 0 0 1 16 16v32H0z", fill=color["--head"]),
        circle(cx="26", cy="24", r="12", fill=color["--head-ink"], opacity=".85"),
        _line(48, 22, t("Chat with us"), color["--head-ink"], 12, bold=True),
        _line(48, 36, t("Here with you now"), color["--head-ink-2"], 9),
        rect(x="14", y="62", width="172", height="30", rx="13", fill=color["--theirs"]),
        _line(26, 81, t("Hello! How can we help?"), color["--ink"], 11),
        _line(18, 105, "9:41", color["--ink-2"], 9),
        rect(x="120", y="114", width="166", height="30", rx="13", fill=color["--accent"]),
        _line(132, 133, t("Do you ship to Norway?"), color["--accent-ink"], 11),
        path(d="M0 164h300", stroke=color["--line"]),
        rect(x="14", y="174", width="226", height="30", rx="12", fill=color["--ground"], stroke=color["--line"]),
        _line(26, 193, t("Write a message…"), color["--ink-2"], 11),
        g[
            rect(x="250", y="174", width="34", height="30", rx="12", fill=color["--accent"]),
            path(
                d="M267 196v-13m-5.500 5l5.500-5.500 5.500 5.500",
                fill="none",
                stroke=color["--accent-ink"],
                stroke_width="2",
                stroke_linecap="round",
                stroke_linejoin="round",
            ),
        ],
    ]


def swatches(chosen: Chosen) -> Element:
    """Its three colours, side by side."""
    colors = enumerate((chosen.accent, chosen.paper, chosen.ink))
    dots = [circle(cx=f"{13 + 20 * at}", cy="13", r="11", fill=each, stroke="#888888") for at, each in colors]
    return svg(".swatches", viewBox="0 0 66 26", aria_hidden="true")[dots]


def _line(x: int, y: int, words: str, fill: str, size: int, *, bold: bool = False) -> Element:
    return text_(x=str(x), y=str(y), fill=fill, font_size=str(size), font_weight="650" if bold else "400")[words]
