"""Clauses with what is in them: rules that fired, names, quantities, a subject, and the part they play in their sentence."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.text.clauses import Sentence, trimmed
from factcheck.text.grammar import GRAMMAR
from factcheck.text.names import KnownNames, Name, has_title, names
from factcheck.text.quantities import Quantity, quantities
from factcheck.text.rules import Firing, Rule, firings
from factcheck.text.spans import NOWHERE, Span
from factcheck.text.words import Word, words

_OPENERS = ("condition", "concession", "reason", "pair")
_STRONG = frozenset(
    "personnel_move role_change quantity cost ranking financial market event product causal hearsay".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """One clause. `span` is without the words that only say how the talk goes on; `raw` is with them."""

    raw: Span
    span: Span
    sentence: int
    opens: str
    resumes: bool
    more: bool
    predicate: bool
    adverbial: bool
    attributes: bool
    topic: bool
    subject: Span
    headless: bool
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    firings: tuple[Firing, ...]

    @property
    def size(self) -> int:
        return self.span.end - self.span.start

    @property
    def strong(self) -> bool:
        """Whether it has what no heading and no lead-in has: something that happened, a figure, a rank."""
        return any(firing.rule.type in _STRONG and firing.rule.weight >= 500 for firing in self.firings)

    @property
    def dropped(self) -> bool:
        return any(firing.rule.effect == "drop" for firing in self.firings)


def parts(text: str, batch: Sequence[Sentence], rules: Sequence[Rule], known: KnownNames) -> list[Part]:
    """The clauses of these sentences in order; what is nothing but a discourse marker is left out."""
    cut = [
        (number, clause, _core(text, clause, sentence.language))
        for number, sentence in enumerate(batch)
        for clause in sentence.clauses
    ]
    cut = [item for item in cut if item[2].start < item[2].end]
    fired: list[list[Firing]] = [[] for _ in cut]
    for language in ("zh", "en"):
        spoken = [i for i, (number, _, _) in enumerate(cut) if batch[number].language == language]
        speaking = [rule for rule in rules if rule.language in ("", language)]
        for i, fires in zip(spoken, _fired(text, [cut[i][2] for i in spoken], speaking), strict=True):
            fired[i] = fires
    return [
        _part(text, batch[number], number, raw, core, fires, known)
        for (number, raw, core), fires in zip(cut, fired, strict=True)
    ]


def _core(text: str, clause: Span, language: str) -> Span:
    discourse = GRAMMAR[language]["discourse"]
    span = trimmed(text, clause)
    for _ in range(3):
        match = discourse.match(text, span.start, span.end)
        if not match or match.end() == match.start():
            break
        span = trimmed(text, Span(match.end(), span.end))
    return span


def _fired(text: str, cores: Sequence[Span], rules: Sequence[Rule]) -> list[list[Firing]]:
    """The rules over all clauses at once: each clause is a line of one text, so that ^ and $ mean its ends."""
    lines = [text[core.start : core.end] for core in cores]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    joined = "\n".join(lines)
    fired: list[list[Firing]] = [[] for _ in cores]
    for firing in firings(rules, joined, 0, len(joined)):
        line = bisect_right(starts, firing.start) - 1
        shift = cores[line].start - starts[line]
        fired[line].append(
            Firing(firing.rule, firing.start + shift, min(firing.end + shift, cores[line].end))
        )
    return fired


def _part(
    text: str,
    sentence: Sentence,
    number: int,
    raw: Span,
    core: Span,
    fires: Sequence[Firing],
    known: KnownNames,
) -> Part:
    grammar = GRAMMAR[sentence.language]
    english = sentence.language == "en"
    found = [] if english else words(text, core.start, core.end, known.wide)
    named = tuple(names(text, core.start, core.end, found, known, latin=english))
    counted = tuple(quantities(text, core.start, core.end))
    written, as_said = text[core.start : core.end], text[trimmed(text, raw).start : raw.end]
    marked = bool(grammar["predicate"].search(written))
    return Part(
        raw=raw,
        span=core,
        sentence=number,
        opens=_opens(grammar, as_said, written),
        attributes=bool(grammar["attribution"].search(written)),
        resumes=bool(grammar["resume"].match(as_said)),
        more=bool(grammar["more"].match(as_said)),
        predicate=marked or (not english and _has_verb(text, found)),
        adverbial=bool(grammar["adverbial"].search(written))
        and not (marked and (english or not _PLACED.match(written))),
        topic=not english and _is_topic(text, found),
        subject=_english_subject(text, core) if english else _subject(text, found),
        headless=_headless(text, core, found, english=english),
        names=named,
        quantities=counted,
        firings=tuple(_holding(text, core, fires, named, counted)),
    )


_NO_HEAD_WANTED = frozenset(
    "据说 据悉 预计 建议 有 没有 没 请 应该 可以 比 如果 要 谢谢 感谢 包括 例如".split()
)
_WHO = re.compile("(?:i|we|you|they|he|she|it|that|there|this)['’]", re.IGNORECASE)


def _headless(text: str, core: Span, found: Sequence[Word], *, english: bool) -> bool:
    """Whether the clause opens with its verb, so that its subject was said before."""
    if english:
        match = GRAMMAR["en"]["predicate"].match(text, core.start, core.end)
        return bool(match) and not _WHO.match(text, core.start, core.end)
    first = text[found[0].start : found[0].end] if found else ""
    return bool(found) and found[0].tag in ("v", "vd", "d", "ad") and first not in _NO_HEAD_WANTED


def _opens(grammar: dict[str, re.Pattern[str]], as_said: str, written: str) -> str:
    """What the first words announce; only what stands there as it was said can continue the clause before."""
    if grammar["continuation"].match(as_said):
        return "continuation"
    return next((name for name in _OPENERS if grammar[name].match(written)), "")


def _holding(
    text: str, core: Span, fires: Sequence[Firing], named: Sequence[Name], counted: Sequence[Quantity]
) -> Iterator[Firing]:
    """The firings whose rule has what it needs beside its words; each rule once."""
    seen: set[str] = set()
    for firing in fires:
        rule = firing.rule
        if rule.name in seen or (rule.unless and rule.unless.search(text, core.start, core.end)):
            continue
        if all(_met(need, text, core, named, counted) for need in rule.needs):
            seen.add(rule.name)
            yield firing


def _met(need: str, text: str, core: Span, named: Sequence[Name], counted: Sequence[Quantity]) -> bool:
    if need == "person":
        return bool(named) or has_title(text[core.start : core.end])
    if need == "name":
        return bool(named)
    return any(quantity.kind not in ("bare", "date") or quantity.low > 9 for quantity in counted)


_PLACED = re.compile(
    "在|从|对|关于|针对|随着|根据|按照|依据|通过|经过|除|自|截|至于|与|跟|作为|基于|围绕|面对|.{1,60}(?:后|时|时候|表明|显示|发现|看到|指出|认为|称|表示|透露|报道|来看|来说|而言|看)$"
)


def _has_verb(text: str, found: Sequence[Word]) -> bool:
    return any(
        word.tag in ("v", "vd", "vi", "vg") and text[word.end : word.end + 1] != "的" for word in found[:-1]
    )


def _is_topic(text: str, found: Sequence[Word]) -> bool:
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


_SAID = frozenset(
    "是 有 将 会 能 可 可以 被 把 让 使 了 过 着 不 没 没有 很 非常 更 已 已经 正在 需要 达到 超过 成为 要 为 拥有 具有 在于".split()
)
_SUBJECT_TAGS = frozenset("q r m j l i s z k f".split())
_STOP_SUBJECT = frozenset("我们 我 你 大家 他们 这 那 其 它 他 她 它们 此 什么 这个 那个 目前 最近".split())


def _subject(text: str, found: Sequence[Word]) -> Span:
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
    named = any(word.tag[0] == 'n' or word.tag in ('eng', 'r') for word in found[first : last + 1])
    stray = (not named or last + 1 >= len(found) or text[phrase.start : phrase.end] in _STOP_SUBJECT
        or phrase.end - phrase.start > 30
    )
    return NOWHERE if stray else phrase


def _in_subject(text: str, word: Word) -> bool:
    written = text[word.start : word.end]
    return (
        word.tag[0] == "n"
        or word.tag in ("eng", "name", "vn", "an", "uj", "b", "a", "ng", "x")
        or word.tag in _SUBJECT_TAGS
        or written in ("和", "与", "及", "或")
    )


_EN_SUBJECT = re.compile(
    "(?:(?!\\b(?:which|who|that|to|because|if|when|not)\\b)[\\w'&.-]+ ){1,7}?(?=(?:%s))"
    % GRAMMAR["en"]["predicate"].pattern,
    re.IGNORECASE,
)


_PRONOUNS = frozenset("i we you it they he she this that there who which and but".split())


def _english_subject(text: str, core: Span) -> Span:
    match = _EN_SUBJECT.match(text, core.start, core.end)
    if not match or match[0].strip().lower() in _PRONOUNS:
        return NOWHERE
    return trimmed(text, Span(match.start(), match.end()))
