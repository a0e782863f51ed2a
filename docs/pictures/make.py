# ruff: noqa: INP001 (a script, not a package)
"""Take the pictures of the screens: `python docs/pictures/make.py` where Chromium, Pillow and a monospaced Chinese font are.

Each picture is the bundled case in a real pseudo-terminal, drawn cell by cell, so that Chinese keeps its two cells.
"""

import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from pyte import Screen

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "tui"))

from terminal import Terminal  # noqa: E402 (the tests' terminal is the terminal of the pictures)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
FONTS = '"DejaVu Sans Mono", "Noto Sans Mono CJK SC", "Noto Sans CJK SC", Menlo, "PingFang SC", monospace'
WIDE, HIGH = 8, 17


class Picture(NamedTuple):
    """One picture: its size and language, the keys that lead there, what must then be seen."""

    name: str
    columns: int
    rows: int
    lang: str
    keys: tuple[str, ...]
    seen: str
    theme: str = "dark"


PICTURES = (
    Picture("triage-80x24", 80, 24, "zh", ("\x1b", "/", "Down", "3", "Enter", "Backspace"), "为何排除"),
    Picture("review-120x40", 120, 40, "zh", ("\x1b", ":", "蒋璐转投", "Enter"), "蒋路"),
    Picture(
        "verdict-200x60",
        200,
        60,
        "en",
        ("\x1b", ":", "60次推理的成本", "Enter", "R", "a reader asks", "Enter", "5"),
        "Verdict on",
    ),
    Picture("review-light-120x40", 120, 40, "en", ("\x1b", ":", "张楠", "Enter"), "张楠", "light"),
    Picture("relations-120x40", 120, 40, "zh", (":", "蒋璐转投", "Enter", "r"), "关系与计算"),
    Picture("dashboard-120x40", 120, 40, "en", ("d",), "By verdict"),
    Picture("trail-120x40", 120, 40, "en", ("a",), "nothing wrong found"),
)


def main() -> None:
    """Take them all, into the folder of this file."""
    with tempfile.TemporaryDirectory() as place:
        for each in PICTURES:
            case = Path(place) / each.name
            for part in ("claims", "evidence", "exports"):
                shutil.copytree(ROOT / part, case / part)
            draw(look(case, each), Path(place), Path(__file__).parent / f"{each.name}.png")
            print(each.name)  # noqa: T201 (a script that says what it made)


def look(case: Path, picture: Picture) -> Screen:
    """Open the case, press the keys, wait for what must be seen."""
    desk = Terminal(
        "-m", "factcheck", "--case", str(case), "--by", "reviewer-2", "--lang", picture.lang, "review",
        columns=picture.columns, rows=picture.rows, cwd=ROOT, PYTHONPATH=str(ROOT), FACTCHECK_THEME=picture.theme,
        FACTCHECK_CONFIG=str(case.with_suffix(".toml")), XDG_STATE_HOME=str(case.with_suffix(".state")),
    )  # fmt: skip
    desk.wait("reviewer-2", "Space")
    for key in picture.keys:
        desk.press(key)
        desk.read(0.5)
    desk.wait(picture.seen)
    desk.read(1)
    desk.child.close(force=True)
    return desk.screen


def draw(screen: Screen, place: Path, picture: Path) -> None:
    """Render the cells with a browser, which has the fonts."""
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        raise SystemExit("no Chromium here")
    page = place / "screen.html"
    page.write_text(page_of(screen), "utf-8")
    size = f"--window-size={screen.columns * WIDE},{screen.lines * HIGH}"
    profile = f"--user-data-dir={place / 'profile'}"
    subprocess.run(
        [browser, *QUIET, profile, size, f"--screenshot={picture}", page.as_uri()],
        check=True,
        capture_output=True,
    )
    with Image.open(picture) as full:
        smaller = full.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    smaller.save(picture, optimize=True)  # a third of the size


def page_of(screen: Screen) -> str:
    """The cells as a page: each where it belongs."""
    cells = "".join(cell(screen, x, y) for y in range(screen.lines) for x in range(screen.columns))
    return (
        f"<meta charset=utf-8><style>body{{margin:0;background:#15181e}}i{{position:absolute;height:{HIGH}px;"
        f"font:13.3px/{HIGH}px {FONTS};white-space:pre;text-align:center;overflow:hidden}}</style>{cells}"
    )


def cell(screen: Screen, x: int, y: int) -> str:
    """One cell; the second half of a wide character is none."""
    found = screen.buffer[y][x]
    if found.data == "":
        return ""
    wide = x + 1 < screen.columns and screen.buffer[y][x + 1].data == ""
    ink, ground = colour(found.fg, "#d8dbe2"), colour(found.bg, "#15181e")
    if found.reverse:
        ink, ground = ground, ink
    style = f"left:{x * WIDE}px;top:{y * HIGH}px;width:{WIDE * (2 if wide else 1)}px;color:{ink};background:{ground};"
    style += "font-weight:700;" if found.bold else ""
    style += "font-style:italic;" if found.italics else ""
    style += "text-decoration:underline;text-underline-offset:3px;" if found.underscore else ""
    return f'<i style="{style}">{html.escape(found.data)}</i>'


def colour(name: str, usual: str) -> str:
    """What pyte calls a colour, as the web does."""
    return usual if name == "default" else f"#{name}" if len(name) == 6 and name.isalnum() else name


if __name__ == "__main__":
    main()
