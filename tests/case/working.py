"""Work for the tests of bulk: chunks that kill their worker, and a plug-in that kills or holds its own."""

import os
import signal
from pathlib import Path
from types import SimpleNamespace

PLUGIN = """
import fcntl, os, signal, time
from pathlib import Path
from types import SimpleNamespace
from factcheck.text.layout import layout

HERE = Path(__file__).parent

def stage(text):
    if "致命" in text and ((HERE / "always").exists() or not (HERE / "killed").exists()):
        (HERE / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "等待" in text:
        lock = open(HERE / "lock", "w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        (HERE / "holding").touch()
        while not (HERE / "go").exists():
            time.sleep(0.02)
    return layout(text)
"""
"""A stage like ours, but for a document that kills its worker (once, or `always`), and one that it holds until `go` is there."""


def install(site):
    """Lay the plug-in out where Python finds it, as an installed distribution."""
    info = site / "odd-0.1.dist-info"
    info.mkdir(parents=True)
    (site / "odd.py").write_text(PLUGIN, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 0.1\n", "utf-8")
    (info / "RECORD").write_text("odd.py,,\n", "utf-8")
    (info / "entry_points.txt").write_text("[factcheck.stages]\nlayout = odd:stage\n", "utf-8")


def deadly(chunk):
    """Dies at every text that says so; once at each that names a file to leave behind; else says what it was given."""
    for text in chunk:
        word, _, file = text.partition(" ")
        if word == "deadly" or (word == "once" and not Path(file).exists()):
            if file:
                Path(file).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "broken":
            raise RecursionError(text)
    return SimpleNamespace(found=tuple(chunk), seconds=0.001)
