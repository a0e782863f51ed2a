"""Faults of single lines: not in their one form, with characters that hide, or an act that nobody may do."""

import json
from itertools import product
from pathlib import Path

from attacker import LEDGER, canonical, three_lines
from faults import Mutations, Scenes
from file_faults import CHECKPOINT
from forging import forge, renumbered
from vouched import SEED

from factcheck.merkle import CompactRange, leaf_hash
from factcheck.signing.notes import sign_note


def raw(folder: Path, lines: list[bytes]) -> None:
    """Write lines as they are, under a checkpoint that fits them."""
    (folder / LEDGER).write_bytes(b"".join(line + b"\n" for line in lines))
    tree = CompactRange()
    for line in lines:
        tree.append(leaf_hash(line))
    origin = (folder / CHECKPOINT).read_text("utf-8").split("\n")[0]
    note = sign_note(three_lines(origin, tree.size, tree.root()), SEED, origin)
    (folder / CHECKPOINT).write_text(note, "utf-8")


def doubled_keys(scenes: Scenes) -> Mutations:
    """A key that stands twice, with the same value or another: readers disagree about which one counts."""
    for name, events in scenes.both():
        for number, key, same in product(range(len(events)), ("by", "time", "kind", "body"), (True, False)):

            def change(now, folder, number=number, key=key, same=same):
                lines = [canonical(each) for each in now]
                word, value = b'"%s":' % key.encode(), canonical(now[number][key]) if same else b'"x"'
                lines[number] = lines[number].replace(word, word + value + b"," + word, 1)
                raw(folder, lines)

            yield name, change


def other_forms(scenes: Scenes) -> Mutations:
    """The same JSON in another form: blanks, another order of keys, escapes, numbers with points."""
    forms = {
        "blank": lambda event: json.dumps(event, ensure_ascii=False, sort_keys=True).encode(),
        "order": lambda event: json.dumps(
            dict(sorted(event.items(), reverse=True)), ensure_ascii=False, separators=(",", ":")
        ).encode(),
        "escaped": lambda event: canonical(event).replace(b'"kind"', b'"\\u006bind"', 1),
        "slash": lambda event: canonical(event).replace(b'"case', b'"\\u0063ase', 1),
        "end": lambda event: canonical(event) + b" ",
        "point": lambda event: canonical(event).replace(b'"spec":1', b'"spec":1.0', 1),
        "power": lambda event: canonical(event).replace(b'"spec":1', b'"spec":1e0', 1),
    }
    for name, events in scenes.both():
        for number, form in product(range(len(events)), forms):

            def change(now, folder, number=number, form=form):
                lines = [canonical(each) for each in now]
                lines[number] = forms[form](now[number])
                raw(folder, lines)

            if forms[form](events[number]) != canonical(events[number]):
                yield name, change


HOSTILE = "\x00\x07\x1b\x7f\x85\u200b\u200e\u202e\u2066\u2028\u2029\ufeff\U000e0041"


def hostile(scenes: Scenes) -> Mutations:
    """Characters that cannot be seen or move others about, in names, ids, kinds and keys."""
    for name, events in scenes.both():
        for number, (place, each) in product(
            range(len(events)), zip(("by", "kind", "id", "subject", "time") * 3, HOSTILE, strict=False)
        ):

            def change(now, _folder, number=number, place=place, each=each):
                now[number][place] = now[number][place][:3] + each + now[number][place][3:]
                return now

            yield name, change


def _spelled(name: str) -> list[str]:
    """Other ways to write a name that everybody reads as the same."""
    wide = [name[:n] + chr(ord(c) + 0xFEE0) + name[n + 1 :] for n, c in enumerate(name) if "!" <= c <= "~"]
    upper = [name[:n] + c.upper() + name[n + 1 :] for n, c in enumerate(name) if c.upper() != c]
    return [name, name.upper(), name.replace("é", "e\u0301"), *wide, *upper, *(each.upper() for each in wide)]


def own_confirmations(scenes: Scenes) -> Mutations:
    """A verdict confirmed, disputed or settled by whoever gave it, under any spelling of the name."""
    events = scenes.mixed
    for number, event in enumerate(events):
        for how, by in product(("confirmed", "disputed"), dict.fromkeys(_spelled(event["by"]))):

            def change(now, _folder, number=number, how=how, by=by):
                left, verdict = now[: number + 1], now[number]["id"]
                body = {"verdict": verdict} | ({"because": "no"} if how == "disputed" else {})
                return forge(left, f"verdict.{how}", now[number]["subject"], body, by=by)

            if event["kind"] == "verdict.recorded":
                yield "mixed", change
        if event["kind"] == "verdict.settled":
            for party in (events[number - 1]["by"], events[number - 2]["by"]):
                for by in dict.fromkeys(_spelled(party)):

                    def settled(now, _folder, number=number, by=by):
                        now[number]["by"] = by
                        return renumbered(now[: number + 1])

                    yield "mixed", settled


def later_evidence(scenes: Scenes) -> Mutations:
    """A verdict that names another line as the capture of its evidence, or evidence that it did not have."""
    for name, events in scenes.both():
        for number, event in enumerate(events):
            relied = event["body"].get("evidence") if event["kind"].startswith("verdict.") else None
            for seq in range(len(events) + 10) if relied else ():

                def change(now, _folder, number=number, seq=seq):
                    now[number]["body"]["evidence"][0]["capture"] = seq
                    return now

                if seq != relied[0]["capture"]:
                    yield name, change
