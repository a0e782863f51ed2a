"""Who publishes a page: the family of its host, and the agency that its dateline names."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from ipaddress import ip_address

_LETTERS = 400
"""Characters of a report in which its dateline stands."""
_LAST = 300
"""Characters at the end in which a source line stands."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """What is known of publishers; `agencies` by name as a dateline has it, `families` by host."""

    agencies: dict[str, str]
    families: dict[str, str]
    syndicators: frozenset[str]
    second_level: frozenset[str]


@cache
def outlets() -> Outlets:
    """The list that ships with the program."""
    table = tomllib.loads(resources.files("factcheck").joinpath("data/outlets.toml").read_text("utf-8"))
    known = [*table["agency"], *table["family"]]
    return Outlets(
        agencies={name.lower(): each["key"] for each in table["agency"] for name in each["names"]},
        families={host: each["key"] for each in known for host in each["hosts"]},
        syndicators=frozenset(table["others"]["syndicators"]),
        second_level=frozenset(table["others"]["second_level"]),
    )


def family(host: str) -> str:
    """The publisher behind a host: a family's key, else its registered name; "" for a syndicator and for no name."""
    name = host.strip().lower().rstrip(".")
    if not name or _is_address(name):
        return name
    known = outlets()
    for parent in _parents(name):
        if parent in known.syndicators:
            return ""
        if parent in known.families:
            return known.families[parent]
    return _registered(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _parents(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[n:]) for n in range(len(labels))]


def _registered(host: str) -> str:
    """The name that somebody registered: two labels, three under a country's second level (example.co.uk)."""
    labels = host.split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in outlets().second_level
    return ".".join(labels[-3:] if deep else labels[-2:])


def dateline(report: str) -> str:
    """The agency that a report says it comes from, at its beginning or in a line that names its source; "" for none."""
    for found in _patterns().finditer(report[:_LETTERS]):
        return _key(found)
    tail = report[-_LAST:]
    source = next((line for line in _SOURCE.finditer(tail)), None)
    return outlets().agencies.get(source["name"].strip().lower(), "") if source else ""


_SOURCE = re.compile(
    r"(?:^|\n|[（(])\s*(?:来源|來源|稿源|文章来源|本文来源|转自|Source|Originally published by|This article (?:was )?first appeared (?:on|in))\s*[:：]?\s*"
    r"(?P<name>[^\n）)。.|/丨]{2,40})",
    re.IGNORECASE,
)


def _key(found: re.Match[str]) -> str:
    name = next(each for each in found.groups() if each)
    return outlets().agencies[name.strip().lower()]


@cache
def _patterns() -> re.Pattern[str]:
    """(Reuters) -, PARIS, March 3 (AP) —, 新华社北京2月7日电, （界面新闻记者…）, 来源：财联社."""
    names = sorted(outlets().agencies, key=len, reverse=True)
    latin = "|".join(re.escape(each) for each in names if each.isascii())
    wide = "|".join(re.escape(each) for each in names if not each.isascii())
    return re.compile(
        rf"[(（]\s*({latin}|{wide})\s*[)）]"
        rf"|(?:^|\n)\s*(?:[A-Z][^\n]{{0,60}}?,?\s*)?(?<![\w])({latin})\s*(?:--|[-—–/])"
        rf"|(?:^|\n|[【（(\s])\s*({wide})[^\n，。,]{{0,24}}?(?:电|电讯|讯|消息|记者)"
        rf"|(?:来源|來源|稿源)\s*[:：]\s*({wide}|{latin})",
        re.IGNORECASE,
    )
