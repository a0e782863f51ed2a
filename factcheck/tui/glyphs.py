"""The desk in ASCII: what stands for each of its own glyphs, in as many cells as the glyph takes."""

STANDS_FOR: dict[str, str] = {
    # states, as in saying.py
    "○": "o", "◇": "^", "×": "x", "⊂": "c", "⊘": "/", "◐": "%", "●": "*", "≠": "!", "◆": "&", "★": "@", "☆": "a", "⊗": "z", "◷": "t",
    # verdicts of the shipped scale
    "✔": "+", "◕": ">", "◑": "=", "◔": "<", "✘": "x", "⇄": "/", "≈": "~", "–": "-",
    # stances, relations, what follows
    "−": "-", "·": ".", "←": "<", "→": ">", "↑": "^", "↓": "v", "↔": "|", "⇒": "=", "↺": "<", "≤": "<", "≥": ">",
    # marks, rules, gutter bars
    "▸": ">", "◂": "<", "■": "#", "▌": "#", "╎": ":", "│": "|", "─": "-", "█": "#", "░": ".",
    "▁": "_", "▂": ".", "▃": ":", "▄": "-", "▅": "=", "▆": "+", "▇": "*",
    # readings, quotation marks, what was left out
    "⟦": "{", "⟧": "}", "“": '"', "”": '"', "‘": "'", "’": "'", "「": ' "', "」": '" ', "…": "~", "—": "-", "÷": "/", "±": "~",
}  # fmt: skip
MADE_VISIBLE: dict[str, str] = {"⟨": "<", "⟩": ">", "⏎": "$", "⇥": ">", "␡": "^"} | {
    chr(0x2400 + code): "^" for code in range(0x20)
}
"""What `visible` puts in the place of a control character, in a document as well."""

_OWN = str.maketrans(STANDS_FOR | MADE_VISIBLE)
_ANYWHERE = str.maketrans(MADE_VISIBLE)


def in_ascii(text: str, *, said: bool) -> str:
    """The text with ASCII for the desk's glyphs; of what somebody said only control characters are written otherwise."""
    return text if text.isascii() else text.translate(_ANYWHERE if said else _OWN)
