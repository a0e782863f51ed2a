"""Chinese words that no dictionary has, beside words of the same sound: in a dictionary, or elsewhere in the document."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import rjieba

from factcheck.text.grammar import is_word
from factcheck.text.hearing import Heard
from factcheck.text.names import SURNAMES
from factcheck.text.sounds import exact

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LITTLE = frozenset(
    "的了是在和与也都就还又很要会能可这那他她它们我你您个一二三四五六七八九十两百千万亿年月日号天上下里中过着到从把被对给让而但或及等并且不没有来去说看做想得地为以于之其此该各每某多少大小最更再先后前内外吗呢吧啊呀哦嗯"
)
"""Characters that stand alone in any sentence: what is made of them is no misspelt word."""
_FAR_LIKELIER = 40
"""So much likelier must a common word be than the two characters that were written."""
_COUNTED = re.compile("[0-9零一二三四五六七八九十百千万亿两半几]")
_ALIKE = frozenset(
    frozenset(pair)
    for group in (
        "他她它牠",
        "的地得",
        "在再",
        "做作",
        "那哪",
        "吗嘛么",
        "像象",
        "你您妳",
        "俩两",
        "账帐",
        "唯惟",
        "须需",
        "期其",
    )
    for pair in (a + b for a in group for b in group if a != b)
)
"""Characters that writers confuse and no reader stumbles over."""
_TITLES = ("总", "老师", "博士", "先生", "女士", "教授", "院长", "校长", "主任", "经理", "董事", "医生", "律师", "局长", "市长", "部长")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of Chinese and the words that it was cut into: the start of each word, and whether a dictionary has it."""

    text: str
    starts: tuple[int, ...]
    owner: tuple[int, ...]
    listed: tuple[bool, ...]

    def word(self, place: int) -> tuple[int, int]:
        """The word that holds this character."""
        number = self.owner[place]
        return self.starts[number], self.starts[number + 1]

    def bounds(self, start: int, end: int) -> int:
        """2 where words begin and end here, 1 where only unknown words run over an end, 0 where a known one does."""
        over = [
            place
            for place, edge in ((start, 0), (end - 1, 1))
            if self.word(place)[edge] != (start, end)[edge]
        ]
        return 2 if not over else 1 if not any(self.listed[self.owner[place]] for place in over) else 0

    def is_guessed(self, place: int) -> bool:
        """Whether this character stands in a word of two or more that is only guessed to be one: a name, a slip."""
        start, end = self.word(place)
        return end - start > 1 and not self.listed[self.owner[place]]

    def is_listed(self, place: int) -> bool:
        """Whether this character stands in a word of two or more that a dictionary has."""
        start, end = self.word(place)
        return end - start > 1 and self.listed[self.owner[place]]

    def loose(self, foreign: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Runs of three characters and more in which a dictionary finds no word but foreign names."""
        for run in _CHINESE.finditer(self.text):
            start = run.start()
            for place in range(run.start(), run.end() + 1):
                if place == run.end() or not self._is_loose(place, foreign):
                    if place - start > 2:
                        yield start, place
                    start = place + 1

    def _is_loose(self, place: int, foreign: frozenset[str]) -> bool:
        return not self.is_listed(place) or foreign.issuperset(self.text[slice(*self.word(place))])


def cut(text: str) -> Cut:
    """The words of a text; unknown ones as the cut guesses them."""
    starts: list[int] = []
    owner: list[int] = []
    listed: list[bool] = []
    at = 0
    for word in rjieba.cut(text, hmm=True):
        owner += [len(starts)] * len(word)
        starts.append(at)
        listed.append(len(word) > 1 and rjieba.has_word(word))
        at += len(word)
    return Cut(text, (*starts, at), tuple(owner), tuple(listed))


def misspelt(piece: Cut, names: frozenset[str]) -> Iterator[Heard]:
    """Both kinds of proposals; `names` are right however they look."""
    yield from _by_dictionary(piece, names)
    yield from _by_spelling(piece, names)


def _by_dictionary(piece: Cut, names: frozenset[str]) -> Iterator[Heard]:
    """A word that occurs once, is in no dictionary, and becomes a common one when one character gives way to its homophone."""
    yield from _by_last_character(piece)
    found = list(_unlisted(piece))
    times = Counter(piece.text[start:end] for start, end in found)
    for start, end in found:
        written = piece.text[start:end]
        if times[written] > 1 or written in names or is_word(written, "zh", "new_words"):
            continue
        meant = "" if _in_name(piece.text, start, end, written, names) else _listed(written, piece.text)
        little = any(char in _LITTLE for char in written) and piece.text.count(meant) < 2
        if meant and not little and not _crossed(piece.text, start, end):
            yield Heard(
                start, end, written, meant, 660 if len(written) == 2 else 740, f"no such word; like {meant}"
            )


def _in_name(text: str, start: int, end: int, written: str, names: frozenset[str]) -> bool:
    """Whether it is a piece of a right name that stands here."""
    return any(
        written in name and name in text[max(0, start - len(name)) : end + len(name)] for name in names
    )


def _by_last_character(piece: Cut) -> Iterator[Heard]:
    """A word of two characters before one that was left over, with which its homophone makes a word: 酒业率."""
    for number, start in enumerate(piece.starts[:-2]):
        place, end = piece.starts[number + 1], piece.starts[number + 2]
        written = piece.text[start:end]
        if place - start != 2 or end - place != 1 or not piece.listed[number] or written[2] in _LITTLE:
            continue
        words = {word for word in _homophones(written) if word[2] == written[2]}
        if len(words) == 1 and not rjieba.has_word(written):
            (meant,) = words
            likelier = rjieba.suggest_freq(meant[:2]) >= 5 * rjieba.suggest_freq(written[:2])
            if likelier and rjieba.suggest_freq(meant) > 10 and not _crossed(piece.text, start, end):
                yield Heard(start, end, written, meant, 700, f"no such word; like {meant}")


def _unlisted(piece: Cut) -> Iterator[tuple[int, int]]:
    """Words of two to four characters that no dictionary has."""
    for number, listed in enumerate(piece.listed):
        start, end = piece.starts[number], piece.starts[number + 1]
        if not listed and 2 <= end - start <= 4 and _CHINESE.fullmatch(piece.text, start, end):
            yield start, end


def _listed(written: str, text: str) -> str:
    """The one dictionary word that sounds so and differs in one character; empty where none stands out."""
    ranked = sorted((-rjieba.suggest_freq(word), word) for word in set(_homophones(written)))
    if not ranked:
        return ""
    times, word = -ranked[0][0], ranked[0][1]
    if len(written) > 2:
        return word
    second = -ranked[1][0] if len(ranked) > 1 else 1
    common = times >= (100 if word in text else 250) and times >= 8 * second
    heard = rjieba.suggest_freq(written)
    return word if common and (heard <= 5 or times >= _FAR_LIKELIER * heard) else ""


def _homophones(written: str) -> Iterator[str]:
    for i, char in enumerate(written):
        for other in _same_sound().get(exact(char), ()):
            word = written[:i] + other + written[i + 1 :]
            if other != char and rjieba.has_word(word):
                yield word


@cache
def _same_sound() -> dict[str, tuple[str, ...]]:
    """The 3,755 characters of GB 2312 level 1, those in daily use, by their sound."""
    sounds: dict[str, list[str]] = defaultdict(list)
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            for char in bytes((high, low)).decode("gb2312", "ignore"):
                sounds[exact(char)].append(char)
    return {sound: tuple(chars) for sound, chars in sounds.items()}


def _crossed(text: str, start: int, end: int) -> bool:
    """Whether a dictionary word lies across one of the ends, so that the cut is doubtful."""
    across = {
        text[place - before : place + behind]
        for place in (start, end)
        for before, behind in ((1, 1), (1, 2), (2, 1))
        if place >= before
    }
    counted = bool(_COUNTED.match(text[max(0, start - 1) : start]))
    return counted or any(rjieba.has_word(word) and rjieba.suggest_freq(word) > 3 for word in across)


def _by_spelling(piece: Cut, names: frozenset[str]) -> Iterator[Heard]:
    """Two or three sounds in a row that the document writes in two ways: the better attested way is proposed for the other."""
    for length in (3, 2):
        for spelled in _spelled_twice(piece.text, length):
            if not any(_comparable(piece, spelled, a, b) for a, b in combinations(spelled, 2)):
                continue
            ranked = sorted(
                spelled,
                key=lambda one: (_standing(piece, spelled[one], one, names), -spelled[one][0]),
                reverse=True,
            )
            for other in ranked[1:]:
                score = _likely(piece, spelled, other, ranked[0], names)
                for start in spelled[other] if score else ():
                    why = f"elsewhere in the document: {ranked[0]}"
                    yield Heard(start, start + length, other, ranked[0], score, why)


def _spelled_twice(text: str, length: int) -> Iterator[dict[str, list[int]]]:
    sounds: dict[str, dict[str, list[int]]] = {}
    heard = "".join(map(_sign, text))
    for run in _CHINESE.finditer(text):
        for start in range(run.start(), run.end() - length + 1):
            sounds.setdefault(heard[start : start + length], {}).setdefault(
                text[start : start + length], []
            ).append(start)
    yield from (spelled for spelled in sounds.values() if len(spelled) > 1)


_SIGNS: dict[str, str] = {}


def _sign(char: str) -> str:
    sound = exact(char)
    return _SIGNS.setdefault(sound, chr(0xF0000 + len(_SIGNS)))


def _standing(piece: Cut, places: Sequence[int], written: str, names: frozenset[str]) -> tuple[int, int]:
    """How well a spelling is attested: by a pack, a dictionary, how often, with a title, by its bearer; then by common characters."""
    start, text = places[0], piece.text
    listed = any(piece.is_listed(place) for place in range(start, start + len(written)))
    titled = sum(text.count(written[0] + title) for title in _TITLES) if written[0] in SURNAMES else 0
    own = sum(text.count(opening + written) for opening in ("我是", "我叫", "名叫"))
    common = 0 if written[0] in SURNAMES else min(map(rjieba.suggest_freq, written)).bit_length()
    whole = 6 * rjieba.has_word(written)
    return 9 * (written in names) + whole + 4 * listed + 2 * (len(places) + own) + titled, common


def _comparable(piece: Cut, spelled: dict[str, list[int]], a: str, b: str) -> bool:
    """Whether two spellings differ in one or two characters, and in such that one of them is no word of its own."""
    differs = [i for i in range(len(a)) if a[i] != b[i]]
    if len(differs) == len(a) or len(differs) > 2 or any(frozenset(a[i] + b[i]) in _ALIKE for i in differs):
        return False
    return any(not any(piece.is_listed(spelled[one][0] + i) for i in differs) for one in (a, b))


def _likely(piece: Cut, spelled: dict[str, list[int]], other: str, best: str, names: frozenset[str]) -> int:
    """Thousandths for one as a slip for the other; 0 where what differs is a word of its own, or no word ends there."""
    start = spelled[other][0]
    differs = [i for i in range(len(best)) if other[i] != best[i]]
    if other in names or not _comparable(piece, spelled, other, best):
        return 0
    if any(piece.is_listed(start + i) for i in differs):
        return 0
    if any(other[i] in _LITTLE and not piece.is_guessed(start + i) for i in differs):
        return 0
    at = spelled[best][0]
    if any(best[i] in _LITTLE and piece.word(at + i) == (at + i, at + i + 1) for i in (*differs, 0, -1)):
        return 0
    if len(best) == 2 and (len(spelled[best]) < 2 or len(spelled[other]) > 1 or set(other + best) & _LITTLE):
        return 0
    bounds = max(piece.bounds(at, at + len(best)) for at in spelled[best])
    return (0, 700, 720)[bounds]
