"""Every key that acts, pressed in a real terminal, and docs/screens.md, which says what is recorded by it.

`FACTCHECK_RENEW_TABLES=1 pytest tests/tui/test_screens_table.py` writes the tables anew; then read the diff.
"""

import os
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import make_desk
from deeds import STORY
from driving import Driver, Gone, Paste, See, acts
from places import BOXES, GONE, PLACES
from pointing_stub import completion
from scales import LOOK, OURS

from factcheck.actions import ACTIONS
from factcheck.case import Case
from factcheck.tui.sheets import SHEETS

DOCUMENT = Path(__file__).parents[2] / "docs" / "screens.md"
REGISTRY = {each.id: each for each in ACTIONS}


@pytest.fixture(scope="module")
def outside():
    """A page to capture and a model to ask, both on this machine: HOST:PORT."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.say("text/html; charset=utf-8", "<title>公告</title><p>张楠去年辞去抖音 CEO 的职务。</p>")

        def do_POST(self):
            self.rfile.read(int(self.headers["content-length"]))
            self.say("application/json", completion([]))

        def say(self, kind, text):
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def key_pair(folder):
    """A key, in a folder that holds it, its public half, and ssh-keygen: no other program is to be found there."""
    place = folder / "keys"
    place.mkdir()
    tool = shutil.which("ssh-keygen")
    subprocess.run([tool, "-q", "-t", "ed25519", "-N", "", "-f", place / "key"], check=True)
    (place / "ssh-keygen").symlink_to(tool)
    return place / "key"


def put_in(step, places):
    """The step with what its words in braces stand for."""
    text = step if isinstance(step, str) else step.text if isinstance(step, Paste) else step.words
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text if isinstance(step, str) else type(step)(text)


def colleague(folder, place):
    """Another folder of the same case, in which a colleague has left a note."""
    other = Case.open(shutil.copytree(folder, place), by="colleague")
    other.note("C1", "seen elsewhere")
    other.close()
    return place


def test_every_key_that_acts_adds_its_lines_to_the_ledger_and_every_other_key_none(tmp_path, outside):
    folder = tmp_path / "desk"
    make_desk(folder).close()
    files = {
        "note": "so it says, and so it is",
        "paper": "Anna Chen left Acme in May 2023.\n",
        "scale": OURS,
        "template": LOOK,
    }
    places = {"page": f"http://{outside}", "other": colleague(folder, tmp_path / "other")}
    for name, text in files.items():
        places[name] = tmp_path / f"{name}.txt"
        places[name].write_text(text, "utf-8")
    places["key"] = key_pair(tmp_path)
    desk = Driver(
        folder,
        columns=100,
        rows=32,
        FACTCHECK_ALLOW_ADDRESSES=outside,
        FACTCHECK_PROPOSER_ENDPOINT=f"http://{outside}/v1",
        FACTCHECK_PROPOSER_MODEL="stub",
        FACTCHECK_PROPOSER_ALLOW=f"http://{outside}",
        DISPLAY=":99",
        PATH=str(places["key"].parent),
        FACTCHECK_KEY=str(places["key"]),
        COLORTERM="",
    )
    desk.do(See("▸  C5 "), See("Verdict digits"))
    before = len(acts(folder))
    for deed in STORY[:-1]:
        if deed.by != desk.by:
            desk.become(deed.by)
        if deed.claim:
            desk.to(deed.claim)
        desk.do(*(put_in(step, places) for step in deed.steps))
        if deed.action == "person":
            desk.by = "reviewer-2"
        desk.wait_for_lines(before + len(deed.writes))
        done = acts(folder, before)
        assert [(kind, subject) for kind, subject, _ in done] == [each[:2] for each in deed.writes], deed
        for (_, _, by), wanted in zip(done, deed.writes, strict=True):
            assert by.startswith("tool:") if wanted[2:] else by == deed.by, deed
        before += len(done)
    assert STORY[-1].action == "quit"
    desk.leave()
    assert len(acts(folder)) == before
    case = Case.open(folder)
    assert case.audit().findings == ()
    case.close()


def test_every_action_of_the_registry_has_a_deed():
    done = [each.action for each in STORY]
    missing = set(REGISTRY) - set(done)
    assert not missing, f"give these actions a line in STORY of tests/tui/deeds.py: {missing}"
    assert set(done) <= set(REGISTRY)


# -- what is seen ----------------------------------------------------------------------------------


def filled(folder):
    case = make_desk(folder)
    case.attach("C5", "https://example.org/cost", quote="1.8e11", stance="refutes")
    case.decide("C5", "misleading", because="Nobody names the sum.")
    case.read("R1")
    case.relate("C3", "C4", "contradicts", by="reviewer-2")
    case.add("S1", start=0, end=4, statement="A summary.", type="opinion")
    for name, role in (("lead-1", "lead"), ("reviewer-1", "reviewer"), ("reviewer-2", "reviewer")):
        case.add_member(name, role, by="lead-1")
    return case


def torn(folder):
    case = make_desk(folder)
    case.attach("C5", "https://example.org/cost", quote="1.8e11", stance="refutes")
    case.decide("C5", "misleading", because="Nobody names the sum.")
    (folder / "claims" / "meeting.txt").unlink()
    return case


CASES = {
    "filled": filled,
    "empty": lambda folder: Case.create(folder, "reviewer-1", name="empty"),
    "still": lambda folder: make_desk(folder, text="Good morning, everybody.\n", suggested=()),
    "torn": torn,
    "guided": lambda folder: make_desk(folder, example=True),
}
"""The cases on which every screen is looked at."""


@pytest.mark.parametrize("name", CASES)
def test_every_screen_says_what_it_has_and_what_to_do_where_it_has_nothing(name, tmp_path):
    folder = tmp_path / name
    CASES[name](folder).close()
    before = acts(folder)
    desk = Driver(folder, by="" if name == "guided" else "reviewer-1", columns=120, rows=32, NO_COLOR="1")
    for place in PLACES:
        for sight in (place.filled, place.empty, place.error):
            if sight and sight.case == name:
                look(desk, sight)
    if name == "filled":
        for _, claim, steps, says in BOXES:
            desk.do(":", claim, "Enter", *steps, See(says), "Esc", Gone(says))
    if name == "guided":
        desk.do("reviewer-1", "Enter", See("working as reviewer-1"))
    desk.leave()
    assert acts(folder) == before


def look(desk, sight):
    """Go there, see it, and go back."""
    desk.do(*sight.steps, See(sight.says), *sight.back)
    if sight.back and sight.says != GONE:  # which the desk below says as well
        desk.do(Gone(sight.says))


def test_every_screen_and_every_sheet_has_its_sights():
    opened = {place.action for place in PLACES}
    missing = set(SHEETS) - opened
    assert not missing, f"give these sheets a line in PLACES of tests/tui/places.py: {missing}"
    for place in PLACES:
        assert place.empty or place.never_empty, place.name
        assert place.error or place.never_wrong, place.name


# -- the document ----------------------------------------------------------------------------------


def recorded(id):
    """What an action adds to the ledger, or changes elsewhere."""
    kinds = dict.fromkeys(f"`{each[0]}`" for deed in STORY if deed.action == id for each in deed.writes)
    elsewhere = dict.fromkeys(deed.keeps for deed in STORY if deed.action == id and deed.keeps)
    return ", ".join(kinds) or "".join(f"nothing; changes {each}" for each in elsewhere) or "nothing"


def screens_table():
    """Every screen with its three sights."""
    rows = [
        [
            place.name,
            f"`{REGISTRY[place.action].key}`" if place.action else "",
            place.shows,
            place.empty.says if place.empty else f"({place.never_empty})",
            place.error.says if place.error else f"({place.never_wrong})",
        ]
        for place in PLACES
    ]
    return rendered(["screen", "key", "there is something", "there is nothing", "something is wrong"], rows)


def boxes_table():
    """Every box that may say no, with its words."""
    rows = [
        [REGISTRY[name].label("en"), f"`{REGISTRY[name].key}`", " ".join(f"`{each}`" for each in steps), says]
        for name, _, steps, says in BOXES
    ]
    return rendered(["box", "key", "pressed and written", "it says"], rows)


def keys_table():
    """Every action of the registry with what is recorded by it."""
    rows = [
        [each.screen, f"`{each.key}`", each.label("en"), f"`{each.command}`" if each.command else "", recorded(each.id)]
        for each in ACTIONS
    ]  # fmt: skip
    return rendered(["screen", "key", "what it does", "command", "recorded"], rows)


def rendered(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def held(name, text, table):
    """The document with this table between its two markers."""
    before, _, rest = text.partition(f"<!-- {name} -->\n")
    _, _, after = rest.partition(f"<!-- /{name} -->")
    assert rest, f"docs/screens.md has no <!-- {name} -->"
    return f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"


def test_the_document_holds_every_screen_and_every_key():
    text = DOCUMENT.read_text("utf-8")
    wanted = held("boxes", held("screens", text, screens_table()), boxes_table())
    wanted = held("keys", wanted, keys_table())
    if os.environ.get("FACTCHECK_RENEW_TABLES"):
        DOCUMENT.write_text(wanted, "utf-8")
    assert wanted == DOCUMENT.read_text("utf-8"), (
        "renew docs/screens.md with FACTCHECK_RENEW_TABLES=1 and read the diff"
    )
