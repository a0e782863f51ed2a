"""Small cases whose people sign, made through the door: one that demands signatures, one where some people have no key."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bundled.example_keys import desk_file, public, seed, signature
from desk import PAGE, fixed

from factcheck.case import Case
from factcheck.model import Stance

ORIGIN = "factcheck/signed"
FIRST, SECOND, LEAD, AUDITOR = "reviewer-1", "José 王芳", "lead-1", "auditor-1"
SEED = seed("desk")
SAID = """会议实录

最近 VideoPort 的负责人蒋璐转投 TikTok，负责 AI 视频技术的开发。Sora 每次生成 60 秒视频，成本是 GPT-4 的 14 倍以上。
去年公司收入增长了 30%。Last week Maria Lopez joined Globex as chief scientist.
"""


class Ring:
    """Whose turn it is with which key: a person's first, until another one is taken up."""

    def __init__(self) -> None:
        self.used: dict[str, str] = {}

    def __call__(self, message: bytes) -> str:
        name = json.loads(message)["by"]
        return signature(self.used.get(name, name), message)


class Clock:
    """One second further each time it is looked at, and days further when it is told so."""

    def __init__(self) -> None:
        self.now = datetime(2024, 2, 26, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def begin(folder: Path, papers: Path, *, origin: str = ORIGIN) -> tuple[Case, Ring, Clock]:
    """An empty case of a desk whose key is known."""
    papers.mkdir(parents=True, exist_ok=True)
    ring, clock = Ring(), Clock()
    case = Case.create(
        folder,
        LEAD,
        name="signed",
        origin=origin,
        clock=clock,
        randomness=fixed(origin),
        sign=ring,
        desk_key=desk_file(papers),
    )
    return case, ring, clock


def line_of(name: str) -> str:
    """The public key of this name."""
    return public(name).to_line()


def demanding(folder: Path, papers: Path, *, origin: str = ORIGIN) -> Path:
    """Everybody has a key, and signatures are demanded; every act is signed or covered, the last line too."""
    case, ring, clock = begin(folder, papers, origin=origin)
    for name in (LEAD, FIRST, SECOND):
        case.add_signer(name, line_of(name), by=name)
    for name, role in ((LEAD, "lead"), (FIRST, "reviewer"), (SECOND, "reviewer"), (AUDITOR, "auditor")):
        case.add_member(name, role, by=LEAD)
    case.sign(by=LEAD)
    case.set_policy("signatures", "on", by=LEAD)
    case.add_signer(AUDITOR, line_of(AUDITOR), by=LEAD)
    _another_key(case, ring)
    clock.now += timedelta(days=2)
    _judge(case, papers)
    case.raise_objection("C2", "the page is their own", by=AUDITOR)
    case.export("jsonl", "markdown", by=LEAD, lang="en")
    case.witness(by=AUDITOR)
    case.close()
    return folder


def _another_key(case: Case, ring: Ring) -> None:
    """A reviewer's key is exchanged for one that is valid for a year; a third one is valid for this day only."""
    case.add_signer(FIRST, line_of("expired"), valid_before="2024-02-27", by=FIRST)
    case.add_signer(FIRST, line_of("second"), valid_after="2024-01-01", valid_before="2025-01-01", by=FIRST)
    ring.used[FIRST] = "second"
    case.revoke_signer(FIRST, line_of(FIRST), by=FIRST)


def mixed(folder: Path, papers: Path) -> Path:
    """Signatures are not demanded, and only one reviewer and the lead have keys; the lead's witness covers all."""
    case, _ring, _clock = begin(folder, papers, origin="factcheck/mixed")
    for name in (LEAD, FIRST):
        case.add_signer(name, line_of(name), by=name)
    _judge(case, papers)
    case.export("jsonl", "markdown", by=LEAD, lang="en")
    case.witness(by=LEAD)
    case.close()
    return folder


def _judge(case: Case, papers: Path) -> None:
    """One claim confirmed, one disputed and settled, one dismissed."""
    source = case.ingest(_paper(papers, "meeting.txt", SAID), title="会议实录", by=FIRST)
    case.date(source.id, "2024-02-26", by=FIRST)
    one, two, three = [claim.id for claim in case.claims(source)][:3]
    case.accept(one, two, by=FIRST)
    page = case.capture(_paper(papers, "team.html", PAGE), from_url="https://example.org/team", by=FIRST)
    other = case.capture(_paper(papers, "globex.txt", "Globex said that Maria Lopez joined.\n"), by=SECOND)
    quote = "joined TikTok as research lead"
    case.attach(one, page, quote=quote, stance=Stance.SUPPORTS, note="their own page", by=FIRST)
    case.decide(one, "supported", because="Their own page says so.", by=FIRST)
    case.confirm(one, by=SECOND)
    case.attach(two, other, quote="Maria Lopez joined", stance=Stance.REFUTES, by=SECOND)
    case.decide(two, "refuted", because="The paper says otherwise.", by=SECOND)
    case.dispute(two, because="which paper?", by=FIRST)
    case.settle(two, "misleading", because="Both are half right.", by=LEAD)
    case.dismiss(three, reason="trivial", by=FIRST)
    case.note(one, "seen", by=SECOND)


def _paper(papers: Path, name: str, text: str) -> Path:
    path = papers / name
    path.write_text(text, "utf-8")
    return path
