"""Some documents extracted in one go, by whoever does the work: texts and packs go in, extractions come back."""

from dataclasses import dataclass
from functools import cache
from time import thread_time

from factcheck.errors import FactcheckError
from factcheck.text.extraction import Extraction, KnownReadings
from factcheck.text.packs import Pack
from factcheck.text.pipeline import extract
from factcheck.text.stages import SHIPPED, Stages, installed_stages

Found = Extraction | FactcheckError


@dataclass(frozen=True, slots=True)
class Chunk:
    """All that the extraction of these texts depends on; `plugins` are those that are installed where it is done."""

    texts: tuple[str, ...]
    packs: tuple[Pack, ...]
    known: KnownReadings
    plugins: bool


@dataclass(frozen=True, slots=True)
class Worked:
    """What was found in each text of a chunk, or why nothing could be; and how many seconds of a processor that took."""

    found: tuple[Found, ...]
    seconds: float


def extract_chunk(chunk: Chunk) -> Worked:
    """Extract every text of a chunk by itself, so that it is the same with and without the others."""
    begin = thread_time()
    found = tuple(_extracted(text, chunk) for text in chunk.texts)
    return Worked(found, thread_time() - begin)


def _extracted(text: str, chunk: Chunk) -> Found:
    try:
        return extract(text, packs=chunk.packs, known=chunk.known, stages=_stages(plugins=chunk.plugins))
    except FactcheckError as error:
        return error


@cache
def _stages(*, plugins: bool) -> Stages:
    """What runs here; looking for plug-ins once is enough, since what is imported stays."""
    return installed_stages() if plugins else SHIPPED
