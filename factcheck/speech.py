"""Who spoke when: the lines of a document without the cue numbers, time stamps, tags and names around their words."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

MOST_SPEAKERS = 60
"""More names before colons than this are no speakers but a list of terms."""

PAUSE = 2_000
"""Milliseconds of silence after which a new paragraph begins."""

SUBTITLES = frozenset({"srt", "vtt"})
"""Formats whose lines are cues."""

BLANKS = "\ufeff \t\r\n\u3000\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_CUE = re.compile(rf"{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?:[ \t].*)?")
"""The timing line of a cue (SubRip; WebVTT, section 4.1)."""
_BLOCK = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)")
_STAMP = re.compile(
    rf"[\[(【]?(?<![\d:]){_CLOCK}(?:\s*(?:-->|[-–~])\s*{_CLOCK})?(?![\d:]|\s?[ap]\.?m\b)[\])】]?\s*",
    re.IGNORECASE,
)
_NAME = r"[^\s:：,，。.!?！？；;(（]{1,16}(?: [^\s:：,，。!?！？；;(（]{1,16}){0,2}"
SOMEBODY = "?"
"""Who speaks where something like a name opens a line once: not who spoke before."""
_ROLE = r"(?:,| [-–—]| ?[(（]) ?[^:：.!?。！？\n]{2,60}"
"""What a transcript writes behind a name: Jane Miller - Chief Executive Officer:, 王芳（财务总监）："""
_LABEL = re.compile(rf"(?P<name>{_NAME})(?P<role>{_ROLE})?\s?[:：]\s*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>")
_NAMED_STAMP = re.compile(
    rf"([^\s\d:：,，。.!?！？；;\[(【][^\s:：,，。.!?！？；;]{{0,15}}(?: [^\s:：,，。!?！？；;]{{1,16}}){{0,2}}?)[ \t\u3000]*[\[(（【]?{_CLOCK}[\])）】]?[:：]?"
)
"""A line that is a name and a time and nothing else, as meeting recorders write them."""
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,6}|[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,2}")
_MACHINE = re.compile(r"\[?speaker[ _]?\d{1,3}\]?", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:v|c|i|b|u|lang|ruby|rt|font)(?:[.\s][^<>]{0,200})?>|<\d{1,2}:[\d:.]{4,12}>|\{\\an\d\}"
)
"""Tags of subtitles; they have no words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: [start, end) without the blanks around it, its words [body, stop).

    `lonely`: behind an empty line. `opens`: somebody begins to speak here. `time` and `until` are milliseconds
    from the beginning, -1 when unknown. A line without words (`body == stop`) is furniture.
    """

    start: int
    end: int
    body: int
    stop: int
    lonely: bool = False
    opens: bool = False
    time: int = -1
    until: int = -1
    speaker: str = ""

    @property
    def silent(self) -> bool:
        """True of a line without words."""
        return self.body == self.stop


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a recording or in a paged document something was said; "" and 0 when the document does not tell."""

    time: str = ""
    speaker: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Speech:
    """The lines of a document. `timed`: a time stands at nearly every line; `subtitles`: their lines are cues with tags."""

    lines: tuple[Line, ...]
    timed: bool
    subtitles: bool

    def tidy(self, words: str) -> str:
        """Words of this document without the tags of subtitles; in any other document < and > were written."""
        return TAG.sub("", words) if self.subtitles else words

    def within(self, start: int, end: int) -> Iterator[Line]:
        """The lines that have something in [start, end)."""
        first = max(bisect_right(self.lines, start, key=lambda line: line.start) - 1, 0)
        for line in self.lines[first:]:
            if line.start >= end:
                return
            if line.end > start:
                yield line

    def at(self, offset: int) -> Line | None:
        """The line that an offset stands in or behind."""
        number = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[number] if number >= 0 else None


@lru_cache(maxsize=16)
def speech(text: str) -> Speech:
    """Take a document apart into lines with what is spoken in each, when and by whom."""
    return _speech(text)


def _speech(text: str) -> Speech:
    lines = list(_bare(text))
    subtitles = any(_CUE.fullmatch(text, line.start, line.end) for line in lines)
    lines = list(_cues(text, lines) if subtitles else _announced(text, lines))
    stamped = [line if line.silent or line.until >= 0 else _after_stamp(text, line) for line in lines]
    timed = subtitles or _share(text, stamped) > 0.8
    turns = list(_turns(text, _without_labels(text, stamped), timed=timed))
    return Speech(tuple(_cue_by_cue(text, turns) if subtitles else turns), timed, subtitles)


def is_timed(text: str) -> bool:
    """True of a document with a time at nearly every line."""
    return _tells(text) and speech(text).timed


def locate(text: str, offset: int) -> Locator:
    """When and by whom the words at this offset (code points) were said, and on which page they stand."""
    line = speech(text).at(offset) if _tells(text) else None
    ends = _page_ends(text)
    page = bisect_left(ends, offset) + 1 if ends else 0
    if line is None:
        return Locator(page=page)
    return Locator(clock(line.time) if line.time >= 0 else "", line.speaker, page)


@lru_cache(maxsize=64)
def _tells(text: str) -> bool:
    """False of a document that names no time and nobody: every time, name and cue has a colon, or is a voice's tag."""
    return any(mark in text for mark in (":", "：", "<v"))


@lru_cache(maxsize=64)
def _page_ends(text: str) -> tuple[int, ...]:
    return tuple(found.start() for found in re.finditer("\f", text))


def spoken(words: str, form: str) -> str:
    """A quotation from a document of this format as one reads it: without the timing lines, stamps and tags inside."""
    subtitles = form in SUBTITLES
    if "\n" not in words or not re.search(_CLOCK, words):
        return TAG.sub("", words) if subtitles else words
    first, *rest = _speech(words).lines
    said = [words[first.start : first.end], *(words[line.body : line.stop] for line in rest)]
    text = "\n".join(line for line in said if line)
    return TAG.sub("", text) if subtitles else text


def uncued(words: str) -> str:
    """A quotation of which only its own text is known, without the timing lines of cues and what belongs to them."""
    timed = any(_CUE.fullmatch(line.strip(BLANKS)) for line in words.splitlines())
    return spoken(words, "srt") if timed else words


def readable(text: str, start: int, end: int) -> str:
    """The words between two offsets of a document as one reads them; unchanged where nothing but words stands there."""
    said = speech(text)
    lines = list(said.within(start, end))
    if not any(line.body > max(line.start, start) or line.stop < min(line.end, end) for line in lines):
        return said.tidy(text[start:end])
    parts = [(max(line.body, start), min(line.stop, end)) for line in lines]
    parts = [(first, last) for first, last in parts if first < last] or [(end, end)]
    before = "\n" if "\n" in text[start : parts[0][0]] else ""
    after = "\n" if "\n" in text[parts[-1][1] : end] else ""
    return before + said.tidy("\n".join(text[first:last] for first, last in parts)) + after


def clock(milliseconds: int) -> str:
    """Hours, minutes and seconds from the beginning: 00:12:31."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _bare(text: str) -> Iterator[Line]:
    at, blank = 0, True
    for raw in text.splitlines(keepends=True):
        words = raw.strip(BLANKS)
        if words:
            start = at + raw.index(words)
            yield Line(start, start + len(words), start, start + len(words), lonely=blank)
        blank = not words
        at += len(raw)


def _silent(line: Line) -> Line:
    return replace(line, body=line.end, stop=line.end)


def _cues(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Lines of subtitles: headers, notes, numbers and timing lines are silent, the others have the time of their cue."""
    web = text[:20].lstrip(BLANKS).startswith("WEBVTT")
    time = until = -1
    blocked = web
    for line, after in pairwise([*lines, Line(len(text), len(text), len(text), len(text))]):
        words = text[line.start : line.end]
        found = _CUE.fullmatch(words)
        blocked = bool(_BLOCK.match(words)) if web and line.lonely else blocked
        if found:
            blocked = False
            time, until = _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:])
        if found or blocked or _names_cue(text, line, after, web=web):
            yield replace(_silent(line), time=time, until=until)
        else:
            yield replace(_untagged(text, line), time=time, until=until)


def _names_cue(text: str, line: Line, after: Line, *, web: bool) -> bool:
    """True of the number (in WebVTT: any name) in the line above a timing line."""
    if after.lonely or not _CUE.fullmatch(text, after.start, after.end):
        return False
    return (web and line.lonely) or text[line.start : line.end].isdigit()


def _untagged(text: str, line: Line) -> Line:
    """The line without tags at its ends, and with the speaker that a tag names."""
    body, stop, speaker = line.body, line.stop, line.speaker
    while tag := TAG.match(text, body, stop):
        voice = _VOICE.fullmatch(tag[0])
        speaker = voice[1].strip() if voice else speaker
        body = tag.end()
    while text[stop - 1] in ">}" and (tag := TAG.fullmatch(text, _opened(text, body, stop), stop)):
        stop = tag.start()
    blank = len(text[body:stop]) - len(text[body:stop].lstrip(BLANKS))
    return replace(line, body=body + blank, stop=max(stop, body + blank), speaker=speaker)


def _opened(text: str, start: int, stop: int) -> int:
    """Where the last bracket of a tag opens; `start` when none does."""
    return max(text.rfind("<", start, stop), text.rfind("{", start, stop), start)


def _announced(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Lines that are only a speaker's name and a time say so of the lines below them, where there are several."""
    found = [_NAMED_STAMP.fullmatch(text, line.body, line.stop) for line in lines]
    several = sum(each is not None for each in found) > 1
    for line, each in zip(lines, found, strict=True):
        if each and several:
            yield replace(_silent(line), time=_milliseconds(*each.groups()[1:5]), speaker=each[1].strip())
        else:
            yield line


def _after_stamp(text: str, line: Line) -> Line:
    found = _STAMP.match(text, line.body, line.stop)
    if not found:
        return line
    until = _milliseconds(*found.groups()[4:]) if found[6] else line.until
    return replace(line, body=found.end(), time=_milliseconds(*found.groups()[:4]), until=until)


def _share(text: str, lines: Sequence[Line]) -> float:
    """How many of the lines with words begin with a time in brackets."""
    loud = [line for line in lines if not line.silent]
    stamped = sum(text[line.start] in "[(【" and line.time >= 0 for line in loud)
    return stamped / len(loud) if len(loud) > 1 else 0.0


def _without_labels(text: str, lines: Sequence[Line]) -> list[Line]:
    """Lines without the speaker's name, where the same one opens several lines or stands behind a time stamp."""
    found = [_LABEL.match(text, line.body, line.stop) for line in lines]
    names = [each["name"].strip() if each else "" for each in found]
    times = Counter(names)
    if len(times) > MOST_SPEAKERS:
        return list(lines)
    several = any(times[name] > 1 for name in names if name)
    return [
        replace(line, body=each.end(), speaker=_name(name))
        if each and (times[name] > 1 or _is_named(line, each, among_names=several))
        else replace(line, speaker=SOMEBODY)
        if several and not line.speaker and _PERSON.fullmatch(name)
        else line
        for line, each, name in zip(lines, found, names, strict=True)
    ]


def _is_named(line: Line, label: re.Match[str], *, among_names: bool) -> bool:
    """A name that need not stand twice: behind a time, in a cue or with a role when others are named, SPEAKER_01."""
    name = label["name"].strip()
    stamped = line.time >= 0 and line.body > line.start
    full = bool(_PERSON.fullmatch(name)) and (line.until >= 0 or label["role"] or " " in name)
    return stamped or (among_names and bool(full)) or bool(_MACHINE.fullmatch(name))


def _name(label: str) -> str:
    return label.rstrip(":： \t").strip("[]【】")


def _turns(text: str, lines: Sequence[Line], *, timed: bool) -> Iterator[Line]:
    """Hand time and speaker on to the lines that have none of their own, and say where a turn begins."""
    voices = timed and any(_VOICE.match(text, line.start, line.end) for line in lines)
    time = until = -1
    speaker = last = ""
    for line in lines:
        time, until = (line.time, line.until) if line.time >= 0 else (time, until)
        speaker = line.speaker or ("" if voices and line.silent else speaker)
        speaker = "" if speaker == SOMEBODY else speaker
        opens = not line.silent and (speaker != last or (line.body > line.start and not timed))
        last = last if line.silent else speaker
        handed = (opens, time, until, speaker)
        if handed == (line.opens, line.time, line.until, line.speaker):
            yield line
        else:
            yield replace(line, opens=opens, time=time, until=until, speaker=speaker)


def _cue_by_cue(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Subtitles: not an empty line but a pause stands between two paragraphs; what rolls through two cues is said once."""
    before = Line(0, 0, 0, 0)
    for line in lines:
        if line.silent:
            yield line
            continue
        again = line.time != before.time and text[line.body : line.stop] == text[before.body : before.stop]
        dash = text.startswith(("-", "–", "—"), line.body)
        paused = line.time - max(before.until, before.time) >= PAUSE
        yield _silent(line) if again else replace(line, lonely=paused, opens=line.opens or dash)
        before = line
