"""How alike two words sound to a recogniser: Chinese by pinyin without tones, Latin by classes of letters."""

import os
import re
from functools import lru_cache

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # 2.5 MB of phrases that only whole sentences would need

from pypinyin.constants import PINYIN_DICT
from rapidfuzz.distance import Levenshtein

_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")
_MERGED = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("ang", "an"),
    ("eng", "en"),
    ("ing", "in"),
    ("l", "n"),
    ("h", "f"),
)
"""What speakers of many regions do not tell apart, and recognisers then do not either."""

_LATIN = str.maketrans("lbdgnsycqvue", "rptkmzikkfoi")
_LATIN_DIGRAPHS = (
    ("ph", "f"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("sh", "z"),
    ("ch", "k"),
    ("th", "t"),
    ("x", "ks"),
    ("wh", "w"),
    ("oo", "u"),
    ("ee", "i"),
)
_RHYMES = {
    letter: group for group in ("bcdegptvz", "ajkh", "flmnsx", "iy", "quw", "o", "r") for letter in group
}
_VOWELS = re.compile("[aeiouy]+")


@lru_cache(maxsize=8192)
def exact(char: str) -> str:
    """The sound of one Chinese character without its tone, or the character itself."""
    listed = PINYIN_DICT.get(ord(char))
    return listed.split(",")[0].translate(_TONES) if listed else char


@lru_cache(maxsize=8192)
def syllable(char: str) -> str:
    """The sound of one Chinese character with regional mergers, or the character itself."""
    plain = exact(char)
    if plain == char:
        return char
    for sound, merged in _MERGED:
        plain = (
            plain.replace(sound, merged)
            if len(sound) > 1
            else (merged + plain[1:] if plain.startswith(sound) else plain)
        )
    return plain


def sounding(text: str) -> str:
    """The text with every Chinese character replaced by one that stands for its sound: as long as the text."""
    return text.translate(_Standing())


class _Standing(dict[int, int]):
    """Code point of a character -> code point that stands for its sound (the first one seen with it)."""

    def __missing__(self, code: int) -> int:
        self[code] = _stand_in(syllable(chr(code))) if 0x3400 <= code <= 0x9FFF else code
        return self[code]


_STAND_INS: dict[str, int] = {}


def _stand_in(sound: str) -> int:
    return _STAND_INS.setdefault(sound, 0xF0000 + len(_STAND_INS))


@lru_cache(maxsize=8192)
def latin(word: str) -> str:
    """The sound classes of a Latin word: l=r, b=p, d=t, g=k, m=n, s=z, e=i, o=u; a last vowel is nearly silent."""
    plain = re.sub("[^a-z0-9]", "", word.lower())
    for letters, sound in _LATIN_DIGRAPHS:
        plain = plain.replace(letters, sound)
    plain = re.sub("[aeiou]$", "a", plain.translate(_LATIN))
    return re.sub(r"([a-z])\1", r"\1", plain)


def syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(word.lower())))


def likeness(heard: str, name: str) -> float:
    """0 to 1 for two Latin words; 1 means that their sound classes are equal."""
    return float(Levenshtein.normalized_similarity(latin(heard), latin(name)))


def threshold(name: str) -> float:
    """How alike a word must sound: the shorter the name, the more."""
    count = syllables(name)
    return 0.8 if count >= 4 else 0.9 if count == 3 else 1.0


def spelled_alike(heard: str, name: str) -> bool:
    """Whether two abbreviations rhyme letter by letter, all but the first: GBT and GPT; digits must be the same."""
    a, b = re.sub("[^A-Za-z0-9]", "", heard).lower(), re.sub("[^A-Za-z0-9]", "", name).lower()
    if len(a) != len(b) or len(a) < 3 or a == b or a[0] != b[0] or not any(char.isdigit() for char in b):
        return False
    return all(
        x == y or (x.isalpha() and y.isalpha() and _RHYMES.get(x) == _RHYMES.get(y))
        for x, y in zip(a, b, strict=True)
    )
