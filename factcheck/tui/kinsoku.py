"""Where a line may end: Chinese and English broken as a printer would, in terminal cells."""

from functools import cache

from rich.cells import get_character_cell_size

CLOSING = frozenset("、。，．：；！？…—～·％‰℃）】」』》〉〕〗〙〛’”⟧⟩｝］,.;:!?%)]}»›ー々〻‐゛゜ゝゞヽヾ⟦")
"""What no line begins with (JIS X 4051, GB/T 15834), and our own brackets around a reading."""
OPENING = frozenset("（【「『《〈〔〖〘〚‘“⟦⟨｛［([{«‹＄￥$¥£€＃#")
"""What no line ends with."""


@cache
def cells(character: str) -> int:
    """How many terminal cells a character takes: 0, 1 or 2."""
    return get_character_cell_size(character)


def width(text: str) -> int:
    """How many terminal cells a text takes."""
    return len(text) if text.isascii() else sum(map(cells, text))


def breaks(text: str, columns: int) -> list[tuple[int, int]]:
    """Cut one paragraph into lines [start, end) of at most `columns` cells; blanks at a cut belong to no line.

    Latin words stay whole unless longer than a line. Closing marks never begin a line and opening ones
    never end it, as long as the line holds any place where it may be cut.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _line_end(text, start, columns)
        kept = end
        while kept > start and text[kept - 1] == " " and end < len(text):
            kept -= 1
        lines.append((start, max(kept, start)))
        start = _after_blanks(text, end)
    return lines or [(0, 0)]


def _line_end(text: str, start: int, columns: int) -> int:
    """Where the line that begins at `start` must stop."""
    full, used = start, 0
    while full < len(text) and used + cells(text[full]) <= columns:
        used += cells(text[full])
        full += 1
    if full == len(text):
        return full
    full = max(full, start + 1)
    if text[full] == " " and _blank_may_break(text, full):
        return full
    at = full
    while at > start + 1 and not _may_break(text, at):
        at -= 1
    if at > start + 1 or (full > start + 1 and _may_break(text, at)):
        return _not_too_short(text, start, at, full)
    return _within_word(text, start, full)


def _within_word(text: str, start: int, full: int) -> int:
    """A line without any place to cut is cut where it is full, or a little before when a mark forbids it."""
    at = full
    while at > start + 1 and (text[at] in CLOSING or text[at - 1] in OPENING):
        at -= 1
    return at if at > start + 1 else full


def _not_too_short(text: str, start: int, at: int, full: int) -> int:
    """A word longer than what a line holds is cut where the line is full, not carried down."""
    word_end = full
    while word_end < len(text) and _in_word(text, word_end):
        word_end += 1
    too_long = width(text[at:word_end]) > width(text[start:full])
    return _within_word(text, at, full) if too_long and _in_word(text, full) else at


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in CLOSING or before in OPENING:
        return False
    if before == " " or after == " ":
        return before == " " and after != " " and not _opens_before(text, at - 1)
    return cells(before) == 2 or cells(after) == 2 or (before in "-/" and after.isalpha())


def _blank_may_break(text: str, at: int) -> bool:
    behind = _after_blanks(text, at)
    return not (behind < len(text) and text[behind] in CLOSING) and not _opens_before(text, at)


def _opens_before(text: str, at: int) -> bool:
    """True when only blanks stand between `at` and an opening mark."""
    while at >= 0 and text[at] == " ":
        at -= 1
    return at >= 0 and text[at] in OPENING


def _in_word(text: str, at: int) -> bool:
    return at > 0 and all(each != " " and cells(each) < 2 for each in (text[at - 1], text[at]))


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def clipped(text: str, columns: int) -> str:
    """The text within `columns` cells, with … where something was left out; no wide character is cut."""
    if width(text) <= columns:
        return text
    kept, used = 0, 1
    while kept < len(text) and used + cells(text[kept]) <= columns:
        used += cells(text[kept])
        kept += 1
    return (text[:kept] + "…") if columns > 0 else ""
