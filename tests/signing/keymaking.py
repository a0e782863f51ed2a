"""Keys for the tests of signing, by the real ssh-keygen."""

import subprocess
from pathlib import Path

KINDS = {
    "ed25519": ("ed25519", None),
    "rsa-2048": ("rsa", 2048),
    "rsa-3072": ("rsa", 3072),
    "ecdsa-256": ("ecdsa", 256),
    "ecdsa-384": ("ecdsa", 384),
    "ecdsa-521": ("ecdsa", 521),
}


def keygen(file: Path, kind: str = "ed25519", bits: int | None = None, passphrase: str = "") -> Path:
    size = ["-b", str(bits)] if bits else []
    command = [
        "ssh-keygen",
        "-q",
        "-t",
        kind,
        *size,
        "-N",
        passphrase,
        "-C",
        "某人 a comment",
        "-f",
        str(file),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return file
