"""The inks of the desk: what a word on the screen means, and the colours that say so besides its glyph."""

from functools import cache

from rich.style import Style

DARK: dict[str, str] = {
    "text": "#d8dbe2",
    "dim": "#9aa1ad",
    "rule": "#4a515e",
    "title": "bold #aab4c4",
    "active": "#8fc7ff",
    "accent": "bold #8fc7ff",
    "strong": "bold #f2f4f8",
    "key": "bold #e8c37a",
    "good": "#8fd19e",
    "bad": "#ff9d8f",
    "warn": "#f0c674",
    "calm": "#b7a6f2",
    "claim": "underline #ffe3a3",
    "mark": "bold #ffc857",
    "other": "#a9c7a9",
    "underline": "underline",
    "heard": "#e6b8a2",
    "reading": "#8fd3d8",
    "proposal": "italic #7fbcc2",
    "differs": "bold underline #ffb38a",
    "field": "#f2f4f8",
    "caret": "reverse",
    "chosen": "bold #f2f4f8",
    "selection": "reverse",
}
GROUNDS: dict[str, str] = {
    "": "#15181e",
    "bar": "#1f242d",
    "cursor": "#2b3442",
    "box": "#1b2029",
    "alarm": "#3a2224",
}


@cache
def style(ink: str, ground: str = "") -> Style:
    """The style of an ink on a ground; several inks are written with blanks between them, the last wins."""
    found = Style(bgcolor=GROUNDS[ground])
    for name in ink.split():
        found += Style.parse(DARK[name])
    return found
