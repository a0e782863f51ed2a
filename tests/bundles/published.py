"""A real case with signed acts and a signed checkpoint, published as a whole bundle and as a subset."""

import hashlib
import json
import shutil
import subprocess

from factcheck.case import Case
from factcheck.export import Scope
from factcheck.signing.keys import PublicKey
from factcheck.signing.making import sign
from factcheck.signing.notes import note_key

PEOPLE = {"lead-1": "ed25519", "reviewer (二)": "rsa"}
SAID = """会议实录

最近 VideoPort 的负责人蒋璐转投 TikTok，负责 AI 视频技术的开发。去年抖音 CEO 张楠辞去抖音 CEO 的职务。

Last week Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist. The model costs 3 billion dollars to train.
"""
OTHER = "The new phone costs 900 dollars and sold 40 million units in 2023. Its maker joined the alliance last year.\n"
PAGE = "Statement \x7f of the employer 😀\n\nLu Jiang joined us as research lead on 1 March.\n"


def keys(folder):
    """A key for each of the people, as ssh-keygen makes them."""
    for number, (name, kind) in enumerate(PEOPLE.items()):
        file = folder / f"key-{number}"
        words = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", str(file)]
        subprocess.run(words, check=True, capture_output=True)
        yield name, file


def desk_key(folder):
    """The key of the desk: one whose text ends in +, which is also what stands between its parts."""
    seeds = (hashlib.sha256(str(number).encode()).digest() for number in range(10_000))
    seed = next(each for each in seeds if note_key(each, "x").vkey.endswith("+"))
    file = folder / "desk.key"
    file.write_text(f"{seed.hex()}\n", "ascii")
    file.chmod(0o600)
    return file


def published(folder):
    """The case; its exports lie in whole/ and subset/ beside it. Every act is signed by whoever did it."""
    named = dict(keys(folder))
    case = Case.create(
        folder / "case",
        "lead-1",
        name="*a* case `of` tests",
        desk_key=desk_key(folder),
        sign=lambda message: sign(message, named[json.loads(message)["by"]]),
    )
    case.add_member("lead-1", "lead", by="lead-1")
    case.add_member("reviewer (二)", "reviewer", by="lead-1")
    for name, file in named.items():
        line = file.with_suffix(".pub").read_text("utf-8")
        case.add_signer(name, PublicKey.from_line(line).to_line(), by="lead-1")
    sources = [
        _ingested(case, folder, name, text) for name, text in (("meeting.txt", SAID), ("phone.txt", OTHER))
    ]
    (folder / "page.txt").write_text(PAGE, "utf-8")
    page = case.capture(folder / "page.txt", by="lead-1")
    first, other = (case.claims(source)[0].id for source in sources)
    case.attach(first, page, quote="Lu Jiang joined us as research lead", stance="supports", by="lead-1")
    for claim in (first, other):
        case.decide(
            claim,
            "supported" if claim == first else "not_enough_evidence",
            because="因为\x7f\\u007f",
            by="lead-1",
        )
        case.confirm(claim, by="reviewer (二)")
    case.export("bundle", to=folder / "whole", by="lead-1")
    case.export("bundle-with-evidence", to=folder / "evidence.zip", by="lead-1")
    case.export("bundle", scope=Scope((first,)), to=folder / "subset", by="lead-1")
    return case


def _ingested(case, folder, name, text):
    (folder / name).write_text(text, "utf-8")
    return case.ingest(folder / name, by="lead-1")


def resealed(bag):
    """The manifests and the Payload-Oxum as an attacker makes them anew."""
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in payload)
    info = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    kept = [line for line in info if not line.startswith("Payload-Oxum")]
    (bag / "bag-info.txt").write_text("\n".join([*kept, f"Payload-Oxum: {size}.{len(payload)}", ""]), "utf-8")
    _listed(bag, "manifest-sha256.txt", payload)
    return tags_resealed(bag)


def tags_resealed(bag):
    """The manifest of everything that is no payload, made anew."""
    tags = [each for each in bag.iterdir() if each.is_file() and each.name != "tagmanifest-sha256.txt"]
    _listed(bag, "tagmanifest-sha256.txt", tags)
    return bag


def _listed(bag, name, files):
    lines = sorted(
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.relative_to(bag).as_posix()}"
        for each in files
    )
    (bag / name).write_text(
        "".join(f"{line}\n" for line in sorted(lines, key=lambda each: each[66:])), "utf-8"
    )


def copied(bag, folder):
    """A bundle of one's own, to tamper with."""
    return shutil.copytree(bag, folder / "bundle")
