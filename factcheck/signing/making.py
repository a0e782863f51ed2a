"""Sign a message with a person's SSH key: one ssh-keygen process that finds the agent or the security key by itself."""

import tempfile
from pathlib import Path

from factcheck.errors import Refused
from factcheck.files import cannot_write
from factcheck.signing.keygen import Ran, run
from factcheck.signing.sshsig import NAMESPACE, Signature

# What ssh-keygen says, what is the matter, and the way out; the first that fits is told.
SAID = (
    ("Permissions ", "others can read this key, so it is not used.", "chmod 600 the key file"),
    ("incorrect passphrase", "this key has a passphrase and no agent holds it.", "ssh-add the key"),
    ("No private key found", "no agent holds this key.", "ssh-add the key"),
    ("agent refused", "the key agent would not sign.", "unlock the agent, or confirm when it asks"),
    ("Couldn't load public key", "this is not a key.", "name a key that ssh-keygen made"),
)  # fmt: skip


def sign(message: bytes, key: Path, *, namespace: str = NAMESPACE, timeout: float = 20) -> str:
    """Sign a message with this key (or, by its public key, with the agent that holds it): the armoured text.

    The terminal is never touched, and after `timeout` seconds nothing is left running. Refused when the key
    cannot sign, Unavailable when ssh-keygen is absent or too slow; each in one sentence.
    """
    if not key.is_file():
        raise Refused("there is no such key.", where=str(key), remedy="name the file of your key")
    try:
        with tempfile.TemporaryDirectory(prefix="factcheck-") as folder:
            return _signed(message, key, namespace, Path(folder) / "message", timeout)
    except OSError as error:
        raise cannot_write(Path(tempfile.gettempdir()), error) from error


def _signed(message: bytes, key: Path, namespace: str, file: Path, timeout: float) -> str:
    file.write_bytes(message)
    ran = run(["-Y", "sign", "-n", namespace, "-f", str(key.absolute()), str(file)], timeout=timeout)
    made = file.with_name("message.sig")
    if ran.code or not made.is_file():
        raise _refusal(key, ran)
    return _looked_at(made.read_bytes().decode("ascii", "replace"), key, namespace)


def _refusal(key: Path, ran: Ran) -> Refused:
    for said, what, remedy in SAID:
        if said in ran.said:
            return Refused(what, where=str(key), remedy=remedy)
    seen = " ".join(ran.said.split())[:200]
    return Refused(
        "ssh-keygen could not sign with this key.", where=str(key), seen=seen, remedy="try another key"
    )


def _looked_at(armoured: str, key: Path, namespace: str) -> str:
    """The signature, unless it is of a kind or form that no check would take."""
    try:
        signature = Signature.from_text(armoured)
    except ValueError as error:
        raise Refused(
            "a key of this kind cannot sign here.",
            where=str(key),
            seen=str(error).rstrip("."),
            remedy="use an Ed25519, RSA or ECDSA key",
        ) from error
    if signature.namespace != namespace:
        raise Refused(
            "ssh-keygen signed for something else.",
            where=str(key),
            seen=signature.namespace,
            remedy="try another key",
        )
    return armoured
