"""A PDF as text, page by page; it is taken apart in a process of its own that may take only so much time and memory."""

import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from factcheck.errors import BadData
from factcheck.text.decode import LARGEST

FORM = "pdf/1"
MOST_SECONDS = 120
MOST_MEMORY = 1024 * 1024 * 1024
MOST_PAGES = 2_000
_CHILD = Path(__file__).with_name("pdf_pages.py")
_REFUSALS = {
    "encrypted": ("This PDF is encrypted.", "give a copy that is not protected by a password."),
    "empty": ("This PDF has no pages.", "give the whole file; it may be cut off."),
    "pages": ("This PDF has too many pages.", "cut out the pages that matter."),
    "characters": (
        "The text of this PDF is larger than one transcript can be.",
        "cut out the pages that matter.",
    ),
    "memory": (
        "This PDF takes more memory than one may.",
        "cut out the pages that matter, or give its text.",
    ),
    "time": (
        "This PDF takes longer to read than one may.",
        "cut out the pages that matter, or give its text.",
    ),
    "broken": ("This PDF cannot be read.", "print it to a new PDF, or give its text (pdftotext FILE)."),
}


def maker() -> str:
    """What makes the text, with the version of the library: two makers may give two texts."""
    return f"{FORM} pypdf {version('pypdf')}"


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of each page, and what the file says of itself: "" for what it does not say; `created` is an ISO time."""

    pages: tuple[str, ...]
    title: str = ""
    author: str = ""
    created: str = ""

    @property
    def has_letters(self) -> bool:
        """False of a scan."""
        return any(character.isalnum() for page in self.pages for character in page)

    @property
    def text(self) -> str:
        """A form feed between two pages."""
        return "\f".join(self.pages)


def pdf_text(data: bytes, *, where: str) -> str:
    """The text of each page, a form feed between two pages. BadData when there is none or it cannot be read."""
    found = printed(data, where=where)
    if not found.has_letters:
        raise BadData(
            "This PDF has no text, only pictures of pages (a scan).",
            where=where,
            seen=f"{len(found.pages)} page{'s' if len(found.pages) > 1 else ''} without a letter",
            remedy="let a text recognition (OCR) read it first, and give its text.",
        )
    return found.text


def printed(data: bytes, *, where: str) -> Printed:
    """The pages of a PDF, without letters too. BadData when it cannot be read within its limits."""
    answer = _read_apart(data, where)
    pages = tuple(_tidy(page) for page in answer["pages"])
    if not pages:
        raise _refusal("empty", "an empty list of pages", where)
    return Printed(pages, *(_NO_TEXT.sub("", answer[key]) for key in ("title", "author", "created")))


_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_RADICAL = re.compile("[⺀-⿟]")
"""Radicals of a dictionary, which printing programs write for the characters that look the same: ⽉ for 月."""


def _tidy(page: str) -> str:
    """One page: no trailing blanks, no characters that are no text, a newline at its end."""
    clean = _NO_TEXT.sub("", page.replace("\r\n", "\n").replace("\r", "\n"))
    clean = _RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), clean)
    return "\n".join(line.rstrip() for line in clean.strip("\n").split("\n")) + "\n"


def _read_apart(data: bytes, where: str) -> dict[str, Any]:
    limits = map(str, (MOST_SECONDS, MOST_MEMORY, MOST_PAGES, LARGEST))
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_CHILD), *limits],
            input=data,
            capture_output=True,
            timeout=MOST_SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refusal("time", f"more than {MOST_SECONDS} seconds", where) from None
    answer = _answer(done.stdout)
    if "pages" in answer:
        return answer
    if answer:
        raise _refusal(answer["fault"], answer["seen"], where)
    over = done.returncode in {-24, -9}  # SIGXCPU, SIGKILL: the limit on time
    seen = f"more than {MOST_SECONDS} seconds" if over else f"the reader ended with {done.returncode}"
    raise _refusal("time" if over else "broken", seen, where)


def _answer(said: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(said)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _refusal(fault: str, seen: str, where: str) -> BadData:
    what, remedy = _REFUSALS[fault]
    return BadData(what, where=where, seen=seen, remedy=remedy)
