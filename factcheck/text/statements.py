"""A claim in our words: cleaned, with the subject it inherits and with names as they were probably meant."""

import re

from factcheck.text.candidates import Candidate, Subject
from factcheck.text.readings import Readings
from factcheck.text.view import View

_NOTE = re.compile(
    "（[^（）]{0,12}(?:误识别|误听|口误|笔误)[^（）]{0,40}）|\\((?:sic|should be)[^()]{0,40}\\)",
    re.IGNORECASE,
)
_ATTITUDE = re.compile(
    "(?:我们|我們|我)?(?:也)?(?:认为|認為|相信|觉得|覺得|断定|確認|确认|可以断定)(?=.)[，,]?|(?:i|we) (?:think|believe|feel)(?: that)? ",
    re.IGNORECASE,
)
_PRONOUN = re.compile("[他她它](?!们)|(?:he|she|it)\\b", re.IGNORECASE)


def statement(seen: View, candidate: Candidate, read: Readings) -> str:
    """One sentence that stands alone as far as its sentence and its paragraph tell."""
    words = _NOTE.sub("", read.repaired(seen.written, candidate.span))
    words = _ATTITUDE.sub("", words, count=1) if _ATTITUDE.match(words) else words
    subject = _inherited(seen, candidate, read)
    if subject and not words.startswith(subject):
        words = _with_subject(words, subject, candidate)
    return words.strip() + ("。" if candidate.language == "zh" else ".")


def _inherited(seen: View, candidate: Candidate, read: Readings) -> str:
    return read.repaired(seen.written, candidate.inherited) if candidate.inherited else ""


def _with_subject(words: str, subject: str, candidate: Candidate) -> str:
    pronoun = _PRONOUN.match(words)
    wide = candidate.language == "zh"
    if pronoun and not _is_meant(pronoun[0], candidate.inherits):
        return words
    if pronoun:
        named = f"（{subject}）" if wide else f" ({subject})"
        return pronoun[0] + named + words[pronoun.end() :]
    if not candidate.parts[0].headless:
        return words
    return subject + words if wide else f"{subject} {words}"


def _is_meant(pronoun: str, subject: Subject) -> bool:
    """Whether this pronoun can only stand for this subject: of its kind, with no other name beside it."""
    person = pronoun.lower() in ("他", "她", "he", "she")
    return subject.alone and subject.is_ == ("person" if person else "thing")
