import errno
import os
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from factcheck.errors import BadData, Refused, Unavailable
from factcheck.evidence import store as store_module
from factcheck.evidence.store import LARGE, EvidenceStore, suffix_of

PAGE = "<p>蒋璐转投 TikTok</p>".encode()
DIGEST = sha256(PAGE).hexdigest()


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path)


def names(tmp_path):
    return sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*") if each.is_file())


def test_a_capture_is_a_file_named_by_its_content(store, tmp_path):
    assert store.put(PAGE, "text/html; charset=utf-8") == (DIGEST, f"evidence/{DIGEST}.html")
    assert names(tmp_path) == [f"evidence/{DIGEST}.html"]
    assert (tmp_path / "evidence" / f"{DIGEST}.html").read_bytes() == PAGE


def test_sha256sum_agrees_with_the_name(store, tmp_path):
    _, path = store.put(PAGE, "text/html")

    printed = subprocess.run(
        ["sha256sum", tmp_path / path], capture_output=True, text=True, check=True
    ).stdout
    assert printed.split()[0] == DIGEST


def test_what_was_put_can_be_read(store):
    digest, path = store.put(PAGE, "text/html")

    assert store.read(path, digest) == PAGE


def test_the_same_content_twice_is_one_file(store, tmp_path):
    first = store.put(PAGE, "text/html")
    inode = (tmp_path / first[1]).stat().st_ino

    assert store.put(PAGE, "text/html") == first
    assert (tmp_path / first[1]).stat().st_ino == inode


def test_an_empty_answer_can_be_kept(store):
    digest, path = store.put(b"", "")

    assert (path, store.read(path, digest)) == (f"evidence/{sha256().hexdigest()}.bin", b"")


def test_large_files_lie_apart(store, tmp_path):
    digest, path = store.put(bytes(LARGE + 1), "application/pdf")

    assert path == f"evidence/large/{digest}.pdf"
    assert store.read(path, digest) == bytes(LARGE + 1)
    assert store.put(bytes(LARGE), "application/pdf")[1].count("/") == 1


def test_a_changed_capture_is_bad_data_and_named(store, tmp_path):
    digest, path = store.put(PAGE, "text/html")
    (tmp_path / path).write_bytes(PAGE.replace(b"TikTok", b"Tiktok"))

    with pytest.raises(BadData) as bad:
        store.read(path, digest)
    assert bad.value.where == str(tmp_path / path)
    assert sha256((tmp_path / path).read_bytes()).hexdigest() in bad.value.seen
    assert bad.value.remedy


def test_a_lost_capture_is_bad_data_and_named(store, tmp_path):
    with pytest.raises(BadData) as bad:
        store.read(f"evidence/{DIGEST}.html", DIGEST)

    assert (bad.value.where, bad.value.seen) == (
        str(tmp_path / "evidence" / f"{DIGEST}.html"),
        "no such file",
    )


def test_putting_the_content_again_mends_a_changed_capture(store, tmp_path):
    digest, path = store.put(PAGE, "text/html")
    (tmp_path / path).write_bytes(b"something else")

    store.put(PAGE, "text/html")

    assert store.read(path, digest) == PAGE


@pytest.mark.parametrize(
    "path",
    ["../../etc/passwd", "/etc/passwd", "claims/ledger.jsonl", f"evidence/../evidence/{DIGEST}.html", f"evidence/{DIGEST[:-1]}.html",
     f"evidence/{'0' * 64}.html", f"evidence/{DIGEST}.html/..", f"evidence/{DIGEST}.html\n", ""],
)  # fmt: skip
def test_only_names_that_follow_from_the_content_are_opened(store, path):
    store.put(PAGE, "text/html")

    with pytest.raises(BadData):
        store.read(path, DIGEST)


def test_a_link_in_the_place_of_a_capture_is_not_followed(store, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(PAGE)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / f"{DIGEST}.html").symlink_to(elsewhere)

    with pytest.raises(BadData):
        store.read(f"evidence/{DIGEST}.html", DIGEST)
    _, path = store.put(PAGE, "text/html")
    assert not (tmp_path / path).is_symlink()


def test_a_pipe_in_the_place_of_a_capture_blocks_nobody(store, tmp_path):
    (tmp_path / "evidence").mkdir()
    os.mkfifo(tmp_path / "evidence" / f"{DIGEST}.html")

    with pytest.raises(BadData):
        store.read(f"evidence/{DIGEST}.html", DIGEST)


@pytest.mark.parametrize(
    ("code", "kind"), [(errno.ENOSPC, Unavailable), (errno.EROFS, Refused), (errno.EIO, Unavailable)]
)
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_disk_that_fails_leaves_nothing_behind_and_says_so(store, tmp_path, monkeypatch, call, code, kind):
    def fail(*arguments):
        raise OSError(code, os.strerror(code))

    (tmp_path / "evidence").mkdir()
    monkeypatch.setattr(store_module.os, call, fail)

    with pytest.raises(kind) as failed:
        store.put(PAGE, "text/html")
    assert failed.value.remedy
    assert names(tmp_path) == []


def test_content_that_reads_back_differently_is_not_called_kept(store, monkeypatch):
    monkeypatch.setattr(store_module, "_write", lambda fresh, data: fresh.write_bytes(data[:-1]))

    with pytest.raises(Unavailable):
        store.put(PAGE, "text/html")


def test_a_file_is_durable_before_it_gets_its_name_and_the_name_before_put_returns(
    store, tmp_path, monkeypatch
):
    steps = []
    (tmp_path / "evidence").mkdir()
    monkeypatch.setattr(
        store_module.os,
        "fsync",
        lambda descriptor: steps.append(Path(f"/proc/self/fd/{descriptor}").readlink()),
    )

    store.put(PAGE, "text/html")

    fresh, folder = steps
    assert fresh.name.startswith(".")
    assert folder == tmp_path / "evidence"


@pytest.mark.parametrize(
    ("media_type", "suffix"),
    [
        ("text/html", ".html"),
        ("TEXT/HTML ; charset=x", ".html"),
        ("image/jpeg", ".jpg"),
        ("", ".bin"),
        ("../../x", ".bin"),
    ],
)
def test_the_suffix_follows_from_the_media_type(media_type, suffix):
    assert suffix_of(media_type) == suffix
