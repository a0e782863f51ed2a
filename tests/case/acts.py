"""Every act on a claim, and a case in every state of a claim: what the table of acts is made from."""

import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit import desk
from audit.attacker import documents, rewrite
from audit.forging import renumbered
from scales import LOOK, OURS

from factcheck.audit import audit
from factcheck.case import Case
from factcheck.errors import FactcheckError, NotFound
from factcheck.model import ClaimState, Publisher
from factcheck.state import ALLOWED

S = ClaimState
FIRST, SECOND, THIRD = "reviewer-1", "reviewer-2", "lead-1"
NEWEST = "whoever acted on it last"
CHECKS = ("states", "objections")
OTHER_FRAME = """
[[rule]]
name = "case.other"
type = "market"
weight = 9000
pattern = ["转投"]
"""
OTHER_PAGE = "<html><head><title>Moves</title></head><body><h1>Moves</h1><p>蒋璐 joined TikTok as research lead.</p></body></html>"


class Paper(str):
    """The name of a document that lies ready to be taken in."""

    __slots__ = ()


@dataclass(frozen=True, eq=False)
class Act:
    """One act: its kind, the method of the door with what it is told, who does it, and what is special about it."""

    kind: str
    method: str
    args: tuple[Any, ...] = ("C1",)
    said: dict[str, Any] = field(default_factory=dict)
    by: str = FIRST
    special: str = ""
    blind: bool = False

    @property
    def label(self) -> str:
        return f"{self.kind}, {self.special}" if self.special else self.kind


WHY = {"because": "so it says"}
NEWER = {"replaces": "S1"}

# What can be done to the claim C1. A new kind of act, or a new method of the door, gets its line here.
ACTS = (
    Act("claim.accepted", "accept"),
    Act("claim.dismissed", "dismiss", said={"reason": "trivial"}),
    Act("claim.reopened", "reopen", said={"because": "new facts"}),
    Act("claim.reworded", "reword", ("C1", "蒋璐离开了 VideoPort。")),
    Act("claim.retyped", "retype", ("C1", "cost")),
    Act("claim.merged", "merge", ("C1", "C2")),
    Act("claim.merged", "merge", ("C2", "C1"), special="into another claim"),
    Act("claim.split", "split", ("C1", "蒋璐去了 TikTok。")),
    Act("claim.related", "relate", ("C1", "C4", "contradicts")),
    Act("claim.unrelated", "unrelate", ("C1", "C3", "depends_on")),
    Act("claim.assigned", "assign", said={"to": SECOND}),
    Act("claim.scheduled", "schedule", ("C1", "2024-12-30"), {"settled_by": "the annual report"}),
    Act("mention.added", "mention", ("C1", "S1", "公司估值")),
    Act("mention.moved", "ingest", (Paper("newer.txt"),), NEWER),
    Act("mention.moved", "ingest", (Paper("other-words.txt"),), NEWER, special="to other words"),
    Act("mention.rated", "rate", ("C1", "misleading"), {"mention": 2} | WHY),
    Act("calculation.recorded", "calculate", ("C1", "2 * 3 = 6")),
    Act("question.asked", "ask", ("C1", "since when?")),
    Act("question.answered", "answer", ("C1", "since February")),
    Act("note.added", "note", ("C1", "hm")),
    Act("evidence.attached", "attach", ("C1", "https://example.org/more"), {"stance": "context"}),
    Act("evidence.withdrawn", "withdraw", ("E1",)),
    Act("evidence.graded", "grade", ("E1", "primary")),
    Act("evidence.reanchored", "reanchor", ("E1", "K2"), special="the same words"),
    Act(
        "evidence.reanchored", "reanchor", ("E1",), {"quote": "蒋璐 joined TikTok as"}, special="other words"
    ),
    Act("evidence.checked", "recheck", ("E2",)),
    Act("origins.joined", "join", ("E1", "E2"), WHY),
    Act("origins.parted", "part", ("E1", "E2"), WHY),
    Act("verdict.recorded", "decide", ("C1", "supported"), WHY),
    Act("verdict.recorded", "decide", ("C1", "supported"), WHY, SECOND, "by another person, as the first"),
    Act("verdict.recorded", "decide", ("C1", "misleading"), WHY, SECOND, "by another person, otherwise"),
    Act("verdict.confirmed", "confirm", by=SECOND),
    Act("verdict.confirmed", "confirm", special="by its author"),
    Act("verdict.disputed", "dispute", said=WHY, by=SECOND),
    Act("verdict.disputed", "dispute", said=WHY, special="by its author"),
    Act(
        "verdict.recorded",
        "decide",
        ("C1", "supported"),
        WHY,
        SECOND,
        "by another person, under blind review",
        True,
    ),
    Act("verdict.confirmed", "confirm", by=SECOND, special="under blind review", blind=True),
    Act("verdict.disputed", "dispute", said=WHY, by=SECOND, special="under blind review", blind=True),
    Act("verdict.settled", "settle", ("C1", "misleading"), WHY, THIRD),
    Act("verdict.settled", "settle", ("C1", "misleading"), WHY, SECOND, "by a party"),
    Act("correction.issued", "correct", said={"kind": "verdict"} | WHY, special="of the verdict"),
    Act("correction.issued", "correct", said={"kind": "update"} | WHY, special="a note"),
    Act("correction.issued", "correct", said={"kind": "void"} | WHY, special="withdrawn"),
    Act("reading.accepted", "read", ("R1",), special="of words in it"),
    Act("reading.rejected", "reject", ("R1",), special="of words in it"),
    Act("scale.adopted", "adopt_scale", (Paper("ours.toml"),)),
    Act("event.undone", "undo", by=NEWEST, special="the latest act on it"),
    Act("summary.exported", "export", ("jsonl",), special="final"),
)
# Acts that are nobody's claim, for the table of rights only.
ELSEWHERE = (
    Act("claim.assigned", "assign", said={"to": "{by}"}, special="to oneself"),
    Act("claim.added", "add", ("S1", "公司估值")),
    Act("source.ingested", "ingest", (Paper("other.txt"),)),
    Act("source.dated", "date", ("S1", "2024-02-26")),
    Act("capture.made", "capture", (Paper("moves.html"),)),
    Act("capture.corroborated", "corroborate", ("K1",), {"url": "https://archive.example.org/1"}),
    Act("evidence.withheld", "withhold", ("K1",), {"because": "a court says so"}),
    Act("summary.exported", "export", (), {"draft": True}, special="a draft"),
    Act("publisher.named", "name_publisher", (Publisher("Our desk"),)),
    Act("foreword.written", "write_foreword", ("What we looked at.",)),
    Act("template.adopted", "adopt_template", (Paper("look.toml"),)),
    Act("policy.changed", "set_policy", ("min_origins", 2)),
    Act("member.added", "add_member", ("guest-1", "reviewer")),
    Act("member.revoked", "revoke_member", ("reviewer-1",)),
)
# Kinds that are no act on a claim that is there.
OTHERS = {act.kind for act in ELSEWHERE} - {act.kind for act in ACTS} | {
    "case.created",
    "source.extracted",
    "source.proposed",
    "work.reported",
    "event.adopted",  # brings any other act, of another desk
    # keys and signatures change no claim; whose act they are is asked in tests/case/test_vouching.py
    "signer.added",
    "signer.revoked",
    "desk.added",
    "decisions.signed",
    "checkpoint.witnessed",
    "objection.raised",
    "ledger.moved",  # says where the ledger goes on: tests/server
    "event.redone",  # brings back what event.undone took, at once
}
# Methods of the door that act on a claim by a kind that another line stands for.
SAME_ACT = {"turn_down": "claim.unrelated"}

# -- a case in every state -------------------------------------------------------------------------


def _begin(case: "Watched") -> None:
    packs = case.folder / "claims" / "packs"
    packs.mkdir()
    (packs / "names.toml").write_text(desk.PACK, "utf-8")
    case.ingest(case.papers / "meeting.txt", title="会议实录")


def _equip(case: "Watched") -> None:
    """A suggestion that somebody has worked on: it has of everything what some act needs."""
    _begin(case)
    page = case.capture(case.papers / "team.html", from_url="https://example.org/team")
    case.capture(case.papers / "moves.html", from_url="https://example.org/moves")
    case.attach("C1", page, quote="joined TikTok as research lead", stance="supports")
    case.attach("C1", "http://127.0.0.1:9/news", stance="supports")
    case.mention("C1", "S1", "蒋璐去年加入")
    case.relate("C1", "C3", "depends_on")
    case.ask("C1", "which move?")
    case.retype("C1", "prediction")


def _supersede(case: "Watched") -> None:
    _begin(case)
    (case.folder / "claims" / "packs" / "other.toml").write_text(OTHER_FRAME, "utf-8")
    case.reextract("S1")


# From which state each is reached, and how.
WAYS: dict[ClaimState, tuple[ClaimState | None, Callable[["Watched"], object]]] = {
    S.SUGGESTED: (None, _equip),
    S.ACCEPTED: (S.SUGGESTED, lambda case: case.accept("C1")),
    S.DISMISSED: (S.SUGGESTED, lambda case: case.dismiss("C1", reason="trivial")),
    S.MERGED: (S.ACCEPTED, lambda case: case.merge("C2", "C1")),
    S.SUPERSEDED: (None, _supersede),
    S.JUDGED: (S.ACCEPTED, lambda case: case.decide("C1", "supported", because="so it says")),
    S.CONFIRMED: (S.JUDGED, lambda case: case.confirm("C1", by=SECOND)),
    S.DISPUTED: (S.JUDGED, lambda case: case.dispute("C1", because="hm", by=SECOND)),
    S.SETTLED: (S.DISPUTED, lambda case: case.settle("C1", "misleading", because="both", by=THIRD)),
    S.PUBLISHED: (S.CONFIRMED, lambda case: case.export()),
    S.CORRECTED: (S.PUBLISHED, lambda case: case.correct("C1", kind="fact", because="a slip")),
    S.VOIDED: (S.PUBLISHED, lambda case: case.correct("C1", kind="void", because="not ours to say")),
}
NOBODY = "no member"
ROLES = {"reviewer": "reviewer-3", "lead": "lead-2", "auditor": "auditor-1", NOBODY: "somebody-1"}


def _hire(case: "Watched") -> None:
    case.add_member(THIRD, "lead", by=THIRD)
    for role, name in [("reviewer", FIRST), ("reviewer", SECOND), *ROLES.items()]:
        if role != NOBODY:
            case.add_member(name, role, by=THIRD)


def _go_blind(case: "Watched") -> None:
    case.set_policy("blind", "on", by=THIRD)


class Watched(Case):
    """A case that remembers the code and the sentence of its last refusal."""

    papers: Path
    refused: tuple[str, str] = ("", "")

    def _refuse(self, found):
        if found:
            self.refused = (found[0].code, self.sentence(found[0]))
        super()._refuse(found)

    def _legal(self, kind, claim):
        if claim.state not in ALLOWED[kind]:
            self.refused = ("act.not_open", "")
        return super()._legal(kind, claim)


# What the door says without a code: a code for it, and the audit's words.
SENTENCES = {
    "was never published": ("never_published", "published was"),
    "is a party to this dispute": ("party", "a party to"),
    "one's own verdict is changed, not disputed": ("own_verdict", "disputes their own verdict"),
    "has a verdict that would be lost": ("verdict_lost", "had a verdict, which was lost"),
    "has no act on": ("nothing_to_undo", "no act that can be undone"),
    "has since built upon it": ("built_upon", "no act that can be undone"),
}


# Where the audit has other words for a code than the door.
OTHER_WORDS = {
    ("verdict.disputed", "blind_confirm"): "review was blind",
    ("evidence.checked", "nothing_there"): "there is no E2",
}


@dataclass(frozen=True)
class Outcome:
    """What came of an act: the state after it, or the code of its refusal with words that an audit must say.

    `written` is what the door wrote, `on` the claim that its event is about.
    """

    state: str = ""
    code: str = ""
    words: str = ""
    written: tuple[dict[str, Any], ...] = ()
    on: str = "C1"

    @property
    def text(self) -> str:
        if self.code:
            return "–" if self.code == "act.not_open" else f"✗ {self.code}"
        return f"→ {self.state}" if self.on == "C1" else f"on {self.on}"


class Workshop:
    """Makes each case once, and copies of it to try acts on."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.papers = folder, folder / "papers"
        self.papers.mkdir()
        self._clock, self._chance, self._copies = desk.ticking(), desk.fixed("acts"), 0
        for name, text in PAPERS.items():
            (self.papers / name).write_text(text, "utf-8")

    def case(self, folder: Path, *, new: bool = False) -> Watched:
        how = {"by": FIRST, "clock": self._clock, "randomness": self._chance}
        case = Watched.create(folder, name="call", **how) if new else Watched.open(folder, **how)
        case.papers = self.papers
        return case

    def copy(self, folder: Path) -> Path:
        self._copies += 1
        return shutil.copytree(folder, self.folder / f"copy-{self._copies}")

    def state(self, state: ClaimState) -> Path:
        """The folder of a case whose C1 is in this state; to be copied, never written."""
        made = self.folder / state
        if not made.exists():
            before, way = WAYS[state]
            case = self.case(shutil.copytree(self.state(before), made) if before else made, new=not before)
            way(case)
            assert (state, case.claim("C1").state) == (case.claim("C1").state, state)
            case.close()
        return made

    def place(self, act: Act, state: ClaimState) -> Path:
        """Where the act is tried: the state, under blind review if the act asks for it."""
        return self._made(state, "blind", _go_blind) if act.blind else self.state(state)

    def staffed(self, state: ClaimState) -> Path:
        """The same on a desk with members of every role."""
        return self._made(state, "staffed", _hire)

    def _made(self, state: ClaimState, what: str, change: Callable[[Watched], None]) -> Path:
        made = self.folder / f"{state}-{what}"
        if not made.exists():
            case = self.case(shutil.copytree(self.state(state), made))
            change(case)
            case.close()
        return made

    def attempt(self, act: Act, folder: Path, by: str) -> Outcome:
        """Really do it, on a copy; whatever the door wrote passes the audit."""
        before = len(documents(folder))
        copied = self.copy(folder)
        case = self.case(copied)
        try:
            getattr(case, act.method)(*self._told(act, by), **_said(act, by), by=by)
        except FactcheckError as error:
            assert len(documents(copied)) == before, f"{act.label} was refused and left a line"
            return _refused(act, case, error)
        finally:
            state = case.claim("C1").state
            case.close()
        written = documents(copied)[before:]
        assert audit(copied, checks=CHECKS).findings == (), act.label
        return _came(act, state, tuple(written))

    def _told(self, act: Act, by: str) -> list[Any]:
        return [self.papers / str(each) if isinstance(each, Paper) else each for each in act.args]

    def found(self, folder: Path, forged: list[dict[str, Any]], kind: str) -> list[str]:
        """What an audit says of the forged line of this kind, when these lines are written by hand, all hashes mended."""
        copied = self.copy(folder)
        events = documents(copied)
        for event in deepcopy(forged):
            events.append(event | {"id": f"018dd3a0-0000-7000-8000-{len(events):012d}"})
        line = max(n for n, event in enumerate(events, start=1) if event["kind"] == kind)
        rewrite(copied, renumbered(events))
        where = f"claims/ledger.jsonl:{line} "
        report = audit(copied, checks=CHECKS)
        return [each.seen for each in report.findings if each.where.startswith(where)]


def newest_person(folder: Path) -> str:
    """Who was the last person to act on C1."""
    acted = [event for event in documents(folder) if _about(event) and not event["by"].startswith("tool:")]
    return acted[-1]["by"] if acted else FIRST


def undoing(folder: Path) -> dict[str, Any]:
    """An undo by hand: of the newest event that touched C1, whatever it was."""
    last = [event for event in documents(folder) if _about(event) or event["kind"] == "source.extracted"][-1]
    return {
        "spec": 1,
        "time": last["time"],
        "by": newest_person(folder),
        "kind": "event.undone",
        "subject": "C1",
        "version": 0,
        "body": {"id": last["id"]},
    }


def signed(event: dict[str, Any], by: str) -> dict[str, Any]:
    """The same event by somebody else, wherever it names who did it."""
    if event["by"].startswith("tool:"):
        return event
    return json.loads(json.dumps(event).replace(f'"{event["by"]}"', f'"{by}"'))


def _about(event: dict[str, Any]) -> bool:
    named = [event["subject"], *(each["subject"] for each in event.get("also", ()))]
    final = event["kind"] == "summary.exported" and not event["body"]["draft"]
    return "C1" in ([*named, *(each["claim"] for each in event["body"]["claims"])] if final else named)


def _said(act: Act, by: str) -> dict[str, Any]:
    return {key: by if value == "{by}" else value for key, value in act.said.items()}


def _refused(act: Act, case: Watched, error: FactcheckError) -> Outcome:
    code, words = ("nothing_there", "") if isinstance(error, NotFound) else case.refused
    if code:
        return Outcome(code=code, words=OTHER_WORDS.get((act.kind, code), words))
    known = [codes for words, codes in SENTENCES.items() if words in error.what]
    assert len(known) == 1, f"the table has no word for this refusal: {error}"
    return Outcome(code=known[0][0], words=known[0][1])


def _came(act: Act, state: ClaimState, written: tuple[dict[str, Any], ...]) -> Outcome:
    done = [event for event in written if event["kind"] == act.kind]
    named = [event["subject"] for event in done]
    others = [name for name in named if name[0] == "C"]
    if act.kind in ALLOWED and not any(_about(event) for event in done):
        return Outcome(str(state), written=written, on=others[0] if others else "nothing")
    return Outcome(str(state), written=written)


PAPERS = {
    "meeting.txt": desk.TRANSCRIPT,
    "newer.txt": "（校订稿）\n" + desk.TRANSCRIPT,
    "other-words.txt": desk.TRANSCRIPT.replace("转投 TikTok", "加入 TikTok"),
    "other.txt": desk.OTHER,
    "team.html": desk.PAGE,
    "moves.html": OTHER_PAGE,
    "ours.toml": OURS,
    "look.toml": LOOK,
}
