"""Transcripts of Whisper, WhisperX and whisper.cpp (JSON) as text: a line for each sentence, with its time and speaker."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from factcheck.errors import BadData
from factcheck.speech import clock

MAKER = "whisper/2"
MOST_SECONDS = 360_000
"""A time beyond a hundred hours is none."""

# Possessive, and dots only from the first of a row: a million of them must not be tried from each again.
_ENDS = re.compile("[。！？!?…]++[”」』\"'’）)]*+|(?<![.])[.]++[\"'”’)]*+(?=\\s|$)")
_PAUSED = re.compile("[。！？!?，,；;]|[.](?:\\s|$)")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_NO_STOP = re.compile("(?:\\b(?:Mr|Mrs|Ms|Dr|Prof|St|Inc|Corp|Ltd|Co|vs|No)|\\b[A-Z]|\\d)\\.$")
_LONGEST_NO_STOP = len("Prof.")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were heard at one time from one speaker; seconds, -1 where the recogniser gave none."""

    words: str
    start: float
    end: float
    speaker: str


def transcript(document: object) -> list[Piece] | None:
    """The segments of a transcript, or None when this JSON is no transcript of a form we know."""
    if isinstance(document, dict):
        segments = document.get("segments", document.get("transcription"))
        segments = [document] if segments is None and isinstance(document.get("text"), str) else segments
    else:
        segments = document
    if not isinstance(segments, list) or not segments or not all(map(_is_segment, segments)):
        return None
    return [_piece(segment) for segment in segments]


def whisper_text(pieces: list[Piece], *, where: str) -> str:
    """One line for each sentence: "[00:12:31] Dana: words"; a longer pause leaves an empty line."""
    lines: list[str] = []
    last: Piece | None = None
    for sentence in _sentences(pieces):
        if last and (sentence.speaker != last.speaker or 0 <= last.end < sentence.start - 2):
            lines.append("")
        stamp = f"[{clock(int(sentence.start * 1000))}] " if sentence.start >= 0 else ""
        speaker = f"{sentence.speaker}: " if sentence.speaker else ""
        lines.append(f"{stamp}{speaker}{sentence.words}")
        last = sentence
    if not lines:
        raise BadData(
            "This transcript has no words.",
            where=where,
            seen=f"{len(pieces)} segments, all empty",
            remedy="give a transcript in which something is said.",
        )
    return "\n".join(lines) + "\n"


def read_json(text: str, *, where: str, certain: bool) -> object:
    """The JSON in a text; None when it is none and nothing says it should be. BadData names the line."""
    try:
        return json.loads(text)
    except RecursionError:
        raise _no_transcript(where, "lists within lists without end") from None
    except json.JSONDecodeError as error:
        if not certain:
            return None
        seen = f"{error.msg} in column {error.colno}"
        raise BadData(
            "This JSON is broken.",
            where=f"{where}:{error.lineno}",
            seen=seen,
            remedy="let the recogniser write the file again.",
        ) from None
    except ValueError as error:  # a number of more digits than anybody reads
        raise _no_transcript(where, str(error)[:100]) from None


def refuse_json(document: object, *, where: str) -> BadData:
    """The sentence for JSON that is no transcript."""
    if isinstance(document, dict):
        seen = "the keys " + ", ".join(list(document)[:6]) if document else "an object without keys"
    else:
        seen = f"a list of {len(document)}" if isinstance(document, list) else "a single value"
    return _no_transcript(where, seen[:160])


def _no_transcript(where: str, seen: str) -> BadData:
    remedy = 'give JSON of Whisper or WhisperX: {"segments": [{"start", "end", "text"}, ...]}.'
    return BadData("This JSON is no transcript.", where=where, seen=seen, remedy=remedy)


def _is_segment(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("text"), str)


def _piece(segment: dict[str, Any]) -> Piece:
    offsets = segment.get("offsets")  # whisper.cpp counts milliseconds
    if isinstance(offsets, dict):
        start, end = _seconds(offsets.get("from"), 1000), _seconds(offsets.get("to"), 1000)
    else:
        start, end = _seconds(segment.get("start")), _seconds(segment.get("end"))
    return Piece(" ".join(segment["text"].split()), start, end, _speaker(segment))


def _seconds(value: object, unit: int = 1) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    known = number and 0 <= value <= MOST_SECONDS * unit  # type: ignore[operator]  # mypy does not follow `number`
    return value / unit if known else -1.0  # type: ignore[operator]


def _speaker(segment: dict[str, Any]) -> str:
    """The segment's speaker, else the one of most of its words."""
    named = segment.get("speaker")
    if not isinstance(named, str):
        words = segment.get("words")
        names = [w.get("speaker") for w in words if isinstance(w, dict)] if isinstance(words, list) else []
        known = [name for name in names if isinstance(name, str)]
        named = Counter(known).most_common(1)[0][0] if known else ""
    return " ".join(re.sub("[:：\\[\\]]", " ", named).split())[:40]


def _sentences(pieces: list[Piece]) -> Iterator[Piece]:
    """Sentences with the time at which they begin: a segment may hold several, a sentence may run over several."""
    whole: Piece | None = None
    alone = _unpunctuated(pieces)
    for piece in filter(lambda each: each.words, pieces):
        for part in _parts(piece):
            if whole and (alone or _closed(whole, part)):
                yield whole
                whole = None
            whole = replace(whole, words=_joined(whole.words, part.words), end=part.end) if whole else part
    if whole:
        yield whole


def _unpunctuated(pieces: list[Piece]) -> bool:
    """True where nothing but the segments tells where a sentence ends."""
    words = "".join(piece.words for piece in pieces)[:20_000]
    return len(_PAUSED.findall(words)) * 150 < len(words)


def _closed(whole: Piece, part: Piece) -> bool:
    return whole.speaker != part.speaker or _ended(whole.words) or len(whole.words) > 400


def _parts(piece: Piece) -> Iterator[Piece]:
    start = 0
    for stop in _ENDS.finditer(piece.words):
        if not _NO_STOP.search(piece.words, max(start, stop.end() - _LONGEST_NO_STOP), stop.end()):
            yield replace(piece, words=piece.words[start : stop.end()].strip())
            start = stop.end()
    if piece.words[start:].strip():
        yield replace(piece, words=piece.words[start:].strip())


def _ended(words: str) -> bool:
    found = list(_ENDS.finditer(words))
    return bool(found) and found[-1].end() == len(words) and not _NO_STOP.search(words)


def _joined(left: str, right: str) -> str:
    wide = bool(_WIDE.match(left[-1])) and bool(_WIDE.match(right[0]))
    return left + right if wide else f"{left} {right}"
