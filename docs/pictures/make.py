# ruff: noqa: INP001 (a script, not a package)
"""Take the pictures of the screens: `python docs/pictures/make.py` on a machine with Chromium and a monospaced Chinese font.

Each picture is the bundled case in a real pseudo-terminal, drawn cell by cell, so that Chinese keeps its two cells.
"""

import html
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

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


PICTURES = (
    Picture("triage-80x24", 80, 24, "zh", ("/", "Down", "3", "Enter", "Backspace"), "为何排除"),
    Picture("review-120x40", 120, 40, "zh", (":", "蒋璐转投", "Enter"), "蒋路"),
    Picture(
        "verdict-200x60",
        200,
        60,
        "en",
        (":", "60次推理的成本", "Enter", "R", "a reader asks", "Enter", "5"),
        "Verdict on",
    ),
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
        columns=picture.columns, rows=picture.rows, cwd=ROOT, PYTHONPATH=str(ROOT),
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
    picture.write_bytes(smaller(picture.read_bytes()))


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


def smaller(png: bytes) -> bytes:
    """The same picture in at most 256 colours (PNG 1.2: colour type 3), a third of the size."""
    width, height, pixels = decoded(png)
    shades: dict[bytes, bytes] = {}
    counts = Counter(pixels)
    for colour, _ in counts.most_common():
        shades.setdefault(bytes(part >> 4 for part in colour), colour)
    kept = list(shades.values())[:256]
    nearest = {colour: min(range(len(kept)), key=lambda n: distance(kept[n], colour)) for colour in counts}
    indices = bytes(nearest[colour] for colour in pixels)
    lines = b"".join(b"\0" + indices[y * width : (y + 1) * width] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = (b"IHDR", header), (b"PLTE", b"".join(kept)), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")
    return png[:8] + b"".join(chunk(kind, data) for kind, data in chunks)


def distance(one: bytes, two: bytes) -> int:
    """How unlike two colours are."""
    return sum((a - b) ** 2 for a, b in zip(one, two, strict=True))


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def decoded(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the RGB of every pixel of an 8-bit PNG without interlacing."""
    width, height, kind = (*struct.unpack(">II", png[16:24]), png[25])
    size = 4 if kind == 6 else 3
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        packed += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    raw, above, pixels = zlib.decompress(packed), bytearray(width * size), []
    for y in range(height):
        start = y * (width * size + 1)
        above = unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * size]), above, size)
        pixels += [bytes(above[x : x + 3]) for x in range(0, width * size, size)]
    return width, height, pixels


def unfiltered(kind: int, line: bytearray, above: bytearray, size: int) -> bytearray:
    """One line with its filter taken off (PNG 1.2, chapter 6)."""
    for n in range(len(line)):
        left, up = line[n - size] if n >= size else 0, above[n]
        corner = above[n - size] if n >= size else 0
        line[n] = (line[n] + (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]) & 255
    return line


def paeth(left: int, up: int, corner: int) -> int:
    """The neighbour that comes nearest to left + up - corner."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda each: abs(guess - each))


if __name__ == "__main__":
    main()
