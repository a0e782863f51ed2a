"""Words as search sees them: Chinese as overlapping pairs of characters, everything else as whole words."""

import re
import unicodedata

_RUNS = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+|[^\W_]+", re.UNICODE)
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")


def tokens(text: str) -> list[str]:
    """Cut into search tokens: "蒋璐转投 TikTok" -> 蒋璐 璐转 转投 tiktok."""
    found: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        for part in re.split(r"([㐀-鿿豈-﫿\U00020000-\U0003ffff]+)", run):
            found += _pairs(part) if _HAN.match(part) else [part] if part else []
    return found


def _pairs(han: str) -> list[str]:
    return [han[i : i + 2] for i in range(len(han) - 1)] or [han]


def match_expression(text: str) -> str:
    """An FTS5 query that finds every token of `text`; a lone character or the last word matches as a prefix."""
    words = tokens(text)
    quoted = ['"' + word.replace('"', "") + '"' for word in words]
    if quoted and (len(words[-1]) == 1 or not _HAN.match(words[-1])):
        quoted[-1] += "*"
    return " AND ".join(quoted)
