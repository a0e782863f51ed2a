"""The templates and what they may call: whatever a template prints passes one gate that makes it safe."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from factcheck.export import words
from factcheck.export.summary import Summary
from factcheck.labels import catalogue, label, told

SHARED = (words.counts, words.breakdown, words.rules, words.trust, words.kicker, words.published)
MOST_REFS: Final = 20
_PIECES: Final = 2_000


def environment(gate: Callable[[Any], Any]) -> Environment:
    """Where templates live. `gate` sees every value a template prints; a name that is missing is an error."""
    return Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        finalize=gate,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def chunks(found: Template, told: dict[str, Any]) -> Iterator[str]:
    """What a template writes, piece by piece: a report of ten thousand claims is never one string beside its bytes."""
    stream = found.stream(told)
    stream.enable_buffering(_PIECES)
    return iter(stream)


def template(name: str) -> str:
    """The text of a template that ships with the program."""
    return resources.files("factcheck").joinpath("data/templates", name).read_text("utf-8")


def page(summary: Summary) -> dict[str, Any]:
    """What both reports know: the summary, the words of its language, and the sentences made of them."""
    word = wording(summary.lang)
    return {
        "summary": summary,
        "page_lang": words.tag(summary.lang),
        "told": partial(told, lang=summary.lang),
        "word": word,
        "moment": words.moment,
        "link": words.link,
        "tongue": words.tongue,
        "dated": partial(words.dated, word=word),
        "did": partial(words.did, word=word),
        "held": partial(words.held, word=word),
        "signed": partial(words.signed, word=word),
        "fetched": partial(words.fetched, word=word),
        "pending": partial(words.pending, word=word),
        "behind": partial(words.behind, lang=summary.lang),
        "about": partial(words.about, word=word),
        "relies": partial(words.relies, word=word),
        "numbered": words.numbered,
        "readings": words.readings,
        "all_readings": words.all_readings,
        "flowing": words.flowing,
        "waits": partial(words.waits, word=word),
        "looked_at": partial(words.looked_at, word=word, selected=bool(summary.scope)),
        "findings": partial(words.findings, word=word),
        "changes": partial(words.changes, word=word),
        "corrected": partial(words.corrected, word=word),
        "prior": partial(words.prior, word=word, scale=summary.ratings),
        "vouched": partial(words.vouched, word=word),
        "few": partial(few, word=word),
        "shows": lambda part: part not in summary.template.leave_out,
        "foot": summary.template.foot.get(summary.lang, ""),
        "region": partial(_named, summary.lang, "region"),
        **{each.__name__: partial(each, summary, word) for each in SHARED},
    }


def few(refs: Sequence[str], word: words.Word) -> str:
    """The first places of an exception, and how many more there are; claims.jsonl has all of them."""
    shown = word("comma").join(refs[:MOST_REFS])
    more = len(refs) - MOST_REFS
    return f"{shown} {word('refs_more', number=more)}" if more > 0 else shown


def wording(lang: str) -> words.Word:
    """The labels of one language by key; a key without a section is one of the exports' own."""
    return partial(_word, lang)


def _word(lang: str, key: str, **values: object) -> str:
    return label(key if "." in key else f"export.{key}", lang, **values)


def _named(lang: str, section: str, name: str) -> str:
    """The label of a name that may be one we have no word for."""
    return catalogue(lang).get(f"{section}.{name}", name)
