"""Words as search sees them: Chinese as overlapping pairs of characters, everything else as whole words."""

import re
import unicodedata

# Written out, and compiled by `re` when first asked: so large a class of characters takes longer than a start may.
_HAN = r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]"
_RUNS = rf"{_HAN}+|[^\W_]+"


def tokens(text: str) -> list[str]:
    """Cut into search tokens: "蒋璐转投 TikTok" -> 蒋璐 璐转 转投 tiktok."""
    found: list[str] = []
    for run in re.findall(_RUNS, unicodedata.normalize("NFKC", text).lower()):
        for part in re.split(f"({_HAN}+)", run):
            found += _pairs(part) if re.match(_HAN, part) else [part] if part else []
    return found


def index_words(text: str) -> list[str]:
    """The tokens of a text that is searched: also the last character of each Chinese run, which starts no pair."""
    found = tokens(text)
    runs = re.findall(f"{_HAN}+", unicodedata.normalize("NFKC", text).lower())
    return found + [run[-1] for run in runs if len(run) > 1]


def _pairs(han: str) -> list[str]:
    return [han[i : i + 2] for i in range(len(han) - 1)] or [han]


def match_expression(text: str) -> str:
    """An FTS5 query that finds every token of `text`; lone Chinese characters and the last word match as prefixes."""
    words = tokens(text)
    return " AND ".join(
        f'"{word}"*' if _begins(word, last=place == len(words)) else f'"{word}"'
        for place, word in enumerate(words, start=1)
    )


def _begins(word: str, *, last: bool) -> bool:
    return len(word) == 1 if re.match(_HAN, word) else last
