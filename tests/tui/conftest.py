"""A desk to look at: one mixed source, seven suggestions written by hand, a clock that ticks by the second."""

import hashlib
import itertools
import os
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from factcheck.case import Case
from factcheck.case.desk import Draft
from factcheck.events import SuggestedClaim, SuggestedReading, SuggestedRegion, bodies, canonical

DOCUMENT = """1. 摘要

- VideoPort 的负责人蒋路加入 TikTok，负责 AI 视频技术的开发。

会议实录

最近 VideoPort 的负责人蒋璐转投 TikTok，负责 AI 视频技术的开发，有力地证明了他的加盟对 TikTok 未来技术发展的重要性。去年抖音 CEO 张楠辞去抖音 CEO 的职务，全力投入剪映 AI 化。从战略层面来看，剪映的优势一方面是张楠出任 CEO。

先前有报道称，Solo 的单次推理成本大约需要 30 亿参数量。即便单次推理的参数量只有 30 亿，60 次推理的成本也将是 GPT-4 推理成本的 14 倍以上。

Last week Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist. The model costs 3 billion dollars to train, and I think it will change everything.
"""

SUGGESTED = (
    # quote, statement, type, checkable, priority, group, relations
    ("VideoPort 的负责人蒋路加入 TikTok", "VideoPoet 的负责人蒋路加入 TikTok。", "personnel_move", "yes", 3100, "S1.g1", (("repeats", "C2"),)),
    ("最近 VideoPort 的负责人蒋璐转投 TikTok", "VideoPoet 的负责人蒋璐转投 TikTok。", "personnel_move", "yes", 4600, "S1.g1", (("repeats", "C1"),)),
    ("去年抖音 CEO 张楠辞去抖音 CEO 的职务", "张楠去年辞去抖音 CEO 的职务。", "role_change", "yes", 4450, "", (("contradicts", "C4"),)),
    ("张楠出任 CEO", "张楠出任 CEO。", "role_change", "yes", 3950, "", (("contradicts", "C3"),)),
    ("60 次推理的成本也将是 GPT-4 推理成本的 14 倍以上", "60 次推理的成本是 GPT-4 推理成本的 14 倍以上。", "cost", "partly", 5250, "", ()),
    ("Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist", "Maria Lopez left Acme and joined Globex as chief scientist.", "personnel_move", "yes", 4100, "", ()),
    ("I think it will change everything", "The model will change everything.", "opinion", "no", 200, "", ()),
)  # fmt: skip
SUM = {
    "expression": "60 × 3e9 参数", "given": [["次数", "60", ""], ["参数", "3e9", "参数"]], "result": "1.8e11",
    "holds": "conditional", "needs": ["GPT-4 的推理成本为 1.29e10 参数，原文没有给出"],
}  # fmt: skip


def ticking():
    """A clock that starts at the same moment and moves one second whenever it is looked at."""
    seconds = itertools.count()
    return lambda: datetime(2024, 3, 1, 9, 0, tzinfo=UTC) + timedelta(seconds=next(seconds))


def counted():
    """Randomness that is none: the same ids in every run."""
    numbers = itertools.count(1)
    return lambda size: next(numbers).to_bytes(8, "big").rjust(size, b"\0")[:size]


def suggestion_lines(text, suggested=SUGGESTED):
    """The lines of a suggestions file."""
    middle = text.index("会议实录") if "会议实录" in text else 0
    yield SuggestedRegion(start=0, end=middle, role="summary")
    yield SuggestedRegion(start=middle, end=len(text), role="transcript")
    for number, (quote, statement, kind, checkable, priority, group, ties) in enumerate(suggested, 1):
        start = text.index(quote)
        yield SuggestedClaim.model_validate(
            {
                "claim": f"C{number}", "statement": statement, "type": kind, "checkable": checkable,
                "priority": priority, "group": group,
                "mention": {"source": "S1", "start": start, "end": start + len(quote), "quote": quote},
                "why": [{"rule": f"zh.{kind}", "start": start, "end": start + 6, "weight": priority}],
                "relations": [{"kind": tie, "other": other, "why": "rule"} for tie, other in ties],
                "calculations": [SUM] if kind == "cost" else [],
            }
        )  # fmt: skip
    pairs = (("VideoPort", "VideoPoet"), ("蒋路", "蒋璐"), ("Solo", "Sora"))
    for number, (heard, meant) in enumerate((pair for pair in pairs if pair[0] in text), 1):
        places = [[i, i + len(heard)] for i in range(len(text)) if text.startswith(heard, i)]
        yield SuggestedReading.model_validate(
            {
                "reading": f"R{number}", "source": "S1", "heard": heard, "meant": meant, "places": places,
                "score": 900, "why": "sounds alike",
            }
        )  # fmt: skip


def make_desk(
    folder, text=DOCUMENT, suggested=SUGGESTED, by="reviewer-1", name="剪映 AI 会议", title="投资会议", **how
):
    """A case with these suggestions, as an extraction would have left it."""
    how = {"clock": ticking(), "randomness": counted()} | how
    case = Case.create(folder, by, name=name, origin="factcheck/test", **how)
    data = text.encode()
    (folder / "claims" / "meeting.txt").write_bytes(data)
    lines = list(suggestion_lines(text, suggested))
    written = b"".join(canonical(line.model_dump(mode="json")) + b"\n" for line in lines)
    digest = hashlib.sha256(written).hexdigest()
    path = f"claims/S1.suggestions-{digest}.jsonl"
    (folder / path).write_bytes(written)
    readings = sum(isinstance(line, SuggestedReading) for line in lines)
    ingested = bodies.SourceIngested(
        title=title,
        path="claims/meeting.txt",
        sha256=hashlib.sha256(data).hexdigest(),
        characters=len(text),
        date="",
    )
    extracted = bodies.SourceExtracted(
        suggestions=path, sha256=digest, extractor="hand/1", rules="hand", packs=(), language="mixed", first=1,
        count=len(suggested), first_reading=1, readings=readings,
    )  # fmt: skip
    case._commit(
        lambda: [
            Draft("source.ingested", "S1", ingested),
            Draft("source.extracted", "S1", extracted, by="tool:hand/1"),
        ],
        by=by,
    )
    return case


@pytest.fixture
def desk(tmp_path):
    """The desk; whatever a test did to it must pass the audit."""
    case = make_desk(tmp_path / "desk")
    yield case
    report = case.audit()
    case.close()
    assert report.findings == ()


@pytest.fixture
def world():
    """What the program sees of the environment."""
    return dict(os.environ)


@pytest.fixture
def page():
    """A page on this machine: HOST:PORT."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            body = "<title>公告</title><p>今天天气很好。</p><p>字节跳动证实，张楠去年辞去抖音 CEO 的职务。</p>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
