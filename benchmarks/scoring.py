"""Suggestions beside a careful reader's annotation: spans, order, types, links, readings, each as one number.

An annotation ("gold file") has `document` (file, sha256, language), `regions`, `mentions` (start, end, type,
checkworthiness 0-3, cluster), `negatives` (places that are no claim) and `asr` (words that were misheard, or only look
odd). Mentions worth 0 are neither right nor wrong. Spans are compared on letters and digits alone.
"""

import itertools
import random
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

COARSE = {
    **dict.fromkeys(("personnel_move", "role_change"), "people"),
    **dict.fromkeys(("quantity", "cost", "ranking", "financial", "market"), "figures"),
    **dict.fromkeys(("product", "technical", "event", "causal", "hearsay"), "facts"),
    **dict.fromkeys(("prediction", "opinion", "recommendation"), "views"),
}
CERTAIN = 0.6
"""An annotated mishearing less certain than this is neither right nor wrong."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Guess:
    """One suggested span; `priority` orders, `kind` and `group` may be empty."""

    start: int
    end: int
    priority: float = 0.0
    kind: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """One proposed reading."""

    start: int
    end: int
    meant: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What text and annotation give for one list of guesses; shares are 0 to 1, NaN where nothing could be measured."""

    iou: float
    overlap: float
    order: float
    worth3: float
    types: float
    links: float
    negatives: float
    advertised: int
    precision: float = field(default=float("nan"))
    recall: float = field(default=float("nan"))
    odd: float = field(default=float("nan"))


def score(gold: dict[str, Any], text: str, guesses: Sequence[Guess], fixes: Sequence[Fix] = ()) -> Scores:
    """All measures of one document."""
    count = _counter(text)
    wanted = [one for one in gold["mentions"] if one["checkworthiness"] >= 1]
    spared = [count(one) for one in gold["mentions"] if one["checkworthiness"] == 0]
    right = [count(one) for one in wanted]
    live = [one for one in guesses if _counts(count(_place(one)), right, spared)]
    mine = [count(_place(one)) for one in live]
    strict = _paired(mine, right, lambda a, b: _iou(a, b) if _iou(a, b) >= 0.5 else 0.0)
    loose = _paired(mine, right, lambda a, b: float(_shared(a, b)) if _shared(a, b) >= 2 else 0.0)
    matched = {id(live[i]) for i in loose}
    worth3 = [j for j, one in enumerate(wanted) if one["checkworthiness"] == 3]
    scored = [
        (one.priority, i in loose and wanted[loose[i]]["checkworthiness"] >= 2) for i, one in enumerate(live)
    ]
    typed = [(COARSE.get(live[i].kind), COARSE[wanted[j]["type"]]) for i, j in strict.items()]
    quiet = [
        (one["start"], one["end"])
        for one in gold["regions"]
        if one["kind"] in ("advertisement", "boilerplate")
    ]
    taken = sum(
        id(one) not in matched and _touches(one, ((n["start"], n["end"]) for n in gold["negatives"]))
        for one in guesses
    )
    return Scores(
        iou=_f1(len(strict), len(mine), len(right)),
        overlap=_f1(len(loose), len(mine), len(right)),
        order=_average_precision(scored, sum(one["checkworthiness"] >= 2 for one in wanted)),
        worth3=_share(sum(j in set(loose.values()) for j in worth3), len(worth3)),
        types=_share(sum(a == b for a, b in typed), len(typed)),
        links=_links([(live[i].group or f"alone {i}", wanted[j]["cluster"]) for i, j in loose.items()]),
        negatives=_share(taken, len(gold["negatives"])),
        advertised=sum(_touches(one, quiet) for one in guesses),
        **_heard(gold, text, fixes),
    )


def _place(one: Guess) -> dict[str, int]:
    return {"start": one.start, "end": one.end}


def _counter(text: str) -> Callable[[dict[str, Any]], Place]:
    sums = [0, *itertools.accumulate(char.isalnum() for char in text)]
    return lambda one: (sums[one["start"]], sums[one["end"]])


def _shared(a: Place, b: Place) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _iou(a: Place, b: Place) -> float:
    shared = _shared(a, b)
    return shared / ((a[1] - a[0]) + (b[1] - b[0]) - shared) if shared else 0.0


def _counts(mine: Place, right: Sequence[Place], spared: Sequence[Place]) -> bool:
    best, excused = (
        max((_shared(mine, one) for one in right), default=0),
        max((_shared(mine, one) for one in spared), default=0),
    )
    return mine[1] > mine[0] and (not excused or excused <= best)


def _paired(
    mine: Sequence[Place], right: Sequence[Place], weight: Callable[[Place, Place], float]
) -> dict[int, int]:
    """The largest one-to-one matching (augmenting paths, heaviest edges first)."""
    edges = []
    for one in mine:
        weighed = sorted(((weight(one, other), j) for j, other in enumerate(right)), reverse=True)
        edges.append([(w, j) for w, j in weighed if w > 0])
    owner: dict[int, int] = {}

    def grow(i: int, seen: set[int]) -> bool:
        for _, j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or grow(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in sorted(range(len(mine)), key=lambda i: -(edges[i][0][0] if edges[i] else 0)):
        grow(i, set())
    return {i: j for j, i in owner.items()}


def _f1(hits: int, guessed: int, wanted: int) -> float:
    return 2 * hits / (guessed + wanted) if guessed + wanted else 1.0


def _share(part: float, whole: int) -> float:
    return part / whole if whole else float("nan")


def _average_precision(scored: Sequence[tuple[float, bool]], wanted: int, rounds: int = 50) -> float:
    """Mean over random orders of what has equal priority."""
    chance, total = random.Random(0), 0.0
    for _ in range(rounds if wanted else 0):
        order = sorted(scored, key=lambda one: (-one[0], chance.random()))
        hits = 0
        for place, (_, hit) in enumerate(order, 1):
            hits += hit
            total += hits / place / wanted if hit else 0.0
    return _share(total, rounds if wanted else 0)


def _links(pairs: Sequence[tuple[str, str]]) -> float:
    both = mine = right = 0
    for (a, b), (c, d) in itertools.combinations(pairs, 2):
        both += a == c and b == d
        mine += a == c
        right += b == d
    return _f1(both, mine, right)


def _touches(one: Guess | Fix, places: Iterable[Place]) -> bool:
    return any(one.start < end and start < one.end for start, end in places)


def _plain(words: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", words).lower() if char.isalnum())


def _heard(gold: dict[str, Any], text: str, fixes: Sequence[Fix]) -> dict[str, float]:
    """Precision and recall of corrections, and the share of words that only look odd which were proposed for."""
    errors = [one for one in gold["asr"] if one["status"] == "error" and one["certainty"] >= CERTAIN]
    free = [one for one in gold["asr"] if one["status"] == "error" and one["certainty"] < CERTAIN]
    odd = [one for one in gold["asr"] if one["status"] == "odd_but_right"]
    counted, good, fixed, wrong = 0, 0, set(), 0
    for fix in fixes:
        hits = [k for k, one in enumerate(errors) if _touches(fix, [(one["start"], one["end"])])]
        if not hits and _touches(fix, ((one["start"], one["end"]) for one in free)):
            continue
        counted += 1
        wrong += not hits and _touches(fix, ((one["start"], one["end"]) for one in odd))
        if hits and _repairs(text, fix, [errors[k] for k in hits]):
            good += 1
            fixed.update(hits)
    return {
        "precision": _share(good, counted),
        "recall": _share(len(fixed), len(errors)),
        "odd": _share(wrong, len(odd)),
    }


def _repairs(text: str, fix: Fix, errors: Sequence[dict[str, Any]]) -> bool:
    start, end = min(fix.start, errors[0]["start"]), max(fix.end, errors[-1]["end"])
    mine = _plain(text[start : fix.start] + fix.meant + text[fix.end : end])
    choices = itertools.product(*(one["canonical"] for one in errors))
    return any(
        mine == _plain(_spelled(text, start, end, errors, one)) for one in itertools.islice(choices, 64)
    )


def _spelled(text: str, start: int, end: int, errors: Sequence[dict[str, Any]], meant: Sequence[str]) -> str:
    pieces, at = [], start
    for one, words in zip(errors, meant, strict=True):
        pieces += [text[at : one["start"]], words]
        at = one["end"]
    return "".join([*pieces, text[at:end]])
