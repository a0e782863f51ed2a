"""What an outsider has: VERIFY.md block by block in a bash that finds common tools and nothing else, and a bare Python."""

import re
import shutil
import subprocess
import sys

TOOLS = (
    "bash", "jq", "ssh-keygen", "openssl", "sha256sum", "base64", "cat", "cmp", "comm", "cut", "diff", "grep", "head", "ls",
    "mktemp", "od", "paste", "printf", "rm", "sed", "seq", "sort", "tail", "tr", "wc",
)  # fmt: skip
MISSING = [tool for tool in TOOLS if not shutil.which(tool)]


def tools(folder, *, without=()):
    """A folder of links to the tools that VERIFY.md names, to be the only one on PATH."""
    folder.mkdir()
    for tool in TOOLS:
        if tool not in without:
            (folder / tool).symlink_to(shutil.which(tool))
    return folder


def blocks(bag):
    """The commands of VERIFY.md, in order."""
    return re.findall(r"```bash\n(.*?)```", (bag / "VERIFY.md").read_text("utf-8"), re.DOTALL)


def by_hand(bag, path, *, only=0):
    """Run the blocks (or the one of this number) from inside the bag: exit status and all that was printed, in order."""
    world = {"PATH": str(path), "TMPDIR": str(path.parent), "HOME": str(path.parent)}
    found = blocks(bag)[only - 1 : only] if only else blocks(bag)
    runs = [
        subprocess.run(
            [shutil.which("bash"), "-c", block],
            cwd=bag,
            env=world,
            capture_output=True,
            text=True,
            check=False,
        )
        for block in found
    ]
    return [(run.returncode, run.stdout + run.stderr) for run in runs]


def by_python(bag, path=None):
    """Run verify.py with nothing but the standard library: the exit status and its lines."""
    world = {"PATH": str(path or ""), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-I", "-S", "verify.py"]
    run = subprocess.run(command, cwd=bag, env=world, capture_output=True, text=True, check=False)
    return run.returncode, (run.stdout + run.stderr).splitlines()
