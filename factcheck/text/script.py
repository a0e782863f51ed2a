"""Traditional Chinese read as simplified: every character stays in its place, so that rules, names and sounds match both."""

from functools import cache
from typing import Any


def simplified(text: str) -> str:
    """The text with every traditional character as its simplified one; as long as the text, and the same text if it has none."""
    changed = {ord(char): plain for char in _unusual(text) if (plain := _plain(char)) != char}
    return text.translate(changed) if changed else text


def _unusual(text: str) -> list[str]:
    """The Chinese characters that GB 2312 lacks: no simplified text of every day has one, names apart."""
    return sorted(char for char in set(text) if "\u3400" <= char <= "\u9fff" and not _is_usual(char))


@cache
def _is_usual(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


@cache
def _plain(char: str) -> str:
    plain = str(_converter().convert(char))
    return plain if len(plain) == 1 else char


@cache
def _converter() -> Any:
    """Loaded for the first text that needs it: 20 ms and a dictionary that most documents do without."""
    from opencc import OpenCC

    return OpenCC("t2s")
