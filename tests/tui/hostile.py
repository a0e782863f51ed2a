"""A case whose every word wants something of the terminal or of the program that shows it."""

from conftest import make_desk

LINK = "https://example.org/moves"
ACTS = "\x1b]52;c;ZXZpbA==\x07\x1b[31m\x1b]0;owned\x07\x1b]8;;http://evil.example/\x1b\\here\x1b]8;;\x1b\\\x9b31m\x90q\x9c"
HIDES = "\u202eTikTok\u2066\u200b\ufeff\u2028\U000e0041\u00ad"
MARKS = "[/] [red]假[/red] [@click=app.quit]quit[/] [link=javascript:1] [not a tag :smile: \\[b]"
ODD = "الشركة أعلنت \U0001f468\u200d\U0001f469\u200d\U0001f467 e" + "\u0301\u0489" * 40 + "\ttab\nline\r\nend"
HOSTILE = f"蒋璐{ACTS}转投{HIDES}\x00{MARKS} {ODD}。"
SAID = HOSTILE.replace("\x00", "").replace("\r", "")
NAME = "[/] [@click=app.quit]蒋璐[/red]"
"""What may be the name of a person: markup, but nothing that hides or acts."""
RAW = (
    *(b"ZXZpbA==\x07", b"\x1b[31m", b"owned\x07", b"\x1b]8;", b"\x00", b"\t"),
    *(each.encode() for each in "\x9b\x90\x9c\u202e\u2066\u200b\u200d\ufeff\u2028\U000e0041\u00ad"),
)
"""Bytes that the desk itself never writes."""


def hostile_desk(folder):
    """Three claims, evidence, notes, questions, reasons and verdicts in such words, a dispute among them."""
    suggested = [
        (HOSTILE, HOSTILE, "personnel_move", "yes", 4000, "S1.g1", (("contradicts", "C2"),)),
        ("尾声", f"尾声{HOSTILE}", "cost", "no", 3000, "S1.g1", (("contradicts", "C1"),)),
        ("Solo", f"{HOSTILE} Solo", "role_change", "yes", 2000, "", ()),
    ]
    text = f"会议实录\n\n{HOSTILE}\n\nSolo {HOSTILE[:12]} 尾声\n"
    case = make_desk(folder, text, suggested, title=HOSTILE)
    case.note("C1", SAID)
    case.attach("C1", f"{LINK}?q={MARKS.replace(' ', '')}", quote=SAID, note=SAID, stance="supports")
    file = folder.with_name(f"{MARKS.replace('/', '')}\u202e蒋璐.html")
    file.write_text(f"<title>{SAID}</title><p>蒋璐{SAID}</p>", "utf-8")
    case.attach("C1", case.capture(file).id, quote="蒋璐", stance="refutes", note=SAID)
    case.ask("C1", SAID, whom=NAME)
    case.decide("C1", "misleading", because=SAID)
    case.dispute("C1", because=SAID, by=NAME)
    case.decide("C2", "not_checkable", because=SAID, by=NAME)
    case.add_member("reviewer-1", "lead")
    case.add_member(NAME, "reviewer")
    return case
