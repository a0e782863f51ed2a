"""Every kind of document gives the same claims, and says how it was read."""

import json

import pytest

from factcheck.errors import BadData
from factcheck.text import extract, read
from factcheck.text.layout import layout, passages
from factcheck.text.view import view
from tests.text.documents import pdf, stream, tracked, word, written

MOVED = "最近 VideoPoet 的负责人蒋璐转投 TikTok"
SOLD = "Acme bought Globex for $2 billion in May 2023"


def quotes(data, name):
    """The quotations of the claims of a document; each stands where it says in the text that offsets refer to."""
    document = read(data, name=name, where=name)
    found = extract(document.text).claims
    assert all(document.text[claim.start : claim.end] == claim.quote for claim in found)
    return [claim.quote for claim in found]


def srt(*cues):
    blocks = (
        f"{number}\n{start} --> {end}\n{words}\n\n" for number, (start, end, words) in enumerate(cues, 1)
    )
    return "".join(blocks).encode()


SAMPLES = {
    "talk.txt": f"{MOVED}。\n\n{SOLD}.\n".encode(),
    "talk.md": f"# 会议实录\n\n{MOVED}。\n\n- {SOLD}.\n".encode(),
    "talk.html": f"<!doctype html><title>t</title><p>{MOVED}。<ul><li>{SOLD}.</ul>".encode(),
    "talk.docx": word(lambda document: [document.add_paragraph(f"{each}.") for each in (MOVED, SOLD)]),
    "talk.pdf": pdf([[f"{MOVED}。", f"{SOLD}."]]),
    "talk.srt": srt(("00:00:01,000", "00:00:04,000", f"{MOVED}。"), ("00:00:09,000", "00:00:12,000", f"{SOLD}.")),
    "talk.vtt": f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v 张总>{MOVED}。\n\n00:09.000 --> 00:12.000\n<v Dana>{SOLD}.\n".encode(),
    "talk.json": json.dumps({"segments": [{"start": 1, "end": 4, "text": f"{MOVED}。"}, {"start": 9, "end": 12, "text": SOLD}]}).encode(),
}  # fmt: skip
FORMATS = {"txt": "text", "md": "markdown", "json": "whisper"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_format_gives_the_same_claims(name):
    assert quotes(SAMPLES[name], name) == [MOVED, SOLD]


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith((".md", ".vtt"))])
def test_a_wrong_ending_of_the_name_is_no_error(name):
    suffix = name.split(".")[1]
    document = read(SAMPLES[name], name="talk.dat", where="talk.dat")
    assert document.format == FORMATS.get(suffix, suffix)
    assert document == read(SAMPLES[name], name=name, where=name)


@pytest.mark.parametrize(
    ("codec", "encoding", "decided"),
    [
        ("utf-8", "utf-8", "the bytes are UTF-8 and nothing else"),
        ("utf-8-sig", "utf-8", "a byte order mark"),
        ("utf-16", "utf-16-le", "a byte order mark"),
        ("utf-16-le", "utf-16-le", "every other byte is that of a common character"),
        ("utf-16-be", "utf-16-be", "every other byte is that of a common character"),
        ("gb18030", "gb18030", "its characters are common ones"),
    ],
)
def test_an_encoding_is_told_and_the_claims_are_the_same(codec, encoding, decided):
    data = f"{MOVED}。\r\n{SOLD}.\r\n".encode(codec)
    document = read(data, name="talk.txt", where="talk.txt")
    assert (encoding, decided) == (document.encoding, document.decided)
    assert quotes(data, "talk.txt") == [MOVED, SOLD]
    assert document.derived == (encoding != "utf-8")
    assert ("\r" in document.text) == (not document.derived)


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("張楠辭去抖音行政總裁職務，專注剪映的人工智能業務。", "big5"),
        ("张楠辞去抖音职务", "gb18030"),
        ("專注於「剪映」業務的發展，張楠辭去職務。", "gb18030"),
        ("Le président a démissionné à Genève l’été dernier, déclare “Le Monde”.", "cp1252"),
    ],
)
def test_chinese_is_told_from_chinese_and_from_the_west(words, encoding):
    document = read(words.encode(encoding), name="talk.txt", where="talk.txt")
    assert (words, encoding) == (document.text, document.encoding)


def test_a_page_says_what_its_encoding_is():
    page = f'<html><meta charset="gb2312"><p>{MOVED}。</p>'.encode("gb18030")
    document = read(page, name="page.htm", where="page.htm")
    assert (document.encoding, document.decided) == ("gb18030", "the page declares it")
    assert f"{MOVED}。\n" == document.text


def test_of_a_page_stays_what_a_reader_sees_block_by_block():
    page = """<!doctype html><html><head><title>T</title><style>p{}</style></head><body><nav><a>Home</a></nav>
    <h1>Minutes</h1><p>Sales &amp; more<br>rose<script>x()</script> by <b>12%</b>.</p><p hidden>secret</p>
    <p style="display: none">gone</p><ul><li>one<li><p>two</p></ul>
    <table><tr><th>Year<th>Sales<tr><td>2023<td>$2 billion</table></body></html>"""
    expected = "Minutes\n\nSales & more\nrose by 12%.\n\n- one\n- two\n\nYear | Sales\n2023 | $2 billion\n"
    assert expected == read(page.encode(), name="page", where="page").text


def test_of_a_word_document_deleted_and_hidden_words_are_gone_and_inserted_ones_are_there():
    def build(document):
        document.add_heading("Minutes", 1)
        paragraph = document.add_paragraph("Sales rose by ")
        tracked(paragraph, "del", "5%")
        tracked(paragraph, "ins", "12%")
        paragraph.add_run(" (draft)").font.hidden = True
        paragraph.add_run(".")
        document.add_paragraph("one", style="List Bullet")
        table = document.add_table(2, 2)
        for cell, words in zip(table._cells, ("Year", "Sales", "2023", "$2 billion"), strict=True):
            cell.text = words

    expected = "Minutes\n\nSales rose by 12%.\n\n- one\n\nYear | Sales\n2023 | $2 billion\n"
    assert expected == read(word(build), name="w", where="w").text


def test_a_sentence_runs_over_pages_and_their_running_heads():
    head = "Acme Annual Report"
    data = pdf([
        [head, "Last week Maria Lopez joined Globex.", "Acme sold its robotics business to the Ber-", "1"],
        [head, "lin company Initech for $2 billion in", "2"],
        [head, "May. The buyer hired 300 people.", "3"],
    ])  # fmt: skip
    document = read(data, name="r.pdf", where="r.pdf")
    found = extract(document.text)
    assert document.text.count("\f") == 2
    assert {document.text[each.start : each.end] for each in found.regions if each.role == "boilerplate"} == {
        head, f"1\n\f{head}", f"2\n\f{head}", "3",
    }  # fmt: skip
    assert "Acme sold its robotics business to the Berlin company Initech for $2 billion in May." in {
        claim.statement for claim in found.claims
    }


def test_a_hyphen_that_belongs_to_the_word_stays():
    text = "a well-\nknown bank, a state-owned share, a state-\nowned mine, a com-\npany - and\nmore"
    seen = view(text, passages(layout(text)))
    assert seen.text == "a well-known bank, a state-owned share, a state-owned mine, a company - and more\n"


def test_a_transcript_in_json_has_a_line_for_every_sentence_and_the_time_of_its_segment():
    segments = [
        {"start": 751.2, "end": 755.0, "text": " Last week Maria Lopez", "speaker": "SPEAKER_00"},
        {"start": 755.0, "end": 758.0, "text": " joined Globex. Sales rose", "words": [{"speaker": "SPEAKER_00"}]},
        {"start": 758.0, "end": 760.0, "text": "by 2.5 percent.", "speaker": "SPEAKER_00"},
        {"start": 770.0, "end": None, "text": "蒋璐去年转投 TikTok。", "speaker": "SPEAKER_01"},
    ]  # fmt: skip
    expected = (
        "[00:12:31] SPEAKER_00: Last week Maria Lopez joined Globex.\n"
        "[00:12:35] SPEAKER_00: Sales rose by 2.5 percent.\n"
        "\n"
        "[00:12:50] SPEAKER_01: 蒋璐去年转投 TikTok。\n"
    )
    for document in ({"segments": segments, "language": "en"}, segments):
        assert expected == read(json.dumps(document).encode(), name="t.json", where="t").text


def test_whisper_cpp_counts_milliseconds_and_plain_answers_have_no_times():
    cpp = {"transcription": [{"offsets": {"from": 61_000, "to": 62_000}, "text": " Sales rose."}]}
    assert read(json.dumps(cpp).encode(), name="t.json", where="t").text == "[00:01:01] Sales rose.\n"
    plain = {"text": "Sales rose. Costs fell."}
    assert read(json.dumps(plain).encode(), name="t.json", where="t").text == "Sales rose.\nCosts fell.\n"


def test_a_text_that_begins_with_a_bracket_is_no_json():
    assert read(b"[00:00:01] Sales rose.\n", name="t.txt", where="t").format == "text"


# -- bad documents end in one sentence, in bounds -----------------------------------------------------


def refused(data, name="x"):
    with pytest.raises(BadData) as found:
        read(data, name=name, where=name)
    assert found.value.remedy
    return found.value.what


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"a":' * 100_000, b'{"segments": 3}', b"{}", b'{"n": 1' + b"0" * 5000 + b"}"]
)
def test_json_that_is_no_transcript_is_refused(data):
    assert refused(data, "x.json") == "This JSON is no transcript."


def test_words_in_json_that_look_like_a_million_stops_are_read_to_their_end():
    for unit in ("1. ", "No. ", ".a", "." * 9 + "a", '."x', "!)x", "a, "):
        words = unit * 500_000
        text = read(json.dumps({"text": words}).encode(), name="t.json", where="t").text
        assert len("".join(words.split())) == len("".join(text.split()))


def test_a_segment_with_a_word_of_every_speaker_is_of_the_first_and_of_several_of_most():
    many = [{"speaker": f"S{number}"} for number in range(200_000)]
    for words, speaker in ((many, "S0"), ([*many, {"speaker": "S7"}], "S7")):
        document = {"segments": [{"text": "Sales rose.", "words": words}]}
        assert (
            read(json.dumps(document).encode(), name="t.json", where="t").text == f"{speaker}: Sales rose.\n"
        )


@pytest.mark.parametrize(
    "time", ["1" + "0" * 400, "-1", "Infinity", "-Infinity", "NaN", "1e999", "true", '"1"', "[]"]
)
def test_a_time_that_is_none_is_passed_over(time):
    for segment in (f'"start": {time}, "end": {time}', f'"offsets": {{"from": {time}, "to": {time}}}'):
        data = f'{{"segments": [{{{segment}, "text": "Sales rose."}}]}}'.encode()
        assert read(data, name="t.json", where="t").text == "Sales rose.\n"


@pytest.mark.parametrize("words", ["Sales\0 rose.", "Sales\0 rose in May.", "\x01\x02"])
def test_control_characters_are_refused_in_json_as_in_plain_text(words):
    assert refused(words.encode(), "t.txt") == "This is binary, not text."
    for segment in ({"text": words}, {"text": "a", "speaker": words}):
        assert refused(json.dumps([segment]).encode(), "t.json") == "This is binary, not text."


def test_a_colour_in_json_stays_as_it_does_in_plain_text():
    words = "Sales \x1b[1mrose\x1b[0m."
    data = json.dumps([{"text": words}]).encode()
    assert (
        read(data, name="t.json", where="t").text.strip()
        == read(words.encode(), name="t", where="t").text
        == words
    )


@pytest.mark.parametrize("words", ["We write about %PDF-1.4 files.", "\ufeffA %PDF-1.7 is a file."])
def test_a_text_that_speaks_of_pdf_is_a_text(words):
    assert words == read(words.encode(), name="talk.txt", where="t").text


@pytest.mark.parametrize("before", [b"\n", b"\xef\xbb\xbf", b" \r\n\0", bytes(128)])
def test_a_pdf_may_begin_with_marks_and_blanks(before):
    assert read(before + pdf([["Sales rose."]]), name="x", where="x").text == "Sales rose.\n"


def test_a_pdf_without_pages_is_no_scan():
    assert refused(pdf([])) == "This PDF has no pages."


@pytest.mark.parametrize(
    "page",
    [
        "<html><p " + " ".join(f"a{number}=1" for number in range(700_000)) + ">Sales rose.",
        "<html>" + "".join(f"<body a{number}>" for number in range(600_000)) + "Sales rose.",
        "<html>" + "".join(f"<p a{number} b='>' c=\">\" d>" for number in range(200_000)) + "Sales rose.",
        "<html><p>Sales rose." + "<a" * 4_000_000,
    ],
    ids=["one tag", "one body", "many tags", "tags in tags"],
)
def test_a_page_of_a_million_attributes_is_read_to_its_end(page):
    assert read(page.encode(), name="x.html", where="x").text == "Sales rose.\n"


def test_attributes_that_are_cut_take_no_words_with_them():
    many = " ".join(f"a{number}='>'" for number in range(300))
    page = f"<!doctype html><p {many}>Sales <b class=x>rose</b>.<p hidden {many}>gone</p><p>x < y and y > z"
    assert read(page.encode(), name="x.html", where="x").text == "Sales rose.\n\nx < y and y > z\n"


def test_what_hides_words_counts_on_a_page_of_more_names_than_are_kept():
    many = "".join(f"<p a{number}='>'>" for number in range(12_000))
    page = f"<!doctype html>{many}Sales <b title='x>y' b9>rose</b>.<p HIDDEN>gone</p><p b10 style=display:none>gone</p>"
    assert read(page.encode(), name="x.html", where="x").text == "Sales rose.\n"


def test_a_pdf_without_words_is_refused():
    assert refused(pdf([[], []])) == "This PDF has no text, only pictures of pages (a scan)."


def test_a_broken_pdf_is_refused():
    assert refused(b"%PDF-1.7\n" + b"1 0 obj << /Pages 1 0 R >> endobj " * 50) == "This PDF cannot be read."


def test_a_pdf_whose_page_unpacks_to_too_much_ends_in_a_sentence(monkeypatch):
    import zlib

    monkeypatch.setattr("factcheck.text.formats.pdf.MOST_SECONDS", 5)
    packed = zlib.compress(b"0 " * (200 << 20) + b"BT (a) Tj ET", 9)
    page = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)
    objects = [
        page,
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] /Contents 1 0 R /Resources << >> >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        b"<< /Type /Catalog /Pages 3 0 R >>",
    ]
    assert refused(written(objects)).startswith("This PDF ")


def test_eight_megabytes_of_tags_are_read_to_their_end():
    data = b"<html>" + b"<b>" * (2 << 20) + b"<p>Sales rose by 12%."
    assert read(data, name="x.html", where="x").text == "Sales rose by 12%.\n"


def test_what_is_read_is_the_same_every_time():
    for name, data in SAMPLES.items():
        assert read(data, name=name, where=name) == read(data, name=name, where=name)
    assert stream(b"a").startswith(b"<<")
