"""What a few word classes tell of a clause: whether it has a verb, a subject, or is only a heading in disguise."""

import re
from collections.abc import Sequence

from factcheck.text.clauses import trimmed
from factcheck.text.grammar import GRAMMAR
from factcheck.text.spans import NOWHERE, Span
from factcheck.text.words import Word

_SAID = frozenset(
    [
        "是",
        "有",
        "将",
        "会",
        "能",
        "可",
        "可以",
        "被",
        "把",
        "让",
        "使",
        "了",
        "过",
        "着",
        "不",
        "没",
        "没有",
        "很",
        "非常",
        "更",
        "已",
        "已经",
        "正在",
        "需要",
        "达到",
        "超过",
        "成为",
        "要",
        "为",
        "拥有",
        "具有",
        "在于",
    ]
)
_SUBJECT_TAGS = frozenset(["q", "r", "m", "j", "l", "i", "s", "z", "k", "f"])
_STOP_SUBJECT = frozenset(
    [
        "我们",
        "我",
        "你",
        "大家",
        "他们",
        "这",
        "那",
        "其",
        "它",
        "他",
        "她",
        "它们",
        "此",
        "什么",
        "这个",
        "那个",
        "目前",
        "最近",
    ]
)


_NO_HEAD_WANTED = frozenset(
    [
        "据说",
        "据悉",
        "预计",
        "建议",
        "有",
        "没有",
        "没",
        "请",
        "应该",
        "可以",
        "比",
        "如果",
        "要",
        "谢谢",
        "感谢",
        "包括",
        "例如",
    ]
)
_WHO = re.compile("(?:i|we|you|they|he|she|it|that|there|this)['’]", re.IGNORECASE)


_EN_SUBJECT = re.compile(
    "(?:(?!\\b(?:which|who|that|to|because|if|when|not)\\b)[\\w'&.-]+ ){{1,7}}?(?=(?:{}))".format(
        GRAMMAR["en"]["predicate"].pattern
    ),
    re.IGNORECASE,
)


_PRONOUNS = frozenset(
    ["i", "we", "you", "it", "they", "he", "she", "this", "that", "there", "who", "which", "and", "but"]
)


def has_verb(text: str, found: Sequence[Word]) -> bool:
    return any(
        word.tag in ("v", "vd", "vi", "vg") and text[word.end : word.end + 1] != "的" for word in found[:-1]
    )


def is_headless(text: str, core: Span, found: Sequence[Word], *, english: bool) -> bool:
    """Whether the clause opens with its verb, so that its subject was said before."""
    if english:
        match = GRAMMAR["en"]["predicate"].match(text, core.start, core.end)
        return bool(match) and not _WHO.match(text, core.start, core.end)
    first = text[found[0].start : found[0].end] if found else ""
    return bool(found) and found[0].tag in ("v", "vd", "d", "ad") and first not in _NO_HEAD_WANTED


def is_topic(text: str, found: Sequence[Word]) -> bool:
    """A heading in disguise: a noun with everything before 的, and nothing said about it."""
    last = max((i for i, word in enumerate(found) if text[word.start : word.end] == "的"), default=-1)
    if last < 1 or last == len(found) - 1:
        return False
    tail = found[last + 1 :]
    before = found[:last]
    plain = all(word.nominal or word.tag[0] in "ncvabxk" for word in tail) and not any(
        text[word.start : word.end] in _SAID for word in tail
    )
    plain = (
        plain and not any(word.tag == "v" for word in tail[:-1]) and (len(tail) == 1 or tail[-1].tag != "a")
    )
    verbs = [i for i, word in enumerate(before[:-1]) if word.tag == "v"]
    said = any(text[word.start : word.end] in _SAID for word in before)
    return plain and not said and not verbs


def chinese_subject(text: str, found: Sequence[Word]) -> Span:
    """The noun phrase before the first verb: 集团的负责人王芳 of 集团的负责人王芳加入了."""
    first = next(
        (i for i, word in enumerate(found) if _in_subject(text, word) and word.tag not in ("t", "uj")), -1
    )
    if first < 0 or first > 2 or any(word.tag in ("v", "p") for word in found[:first]):
        return NOWHERE
    last = first
    for i in range(first, len(found)):
        if not _in_subject(text, found[i]):
            break
        if found[i].tag not in ("uj", "c", "p", "x"):
            last = i
    phrase = Span(found[first].start, found[last].end)
    named = any(word.tag[0] == "n" or word.tag in ("eng", "r") for word in found[first : last + 1])
    stray = (
        not named
        or last + 1 >= len(found)
        or text[phrase.start : phrase.end] in _STOP_SUBJECT
        or phrase.end - phrase.start > 30
    )
    return NOWHERE if stray else phrase


def english_subject(text: str, core: Span) -> Span:
    match = _EN_SUBJECT.match(text, core.start, core.end)
    if not match or match[0].strip().lower() in _PRONOUNS:
        return NOWHERE
    return trimmed(text, Span(match.start(), match.end()))


def _in_subject(text: str, word: Word) -> bool:
    written = text[word.start : word.end]
    return (
        word.tag[0] == "n"
        or word.tag in ("eng", "name", "vn", "an", "uj", "b", "a", "ng", "x")
        or word.tag in _SUBJECT_TAGS
        or written in ("和", "与", "及", "或")
    )
