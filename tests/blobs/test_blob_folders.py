"""What can befall a folder of blobs: links, things that are no files, a full disk, a disk that forgets."""

import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest

from factcheck import files
from factcheck.blobs.local import LocalBlobs
from factcheck.errors import BadData, NotFound, Refused, Unavailable

DATA = "抖音 CEO".encode()
NAME = sha256(DATA).hexdigest()
OPEN = Path("/proc/self/fd")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "shared"


@pytest.fixture
def blobs(folder):
    return LocalBlobs(folder)


@pytest.fixture
def path(folder):
    return folder / "sha256" / NAME[:2] / NAME


def said(error, act):
    with pytest.raises(error) as raised:
        act()
    return str(raised.value)


@pytest.mark.parametrize("level", ["sha256", f"sha256/{NAME[:2]}"])
def test_nothing_is_written_through_a_linked_folder(folder, blobs, tmp_path, level):
    (folder / level).parent.mkdir(parents=True)
    (elsewhere := tmp_path / "elsewhere").mkdir()
    (folder / level).symlink_to(elsewhere)
    assert said(Refused, lambda: blobs.put(DATA)).startswith(f"{folder / level}: this folder is a link.")
    assert list(elsewhere.iterdir()) == []


def test_a_link_in_the_place_of_a_blob_is_not_the_blob(blobs, path, tmp_path):
    (tmp_path / "right").write_bytes(DATA)
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "right")
    assert not blobs.has(NAME)
    for act in (lambda: blobs.get(NAME), lambda: blobs.put(DATA)):
        assert said(BadData, act).startswith(
            f"{path}: these are not the bytes that belong here. Seen: a link."
        )


@pytest.mark.parametrize(("make", "seen"), [("mkdir", "Is a directory"), ("mkfifo", "not a plain file")])
def test_what_is_no_file_is_not_the_blob(blobs, path, make, seen):
    path.parent.mkdir(parents=True)
    getattr(os, make)(path)
    assert not blobs.has(NAME)
    for act in (lambda: blobs.get(NAME), lambda: blobs.put(DATA)):
        assert f"Seen: {seen}." in said(BadData, act)


def test_a_file_that_is_larger_than_what_is_kept_is_not_read(folder, path):
    blobs = LocalBlobs(folder, most=len(DATA))
    blobs.put(DATA)
    path.write_bytes(DATA + b"!")
    assert f"Seen: {len(DATA) + 1} bytes, at most {len(DATA)} are read." in said(
        BadData, lambda: blobs.get(NAME)
    )
    assert said(Refused, lambda: blobs.put(DATA + b"!")).startswith(
        "this is too large to be kept as one blob."
    )


def test_the_folder_may_be_a_file_by_mistake(folder, blobs):
    folder.write_bytes(b"")
    assert said(Refused, lambda: blobs.put(DATA)).endswith("Do: name another place")
    assert not blobs.has(NAME)
    with pytest.raises(NotFound):
        blobs.get(NAME)


@pytest.mark.parametrize(
    ("code", "error"), [(errno.ENOSPC, Unavailable), (errno.EROFS, Refused), (errno.EIO, Unavailable)]
)
def test_a_disk_that_takes_no_more_leaves_nothing_behind(blobs, folder, monkeypatch, code, error):
    def full(descriptor):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.os, "fsync", full)
    assert os.strerror(code) in said(error, lambda: blobs.put(DATA))
    assert [each for each in folder.rglob("*") if each.is_file()] == []
    assert not blobs.has(NAME)


@pytest.mark.parametrize("code", [errno.EIO, errno.ESTALE, errno.EACCES])
def test_a_disk_that_does_not_answer_is_worth_another_try(blobs, path, monkeypatch, code):
    blobs.put(DATA)

    def ill(*_, **__):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.os, "open", ill)
    assert said(Unavailable, lambda: blobs.get(NAME)) == (
        f"{path}: the blob cannot be read. Seen: {os.strerror(code)}."
        " Do: check the disk and who may read there, then repeat the command"
    )


@pytest.mark.parametrize(
    ("kept", "seen"), [(None, "nothing"), (b"", f"0 bytes with SHA-256 {sha256(b'').hexdigest()}")]
)
def test_a_disk_that_forgets_what_it_took_is_found_out(blobs, path, monkeypatch, kept, seen):
    durable = files.sync_folder

    def forget(folder):
        durable(folder)
        if path.exists():
            path.unlink()
            if kept is not None:
                path.write_bytes(kept)

    monkeypatch.setattr(files, "sync_folder", forget)
    assert said(Unavailable, lambda: blobs.put(DATA)) == (
        f"{path}: what was read back is not what was written; nothing was recorded. Seen: {seen}."
        " Do: check the store, then repeat the command"
    )


@pytest.mark.skipif(not OPEN.exists(), reason="only Linux tells which file a descriptor is")
def test_a_blob_and_the_folders_to_it_are_durable_before_put_returns(blobs, folder, path, monkeypatch):
    synced, real = [], os.fsync

    def fsync(descriptor):
        synced.append(str((OPEN / str(descriptor)).readlink()))
        real(descriptor)

    monkeypatch.setattr(files.os, "fsync", fsync)
    blobs.put(DATA)
    folders = [str(each) for each in (folder, folder / "sha256", path.parent)]
    assert [each for each in synced if each in folders] == folders
    assert synced[-2].endswith(".new")


def test_what_a_crash_left_behind_is_no_blob(blobs, path):
    path.parent.mkdir(parents=True)
    (path.parent / ".0123456789abcdef.new").write_bytes(DATA)
    assert not blobs.has(NAME)
    assert blobs.put(DATA) == NAME
