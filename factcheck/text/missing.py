"""Words that were swallowed: a large figure that has its unit wherever else it stands."""

import re
from collections import defaultdict
from collections.abc import Iterator

from factcheck.text.hearing import Heard

_NUMBER = "[0-9][0-9,.]{0,12}|[零一二三四五六七八九十百千两]{1,8}"
_AMOUNT = re.compile(
    f"(?P<amount>(?:{_NUMBER})(?: ?(?:至|到|-|–|~|to) ?(?:{_NUMBER}))? ?(?:万亿|亿|万|million\\b|billion\\b|trillion\\b))"
    "(?: ?(?P<unit>美元|美金|欧元|日元|英镑|港元|元|人民币|人次|人|台|辆|吨|套|平方米|dollars|euros|pounds|yuan|people|users|tons|tonnes)|(?P<bare>(?=[的，。、；,.;\\s]|$)))"
)


def swallowed(text: str) -> Iterator[Heard]:
    """The figure with its unit, for each place where only the unit is missing; nothing where two units compete."""
    units: dict[str, set[str]] = defaultdict(set)
    bare: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for found in _AMOUNT.finditer(text):
        amount = re.sub("[ ,]", "", found["amount"].lower())
        if found["unit"]:
            units[amount].add(found["unit"])
        else:
            bare[amount].append(found.span("amount"))
    for amount, places in sorted(bare.items()):
        if len(units[amount]) == 1:
            (unit,) = units[amount]
            for start, end in places:
                gap = " " if unit.isascii() else ""
                why = f"a word is missing; elsewhere in the document: {text[start:end]}{gap}{unit}"
                yield Heard(start, end, text[start:end], f"{text[start:end]}{gap}{unit}", 620, why)
