"""Faults beside the ledger: files, the index, checkpoints, receipts and exports; and lines that are not in their one form."""

import json
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations, product
from pathlib import Path

from attacker import LEDGER, canonical, remanifest, rewrite, three_lines
from bundled.example_keys import seed
from faults import Change, Events, Mutations, Scenes
from vouched import ORIGIN, SEED

from factcheck.events import GENESIS
from factcheck.merkle import CompactRange, leaf_hash
from factcheck.signing.notes import sign_note

CHECKPOINT = "claims/checkpoint"


def _first(folder: Path, pattern: str) -> list[Path]:
    found = [each for each in folder.glob(pattern) if each.is_file() and not each.name.startswith("README")]
    return sorted(found)


def on_files(pattern: str, chance: random.Random, *, much: int) -> Iterator[Change]:
    """Bytes flipped, ends cut, files emptied, missing, exchanged, linked to a copy elsewhere, or a folder in their place."""
    for _ in range(much):
        share, bit = chance.random(), 1 << chance.randrange(8)

        def flipped(_now, folder, share=share, bit=bit):
            for path in _first(folder, pattern)[int(share * 1000) % 2 :][:1] or _first(folder, pattern)[:1]:
                data = bytearray(path.read_bytes())
                data[int(share * len(data))] ^= bit
                path.write_bytes(bytes(data))

        def cut(_now, folder, share=share, bit=bit):
            path = _first(folder, pattern)[-1 if bit > 8 else 0]
            data = path.read_bytes()
            path.write_bytes(data[: int(share * len(data))])

        yield flipped
        yield cut
    for which in (0, -1):

        def missing(_now, folder, which=which):
            _first(folder, pattern)[which].unlink()

        def linked(_now, folder, which=which):
            path = _first(folder, pattern)[which]
            away = path.rename(folder.parent / f"away-{path.name}")
            path.symlink_to(away)

        def swapped(_now, folder, which=which):
            path = _first(folder, pattern)[which]
            path.write_bytes((folder / LEDGER).read_bytes())

        yield from (missing, linked, swapped)


def evidence_files(_scenes: Scenes) -> Mutations:
    """Captured bytes, the texts made of them: changed, cut, gone, exchanged; or the folder led elsewhere."""
    for name in ("demanding", "mixed"):
        yield from ((name, each) for each in on_files("evidence/*", random.Random(name), much=40))
        yield name, _whole_folder("evidence")
    for at in range(0, 60, 2):
        yield "mixed", _another_capture(at)


def _whole_folder(name: str) -> Change:
    def change(_now: Events, folder: Path) -> None:
        away = folder.parent / f"away-{name}"
        shutil.rmtree(away, ignore_errors=True)
        (folder / name).rename(away)
        (folder / name).symlink_to(away, target_is_directory=True)

    return change


def _another_capture(at: int) -> Change:
    """Another page under the same capture: named by its new digest in the file name and in every line."""

    def change(now: Events, folder: Path) -> Events:
        made = next(each for each in now if each["kind"] == "capture.made")["body"]
        from hashlib import sha256

        data = bytearray((folder / made["path"]).read_bytes())
        data[at] ^= 1
        digest, old = sha256(data).hexdigest(), made["sha256"]
        (folder / made["path"]).rename(folder / made["path"].replace(old, digest))
        (folder / made["path"].replace(old, digest)).write_bytes(data)
        return json.loads(json.dumps(now).replace(old, digest))

    return change


def quotations(scenes: Scenes) -> Mutations:
    """Any character of any quotation another one."""
    for number, event in enumerate(scenes.mixed):
        text = json.dumps(event, ensure_ascii=False)
        for quote in {each for each in _quotes(event["body"]) if each}:
            for at in range(len(quote)):

                def change(now, _folder, number=number, quote=quote, at=at):
                    said = quote[:at] + ("改" if quote[at] != "改" else "政") + quote[at + 1 :]
                    now[number]["body"] = _requoted(now[number]["body"], quote, said)
                    return now

                if text.count(quote):
                    yield "mixed", change


def _quotes(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value["quote"],) if isinstance(value.get("quote"), str) else ()
        for each in value.values():
            yield from _quotes(each)
    elif isinstance(value, list):
        for each in value:
            yield from _quotes(each)


def _requoted(value, old: str, new: str):
    if isinstance(value, dict):
        return {
            key: new if key == "quote" and each == old else _requoted(each, old, new)
            for key, each in value.items()
        }
    return [_requoted(each, old, new) for each in value] if isinstance(value, list) else value


def suggestions(_scenes: Scenes) -> Mutations:
    """The file that extraction wrote, likewise; and with its new digest in the event and in its own name."""
    pattern = "claims/*.suggestions-*.jsonl"
    for name in ("demanding", "mixed"):
        yield from ((name, each) for each in on_files(pattern, random.Random(name), much=25))
        for line, step in product(range(3), range(1, 8)):

            def change(now, folder, line=line, step=step):
                event = next(each for each in now if each["kind"] == "source.extracted")
                path = folder / event["body"]["suggestions"]
                lines = path.read_bytes().splitlines(keepends=True)
                at = [n for n, each in enumerate(lines) if b'"priority":' in each][line]
                lines[at] = lines[at].replace(b'"priority":', b'"priority":%d' % step, 1)
                from hashlib import sha256

                digest = sha256(b"".join(lines)).hexdigest()
                named = f"claims/S1.suggestions-{digest}.jsonl"
                path.rename(folder / named)
                (folder / named).write_bytes(b"".join(lines))
                event["body"] |= {"suggestions": named, "sha256": digest}
                return now

            yield name, change


def index_values(_scenes: Scenes) -> Mutations:
    """Any value of any row of the desk's tables."""
    tables = {"event": "line", "subject": "value", "claim": "", "touch": "seq", "meta": "value"}
    columns = [
        "source",
        "start",
        "stop",
        "state",
        "rating",
        "type",
        "priority",
        "judge",
        "assigned",
        "due",
        "questions",
    ]
    for name in ("demanding", "mixed"):
        for row, column in product(range(3), columns):
            yield name, _updated("claim", column, row)
        for row in range(20):
            yield name, _updated("event", ("id", "person", "line")[row % 3], row)
            yield name, _updated("touch", "seq", row)
        for row in range(8):
            yield name, _updated("subject", ("version", "value")[row % 2], row)
        for table in tables:
            if table != "meta":
                yield name, _updated(table, "", 0)


def _updated(table: str, column: str, row: int) -> Change:
    def change(_now: Events, folder: Path) -> None:
        with closing(sqlite3.connect(folder / ".factcheck" / "index.sqlite")) as database:
            database.execute("PRAGMA foreign_keys = OFF")
            keys = [each[1] for each in database.execute(f"PRAGMA table_info({table})") if each[5]]
            rows = database.execute(f"SELECT * FROM {table} ORDER BY {', '.join(keys)}").fetchall()
            names = [each[1] for each in database.execute(f"PRAGMA table_info({table})")]
            found = dict(zip(names, rows[row % len(rows)], strict=True))
            where = " AND ".join(f"{key} IS ?" for key in keys)
            if column:
                value = _other(found[column])
                database.execute(
                    f"UPDATE {table} SET {column} = ? WHERE {where}", (value, *(found[key] for key in keys))
                )
            else:
                database.execute(f"DELETE FROM {table} WHERE {where}", [found[key] for key in keys])
            database.commit()

    return change


def _other(value: object) -> object:
    if isinstance(value, int):
        return value + 1000
    return value + b" " if isinstance(value, bytes) else f"{value}x" if value is not None else 7


def checkpoints(scenes: Scenes) -> Mutations:
    """Other sizes, roots and origins, signed by the desk's own key; other signatures; other forms."""
    events = scenes.demanding
    tree, roots = CompactRange(), [CompactRange().root()]
    for event in events:
        tree.append(leaf_hash(canonical(event)))
        roots.append(tree.root())
    n, right = len(events), roots[-1]
    texts = [three_lines(ORIGIN, size, roots[other]) for size, other in combinations(range(n + 1), 2)][::7]
    texts += [three_lines(ORIGIN, size, right) for size in range(n + 1, n + 20)]
    texts += [three_lines(each, n, right) for each in (ORIGIN + "2", "factcheck/other", ORIGIN[:-1], "例")]
    for text in texts:
        yield "demanding", _checkpoint(sign_note(text, SEED, ORIGIN))
        yield "demanding", _checkpoint(text)
    text = three_lines(ORIGIN, n, right)
    good, strange = sign_note(text, SEED, ORIGIN), sign_note(text, seed("mallory"), ORIGIN)
    other = sign_note(text, seed("mallory"), "mallory")
    mark = good[len(text) + 1 :]
    formed = [
        strange, other, good + other[len(text) + 1 :], good + strange[len(text) + 1 :], good + mark, good[:-1], good + "\n",
        good.replace("\n\n", "\n"), text + "extended\n\n" + mark, text + "\n" + mark.replace("\u2014", "-"),
        sign_note(text + "extended\n", SEED, ORIGIN), good.replace("\n", "\r\n"), "\ufeff" + good, "", "\n", ORIGIN + "\n",
        three_lines(ORIGIN, n, right).replace(f"\n{n}\n", f"\n0{n}\n"), text.replace(f"\n{n}\n", f"\n+{n}\n"),
        text.replace(f"\n{n}\n", "\n-1\n"), text.replace(f"\n{n}\n", f"\n{n}.0\n"), text.rstrip("=\n") + "\n", mark, good[1:],
        sign_note(three_lines(ORIGIN, n - 1, roots[-2]), SEED, ORIGIN).replace(
            three_lines(ORIGIN, n - 1, roots[-2]), text
        ),
    ]  # fmt: skip
    for each in formed:
        yield "demanding", _checkpoint(each)
    for at in range(0, len(good), 3):
        yield "demanding", _checkpoint(good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :])


def _checkpoint(text: str) -> Change:
    def change(_now: Events, folder: Path) -> None:
        (folder / CHECKPOINT).write_text(text, "utf-8", newline="")

    return change


def exports(_scenes: Scenes) -> Mutations:
    """Words of a report or of its lines, with a new manifest whose digest stands in the event; files more and fewer."""
    for name in ("demanding", "mixed"):
        chance = random.Random(name)
        for file, _n, told in product(("report.md", "claims.jsonl"), range(25), (True, False)):
            share = chance.random()

            def change(now, folder, file=file, share=share, told=told):
                path = folder / "exports" / "X1" / file
                data = path.read_text("utf-8")
                at = int(share * len(data))
                path.write_text(data[:at] + "改" + data[at + 1 :], "utf-8", newline="")
                return remanifest(folder, now) if told else None

            yield name, change
        for file in ("report.md", "claims.jsonl", "manifest-sha256.txt"):

            def gone(now, folder, file=file):
                (folder / "exports" / "X1" / file).unlink()
                return remanifest(folder, now) if file != "manifest-sha256.txt" else None

            yield name, gone
        for file in ("report.html", "more.txt", "claims.csv"):

            def more(now, folder, file=file):
                (folder / "exports" / "X1" / file).write_text("<p>all is true</p>", "utf-8")
                return remanifest(folder, now)

            yield name, more
        for key, value in (
            ("renderer", "factcheck/0"),
            ("lang", "zh"),
            ("draft", True),
            ("formats", ["jsonl"]),
        ):

            def said(now, folder, key=key, value=value):
                event = next(each for each in now if each["kind"] == "summary.exported")
                event["body"][key] = value
                return now

            if key != "renderer":
                yield name, said


def receipts_of(events: Events) -> list[str]:
    """The three lines that somebody could have kept after each line of a history."""
    tree, kept = CompactRange(), []
    for event in events:
        tree.append(leaf_hash(canonical(event)))
        kept.append(three_lines(events[0]["body"]["origin"], tree.size, tree.root()))
    return kept


def truncated(size: int) -> Change:
    """The end cut off, with everything mended that can be."""
    return lambda now, _folder: now[:size]


def replaced(now: Events, folder: Path) -> None:
    """Another history of the same origin in the place of this one."""
    for event in now:
        event.pop("sig", None)
    now[0]["body"]["name"] += " anew"
    now[0]["prev"] = GENESIS
    rewrite(folder, now, SEED)
