"""What a few word classes tell of a clause: whether it has a verb, a subject, or is only a heading in disguise."""

import re
from collections.abc import Sequence

from factcheck.text.clauses import trimmed
from factcheck.text.grammar import GRAMMAR
from factcheck.text.names import Name, has_title
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
_THERE_IS = frozenset(["有", "没有", "没", "还有", "存在", "出现"])
_TELLS = (
    "显示",
    "表明",
    "意味",
    "反映",
    "预示",
    "说明",
    "体现",
    "证明",
    "导致",
    "使",
    "让",
    "令",
    "考虑",
    "看",
    "像",
    "需要",
    "标志",
    "相信",
    "认为",
)
"""What is said of an event that was told before, or by the speaker: its subject is no noun phrase of the text."""
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
    return _opens_with_verb(text, found)


def _opens_with_verb(text: str, found: Sequence[Word]) -> bool:
    """Whether a verb comes first, or adverbs and a verb; not one that a 的 makes part of a noun phrase: 推出的产品."""
    at = next(
        (i for i, word in enumerate(found) if word.tag not in ("d", "ad") and not _is_modal(text, word)), -1
    )
    if (
        at < 0
        or found[at].tag not in ("v", "vd")
        or (at > 0 and text[found[0].start : found[0].end] in _NO_HEAD_WANTED)
    ):
        return False
    torn = found[at].end - found[at].start == 1 and text[found[at].end : found[at].end + 1].isascii()
    if torn and text[found[at].end : found[at].end + 1].isalpha():
        return False
    verb, before = text[found[at].start : found[at].end], text[found[max(0, at - 1)].start : found[at].start]
    if verb in _THERE_IS:
        return before in ("将", "已", "已经", "仍", "都", "也")
    after = [text[word.start : word.end] for word in found[at + 1 : at + 4]]
    return (
        verb not in _NO_HEAD_WANTED
        and not verb.startswith(_TELLS)
        and after[:1] != ["的"]
        and after[1:2] != ["的"]
    )


def _is_modal(text: str, word: Word) -> bool:
    return text[word.start : word.end] in ("可能", "会", "能", "能够", "可以", "需", "将", "似乎")


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


def certain_subject(
    text: str, phrase: Span, found: Sequence[Word], named: Sequence[Name], *, english: bool
) -> str:
    """Person or thing where this phrase may stand as a subject elsewhere: a name, or a clear noun phrase; empty for anything else."""
    inside = [name for name in named if phrase.start <= name.start and name.end <= phrase.end]
    written = text[phrase.start : phrase.end]
    last = next((name for name in inside if name.end == phrase.end), None)
    clear = _clear_english(written, inside) if english else _clear_chinese(text, phrase, found, inside)
    if not phrase or not clear:
        return ""
    if has_title(written[-6:] if not english else written) and (last is None or last.kind in ("person", "")):
        return "person"
    return "person" if last is not None and last.kind == "person" and not english else "thing"


def _clear_english(written: str, inside: Sequence[Name]) -> bool:
    words = written.split()
    if words[0].lower() in _EN_DETERMINERS:
        return 1 < len(words) <= 6 and not any(word.lower().endswith("ly") for word in words)
    return (
        bool(inside)
        and all(word[0].isupper() or word in ("of", "and", "the", "for") for word in words)
        and words[0] not in _EN_OPENERS
    )


_EN_DETERMINERS = frozenset(
    ["the", "our", "its", "their", "his", "her", "my", "your", "this", "these", "those", "both"]
)
_EN_OPENERS = frozenset(["In", "On", "At", "By", "For", "From", "With", "After", "Before", "Since", "During", "Under", "Over", "Last", "Next", "When", "While", "If", "As", "What", "How", "Why", "Where", "Today", "Yesterday", "Now", "Then", "So", "And", "But", "Also"])  # fmt: skip


def _clear_chinese(text: str, phrase: Span, found: Sequence[Word], inside: Sequence[Name]) -> bool:
    """A name alone or at the end, or two nouns at least of which one is the head: no adverb that a dictionary has as a noun."""
    body = [word for word in found if phrase.start <= word.start and word.end <= phrase.end]
    acts = any(word.tag in ("vn", "v") and word.end in {name.start for name in inside} for word in body)
    if acts or _NO_PHRASE.match(text, phrase.start, phrase.end):
        return False
    if any(name.start == phrase.start and name.end == phrase.end for name in inside):
        return True
    head = bool(body) and (
        body[-1].tag[0] == "n" or body[-1].tag in ("eng", "name") or (len(body) > 1 and body[-1].tag == "vn")
    )
    nouns = sum(word.tag[0] == "n" or word.tag in ("eng", "name", "vn") for word in body)
    pointed = len(body) > 1 and body[0].tag in ("r", "m")
    return head and (nouns > 1 or pointed or bool(inside))


_NO_PHRASE = re.compile(
    "[与和及或跟同对把被比最更]|这[是]|什么|有[力效]|全[力面]|大[力量]|重新|.{0,20}(?:任命|聘请|接替|接任|替换|解雇)[^的]"
)


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
