"""Who may write every file of a bundle, and who holds the desk's key as well: what they change, and what they make anew."""

import base64
import json

import published

from factcheck.events import canonical
from factcheck.merkle import inclusion_proof, leaf_hash, root
from factcheck.signing.desk import read_seed
from factcheck.signing.notes import sign_note


def log_of(bag):
    """The file with the lines."""
    return next(each for each in (bag / "data/log").glob("*.jsonl") if each.stem in {"ledger", "events"})


def lines_of(bag):
    return [json.loads(line) for line in log_of(bag).read_bytes().splitlines()]


def flip(path, at=-2):
    """Change one bit of one byte."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))


def edit(path, old, new):
    """Change words that are there once at least."""
    text = path.read_bytes()
    assert old.encode() in text
    path.write_bytes(text.replace(old.encode(), new.encode(), 1))


def write_lines(bag, lines):
    log_of(bag).write_bytes(b"".join(canonical(each) + b"\n" for each in lines))


def reforged(bag, lines, seed):
    """Lines of a whole log chained, hashed and checkpointed anew by whoever has the desk's key."""
    before, leaves = "0" * 64, []
    for line in lines:
        line["prev"] = before
        leaves.append(leaf_hash(canonical(line)))
        before = leaves[-1].hex()
    write_lines(bag, lines)
    head = f"{lines[0]['body']['origin']}\n{len(lines)}\n{base64.b64encode(root(leaves)).decode()}\n"
    name = next(each["body"]["key"] for each in lines if each["kind"] == "desk.added").split("+")[0]
    (bag / "data/log/checkpoint").write_text(sign_note(head, read_seed(seed), name), "utf-8")
    summary = (bag / "data/claims.jsonl").read_text("utf-8").splitlines()
    first = json.loads(summary[0]) | {"root": root(leaves).hex(), "size": len(lines)}
    (bag / "data/claims.jsonl").write_bytes(
        b"\n".join([canonical(first), *map(str.encode, summary[1:]), b""])
    )


def signed(lines, kind="verdict.recorded"):
    """The first line of this kind that bears a signature."""
    return next(each for each in lines if each["kind"] == kind and each.get("sig"))


def source_text(bag, _seed):
    flip(bag / "data/texts/S1.txt")


def source_bytes(bag, _seed):
    flip(bag / "data/sources/S1.txt")


def source_gone(bag, _seed):
    (bag / "data/texts/S1.txt").unlink()


def suggestions(bag, _seed):
    flip(next((bag / "data/log").glob("S1.suggestions-*")), 40)


def page_text(bag, _seed):
    edit(bag / "data/texts/K1.txt", "research lead", "research head")


def page_text_gone(bag, _seed):
    (bag / "data/texts/K1.txt").unlink()


def not_canonical(bag, _seed):
    edit(log_of(bag), '{"body"', '{ "body"')


def twice(bag, _seed):
    """A key that stands twice: some readers take the first value, some the second."""
    edit(log_of(bag), '"by":"lead-1"', '"by":"lead-1","by":"lead-1"')


def line(bag, _seed):
    edit(log_of(bag), '"rating":"supported"', '"rating":"refuted"')


def line_taken_out(bag, _seed):
    write_lines(bag, lines_of(bag)[:-1])


def lines_swapped(bag, _seed):
    lines = lines_of(bag)
    write_lines(bag, [*lines[:-2], lines[-1], lines[-2]])


def signed_line(bag, seed):
    lines = lines_of(bag)
    signed(lines)["body"]["rating"] = "refuted"
    reforged(bag, lines, seed)


def signature_of_another(bag, seed):
    lines = lines_of(bag)
    signed(lines)["sig"] = signed(lines, "source.ingested")["sig"]
    reforged(bag, lines, seed)


def signed_by_another(bag, seed):
    lines = lines_of(bag)
    signed(lines)["by"] = "reviewer (二)"
    reforged(bag, lines, seed)


def back_dated(bag, seed):
    lines = lines_of(bag)
    signed(lines)["time"] = "2020-01-01T00:00:00.000Z"
    reforged(bag, lines, seed)


def quotation(bag, seed):
    lines = lines_of(bag)
    piece = next(each for each in lines if each["kind"] == "evidence.attached")["body"]["evidence"]
    piece["quote"] = "Lu Jiang joined us as research head"
    reforged(bag, lines, seed)


def mention(bag, seed):
    lines = lines_of(bag)
    claim = (
        signed(lines)["body"].get("claim")
        or next(e for e in lines if e["body"].get("claim"))["body"]["claim"]
    )
    claim["mentions"][0]["quote"] = claim["mentions"][0]["quote"].replace("T", "t")
    reforged(bag, lines, seed)


def checkpoint_root(bag, _seed):
    note = (bag / "data/log/checkpoint").read_text("utf-8").split("\n")
    note[2] = base64.b64encode(b"\1" * 32).decode()
    (bag / "data/log/checkpoint").write_text("\n".join(note), "utf-8")


def checkpoint_bare(bag, _seed):
    note = (bag / "data/log/checkpoint").read_text("utf-8")
    (bag / "data/log/checkpoint").write_text(note.split("\n\n")[0] + "\n", "utf-8")


def checkpoint_signature(bag, _seed):
    flip(bag / "data/log/checkpoint", -20)


def checkpoint_of_a_stranger(bag, _seed):
    note = (bag / "data/log/checkpoint").read_text("utf-8").split("\n\n")[0] + "\n"
    name = note.split("\n")[0]
    (bag / "data/log/checkpoint").write_text(sign_note(note, b"\7" * 32, name), "utf-8")


def strange_key(bag, _seed):
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICuTzjWcacgm+RTQHZsZkrDNSW8a+gZ6zILThNi1Biw6"
    with (bag / "data/log/allowed_signers").open("a") as file:
        file.write(f'lead-1 namespaces="event@factcheck" {key}\n')


def keys_gone(bag, _seed):
    (bag / "data/log/allowed_signers").write_bytes(b"")


def summary_rating(bag, _seed):
    rows = [json.loads(line) for line in (bag / "data/claims.jsonl").read_bytes().splitlines()]
    next(each for each in rows if each.get("ruling"))["ruling"]["rating"] = "refuted"
    (bag / "data/claims.jsonl").write_bytes(b"".join(canonical(each) + b"\n" for each in rows))


def summary_root(bag, _seed):
    root_now = json.loads((bag / "data/claims.jsonl").read_bytes().splitlines()[0])["root"]
    edit(bag / "data/claims.jsonl", root_now, "0" * 64)


def proof_hash(bag, _seed):
    proof = min((bag / "data/log/proofs").iterdir())
    text = proof.read_text("utf-8").split("\n")
    text[2] = base64.b64encode(b"\2" * 32).decode()
    proof.write_text("\n".join(text), "utf-8")


def proof_index(bag, _seed):
    edit(bag / "data/log/proofs/1.tlog-proof", "index 0", "index 1")


def proof_gone(bag, _seed):
    (bag / "data/log/proofs/2.tlog-proof").unlink()


def proof_of_another_log(bag, seed):
    """A log of one's own, with a proof and a checkpoint that fit each other, beside the checkpoint that was published."""
    lines = log_of(bag).read_bytes().splitlines()
    path = inclusion_proof([leaf_hash(lines[0])] * 2, 0, 2)
    fresh = base64.b64encode(root([leaf_hash(lines[0])] * 2)).decode()
    origin = json.loads(lines[0])["body"]["origin"]
    note = sign_note(f"{origin}\n2\n{fresh}\n", read_seed(seed), origin)
    hashes = "\n".join(base64.b64encode(each).decode() for each in path)
    (bag / "data/log/proofs/1.tlog-proof").write_text(
        f"c2sp.org/tlog-proof@v1\nindex 0\n{hashes}\n\n{note}", "utf-8"
    )


def renumbered(bag, _seed):
    lines = lines_of(bag)
    lines[-1]["seq"] += 1
    write_lines(bag, lines)
    last = bag / f"data/log/proofs/{lines[-1]['seq'] - 1}.tlog-proof"
    last.rename(last.with_name(f"{lines[-1]['seq']}.tlog-proof"))


def extra_file(bag, _seed):
    (bag / "data/note.txt").write_text("read me", "utf-8")


def byte_unsealed(bag, _seed):
    flip(bag / "data/report.md")


def link(bag, _seed):
    text = bag / "data/texts/S1.txt"
    text.rename(bag.parent / "elsewhere")
    text.symlink_to(bag.parent / "elsewhere")


def missing(bag, _seed):
    (bag / "data/report.html").unlink()


def named_twice(bag, _seed):
    manifest = bag / "manifest-sha256.txt"
    first = manifest.read_bytes().splitlines()[0]
    manifest.write_bytes(manifest.read_bytes() + first + b"\n")
    published.tags_resealed(bag)


def manifest_gone(bag, _seed):
    (bag / "manifest-sha256.txt").unlink()


# Each way, and the block of VERIFY.md that refuses it. Where the manifests are made anew, block 1 finds nothing.
WHOLE = {
    source_text: 6, source_bytes: 6, source_gone: 6, suggestions: 6, page_text: 7, page_text_gone: 7, not_canonical: 2, twice: 2,
    line: 3, line_taken_out: 3, lines_swapped: 2, signed_line: 5, signature_of_another: 5, signed_by_another: 5, back_dated: 5,
    quotation: 7, mention: 6, checkpoint_root: 3, checkpoint_bare: 4, checkpoint_signature: 4, checkpoint_of_a_stranger: 4,
    strange_key: 5, keys_gone: 5, summary_rating: 8, summary_root: 8,
}  # fmt: skip
SUBSET = {
    source_text: 6, source_bytes: 6, source_gone: 8, page_text: 7, page_text_gone: 7, not_canonical: 2, line: 3, lines_swapped: 2,
    checkpoint_root: 3, checkpoint_bare: 4, checkpoint_signature: 4, checkpoint_of_a_stranger: 4, strange_key: 5, keys_gone: 5,
    summary_rating: 8, summary_root: 8, proof_hash: 3, proof_index: 3, proof_gone: 3, proof_of_another_log: 3, renumbered: 3,
}  # fmt: skip
UNSEALED = (extra_file, byte_unsealed, link, missing, named_twice, manifest_gone)
