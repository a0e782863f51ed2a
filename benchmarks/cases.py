"""Cases of any size for the benchmarks: real files, real events, suggestions without the extraction."""

import hashlib
import shutil
from pathlib import Path

from factcheck import text
from factcheck.case import Case
from factcheck.case.desk import Draft
from factcheck.events import bodies

SENTENCE = "第{n}届会议上，经理{n}号转投 TikTok，负责 AI 视频技术的开发。\n"


def case_of(folder: Path, size: int, *, per_source: int = 0) -> Case:
    """A new case of `size` claims: in one source, or in sources of `per_source` claims each."""
    shutil.rmtree(folder, ignore_errors=True)
    case = Case.create(folder, "reviewer-1", name=f"{size} claims")
    step = per_source or size
    for number, first in enumerate(range(0, size, step), start=1):
        _add_source(case, f"S{number}", range(first, min(first + step, size)))
    return case


def _add_source(case: Case, source: str, numbers: range) -> None:
    """One source with a claim in each sentence."""
    extraction, words = _extraction(numbers)
    path = f"claims/large-{source}.txt"
    data = words.encode()
    (case.folder / path).write_bytes(data)
    ingested = bodies.SourceIngested(
        title="large", path=path, sha256=hashlib.sha256(data).hexdigest(), characters=len(words)
    )
    case._commit(
        lambda: [
            Draft("source.ingested", source, ingested),
            case._extracted(source, extraction, case._before(source)),
        ],
        by="reviewer-1",
    )


def _extraction(numbers: range) -> tuple[text.Extraction, str]:
    """What the extraction would have found, and the words it found it in."""
    sentences = [SENTENCE.format(n=n) for n in numbers]
    suggestions, start = [], 0
    for n, sentence in zip(numbers, sentences, strict=True):
        end = start + len(sentence) - 2
        quote = sentence[:-2]
        suggestions.append(
            text.Suggestion(
                f"m{n + 1}", start, end, quote, "personnel_move", "yes", (n * 7919) % 5000, "", quote, ()
            )
        )
        start += len(sentence)
    extraction = text.Extraction(
        language="zh",
        characters=start,
        packs=(),
        regions=(),
        claims=tuple(suggestions),
        readings=(),
        relations=(),
        calculations=(),
    )
    return extraction, "".join(sentences)
