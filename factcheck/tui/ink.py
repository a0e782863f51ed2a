"""The inks of the desk: what a word on the screen means, and the colours of each theme that say so besides its glyph."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rich.style import Style

SAID = "said"
"""An ink without a look, put beside others: the words are somebody's, and ASCII replaces nothing of them."""

SHAPES: dict[str, str] = {
    "title": "bold",
    "accent": "bold",
    "strong": "bold",
    "key": "bold",
    "claim": "underline",
    "mark": "bold",
    "underline": "underline",
    "proposal": "italic",
    "differs": "bold underline",
    "caret": "reverse",
    "chosen": "bold",
    "selection": "reverse",
    SAID: "",
}
"""What an ink has in every theme."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of inks, and what rows are painted on: a colour, "reverse", or "" for the terminal's own.

    `edge` is the line between panes.
    """

    inks: Mapping[str, str]
    grounds: Mapping[str, str]
    edge: str


DARK = Theme(
    inks={
        "text": "#d8dbe2",
        "dim": "#9aa1ad",
        "rule": "#767e8c",
        "title": "#aab4c4",
        "active": "#8fc7ff",
        "accent": "#8fc7ff",
        "strong": "#f2f4f8",
        "key": "#e8c37a",
        "good": "#8fd19e",
        "bad": "#ff9d8f",
        "warn": "#f0c674",
        "calm": "#b7a6f2",
        "claim": "#ffe3a3",
        "mark": "#ffc857",
        "other": "#a9c7a9",
        "heard": "#e6b8a2",
        "reading": "#8fd3d8",
        "proposal": "#7fbcc2",
        "differs": "#ffb38a",
        "field": "#f2f4f8",
        "chosen": "#f2f4f8",
    },
    grounds={"": "#15181e", "bar": "#1f242d", "cursor": "#2b3442", "box": "#1b2029", "alarm": "#3a2224"},
    edge="#2b3442",
)
LIGHT = Theme(
    inks={
        "text": "#23272e",
        "dim": "#565c66",
        "rule": "#7b818b",
        "title": "#454d5a",
        "active": "#0a539c",
        "accent": "#0a539c",
        "strong": "#0c0f14",
        "key": "#7a4500",
        "good": "#1a6130",
        "bad": "#a8261a",
        "warn": "#785000",
        "calm": "#5a3aa8",
        "claim": "#6a3c00",
        "mark": "#a03c00",
        "other": "#2f5c3a",
        "heard": "#8a3d1c",
        "reading": "#005f66",
        "proposal": "#176069",
        "differs": "#9a3200",
        "field": "#0c0f14",
        "chosen": "#0c0f14",
    },
    grounds={"": "#fbfaf7", "bar": "#ebe9e3", "cursor": "#d9e5f3", "box": "#f3f1eb", "alarm": "#f9dfdb"},
    edge="#c3c1ba",
)
CONTRAST = Theme(
    inks={
        "text": "#ffffff",
        "dim": "#d8d8d8",
        "rule": "#d8d8d8",
        "title": "#ffffff",
        "active": "#7fdfff",
        "accent": "#ffff66",
        "strong": "#ffffff",
        "key": "#ffff66",
        "good": "#7dff9c",
        "bad": "#ffb3a8",
        "warn": "#ffd966",
        "calm": "#dcc8ff",
        "claim": "#ffff66",
        "mark": "#ffff66",
        "other": "#b8ffb8",
        "heard": "#ffd0b0",
        "reading": "#80ffff",
        "proposal": "#80ffff",
        "differs": "#ffc890",
        "field": "#ffffff",
        "chosen": "#ffffff",
    },
    grounds={"": "#000000", "bar": "#1c1c1c", "cursor": "#12307a", "box": "#0c0c0c", "alarm": "#5c0000"},
    edge="#d8d8d8",
)
COLOURBLIND = Theme(
    inks={
        "text": "#d8dbe2",
        "dim": "#9aa1ad",
        "rule": "#767e8c",
        "title": "#aab4c4",
        "active": "#f2f4f8",
        "accent": "#f0e442",
        "strong": "#f2f4f8",
        "key": "#f0e442",
        "good": "#56b4e9",
        "bad": "#f0843c",
        "warn": "#f0e442",
        "calm": "#e9bfd8",
        "claim": "#f7ee8f",
        "mark": "#f0e442",
        "other": "#b9c8d8",
        "heard": "#f5b97d",
        "reading": "#8fcdf2",
        "proposal": "#8fcdf2",
        "differs": "#ffa564",
        "field": "#f2f4f8",
        "chosen": "#f2f4f8",
    },
    grounds={"": "#111419", "bar": "#1b2028", "cursor": "#26303d", "box": "#171b22", "alarm": "#2f2413"},
    edge="#26303d",
)
"""Good, bad, warn and calm after the palette of Okabe and Ito (2008): sky blue, vermilion, yellow, reddish purple, made lighter."""
TERMINAL = Theme(
    inks={
        "rule": "dim",
        "active": "cyan",
        "accent": "cyan",
        "key": "yellow",
        "good": "green",
        "bad": "red",
        "warn": "yellow",
        "calm": "magenta",
        "mark": "yellow",
        "heard": "magenta",
        "reading": "cyan",
        "proposal": "cyan",
        "differs": "red",
    },
    grounds={"": "", "bar": "", "cursor": "reverse", "box": "", "alarm": ""},
    edge="",
)
PLAIN = Theme(inks={}, grounds=TERMINAL.grounds, edge="")
"""What NO_COLOR leaves: the terminal's own two colours, bold, underlined or reversed."""

THEMES: dict[str, Theme] = {
    "dark": DARK,
    "light": LIGHT,
    "contrast": CONTRAST,
    "colourblind": COLOURBLIND,
    "terminal": TERMINAL,
}


@dataclass(slots=True)
class Look:
    """How the desk looks: the name of a theme, whether colours are shown at all, whether its glyphs are ASCII."""

    theme: str = "dark"
    colour: bool = True
    ascii: bool = False

    @property
    def now(self) -> Theme:
        """The theme that counts."""
        return THEMES[self.theme] if self.colour else PLAIN


LOOK = Look()
"""The look in this process: a terminal shows one desk."""


def wear(theme: str, *, colour: bool = True, ascii: bool = False) -> None:
    """Paint everything from now on in this look."""
    LOOK.theme, LOOK.colour, LOOK.ascii = theme, colour, ascii


def has_ground() -> bool:
    """False when the desk is painted on whatever the terminal has."""
    return bool(LOOK.now.grounds[""])


def after(theme: str) -> str:
    """The name of the theme behind this one; behind the last stands the first."""
    names = list(THEMES)
    return names[(names.index(theme) + 1) % len(names)]


def style(ink: str, ground: str = "") -> Style:
    """The style of an ink on a ground; several inks are written with blanks between them, the last wins."""
    return _style(LOOK.theme if LOOK.colour else "", ink, ground)


@cache
def _style(theme: str, ink: str, ground: str) -> Style:
    worn = THEMES.get(theme, PLAIN)
    under = worn.grounds[ground]
    turned = under == "reverse"  # letters in colours would become patches of colour
    found = Style(reverse=True) if turned else Style(bgcolor=under or None)
    for name in ink.split():
        shape = SHAPES.get(name, "")
        found += Style.parse(_plain(shape) if worn is PLAIN else shape)
        if not turned:
            found += Style.parse(worn.inks.get(name, ""))
    return found


def _plain(shape: str) -> str:
    """Italics are not seen everywhere."""
    return "" if shape == "italic" else shape


def variables() -> dict[str, str]:
    """The colours of what Textual draws itself, for the style sheet of the app."""
    now, line = LOOK.now, "ascii" if LOOK.ascii else "solid"
    if not has_ground():
        return dict.fromkeys(_VARIABLES, "ansi_default") | {"desk-edge": f"{line} ansi_default"}
    return {
        "desk": now.grounds[""],
        "desk-edge": f"{line} {now.edge}",
        "desk-thumb": now.inks["rule"],
        "desk-thumb-hover": now.inks["active"],
    }


_VARIABLES = ("desk", "desk-edge", "desk-thumb", "desk-thumb-hover")
