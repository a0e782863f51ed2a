"""Offices: people on machines of their own, each with a home, a folder and a login, on one server."""

import json
import os
import subprocess
import sys

from tui.driving import Driver
from tui.terminal import Terminal

TALK = "去年张楠辞去抖音 CEO 的职务。\n\nLast week Maria Lopez joined Globex as chief scientist.\n"


class Office:
    """Somebody's machine: a home, a folder, and the commands they type."""

    def __init__(self, place, name, dsn):
        self.name, self.dsn, self.folder = name, dsn, place / name / "desk"
        self.folder.parent.mkdir()
        home = place / name / "home"
        self.world = {
            f"XDG_{each}_HOME": str(home / each.lower()) for each in ("CONFIG", "STATE", "DATA", "CACHE")
        }
        self.world |= {"HOME": str(home), "FACTCHECK_BY": name, "FACTCHECK_LANG": "en"}

    def run(self, *words, expect=0):
        command = [sys.executable, "-m", "factcheck", *words]
        done = subprocess.run(  # noqa: PLW1510 (looked at below)
            command, cwd=self.folder.parent, env=os.environ | self.world, capture_output=True, text=True
        )
        assert expect == done.returncode, (words, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def here(self, *words, expect=0):
        return self.run("--case", str(self.folder), *words, expect=expect)

    def json(self, *words):
        return json.JSONDecoder().raw_decode(self.here(*words, "--json"))[0]

    def screen(self, shown="C2 ", **how):
        driver = Driver.__new__(Driver)
        driver.folder, driver.by = self.folder, self.name
        driver.terminal = Terminal(
            "-m", "factcheck", "--case", str(self.folder), "review", **(self.world | how)
        )
        driver.terminal.child.delaybeforesend = None
        driver.wait(shown)
        return driver


def with_a_case(place, dsn):
    """Four people with a login each; the lead has begun a case with one source, and the others have a desk for it."""
    found = {name: Office(place, name, each) for name, each in dsn.items()}
    lead = found["lead-1"]
    lead.run("init", "desk", "--server", lead.dsn, "--name", "call")
    (place / "talk.txt").write_text(TALK, "utf-8")
    lead.here("ingest", str(place / "talk.txt"))
    for name in ("reviewer-1", "reviewer-2", "auditor-1"):
        found[name].run("ledger", "clone", found[name].dsn, "desk")
    return found
