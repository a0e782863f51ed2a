"""A process of its own that reads a PDF from its input and writes the text of each page, within limits of time and memory.

It is started by its path and imports nothing of ours; what it says is one JSON object: {"pages", "title", "author", "created"} or
{"fault", "seen"}; "created" is an ISO time, and what the file does not say is "".
"""

import io
import json
import sys
from contextlib import suppress


def main(most_seconds: int, most_memory: int, most_pages: int, most_characters: int) -> None:
    """Read, and answer in one object."""
    _limit(most_seconds, most_memory)
    data = sys.stdin.buffer.read()
    try:
        answer = _pages(data, most_pages, most_characters)
    except MemoryError:
        answer = {"fault": "memory", "seen": f"more than {most_memory >> 20} MiB of memory"}
    except RecursionError:
        answer = {"fault": "broken", "seen": "objects that hold one another without end"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:
        return  # not every system has limits; the parent's clock ends the process there
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ValueError, OSError):
        return  # macOS has no limit of this kind


def _pages(data: bytes, most_pages: int, most_characters: int) -> dict[str, object]:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "encrypted", "seen": "it asks for a password"}
        count = len(reader.pages)
        if count > most_pages:
            return {"fault": "pages", "seen": f"{count} pages, at most {most_pages} are read"}
        return _texts(reader, count, most_characters) | _about(reader)
    except _faults() as error:
        return {"fault": "broken", "seen": f"{type(error).__name__}: {error}"[:160]}


def _faults() -> tuple[type[Exception], ...]:
    from pypdf.errors import PyPdfError

    return (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, OSError)


def _texts(reader: "object", count: int, most_characters: int) -> dict[str, object]:
    pages: list[str] = []
    characters = 0
    for number in range(count):
        pages.append(reader.pages[number].extract_text())  # type: ignore[attr-defined]
        characters += len(pages[-1])
        if characters > most_characters:
            seen = f"more than {most_characters} characters on the first {number + 1} pages"
            return {"fault": "characters", "seen": seen}
    return {"pages": pages}


def _about(reader: "object") -> dict[str, str]:
    """What the file says of itself; its time of creation is that of the file, seldom that of what it says."""
    told = {"title": "", "author": "", "created": ""}
    with suppress(*_faults()):
        said = reader.metadata  # type: ignore[attr-defined]
        for key in ("title", "author") if said else ():
            told[key] = str(getattr(said, key) or "")[:1000]
        created = said.creation_date if said else None
        told["created"] = created.isoformat(timespec="seconds") if created else ""
    return told


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
