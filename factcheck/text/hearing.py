"""The reasons for a reading: a listed form, an inline note, the same sound, the same company of words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import rjieba

from factcheck.text.extraction import KnownReadings
from factcheck.text.names import bounded
from factcheck.text.packs import Entity
from factcheck.text.script import simplified
from factcheck.text.sounds import likeness, sounding, spelled_alike, syllables, threshold

NEAR = 24
"""Characters to either side in which the context of a name is looked for."""

_TOKEN = re.compile("[A-Za-z]+[0-9]*(?:-[A-Za-z0-9]+)*")
_CAMEL = re.compile("[A-Z][a-z]+|[a-z]+|[A-Z]+(?![a-z])|\\d+")
_NOTE = re.compile(
    "[（(\\[](?:注[:：])?(?:(?:这里|此处)?(?:可能|疑|应|疑似)?(?:是|为)?(?:误识别|误听|口误|笔误|识别错误)[，,；;、 ]{0,2})?(?:这里|此处)?(?:应当?该?(?:为|是|作)|应该是|应为|疑为|should be|probably|i\\.e\\.|sic[:,]?|meaning) ?(?P<meant>[^）)\\]，,或]{1,24})[^）)\\]]{0,30}[）)\\]]",
    re.IGNORECASE,
)
_BEFORE = re.compile("[A-Za-z][A-Za-z0-9-]*$|[\u4e00-\u9fff]{1,6}$")


@dataclass(frozen=True, slots=True)
class Heard:
    """A place in the view where something else was probably meant; score in thousandths."""

    start: int
    end: int
    heard: str
    meant: str
    score: int
    why: str


def decided(text: str, known: KnownReadings) -> Iterator[Heard]:
    """Readings that a person accepted before, wherever the same form stands."""
    for heard, meant in known.accepted:
        for match in re.finditer(bounded(simplified(heard)), text) if heard.strip() else ():
            yield Heard(match.start(), match.end(), match[0], meant, 1000, "accepted before / 此前已接受")


def by_list(text: str, entities: Iterable[Entity]) -> Iterator[Heard]:
    """Forms that a pack lists as misheard."""
    for entity in entities:
        for heard in entity.heard:
            for match in re.finditer(bounded(heard), text, re.IGNORECASE):
                if _fits(text, match.start(), match.end(), entity):
                    yield Heard(
                        match.start(),
                        match.end(),
                        match[0],
                        entity.name,
                        950,
                        f"listed: {heard} -> {entity.name}",
                    )


def by_note(text: str, entities: Sequence[Entity]) -> Iterator[Heard]:
    """What an editor's note in brackets says about the word before it; such notes are sometimes wrong."""
    listed = {heard.lower(): entity.name for entity in entities for heard in entity.heard}
    for note in _NOTE.finditer(text):
        word = _word_before(text, note.start())
        meant = note["meant"].strip()
        if word and meant:
            start, end = word
            yield Heard(
                start,
                end,
                text[start:end],
                listed.get(meant.lower(), meant),
                800,
                f"note in the text: {note[0]}",
            )


def by_sound(text: str, entities: Sequence[Entity]) -> Iterator[Heard]:
    """Words that sound like a name which the document has, or which its surroundings speak of."""
    right = {name.lower() for entity in entities for name in (entity.name, *entity.aliases)}
    heard, folded = _tokens(text, right), text.casefold()
    sounds = sounding(text) if any(not entity.name.isascii() for entity in entities) else ""
    for entity in entities:
        present = entity.name.casefold() in folded and bool(
            re.search(bounded(entity.name), text, re.IGNORECASE)
        )
        if not present and not entity.context:
            continue
        if entity.name.isascii():
            yield from _latin(text, entity, heard, present=present)
        else:
            yield from _chinese(text, sounds, entity, right)


def by_pattern(text: str, entities: Sequence[Entity]) -> Iterator[Heard]:
    """A stray letter where a short name always stands before the same word: A 视频 among many AI 视频."""
    short = sorted({entity.name for entity in entities if entity.name.isascii() and len(entity.name) == 2})
    for name in short:
        company = Counter(re.findall(f"(?<![A-Za-z]){re.escape(name)}([\u4e00-\u9fff]{{2}})", text))
        for word, count in company.items():
            if count >= 3:
                for match in re.finditer(f"(?<![A-Za-z0-9])[{name}](?={word})", text):
                    yield Heard(
                        match.start(),
                        match.end(),
                        match[0],
                        name,
                        750,
                        f"{count} times {name}{word} elsewhere",
                    )


def _fits(text: str, start: int, end: int, entity: Entity) -> bool:
    around = (text[max(0, start - NEAR) : start] + "\n" + text[end : end + NEAR]).lower()
    if any(word.lower() in around for word in entity.not_context):
        return False
    return not entity.context or any(word.lower() in around for word in entity.context)


def _word_before(text: str, end: int) -> tuple[int, int] | None:
    end -= text[end - 1 : end] == " "
    match = _BEFORE.search(text, max(0, end - 24), end)
    if not match:
        return None
    if match[0][0].isascii():
        return match.span()
    start = end - len(_last_word(match[0]))
    return start, end


def _last_word(run: str) -> str:
    """The last word of a Chinese run; single characters before it belong to it, as an unknown name falls apart."""
    cut = rjieba.cut(run, hmm=True)
    word = cut[-1]
    for piece in reversed(cut[:-1]):
        if len(word) >= 3 or len(piece) > 1 or piece in "的了和与在是有把被将对从":
            break
        word = piece + word
    return word


def _tokens(text: str, right: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Latin words that are no right name, whole and by their camel-case parts, with their places."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _TOKEN.finditer(text):
        if match[0].lower() in right or not _looks_like_name(text, match):
            continue
        found[match[0]].append(match.span())
        humps = list(_CAMEL.finditer(match[0]))
        for i in range(1, len(humps)):
            for piece, start in (
                (match[0][humps[i].start() :], humps[i].start()),
                (match[0][: humps[i].start()], 0),
            ):
                if len(piece) > 3 and piece.lower() not in right and humps[i][0][0].isupper():
                    found[piece].append((match.start() + start, match.start() + start + len(piece)))
    return found


def _looks_like_name(text: str, match: re.Match[str]) -> bool:
    """In Chinese any Latin word may be one; in English only what is written with a capital inside a sentence."""
    around = text[max(0, match.start() - 2) : match.start()] + text[match.end() : match.end() + 2]
    if re.search("[\u4e00-\u9fff（）]", around):
        return True
    before = text[max(0, match.start() - 2) : match.start()]
    return match[0][0].isupper() and bool(before) and before[-1:] != "\n" and before[:1] not in ".!?\n"


def _latin(
    text: str, entity: Entity, heard: dict[str, list[tuple[int, int]]], *, present: bool
) -> Iterator[Heard]:
    needed = max(threshold(name) for name in (entity.name, *entity.say))
    for word, places in heard.items():
        alike = _alike(word, entity, present=present)
        if alike < needed and not (alike and spelled_alike(word, entity.name)):
            continue
        for start, end in places:
            if _near(text, start, end, entity) or (present and not entity.context):
                score = min(900, int(700 + 200 * alike)) if present else 720
                yield Heard(
                    start,
                    end,
                    text[start:end],
                    entity.name,
                    score,
                    f"sounds like {entity.name} ({alike:.2f})",
                )


def _alike(word: str, entity: Entity, *, present: bool) -> float:
    if abs(len(word) - len(entity.name)) > 3 or (
        word[0].lower() != entity.name[0].lower() and latin_first(word) != latin_first(entity.name)
    ):
        return 0.0
    if _clipped(word, entity.name) or spelled_alike(word, entity.name):
        return 0.95
    if present and _one_letter_off(word, entity):
        return 1.0
    if entity.name.isupper() or (not present and syllables(entity.name) < 3):
        return 0.0
    return max(likeness(word, name) for name in (entity.name, *entity.say))


def latin_first(word: str) -> str:
    return {"l": "r", "b": "p", "d": "t", "g": "k", "m": "n", "s": "z"}.get(word[0].lower(), word[0].lower())


def _clipped(word: str, name: str) -> bool:
    """Transform for Transformer: the ending swallowed, enough of the name left."""
    return len(word) >= 6 and name.lower().startswith(word.lower()) and 0 < len(name) - len(word) <= 2


def _one_letter_off(word: str, entity: Entity) -> bool:
    """CEE for CEO, where the surroundings speak of such a thing."""
    same_form = len(word) == len(entity.name) == 3 and word.isupper() and entity.name.isupper()
    return (
        same_form
        and bool(entity.context)
        and sum(a == b for a, b in zip(word, entity.name, strict=True)) == 2
        and word[0] == entity.name[0]
    )


def _near(text: str, start: int, end: int, entity: Entity) -> bool:
    return bool(entity.context) and _fits(text, start, end, entity)


def _chinese(text: str, sounds: str, entity: Entity, right: set[str]) -> Iterator[Heard]:
    """The same syllables in other characters, on the boundaries of words; two characters need one in common or the context."""
    name, wanted = entity.name, sounding(entity.name)
    at = sounds.find(wanted)
    while at >= 0:
        end = at + len(name)
        written = text[at:end]
        shared = sum(a == b for a, b in zip(written, name, strict=True))
        if (
            written.lower() not in right
            and (len(name) > 2 or shared or _near(text, at, end, entity))
            and _on_boundaries(text, at, end)
        ):
            yield Heard(at, end, written, name, 760 + 40 * min(3, shared), f"sounds like {name}")
        at = sounds.find(wanted, at + 1)


def _on_boundaries(text: str, start: int, end: int) -> bool:
    """Whether the cut of the sentence around agrees with these ends, and no dictionary word fills them alone."""
    left = max(0, start - NEAR)
    at, edges = left, {left}
    for word in rjieba.cut(text[left : end + NEAR], hmm=True):
        if at == start and at + len(word) == end and rjieba.has_word(word):
            return False
        at += len(word)
        edges.add(at)
    return start in edges and end in edges
