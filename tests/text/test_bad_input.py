"""Bad files are refused in one sentence that says where, what was seen and what to do."""

import pytest

from factcheck.errors import BadData
from factcheck.text import LARGEST, decode, extract, load_packs


@pytest.mark.parametrize(
    ("data", "where", "seen"),
    [
        (b"", "talk.txt", "0 bytes"),
        (b" \r\n\t\n", "talk.txt", "5 bytes"),
        (b"\xef\xbb\xbf\n", "talk.txt", "4 bytes"),
        (
            "第一行\n他们\xff走".encode().replace("\xff".encode(), b"\xff"),
            "talk.txt:2",
            "byte 0xff at offset 16",
        ),
        (b"GIF89a", "talk.txt", "a picture"),
        (b"%PDF-1.7 ...", "talk.txt", "a PDF"),
        (b"PK\x03\x04", "talk.txt", "a ZIP archive (docx, xlsx, epub?)"),
        ("a\nb\n".encode("utf-16") + b"\x00\xd8c\x00", "talk.txt:3", "byte 0x00 at offset 10"),
        ("a\nb".encode("utf-16")[:-1], "talk.txt:2", "byte 0x62 at offset 6"),
        (b"text\nwith\x00nul", "talk.txt:2", "the control character U+0000"),
        (b"\x01\x02\x03abc", "talk.txt:1", "the control character U+0001"),
    ],
)
def test_a_file_that_is_no_text_is_refused(data, where, seen):
    with pytest.raises(BadData) as refused:
        decode(data, where="talk.txt")
    assert (where, seen) == (refused.value.where, refused.value.seen)
    assert refused.value.remedy.endswith((".", "OUT."))


def test_a_byte_order_mark_stays_in_the_text():
    assert decode(b"\xef\xbb\xbfhello", where="x") == "\ufeffhello"


def test_a_file_beyond_the_largest_is_refused_and_not_read():
    with pytest.raises(BadData, match="larger than one transcript"):
        decode(b"a" * (LARGEST + 1), where="x")
    with pytest.raises(BadData):
        extract("a" * (LARGEST + 1))


@pytest.mark.parametrize(
    "unit", ["你", "a", "，", "（", "“", "1,", "如果，", "的", "Ab ", "- a\n", "张三：你好\n", "1到", "A. "]
)
def test_a_long_line_of_nothing_is_read_to_its_end(unit):
    assert len(unit) * 20_000 == extract(unit * 20_000).characters


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[entity]]\nname = "A\n', 2, "This is not TOML"),
        ('[[entity]]\nname = "A"\n\n[[entity]]\nheard = ["B"]\n', 4, "'name' must be a name"),
        ('[[entity]]\nname = "A"\ncolour = "red"\n', 1, "An entity has no 'colour'"),
        ('[[entity]]\nname = "A"\nheard = "B"\n', 1, "'heard' must be a list"),
        ('[[entity]]\nname = "a name of more than twenty characters"\n', 1, "at most 20 characters"),
        ('[[entity]]\nname = "A"\nkind = "ghost"\n', 1, "kind of a name"),
        ("[names]\na = 1\n", 1, "A pack has no 'names'"),
        ("entity = 3\n", 1, "must be a list of tables"),
        ('[[rule]]\nname = "x"\nwords = ["a"]\ntype = "gossip"\n', 1, "type is not known"),
        ('\n[[rule]]\nname = "x"\n', 2, "needs words or a pattern"),
        ('[[rule]]\nname = "x"\npattern = ["("]\n', 1, "no regular expression"),
        ('[[rule]]\nname = "x"\npattern = ["(a+)+b"]\n', 1, "may run for ever"),
        ('[[rule]]\nname = "x"\nwords = ["a"]\nneeds = ["luck"]\n', 1, "needs' known"),
    ],
)  # fmt: skip
def test_a_broken_pack_is_refused_with_its_line(tmp_path, text, line, words):
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadData) as refused:
        load_packs([path])
    assert f"{path}:{line}" == refused.value.where
    assert words in str(refused.value)
    assert refused.value.remedy


def test_a_pack_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadData, match="cannot be read"):
        load_packs([tmp_path / "none.toml"])
