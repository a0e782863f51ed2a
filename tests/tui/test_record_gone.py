"""Whatever becomes of the record while the desk is open: nothing falls over, it is said, and the work goes on afterwards."""

import asyncio
import json
import resource
import shutil
from contextlib import contextmanager

import pytest
from conftest import make_desk
from looking import BARE, looking
from states import STATES
from terminal import reviewing
from test_grids import PROOF, REPORT, go_through

from factcheck.actions import ACTIONS
from factcheck.case import Case
from factcheck.labels import label
from factcheck.tui.sheets import SHEETS

POLL = 0.02
"""Seconds: nobody watches, so the desk may look every moment."""


def of(case):
    return case.folder / "claims" / "ledger.jsonl"


@contextmanager
def moved(path):
    """Away, and back in its place."""
    elsewhere = path.with_name("elsewhere")
    path.rename(elsewhere)
    yield
    assert not path.exists()  # nothing stands in the way of who puts it back
    elsewhere.rename(path)


@contextmanager
def written_over(path, data):
    whole = path.read_bytes()
    path.write_bytes(data)
    yield
    path.write_bytes(whole)


@contextmanager
def deleted(case, _other):
    whole = of(case).read_bytes()
    of(case).unlink()
    yield
    assert not of(case).exists()
    of(case).write_bytes(whole)


@contextmanager
def unreadable(case, _other):
    whole = of(case).read_bytes()
    of(case).unlink()
    of(case).mkdir()  # whoever runs the tests as root may read everything but this
    yield
    of(case).rmdir()
    of(case).write_bytes(whole)


def emptied(case, _other):
    return written_over(of(case), b"")


def cut_short(case, _other):
    data = of(case).read_bytes()
    return written_over(of(case), data[: len(data) // 2])


def of_another_case(case, other):
    return written_over(of(case), of(other).read_bytes())


def claims_moved(case, _other):
    return moved(of(case).parent)


def case_moved(case, _other):
    return moved(case.folder)


LOST = {
    deleted: "ledger_gone",
    unreadable: "ledger_unread",
    emptied: "ledger_shortened",
    cut_short: "ledger_shortened",
    of_another_case: "ledger_changed",
    claims_moved: "ledger_gone",
    case_moved: "ledger_gone",
}
"""What may become of the ledger, and the sentence that says so."""


def begins(key, lang):
    return label(f"refusal.{key}", lang, lines="\0", line="\0").partition("\0")[0]


def acting(state):
    """The keys that record something where a state leads to."""
    sheets = {name for name in SHEETS if name in {state.name, f"{state.name}s"}}
    keys = [each.key.lower() for each in ACTIONS if each.screen in sheets and each.verb]
    if state.name == "evidence":
        return BARE  # as it is: no test asks the web for anything
    return keys or ["space" if state.name in {"review", "list", "beside"} else "enter"]


def lines(case):
    return [json.loads(line) for line in of(case).read_bytes().splitlines()]


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("factcheck.tui.review.POLL", POLL)


async def until(eyes, *words, gone=()):
    """Wait for these words on the screen, and for others to be gone."""
    for _ in range(3000):
        text = eyes.text()
        if all(each in text for each in words) and not any(each in text for each in gone):
            return text
        await eyes.pilot.pause(0.01)
    raise AssertionError(f"{words} without {gone}\n{eyes.text()}")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("lost", LOST, ids=lambda each: each.__name__)
def test_it_is_said_without_any_key_and_taken_back_when_the_record_is_there_again(
    tmp_path, quick, lost, lang
):
    case, other = make_desk(tmp_path / "desk"), make_desk(tmp_path / "other", name="another")
    other.accept("C5")

    async def story():
        async with looking(case, lang=lang) as eyes:
            with lost(case, other):
                await until(eyes, begins(LOST[lost], lang), " → ")
                await eyes.press("space")  # refused, and said again
                await until(eyes, begins(LOST[lost], lang))
            await until(eyes, label("tui.record_back", lang), gone=[begins(LOST[lost], lang)])
            await eyes.press("space")

    asyncio.run(story())
    assert [(each["kind"], each["subject"]) for each in lines(case)[3:]] == [("claim.accepted", "C5")]
    case.close()
    other.close()


@pytest.mark.parametrize("lost", [claims_moved], ids=lambda each: each.__name__)
def test_no_screen_falls_over_when_the_record_is_lost_under_it(tmp_path, quick, lost):
    case, other = make_desk(tmp_path / "desk"), make_desk(tmp_path / "other", name="another")
    other.accept("C5")
    before = lines(case)

    async def story():
        async with looking(case, lang="en") as eyes:
            for state in (each for each in STATES if each.back):
                await go_through(eyes, state.there)
                with lost(case, other):
                    await eyes.press(*acting(state))
                    await eyes.press("escape", "escape")
                await eyes.press(*state.back)
                await until(eyes, "Verdict digits", gone=[begins(LOST[lost], "en")])
            return eyes.app._exception

    with pytest.MonkeyPatch.context() as patch:  # what they find is theirs to test; here they only take time
        patch.setattr(Case, "audit", lambda _: REPORT)
        patch.setattr(Case, "proof", lambda _, **__: PROOF)
        assert asyncio.run(story()) is None
    assert lines(case)[: len(before)] == before
    case.close()
    other.close()


# -- the index: whatever becomes of it, nobody need know -------------------------------------------


def index_deleted(case):
    (case.folder / ".factcheck" / "index.sqlite").unlink()


def index_folder_deleted(case):
    shutil.rmtree(case.folder / ".factcheck")


def index_overwritten(case):
    (case.folder / ".factcheck" / "index.sqlite").write_bytes(b"no database " * 1000)


def index_emptied(case):
    (case.folder / ".factcheck" / "index.sqlite").write_bytes(b"")


@pytest.mark.parametrize(
    "harm", [index_deleted, index_folder_deleted, index_overwritten, index_emptied], ids=lambda e: e.__name__
)
def test_an_index_that_is_harmed_under_the_desk_is_made_again_and_shared_as_before(tmp_path, quick, harm):
    case = make_desk(tmp_path / "desk")

    async def story():
        async with looking(case, lang="en") as eyes:
            harm(case)
            await eyes.press("j", "k", "space")
            await until(eyes, "C5 accepted")
            await eyes.press("d", "escape", "c", *"words", "enter")
            await until(eyes, "C2")
            assert eyes.screen.trouble == ()
            opened = eyes.screen.claim.id
            for _ in range(1000):
                if case.held():
                    break
                await eyes.pilot.pause(0.01)
            colleague = Case.open(case.folder, by="reviewer-2", clock=case._clock)
            assert colleague.held() == {opened: "reviewer-1"}
            return colleague

    colleague = asyncio.run(story())
    assert colleague.held() == {}
    assert [each["kind"] for each in lines(case)[3:]] == ["claim.accepted", "note.added"]
    assert colleague.numbers() == case.numbers()
    colleague.close()
    case.close()


def test_a_half_line_at_the_end_of_the_ledger_is_put_aside_by_the_next_act(tmp_path, quick):
    case = make_desk(tmp_path / "desk")

    async def story():
        async with looking(case, lang="en") as eyes:
            with of(case).open("ab") as file:
                file.write(b'{"at":"half')
            await eyes.press("j", "k", "space")
            await until(eyes, "C5 accepted")

    asyncio.run(story())
    assert [each["kind"] for each in lines(case)[3:]] == ["claim.accepted"]
    assert [each.read_bytes() for each in (case.folder / "claims").glob("torn-*")] == [b'{"at":"half']
    case.close()


# -- in a real terminal ----------------------------------------------------------------------------


def drafts(state):
    """What is kept of unfinished words on the disk."""
    found = (state / "factcheck" / "people").glob("*.drafts.json")
    return [words for each in found for words in json.loads(each.read_text("utf-8")).values()]


def test_words_half_written_outlive_the_ledger_that_goes_and_comes_back(tmp_path):
    case = make_desk(tmp_path / "desk")
    case.close()
    desk = reviewing(case.folder, XDG_STATE_HOME=str(tmp_path / "state"), lang="zh")
    desk.wait("▸  C5", "判定键")
    desk.press("c")
    desk.wait("备注 C5")
    desk.press("半句话")
    desk.wait("半句话")
    with deleted(case, None):
        desk.press("Enter")
        desk.wait("台账不见了", "→", "半句话")  # the box stays open with all its words
        while drafts(tmp_path / "state") != [{"text": "半句话"}]:  # written a moment after the key
            assert desk.read()
    desk.press("，写完了", "Enter")
    desk.wait("C5 已备注", gone=["台账不见了"])
    assert desk.leave() == 0
    assert lines(case)[-1]["body"]["text"] == "半句话，写完了"


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no other process can be given limits here")
def test_a_full_disk_refuses_the_act_keeps_the_words_and_lets_them_through_when_there_is_room(tmp_path):
    case = make_desk(tmp_path / "desk")
    case.close()
    before = of(case).read_bytes()
    desk = reviewing(case.folder, XDG_STATE_HOME=str(tmp_path / "state"), lang="zh")
    desk.wait("▸  C5", "判定键")
    desk.press("c")
    desk.wait("备注 C5")
    desk.press("半句话")
    desk.wait("半句话")
    _, most = resource.prlimit(desk.child.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(desk.child.pid, resource.RLIMIT_FSIZE, (8, most))
    desk.press("，写完了", "Enter")
    desk.wait("磁盘已满", "半句话，写完了")
    assert of(case).read_bytes() == before
    resource.prlimit(desk.child.pid, resource.RLIMIT_FSIZE, (most, most))
    desk.press("Enter")
    desk.wait("C5 已备注", gone=["磁盘已满"])
    assert desk.leave() == 0
    assert lines(case)[-1]["body"]["text"] == "半句话，写完了"
