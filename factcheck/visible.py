"""The one gate between a document's text and a terminal: what would act on the terminal becomes visible."""

import unicodedata

_NAMES = {
    0x1B: "␛", 0x7F: "␡", 0x200B: "⟨ZWSP⟩", 0x200C: "⟨ZWNJ⟩", 0x200D: "⟨ZWJ⟩", 0x2060: "⟨WJ⟩", 0xFEFF: "⟨BOM⟩",
    0x200E: "⟨LRM⟩", 0x200F: "⟨RLM⟩", 0x202A: "⟨LRE⟩", 0x202B: "⟨RLE⟩", 0x202C: "⟨PDF⟩", 0x202D: "⟨LRO⟩",
    0x202E: "⟨RLO⟩", 0x2066: "⟨LRI⟩", 0x2067: "⟨RLI⟩", 0x2068: "⟨FSI⟩", 0x2069: "⟨PDI⟩", 0x2028: "⟨LS⟩",
    0x2029: "⟨PS⟩",
}  # fmt: skip
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_TAGS = range(0xE0000, 0xE1000)
"""Tags and the selectors of variants behind them, which have no width of their own."""


def visible(text: str, *, lines: bool = False) -> str:
    """Make controls (C0, C1), bidi marks, zero-width, private and no characters visible; everything else stays.

    With `lines` a newline stays a newline (CR LF becomes one) and a tab becomes four blanks; without, they are shown as ⏎ and ⇥.
    """
    if _is_plain(text):
        return text
    if lines:
        text = text.replace("\r\n", "\n").replace("\t", "    ")
    return "".join(_shown(character, lines=lines) for character in text)


def _is_plain(text: str) -> bool:
    """True of text in which nothing is hidden; `isprintable` is false of every hidden category (and of some others)."""
    return text.isprintable() and (text.isascii() or ord(max(text)) < _TAGS.start)


def _shown(character: str, *, lines: bool) -> str:
    code = ord(character)
    if character == "\n":
        return "\n" if lines else "⏎"
    if character == "\t":
        return "⇥"
    if code < 0x20:
        return _NAMES.get(code, chr(0x2400 + code))
    if unicodedata.category(character) in _HIDDEN or code in _TAGS or _is_no_character(code):
        return _NAMES.get(code, f"⟨U+{code:04X}⟩")
    return character


def _is_no_character(code: int) -> bool:
    """True for the code points that Unicode keeps free of characters for good (chapter 23.7); HTML forbids them."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def escaped_json(text: str) -> str:
    r"""Write the characters that `visible` would show as \uXXXX in JSON that is already encoded."""
    if _is_plain(text):
        return text
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    code = ord(character)
    if character == "\n" or not (
        unicodedata.category(character) in _HIDDEN or code in _TAGS or _is_no_character(code)
    ):
        return character
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
