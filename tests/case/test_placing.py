"""An export that goes elsewhere is always written there; what lay there under its names is kept beside it, and said."""

import errno
import os
from pathlib import Path

import pytest

from factcheck import files as files_module
from factcheck.case import Case
from factcheck.errors import FactcheckError, Refused, Unavailable
from factcheck.export import verify


@pytest.fixture
def case(tmp_path):
    case = Case.create(tmp_path / "case", "reviewer-1", solo=True)
    (tmp_path / "meeting.txt").write_text("最近蒋璐转投 TikTok。\n", "utf-8")
    case.ingest(tmp_path / "meeting.txt")
    case.decide("C1", "not_checkable")
    yield case
    case.close()


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def replaced(tmp_path):
    return [path for path in tmp_path.iterdir() if ".replaced-" in path.name]


def test_the_same_export_again_moves_nothing(case, tmp_path):
    for _ in range(2):
        case.export(to=tmp_path / "out")
    assert (replaced(tmp_path), case.notices) == ([], [])


def test_another_export_is_kept_beside_the_new_one_and_both_stay_whole(case, tmp_path):
    case.export("markdown", "annotations", "jsonl", to=tmp_path / "out")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path / "out")}
    case.note("C1", "hm")
    case.export("html", "jsonl", to=tmp_path / "out")
    (aside,) = replaced(tmp_path)
    assert {name: (aside / name).read_bytes() for name in names(aside)} == before
    assert verify(aside) == verify(tmp_path / "out") == ()
    assert names(tmp_path / "out") == ["claims.jsonl", "manifest-sha256.txt", "report.html"]
    assert case.notices == [
        f"{tmp_path / 'out'} held something else under these names; that is now in {aside}."
    ]


def test_a_file_of_somebody_else_is_kept_and_what_has_another_name_is_left_alone(case, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("mine", "utf-8")
    (out / "thesis.txt").write_text("mine too", "utf-8")
    case.export("html", to=out)
    (aside,) = replaced(tmp_path)
    assert (aside / "report.html").read_text("utf-8") == "mine"
    assert (out / "thesis.txt").read_text("utf-8") == "mine too"


def test_a_link_is_never_written_through(case, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    (out / "report.md").symlink_to(tmp_path / "precious.txt")
    case.export("markdown", to=out)
    assert (tmp_path / "precious.txt").read_text("utf-8") == "mine"
    assert not (out / "report.md").is_symlink()


def test_another_zip_is_kept_beside_the_new_one(case, tmp_path):
    place = tmp_path / "out.zip"
    place.write_bytes(b"mine")
    case.export("bundle", to=place)
    (aside,) = replaced(tmp_path)
    assert (aside.suffix, aside.read_bytes()) == (".zip", b"mine")
    assert place.read_bytes()[:2] == b"PK"


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_recorded(case, tmp_path):
    size = case.head.size
    (tmp_path / "file").write_text("mine", "utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below", case.folder / "claims", "/proc/nowhere"):
        with pytest.raises(FactcheckError):
            case.export(to=place)
    with pytest.raises(Refused):
        case.export(to=" ")
    assert case.head.size == size
    assert not os.path.lexists(tmp_path / ".factcheck-probe")


def room_for(count, place):
    """os.open on a system where the disk of `place` has room for so many files more."""
    left, real = [count], os.open

    def opened(path, flags, *mode):
        if flags & os.O_CREAT and Path(path).is_relative_to(place):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, flags, *mode)

    return opened


PROBE = 1


@pytest.mark.parametrize("files", [0, 2])
def test_a_disk_that_is_full_before_the_copy_is_whole_is_told_with_what_is_recorded(
    case, tmp_path, monkeypatch, files
):
    out = tmp_path / "usb" / "out"
    size = case.head.size
    with monkeypatch.context() as patch:
        patch.setattr(files_module.os, "open", room_for(PROBE + files, tmp_path / "usb"))
        with pytest.raises(Unavailable) as told:
            case.export(to=out)
    assert str(told.value) == (
        f"{out}: X1 is recorded and lies in exports/X1; its copy is not whole. Seen: No space left on device. "
        "Do: make room there, or name another place with --to, and repeat the command; nothing is recorded twice"
    )
    assert (verify(case.folder / "exports" / "X1"), case.head.size) == ((), size + 1)
    assert len(names(out)) == files
    case.export(to=out)
    assert (verify(out), case.head.size) == ((), size + 1)


def test_a_disk_too_full_for_a_zip_is_told_with_what_is_recorded(case, tmp_path, monkeypatch):
    place = tmp_path / "usb" / "out.zip"
    with monkeypatch.context() as patch:
        patch.setattr(files_module.os, "open", room_for(PROBE, tmp_path / "usb"))
        with pytest.raises(
            Unavailable, match=r"X1 is recorded and lies in exports/X1; its copy is not whole\."
        ):
            case.export("bundle", to=place)
    assert not place.exists()
    case.export("bundle", to=place)
    assert place.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_had_to_make_way_for_a_copy_that_failed_is_told_too(case, tmp_path, monkeypatch, name):
    place = tmp_path / "usb" / name
    case.export("bundle", to=place)
    case.note("C1", "hm")
    with monkeypatch.context() as patch:
        patch.setattr(files_module.os, "open", room_for(PROBE, tmp_path / "usb"))
        with pytest.raises(Unavailable) as told:
            case.export("bundle", to=place)
    (aside,) = replaced(tmp_path / "usb")
    assert told.value.what == (
        f"X2 is recorded and lies in exports/X2; its copy is not whole; what lay there is now in {aside}."
    )


def test_a_link_in_the_place_of_a_folder_of_the_copy_is_told_with_what_is_recorded(case, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "reviews").symlink_to(tmp_path)
    with pytest.raises(Refused) as told:
        case.export("claimreview", to=tmp_path / "out")
    assert (told.value.what, told.value.seen) == (
        "X1 is recorded and lies in exports/X1; its copy is not whole.",
        "this folder is a link",
    )
