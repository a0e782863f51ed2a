"""What the screens show, as lines for somebody who hears them: the open claim, its source, a sheet."""

import re
from collections.abc import Iterable, Sequence

from factcheck.labels import label
from factcheck.tui.beside import digits
from factcheck.tui.desk import Desk
from factcheck.tui.footer import filter_words
from factcheck.tui.rows import Row, Run
from factcheck.tui.saying import STATE_GLYPHS
from factcheck.tui.sheet import Sheet
from factcheck.tui.triage import named_ids

WIDE = 2000
"""Cells of the screen that nobody sees: so wide that no sentence is broken or cut."""
ONE_COLUMN = {"tui.title_help": 69, "tui.title_dashboard": 89}
"""Cells in which what stands side by side on a sheet stands one below the other."""
AROUND = 160
"""Characters of the source that are said on either side of a mention; with z everything that is laid out."""
CHOSEN = "* "
"""What stands before the line that is chosen."""

_DRAWN = re.compile("^\\s*[\u2500-\u25ff]+(?=\\s)|^\\s+[\u2500-\u25ff]+$")
"""A mark that is drawn before words: box drawing, blocks, geometric shapes (Unicode 2500 to 25FF)."""
_BARS = re.compile("[\u2581-\u2588\u2591 ]*[\u2581-\u2588\u2591][\u2581-\u2588\u2591 ]*")
_NUMBERED = re.compile(r"^(?:\* )?[0-9]+\. ")
_STATES = {glyph: state for state, (glyph, _) in STATE_GLYPHS.items()}
_STATE = re.compile(f"[{''.join(_STATES)}](?=C[0-9])")
_SENTENCE_END = re.compile(r"[。！？!?\n]|\. ")


def spoken(rows: Iterable[Row]) -> list[str]:
    """Rows as lines: nothing that is drawn, one blank for many, no empty lines; "/" between two wordings."""
    lines = (" ".join("".join(map(_spoken, runs)).split()) for runs in rows)
    return [line for line in lines if line]


def _spoken(each: Run) -> str:
    text = each.text.replace("│", "/") if each.ink in {"rule", "dim"} else each.text
    if each.ink == "dim" and text.startswith("  ") and text.strip().replace("_", "").isalpha():
        return f" · {text.strip()}"  # a command, beside the words for it
    if each.ink == "rule" and (words := text.strip(" ─")) not in {"", "/"} and words.isascii():
        return f" · {words}"
    if each.ink == "rule" and not text.strip("─"):
        return ""
    return _DRAWN.sub(lambda mark: CHOSEN if "▸" in mark[0] else "", text)


def fresh(lines: Sequence[str], before: Sequence[str]) -> list[str]:
    """The lines that were not there before; one that is merely no longer the chosen one is no news."""
    return [line for line in lines if line not in before and f"{CHOSEN}{line}" not in before]


def renewed(lines: Sequence[str], before: Sequence[str]) -> list[str]:
    """The lines that say something else than before, whatever number they have now."""
    known = {_NUMBERED.sub("", line) for line in before}
    return [line for line in lines if _NUMBERED.sub("", line) not in known]


def rim(desk: Desk) -> list[str]:
    """What stands at the rim of the screen: the case, the person, the verdict digits, the keys that help now."""
    strip, hints = desk.part("strip").rows, desk.part("hints").rows
    return spoken((*strip, *digits(desk.case.scale, WIDE, desk.lang), *hints))


def claim_lines(desk: Desk) -> list[str]:
    """All that a screen shows of the open claim but the reasons it was suggested for, which have a key."""
    parts = {
        name: spoken(desk.part(name).rows) for name in ("statement", "where", "beside", "notice", "guide")
    }
    why = desk.say("tui.why")
    beside = parts["beside"][: parts["beside"].index(why)] if why in parts["beside"] else parts["beside"]
    total = len(desk.pages.numbers)
    number = desk.queue.cursor + 1 if total else 0
    place = f"{desk.say('tui.plain_place', number=number, total=total)} · {filter_words(desk)}"
    chosen = sorted(desk.queue.marked)
    marked = [named_ids(desk, [f"C{each}" for each in chosen])] if chosen else []
    said = passage(desk) or parts["notice"]
    return [*parts["statement"], place, *marked, *parts["where"], *said, *beside, *parts["guide"]]


def passage(desk: Desk) -> list[str]:
    """The source around the mention, which stands in brackets."""
    text, opens, closes = _flat(desk.source.passage.rows)
    if opens < 0:
        return text.split("\n") if text else []
    begin, end = desk.say("tui.plain_mention", words="\n").split("\n")
    first, last = (0, len(text)) if desk.has_class("-zoom") else _around(text, opens, closes)
    before = f"{'… ' if first else ''}{text[first:opens].lstrip()}"
    behind = f"{text[closes:last].rstrip()}{' …' if last < len(text) else ''}"
    return f"{before}{begin}{text[opens:closes]}{end}{behind}".split("\n")


def _flat(rows: Iterable[Row]) -> tuple[str, int, int]:
    """The rows of a source as one text, and where the open claim's mention begins and ends in it; -1 without one."""
    text, opens, closes = "", -1, -1
    for row in rows:
        places = [number for number, each in enumerate(row) if "claim" in each.ink.split()]
        first, last = (places[0], places[-1] + 1) if places else (len(row), len(row))
        left, said, right = (
            re.sub(r"\s+", " ", "".join(map(_spoken, part)))
            for part in (row[:first], row[first:last], row[last:])
        )
        if (left + said + right).strip():
            text += ("\n" if text else "") + left.lstrip()
            opens = len(text) if said and opens < 0 else opens
            closes = len(text) + len(said) if said else closes
            text += said + right
    return text, opens, closes


def _around(text: str, opens: int, closes: int) -> tuple[int, int]:
    """How much is said: whole sentences on both sides, where sentences are no longer than is wanted."""
    first, last = max(opens - AROUND, 0), min(closes + AROUND, len(text))
    ends = [each.end() for each in _SENTENCE_END.finditer(text, first, opens)]
    first = ends[0] if first and ends else first
    ends = [each.end() for each in _SENTENCE_END.finditer(text, closes, last)]
    return first, ends[-1] if last < len(text) and ends else last


def block_lines(sheet: Sheet) -> list[list[str]]:
    """The blocks of a sheet as lines, numbered where they can be chosen."""
    found: list[list[str]] = []
    here = 0
    columns = ONE_COLUMN.get(sheet.title_key, 0)
    blocks = sheet.blocks(columns) if columns else sheet.laid
    for block in blocks[sheet.screen_name == "palette" :]:  # whose first block is what was just typed
        lines = [_states_named(line, sheet.desk.lang) for line in spoken(block.rows)]
        if sheet.screen_name == "dashboard":
            lines = [line for each in lines if (line := _BARS.sub(" ", each).strip())]
        if block.id:
            mark = CHOSEN if here == sheet.chosen else ""
            lines[:1] = [f"{mark}{numbers(sheet)[here]}. {' '.join(lines[:1])}"]
            here += 1
        found.append(lines)
    return found


def _states_named(line: str, lang: str) -> str:
    """The states that stand as a mark before a claim's id, in words."""
    return _STATE.sub(lambda mark: f"{label(f'state.{_STATES[mark[0]]}', lang)} ", line)


def numbers(sheet: Sheet) -> list[int]:
    """The numbers of the blocks that can be chosen: from 1, or their own where only a part is laid out."""
    first = 1 if sheet.screen_name == "coverage" else 0
    return [int(name) + first if name.isdecimal() else number for number, name in enumerate(sheet.ids, 1)]


def keys_line(sheet: Sheet) -> str:
    """What can be done on a sheet."""
    hints = " · ".join(f"{key} {said}" for key, said in sheet.hints())
    return f"{sheet.desk.say('tui.plain_choose')} · {hints}" if sheet.ids else hints


def from_chosen(lines: Sequence[str], most: int) -> list[str]:
    """The lines with those left out that stand between the beginning and a chosen one far behind it."""
    start = next((n for n, line in enumerate(lines) if line.startswith(CHOSEN)), 0)
    top = next((n for n, line in enumerate(lines) if _NUMBERED.match(line)), 0)
    return [*lines[:top], *lines[start:]] if start > most else list(lines)
