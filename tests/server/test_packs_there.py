"""Name packs of a case on a server: what one desk extracts with comes to the others, and nothing found is lost unsaid."""

import shutil
from dataclasses import replace
from hashlib import sha256

import pytest
from cable import Cable
from tui.looking import watch

from factcheck import text
from factcheck.case import Case
from factcheck.cli import main
from factcheck.errors import Refused, Unavailable
from factcheck.ledger import Address

pytestmark = pytest.mark.server
TALK = "最近 VideoPort 的负责人姜露转投 TikTok，负责 AI 视频技术的开发。Last week Maria Lopes joined Globex as chief scientist.\n"
PACK = '[[entity]]\nname = "蒋璐"\nheard = ["姜露"]\n'
MORE = PACK + '\n[[entity]]\nname = "Maria Lopez"\nheard = ["Maria Lopes"]\n'


def pack(case, text=PACK, name="own"):
    path = case.folder / "claims" / "packs" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def packs(case):
    return {each.name: each.read_text("utf-8") for each in (case.folder / "claims" / "packs").glob("*")}


def meant(case, source="S1"):
    return {each.meant for each in case.readings(source)}


def lost(case, content=PACK):
    """Take a blob off the shelf; gives its path."""
    digest = sha256(content.encode()).hexdigest()
    (blob,) = case.house.shelf.rglob(digest)
    blob.unlink()
    return blob


@pytest.fixture
def desk(house, tmp_path):
    """Makes a desk of a person for the one case that is there."""
    made = []

    def make(person, name="", dsn=""):
        where = tmp_path / (name or person)
        made.append(Case.clone(where, Address(dsn or house.dsn[person], ""), by=person))
        made[-1].house = house
        return made[-1]

    yield make
    for each in made:
        assert each.audit().findings == ()
        each.close()


@pytest.fixture
def case(house, tmp_path):
    """A case on the server, by the lead, with one source that was extracted without a pack of the case."""
    made = Case.create(tmp_path / "case", "lead-1", name="call", dsn=house.dsn["lead-1"])
    made.house = house
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    made.ingest(tmp_path / "talk.txt")
    yield made
    assert made.audit().findings == ()
    made.close()


def test_a_new_desk_has_the_packs_that_others_extracted_with_and_says_so(case, desk):
    pack(case)
    case.reextract("S1")
    head = case.head
    other = desk("reviewer-1")
    assert packs(other) == {"own.toml": PACK}
    assert "claims/packs/own.toml was brought here: S1 was extracted with it." in other.notices
    assert other.reextract("S1") == ()
    assert (head, meant(case)) == (other.head, meant(other))
    assert "蒋璐" in meant(other)


def test_a_desk_that_was_there_before_gets_them_when_it_extracts(case, desk, tmp_path):
    other, third = desk("reviewer-1"), desk("reviewer-2")
    pack(case)
    case.reextract("S1")
    assert other.reextract("S1") == ()
    assert packs(other) == {"own.toml": PACK}
    (tmp_path / "next.txt").write_text("姜露说去年的收入是 84.0 亿美元。\n", "utf-8")
    third.ingest(tmp_path / "next.txt")
    assert packs(third) == {"own.toml": PACK}
    assert "蒋璐" in meant(third, "S2")
    assert not packs(desk("auditor-1")).keys() - {"own.toml"}


def test_a_whole_folder_is_taken_in_with_the_packs_of_the_others(case, desk, tmp_path):
    other = desk("reviewer-1")
    pack(case)
    case.reextract("S1")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "next.txt").write_text("姜露说去年的收入是 84.0 亿美元。\n", "utf-8")
    other.ingest_folder(tmp_path / "in", workers=1)
    assert "蒋璐" in meant(other, "S2")


def test_who_edits_a_pack_means_it_and_nobody_overwrites_it(case, desk):
    pack(case)
    case.reextract("S1")
    other = desk("reviewer-1")
    edited = pack(other, MORE)
    (event,) = other.reextract("S1")
    assert sha256(MORE.encode()).hexdigest() in {each.sha256 for each in event.body.packs}
    assert "Maria Lopez" in meant(other)
    before = case.refresh(), case.head
    with pytest.raises(Refused, match="older than the one that S1 was extracted with") as refused:
        case.reextract("S1")
    assert packs(case) == {"own.toml": PACK}
    assert case.head == before[1]
    assert "delete" in refused.value.remedy
    pack(case).unlink()
    assert case.reextract("S1") == ()
    assert packs(case) == {"own.toml": MORE}
    assert edited.read_text("utf-8") == MORE


def test_an_older_pack_is_used_by_who_says_so(case, desk):
    pack(case)
    case.reextract("S1")
    other = desk("reviewer-1")
    pack(other, MORE)
    other.reextract("S1")
    (event,) = case.reextract("S1", packs=[case.folder / "claims" / "packs" / "own.toml"])
    assert [each.name for each in event.body.packs].count("own") == 1
    assert "Maria Lopez" not in meant(case)


def test_a_pack_is_ended_by_emptying_it(case, desk):
    pack(case)
    case.reextract("S1")
    other = desk("reviewer-1")
    pack(case, "")
    case.reextract("S1")
    assert "蒋璐" not in meant(case)
    with pytest.raises(Refused, match="older"):
        other.reextract("S1")
    pack(other).unlink()
    assert other.reextract("S1") == ()
    assert packs(other) == {"own.toml": ""}


def test_a_pack_that_somebody_uses_while_another_desk_extracts_is_not_lost(case, desk, monkeypatch):
    """What counts is what stands in the ledger when the line is written, not when its making began."""
    other, real = desk("reviewer-1"), text.extract

    def slowly(*given, **how):
        monkeypatch.setattr(text, "extract", real)
        pack(case)
        case.reextract("S1")
        return replace(real(*given, **how), readings=())

    monkeypatch.setattr(text, "extract", slowly)
    with pytest.raises(Refused, match="'own', which is not here"):
        other.reextract("S1")
    assert other.reextract("S1") == ()
    assert "蒋璐" in meant(other)


def test_a_document_is_not_extracted_with_an_older_pack_either(case, desk, tmp_path):
    pack(case)
    case.reextract("S1")
    other = desk("reviewer-1")
    pack(other, MORE)
    other.reextract("S1")
    (tmp_path / "next.txt").write_text("姜露说去年的收入是 84.0 亿美元。\n", "utf-8")
    with pytest.raises(Refused, match="older"):
        case.ingest(tmp_path / "next.txt")
    assert [each.id for each in case.sources()] == ["S1"]


def test_what_cannot_be_brought_keeps_what_it_had_found_unless_somebody_says_so(case, desk):
    other = desk("reviewer-1")
    pack(case)
    case.reextract("S1")
    blob = lost(case)
    other.refresh()
    before, head = meant(other), other.head
    with pytest.raises(Refused, match="S1 was extracted with the pack 'own', which is not here") as refused:
        other.reextract("S1")
    assert str(blob) in refused.value.seen
    assert "--without 'own'" in refused.value.remedy
    assert (other.head, meant(other), packs(other)) == (head, before, {})
    other.reextract("S1", without=["own"])
    assert "蒋璐" not in meant(other)
    blob.write_text(PACK, "utf-8")


def test_a_shelf_that_lies_brings_no_pack(case, desk):
    other = desk("reviewer-1")
    pack(case)
    case.reextract("S1")
    blob = lost(case)
    blob.write_text(MORE, "utf-8")
    with pytest.raises(Refused, match="which is not here") as refused:
        other.reextract("S1")
    assert "not the bytes that belong here" in refused.value.seen
    assert packs(other) == {}
    blob.write_text(PACK, "utf-8")


def test_a_server_that_is_away_is_worth_trying_again(case, desk, house):
    cable = Cable(house.dsn["reviewer-1"])
    other = desk("reviewer-1", dsn=cable.dsn)
    pack(case)
    case.reextract("S1")
    other.refresh()
    other._ledger._shelf = None
    cable.unplug()
    with pytest.raises(Unavailable, match="S1 was extracted with the pack 'own'") as refused:
        other.reextract("S1")
    assert (
        refused.value.remedy == "repeat the command later"
    )  # without it, nothing found could be kept either
    with pytest.raises(Unavailable):
        other.reextract("S1", without=["own"])
    cable.plug_in()
    other.note("C1", "back")
    assert other.reextract("S1") == ()
    assert packs(other) == {"own.toml": PACK}
    other.audit()
    cable.close()


def test_a_pack_that_was_named_for_one_document_is_asked_for_there_alone(case, desk, tmp_path):
    (tmp_path / "guest.toml").write_text(PACK, "utf-8")
    case.reextract("S1", packs=[tmp_path / "guest.toml"])
    other = desk("reviewer-1")
    assert packs(other) == {}
    with pytest.raises(Refused, match="the pack 'guest'"):
        other.reextract("S1")
    assert other.reextract("S1", packs=[tmp_path / "guest.toml"]) == ()
    (tmp_path / "next.txt").write_text("姜露说去年的收入是 84.0 亿美元。\n", "utf-8")
    other.ingest(tmp_path / "next.txt")
    assert "蒋璐" not in meant(other, "S2")
    assert any("the pack 'guest', which is not here" in each for each in other.notices)


def test_packs_go_to_a_server_with_the_case_and_come_back(house, desk, tmp_path):
    made = Case.create(tmp_path / "case", "lead-1", name="call")
    pack(made)
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    made.ingest(tmp_path / "talk.txt")
    made.push(house.dsn["lead-1"])
    other = desk("reviewer-1")
    assert packs(other) == {"own.toml": PACK}
    edited = pack(made, MORE)
    made.reextract("S1")
    lead = desk("lead-1", "lead")
    pack(lead).unlink()
    lead.pull()
    assert packs(lead) == {"own.toml": MORE}
    assert edited.read_text("utf-8") == MORE
    made.close()


# -- names that another desk wrote -------------------------------------------------------------------


def entered(case, tmp_path, monkeypatch, name, content=PACK):
    """An extraction as a hostile desk records it: it names a pack as it likes, whose bytes are on the shelf."""
    digest, real = case._ledger.shelf().put(content.encode()), text.extract
    (tmp_path / "given.toml").write_text(PACK, "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(text, "extract", lambda *a, **k: replace(real(*a, **k), packs=((name, digest),)))
        case.reextract("S1", packs=[tmp_path / "given.toml"])


@pytest.mark.parametrize("name", ["../../../outside", "/tmp/outside", "..", ".hidden", "con", "a\\b", "x:y"])
def test_a_name_that_leads_elsewhere_brings_nothing_and_is_said(case, desk, tmp_path, monkeypatch, name):
    early = desk("reviewer-1")
    entered(case, tmp_path, monkeypatch, name)
    before = sorted(tmp_path.rglob("*.toml"))
    late = desk("reviewer-2")
    assert any("no file of a pack can have this name" in each for each in late.notices)
    for each in (early, late):
        with pytest.raises(Refused, match="which is not here"):
            each.reextract("S1")
    assert before == sorted(tmp_path.rglob("*.toml"))
    (tmp_path / "next.txt").write_text("去年的收入是 84.0 亿美元。\n", "utf-8")
    assert early.ingest(tmp_path / "next.txt").id == "S2"


def test_what_is_no_pack_is_not_kept(case, desk, tmp_path, monkeypatch):
    entered(case, tmp_path, monkeypatch, "own", "not = a pack\n")
    other = desk("reviewer-1")
    assert packs(other) == {}
    with pytest.raises(Refused, match="'own', which is not here") as refused:
        other.reextract("S1")
    assert "This is not TOML" in refused.value.seen


def test_no_link_is_written_through(case, desk, tmp_path):
    other = desk("reviewer-1")
    pack(case)
    case.reextract("S1")
    (tmp_path / "elsewhere").mkdir()
    (other.folder / "claims" / "packs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="not here"):
        other.reextract("S1")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    (other.folder / "claims" / "packs").unlink()


# -- bytes that are withheld -------------------------------------------------------------------------


@pytest.fixture
def shown(case, tmp_path):
    (tmp_path / "page.html").write_text("<p>Maria Lopez joined Globex.</p>", "utf-8")
    case.capture(tmp_path / "page.html", from_url="http://127.0.0.1:9/p")
    return case


def test_who_withholds_is_told_what_the_keeper_of_the_shelf_must_delete(shown, house):
    kept = shown.look("K1")
    shown.withhold("K1", because="a court says so")
    (said,) = [each for each in shown.notices if "who keeps that store must delete there" in each]
    for digest in (kept.sha256, kept.text.sha256):
        (blob,) = house.shelf.rglob(digest)
        assert str(blob) in said
        blob.unlink()


def test_the_screen_says_so_as_well(shown):
    for claim in shown.claims():
        shown.attach(claim.id, "K1", stance="supports")
    screen = watch(shown, "tab", "tab", "h", ("write", "a court says so"), "enter", lang="en")
    said = " ".join(screen.split())
    assert "K1: no desk deletes from the store that all share" in said
    assert f"{shown.look('K1').sha256}"[-20:] in said


def test_a_desk_that_never_had_them_says_withheld_and_fetches_nothing(shown, desk):
    shown.withhold("K1", because="a court says so")
    other = desk("reviewer-1")
    for look in (other.page_text, other.record):
        with pytest.raises(Exception, match="K1 was withheld: a court says so"):
            look("K1")
    evidence = next(each for each in other.audit().checks if each.name == "evidence")
    assert (evidence.status, "withheld: evidence/" in evidence.note) == ("unverifiable", True)
    other.export("bundle", draft=True)
    assert list((other.folder / "evidence").glob("*")) == []


def test_bytes_that_another_capture_keeps_still_come(shown, desk, tmp_path):
    shutil.copy(tmp_path / "page.html", tmp_path / "copy.html")
    again = shown.capture(tmp_path / "copy.html", from_url="http://127.0.0.1:9/again")
    shown.withhold("K1", because="a court says so")
    assert not [each for each in shown.notices if "must delete" in each]
    other = desk("reviewer-1")
    assert "Maria Lopez" in other.page_text(again.id)


def test_what_another_folder_did_reaches_the_shelf_too(house, desk, tmp_path):
    """An act that was adopted names files as well; of what was withheld there is nothing to be told."""
    made = Case.create(tmp_path / "case", "lead-1", name="call")
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    made.ingest(tmp_path / "talk.txt")
    laptop = Case.open(shutil.copytree(made.folder, tmp_path / "laptop"), by="lead-1")
    for name in ("kept", "gone"):
        (tmp_path / f"{name}.html").write_text(f"<p>Maria Lopez was {name}.</p>", "utf-8")
        laptop.capture(tmp_path / f"{name}.html", from_url=f"http://127.0.0.1:9/{name}")
    laptop.withhold("K2", because="a court says so")
    pack(laptop)
    laptop.reextract("S1")
    made.push(house.dsn["lead-1"])
    made.adopt(laptop.folder)
    assert not [each for each in made.notices if "must delete" in each]
    other = desk("reviewer-1")
    assert "was kept" in other.page_text("K1")
    for each in (made, other):
        assert packs(each) == {"own.toml": PACK}
        assert each.reextract("S1") == ()
    made.close()
    laptop.close()


# -- as a command ------------------------------------------------------------------------------------


def test_the_command_says_which_pack_and_goes_on_without_it_when_told(case, desk, capsys, monkeypatch):
    other = desk("reviewer-1")
    pack(case)
    case.reextract("S1")
    blob = lost(case)
    monkeypatch.setattr("factcheck.case.opening.recall_server", lambda *_: other.server)

    def ended(*more):
        with pytest.raises(SystemExit) as end:
            main(["--case", str(other.folder), "--by", "reviewer-1", "ingest", "--again", "S1", *more])
        return end.value.code or 0

    assert ended() == 1
    assert "--without 'own'" in capsys.readouterr().err
    assert ended("--without", "nobody") == 2
    assert "there is no pack of this name" in capsys.readouterr().err
    assert ended("--without", "own") == 0
    blob.write_text(PACK, "utf-8")
    other.refresh()
