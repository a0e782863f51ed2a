"""What another desk wrote, taken in here: the original line as it lies, and which of its numbers are other numbers here."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import StringConstraints, model_validator

from factcheck.events.parts import Body

Numbered = Annotated[str, StringConstraints(pattern=r"^[CEKRSX][1-9][0-9]{0,8}$")]
_NUMBERED = re.compile(r"[CEKRSX][1-9][0-9]{0,8}")
_OF_SOURCE = re.compile(r"(S[1-9][0-9]{0,8})(\.g[0-9]+)")
_FILE = re.compile(r"claims/(S[1-9][0-9]{0,8})([.-].+)", re.DOTALL)
_IDS = frozenset({
    "capture", "claim", "evidence", "id", "new", "other", "reading", "readings", "replaces", "source", "superseded",
})  # fmt: skip
"""The fields of bodies and suggestions that hold numbers of subjects; people's words stand in none of them."""
_BLOCKS = {"first": ("C", "count"), "first_reading": ("R", "readings")}


class EventAdopted(Body):
    """`line` is the other desk's line without its newline; `map` gives the numbers that are others here."""

    line: str
    map: tuple[tuple[Numbered, Numbered], ...]

    @model_validator(mode="after")
    def _one_to_one(self) -> Self:
        self.line.encode()
        here, there = ({pair[side] for pair in self.map} for side in (0, 1))
        if len(here) < len(self.map) or len(there) < len(self.map):
            raise ValueError("a number is mapped twice")
        if any(old == new or old[0] != new[0] for old, new in self.map):
            raise ValueError("a number is mapped to itself, or to one of another letter")
        return self


def numbers(document: Mapping[str, Any]) -> Iterator[str]:
    """Every number of a subject that a line names, blocks of suggestions among them; some more than once."""
    yield from _subjects(document)
    yield from named_in(document["body"])
    yield from block(document["kind"], document["body"])


def minted(document: Mapping[str, Any]) -> Iterator[str]:
    """The numbers that an event gives out, in order."""
    kind, body = document["kind"], document["body"]
    match kind:
        case "source.ingested" | "claim.added" | "capture.made" | "summary.exported":
            yield document["subject"]
        case "claim.split":
            yield body["new"]
        case "evidence.attached":
            yield body["evidence"]["id"]
    yield from block(kind, body)


def block(kind: str, body: Mapping[str, Any]) -> Iterator[str]:
    """The numbers that an extraction or a proposer gave to what was new."""
    if kind in {"source.extracted", "source.proposed"}:
        for first, (letter, count) in _BLOCKS.items():
            yield from (f"{letter}{body[first] + each}" for each in range(body.get(count, 0)))


def renamed_event(document: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A line as it reads with the numbers of this desk; its file names follow the number of their source."""
    body = renamed(document["body"], names)
    if document["kind"] == "source.ingested" and document["subject"] in names:
        body["path"] = _own_file(document["body"]["path"], document["subject"], names)
    for first, (letter, _count) in _BLOCKS.items():
        if first in body:
            body[first] = int(names.get(f"{letter}{body[first]}", f"{letter}{body[first]}")[1:])
    also = [
        each | {"subject": names.get(each["subject"], each["subject"])} for each in document.get("also", ())
    ]
    subject = names.get(document["subject"], document["subject"])
    return {**document, "subject": subject, "also": also, "body": body}


def renamed(value: Any, names: Mapping[str, str], key: str = "") -> Any:
    """A body or a suggestion with other numbers in it."""
    if isinstance(value, dict):
        return {each: renamed(inner, names, _meant(key, each)) for each, inner in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(inner, names, key) for inner in value]
    if not isinstance(value, str):
        return value
    match key:
        case "path" | "suggestions":
            return _FILE.sub(lambda found: f"claims/{names.get(found[1], found[1])}{found[2]}", value)
        case "group":
            return _OF_SOURCE.sub(lambda found: names.get(found[1], found[1]) + found[2], value)
        case "scope":
            field, _, said = value.partition("=")
            return f"{field}={','.join(names.get(each, each) for each in said.split(','))}"
    return names.get(value, value) if key in _IDS and _NUMBERED.fullmatch(value) else value


def _meant(above: str, key: str) -> str:
    """The key of a field; the subject of an act that is signed afterwards is a number like any other."""
    return "id" if (above, key) == ("decisions", "subject") else key


def _own_file(path: str, source: str, names: Mapping[str, str]) -> str:
    """A document that two desks took in under one name lies under the number of its source here."""
    name = path.rpartition("/")[2].removeprefix(f"{source}-")
    return f"{path.rpartition('/')[0]}/{names[source]}-{name}"


def _subjects(document: Mapping[str, Any]) -> Iterator[str]:
    for each in (document, *document.get("also", ())):
        if each["subject"] != "case":
            yield each["subject"]


def named_in(value: Any, key: str = "") -> Iterator[str]:
    """Every number of a subject in a body or a suggestion."""
    if isinstance(value, dict):
        for each, inner in value.items():
            yield from named_in(inner, _meant(key, each))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from named_in(inner, key)
    elif isinstance(value, str):
        match key:
            case "path" | "suggestions" if found := _FILE.fullmatch(value):
                yield found[1]
            case "scope":
                yield from _NUMBERED.findall(value.partition("=")[2])
            case _ if key in _IDS and _NUMBERED.fullmatch(value):
                yield value
