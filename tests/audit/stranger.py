"""A checker that somebody wrote from docs/format.md alone: the standard library, cryptography for Ed25519, and nothing of ours."""

import base64
import hashlib
import json
import re
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HOSTILE = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha(b"\x01" + root(leaves[:half]) + root(leaves[half:]))


def pairs(found):
    assert len(dict(found)) == len(found), "a key stands twice"
    return dict(found)


def fraction(text):
    raise AssertionError(f"a fraction: {text}")


def check(case: Path) -> int:
    """The number of events; AssertionError for the first thing that is wrong."""
    data = (case / "claims/ledger.jsonl").read_bytes()
    *lines, rest = data.split(b"\n")
    assert not rest, "no newline at the end"
    leaves, versions, seen, last = [], {}, set(), ("", "0" * 64)
    sources, captures, suggested, desks = {}, {}, [], []
    events = [json.loads(line) for line in lines if b'"evidence.withheld"' in line]
    withheld = {each for event in events for each in event["body"].get("files", [])}
    for number, line in enumerate(lines, start=1):
        event = json.loads(line, object_pairs_hook=pairs, parse_float=fraction, parse_constant=fraction)
        assert line == canonical(event), f"line {number} is not canonical"
        assert (number, last[1]) == (event["seq"], event["prev"]), f"line {number} does not follow"
        assert event["time"] >= last[0], f"line {number}: the time goes back"
        assert event["id"] not in seen, f"line {number}: the id was there before"
        assert not any(HOSTILE.search(event[key]) for key in ("id", "by", "kind", "subject")), (
            f"line {number}: controls"
        )
        for named in [event, *event.get("also", [])]:
            versions[named["subject"]] = versions.get(named["subject"], 0) + 1
            assert versions[named["subject"]] == named["version"], f"line {number}: version"
        heads = [event["tree"]] if "tree" in event else []
        body = event["body"]
        match event["kind"]:
            case "source.ingested":
                data, made = whole(case, body["path"], body["sha256"]), body.get("derived")
                text = (whole(case, made["path"], made["sha256"]) if made else data).decode("utf-8")
                assert len(text) == body["characters"]
                sources[event["subject"]] = text
            case "source.extracted":
                listed = whole(case, body["suggestions"], body["sha256"]).splitlines()
                suggested = [json.loads(each) for each in listed]
                numbers = [int(each["claim"][1:]) for each in suggested if each["record"] == "claim"]
                old = [number for number in numbers if number < body["first"]]
                assert old == sorted(set(old))
                assert len(old) == body.get("kept", 0)
                assert numbers == [*old, *range(body["first"], body["first"] + body["count"])]
                for each in suggested:
                    quoted(each, sources)
            case "source.proposed":
                listed = whole(case, body["suggestions"], body["sha256"]).splitlines()
                proposed = [json.loads(each) for each in listed]
                answers = [each for each in proposed if each["record"] == "answer"]
                assert [each["answer"] for each in body["answers"]] == [each["sha256"] for each in answers]
                for each in answers:
                    assert sha(each["answer"].encode("utf-8")).hex() == each["sha256"]
                claims = [each for each in proposed if each["record"] == "claim"]
                numbers = [int(each["claim"][1:]) for each in claims]
                assert numbers == [*range(body["first"], body["first"] + body["count"])]
                assert body["offered"] == body["count"] + sum(each["count"] for each in body["rejected"])
                quoted(claims, sources)
            case "capture.made":
                captures[event["subject"]] = number
                if body["path"] and body["path"] not in withheld:
                    assert len(whole(case, body["path"], body["sha256"])) == body["size"]
            case "evidence.attached":
                assert body["evidence"]["capture"] in {"", *captures}
            case "desk.added":
                desks.append(body["key"])
            case "summary.exported":
                heads.append(body)
                folder = case / "exports" / event["subject"]
                manifest = whole(case, f"exports/{event['subject']}/manifest-sha256.txt", body["manifest"])
                for row in manifest.decode("utf-8").splitlines():
                    digest, name = row.split("  ")
                    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
        quoted(body, sources)
        for head in heads:
            assert head["size"] < number, f"line {number}: a head of lines to come"
            assert root(leaves[: head["size"]]).hex() == head["root"], f"line {number}: root"
        leaves.append(sha(b"\x00" + line))
        seen.add(event["id"])
        last = (event["time"], leaves[-1].hex())
    said = note((case / "claims/checkpoint").read_bytes().decode("utf-8"), desks)
    origin, size, digest = said.removesuffix("\n").split("\n")
    assert origin == json.loads(lines[0])["body"]["origin"]
    assert base64.b64encode(root(leaves[: int(size)])).decode() == digest
    assert int(size) <= len(lines)
    return len(lines)


def note(text: str, desks: list[str]) -> str:
    """The lines of a signed note (c2sp.org/signed-note), each of whose signatures is an announced desk's."""
    said, blank, signed = text.partition("\n\n")
    for line in signed.removesuffix("\n").split("\n") if blank else ():
        dash, name, made = line.split(" ")
        hint, key = next((each.split("+", 2)[1:] for each in desks if each.startswith(f"{name}+")), ("", ""))
        data = base64.b64decode(made, validate=True)
        assert (dash, data[:4].hex()) == ("\u2014", hint), "a signature of a desk that nobody announced"
        assert base64.b64encode(data).decode() == made, "a signature in another form"
        try:
            public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key)[1:])
            public.verify(data[4:], f"{said}\n".encode())
        except InvalidSignature as error:
            raise AssertionError("the signature of the checkpoint is wrong") from error
    assert text.endswith("\n"), "the last line of the checkpoint has no end"
    return f"{said}\n" if blank else said


def canonical(value) -> bytes:
    """RFC 8785 for what a ledger holds: ASCII keys, no fractions."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")


def whole(case: Path, path: str, digest: str) -> bytes:
    data = (case / path).read_bytes()
    assert hashlib.sha256(data).hexdigest() == digest, path
    return data


def quoted(value, sources) -> None:
    """Every mention and reading in a body stands at its place."""
    if isinstance(value, dict):
        if {"source", "start", "end", "quote"} <= value.keys():
            assert sources[value["source"]][value["start"] : value["end"]] == value["quote"]
        for start, end in value.get("places", []):
            assert sources[value["source"]][start:end] == value["heard"]
        for each in value.values():
            quoted(each, sources)
    elif isinstance(value, list):
        for each in value:
            quoted(each, sources)


if __name__ == "__main__":
    print(check(Path(sys.argv[1])), "events, all well")  # noqa: T201 (it is a command)
