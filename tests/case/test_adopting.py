"""Two laptops without a server: what somebody did in another folder of the case comes in whole, or not at all."""

import json
import os
import shutil
import subprocess
from collections import Counter

import pytest

from factcheck.case import Case
from factcheck.cli import main
from factcheck.errors import BadData, FactcheckError, Refused
from factcheck.events import canonical
from factcheck.labels import reworded
from factcheck.ledger.file import FileLedger

LINK = "https://example.org/statement"
LEDGER = "claims/ledger.jsonl"


@pytest.fixture
def desks(case, tmp_path):
    """Two copies of one case, ann's and bob's; whatever a test did to them must pass the audit."""
    for name in ("ann", "bob"):
        shutil.copytree(case.folder, tmp_path / name)
    ann, bob = Case.open(tmp_path / "ann", by="ann"), Case.open(tmp_path / "bob", by="bob")
    yield ann, bob
    for case in (ann, bob):
        assert case.audit().findings == ()
        case.close()


def judge(case, rating="supported", claim="C1", **more):
    case.attach(claim, LINK, stance="supports", quote="joined")
    case.decide(claim, rating, because=f"{case.by} says so.", **more)


def swap(ann, bob):
    """Each takes in the other's; what the first one saw of it."""
    done = ann.adopt(bob.folder)
    bob.adopt(ann.folder)
    return done


def bytes_of(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def both(ann, bob, claim="C1"):
    one, two = ann.claim(claim), bob.claim(claim)
    assert (one.state, one.reopened, one.dispute) == (two.state, two.reopened, two.dispute)
    return one


# -- what comes in ---------------------------------------------------------------------------------


def test_both_minted_the_same_number_and_both_claims_stay(desks):
    ann, bob = desks
    ann.add("S1", "Maria Lopez")
    bob.add("S1", "Globex")
    done = swap(ann, bob)
    assert done.map == (("C6", "C7"),)
    assert [ann.claim(each).statement for each in ("C6", "C7")] == ["Maria Lopez", "Globex"]
    assert [bob.claim(each).statement for each in ("C6", "C7")] == ["Globex", "Maria Lopez"]


def test_an_adopted_act_counts_under_its_own_author_time_and_id(desks):
    ann, bob = desks
    (act,) = bob.note("C1", "seen")
    (line,) = ann.adopt(bob.folder).events
    (here,) = ann.trail("C1")
    assert (line.kind, line.by, line.id) == ("event.adopted", "ann", act.id)
    assert (here.kind, here.by, here.time, here.id) == ("note.added", "bob", act.time, act.id)
    assert line.body.line.encode() == (bob.folder / LEDGER).read_bytes().splitlines()[-1]


def test_adopting_again_writes_nothing_and_one_s_own_acts_are_known(desks):
    ann, bob = desks
    judge(ann)
    bob.note("C2", "seen")
    swap(ann, bob)
    before = bytes_of(ann.folder / "claims"), bytes_of(bob.folder / "claims")
    assert (ann.adopt(bob.folder).events, bob.adopt(ann.folder).events) == ((), ())
    assert before == (bytes_of(ann.folder / "claims"), bytes_of(bob.folder / "claims"))


def test_what_a_third_desk_did_comes_along_in_its_own_line(desks, tmp_path):
    ann, bob = desks
    shutil.copytree(ann.folder, tmp_path / "eve")
    eve = Case.open(tmp_path / "eve", by="eve")
    eve.add("S1", "VideoPort")
    bob.add("S1", "Globex")
    bob.adopt(eve.folder)
    bob.note("C7", "the third")
    ann.add("S1", "Acme")
    assert ann.adopt(bob.folder).map == (("C6", "C7"), ("C7", "C8"))
    assert [ann.claim(f"C{n}").statement for n in (6, 7, 8)] == ["Acme", "Globex", "VideoPort"]
    assert [each.text for each in ann.claim("C8").notes] == ["the third"]
    assert "event.adopted" not in {json.loads(e.as_written.body.line)["kind"] for e in ann.trail("C8")}
    eve.close()


def test_documents_of_one_name_and_their_suggestions_come_along(desks, tmp_path):
    ann, bob = desks
    for case, words in ((ann, "Initech hired 40 people in Paris."), (bob, "Acme sold 3 million cars.")):
        document = tmp_path / case.by / ".." / f"{case.by}.d" / "notes.txt"
        document.parent.mkdir(parents=True)
        document.write_text(f"Last week {words}\n", "utf-8")
        case.ingest(document)
    page = tmp_path / "page.txt"
    page.write_text("Acme sold cars, it says.", "utf-8")
    bob.attach("C6", page, stance="supports", quote="sold cars")
    bob.decide("C6", "supported", because="It says so.")
    bob.export("jsonl", draft=True)
    ann.export("jsonl", draft=True)
    swap(ann, bob)
    assert ann.source("S3").path == "claims/S3-notes.txt"
    assert "Acme" in ann.text(ann.source("S3"))
    assert "Acme" in ann.claim("C7").statement
    assert ann.claim("C7").verdict.by == "bob"
    assert bytes_of(ann.folder / "exports" / "X2").values().__len__() == 2
    assert {each.id for each in ann.exports()} == {"X1", "X2"}
    assert bob.claim("C7").mentions[0].source == "S3"


def told(capsys, case, *words):
    """What a command prints, and how it ends."""
    with pytest.raises(SystemExit) as end:
        main(["--case", str(case.folder), "--by", case.by, *words])
    return capsys.readouterr().out, end.value.code


def test_the_command_says_what_came_in_which_numbers_changed_and_what_waits(desks, capsys):
    ann, bob = desks
    ann.add("S1", "Maria Lopez")
    bob.add("S1", "Globex")
    judge(ann)
    judge(bob, "misleading")
    out, code = told(capsys, ann, "ledger", "adopt", str(bob.folder), "--json")
    said = json.loads(out)
    assert code == 0
    assert {each["kind"] for each in said["events"]} == {"event.adopted"}
    assert [each["subject"] for each in said["events"]] == ["C7", "C1", "C1"]
    assert said["map"] == [["C6", "C7"], ["E1", "E2"]]
    assert said["waiting"] == ["C1"]
    bob.adopt(ann.folder)
    assert told(capsys, bob, "ledger", "adopt", str(ann.folder))[0].startswith("0 acts taken in")


# -- two verdicts, and acts that do not fit --------------------------------------------------------


def test_equal_verdicts_of_two_people_confirm(desks):
    ann, bob = desks
    judge(ann)
    judge(bob)
    assert swap(ann, bob).waiting == ()
    assert both(ann, bob).state == "confirmed"
    assert both(ann, bob).confirmed_by == "bob"


def test_other_verdicts_of_two_people_are_disputed_and_settled_by_a_third(desks):
    ann, bob = desks
    judge(ann)
    judge(bob, "misleading")
    assert swap(ann, bob).waiting == ("C1",)
    assert both(ann, bob).state == "disputed"
    ann.settle("C1", "misleading", because="Bob is right.", by="eve")
    bob.adopt(ann.folder)
    assert both(ann, bob).state == "settled"


def test_three_people_judge_at_two_desks_and_nobody_is_lost(desks):
    ann, bob = desks
    judge(ann)
    ann.confirm("C1", by="eve")
    judge(bob, "refuted")
    swap(ann, bob)
    assert both(ann, bob).state == "disputed"
    assert {each.by for each in both(ann, bob).verdicts} == {"ann", "bob"}


def test_a_settlement_does_not_end_a_dispute_with_somebody_it_did_not_know(desks):
    ann, bob = desks
    judge(ann)
    ann.dispute("C1", because="no", by="eve")
    judge(bob, "refuted")
    ann.settle("C1", "supported", because="It is so.", by="mia")
    swap(ann, bob)
    assert both(ann, bob).state == "disputed"


def test_a_verdict_on_words_that_the_other_desk_changed_comes_back(desks):
    ann, bob = desks
    ann.accept("C1")
    ann.reword("C1", "蒋璐去了 TikTok。")
    judge(bob)
    assert swap(ann, bob).waiting == ("C1",)
    assert (both(ann, bob).state, both(ann, bob).reopened) == ("accepted", "two desks")
    assert [each.by for each in both(ann, bob).verdicts] == ["bob"]


@pytest.mark.parametrize("first", ["ann", "bob"])
def test_what_one_dismisses_or_merges_and_the_other_judges_comes_back(desks, first):
    ann, bob = desks
    acts = {
        "ann": lambda: (ann.dismiss("C1", reason="trivial"), ann.merge("C3", "C2")),
        "bob": lambda: (judge(bob), judge(bob, claim="C2")),
    }
    acts[first]()
    acts["bob" if first == "ann" else "ann"]()
    assert sorted(swap(ann, bob).waiting) == ["C1", "C2"]
    assert {both(ann, bob, each).state for each in ("C1", "C2")} == {"accepted"}
    assert both(ann, bob).reopened == "two desks"


def test_a_verdict_on_evidence_that_the_other_desk_withdrew_comes_back(desks):
    ann, bob = desks
    ann.attach("C1", LINK, stance="supports", quote="joined")
    bob.adopt(ann.folder)
    bob.decide("C1", "supported", because="It says so.")
    ann.withdraw("E1")
    swap(ann, bob)
    assert both(ann, bob).state == "accepted"
    assert both(ann, bob).verdict is None


def test_both_reword_and_somebody_is_asked(desks):
    ann, bob = desks
    for case in desks:
        case.accept("C1")
        case.reword("C1", f"{case.by} 说蒋璐走了。")
    assert swap(ann, bob).waiting == ("C1",)
    assert both(ann, bob).statement == "bob 说蒋璐走了。"


def test_the_same_twice_is_no_conflict(desks):
    ann, bob = desks
    for case in desks:
        case.accept("C1", "C2")
        case.dismiss("C3", reason="trivial")
        case.merge("C1", "C2")
    assert swap(ann, bob).waiting == ()
    assert [both(ann, bob, each).state for each in ("C1", "C2", "C3")] == ["accepted", "merged", "dismissed"]


def test_what_somebody_undoes_stays_when_another_desk_went_on_with_it(desks):
    ann, bob = desks
    ann.add("S1", "Maria Lopez")
    bob.adopt(ann.folder)
    judge(bob, claim="C6")
    ann.undo()
    swap(ann, bob)
    assert both(ann, bob, "C6").verdict.by == "bob"


def test_one_goes_on_upon_what_was_adopted(desks):
    ann, bob = desks
    judge(bob)
    ann.adopt(bob.folder)
    ann.confirm("C1")
    ann.undo()
    ann.redo()
    ann.export("markdown")
    bob.adopt(ann.folder)
    assert both(ann, bob).state == "published"


# -- what does not come in -------------------------------------------------------------------------


def test_another_case_is_refused(desks, tmp_path):
    other = Case.create(tmp_path / "other", "eve")
    with pytest.raises(Refused, match="another case") as error:
        desks[0].adopt(other.folder)
    assert reworded(error.value.what, "zh") == "那是另一个案件：它的台账开头不同。"
    with pytest.raises(Refused, match="the case itself"):
        desks[0].adopt(desks[0].folder)
    other.close()


def test_an_act_of_somebody_whom_this_desk_does_not_know_waits_for_a_membership(desks):
    ann, bob = desks
    ann.add_member("ann", "lead")
    bob.note("C1", "seen", by="eve")
    before = bytes_of(ann.folder / "claims")
    with pytest.raises(Refused, match=r"note\.added by eve"):
        ann.adopt(bob.folder)
    assert before == bytes_of(ann.folder / "claims")
    ann.add_member("eve", "reviewer")
    assert len(ann.adopt(bob.folder).events) == 1
    bob.adopt(ann.folder)


def lines(folder):
    return (folder / LEDGER).read_bytes().splitlines()


def write(folder, found, end=b"\n"):
    (folder / LEDGER).write_bytes(b"".join(line + end for line in found))


def torn(folder):
    (folder / LEDGER).write_bytes((folder / LEDGER).read_bytes()[:-30])


def broken(folder):
    write(folder, [*lines(folder)[:-1], b'{"spec":1}'])


def converted(folder):
    write(folder, lines(folder), b"\r\n")


def newer(folder):
    write(folder, [*lines(folder), lines(folder)[-1].replace(b'"spec":1', b'"spec":2')])


def spaced(folder):
    write(folder, [*lines(folder)[:-1], json.dumps(json.loads(lines(folder)[-1])).encode()])


def linked(folder):
    (folder / LEDGER).rename(folder / "elsewhere")
    (folder / LEDGER).symlink_to(folder / "elsewhere")


def a_pipe(folder):
    (folder / LEDGER).unlink()
    os.mkfifo(folder / LEDGER)


def linked_claims(folder):
    (folder / "claims").rename(folder / "elsewhere")
    (folder / "claims").symlink_to(folder / "elsewhere")


def nothing_there(folder):
    shutil.rmtree(folder / "claims")


def no_source(folder):
    next((folder / "claims").glob("*notes.txt")).unlink()


def another_source(folder):
    next((folder / "claims").glob("*notes.txt")).write_text("other words", "utf-8")


def linked_source(folder):
    path = next((folder / "claims").glob("*notes.txt"))
    path.rename(folder / "elsewhere")
    path.symlink_to(folder / "elsewhere")


def other_suggestions(folder):
    path = next((folder / "claims").glob("S2.suggestions-*"))
    path.write_bytes(path.read_bytes() + b"\n")


def climbing(folder):
    last = json.loads(lines(folder)[-2])
    last["body"]["path"] = "claims/../../x.txt"
    write(folder, [*lines(folder)[:-2], canonical(last), lines(folder)[-1]])


HOSTILE = [
    torn, broken, converted, newer, spaced, linked, a_pipe, linked_claims, nothing_there, no_source, another_source,
    linked_source, other_suggestions, climbing,
]  # fmt: skip


@pytest.mark.parametrize("spoil", HOSTILE, ids=lambda each: each.__name__)
def test_a_folder_that_cannot_be_trusted_is_refused_in_a_sentence_and_nothing_is_written(
    desks, tmp_path, spoil
):
    ann, bob = desks
    (tmp_path / "notes.txt").write_text("Last week Acme sold 3 million cars.\n", "utf-8")
    bob.ingest(tmp_path / "notes.txt")
    hostile = shutil.copytree(bob.folder, tmp_path / "hostile")
    spoil(hostile)
    (hostile / "claims" / "checkpoint").unlink(missing_ok=True)
    before = bytes_of(ann.folder / "claims")
    with pytest.raises((BadData, Refused)) as error:
        ann.adopt(hostile)
    assert error.value.what.endswith(".")
    assert before == bytes_of(ann.folder / "claims")


def test_a_file_of_this_desk_is_never_written_over(desks, tmp_path):
    ann, bob = desks
    (tmp_path / "notes.txt").write_text("Last week Acme sold 3 million cars.\n", "utf-8")
    bob.ingest(tmp_path / "notes.txt")
    (ann.folder / "claims" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(Refused, match="another file lies there"):
        ann.adopt(bob.folder)
    assert (ann.folder / "claims" / "notes.txt").read_text("utf-8") == "mine"
    (ann.folder / "claims" / "notes.txt").unlink()
    ann.adopt(bob.folder)


def test_adopting_never_touches_the_other_folder(desks):
    ann, bob = desks
    judge(bob)
    before = bytes_of(bob.folder)
    ann.adopt(bob.folder)
    assert before == bytes_of(bob.folder)


def test_an_adoption_that_was_killed_goes_on_with_the_next_one(desks, monkeypatch):
    ann, bob = desks
    judge(bob)
    bob.add("S1", "Globex")
    bob.note("C6", "seen")
    ann.add("S1", "Maria Lopez")
    append, written = FileLedger.append, Counter()

    def dying(self, event, after):
        written["lines"] += 1
        if written["lines"] == 3:
            raise KeyboardInterrupt
        return append(self, event, after)

    monkeypatch.setattr(FileLedger, "append", dying)
    with pytest.raises(KeyboardInterrupt):
        ann.adopt(bob.folder)
    monkeypatch.setattr(FileLedger, "append", append)
    again = Case.open(ann.folder, by="ann")
    assert again.claim("C1").verdict.by == "bob"
    assert len(again.adopt(bob.folder).events) == 2
    assert [each.text for each in again.claim("C7").notes] == ["seen"]
    again.close()
    ann.refresh()


# -- by git ----------------------------------------------------------------------------------------


def git(folder, *arguments, check=True):
    how = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", *how, *arguments], cwd=folder, capture_output=True, text=True, check=check, timeout=60
    )
    return done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_branches_of_git_come_together_by_adopting_from_the_other_one_s_worktree(desks, tmp_path):
    ann, _ = desks
    git(ann.folder, "init", "-q")
    git(ann.folder, "add", "-A")
    git(ann.folder, "commit", "-qm", "begun")
    git(ann.folder, "worktree", "add", "-q", "-b", "bob", str(tmp_path / "branch"))
    branch = Case.open(tmp_path / "branch", by="bob")
    judge(branch, "misleading")
    git(branch.folder, "add", "-A")
    git(branch.folder, "commit", "-qm", "bob's")
    judge(ann)
    git(ann.folder, "add", "-A")
    git(ann.folder, "commit", "-qm", "ann's")
    mine = (ann.folder / LEDGER).read_bytes()
    assert "CONFLICT" in git(ann.folder, "merge", "bob", check=False)
    assert (ann.folder / LEDGER).read_bytes() == mine
    git(ann.folder, "checkout", "--ours", "claims/checkpoint")
    ann.adopt(branch.folder)
    git(ann.folder, "add", "-A")
    git(ann.folder, "commit", "-qm", "both")
    assert ann.claim("C1").state == "disputed"
    branch.close()


def test_every_refusal_is_one_of_ours(desks, tmp_path):
    with pytest.raises(FactcheckError):
        desks[0].adopt(tmp_path / "nowhere")
