"""A pack that is missing: what it had found is not taken back without a word, and no name of one leads elsewhere."""

from hashlib import sha256

import pytest

from factcheck.blobs import open_blobs
from factcheck.case import Case
from factcheck.errors import BadData, NotFound, Refused, Usage
from factcheck.ledger.files import CaseFiles, pack_path

PACK = '[[entity]]\nname = "蒋璐"\nheard = ["姜露"]\n'


@pytest.fixture
def case(tmp_path):
    """A case in a folder, with a source that was extracted with a pack of the case."""
    made = Case.create(tmp_path / "case", "reviewer-1")
    (made.folder / "claims" / "packs").mkdir()
    (made.folder / "claims" / "packs" / "own.toml").write_text(PACK, "utf-8")
    (tmp_path / "talk.txt").write_text("最近 VideoPort 的负责人姜露转投 TikTok。\n", "utf-8")
    made.ingest(tmp_path / "talk.txt")
    yield made
    made.close()


def meant(case):
    return {each.meant for each in case.readings("S1")}


def test_a_pack_that_is_missing_keeps_what_it_had_found_until_somebody_goes_on_without_it(case):
    (case.folder / "claims" / "packs" / "own.toml").unlink()
    head = case.head
    with pytest.raises(Refused, match="S1 was extracted with the pack 'own', which is not here") as refused:
        case.reextract("S1")
    assert "put that pack into claims/packs" in refused.value.remedy
    assert sha256(PACK.encode()).hexdigest()[:16] in refused.value.seen
    assert (head, "蒋璐" in meant(case)) == (case.head, True)
    with pytest.raises(Usage, match="no pack of this name"):
        case.reextract("S1", without=["another"])
    (event,) = case.reextract("S1", without=["own"])
    assert "own" not in [each.name for each in event.body.packs]
    assert "蒋璐" not in meant(case)
    assert case.reextract("S1") == ()  # from then on nobody asks for it


def test_a_pack_is_at_hand_wherever_its_file_lies_and_counts_once(case, tmp_path):
    own = case.folder / "claims" / "packs" / "own.toml"
    assert [each.name for each in case.packs([own])].count("own") == 1
    own.rename(tmp_path / "own.toml")
    assert case.reextract("S1", packs=[tmp_path / "own.toml"]) == ()


def test_a_pack_that_is_left_out_is_left_out_though_it_is_here(case):
    assert "own" not in [each.name for each in case.packs(without=["own"])]
    case.reextract("S1", without=["own", "technology"])
    assert "蒋璐" not in meant(case)
    assert (case.folder / "claims" / "packs" / "own.toml").is_file()


def test_a_new_document_in_a_folder_asks_for_nothing(case, tmp_path):
    (case.folder / "claims" / "packs" / "own.toml").unlink()
    (tmp_path / "next.txt").write_text("去年的收入是 84.0 亿美元。\n", "utf-8")
    assert case.ingest(tmp_path / "next.txt").id == "S2"
    assert case.notices == []


HOSTILE = (
    "", ".", "..", ".hidden", "../x", "a/b", "/etc/x", "a\\b", "c:x", "con", "NUL", "com1.x", "a\0", "a\nb", "a\u202eb", "~", "-x",
    "README", "torn-1", "x ", "x.", "长" * 70, "a?",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_no_name_of_a_pack_leads_elsewhere(name):
    with pytest.raises(Refused, match="no file of a pack can have this name"):
        pack_path(name)


@pytest.mark.parametrize("name", ["own", "名称 2", "a.b", "concern", "comma", "Müller-Ön"])
def test_names_that_people_give_packs_are_theirs(name):
    assert f"claims/packs/{name}.toml" == pack_path(name)


def test_a_pack_comes_from_the_shelf_whole_or_not_at_all(tmp_path):
    shelf = open_blobs(str(tmp_path / "shelf"))
    digest = shelf.put(PACK.encode())
    files, target = (
        CaseFiles(tmp_path / "case", lambda: shelf),
        tmp_path / "case" / "claims" / "packs" / "own.toml",
    )

    def no_pack(_data):
        raise BadData("this is no pack.")

    with pytest.raises(BadData):
        files.bring_pack("own", digest, no_pack)
    with pytest.raises(NotFound):
        files.bring_pack("own", "0" * 64, len)
    assert not target.exists()
    assert files.bring_pack("own", digest, len)
    target.unlink()
    target.parent.rmdir()
    target.parent.write_text("no folder", "utf-8")
    with pytest.raises(Refused, match="cannot be written"):
        files.bring_pack("own", digest, len)
    target.parent.unlink()
    target.parent.mkdir()
    target.write_text("# mine", "utf-8")
    assert not files.bring_pack("own", digest, len)
    assert (target.read_text("utf-8"), files.pack("own", digest)) == ("# mine", None)
    target.unlink()
    target.symlink_to(tmp_path / "nowhere")
    assert not files.bring_pack("own", digest, len)
    assert not (tmp_path / "nowhere").exists()
