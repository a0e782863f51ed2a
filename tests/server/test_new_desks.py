"""A newcomer's desk for a server's case: who sits there, what the login may not do, and what has not come yet."""

import subprocess
import sys

import pytest
from tui.driving import Gone, See

from factcheck.labels import label

pytestmark = pytest.mark.server


def lines(desk):
    return (desk / "claims" / "ledger.jsonl").read_bytes().splitlines()


def test_a_desk_is_made_for_the_login_and_for_nobody_else(offices):
    one = offices["reviewer-1"]
    said = one.run("ledger", "clone", one.dsn, "other", "--by", "reviewer-2", expect=1)
    assert "you log in as 'reviewer-1', so at this desk you cannot be 'reviewer-2'." in said
    assert not one.folder.with_name("other").exists()
    one.run("ledger", "clone", one.dsn, "other", "--by", "reviewer-1")


def test_who_names_nobody_is_the_login(offices):
    one = offices["reviewer-1"]
    del one.world["FACTCHECK_BY"]
    one.folder = one.folder.with_name("mine")
    one.run("ledger", "clone", one.dsn, "mine")
    assert one.here("whoami").startswith("reviewer-1 (")
    one.here("note", "C1", "mine")
    assert one.json("show", "C1")["id"] == "C1"


def test_what_a_login_may_not_do_is_one_sentence_and_nothing_of_the_tables(offices):
    said = offices["auditor-1"].here("note", "C1", "hm", expect=1)
    (line,) = said.splitlines()
    assert "your login may not do this on the server. Seen: the login is auditor-1." in line
    assert "an auditor's login adds objections and witnesses only" in line


def test_what_the_driver_makes_of_a_refusal_stands_on_no_screen():
    """When the refusal comes before the last word was sent, the driver warns besides: which it does depends on the network."""
    warns = "from factcheck.ledger.postgres.connection import Server; Server('dbname=desk').place; import logging; "
    warns += "logging.getLogger('psycopg').warning('error ignored')"
    done = subprocess.run([sys.executable, "-c", warns], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_an_export_that_did_not_come_yet_is_not_said_to_be_missing(offices):
    lead, one, *_ = offices.values()
    lead.here("export", "--draft")
    place = str(one.folder / "exports" / "X1")
    said = one.here("export", "verify", place, expect=4)
    assert "factcheck audit brings the exports of this case here" in said
    assert "factcheck export makes one" in one.here("export", "verify", f"{place}/none", expect=4)
    one.here("audit")
    one.here("export", "verify", place)


@pytest.fixture
def shelfless(offices, house):
    """A reviewer without a desk, while the folder for the files is not mounted; `mount` brings it back."""
    one = offices["reviewer-1"]
    away = house.shelf.rename(house.shelf.with_name("unmounted"))
    one.folder = one.folder.with_name("late")
    one.mount = lambda: away.rename(house.shelf)
    one.whole = lines(offices["lead-1"].folder)
    return one


def test_a_desk_that_is_not_whole_is_said_to_be_not_and_the_same_command_ends_it(shelfless):
    said = shelfless.run("ledger", "clone", shelfless.dsn, "late", expect=5)
    assert "the desk is made, but not everything of the case has come." in said
    assert "the folder for the files of all desks is not here" in said
    some = lines(shelfless.folder)
    assert 0 < len(some) < len(shelfless.whole)
    assert f"Seen: {len(some)} lines;" in said
    shelfless.run("ledger", "clone", shelfless.dsn, "late", expect=5)
    shelfless.mount()
    assert f"{len(shelfless.whole)} lines; go on with" in shelfless.run(
        "ledger", "clone", shelfless.dsn, "late"
    )
    assert lines(shelfless.folder) == shelfless.whole


def test_any_later_look_ends_it_too(shelfless):
    shelfless.run("ledger", "clone", shelfless.dsn, "late", expect=5)
    shelfless.mount()
    shelfless.here("status")
    assert lines(shelfless.folder) == shelfless.whole


def test_no_case_is_made_over_another_one(offices):
    one, two = offices["reviewer-1"], offices["reviewer-2"]
    assert "already holds a case" in two.run("ledger", "clone", two.dsn, str(one.folder), expect=1)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_says_that_lines_are_away_and_not_the_server(shelfless, lang):
    shelfless.run("ledger", "clone", shelfless.dsn, "late", expect=5)
    number = len(lines(shelfless.folder))
    away = label("tui.lines_away", lang, number=number)
    screen = shelfless.screen(away, FACTCHECK_LANG=lang)
    screen.do(See("factcheck status"), Gone("factcheck extract"))
    shelfless.mount()
    screen.do(See("C2 "), Gone(away), "q")
