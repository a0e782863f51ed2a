"""What vouching and checking cost: lines to root, proofs, signed decisions and a whole audit, beside bare operations."""

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from cases import case_of

from factcheck.audit.trail import Trail
from factcheck.case import Case
from factcheck.merkle import Tree, leaf_hash, verify_inclusion
from factcheck.signing.making import sign

LINES = 1_000_000
CLAIMS = 10_000
ROUNDS = 5


def timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def lines_like(line: bytes, number: int) -> Iterator[bytes]:
    """As many lines as are asked for, as long as this one and no two alike."""
    return (b"%s%012d}\n" % (line[:-13], n) for n in range(number))


def bare_reading(path: Path) -> None:
    """The same lines, read, with one bare SHA-256 each."""
    with path.open("rb") as file:
        for line in file:
            hashlib.sha256(line).digest()


def rooted(folder: Path) -> None:
    """The way from the lines to the root, as every check goes it."""
    _ = Trail(folder).head


def tree(folder: Path) -> None:
    """Root and proofs at a million lines, each as long as a line of a real decision."""
    case = case_of(folder / "small", 10)
    case.accept("C1")
    path = folder / "small" / "claims" / "ledger.jsonl"
    line = path.read_bytes().splitlines()[-1]
    case.close()
    large = folder / "large"
    (large / "claims").mkdir(parents=True)
    with (large / "claims" / "ledger.jsonl").open("wb") as file:
        file.writelines(lines_like(line, LINES))
    pairs = [
        (timed(partial(rooted, large)), timed(partial(bare_reading, large / "claims" / "ledger.jsonl")))
        for _ in range(ROUNDS)
    ]
    root, bare = (statistics.median(each) for each in zip(*pairs, strict=True))
    tracemalloc.start()
    rooted(large)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(
        f"{LINES} lines to root {root:.2f} s, read with a bare SHA-256 each {bare:.2f} s, "
        f"ratio {statistics.median(one / two for one, two in pairs):.2f}; peak memory {peak / 1e6:.1f} MB"
    )
    proofs(Trail(large))


def proofs(trail: Trail) -> None:
    """An inclusion proof from the hashes at hand, beside the one SHA-256 of a line."""
    cached = Tree(map(leaf_hash, trail.raw()))
    places = [n * 7919 % LINES for n in range(1000)]
    one = statistics.median(timed(partial(cached.inclusion_proof, n)) for n in places)
    leaf = next(trail.raw())
    bare = statistics.median(timed(partial(leaf_hash, leaf)) for _ in places)
    shown = verify_inclusion(leaf_hash(leaf), 0, LINES, cached.inclusion_proof(0), cached.root())
    print(
        f"inclusion proof of {LINES} lines {one * 1e6:.0f} us, one leaf {bare * 1e6:.1f} us; proves: {shown}"
    )


def signed_decisions(folder: Path) -> None:
    """A decision signed, and one unsigned, beside a bare ssh-keygen -Y sign."""
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    case_of(folder / "unsigned", 100).close()
    shutil.copytree(folder / "unsigned", folder / "signed")
    times = {}
    for name, signing in (("unsigned", None), ("signed", partial(sign, key=key))):
        case = Case.open(folder / name, by="reviewer-1", sign=signing)
        if signing:
            case.add_signer("reviewer-1", key.with_suffix(".pub").read_text("utf-8"))
        times[name] = statistics.median(decided(case, f"C{n}") for n in range(1, 31))
        case.close()
    message = folder / "message"
    message.write_bytes(b"x" * 500)
    bare = statistics.median(timed(partial(bare_signing, key, message)) for _ in range(30))
    print(
        f"decision signed {times['signed'] * 1e3:.1f} ms, unsigned {times['unsigned'] * 1e3:.1f} ms, "
        f"bare ssh-keygen -Y sign {bare * 1e3:.1f} ms; (signed - unsigned) / bare "
        f"{(times['signed'] - times['unsigned']) / bare:.1f}"
    )


def decided(case: Case, claim: str) -> float:
    """Seconds that a decision takes."""
    case.accept(claim)
    return timed(partial(case.decide, claim, "not_checkable", because="Nobody says where this was."))


def bare_signing(key: Path, message: Path) -> None:
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", "event@factcheck", str(message)]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    message.with_name("message.sig").unlink()


def whole_audit(folder: Path) -> None:
    """All checks of a case, beside reading and hashing its files."""
    case = case_of(folder / "audited", CLAIMS, per_source=500)
    for n in range(1, CLAIMS + 1):
        case.accept(f"C{n}")
    runs = []
    for _ in range(3):
        begin = time.perf_counter()
        report = case.audit()
        spent = time.perf_counter() - begin
        runs.append((spent, timed(partial(hashed, folder / "audited"))))
    audit, bare = (statistics.median(each) for each in zip(*runs, strict=True))
    print(
        f"audit of {case.head.size} lines {audit:.2f} s, its files read and hashed {bare * 1e3:.0f} ms, "
        f"ratio {audit / bare:.0f}; {len(report.findings)} findings"
    )
    case.close()


def hashed(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".factcheck" not in path.parts:
            with path.open("rb") as file:
                hashlib.file_digest(file, "sha256")


def main() -> None:
    """All four, or those that are named."""
    os.environ.pop("SSH_AUTH_SOCK", None)
    parts = {"tree": tree, "signed": signed_decisions, "audit": whole_audit}
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder))


if __name__ == "__main__":
    main()
