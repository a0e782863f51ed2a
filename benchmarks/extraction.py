"""How well claims are found in annotated texts, beside three baselines that know nothing; how fast, and how that grows.

extraction.py                     the annotated texts of benchmarks/texts, and the speed
extraction.py TEXT GOLD [PACK...]  any other text with its annotation (see scoring.py), and these packs
"""

import hashlib
import json
import math
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from scoring import Fix, Guess, Scores, score

from factcheck import text
from factcheck.text.clauses import sentences
from factcheck.text.layout import layout, passages
from factcheck.text.view import View, view

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "benchmarks" / "texts"
BUNDLED = ROOT / "claims" / "jianying-ai.txt"
ROUNDS = 5
COLUMNS = "IoU F1  overlap  AP 2+  worth 3  type   links  neg.   ads  readings P/R (odd)"


def main(arguments: Sequence[str]) -> None:
    print(f"{'':34}{COLUMNS}")
    if arguments:
        written, gold, *packs = map(Path, arguments)
        _table(written, gold, (*text.load_packs(packs), *text.shipped_packs()))
        return
    packs = text.load_packs(sorted((ROOT / "claims" / "packs").glob("*.toml")))
    _table(BUNDLED, TEXTS / "jianying-ai.gold.json", (*packs, *text.shipped_packs()))
    for gold in sorted(TEXTS.glob("*.gold.json")):
        written = TEXTS / gold.name.replace(".gold.json", ".txt")
        if written.exists():
            _table(written, gold, text.shipped_packs())
    _speed(packs)


def _table(written: Path, annotation: Path, packs: Sequence[text.Pack]) -> None:
    data, gold = written.read_bytes(), json.loads(annotation.read_bytes())
    if hashlib.sha256(data).hexdigest() != gold["document"]["sha256"]:
        sys.exit(f"{written}: not the text that {annotation} annotates.")
    words = data.decode("utf-8")
    print(written.name)
    found = text.extract(words, packs=packs)
    _line("  factcheck", score(gold, words, _guesses(found), _fixes(found)))
    bare = text.extract(words, packs=text.shipped_packs())
    _line("  ... without the case's pack", score(gold, words, _guesses(bare), _fixes(bare)))
    none = text.extract(words)
    _line("  ... without any pack", score(gold, words, _guesses(none), _fixes(none)))
    for name, guesses in _baselines(words):
        _line(f"  {name}", score(gold, words, guesses))


def _line(name: str, got: Scores) -> None:
    figures = "  ".join(
        f"{value:5.3f}"
        for value in (got.iou, got.overlap, got.order, got.worth3, got.types, got.links, got.negatives)
    )
    print(f"{name:34}{figures}  {got.advertised:3}   {got.precision:.2f}/{got.recall:.2f} ({got.odd:.2f})")


def _guesses(found: text.Extraction) -> list[Guess]:
    return [Guess(one.start, one.end, one.priority / 1000, str(one.type), one.group) for one in found.claims]


def _fixes(found: text.Extraction) -> list[Fix]:
    return [Fix(one.start, one.end, one.meant) for one in found.readings]


def _baselines(words: str) -> Iterator[tuple[str, list[Guess]]]:
    """Every sentence, every clause; and sentences ordered by their digits and length."""
    seen = view(words, passages(layout(words)))
    cut = list(sentences(seen))
    spans = [one.span for one in cut]
    yield "every sentence", [_guess(seen, span, 0.0) for span in spans]
    yield "every clause", [_guess(seen, clause, 0.0) for one in cut for clause in one.clauses]
    yield (
        "digits + length",
        [
            _guess(
                seen,
                span,
                sum(map(str.isdigit, seen.text[span.start : span.end])) + (span.end - span.start) / 100,
            )
            for span in spans
        ],
    )


def _guess(seen: View, span: text.Span, priority: float) -> Guess:
    place = seen.source(span)
    return Guess(place.start, place.end, priority, "event")


def _speed(own: Sequence[text.Pack]) -> None:
    packs = (*own, *text.shipped_packs())
    words = BUNDLED.read_text("utf-8")
    cold = [_cold() for _ in range(ROUNDS)]
    inside, whole = (statistics.median(one[i] for one in cold) for i in (0, 1))
    print(
        f"\ncold, {len(words):,} characters: {len(words) / inside:,.0f}/s in a process that has just imported it,"
    )
    print(f"      {len(words) / whole:,.0f}/s as a whole process (python, imports, reading, printing)")
    sizes = (20, 80, 260)
    took = [_seconds(words * factor, packs) for factor in sizes]
    for factor, seconds in zip(sizes, took, strict=True):
        print(f"warm, {len(words) * factor:>9,} characters: {len(words) * factor / seconds:,.0f}/s")
    exponent = math.log(took[-1] / took[0]) / math.log(sizes[-1] / sizes[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"seconds grow with the length to the power of {exponent:.2f}; memory at most {peak} MB (5 MB of text)"
    )


_COLD = """
import sys, time
from pathlib import Path
from factcheck import text
words = Path(sys.argv[1]).read_text("utf-8")
text.extract, text.load_packs, text.shipped_packs
begin = time.perf_counter()
text.extract(words, packs=(*text.load_packs(map(Path, sys.argv[2:])), *text.shipped_packs()))
print(time.perf_counter() - begin)
"""


def _cold() -> tuple[float, float]:
    packs = map(str, sorted((ROOT / "claims" / "packs").glob("*.toml")))
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _COLD, str(BUNDLED), *packs], check=True, capture_output=True, text=True
    )
    return float(done.stdout), time.perf_counter() - begin


def _seconds(words: str, packs: Sequence[text.Pack]) -> float:
    begin = time.perf_counter()
    text.extract(words, packs=packs)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main(sys.argv[1:])
