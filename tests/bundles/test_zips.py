"""A zip of strangers is read with suspicion: each trick is refused in one sentence, and nothing lands outside the folder."""

import io
import random
import stat
import struct
import zipfile
import zlib

import pytest

from factcheck.errors import BadData, FactcheckError
from factcheck.export import unzipped, zipped


def made(path, *names, data=b"x"):
    """A zip with entries of these names, written as they are."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo("n" * len(name))
            entry.filename = name
            archive.writestr(entry, data)
    return path


def refused(path, folder, **how):
    with pytest.raises(BadData) as refusal:
        unzipped(path, folder, **how)
    assert refusal.value.remedy
    return refusal.value.what


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "unpacked"
    place.mkdir()
    return place


def test_what_was_zipped_comes_out_again(tmp_path, folder):
    files = {"a/b.txt": b"one", "c.txt": "二".encode(), "名.txt": b""}
    (tmp_path / "all.zip").write_bytes(zipped(files))
    unzipped(tmp_path / "all.zip", folder)
    assert {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    } == files


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("../out.txt", "the zip names a file that would lie outside its folder."),
        ("a/../../out.txt", "the zip names a file that would lie outside its folder."),
        ("a//b.txt", "the zip names a file that would lie outside its folder."),
        ("./a.txt", "the zip names a file that would lie outside its folder."),
        ("/etc/out.txt", "the zip names a file by an absolute path or a drive."),
        ("C:/out.txt", "the zip names a file by an absolute path or a drive."),
        ("C:out.txt", "the zip names a file by an absolute path or a drive."),
        ("..\\out.txt", "the zip names a file by an absolute path or a drive."),
        ("\\\\host\\out.txt", "the zip names a file by an absolute path or a drive."),
        ("a\x1b[2Jb.txt", "the zip names a file with characters that cannot be shown."),
        ("a\u202eb.txt", "the zip names a file with characters that cannot be shown."),
    ],
)
def test_a_name_that_leads_elsewhere(tmp_path, folder, name, what):
    assert refused(made(tmp_path / "bad.zip", "fine.txt", name), folder) == what
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize(
    "names",
    [
        ("a.txt", "a.txt"),
        ("a.txt", "A.TXT"),
        ("é.txt", "e\u0301.txt"),
        ("ß.txt", "ss.txt"),
        ("a", "a/b.txt"),
        ("a/b.txt", "A"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_names_that_some_system_takes_for_one(tmp_path, folder, names):
    assert refused(made(tmp_path / "bad.zip", *names), folder) == "the zip names two files alike."


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices(tmp_path, folder, kind):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert refused(tmp_path / "bad.zip", folder) == "the zip holds a link or a device."


def patched(path, change):
    """The zip with bytes of its directory changed by hand."""
    data = bytearray(made(path, "a.txt", "b.txt").read_bytes())
    change(data, data.index(b"PK\x01\x02"))
    path.write_bytes(bytes(data))
    return path


def test_an_encrypted_file(tmp_path, folder):
    def encrypt(data, at):
        data[at + 8] |= 1

    assert refused(patched(tmp_path / "bad.zip", encrypt), folder) == "the zip holds an encrypted file."


def test_a_compression_that_is_not_read_here(tmp_path, folder):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"x" * 99)
    assert refused(tmp_path / "bad.zip", folder) == "the zip is compressed in a way that is not read here."


def test_a_bomb_by_its_own_account(tmp_path, folder):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * (8 << 20))
    assert refused(tmp_path / "bad.zip", folder) == "a file of the zip would grow beyond all measure."


def test_a_bomb_that_lies_about_its_size_is_counted_as_it_comes_out(tmp_path, folder):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * (8 << 20))
    data = bytearray(bomb.getvalue())
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)
    struct.pack_into("<I", data, 22, 1000)
    (tmp_path / "bad.zip").write_bytes(bytes(data))
    with pytest.raises(BadData):
        unzipped(tmp_path / "bad.zip", folder)
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 1000


def test_all_files_together_have_a_limit(tmp_path, folder):
    path = made(tmp_path / "bad.zip", "a", "b", "c", data=b"x" * 400)
    assert refused(path, folder, most=1000) == "the zip holds more than is read here."
    assert sum(path.stat().st_size for path in folder.rglob("*")) <= 1000


def test_overlapping_files(tmp_path, folder):
    """Two entries of the directory that name the same bytes."""

    def overlap(data, at):
        second = data.index(b"PK\x01\x02", at + 4)
        struct.pack_into("<I", data, second + 42, 0)

    assert refused(patched(tmp_path / "bad.zip", overlap), folder) == "files of the zip overlap."


def test_an_entry_that_is_not_there(tmp_path, folder):
    def nowhere(data, at):
        struct.pack_into("<I", data, data.index(b"PK\x01\x02", at + 4) + 42, at - 20)

    said = refused(patched(tmp_path / "bad.zip", nowhere), folder)
    assert said in {"the zip names a file that is not in it.", "files of the zip overlap."}


def test_what_is_no_zip(tmp_path, folder):
    (tmp_path / "bad.zip").write_bytes(b"hello")
    assert refused(tmp_path / "bad.zip", folder) == "this is no zip that can be read."


def test_a_changed_byte_of_a_file_is_noticed(tmp_path, folder):
    data = zipped({"a.txt": b"hello"}).replace(b"hello", b"hallo")
    (tmp_path / "bad.zip").write_bytes(data)
    assert refused(tmp_path / "bad.zip", folder) == "this is no zip that can be read."


def test_whatever_is_broken_is_refused_and_never_raises_otherwise(tmp_path):
    """400 zips with a few random bytes: each is unpacked or refused in a sentence; nothing lands beside the folder."""
    chance, told = random.Random(7), []
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "b/c.txt", "名.txt"):
            archive.writestr(name, zlib.compress(name.encode()) * 20)
    path = tmp_path / "bad.zip"
    for number in range(400):
        data = bytearray(whole.getvalue())
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data[: chance.randint(1, len(data)) if number % 4 == 0 else len(data)]))
        place = tmp_path / f"to{number}"
        place.mkdir()
        try:
            unzipped(path, place)
        except FactcheckError as refusal:
            told.append(refusal.remedy)
    assert all(told)
    assert {each.name for each in tmp_path.iterdir()} == {"bad.zip", *(f"to{n}" for n in range(400))}
