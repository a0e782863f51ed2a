"""Latin names that the document writes in several ways: split, joined, by ear, or in Chinese characters."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.text.grammar import is_word
from factcheck.text.hearing import Heard
from factcheck.text.misspelt import Cut
from factcheck.text.sounds import exact, latin, likeness, syllables, threshold

_WORD = re.compile("[A-Za-z][A-Za-z0-9]*(?:['’-][A-Za-z0-9]+)*")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_SILENT = re.compile("[aiouwyh]")
TRANSCRIBING = frozenset(
    "阿埃艾安奥巴贝本比伯布查达戴丹德迪蒂杜多恩尔法菲费弗夫福盖戈格哈海赫亨霍基吉加杰卡凯坎康考科克肯库奎拉莱兰朗劳勒雷里利林卢鲁伦罗洛马迈曼梅蒙米姆莫纳娜内尼涅诺欧帕佩皮珀普奇乔切丘琼瑞萨塞沙舍圣史斯丝苏索塔泰唐特提汀图托瓦威韦维温沃乌伍西希夏肖谢辛休雪雅亚扬耶叶伊英尤约泽扎朱兹"
)
"""Characters with which foreign names are written."""
_MANY = 3
"""A name that is written so more often than this is no slip, unless its rival is written so much more often."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way in which a name is written: its letters without gaps, how it is written, how often, and how well attested.

    `named`: it stands inside a sentence with a capital, before a colon or in a pack, so that it is no common word.
    """

    letters: str
    written: str
    times: int
    standing: int
    named: bool


def respelt(text: str, piece: Cut, speakers: Sequence[str], names: frozenset[str]) -> Iterator[Heard]:
    """Proposals for names that stand elsewhere in this text in a better attested form; `speakers` were written by hand."""
    words = list(_WORD.finditer(text))
    forms = _forms(text, words, speakers, names)
    index = _by_sound(forms)
    yield from _latin(text, words, forms, index)
    yield from _torn(text, words)
    yield from _in_chinese(text, piece, index)


def _forms(
    text: str, words: Sequence[re.Match[str]], speakers: Sequence[str], names: frozenset[str]
) -> dict[str, Form]:
    """Every word that looks like a name, by its letters, in the way it is written best."""
    plain = Counter(word[0] for word in words if word[0].islower() and not _among_chinese(text, *word.span()))
    times: Counter[str] = Counter()
    inside = {word.title() if word.isupper() else word for each in speakers for word in _WORD.findall(each)}
    for word in words:
        if not is_word(word[0], "en", "little") and _is_name(text, *word.span(), word[0]):
            times[word[0]] += 1
            if not _opens(text, word.start()):
                inside.add(word[0])
    times = Counter({name: count for name, count in times.items() if plain[name.lower()] < count})
    times.update(
        {word.title() if word.isupper() else word: 3 for each in speakers for word in _WORD.findall(each)}
    )
    forms: dict[str, Form] = {}
    for written, count in times.items():
        letters, standing = _letters(written), count + 50 * (written in names)
        if len(letters) > 3 and (letters not in forms or standing > forms[letters].standing):
            forms[letters] = Form(letters, written, count, standing, written in inside or written in names)
    return forms


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins here, where any word has a capital."""
    before = text[:start].rstrip()[-1:] if start < 3 else text[start - 3 : start].rstrip()[-1:]
    return not before or before in '.!?:\n"“'


def _among_chinese(text: str, start: int, end: int) -> bool:
    return bool(_CHINESE.search(text, max(0, start - 2), min(len(text), end + 2)))


def _is_name(text: str, start: int, end: int, word: str) -> bool:
    """A capital, or any Latin word among Chinese ones; no word with an apostrophe."""
    return not re.search("['’]", word) and (not word.islower() or _among_chinese(text, start, end))


def _joined(text: str, words: Sequence[re.Match[str]], first: int, last: int) -> bool:
    """Whether only single blanks lie between these words."""
    return all(text[words[k].end() : words[k + 1].start()] == " " for k in range(first, last))


def _letters(written: str) -> str:
    return re.sub("[^a-z0-9]", "", written.lower())


def skeleton(letters: str) -> str:
    """The consonants of a word as a recogniser tells them apart, each once in a row."""
    bare = _SILENT.sub("", latin(letters)[:-1]) + _SILENT.sub("", latin(letters)[-1:])
    return re.sub(r"(.)\1", r"\1", bare)


def _by_sound(forms: dict[str, Form]) -> dict[str, list[Form]]:
    index: dict[str, list[Form]] = {}
    for form in sorted(forms.values(), key=lambda one: (-one.standing, one.written)):
        index.setdefault(skeleton(form.letters), []).append(form)
    return index


def _latin(
    text: str, words: Sequence[re.Match[str]], forms: dict[str, Form], index: dict[str, list[Form]]
) -> Iterator[Heard]:
    """One to three words in a row that sound like a name which stands elsewhere."""
    for first in range(len(words)):
        for last in range(first, min(first + 3, len(words))):
            start, end = words[first].start(), words[last].end()
            if last > first and not _joined(text, words, first, last):
                break
            heard = text[start:end]
            if is_word(words[first][0], "en", "little") or not _may_name(text, start, end):
                continue
            better = _better(heard, last > first, forms, index)
            if better:
                yield Heard(
                    start, end, heard, better.written, 720, f"elsewhere in the document: {better.written}"
                )


def _torn(text: str, words: Sequence[re.Match[str]]) -> Iterator[Heard]:
    """A common word of the document that stands in two pieces, of which one is no word of it otherwise: per mitting."""
    times = Counter(word[0].lower() for word in words)
    for first, second in pairwise(words):
        whole = (first[0] + second[0]).lower()
        pieces = min(times[first[0].lower()], times[second[0].lower()])
        if len(whole) > 6 and whole in times and pieces == 1 and text[first.end() : second.start()] == " ":
            heard = text[first.start() : second.end()]
            yield Heard(first.start(), second.end(), heard, whole, 715, f"elsewhere in the document: {whole}")


def _may_name(text: str, start: int, end: int) -> bool:
    """A capital, Chinese around it, or no capital far and wide."""
    wide = text[max(0, start - 80) : end + 80]
    return text[start].isupper() or _among_chinese(text, start, end) or wide == wide.lower()


def _better(heard: str, split: bool, forms: dict[str, Form], index: dict[str, list[Form]]) -> Form | None:
    """The form that stands elsewhere, where this one is its letters torn apart or a rarer way to write its sound."""
    letters = _letters(heard)
    mine = forms.get(letters)
    if split and (mine or _ends_little(heard, forms)):
        return mine
    if not split and mine is None:
        return None
    for form in index.get(skeleton(letters), ()):
        better = form.letters != letters and form.named and (split or _outweighs(form, mine))
        if better and _alike(letters, form.letters, split):
            return form
    return None


def _ends_little(heard: str, forms: dict[str, Form]) -> bool:
    """A name and a word of grammar behind it: Tulsa is."""
    name, *rest = heard.split()
    return _letters(name) in forms and is_word(rest[-1], "en", "little")


def _outweighs(form: Form, mine: Form | None) -> bool:
    if mine is None or form.standing <= mine.standing:
        return False
    return mine.times < _MANY or form.times > _MANY * mine.times or form.standing > 50


def _alike(heard: str, name: str, split: bool) -> bool:
    """The same consonants, enough of them, the same first sound, and no ending put to the same word."""
    if abs(len(heard) - len(name)) > 3 or latin(heard)[0] != latin(name)[0]:
        return False
    if any(char.isdigit() for char in heard + name) or len(skeleton(name)) < 2:
        return False
    if not split and (heard.startswith(name) or name.startswith(heard)):
        return False
    if syllables(name) < 2 and heard[0] != name[0]:
        return False
    close = likeness(heard, name)
    bones = len(skeleton(name))
    enough = 0.5 if bones > 3 else 0.78 if bones > 2 else threshold(name)
    return latin(heard) == latin(name) or close >= enough


def _in_chinese(text: str, piece: Cut, index: dict[str, list[Form]]) -> Iterator[Heard]:
    """Characters that no word holds together, read aloud: 流迈特拉 beside Lumetra."""
    for start, end in piece.loose(TRANSCRIBING):
        for first in range(start, end - 1):
            for last in range(min(end, first + 6), first + 2, -1):
                foreign = sum(char in TRANSCRIBING for char in text[first:last])
                if all(map(piece.is_listed, range(first, last))) or 3 * foreign < 2 * (last - first):
                    continue
                sound = "".join(map(exact, text[first:last]))
                form = next(
                    (one for one in index.get(skeleton(sound), ()) if _transcribes(sound, one.letters)), None
                )
                if form:
                    why = f"elsewhere in the document: {form.written}"
                    yield Heard(first, last, text[first:last], form.written, 710, why)
                    break


def _transcribes(sound: str, letters: str) -> bool:
    bones = skeleton(letters)
    return len(bones) > 2 and latin(sound)[0] == latin(letters)[0] and likeness(sound, letters) >= 0.6
