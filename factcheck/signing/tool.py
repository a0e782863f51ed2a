"""Where ssh-keygen is, and the surroundings in which it cannot reach a terminal."""

import os
import shutil
from collections.abc import Mapping


def ssh_keygen() -> str | None:
    """The program; None where OpenSSH is not installed."""
    return shutil.which("ssh-keygen")


def away_from_terminals(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment in which ssh-keygen asks nobody: an agent answers, or nothing does."""
    kept = {
        name: each
        for name, each in environ.items()
        if name not in {"SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY"}
    }
    return kept | {"SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"}
