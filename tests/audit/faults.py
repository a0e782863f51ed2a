"""The faults of a trail, and a hundred ways and more to commit each: by somebody who has the desk's key, and nobody's own."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from attacker import LEDGER, Document, another, canonical, leaves, put
from bundled.example_keys import signature
from forging import forge, renumbered
from vouched import AUDITOR, FIRST, LEAD, SECOND, line_of

from factcheck.merkle import leaf_hash

Events = list[Document]
Change = Callable[[Events, Path], Events | None]
"""Takes a history and its folder; gives another history, to be written with every hash mended, or None when all is done."""
Mutations = Iterator[tuple[str, Change]]
"""Which case (`demanding` or `mixed`), and what is done to it."""


@dataclass(frozen=True, slots=True)
class Scenes:
    """The two histories, to choose from: nobody writes to them."""

    demanding: Events
    mixed: Events

    def both(self) -> Iterator[tuple[str, Events]]:
        yield from (("demanding", self.demanding), ("mixed", self.mixed))


def edited(scenes: Scenes) -> Mutations:
    """Any value of any line."""
    for name, events in scenes.both():
        for number, event in enumerate(events):
            for place, value in leaves(event):
                if place not in {("seq",), ("prev",), ("spec",), ("sig",)} and place[-1] != "root":

                    def change(now, _folder, number=number, place=place, value=value):
                        put(now[number], place, another(value))
                        return now

                    yield name, change


def deleted(scenes: Scenes) -> Mutations:
    """One line or two, of those that something stands behind; with the versions and heads counted anew, or not."""
    for name, events in scenes.both():
        numbers = range(len(events) - 1)
        gone = [(each,) for each in numbers] + list(combinations(numbers, 2))[::7]
        for out, anew in product(gone, (True, False)):

            def change(now, _folder, out=out, anew=anew):
                left = [each for n, each in enumerate(now) if n not in out]
                return recounted(left) if anew else left

            yield name, change


def recounted(events: Events) -> Events:
    """Versions and sizes of heads, as somebody counts them who hides that lines were taken out or put in."""
    seen = {each["seq"]: number for number, each in enumerate(events, start=1) if "seq" in each}
    sizes = [_size(each.get("tree", {}), seen) for each in events]
    renumbered(events)
    for event, size in zip(events, sizes, strict=True):
        if "tree" in event:
            event["tree"]["size"] = size
        if {"size", "root"} <= event["body"].keys():
            event["body"]["size"] = _size(event["body"], seen)
    return events


def _size(head: Document, seen: dict[int, int]) -> int:
    """How many lines there are now of those that a head covered."""
    return max((seen[number] for number in seen if number <= head.get("size", 0)), default=0)


def inserted(scenes: Scenes) -> Mutations:
    """A note, a claim reopened, a member, a policy, put between lines that the last signature covers."""
    strange: list[tuple[str, str, Any]] = [
        ("note.added", "C1", {"text": "never said"}),
        ("claim.reopened", "C1", {"because": "on second thoughts"}),
        ("member.added", "case", {"name": "mallory", "role": "lead"}),
        ("policy.changed", "case", {"name": "signatures", "value": False, "was": True}),
    ]
    for name, events in scenes.both():
        for at, (kind, subject, body) in product(range(1, len(events) - 1), strange):

            def change(now, _folder, at=at, kind=kind, subject=subject, body=body):
                new = forge(list(now[:at]), kind, subject, dict(body), by=FIRST)[-1]
                return recounted([*now[:at], new, *now[at:]])

            yield name, change


def reordered(scenes: Scenes) -> Mutations:
    """Any two lines exchanged, or one moved."""
    for name, events in scenes.both():
        for one, two in combinations(range(len(events)), 2):

            def swapped(now, _folder, one=one, two=two):
                now[one], now[two] = now[two], now[one]
                return now

            def moved(now, _folder, one=one, two=two):
                now.insert(two, now.pop(one))
                return recounted(now)

            yield name, swapped
            yield name, moved


def renumbered_lines(scenes: Scenes) -> Mutations:
    """Numbers that skip, repeat or start elsewhere, with the chain and the checkpoint mended; and versions likewise."""
    for name, events in scenes.both():
        for at, by in product(range(len(events)), (1, -1, 7)):

            def skipped(now, folder, at=at, by=by):
                write_as_is(folder, now, lambda n, event: event["seq"] + (by if n >= at else 0))

            def version(now, _folder, at=at, by=by):
                now[at]["version"] += by
                return now

            yield name, skipped
            yield name, version


def write_as_is(folder: Path, events: Events, seq: Callable[[int, Document], int]) -> None:
    """Write lines whose numbers are what somebody wants them to be, each naming the line before it."""
    lines: list[bytes] = []
    for number, event in enumerate(events):
        event["seq"] = seq(number, event)
        if lines:
            event["prev"] = leaf_hash(lines[-1]).hex()
        lines.append(canonical(event))
    (folder / LEDGER).write_bytes(b"".join(line + b"\n" for line in lines))


def signed(events: Events) -> list[int]:
    """The places of the lines that bear a signature."""
    return [number for number, event in enumerate(events) if "sig" in event]


def stripped(scenes: Scenes) -> Mutations:
    """One signature, two, or all from some line on, where they are demanded; one below another's where they are not."""
    marks = [n for n in signed(scenes.demanding) if n > 10]
    early = [n for n in signed(scenes.demanding) if n <= 10]
    some = (
        [(n,) for n in marks] + list(combinations(marks, 2)) + [tuple(marks[n:]) for n in range(len(marks))]
    )
    for gone in [*some, *((n,) for n in early)]:
        yield "demanding", _without(gone)
    kept = signed(scenes.mixed)[:-1]
    for gone in [(n,) for n in kept] + list(combinations(kept, 2)):
        yield "mixed", _without(gone)


def _without(gone: tuple[int, ...]) -> Change:
    def change(now: Events, _folder: Path) -> Events:
        for number in gone:
            del now[number]["sig"]
        return now

    return change


def swapped(scenes: Scenes) -> Mutations:
    """The signature of one line on another: somebody else's, or one's own."""
    for name, events in scenes.both():
        for one, two in product(signed(events), repeat=2):

            def change(now, _folder, one=one, two=two):
                now[one]["sig"] = now[two]["sig"]
                return now

            if one != two:
                yield name, change


def signed_by(event: Document, key: str) -> Document:
    """The event with a signature of this key over it, as it stands."""
    event.pop("sig", None)
    theirs = {name: value for name, value in event.items() if name not in {"seq", "prev"}}
    event["sig"] = signature(key, canonical(theirs))
    return event


MALLORY = "mallory"


def forged(scenes: Scenes) -> Mutations:
    """Lines signed anew by a key of the attacker's own, under the name of somebody who has one here."""
    for name, events in scenes.both():
        for number in signed(events):

            def same(now, _folder, number=number):
                signed_by(now[number], MALLORY)
                return now

            def said(now, _folder, number=number):
                for place, value in leaves(now[number]["body"]):
                    if isinstance(value, str) and value:
                        put(now[number]["body"], place, another(value))
                        break
                signed_by(now[number], MALLORY)
                return now

            yield name, same
            yield name, said
    for name, (kind, subject, body), who in product(("demanding", "mixed"), ACTS, (FIRST, LEAD)):
        yield name, _added(kind, subject, body, who, MALLORY)


ACTS: list[tuple[str, str, Document]] = [
    ("objection.raised", "C1", {"text": "it is all wrong"}),
    ("objection.raised", "case", {"text": "it is all wrong"}),
    ("checkpoint.witnessed", "case", {"size": 3, "root": "0" * 64, "note": ""}),
    ("policy.changed", "case", {"name": "min_origins", "value": 2, "was": 1}),
    ("policy.changed", "case", {"name": "second_signature", "value": False, "was": True}),
    ("policy.changed", "case", {"name": "captures", "value": True, "was": False}),
    ("member.added", "case", {"name": "mallory", "role": "lead"}),
    ("member.added", "case", {"name": "mallory", "role": "reviewer"}),
    ("member.added", "case", {"name": "eve", "role": "auditor"}),
    (
        "signer.added",
        "case",
        {"name": "eve", "key": line_of("eve"), "valid_after": "", "valid_before": ""},
    ),
]


def _added(kind: str, subject: str, body: Document, by: str, key: str, **more: Any) -> Change:
    """One more line at the end, signed with this key."""

    def change(now: Events, _folder: Path) -> Events:
        sizes = [event.get("tree", {}).get("size") for event in now]
        forge(now, kind, subject, dict(body), by=by, **more)
        for event, size in zip(now, sizes, strict=False):
            if size is not None:
                event["tree"]["size"] = size
        now[-1]["tree"]["size"] = len(now) - 1
        return _mended_heads(now, lambda: signed_by(now[-1], key))

    return change


def _mended_heads(now: Events, sign: Callable[[], Document]) -> Events:
    """Sign the last line over the head that it must name once the lines before it are written."""
    lines = [canonical(event) for event in now[:-1]]
    from factcheck.merkle import root

    size = now[-1]["tree"]["size"]
    now[-1]["tree"]["root"] = root([leaf_hash(line) for line in lines[:size]]).hex()
    if now[-1]["kind"] == "checkpoint.witnessed":
        now[-1]["body"]["root"] = root([leaf_hash(line) for line in lines[: now[-1]["body"]["size"]]]).hex()
    sign()
    return now


def unknown(_scenes: Scenes) -> Mutations:
    """Acts of a name and a key that nobody announced, or that announced themselves where signatures are demanded."""
    names = (MALLORY, "reviewer-9", "Jose 王芳", "reviewer-1.", "Reviewer 1", AUDITOR)
    for name, act, who in product(("demanding", "mixed"), ACTS, names):
        if name == "mixed" or who != AUDITOR:
            yield name, _added(*act, who, MALLORY)


def revoked(_scenes: Scenes) -> Mutations:
    """A key that was revoked, in the hands of somebody else: whatever it signs, under whatever name, whenever it says."""
    for act, who, back in product(ACTS, (FIRST, LEAD, SECOND), range(0, 12, 3)):
        yield "demanding", _backdated(act, who, FIRST, back)


def expired(_scenes: Scenes) -> Mutations:
    """A key whose time is over, or not come, likewise; the time said may lie back as far as the head that is named."""
    for act, who, back in product(ACTS, (FIRST, LEAD), range(0, 24, 3)):
        yield "demanding", _backdated(act, who, "expired", back)


def _backdated(act: tuple[str, str, Document], by: str, key: str, back: int) -> Change:
    """At the end, yet with the time and the head of some lines before it."""
    add = _added(*act, by, key)

    def change(now: Events, folder: Path) -> Events:
        add(now, folder)
        size = len(now) - 1 - back
        now[-1]["tree"]["size"] = size
        now[-1]["time"] = now[size - 1]["time"]
        return _mended_heads(now, lambda: signed_by(now[-1], key))

    return change


def replayed(scenes: Scenes) -> Mutations:
    """A line that was written once, written once more: as it was, or as far as its signature lets it be another."""
    for name, events in scenes.both():
        for number, how in product(range(1, len(events)), ("same", "id", "version", "head", "time")):

            def change(now, _folder, number=number, how=how):
                again = json.loads(json.dumps(now[number]))
                if how != "same":
                    again["id"] = again["id"][:-12] + "0" * 12
                if how in {"version", "head", "time"}:
                    again["version"] = 1 + sum(each["subject"] == again["subject"] for each in now)
                if how in {"head", "time"} and "tree" in again:
                    again["tree"]["size"] = len(now)
                if how == "time":
                    again["time"] = now[-1]["time"]
                return [*now, again]

            if "sig" in events[number]:
                yield name, change


def back_dated(scenes: Scenes) -> Mutations:
    """A line whose time lies before that of a line it knew of; by a second, a day, to the first moment of the case."""
    for name, events in scenes.both():
        for number in range(1, len(events)):
            for time in {events[max(0, number - 2)]["time"], "2024-02-25T09:00:00.000Z", events[0]["time"]}:

                def change(now, _folder, number=number, time=time):
                    now[number]["time"] = time
                    return now

                if time < events[number - 1]["time"]:
                    yield name, change
    for name, kind, text in product(("demanding", "mixed"), ("note.added", "objection.raised"), "abc"):

        def late(now, _folder, kind=kind, text=text):
            new = forge(list(now), kind, "C1", {"text": text}, by=FIRST)[-1]
            new["time"] = now[3]["time"]
            if "tree" in new:
                new["tree"]["size"] = len(now)
            return [*now, new]

        yield name, late


def forks(scenes: Scenes) -> Mutations:
    """Two pasts from one beginning, brought together: lines of the one among those of the other, in any measure."""
    for name, events in scenes.both():
        for at, length in product(range(8, len(events) - 1), (1, 2, 3)):
            other = events[at : at + length]

            def merged(now, _folder, at=at, other=other):
                length = len(other)
                strange = [json.loads(json.dumps(each)) for each in other]
                for n, each in enumerate(strange):
                    each["id"] = f"018dd3a0-0000-7000-8000-{at:06d}{n:06d}"
                    each["time"] = now[at]["time"]
                return [*now[: at + length], *strange, *now[at + length :]]

            def joined(now, _folder, at=at, length=length):
                strange = json.loads(json.dumps(now[at : at + length]))
                return recounted([*now[:at], *strange, *now[at:]])

            yield name, merged
            yield name, joined
