"""Random changes to every file that a case answers for: none goes unnoticed; files that nobody answers for are listed."""

import random
import re
from collections import Counter

import pytest
from attacker import CHEAPEST, byte_changes, leaves, put, rewrite, run
from bundles.published import resealed
from scene import Scene
from vouched import SEED

from factcheck.audit import Receipt, audit
from factcheck.audit.trail import Trail

TARGETS = {
    "ledger": r"claims/ledger\.jsonl",
    "checkpoint": r"claims/checkpoint",
    "allowed_signers": r"claims/allowed_signers",
    "source": r"claims/meeting\.txt",
    "suggestions": r"claims/S1\.suggestions-[0-9a-f]{64}\.jsonl",
    "evidence": r"evidence/[0-9a-f]{64}(\.[a-z]+)*",
    "exports": r"exports/X1/[^/]+",
}

# What a whole bundle and a subset hold; who makes the manifests anew can do so over these.
BUNDLE = r".*"
SEALED = r"(data/.*|VERIFY\.md|verify\.py)"
# What the audit says it cannot verify, changed or not: words that stand in no line of a subset and in no report.
UNTOLD = {("subset", "data/claims.jsonl"): "what data/claims.jsonl says besides verdicts"}

# Files whose change nobody needs to notice, and why.
HARMLESS = {
    r"\.gitignore": "says to git what stays behind; no act stands on it",
    r"\.gitattributes": "says to git how to carry the files; what it spoils is found in them",
    r"claims/\.lock": "is empty; who writes holds it",
    r"\.factcheck/index\.sqlite(-wal|-shm|-journal)?": "is made again from the ledger; its values are compared, not its bytes",
    r"\.factcheck/factcheck\.log": "tells what the program did on this machine",
    r"(claims|evidence|exports)/README.*": "is for people who look into the folder",
    r"claims/torn-.*": "is what a crash left of a line that was never acknowledged",
    r"claims/packs/.*": "is read when suggestions are made; its digest stands in their event",
    r"(claims|evidence|exports)/\..*": "dot files are the file system's own",
}
MUTATED = [*TARGETS, "signature"]


def test_no_random_change_to_a_bundle_goes_unnoticed(bags):
    assert unnoticed_in_bundles(bags, 100, "short") == []


@pytest.mark.mutation
def test_of_two_thousand_random_changes_to_bundles_none_goes_unnoticed(bags):
    assert unnoticed_in_bundles(bags, 2000, "long") == []


def unnoticed_in_bundles(bags, number, seed):
    """Of so many random changes, each second one under manifests made anew, those that leave every check where it was."""
    chance, missed = random.Random(seed), []
    well = {name: [each.status for each in audit(bag.folder).checks] for name, bag in bags.items()}
    for turn in range(number):
        name, sealed = chance.choice(sorted(bags)), turn % 2
        bag, pattern = bags[name], SEALED if sealed else BUNDLE
        bag.restore()
        path = chance.choice(sorted(each for each in relative(bag) if re.fullmatch(pattern, each)))
        file = bag.folder / path
        file.write_bytes(byte_changes(file.read_bytes(), chance))
        report = audit(resealed(bag.folder) if sealed else bag.folder)
        if [each.status for each in report.checks] == well[name]:
            untold = UNTOLD.get((name, path))
            if not (sealed and untold and any(untold in each.note for each in report.checks)):
                missed.append((name, path, "sealed" if sealed else ""))
    return missed


def relative(scene: Scene):
    return {path.as_posix() for path in scene.kept}


@pytest.mark.parametrize("name", ["demanding", "mixed"])
def test_every_file_is_answered_for_or_listed_as_harmless(scenes, name):
    known = [*TARGETS.values(), *HARMLESS]
    assert [path for path in relative(scenes[name]) if not any(re.fullmatch(k, path) for k in known)] == []


@pytest.mark.parametrize(
    "path",
    [
        ".gitignore", ".gitattributes", "claims/README.md", "evidence/README.txt", "exports/README", "claims/torn-2024",
        "claims/packs/names.toml", "claims/.lock", "evidence/.DS_Store", ".factcheck/factcheck.log",
    ],
)  # fmt: skip
def test_what_is_listed_as_harmless_can_be_changed_at_will(scenes, path):
    scene = scenes["demanding"]
    scene.restore()
    assert any(re.fullmatch(each, path) for each in HARMLESS)
    (scene.folder / path).parent.mkdir(exist_ok=True)
    (scene.folder / path).write_bytes(b"\x1b anything")
    report = audit(scene.folder)
    assert (report.findings, [each for each in report.checks if "extra" in each.note]) == ((), [])
    scene.restore()


def ended(trail, names):
    """How each check ended; a finding, or something that could not be verified, is not what was there before."""
    return [sheet.result().status for sheet in run(trail, names)]


def spoil(scene: Scene, target: str, chance: random.Random) -> str:
    """Change something of one kind; a signature in the ledger with every hash mended."""
    scene.restore()
    if target == "signature":
        events = scene.events
        event = chance.choice([each for each in events if "sig" in each])
        event["sig"] = byte_changes(event["sig"].encode("ascii"), chance).decode("latin-1")
        rewrite(scene.folder, events, SEED)
        return f"the signature of line {event['seq']}"
    path = chance.choice(sorted(each for each in relative(scene) if re.fullmatch(TARGETS[target], each)))
    file = scene.folder / path
    file.write_bytes(byte_changes(file.read_bytes(), chance))
    return path


def unnoticed(scenes, number, seed):
    """Which of so many random changes leave every check where it was, and how many were made to what."""
    chance = random.Random(seed)
    before = {}
    for name, scene in scenes.items():
        scene.restore()
        (scene.folder / ".factcheck" / "index.sqlite").unlink()
        before[name] = [ended(Trail(scene.folder), names) for names in CHEAPEST]
    missed, made = [], Counter()
    for turn in range(number):
        name, target = chance.choice(sorted(scenes)), MUTATED[turn % len(MUTATED)]
        what = spoil(scenes[name], target, chance)
        trail = Trail(scenes[name].folder)
        (trail.folder / ".factcheck" / "index.sqlite").unlink(missing_ok=True)
        made[target] += 1
        if all(ended(trail, names) == was for names, was in zip(CHEAPEST, before[name], strict=True)):
            missed.append((name, what))
    return missed, made


def test_no_random_change_goes_unnoticed(scenes):
    missed, made = unnoticed(scenes, 400, "short")
    assert missed == []
    assert sorted(made) == sorted(MUTATED)


@pytest.mark.mutation
@pytest.mark.parametrize("part", range(10))
def test_of_ten_thousand_random_changes_none_goes_unnoticed(scenes, part):
    assert unnoticed(scenes, 1000, part)[0] == []


ODD = [None, True, -1, 0, 2**53, "", "x", "x" * 5000, [], {}, "case", "E9999", "a+b+c", "ssh-ed25519 AAAA", "2024-99-99T00:00:00.000Z"]  # fmt: skip


def odd(scene, number, seed):
    """A history with one value that is none, so many times; whoever mends hashes cannot mend a head of no number."""
    found = [
        (line, place, value)
        for line, event in enumerate(scene.events)
        for place, was in leaves(event)
        for value in ODD
        if place[-1] not in {"seq", "prev", "size", "root"} and value != was
    ]
    for line, place, value in random.Random(seed).sample(found, number):

        def change(now, _folder, line=line, place=place, value=value):
            put(now[line], place, value)
            return now

        scene.spoil(change)
        yield (
            (line, place, value),
            audit(scene.folder, signers="nobody", receipts=[Receipt("kept", "nothing")]),
        )


def test_no_value_that_is_none_makes_the_audit_fail_or_goes_unnoticed(scenes):
    """What was kept says nothing here, and is told as such; the rest must be told too."""
    for what, report in odd(scenes["demanding"], 100, "short"):
        assert {each.check for each in report.findings} > {"receipts", "signers"}, what


@pytest.mark.mutation
def test_no_value_of_thousands_that_are_none_makes_the_audit_fail_or_goes_unnoticed(scenes):
    for what, report in odd(scenes["demanding"], 5000, "long"):
        assert {each.check for each in report.findings} > {"receipts", "signers"}, what
