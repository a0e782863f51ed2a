"""Which words are names of people, firms, places, products: from packs, from the dictionary's word classes, from capitals."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.text.packs import Pack
from factcheck.text.spans import Span
from factcheck.text.words import Word

_LATIN = re.compile("[A-Za-z][A-Za-z0-9]*(?:[-.&'][A-Za-z0-9]+)*")
_CAPITALS = re.compile(
    "[A-Z][\\w&'.-]*(?: (?:of|de|van|von|al|bin|the) (?=[A-Z])| (?=[A-Z]))?(?:[A-Z][\\w&'-]*(?: (?=[A-Z][a-z]))?){0,3}"
)
_COMMON = frozenset(
    [
        "I",
        "The",
        "A",
        "An",
        "And",
        "But",
        "So",
        "Or",
        "If",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "With",
        "We",
        "You",
        "He",
        "She",
        "It",
        "They",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "Our",
        "My",
        "Your",
        "His",
        "Her",
        "Its",
        "Their",
        "What",
        "When",
        "Where",
        "Why",
        "How",
        "Who",
        "Which",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Yes",
        "No",
        "Not",
        "Now",
        "Then",
        "Thanks",
        "Thank",
        "Well",
        "Okay",
        "OK",
        "First",
        "Second",
        "Third",
        "Last",
        "Next",
        "Finally",
        "Also",
        "However",
        "Good",
        "Morning",
        "Afternoon",
        "Today",
        "Yesterday",
        "Tomorrow",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Let",
        "All",
        "Some",
        "Many",
        "Most",
        "As",
        "To",
        "Is",
        "Are",
        "Was",
        "Were",
        "Do",
        "Does",
        "Did",
        "AI",
        "IT",
        "CEO",
        "CFO",
        "CTO",
        "COO",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "GAAP",
        "EPS",
        "FY",
    ]
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤祁褚邬温樊霍颜庞倪施鲁葛殷柳甘祝鲍耿聂柯阮芦骆梅兰卓蔺冼佟司栾霁"
)
_TITLE = re.compile(
    "负责人|创始人|总裁|董事长|总经理|经理|主任|院长|校长|教练|球员|前锋|门将|中场|后卫|教授|博士|医生|专家|工程师|科学家|部长|市长|局长|书记|主席|总监|编辑|记者|护士|老师|高管|CEO|CFO|CTO|COO|"
    "\\b(?:chief|executive|director|president|chairman|chairwoman|chair|coach|manager|minister|mayor|professor|doctor|engineer|scientist|striker|goalkeeper|midfielder|captain|principal|superintendent|head of|founder|partner|editor|nurse)s?\\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the view; `kind` is person, organisation, place, product, term or empty."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of all packs: one pattern to find them and the kind of each."""

    pattern: re.Pattern[str] | None
    wide: re.Pattern[str] | None
    kinds: dict[str, str]


def known_names(packs: Sequence[Pack]) -> KnownNames:
    """Names, aliases and heard forms of all packs; a heard form is a name too, only a wrong one."""
    kinds: dict[str, str] = {}
    for pack in packs:
        for entity in pack.entities:
            for name in (entity.name, *entity.aliases, *entity.heard):
                kinds.setdefault(name.lower(), entity.kind)
    wide = [name for name in kinds if not name.isascii()]
    return KnownNames(_alternatives(kinds), _alternatives(wide), kinds)


def names(text: str, span: Span, words: Iterable[Word], known: KnownNames, *, latin: bool) -> list[Name]:
    """The names of this span in order; `latin` says that the text is English, where capitals tell."""
    found = (
        [
            Name(match.start(), match.end(), match[0], known.kinds.get(match[0].lower(), ""))
            for match in known.pattern.finditer(text, span.start, span.end)
        ]
        if known.pattern
        else []
    )
    others = _capitalised(text, span.start, span.end) if latin else _by_class(text, words)
    found.extend(
        name
        for name in others
        if not any(name.start < other.end and other.start < name.end for other in found)
    )
    return sorted(found, key=lambda name: name.start)


def has_title(text: str) -> bool:
    """Whether somebody is named by what they are: a head, a coach, a professor."""
    return bool(_TITLE.search(text))


def _alternatives(names: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    if not ordered:
        return None
    return re.compile("|".join(bounded(name) for name in ordered), re.IGNORECASE)


def bounded(name: str) -> str:
    """A pattern for a name that ends where a word of its script ends."""
    left = "(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
    right = "(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
    return left + re.escape(name) + right


def _by_class(text: str, words: Iterable[Word]) -> Iterator[Name]:
    for word in words:
        written = text[word.start : word.end]
        if word.tag == "nr" and 2 <= len(written) <= 4 and written[0] in SURNAMES:
            yield Name(word.start, word.end, written, "person")
        elif (word.tag in {"nt", "nz", "ns"}) and len(written) > 1:
            yield Name(
                word.start,
                word.end,
                written,
                "place" if word.tag == "ns" else "organisation" if word.tag == "nt" else "",
            )
        elif word.tag == "eng" and written != written.lower() and len(written) > 1 and written not in _COMMON:
            yield Name(word.start, word.end, written, "")


def _capitalised(text: str, start: int, end: int) -> Iterator[Name]:
    for match in _CAPITALS.finditer(text, start, end):
        written = match[0].rstrip(" .'-")
        head, _, rest = written.partition(" ")
        at = match.start()
        if head in _COMMON:
            written, at = rest, at + len(head) + 1
        if written and written not in _COMMON and (at > start or " " in written):
            yield Name(at, at + len(written), written, "person" if " " in written else "")
