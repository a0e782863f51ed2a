"""Commands that vouch for the trail: keys, signatures, witnesses, objections, and what this desk remembers."""

from pathlib import Path

import click

from factcheck.cli.adopting import ledger_adopt
from factcheck.cli.frame import Frame, command, group
from factcheck.cli.output import emit, narrate, say
from factcheck.cli.server import ledger_clone, ledger_pull, ledger_push, ledger_watch
from factcheck.errors import Usage
from factcheck.files import read_document
from factcheck.labels import label

LARGEST_KEY = 16_000


@group("signers")
def signers_command(context: click.Context) -> None:
    """Show whose key is whose here, and the desks that sign checkpoints."""
    if context.invoked_subcommand is not None:
        return
    from factcheck.signing.keys import PublicKey

    frame: Frame = context.obj
    info = frame.open().info
    people = [
        {
            "name": each.name,
            "key": each.key,
            "fingerprint": PublicKey.from_line(each.key).fingerprint,
            "valid_after": each.valid_after,
            "valid_before": each.valid_before,
            "revoked": each.revoked,
        }
        for each in info.signers
    ]
    desks = [{"name": each.name, "key": each.key} for each in info.desks]
    if frame.json:
        emit({"signers": people, "desks": desks})
        return
    for each in people:
        until = f"  {each['valid_after'] or '…'}..{each['valid_before'] or '…'}"
        dated = until if each["valid_after"] or each["valid_before"] else ""
        gone = f"  ({label('cli.revoked', frame.language)})" if each["revoked"] else ""
        say(f"{each['name']}  {each['fingerprint']}{dated}{gone}")
    for desk in desks:
        say(f"{desk['name']}  {desk['key']}  ({label('cli.desk_key', frame.language)})")


@command("add")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.pub")
@click.option("--name", default="", metavar="NAME", help="Whose key it is; yours if not given.")
@click.option("--valid-after", default="", metavar="DAY", help="The first day it counts.")
@click.option("--valid-before", default="", metavar="DAY", help="The day from which it counts no more.")
def signers_add(frame: Frame, file: Path, name: str, valid_after: str, valid_before: str) -> None:
    """Say that somebody signs with the key in FILE.pub."""
    case = frame.open()
    done = case.add_signer(
        name or frame.person.value,
        _key(file),
        valid_after=valid_after,
        valid_before=valid_before,
        at=frame.at,
    )
    frame.recorded(done)


@command("revoke")
@click.argument("name")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE.pub]")
def signers_revoke(frame: Frame, name: str, file: Path | None) -> None:
    """End the use of a key; what it signed before stays."""
    frame.recorded(frame.open().revoke_signer(name, _key(file) if file else "", at=frame.at))


@command("allowed")
def signers_allowed(frame: Frame) -> None:
    """Print OpenSSH's allowed_signers for this case, to keep and to compare."""
    say(frame.open().allowed_signers().rstrip("\n"))


@command("desk")
@click.option("--name", default="", metavar="NAME", help="What to call this desk; your name if not given.")
def signers_desk(frame: Frame, name: str) -> None:
    """Announce the key of this desk, which signs the checkpoints from then on."""
    frame.refuse_at()
    frame.recorded(frame.open().add_desk(name))


for each in (signers_add, signers_revoke, signers_allowed, signers_desk):
    signers_command.add_command(each)


def _key(file: Path) -> str:
    data = read_document(file)
    if len(data) > LARGEST_KEY or b"PRIVATE KEY" in data:
        raise Usage("this is no public key.", where=str(file), remedy="give the file that ends in .pub")
    return data.decode("utf-8", "replace")


@command("sign")
def sign_command(frame: Frame) -> None:
    """Sign your acts that bear no signature yet, with the key that FACTCHECK_KEY names."""
    frame.refuse_at()
    case = frame.open()
    done = case.sign()
    number = len(done[0].body.names()) if done else 0
    frame.recorded(done, signed=[each.id for e in done for each in getattr(e.body, "decisions", ())])
    if not number:
        narrate(label("cli.nothing_to_sign", frame.language))


@command("witness")
@click.argument("receipt", required=False, type=click.Path(path_type=Path), metavar="[RECEIPT]")
@click.option("--note", default="", help="Where you keep it.")
def witness_command(frame: Frame, receipt: Path | None, note: str) -> None:
    """Say that you have seen this ledger as RECEIPT has it, or as it is now."""
    frame.refuse_at()
    text = read_document(receipt).decode("utf-8", "replace") if receipt else ""
    frame.recorded(frame.open().witness(text, note=note))


@command("object")
@click.argument("subject", metavar="C7|E3|S1|X1|case")
@click.argument("text")
def object_command(frame: Frame, subject: str, text: str) -> None:
    """Object to something in the trail; it keeps nothing back, and every export says it from then on."""
    frame.refuse_at()
    frame.recorded(frame.open().raise_objection(subject, text))


@group("ledger")
def ledger_command(context: click.Context) -> None:
    """What this desk knows of the ledger, what another desk did, and where the ledger lies."""
    if context.invoked_subcommand is None:
        head = context.obj.open().head
        emit(head.model_dump()) if context.obj.json else say(f"{head.size} {head.root}")


@command("forget")
def ledger_forget(frame: Frame) -> None:
    """Forget what this desk has seen of this case; prints the receipt, for you to keep."""
    frame.refuse_at()
    receipt = frame.open().forget_head()
    emit({"receipt": receipt}) if frame.json else say(receipt.rstrip("\n"))


@command("proof")
@click.argument("line", type=click.IntRange(min=1), metavar="LINE")
def ledger_proof(frame: Frame, line: int) -> None:
    """Print the proof that LINE stands in the ledger as it is now (c2sp.org/tlog-proof@v1)."""
    frame.refuse_at()
    text = frame.open().line_proof(line)
    emit({"proof": text}) if frame.json else say(text.rstrip("\n"))


for each in (ledger_forget, ledger_proof, ledger_adopt, ledger_clone, ledger_push, ledger_pull, ledger_watch):
    ledger_command.add_command(each)
