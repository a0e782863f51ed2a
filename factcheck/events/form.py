"""The form of a line: JSON that can be written in one way only (RFC 8785) and is read without mercy."""

import json
import re
from typing import Any, Final

import rfc8785

LARGEST: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 7493 section 2.2)."""

_BEYOND: Final = 0xF0
_MANY_DIGITS: Final = re.compile(rb"[0-9]{16}")
_QUICK: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(document: Any) -> bytes:
    """JSON in the canonical form of RFC 8785 (JCS). Raises ValueError for what it cannot hold."""
    return rfc8785.dumps(document)


def canonical_plain(document: Any) -> bytes:
    """The same, ten times as fast, of strings, booleans and whole numbers under keys of ASCII, as events and suggestions are made of.

    Digits in a row that might be too large a number for JSON are left to `canonical`, which refuses them.
    """
    line = _QUICK.encode(document).encode("utf-8")
    return canonical(document) if _MANY_DIGITS.search(line) else line


def is_canonical(line: bytes, document: Any) -> bool:
    """True when a line that `strict_json` read as this document is its canonical form.

    Without fractions and large numbers, which `strict_json` refuses, the standard library writes the same bytes, as long as
    no key lies beyond U+FFFF (RFC 8785 section 3.2.3 sorts by UTF-16): no byte from 0xF0 on.
    """
    if max(line, default=0) < _BEYOND and _QUICK.encode(document).encode("utf-8", "replace") == line:
        return True
    return canonical(document) == line


def strict_json(line: bytes) -> Any:
    """Parse JSON, refusing duplicate keys, fractions, numbers too large to keep and endless nesting (ValueError)."""
    try:
        return json.loads(
            line.decode("utf-8"),
            object_pairs_hook=_no_duplicates,
            parse_int=_whole,
            parse_float=_no_fractions,
            parse_constant=_no_fractions,
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"duplicate key {next(key for key in keys if keys.count(key) > 1)!r}")
    return found


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise ValueError(f"the number {text[:20]} is larger than 2^53 - 1")
    return int(text)


def _no_fractions(text: str) -> None:
    raise ValueError(f"a fraction {text!r} (the ledger holds whole numbers and strings)")
