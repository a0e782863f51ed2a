"""Runs the console blocks of a Markdown file as a reader would, and compares what they print.

In a ```console block a line that starts with "$ " is a command (continued by "> "); what follows is its
output, stdout and stderr together. "..." stands for any text, a line "[3]" for exit status 3. All blocks of a
file share one folder, in which `factcheck` is on the path and the bundled case lies as
./example; `without-privileges COMMAND` is bound by file modes even when the tests run as root.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = {
    "factcheck": f'exec "{sys.executable}" -m factcheck "$@"',
    "python3": f'exec "{sys.executable}" "$@"',
    # Root may write everywhere; without this privilege it meets the same refusal as everybody else.
    "without-privileges": '[ "$(id -u)" = 0 ] && exec setpriv --bounding-set -dac_override -- "$@"; exec "$@"',
}
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One command and what it must print."""

    command: str
    expected: str


def steps(markdown: str) -> list[Step]:
    """Every command of every console block, in order."""
    found: list[Step] = []
    for block in _BLOCK.findall(markdown):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            command = [lines.pop(0)]
            while lines and lines[0].startswith("> "):
                command.append(lines.pop(0)[2:])
            found.append(Step("\n".join(command), "\n".join(lines).rstrip()))
    return found


def prepare(folder: Path) -> dict[str, str]:
    """A folder with the bundled case in it, and an environment whose path holds `factcheck` first."""
    for name in ("claims", "evidence", "exports"):
        shutil.copytree(ROOT / name, folder / "example" / name, ignore=shutil.ignore_patterns(".lock"))
    tools = folder / ".bin"
    tools.mkdir()
    for name, line in TOOLS.items():
        tool = tools / name
        tool.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        tool.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return dict(os.environ) | {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}


def run(step: Step, folder: Path, environ: dict[str, str]) -> str:
    """What the command really prints, with its status at the end when it is not 0."""
    done = subprocess.run(
        ["sh", "-c", step.command],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    printed = done.stdout.decode("utf-8", "backslashreplace").rstrip()
    return f"{printed}\n[{done.returncode}]".lstrip("\n") if done.returncode else printed


def matches(expected: str, printed: str) -> bool:
    """True when the output is what was written down, "..." standing for anything."""
    pattern = ".*?".join(re.escape(part) for part in expected.split("..."))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None
