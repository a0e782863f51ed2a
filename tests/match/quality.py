"""How often the sentence that tells stands among the first that are proposed, on invented pages (ranking/*.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "ranking"
AROUND = tomllib.loads((FOLDER / "around.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Page:
    """A claim, a page, and the places [start, end) of the words that tell."""

    set: str
    claim: str
    text: str
    right: tuple[tuple[int, int], ...]
    held: bool


def pages():
    """Every page with what stands around it on a site."""
    return [
        _page(name, each)
        for name in ("zh", "en", "mixed")
        for each in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["page"]
    ]


def _page(name, each):
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in each["text"])
    around = AROUND["zh" if chinese * 4 > len(each["text"]) else "en"]
    text = f"{around['before']}{each['text']}\n{around['after']}"
    assert all(text.count(words) == 1 for words in each["right"]), each["claim"]
    places = tuple((text.index(words), text.index(words) + len(words)) for words in each["right"])
    return Page(name, each["claim"], text, places, each.get("held", False))


def rank(page, found):
    """The place among those found of the first that holds the right words without much else; 0 for none."""
    for number, each in enumerate(found, start=1):
        for start, end in page.right:
            shared = min(end, each.end) - max(start, each.start)
            if shared >= 0.8 * (end - start) and each.end - each.start <= 2.5 * (end - start) + 40:
                return number
    return 0


def shares(ranks):
    """success@1 and success@3."""
    return tuple(sum(0 < each <= most for each in ranks) / len(ranks) for most in (1, 3))
