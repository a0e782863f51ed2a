"""What people may do next in a history: each act by its name, on whatever the case holds just now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit import desk
from bundled import example_keys
from pointing_stub import Pointing
from scales import LOOK, OURS

from factcheck.case.verdicts import More
from factcheck.export import Scope
from factcheck.model import Capture, Claim, Evidence, Part, PartRole, Publisher, Reading, Source
from factcheck.state import ALLOWED, State, can_be_undone

PEOPLE = ("reviewer-1", "reviewer-2", "lead-1")
NOWHERE = "http://127.0.0.1:9"  # the desk asks no address of this machine: nothing here needs a network
TALK = """会议实录

最近 VideoPort 的负责人蒋璐转投 TikTok。OBI 上周发布了新的视频模型。
去年公司收入增长了 30%。Last week Maria Lopez joined Globex as chief scientist.
公司估值 100 亿美元。张楠去年辞去抖音 CEO 的职务。
"""
QUOTES = ("蒋璐转投 TikTok", "收入增长了 30%", "Maria Lopez joined Globex", "新的视频模型")


@dataclass(frozen=True)
class Call:
    """One call of the door: the method, what it is told, the subject whose version it may be held to, who does it.

    `then` is a method that the same person calls at once afterwards.
    """

    method: str
    args: tuple[Any, ...] = ()
    said: dict[str, Any] = field(default_factory=dict)
    on: str = ""
    by: str = ""  # anybody
    then: str = ""


class Impossible(Exception):
    """There is nothing yet that this could be done to."""


@dataclass(frozen=True)
class Choice:
    """What a step chooses from: how things stand, the papers at hand, and three numbers that make the choice."""

    state: State
    papers: Path
    numbers: tuple[int, int, int]

    def one(self, pool: Any, number: int = 0) -> Any:
        found = list(pool)
        if not found:
            raise Impossible
        return found[self.numbers[number] % len(found)]

    def claim(self, kind: str, number: int = 0) -> Claim:
        """A claim that is open to this act; once in a while any."""
        claims = list(self.state.all(Claim))
        if self.numbers[2] % 8:
            claims = [each for each in claims if each.state in ALLOWED[kind]]
        return self.one(claims, number)

    def other(self, claim: Claim) -> str:
        return self.one((each.id for each in self.state.all(Claim) if each.id != claim.id), 1)

    def piece(self) -> Evidence:
        return self.one(each for each in self.state.all(Evidence) if not each.withdrawn)

    def pair(self) -> Claim:
        return self.one(each for each in self.state.all(Claim) if len(each.live_evidence) > 1)

    def source(self) -> Source:
        return self.one(each for each in self.state.all(Source) if not each.replaced_by)

    def apart(self, claim: Claim) -> str:
        """Somebody who has not judged the claim; once in a while anybody."""
        parties = {each.by for each in claim.verdicts} | {claim.disputed_by}
        free = [each for each in PEOPLE if each not in parties]
        return free[0] if free and self.numbers[2] % 4 else ""

    def rating(self, claim: Claim, number: int = 1) -> str:
        """A rating of the scale; for a claim without evidence mostly one that needs none."""
        known = self.state.info().scale.ratings
        needless = (
            [] if claim.live_evidence or self.numbers[2] % 8 == 0 else [r for r in known if not r.rated]
        )
        return self.one((each.rating for each in needless or known), number)

    def paper(self, name: str, text: str) -> Path:
        path = self.papers / name
        path.write_text(text, "utf-8")
        return path


def _on(claim: Claim, method: str, *args: Any, **said: Any) -> Call:
    return Call(method, (claim.id, *args), said, claim.id)


def _merge(it: Choice) -> Call:
    claim = it.claim("claim.merged")
    return _on(claim, "merge", it.other(claim))


def _split(it: Choice) -> Call:
    claim = it.claim("claim.split")
    gone = [1] if len(claim.mentions) > 1 and it.numbers[1] % 2 else []
    return _on(claim, "split", f"部分 {it.numbers[1]}", mentions=gone)


def _relate(it: Choice) -> Call:
    claim = it.claim("claim.related")
    return _on(claim, "relate", it.other(claim), it.one(("contradicts", "depends_on"), 2))


def _unrelate(it: Choice) -> Call:
    claim = it.one(each for each in it.state.all(Claim) if each.relations)
    tie = it.one(claim.relations, 1)
    return _on(claim, "unrelate", tie.other, tie.kind)


def _assign(it: Choice) -> Call:
    return _on(it.claim("claim.assigned"), "assign", to=it.one(("", *PEOPLE), 1))


def _answer(it: Choice) -> Call:
    claim = it.one(each for each in it.state.all(Claim) if each.open_questions)
    return _on(
        claim, "answer", "as far as we know", question=claim.questions.index(claim.open_questions[0]) + 1
    )


def _schedule(it: Choice) -> Call:
    claim = it.one(each for each in it.state.all(Claim) if each.type == "prediction")
    return _on(claim, "schedule", "2024-12-30", settled_by="the annual report")


def _mention(it: Choice) -> Call:
    claim = it.claim("mention.added")
    return Call("mention", (claim.id, claim.mentions[0].source, it.one(QUOTES, 1)), {}, claim.id)


def _newer(it: Choice) -> Call:
    number = sum(1 for _ in it.state.all(Source)) + 1
    text = TALK.replace("转投", "加入") if it.numbers[1] % 2 else TALK
    paper = it.paper(f"newer-{number}.txt", f"（校订稿 {number}）\n{text}")
    return Call("ingest", (paper,), {"replaces": it.source().id})


def _rate(it: Choice) -> Call:
    claim = it.one(each for each in it.state.all(Claim) if len(each.mentions) > 1)
    return _on(claim, "rate", it.rating(claim), mention=1, because="this place says another name")


def _attach(it: Choice) -> Call:
    page = it.one(it.state.all(Capture), 1)
    quote = "research lead" if page.title else "Maria Lopez"
    stance = it.one(("supports", "refutes", "context"), 2)
    return _on(it.claim("evidence.attached"), "attach", page.id, quote=quote, stance=stance)


def _attach_link(it: Choice) -> Call:
    link = f"{NOWHERE}/{it.numbers[1]}"
    return _on(it.claim("evidence.attached"), "attach", link, stance="supports")


def _attach_file(it: Choice) -> Call:
    paper = it.paper(f"note-{it.numbers[1]}.txt", f"蒋璐 said so, {it.numbers[1]} times.\n")
    return _on(it.claim("evidence.attached"), "attach", paper, quote="said so", stance="supports")


def _of_piece(method: str, *args: Any, **said: Any) -> Callable[[Choice], Call]:
    def step(it: Choice) -> Call:
        piece = it.piece()
        return Call(method, (piece.id, *args), said, piece.claim)

    return step


def _grade(it: Choice) -> Call:
    piece = it.piece()
    return Call("grade", (piece.id, it.one(("primary", "repost", "official"), 1)), {}, piece.claim)


def _reanchor(it: Choice) -> Call:
    piece = it.one(each for each in it.state.all(Evidence) if each.start >= 0 and not each.withdrawn)
    words = {"research lead": "as research lead", "as research lead": "research lead", "said so": "so"}
    return Call("reanchor", (piece.id,), {"quote": words.get(piece.quote, "Maria")}, piece.claim)


def _recheck(it: Choice) -> Call:
    return Call("recheck", (it.one(each for each in it.state.all(Evidence) if each.url).id,))


def _origins(method: str) -> Callable[[Choice], Call]:
    def step(it: Choice) -> Call:
        claim = it.pair()
        named = [each.id for each in claim.live_evidence[:2]]
        return Call(method, tuple(named), {"because": "so it says"}, claim.id)

    return step


def _capture(it: Choice) -> Call:
    if it.numbers[0] % 2:
        return Call("capture", (it.paper("globex.txt", desk.OTHER),))
    return Call("capture", (it.paper("team.html", desk.PAGE),), {"from_url": f"{NOWHERE}/team"})


def _corroborate(it: Choice) -> Call:
    kept = it.one(it.state.all(Capture))
    return Call("corroborate", (kept.id,), {"url": f"{NOWHERE}/archive"}, kept.id)


def _withhold(it: Choice) -> Call:
    """Once in a while only: what is gone is gone."""
    kept = it.one(it.state.all(Capture)) if it.numbers[2] % 3 == 0 else it.one(())
    return Call("withhold", (kept.id,), {"because": "a court says so"}, kept.id)


def _decide(it: Choice) -> Call:
    claim = it.claim("verdict.recorded")
    part = Part(PartRole.PERSON, claim.statement[:2], it.rating(claim, 2), "so it says")
    more = More((part,), as_of="2024-02-26") if it.numbers[2] % 3 == 0 else More()
    return _on(claim, "decide", it.rating(claim), because="so it says", more=more)


def _second(kind: str, method: str, **said: Any) -> Callable[[Choice], Call]:
    def step(it: Choice) -> Call:
        claim = it.claim(kind)
        return Call(method, (claim.id,), said, claim.id, it.apart(claim))

    return step


def _settle(it: Choice) -> Call:
    claim = it.claim("verdict.settled")
    said = {"because": "both are half right"}
    return Call("settle", (claim.id, it.rating(claim)), said, claim.id, it.apart(claim))


def _reading(method: str) -> Callable[[Choice], Call]:
    def step(it: Choice) -> Call:
        reading = it.one(it.state.all(Reading))
        return Call(method, (reading.id,), {}, reading.id)

    return step


def _date(it: Choice) -> Call:
    source = it.source()
    return Call("date", (source.id, it.one(("2024-02-26", "2024-02-25..2024-02-26"), 1)), {}, source.id)


def _policy(it: Choice) -> Call:
    policy = it.state.info().policy
    name = it.one(("evidence_for_rated", "blind", "strict", "second_signature", "captures", "min_origins"))
    value = 3 - policy.min_origins if name == "min_origins" else not getattr(policy, name)
    return Call("set_policy", (name, value), {}, "case")


def _scale(it: Choice) -> Call:
    shipped = it.state.info().scale.id != "ours"
    return Call("adopt_scale", (it.paper("ours.toml", OURS) if shipped else None,), {}, "case")


def _template(it: Choice) -> Call:
    shipped = it.state.info().template.id != "look"
    return Call("adopt_template", (it.paper("look.toml", LOOK) if shipped else None,), {}, "case")


def _member(it: Choice) -> Call:
    staff = (
        ("lead-1", "lead"),
        ("reviewer-1", "reviewer"),
        ("reviewer-2", "reviewer"),
        ("guest-1", "auditor"),
    )
    return Call("add_member", it.one(staff), {}, "case")


def _revoke(it: Choice) -> Call:
    name = it.one(each.name for each in it.state.info().members)
    return Call("revoke_member", (name,), {}, "case", "lead-1" if it.numbers[2] % 4 else "")


def _undo(then: str = "") -> Callable[[Choice], Call]:
    """One of the newest acts, mostly by who did it."""

    def step(it: Choice) -> Call:
        act = it.one([each for each in it.state.by_id.values() if can_be_undone(each.kind)][-6:])
        return Call("undo", (act.subject,), by=act.by if it.numbers[2] % 8 else "", then=then)

    return step


def _extract_again(it: Choice) -> Call:
    heard = it.one(("公司", "模型", "负责人", "去年", "收入"), 1)
    pack = f'[[entity]]\nname = "Globex {it.numbers[2]}"\nkind = "organisation"\nheard = ["{heard}"]\n'
    return Call("reextract", (it.source().id,), {"packs": (it.paper("more.toml", pack),)})


def _export(it: Choice) -> Call:
    """Mostly of a claim that is ready, once in a while of all."""
    ready = [each.id for each in it.state.all(Claim) if each.state in {"confirmed", "settled", "published"}]
    scope = Scope(claims=(it.one(ready, 1),)) if it.numbers[2] % 4 else Scope()
    return Call("export", ("jsonl",), {"scope": scope})


def _signer(it: Choice) -> Call:
    """Mostly one's own key; a second one only where the first is known."""
    name = it.one(PEOPLE)
    words = name if it.numbers[1] % 2 else f"{name}, {it.numbers[2]}"
    return Call("add_signer", (name, example_keys.public(words).to_line()), {}, "case", name)


def _sign(it: Choice) -> Call:
    """Somebody whose own key is known here; before anybody's is, whoever tries."""
    known = [each.name for each in it.state.info().signers if not each.revoked]
    return Call("sign", by=it.one(known or PEOPLE))


def _drop_signer(it: Choice) -> Call:
    key = it.one(each for each in it.state.info().signers if not each.revoked)
    return Call("revoke_signer", (key.name, key.key), {}, "case", key.name if it.numbers[2] % 4 else "")


def _object(it: Choice) -> Call:
    return Call("raise_objection", (it.one((it.one(it.state.all(Claim)).id, "case"), 1), "who says so?"))


# Every act of a history. A new kind of event gets a line here.
STEPS: dict[str, Callable[[Choice], Call]] = {
    "accept": lambda it: _on(it.claim("claim.accepted"), "accept"),
    "dismiss": lambda it: _on(it.claim("claim.dismissed"), "dismiss", reason="trivial"),
    "reopen": lambda it: _on(it.claim("claim.reopened"), "reopen", because="new facts"),
    "reword": lambda it: _on(it.claim("claim.reworded"), "reword", f"又说 {it.numbers[1]}"),
    "retype": lambda it: _on(it.claim("claim.retyped"), "retype", it.one(("prediction", "cost"), 1)),
    "merge": _merge,
    "split": _split,
    "relate": _relate,
    "unrelate": _unrelate,
    "assign": _assign,
    "schedule": _schedule,
    "ask": lambda it: _on(it.claim("question.asked"), "ask", "which move?"),
    "answer": _answer,
    "note": lambda it: _on(it.claim("note.added"), "note", f"注 {it.numbers[1]}"),
    "add a signer": _signer,
    "revoke a signer": _drop_signer,
    "sign": _sign,
    "announce a desk": lambda _: Call("add_desk"),
    "witness": lambda _: Call("witness"),
    "object": _object,
    "add": lambda it: Call("add", (it.source().id, it.one(QUOTES, 1))),
    "mention": _mention,
    "rate": _rate,
    "calculate": lambda it: _on(
        it.claim("calculation.recorded"), "calculate", f"2 * {it.numbers[1] + 1} = x"
    ),
    "capture": _capture,
    "corroborate": _corroborate,
    "withhold": _withhold,
    "attach": _attach,
    "attach a link": _attach_link,
    "attach a file": _attach_file,
    "withdraw": _of_piece("withdraw"),
    "grade": _grade,
    "reanchor": _reanchor,
    "recheck": _recheck,
    "join": _origins("join"),
    "part": _origins("part"),
    "decide": _decide,
    "confirm": _second("verdict.confirmed", "confirm"),
    "dispute": _second("verdict.disputed", "dispute", because="which page?"),
    "settle": _settle,
    "read": _reading("read"),
    "reject": _reading("reject"),
    "date": _date,
    "newer version": _newer,
    "extract again": _extract_again,
    "propose": lambda it: Call("propose", (it.source().id, Pointing())),
    "policy": _policy,
    "scale": _scale,
    "correct": lambda it: _on(
        it.claim("correction.issued"),
        "correct",
        kind=it.one(("verdict", "fact", "void", "update", "typo"), 1),
        because=f"so {it.numbers[2]}",
    ),
    "publisher": lambda it: Call("name_publisher", (Publisher(f"desk {it.numbers[1]}"),), {}, "case"),
    "foreword": lambda it: Call("write_foreword", (f"前言 {it.numbers[1]}",), {}, "case"),
    "template": _template,
    "member": _member,
    "revoke": _revoke,
    "report work": lambda it: Call("report_work"),
    "undo": _undo(),
    "undo and redo": _undo(then="redo"),
    "export": _export,
    "export a draft": lambda it: Call("export", ("markdown",), {"draft": True}),
}
