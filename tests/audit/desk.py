"""A small case in which every kind of event happens, made through the door with a fixed clock and fixed chance."""

import hashlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

from bundled import example_keys
from pointing_stub import Pointing
from scales import LOOK, OURS

from factcheck.case import Case
from factcheck.case.verdicts import More
from factcheck.model import Part, PartRole, Publisher, Stance

TRANSCRIPT = """会议实录

最近 VideoPort 的负责人蒋璐转投 TikTok，负责 AI 视频技术的开发。去年抖音 CEO 张楠辞去抖音 CEO 的职务。
Sora 每次生成 60 秒视频，成本是 GPT-4 的 14 倍以上。OpenAI 上周发布了 Sora。去年公司收入增长了 30%。
OBI 上周发布了新的视频模型。欧菲亚去年收入增长了 20%。蒋璐去年加入了字节跳动。公司估值 100 亿美元。Last week Maria Lopez joined Globex as chief scientist.
"""
PAGE = "<html><head><title>Team</title></head><body><p>蒋璐 joined TikTok as research lead in February.</p></body></html>"
PACK = """
[[entity]]
name = "VideoPoet"
kind = "product"
heard = ["VideoPort"]

[[entity]]
name = "OpenAI"
kind = "organisation"
heard = ["OBI", "欧菲亚"]
"""
OTHER = "Globex said on Monday that Maria Lopez joined as chief scientist.\n"


def fixed(seed: str):
    """Randomness that is the same every time."""
    numbers = count()

    def randomness(size: int) -> bytes:
        return hashlib.shake_256(f"{seed} {next(numbers)}".encode()).digest(size)

    return randomness


def ticking():
    """A clock that goes one second further each time it is looked at."""
    seconds = count()
    return lambda: datetime(2024, 2, 26, 9, 0, tzinfo=UTC) + timedelta(seconds=next(seconds))


def make(folder: Path, papers: Path, *, publish: bool = True) -> Path:
    """Make the case in `folder`; `papers` holds what is ingested and captured."""
    papers.mkdir(parents=True, exist_ok=True)
    case = Case.create(
        folder, "reviewer-1", name="call", origin="factcheck/test", clock=ticking(), randomness=fixed("desk")
    )
    packs = folder / "claims" / "packs"
    packs.mkdir()
    (packs / "names.toml").write_text(PACK, "utf-8")
    source = case.ingest(_paper(papers, "meeting.txt", TRANSCRIPT), title="会议实录")
    case.date(source.id, "2024-02-26")
    case.adopt_scale(_paper(papers, "ours.toml", OURS))
    case.adopt_scale(None)
    case.adopt_template(_paper(papers, "look.toml", LOOK))
    case.name_publisher(Publisher("Our desk", "https://desk.example.org", "", "Write to us."))
    case.write_foreword("What we looked at, and why.")
    one, two, three, four, five, six = [claim.id for claim in case.claims(source)][:6]
    _triage(case, source.id, [one, two, three, four, five, six])
    _judge(case, papers, [one, two, three, four])
    case.ingest(_paper(papers, "meeting-2.txt", "（校订稿）\n" + TRANSCRIPT), replaces=source.id)
    case.propose("S2", Pointing())
    if publish:
        case = _vouch(case, papers)
        case.export()
        case.export("markdown", draft=True, lang="en")
        case.note(one, "published")
        case.correct(one, kind="update", because="Their page has moved.", by="lead-1")
    case.set_policy("min_origins", 2, by="lead-1")
    if publish:
        case.export("jsonl", draft=True, lang="zh")
    case.close()
    return folder


def _vouch(case: Case, papers: Path) -> Case:
    """Keys, signatures, a desk, a witness, an objection. What is published is signed; an attacker has no key."""
    how = {"clock": case._clock, "randomness": case._randomness, "sign": example_keys.sign}
    signing = Case.open(case.folder, by="lead-1", desk_key=example_keys.desk_file(papers), **how)
    for name in ("lead-1", "reviewer-1", "reviewer-2"):
        signing.add_signer(name, example_keys.public(name).to_line(), by=name)
    signing.add_signer("lead-1", example_keys.public("lead-1, later").to_line(), valid_after="2030-01-01")
    signing.revoke_signer("lead-1", example_keys.public("lead-1, later").to_line())
    signing.sign()
    signing.add_desk()
    signing.witness(note="in the safe")
    spare = case.capture(_paper(papers, "spare.txt", "Somebody asked that this be removed.\n"))
    case.withhold(spare.id, because="They asked for it.", by="lead-1")
    signing.raise_objection("C1", "who says so?", by="reviewer-2")
    case.close()
    return signing


def _triage(case: Case, source: str, claims: list[str]) -> None:
    one, two, three, four, five, six = claims
    case.accept(one, two)
    case.reword(one, "蒋璐转投 TikTok。")
    case.retype(three, "cost")
    case.relate(one, two, "depends_on", why="same move")
    case.unrelate(one, two, "depends_on")
    case.merge(one, five)
    case.rate(one, "misleading", mention=2, because="this place says another name")
    case.split(two, "张楠不再担任抖音 CEO。")
    case.dismiss(six, reason="trivial", note="no")
    case.undo()
    case.redo()
    case.reopen(six, because="after all")
    case.dismiss(six, reason="out_of_scope")
    added = case.add(source, "公司估值 100 亿美元", type="financial")
    case.mention(added.id, source, "估值 100 亿")
    case.calculate(added.id, "100 亿美元 / x = 2", given=[])
    case.calculate(added.id, "worth >= 2 * 30 亿美元", given=[f"worth = 100 亿美元: {added.id}"])
    case.note(four, "hm", by="reviewer-2")
    case.assign(three, four, to="reviewer-2")
    case.assign(four, to="", by="reviewer-2")
    case.ask(four, "which move?", to="reviewer-2")
    case.answer(four, "the one in February", by="reviewer-2")
    case.ask(four, "did he join?", whom="the press office", on="2024-02-25")
    forecast = case.add(source, "去年公司收入增长了 30%", type="prediction")
    case.schedule(forecast.id, "2024-12-30", settled_by="the annual report")
    for reading in case.readings()[:2]:
        case.read(reading.id)
    for reading in case.readings()[2:3]:
        case.reject(reading.id)


def _judge(case: Case, papers: Path, claims: list[str]) -> None:
    one, two, three, four = claims
    page = case.capture(_paper(papers, "team.html", PAGE), from_url="https://example.org/team")
    text = case.capture(_paper(papers, "globex.txt", OTHER))
    case.attach(
        one, page, quote="joined TikTok as research lead", stance=Stance.SUPPORTS, note="their own page"
    )
    case.attach(two, "https://example.net/news", quote="not captured", stance=Stance.REFUTES)
    case.attach(two, text, quote="Maria Lopez joined", stance=Stance.CONTEXT)
    _weigh(case, one, page, text)
    spare = case.attach(three, text, stance=Stance.SUPPORTS)
    case.decide(three, "supported", because="so it says")
    case.withdraw(spare.id, because="another person")
    case.decide(three, "not_enough_evidence")
    case.confirm(three, by="reviewer-2")
    parts = (
        Part(PartRole.PERSON, "蒋璐", "supported", "named there"),
        Part(PartRole.DESTINATION, "TikTok", "supported"),
    )
    more = More(
        parts,
        as_of="2024-02-01..2024-02-26",
        omitted="which team",
        would_change="a page of his that says otherwise",
    )
    case.decide(one, "supported", because="Their own page says so.", more=more)
    case.confirm(one, by="reviewer-2")
    reply = case.attach(four, text, quote="Maria Lopez joined", stance=Stance.CONTEXT).id
    case.answer(four, "yes, they say", evidence=[reply])
    case.decide(two, "refuted", because="The news says otherwise.", by="reviewer-2")
    case.dispute(two, because="which news?")
    case.settle(two, "misleading", because="Both are half right.", by="lead-1")
    case.decide(four, "source_unclear")
    case.decide(four, "source_unclear", by="reviewer-2")
    _look_again(case, two)
    case.add_member("lead-1", "lead")
    for name, role in (("reviewer-1", "reviewer"), ("reviewer-2", "reviewer"), ("auditor-1", "auditor")):
        case.add_member(name, role, by="lead-1")
    case.revoke_member("auditor-1", by="lead-1")
    case.worked(one, 12.5, 8)
    case.report_work()
    case.by = "lead-1"
    _blind(case, "S1")
    for claim in case.claims():
        if claim.state == "accepted":
            case.decide(claim.id, "not_checkable")
            case.confirm(claim.id, by="reviewer-1")


def _blind(case: Case, source: str) -> None:
    """Two people judge without seeing each other's verdicts: they agree once, and once they do not."""
    case.set_policy("blind", "on", by="lead-1")
    case.set_policy("strict", "on", by="lead-1")
    case.set_policy("strict", "off", by="lead-1")
    for quote, second in (("蒋璐去年加入", "not_checkable"), ("负责 AI 视频技术的开发", "conflicting")):
        claim = case.add(source, quote, type="opinion", by="reviewer-1").id
        case.decide(claim, "not_checkable", more=More(basis="not_stated"), by="reviewer-1")
        case.decide(claim, second, by="reviewer-2")
    case.settle(claim, "source_unclear", because="Both are right.", by="lead-1")
    case.set_policy("blind", "off", by="lead-1")
    case.add(source, "公司估值", type="financial", by="reviewer-1")


def _look_again(case: Case, claim: str) -> None:
    """A page on this machine: redirected to, captured, and looked at again."""
    with serving(f"<h1>News</h1>{PAGE}".encode()) as pair:
        found = case.capture(f"http://{pair}/old", allow=[pair])
        piece = case.attach(claim, found, quote="research lead", stance=Stance.CONTEXT)
        case.recheck(piece.id, allow=[pair])


@contextmanager
def serving(page: bytes):
    """Serve a page on the loopback interface, behind a redirect; HOST:PORT."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            moved = self.path == "/old"
            self.send_response(302 if moved else 200)
            self.send_header("Location", "/new") if moved else None
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(0 if moved else len(page)))
            self.end_headers()
            self.wfile.write(b"" if moved else page)

        def log_message(self, *words):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _weigh(case: Case, claim: str, page, text) -> None:
    first = case.claim(claim).evidence[0].id
    second = case.attach(claim, "https://example.com/reprint", stance=Stance.SUPPORTS).id
    case.grade(first, "primary", note="the employer itself")
    case.grade(second, "repost")
    case.join(first, second, because="the second says that it repeats the first")
    case.part(first, second, because="it adds a call of its own")
    case.reanchor(first, quote="蒋璐 joined TikTok as research lead", because="with the name")
    case.corroborate(page.id, url="https://archive.example.org/1/team", collector="an archive")
    case.corroborate(page.id, other=text.id, note="another page, to be sure")


def _paper(papers: Path, name: str, text: str) -> Path:
    path = papers / name
    path.write_text(text, "utf-8")
    return path
