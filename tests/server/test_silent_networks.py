"""A network that swallows every packet, without a word: nobody at a screen waits for it."""

import json
import random
import sqlite3
import threading
import time

import pytest
from cable import Cable
from tui.driving import Gone, See, acts
from tui.terminal import PATIENCE

from factcheck.case import Case
from factcheck.case.opening import now
from factcheck.labels import label
from factcheck.ledger import Address
from factcheck.ledger.file import FileLedger

pytestmark = pytest.mark.server


@pytest.fixture
def cabled(offices):
    """A reviewer whose desk hangs on a cable, that cable, and the other people."""
    one = offices["reviewer-1"]
    cable = Cable(one.dsn)
    one.folder = one.folder.with_name("cabled")
    one.run("ledger", "clone", cable.dsn, "cabled")
    yield one, cable, offices
    cable.close()


def swallowing(cable):
    """From now on nothing goes through, and somebody has asked and waits."""
    cable.swallow()
    assert cable.asked.wait(PATIENCE)


def until(holds):
    """Wait for something to be so."""
    end = time.monotonic() + PATIENCE
    while not (so := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    assert so


class Asking(threading.Thread):
    """The control: a desk that asks the server itself, as commands do; `go` lets it ask once more."""

    def __init__(self, folder, cable):
        super().__init__(daemon=True)
        self.folder, self.cable = folder, cable
        self.opened, self.go = threading.Event(), threading.Event()
        self.start()
        assert self.opened.wait(PATIENCE)

    def run(self):
        known = Case.open(self.folder)
        case = Case.open(self.folder, server=Address(self.cable.dsn, known.info.origin))
        known.close()
        self.opened.set()
        self.go.wait(PATIENCE)
        case.refresh()
        case.close()


def test_no_key_waits_for_a_silent_network_and_what_others_did_comes_when_it_speaks_again(cabled):
    one, cable, offices = cabled
    screen = one.screen()
    control = Asking(offices["reviewer-1"].folder.with_name("desk"), cable)
    swallowing(cable)
    control.go.set()
    offices["reviewer-2"].here("accept", "C1")
    screen.do("j", See("▸  C1 "), "k", See("▸  C2 "), "Tab", "j", "k", "Tab", "Tab")
    screen.do("c", See("Comment on"), "一 note typed in silence", See("typed in silence"))
    screen.do("Esc", Gone("Comment on"))
    screen.do("/", See("Filter"), "Globex", See("“Globex”"), "Esc", Gone("“Globex”"))
    screen.do("d", See("Dashboard"), "Esc", Gone("Dashboard"))
    assert control.is_alive()
    with FileLedger(control.folder, clock=now).writing(patience=0):
        pass  # who waits for an answer keeps nobody from the copy
    assert acts(one.folder) == acts(control.folder)
    cable.flow()
    screen.do(See("accepted"))
    control.join(PATIENCE)
    assert not control.is_alive()
    screen.leave()
    assert acts(one.folder)[-1] == ("claim.accepted", "C1", "reviewer-2")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_act_in_silence_is_refused_at_once_and_can_be_done_afterwards(cabled, lang):
    one, cable, _ = cabled
    one.world["FACTCHECK_LANG"] = lang
    screen = one.screen(columns=80, rows=24)
    before = len(acts(one.folder))
    away = label("tui.server_away", lang, number=before)
    swallowing(cable)
    screen.do(See(away))
    screen.do("c", "一 note", See("一 note"), "Enter")
    screen.do(
        See(label("refusal.server_silent", lang)), See(label("tui.not_saved_yet", lang)), See("一 note")
    )
    cable.flow()
    screen.do(Gone(away))
    screen.do("Enter", Gone("一 note"), See(f"#{before + 1}"))
    screen.leave()
    assert acts(one.folder)[-1] == ("note.added", "C2", "reviewer-1")


def test_an_act_that_has_to_wait_is_announced_and_keys_behind_it_keep_their_order(cabled):
    one, cable, _ = cabled
    screen = one.screen()
    cable.swallow()
    screen.do("c", "一 note", See("一 note"), "Enter", See("recording on the server"))
    before = acts(one.folder)
    screen.do("j", "c", "behind it", "Enter")
    cable.flow()
    screen.do(See(f"#{len(before) + 2}"))
    screen.leave()
    assert acts(one.folder)[len(before) :] == [
        ("note.added", "C2", "reviewer-1"),
        ("note.added", "C1", "reviewer-1"),
    ]


def test_keys_typed_in_bursts_arrive_in_their_order(cabled):
    one, _, _ = cabled
    screen, chance = one.screen(), random.Random(7)
    before, words = len(acts(one.folder)), ["u3us suits us", "2 of 3 murals", "1 more sum"]
    for key in "".join(f"c{each}\r" for each in words * 2):
        screen.terminal.child.send(key)
        time.sleep(chance.uniform(0, 0.006))
    screen.do(See(f"#{before + 6}"))
    screen.leave()
    lines = (one.folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["body"]["text"] for line in lines[before:]] == words * 2


def test_what_was_typed_behind_an_act_that_is_refused_is_not_done(cabled):
    """It was meant for a desk on which the act had been done: the next claim, not this one."""
    one, cable, offices = cabled
    screen = one.screen()
    cable.swallow()
    offices["reviewer-2"].here("accept", "C2")
    before = len(acts(offices["reviewer-2"].folder))
    screen.do("Space", See("recording on the server"))
    screen.do("Backspace", "1", "c", "behind it", "Enter")
    cable.flow()
    screen.do(See("has changed"))
    screen.do("j", "c", "read now", See("read now"), "Enter", See(f"#{before + 1}"))
    screen.leave()
    assert acts(one.folder)[before:] == [("note.added", "C1", "reviewer-1")]


def test_a_desk_opens_and_is_left_in_silence(cabled):
    one, cable, offices = cabled
    cable.swallow()
    screen = one.screen()
    assert cable.asked.is_set()
    screen.do("j", See("▸  C1 "))
    screen.leave()
    screen = one.screen()
    offices["reviewer-2"].here("accept", "C1")
    screen.do("j", See("▸  C1 "), "k", See("▸  C2 "))
    cable.flow()
    screen.do(See("accepted"))
    screen.leave()


def test_who_looks_out_goes_on_when_the_index_was_held_by_somebody(cabled, monkeypatch):
    """A thread that had ended would never tell that it had; here SQLite says what it says of a lock, at two places."""
    one, cable, offices = cabled
    with_origin = Case.open(one.folder)
    address = Address(cable.dsn, with_origin.info.origin)
    with_origin.close()
    faults = [sqlite3.OperationalError("database is locked")] * 2
    for name in ("scout", "fetch_lines"):
        real = getattr(Case, name)

        def held(self, real=real):
            if faults:
                raise faults.pop()
            return real(self)

        monkeypatch.setattr(Case, name, held)
    case = Case.open(one.folder, by="reviewer-1", server=address, looks_out=True)
    offices["reviewer-2"].here("accept", "C1")
    until(lambda: (case.refresh(), case.claim("C1").state)[1] == "accepted")
    assert faults == []
    case.close()


def test_what_is_open_is_told_beside_the_screen_and_taken_back(cabled):
    one, cable, offices = cabled
    with_origin = Case.open(one.folder)
    address = Address(cable.dsn, with_origin.info.origin)
    with_origin.close()
    case = Case.open(one.folder, by="reviewer-1", server=address, looks_out=True)
    case.hold("C1")
    until(lambda: offices["lead-1"].json("show", "C1")["held_by"] == "reviewer-1")
    case.let_go()
    until(lambda: not offices["lead-1"].json("show", "C1")["held_by"])
    case.close()


def test_texts_come_before_anybody_goes_to_their_claims(cabled):
    one, _, offices = cabled
    lead = offices["lead-1"]
    screen = one.screen()
    (lead.folder.parent / "more.txt").write_text("Ana Souza left Initech. 上周李明加入 Initech。\n", "utf-8")
    lead.here("ingest", str(lead.folder.parent / "more.txt"))
    until((one.folder / "claims" / "more.txt").exists)
    screen.leave()
