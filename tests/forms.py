"""The collected forms of quantities and times, and how each is read: what was wanted beside what was seen."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from factcheck.text.quantities import Quantity, quantities
from factcheck.text.times import document_date, times

FORMS = Path(__file__).parent / "text" / "forms"


@dataclass(frozen=True, slots=True)
class Judged:
    """One form: its text, what it says is right, and what was read."""

    text: str
    wanted: str
    seen: str


def tables() -> tuple[str, ...]:
    return ("quantities", "non_quantities", "times", "non_times")


@cache
def judged(name: str) -> Sequence[Judged]:
    """Every form of tests/text/forms/NAME.toml."""
    file, key = _PLACES[name]
    table = tomllib.loads((FORMS / file).read_text("utf-8"))
    return [_JUDGES[name](one) for one in table[key]]


def _quantity(form: dict[str, Any]) -> Judged:
    wanted = (
        form["quote"],
        _decimal(form.get("low")),
        _decimal(form.get("high")),
        form["unit"],
        form["comparator"],
    )
    first = next((one for one in counted(form["text"])), None)
    seen = _said(form["text"], first) if first else "nothing"
    return Judged(form["text"], str(wanted), str(seen))


def _no_quantity(form: dict[str, Any]) -> Judged:
    text = form["text"]
    return Judged(text, "[]", str([text[one.start : one.end] for one in counted(text)]))


def counted(text: str) -> list[Quantity]:
    """What says how much or how many."""
    return [one for one in quantities(text, 0, len(text)) if one.counts]


def _said(text: str, one: Quantity) -> tuple[str, str, str, str, str]:
    return text[one.start : one.end], _decimal(one.least), _decimal(one.most), one.written, one.compare


def _decimal(value: Decimal | str | None) -> str:
    return "open" if value is None else f"{round(Decimal(value), 6).normalize():f}"


def _time(form: dict[str, Any]) -> Judged:
    text, on = form["text"], document_date(form["date"])
    lunar = (form.get("lunar_low", ""), form.get("lunar_high", ""))
    wanted = (form["quote"], form["low"], form["high"], *lunar)
    found = list(times(text, 0, len(text), on))
    seen = [
        (text[one.start : one.end], one.interval.low, one.interval.high, one.lunar.low, one.lunar.high)
        for one in found
        if one.unresolved or one.interval
    ]
    return Judged(text, str(wanted), str(seen[0]) if seen else "nothing")


def _no_time(form: dict[str, Any]) -> Judged:
    text = form["text"]
    found = times(text, 0, len(text), document_date("2024-06-12"))
    return Judged(text, "[]", str([text[one.start : one.end] for one in found]))


_PLACES = {
    "quantities": ("quantities.toml", "form"),
    "non_quantities": ("non_quantities.toml", "not"),
    "times": ("times.toml", "form"),
    "non_times": ("times.toml", "not"),
}
_JUDGES = {"quantities": _quantity, "non_quantities": _no_quantity, "times": _time, "non_times": _no_time}
