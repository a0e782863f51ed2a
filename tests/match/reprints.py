"""How often pages of one origin are told from pages of several, on invented pages (origins/*.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from factcheck.match.standing import standing
from factcheck.model import Standing

FOLDER = Path(__file__).parent / "origins"
SITES = tomllib.loads((FOLDER / "sites.toml").read_text("utf-8"))
SETS = ("zh-dev", "en-dev", "zh-held", "en-held")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its text derivative has it, in the place of a piece of evidence."""

    id: str
    url: str
    text: str
    canonical: str = ""
    sha256: str = ""

    @property
    def origin(self) -> str:
        return self.url

    @property
    def standing(self) -> Standing:
        return standing(self.url, self.text, self.canonical or self.url)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pages: whether one text is near the other, and whether one origin stands behind both; None: nobody says."""

    set: str
    one: Page
    two: Page
    kind: str
    near: bool | None
    origin: bool | None


def pairs(*sets):
    """The pairs of these sets, each page with what stands around it on its site."""
    return [pair for name in sets or SETS for pair in _pairs(name)]


def _pairs(name):
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    bodies = {}
    for each in table["page"]:
        bodies[each["name"]] = _body(each, bodies)
    pages = {each["name"]: _page(each, bodies[each["name"]]) for each in table["page"]}
    return [
        Pair(
            name, *(pages[each] for each in pair["pages"]), pair["kind"], pair.get("near"), pair.get("origin")
        )
        for pair in table["pair"]
    ]


def _body(page, bodies):
    """The text of a page, or another page's with passages put, lines cut, and some added."""
    if "of" not in page:
        return page["text"]
    text = bodies[page["of"]]
    for words, others in page.get("put", []):
        assert text.count(words) == 1, (page["name"], words)
        text = text.replace(words, others)
    for start in page.get("cut", []):
        assert sum(line.startswith(start) for line in text.splitlines()) == 1, (page["name"], start)
        text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(start))
    return page.get("head", "") + text + page.get("more", "")


def _page(page, body):
    site = SITES[page["site"]]
    text = f"{site['top']}{page['title']}\n{site['under']}{body}{site['end']}"
    return Page(page["name"], site["address"].format(page=page["name"]), text, page.get("canonical", ""))


def quality(said):
    """(precision, recall) of pairs (whether it was said, whether it is so)."""
    right = sum(claimed and true for claimed, true in said)
    claimed, true = sum(claimed for claimed, _ in said), sum(true for _, true in said)
    return (right / claimed if claimed else 1.0), (right / true if true else 1.0)
