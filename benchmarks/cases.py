"""Cases of any size for the benchmarks: real files, real events, suggestions without the extraction."""

import shutil
from pathlib import Path

from factcheck import text
from factcheck.case import Case
from factcheck.case.desk import Draft
from factcheck.events import bodies

SENTENCE = "第{n}届会议上，经理{n}号转投 TikTok，负责 AI 视频技术的开发。\n"


def case_of(folder: Path, size: int) -> Case:
    """A new case with one source of `size` claims."""
    shutil.rmtree(folder, ignore_errors=True)
    case = Case.create(folder, "reviewer-1", name=f"{size} claims")
    sentences = [SENTENCE.format(n=n) for n in range(size)]
    words = "".join(sentences)
    document = folder / "claims" / "large.txt"
    document.write_text(words, "utf-8")
    suggestions, start = [], 0
    for n, sentence in enumerate(sentences):
        end = start + len(sentence) - 2
        quote = words[start:end]
        suggestions.append(
            text.Suggestion(
                f"m{n + 1}", start, end, quote, "personnel_move", "yes", (n * 7919) % 5000, "", quote, ()
            )
        )
        start += len(sentence)
    extraction = text.Extraction(
        language="zh",
        characters=len(words),
        packs=(),
        regions=(),
        claims=tuple(suggestions),
        readings=(),
        relations=(),
        calculations=(),
    )
    ingested = bodies.SourceIngested(
        title="large", path="claims/large.txt", sha256=_sha256(document), characters=len(words)
    )
    case._commit(
        lambda: [
            Draft("source.ingested", "S1", ingested),
            case._extracted("S1", extraction, case._before("S1")),
        ],
        by="reviewer-1",
    )
    return case


def _sha256(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()
