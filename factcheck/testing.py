"""For whoever writes a format of their own: what every exporter must do, checked on summaries that try it hard."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Final

from factcheck.export import Summary, read_summary
from factcheck.export.jsonl import jsonl
from factcheck.export.pages import wording
from factcheck.export.words import counts
from factcheck.labels import LANGUAGES

HOSTILE: Final = "<b>&\"'`*_[x](y)|</b> =1+1 \x1b[31m\u202eevil\u2066 \x00 </script> 甲"
"""Words that a document may hold: markup, a formula, an escape sequence, marks that turn the direction of text."""
_ACTING: Final = frozenset("\x00\x1b\x9b\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufeff")
_AGAIN: Final = """
import importlib, hashlib, json, sys
from factcheck.export import read_summary
module, name = sys.argv[1].split(":")
write = importlib.import_module(module)
for part in name.split("."):
    write = getattr(write, part)
for lines in json.load(sys.stdin):
    print(hashlib.sha256(write(read_summary(lines.encode()))).hexdigest(), flush=True)
"""


def check_exporter(write: Callable[[Summary], bytes], *, text: bool = True) -> None:
    """Call an exporter with summaries of the bundled case and with hostile ones; AssertionError in a sentence for a fault.

    It must return bytes, the same ones for the same summary, in another process, time zone and locale too (asked of
    functions that can be imported), and must leave the summary as it was. A format of `text` must also name every claim
    with its verdict, say how many claims were exported and how many withheld, say of a draft that it is one, and let
    nothing through that could act on a terminal.
    """
    elsewhere: dict[str, tuple[str, str]] = {}
    for name, summary in samples():
        before = jsonl(summary)
        made = write(summary)
        assert isinstance(made, bytes), f"{name}: it returned {type(made).__name__}, not bytes"
        assert write(summary) == made, f"{name}: the same summary gave other bytes the second time"
        assert jsonl(summary) == before, f"{name}: it changed the summary"
        if text:
            _tells(made, summary, name)
        elsewhere[name] = (before.decode(), hashlib.sha256(made).hexdigest())
    _same_elsewhere(write, elsewhere)


def samples() -> Iterator[tuple[str, Summary]]:
    """Summaries by what is special about them: both languages, a draft, nothing in it, hostile words."""
    for lang in LANGUAGES:
        base = replace(_example(), lang=lang)
        yield f"final {lang}", base
        yield f"draft {lang}", replace(base, draft=True)
        yield f"empty {lang}", replace(base, claims=(), untriaged=(), untrue=(), caveats=(), people=())
        yield f"hostile {lang}", _hostile(base)


def _example() -> Summary:
    """The summary of the bundled case, as its export has it."""
    package = Path(str(resources.files("factcheck")))
    places = [folder / "exports" / "X1" / "claims.jsonl" for folder in (package / "example", package.parent)]
    return read_summary(next(each for each in places if each.is_file()).read_bytes())


def _hostile(base: Summary) -> Summary:
    first, *others = base.claims
    assert first.ruling is not None
    wild = replace(
        first,
        statement=HOSTILE,
        ruling=replace(first.ruling, because=HOSTILE),
        evidence=tuple(replace(each, quote=HOSTILE, url="javascript:alert(1)") for each in first.evidence),
    )
    return replace(base, case=HOSTILE, claims=(wild, *others))


def _same_elsewhere(write: Callable[[Summary], bytes], wanted: dict[str, tuple[str, str]]) -> None:
    """Write all samples again in one other process; `wanted`: their lines, and the hash of what was made of them here."""
    place = f"{getattr(write, '__module__', '')}:{getattr(write, '__qualname__', '')}"
    if "<" in place or place.startswith((":", "__main__")):
        return
    environ = os.environ | {"TZ": "Pacific/Chatham", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
    environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    run = subprocess.run(
        [sys.executable, "-c", _AGAIN, place],
        input=json.dumps([lines for lines, _ in wanted.values()]).encode(),
        capture_output=True,
        env=environ,
        check=False,
    )
    found = dict(zip(wanted, run.stdout.decode().split(), strict=False))
    for name, (_, digest) in wanted.items():
        assert name in found, f"{name}: it failed in another process: {run.stderr.decode()[-300:]}"
        assert found[name] == digest, f"{name}: another process wrote other bytes"


def _tells(made: bytes, summary: Summary, name: str) -> None:
    text, word = made.decode("utf-8"), wording(summary.lang)
    acting = sorted(_ACTING & set(text))
    assert not acting, f"{name}: U+{ord(acting[0]):04X} of a document stands in it as it is" if acting else ""
    waiting = {claim for claim, _, _ in summary.unsettled}
    for entry in summary.claims:
        assert entry.id in text, f"{name}: it does not name {entry.id}"
        if entry.ruling and entry.id not in waiting:
            assert entry.ruling.label in text, (
                f"{name}: it does not say that {entry.id} is {entry.ruling.label}"
            )
    for number in (summary.tally.included, summary.tally.total):
        assert str(number) in text, f"{name}: it does not say {counts(summary, word)!r}"
    assert not summary.draft or word("draft") in text, f"{name}: it does not say {word('draft')!r}"


__all__ = ["HOSTILE", "check_exporter", "samples"]
