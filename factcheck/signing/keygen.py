"""The one way to ssh-keygen: a process of its own session that cannot reach the terminal and always ends."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import Unavailable

# What would let it ask somebody on a screen.
ASKING = ("DISPLAY", "WAYLAND_DISPLAY", "SSH_ASKPASS")


@dataclass(frozen=True, slots=True)
class Ran:
    """How it ended (0: well), and what it said."""

    code: int
    said: str


def run(arguments: list[str], *, stdin: Path | None = None, timeout: float) -> Ran:
    """Run ssh-keygen with these arguments. Unavailable when it is absent or takes longer than `timeout` seconds.

    Whatever happens, its process and all that it started are gone afterwards.
    """
    program = shutil.which("ssh-keygen")
    if program is None:
        raise Unavailable("ssh-keygen is not installed here.", remedy="install OpenSSH (8.2 or later)")
    with (stdin or Path(os.devnull)).open("rb") as given:
        process = _start([program, *arguments], given.fileno())
    try:
        said, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(
            "ssh-keygen did not answer in time.",
            seen=f"nothing for {timeout:g} s",
            remedy="look whether the key agent or the security key waits for you, and try again",
        ) from error
    finally:
        _end(process)
    return Ran(process.returncode, said.decode("utf-8", "replace"))


def _start(command: list[str], stdin: int) -> "subprocess.Popen[bytes]":
    environment = {name: value for name, value in os.environ.items() if name not in ASKING}
    environment |= {"SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"}
    try:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise Unavailable(
            "ssh-keygen cannot be started.", seen=str(error.strerror), remedy="install OpenSSH (8.2 or later)"
        ) from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process with its whole group, and wait for it, so that nothing is left over."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout:
        process.stdout.close()
