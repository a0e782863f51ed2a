"""Words for people: every label in Chinese and English, read from data/labels/<language>/*.toml."""

import re
import tomllib
from functools import cache
from importlib import resources

from factcheck.model import Part, Prior, Scale, Verdict

LANGUAGES = ("zh", "en")


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All labels of one language, keyed "section.name"."""
    if lang not in LANGUAGES:
        raise ValueError(f"no labels in {lang!r}; there are {', '.join(LANGUAGES)}")
    found: dict[str, str] = {}
    folder = resources.files("factcheck").joinpath("data/labels", lang)
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            for section, entries in tomllib.loads(file.read_text("utf-8")).items():
                found |= {f"{section}.{name}": text for name, text in entries.items()}
    return found


def label(key: str, lang: str, **values: object) -> str:
    """The label of a key, with its {fields} filled in. KeyError when no catalogue has it."""
    return catalogue(lang)[key].format(**values)


def told(why: str, lang: str) -> str:
    """A reason that extraction gave in English, in the reader's language; as it is where nobody has worded it otherwise."""
    if lang == "en":
        return why
    for opening, key in _openings():
        if why.startswith(opening):
            return label(key, lang, rest=why.removeprefix(opening))
    return why


@cache
def _openings() -> tuple[tuple[str, str], ...]:
    english = catalogue("en")
    found = ((text.removesuffix("{rest}"), key) for key, text in english.items() if key.startswith("told."))
    return tuple(sorted(found, key=lambda each: -len(each[0])))


def reworded(sentence: str, lang: str) -> str:
    """A refusal that was written in English, in the reader's language; as it is where the catalogue does not know it."""
    if lang == "en":
        return sentence
    for pattern, key in refusals():
        if found := pattern.fullmatch(sentence):
            fields = {name: reworded(text, lang) for name, text in found.groupdict().items()}
            return label(key, lang, **fields)
    return sentence


@cache
def refusals() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The patterns of the English refusals, each with its key; those with the most words of their own first."""
    english = {key: text for key, text in catalogue("en").items() if key.startswith("refusal.")}
    longest = sorted(english, key=lambda key: -len(re.sub(r"\{\w+\}", "", english[key])))
    return tuple(
        (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(english[key])), re.DOTALL), key)
        for key in longest
    )


def origins_line(links: int, origins: int, lang: str) -> str:
    """How many pieces of evidence, and how many origins stand behind them: 3 links, 1 origin."""
    counted = {
        name: label(f"evidence.{name}_one" if number == 1 else f"evidence.{name}", lang, number=number)
        for name, number in (("links", links), ("origins", origins))
    }
    return label("evidence.behind", lang, **counted)


def beyond(verdict: Verdict, scale: Scale, lang: str) -> list[str]:
    """What a verdict says beyond its rating and reason, a line each: parts, days, what was left out, the basis."""
    lines = [_part(each, scale, lang) for each in verdict.parts]
    if verdict.as_of:
        lines.append(label("desk.as_of", lang, days=verdict.as_of))
    if verdict.omitted:
        lines.append(label("desk.omitted", lang, text=verdict.omitted))
    if verdict.would_change:
        lines.append(label("desk.would_change", lang, text=verdict.would_change))
    if verdict.basis:
        lines.append(label(f"desk.basis_{verdict.basis}", lang))
    return lines


def prior_line(prior: Prior, lang: str) -> str:
    """What somebody else had found, in a line: Checked before: Desk (2024-02-26): False."""
    said = label(
        "export.prior_line",
        lang,
        publisher=prior.publisher or label("export.prior_by_none", lang),
        date=prior.date or label("export.prior_day_none", lang),
        label=prior.label or "–",
    )
    return f"{label('export.prior', lang)}{label('export.colon', lang)}{said}"


def _part(part: Part, scale: Scale, lang: str) -> str:
    known = scale.get(part.rating)
    rating = f"{known.symbol} {known.label[lang]}" if known else part.rating
    return f"{label(f'part.{part.role}', lang)} 「{part.words}」 {rating}  {part.because}".rstrip()
