"""Check the bundle this file lies in with nothing but Python: run `python3 -I verify.py`; exit 1 when anything is wrong.

Signatures need ssh-keygen and openssl: which of these checks could not be made is said, and never counted as ok.
The standard library only; nothing of the program that made the bundle is used.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

BAG = Path(__file__).resolve().parent
LOG = BAG / "data" / "log"
WHOLE = (LOG / "ledger.jsonl").is_file()
LINES = LOG / ("ledger.jsonl" if WHOLE else "events.jsonl")
MANIFESTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
ENTRY = re.compile(r"([0-9a-f]{64})  ([^\\\x00-\x1f\x7f]+)")
# An Ed25519 key of 32 bytes behind these is one that openssl reads (RFC 8410).
ED25519 = bytes.fromhex("302a300506032b6570032100")
Lines = list[tuple[bytes, dict[str, Any]]]


class Sheet:
    """What was found, and what could not be checked."""

    def __init__(self) -> None:
        self.findings: list[str] = []
        self.unchecked: list[str] = []

    def need(self, holds: object, sentence: str) -> None:
        """Write the sentence down unless something holds."""
        if not holds:
            self.findings.append(sentence)


def read(path: Path) -> bytes:
    """The bytes of a plain file; nothing for what is none."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def check_files(sheet: Sheet) -> None:
    """Every file is named once in a manifest, is here, is no link, and has the SHA-256 named; there are no others."""
    named: dict[str, str] = {}
    for manifest in MANIFESTS:
        lines = read(BAG / manifest).decode("utf-8", "replace").splitlines()
        sheet.need(lines, f"{manifest} is missing or empty")
        for line in lines:
            entry = ENTRY.fullmatch(line)
            if entry is None or ".." in entry[2].split("/") or entry[2].startswith("/"):
                sheet.need(False, f"{manifest}: not a line of a manifest: {line[:90]!r}")
                continue
            sheet.need(entry[2] not in named, f"{manifest}: {entry[2]} is named twice")
            apart = entry[2].startswith("data/") == (manifest == MANIFESTS[0])
            sheet.need(apart, f"{manifest}: {entry[2]} belongs elsewhere")
            named[entry[2]] = entry[1]
    here = set(files_here(sheet))
    for name, digest in named.items():
        sheet.need(name in here, f"{name} is missing")
        sheet.need(name not in here or sha256(read(BAG / name)) == digest, f"{name} was changed")
    for name in sorted(here - named.keys() - {MANIFESTS[1]}):
        sheet.need(False, f"{name} is an extra file: no manifest names it")
    folded = [unicodedata.normalize("NFC", name).casefold() for name in here]
    sheet.need(len(folded) == len(set(folded)), "two names differ in case or composition only")
    check_info(sheet, here)


def files_here(sheet: Sheet) -> Iterator[str]:
    """Every file below the bag; links are findings and are not followed."""
    for root, folders, files in os.walk(BAG):
        for name in [*files, *folders]:
            path = Path(root) / name
            sheet.need(not path.is_symlink(), f"{path.relative_to(BAG)} is a link")
        yield from ((Path(root) / name).relative_to(BAG).as_posix() for name in files)


def check_info(sheet: Sheet, here: set[str]) -> None:
    """bag-info.txt says how many bytes and files the payload has."""
    payload = [len(read(BAG / name)) for name in here if name.startswith("data/")]
    wanted = f"Payload-Oxum: {sum(payload)}.{len(payload)}"
    said = read(BAG / "bag-info.txt").decode("utf-8", "replace").splitlines()
    sheet.need(wanted in said, f"bag-info.txt does not say {wanted}")


def strict(line: bytes) -> Any:
    """JSON without duplicate keys and fractions; ValueError for anything else."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(found)) < len(found):
            raise ValueError("a key stands twice")
        return dict(found)

    def never(text: str) -> None:
        raise ValueError(f"a fraction {text}")

    return json.loads(line.decode("utf-8"), object_pairs_hook=pairs, parse_float=never, parse_constant=never)


def canonical(value: Any) -> bytes:
    """RFC 8785 for what the log holds: names in lower-case letters, whole numbers, no fractions."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read_lines(sheet: Sheet) -> Lines:
    """The lines of the log that are events in canonical form, with what they say."""
    data = read(LINES)
    sheet.need(data.endswith(b"\n"), f"{LINES.name} does not end with a whole line")
    found = []
    for number, line in enumerate(data.removesuffix(b"\n").split(b"\n"), start=1):
        try:
            event = strict(line)
            good = isinstance(event, dict) and isinstance(event["body"], dict) and canonical(event) == line
        except (ValueError, KeyError, RecursionError):
            good, event = False, {}
        sheet.need(good, f"{LINES.name}:{number} is no event in canonical form")
        if good:
            found.append((line, event))
    numbers = [event.get("seq") for _, event in found]
    wanted = list(range(1, len(found) + 1)) if WHOLE else sorted({each for each in numbers if each})
    sheet.need(numbers == wanted, "the numbers of the lines are not in order")
    return found


def leaf(line: bytes) -> bytes:
    """The hash of a line (RFC 6962)."""
    return hashlib.sha256(b"\0" + line).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes (RFC 6962)."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(level: list[bytes]) -> bytes:
    """The root of a tree: neighbours are hashed together until one is left; one without a neighbour goes up as it is."""
    while len(level) > 1:
        paired = [node(one, two) for one, two in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[len(paired) * 2 :]
    return level[0] if level else hashlib.sha256(b"").digest()


def check_tree(sheet: Sheet, lines: Lines, size: int, root: bytes) -> None:
    """Each line names the one before, and the root over all of them is the checkpoint's."""
    before = "0" * 64
    for line, event in lines:
        sheet.need(
            event.get("prev") == before, f"line {event.get('seq')} does not follow from the line before it"
        )
        before = leaf(line).hex()
    sheet.need(len(lines) == size, f"the log has {len(lines)} lines, the checkpoint says {size}")
    sheet.need(
        root_of([leaf(line) for line, _ in lines]) == root, "the root over the lines is not the checkpoint's"
    )


def check_proofs(sheet: Sheet, lines: Lines, size: int, root: bytes) -> None:
    """Each line is in the log of the checkpoint, at its number (c2sp.org/tlog-proof, RFC 9162 section 2.1.3.2)."""
    for line, event in lines:
        seq = event["seq"]
        head, _, checkpoint = read(LOG / "proofs" / f"{seq}.tlog-proof").partition(b"\n\n")
        first, *rest = head.decode("utf-8", "replace").split("\n")
        good = first == "c2sp.org/tlog-proof@v1" and rest[:1] == [f"index {seq - 1}"]
        sheet.need(
            checkpoint == read(LOG / "checkpoint"), f"the proof of line {seq} is of another checkpoint"
        )
        try:
            path = [base64.b64decode(each, validate=True) for each in rest[1:]]
        except ValueError:
            good, path = False, []
        good = good and climb(leaf(line), seq - 1, size, path) == root
        sheet.need(good, f"line {seq} is not in the log of the checkpoint")


def climb(found: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that a line's hash and the hashes beside its way lead to; nothing for a path of the wrong length."""
    last = size - 1
    if not 0 <= index <= last:
        return b""
    for beside in path:
        if last == 0 or len(beside) != 32:
            return b""
        if index % 2 or index == last:
            found = node(beside, found)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            found = node(found, beside)
        index, last = index // 2, last // 2
    return found if last == 0 else b""


def check_checkpoint(sheet: Sheet, lines: Lines) -> None:
    """The checkpoint is of this log, and signed by a desk key that the log announces (c2sp.org/signed-note)."""
    text = read(LOG / "checkpoint").decode("utf-8", "replace")
    origin, size, root, *rest = [*text.split("\n"), "", "", ""][: max(3, text.count("\n"))]
    try:
        number, digest = int(size), base64.b64decode(root, validate=True)
    except ValueError:
        number, digest = 0, b""
    sheet.need(lines and lines[0][1]["body"].get("origin") == origin, "the checkpoint is of another log")
    (check_tree if WHOLE else check_proofs)(sheet, lines, number, digest)
    keys = [event["body"].get("key", "") for _, event in lines if event.get("kind") == "desk.added"]
    signatures = [each.split(" ")[1:] for each in rest if each.startswith("— ") and each.count(" ") == 2]
    if not keys:
        sheet.unchecked.append("the checkpoint's signature: the log announces no desk key")
    elif not shutil.which("openssl"):
        sheet.unchecked.append("the checkpoint's signature: there is no openssl")
    else:
        signed_text = f"{origin}\n{size}\n{root}\n".encode()
        answers = [good for key in keys for good in verify_note(signed_text, key, signatures)]
        sheet.need(answers and all(answers), "no desk that the log announces has signed the checkpoint")


def verify_note(text: bytes, key: str, signatures: list[list[str]]) -> Iterator[bool]:
    """Whether each signature of this key is good."""
    name, hint, public = [*key.split("+", 2), "", ""][:3]
    for by, signature in signatures:
        data = base64.b64decode(signature)
        if by != name or data[:4].hex() != hint:
            continue
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "key").write_bytes(ED25519 + base64.b64decode(public)[-32:])
            (Path(folder) / "text").write_bytes(text)
            (Path(folder) / "sig").write_bytes(data[4:])
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin"]
            command += ["-inkey", "key", "-in", "text", "-sigfile", "sig"]
            yield subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def check_signatures(sheet: Sheet, lines: Lines) -> None:
    """Each signed event was signed by the person it names, with a key that held then and that the log announces."""
    allowed = read(LOG / "allowed_signers").decode("utf-8", "replace")
    added = [event["body"] for _, event in lines if event["kind"] == "signer.added"]
    announced = {(quote(body["name"], safe=""), *body["key"].split(" ")[:2]) for body in added}
    for words in (line.split(" ") for line in allowed.splitlines()):
        sheet.need((words[0], *words[-2:]) in announced, f"allowed_signers: {words[0]} is not of the log")
    signed = [event for _, event in lines if event.get("sig")]
    if signed and not shutil.which("ssh-keygen"):
        sheet.unchecked.append(f"{len(signed)} signatures of people: there is no ssh-keygen")
        return
    for event in signed:
        sheet.need(verify_event(event), f"line {event['seq']}: the signature of {event['by']} is not good")
    if len(signed) < len(lines):
        sheet.unchecked.append(f"who wrote {len(lines) - len(signed)} lines: they carry no signature")


def verify_event(event: dict[str, Any]) -> bool:
    """Ask ssh-keygen about the signature of one event."""
    message = canonical({key: value for key, value in event.items() if key not in {"sig", "seq", "prev"}})
    when = re.sub("[-T:]", "", event["time"][:19])
    with tempfile.TemporaryDirectory() as folder:
        signature = Path(folder) / "sig"
        signature.write_text(event["sig"], "utf-8")
        command = ["ssh-keygen", "-Y", "verify", "-n", "event@factcheck", "-f", str(LOG / "allowed_signers")]
        command += ["-I", quote(event["by"], safe=""), "-O", f"verify-time={when}", "-s", str(signature)]
        world = {**os.environ, "TZ": "UTC"}
        run = subprocess.run(command, input=message, capture_output=True, check=False, env=world)
        return run.returncode == 0


def check_texts(sheet: Sheet, lines: Lines) -> dict[str, str]:
    """Sources, suggestions and texts are those the log names. Returns the texts that are here, by what they are of."""
    texts: dict[str, str] = {}
    for _, event in lines:
        subject, body = event["subject"], event["body"]
        if event["kind"] == "source.ingested":
            take_text(sheet, texts, subject, (body.get("derived") or body)["sha256"], needed=WHOLE)
            found = [
                path for path in (BAG / "data" / "sources").glob("*") if path.name.split(".")[0] == subject
            ]
            sheet.need(found or not WHOLE, f"the source {subject} is missing")
            same = all(sha256(read(path)) == body["sha256"] for path in found)
            sheet.need(same, f"{subject} is not the source that the log names")
        elif event["kind"] == "capture.made" and body.get("text"):
            take_text(sheet, texts, subject, body["text"]["sha256"], needed=False)
        elif WHOLE and event["kind"] in {"source.extracted", "source.proposed"}:
            kind = "suggestions" if event["kind"] == "source.extracted" else "proposed"
            data = read(LOG / f"{subject}.{kind}-{body['sha256']}.jsonl")
            sheet.need(sha256(data) == body["sha256"], f"the {kind} about {subject} are not those of the log")
    return texts


def check_quotations(sheet: Sheet, lines: Lines) -> None:
    """Every quotation stands at its place, in a source or in the text of a captured page."""
    texts = check_texts(sheet, lines)
    said = [event for _, event in lines]
    others = [read(file).splitlines() for file in sorted(LOG.glob("*.jsonl")) if file != LINES]
    said += [strict(line) for file in others for line in file]
    for where, start, end, words in {place for each in said for place in places(each) if place[0] in texts}:
        good = 0 <= start < end and texts[where][start:end] == words
        sheet.need(good, f"{where}[{start}:{end}] is not {words[:60]!r}")
    withheld = {event["subject"] for _, event in lines if event["kind"] == "evidence.withheld"}
    for piece in (piece for _, event in lines for piece in quoted(event)):
        where, start, end = piece["capture"], piece["start"], piece["end"]
        if where in texts:
            good = 0 <= start < end and texts[where][start:end] == piece["quote"]
            sheet.need(good, f"{where}[{start}:{end}] is not {piece['quote'][:60]!r}")
        elif where in withheld:
            sheet.unchecked.append(f"a quotation from {where}: its bytes were removed by order")
        elif any(each["subject"] == where and each["body"].get("text") for _, each in lines):
            sheet.need(False, f"the text of {where} is missing, which is quoted")
        else:
            sheet.unchecked.append(f"a quotation from {where}: it has no text")


def take_text(sheet: Sheet, texts: dict[str, str], subject: str, digest: str, *, needed: bool) -> None:
    """Read a text if it is here, and hold it against the log."""
    path = BAG / "data" / "texts" / f"{subject}.txt"
    if path.is_file():
        sheet.need(sha256(read(path)) == digest, f"{path.name} is not the text that the log names")
        texts[subject] = read(path).decode("utf-8", "replace")
    else:
        sheet.need(not needed, f"the text of {subject} is missing")


def places(value: Any) -> Iterator[tuple[str, int, int, str]]:
    """Source, start, end and words of everything that is said to stand in a source."""
    if isinstance(value, dict):
        if "source" in value and "quote" in value:
            yield value["source"], value["start"], value["end"], value["quote"]
        elif "source" in value and "heard" in value:
            yield from ((value["source"], start, end, value["heard"]) for start, end in value["places"])
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from places(each)


def quoted(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What an event quotes from a captured page; what was typed by hand has no place."""
    body = event["body"]
    piece = {"evidence.attached": body.get("evidence"), "evidence.reanchored": body.get("now")}.get(
        event["kind"]
    )
    if piece and piece.get("quote") and piece.get("capture") and not piece.get("manual"):
        yield piece


def check_summary(sheet: Sheet, lines: Lines) -> None:
    """claims.jsonl is of this checkpoint, and its verdicts are in the log with the same reasons by the same people."""
    rows = [strict(line) for line in read(BAG / "data" / "claims.jsonl").splitlines()]
    first = rows[0] if rows else {}
    checkpoint = read(LOG / "checkpoint").decode("utf-8", "replace").split("\n")[:3]
    root = base64.b64encode(bytes.fromhex(first.get("root", ""))).decode("ascii")
    same = [first.get("origin"), str(first.get("size")), root] == checkpoint
    sheet.need(same, "claims.jsonl is of another checkpoint")
    decided = {
        (e["subject"], e["id"], e["body"]["rating"], e["body"]["because"], e["by"], e["time"])
        for _, e in lines
        if e["kind"] in {"verdict.recorded", "verdict.settled"}
    }
    for row in rows[1:]:
        if row.get("record") == "claim" and row.get("ruling"):
            said = (row["id"], *(row["ruling"][name] for name in ("id", "rating", "because", "by", "time")))
            sheet.need(said in decided, f"the verdict on {row['id']} in claims.jsonl is not in the log")
        for place in row.get("said", ()):
            text = BAG / "data" / "texts" / f"{place['source']}.txt"
            sheet.need(
                text.is_file(), f"the text of {place['source']} is missing, where {row['id']} was said"
            )


def main() -> int:
    """Run every check; print what was found."""
    sheet = Sheet()
    try:
        check_files(sheet)
        lines = read_lines(sheet)
        check_checkpoint(sheet, lines)
        for check in (check_signatures, check_quotations, check_summary):
            check(sheet, lines)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        sheet.need(False, f"something in this bundle is not what it must be: {error!r}"[:300])
    if not WHOLE:
        sheet.unchecked.append(
            "whether later lines about these claims were left out: only the whole bundle shows"
        )
    for sentence in dict.fromkeys(sheet.unchecked):
        print(f"not checked: {ascii(sentence)[1:-1]}")
    for sentence in dict.fromkeys(sheet.findings):
        print(f"wrong: {ascii(sentence)[1:-1]}")
    if not sheet.findings:
        print("ok: nothing wrong was found")
    return 1 if sheet.findings else 0


if __name__ == "__main__":
    sys.exit(main())
