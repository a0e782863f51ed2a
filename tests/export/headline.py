"""A small desk for these tests: acts become events, events become the state that an export is made of."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from factcheck.events import (
    BODIES,
    Event,
    Head,
    Ref,
    SuggestedClaim,
    SuggestedReading,
    SuggestedRegion,
    timestamp,
)
from factcheck.export import Scope, summarise
from factcheck.state import State, apply

ROOT = Path(__file__).parents[2]
STRICT = {
    "second_signature": True,
    "blind": False,
    "evidence_for_rated": True,
    "min_origins": 1,
    "signatures": False,
}
JIANG_LU = "最近 GoogleVideoPort 的负责人蒋璐转投 TikTok，负责 AI 视频技术的开发"
ZHANG_NAN = "去年抖音 CEO 张楠辞去抖音 CEE 的职务，全力投入剪映 AI 化的事实"
COST = "即便单次推理的参数量只有 30 亿，60 次推理的成本也将是 GPG4 推理成本的 14 倍以上"
NEW_CEO = "张楠出任 CEO"
PAGE = "https://example.org/statement"


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Desk:
    """A case in memory. `solo` and the switches of the policy are those of its first event."""

    def __init__(self, text, *, example=False, solo=False, title="会议实录", **switches):
        self.text, self.state, self.lines = text, State(), []
        self.now, self.seq, self.relied = datetime(2025, 3, 1, 9, 0, tzinfo=UTC), 0, {}
        policy = STRICT | ({"second_signature": False} if solo else {}) | switches
        self.act(
            "case.created",
            "case",
            name="剪映 AI 化",
            solo=solo,
            origin="desk",
            example=example,
            policy=policy,
        )
        self.act(
            "source.ingested",
            "S1",
            title=title,
            path="claims/meeting.txt",
            sha256=sha(text),
            characters=len(text),
        )

    def act(self, kind, subject, *, by="reviewer-1", also=(), **body):
        self.seq += 1
        self.now += timedelta(minutes=3)
        event = Event(
            seq=self.seq,
            id=f"01890000-0000-7000-8000-{self.seq:012d}",
            time=timestamp(self.now),
            by=by,
            kind=kind,
            subject=subject,
            version=self.state.version(subject) + 1,
            also=tuple(Ref(subject=each, version=self.state.version(each) + 1) for each in also),
            body=BODIES[kind].model_validate(body),
        )
        apply(self.state, event, lambda _: self.lines)
        return event.id

    def suggest(self, *claims, readings=(), regions=()):
        """Each claim: (quote, statement, type) and what else a suggested claim may have."""
        for number, (quote, statement, type_, more) in enumerate(claims, start=1):
            self.lines.append(
                SuggestedClaim(
                    claim=f"C{number}",
                    statement=statement,
                    type=type_,
                    checkable="yes",
                    priority=900 - number,
                    mention=self.mention(quote),
                    **more,
                )
            )
        for number, (heard, meant, why) in enumerate(readings, start=1):
            self.lines.append(
                SuggestedReading(
                    reading=f"R{number}",
                    source="S1",
                    heard=heard,
                    meant=meant,
                    places=self.places(heard),
                    score=900,
                    why=why,
                )
            )
        self.lines += [SuggestedRegion(start=a, end=b, role=role) for a, b, role in regions]
        self.act(
            "source.extracted",
            "S1",
            by="tool:factcheck/0.1.0",
            suggestions="claims/S1.suggestions.jsonl",
            sha256="0" * 64,
            extractor="factcheck/0.1.0",
            rules="1",
            packs=(),
            language="mixed",
            first=1,
            count=len(claims),
            first_reading=1,
            readings=len(readings),
        )

    def mention(self, quote):
        start = self.text.index(quote)
        return {"source": "S1", "start": start, "end": start + len(quote), "quote": quote}

    def places(self, heard):
        return tuple((i, i + len(heard)) for i in range(len(self.text)) if self.text.startswith(heard, i))

    def accept_reading(self, reading, *, by="reviewer-1"):
        value = self.state.value(reading)
        self.act(
            "reading.accepted",
            reading,
            by=by,
            source="S1",
            heard=value.heard,
            meant=value.meant,
            places=value.places,
            why=value.why,
        )

    def accept(self, *claims, by="reviewer-1"):
        for claim in claims:
            self.act("claim.accepted", claim, by=by, claim=self.seen(claim))

    def seen(self, claim):
        value = self.state.value(claim)
        return {
            "statement": value.statement,
            "type": value.type,
            "checkable": value.checkable,
            "priority": value.priority,
            "mentions": [
                {"source": m.source, "start": m.start, "end": m.end, "quote": m.quote} for m in value.mentions
            ],
        }

    def capture(self, number, url, words, **more):
        body = {
            "sha256": sha(words),
            "path": f"evidence/{sha(words)[:2]}/{sha(words)}",
            "size": len(words.encode()),
            "media_type": "text/html",
            "via": "http",
            "url": url,
            "final_url": url,
            "status": 200,
            "title": words[:20],
        }
        self.act("capture.made", f"K{number}", **(body | more))

    def attach(self, claim, number, stance="supports", *, by="reviewer-1", **more):
        """Evidence E<number>; with `capture` it cites that capture's bytes, else it is a bare link."""
        if capture := more.get("capture"):
            more = {"sha256": self.state.value(capture).sha256, "start": 0, "end": 9} | more
        evidence = {"id": f"E{number}", "stance": stance, "by": by, "time": timestamp(self.now)} | more
        self.act("evidence.attached", claim, by=by, also=(f"E{number}",), evidence=evidence)

    def decide(self, claim, rating, because="", evidence=(), *, by="reviewer-1", kind="recorded", **more):
        value = self.state.value(claim)
        return self.act(
            f"verdict.{kind}",
            claim,
            by=by,
            rating=rating,
            because=because,
            evidence=[{"evidence": each} for each in evidence],
            statement=value.statement,
            mentions=len(value.mentions),
            scale="factcheck",
            scale_version=1,
            **more,
        )

    def confirm(self, claim, *, by="reviewer-2"):
        return self.act("verdict.confirmed", claim, by=by, verdict=self.state.value(claim).verdict.id)

    def dispute(self, claim, because, *, by="reviewer-2"):
        self.act(
            "verdict.disputed", claim, by=by, verdict=self.state.value(claim).verdict.id, because=because
        )

    def settle(self, claim, rating, because, evidence=(), *, by="lead-1"):
        verdict = self.state.value(claim).verdict.id
        self.decide(claim, rating, because, evidence, by=by, kind="settled", verdict=verdict)

    def summary(self, *, lang="zh", draft=False, scope=None, text=None, in_full=False):
        head = Head(size=self.seq, root=sha(str(self.seq)))
        return summarise(
            self.state,
            head,
            timestamp(self.now),
            scope=scope or Scope(),
            lang=lang,
            draft=draft,
            texts=lambda _: self.text if text is None else text,
            in_full=in_full,
        )


def headline(**case):
    """The bundled transcript with its three headline claims judged and confirmed, one contradiction, three untriaged."""
    desk = Desk((ROOT / "claims" / "jianying-ai.txt").read_text("utf-8"), example=True, **case)
    cost = {
        "calculations": [
            {
                "expression": "60 x 3e9 / G >= 14",
                "given": [("推理次数", "60", "次"), ("单次参数", "3000000000", "")],
                "result": "G <= 12857142857",
                "holds": "conditional",
                "needs": [
                    "GPT-4 每次推理约 1.29e10 个参数，而无人给出这个数",
                    "每秒 30 张图片，原文未说明",
                    "“成本”与“参数量”是同一个量，原文混用",
                ],
            }
        ]
    }
    contradiction = {"relations": [{"kind": "contradicts", "other": "C4", "why": "辞去 CEO / 出任 CEO"}]}
    desk.suggest(
        (
            JIANG_LU,
            "Google VideoPoet 的负责人蒋路转投 TikTok，负责 AI 视频技术的开发。",
            "personnel_move",
            {},
        ),
        (ZHANG_NAN, "张楠辞去抖音 CEO 的职务，全力投入剪映的 AI 化。", "role_change", contradiction),
        (COST, "生成 60 秒视频（每次推理 30 亿参数 x 60 次）的成本是 GPT-4 推理的 14 倍以上。", "cost", cost),
        (NEW_CEO, "张楠出任 CEO。", "role_change", {}),
        ("Solo 极有可能 颠覆短视频行业", "Sora 极有可能颠覆短视频行业。", "prediction", {}),
        ("剪映的 AI 化是一个明显的趋势", "剪映的 AI 化是一个明显的趋势。", "opinion", {}),
        ("OBI 为了筹集 5 到 7 万亿美元的算力", "OpenAI 要筹集 5 到 7 万亿美元的算力。", "financial", {}),
        readings=(
            ("蒋璐", "蒋路", "同音；VideoPoet 的作者名单写作 Lu Jiang"),
            ("VideoPort", "VideoPoet", "一字之差；谷歌的视频模型"),
            ("GPG4", "GPT-4", "不存在 GPG4"),
            ("CEE", "CEO", "同句前文作 CEO"),
        ),
        regions=((0, 700, "summary"), (700, len(desk.text), "transcript")),
    )
    for reading in ("R1", "R2", "R3"):
        desk.accept_reading(reading)
    desk.accept("C1", "C2", "C3", "C4")
    desk.act("claim.dismissed", "C6", reason="opinion", claim=desk.seen("C6"))
    desk.capture(1, PAGE, "I am excited to share that I have joined TikTok as research lead. Lu Jiang")
    desk.attach(
        "C1", 1, url=PAGE, capture="K1", quote="I have joined TikTok as research lead", note="本人主页"
    )
    desk.attach("C1", 2, "context", url="http://example.net/post?id=7", quote="he left in February")
    desk.decide("C1", "supported", "本人主页写明加入 TikTok 任研究负责人。", ["E1"])
    desk.confirm("C1")
    desk.capture(2, "https://example.com/letter", "张楠内部信：即日起辞去抖音集团 CEO，聚焦剪映。")
    desk.attach(
        "C2", 3, url="https://example.com/letter", capture="K2", quote="即日起辞去抖音集团 CEO，聚焦剪映"
    )
    desk.decide("C2", "supported", "内部信写明辞去抖音集团 CEO。", ["E3"])
    desk.dispute("C2", "信中时间是今年 2 月，原文说“去年”。")
    desk.settle("C2", "mostly_supported", "事实成立；“去年”有误，公开报道在今年 2 月。", ["E3"])
    desk.attach("C3", 4, "refutes", capture="K2", url="", quote="", note="见下方计算", start=-1)
    desk.decide(
        "C3",
        "misleading",
        "14 倍只有在 GPT-4 约 129 亿参数时才成立，无人给出这个数。\n成本也不等于参数量。",
        ["E4"],
    )
    desk.confirm("C3")
    desk.attach(
        "C4", 5, "refutes", url="https://example.com/letter", capture="K2", quote="即日起辞去抖音集团 CEO"
    )
    desk.decide("C4", "refuted", "同一封内部信说的是辞任，不是出任。", ["E5"])
    desk.confirm("C4")
    desk.act("note.added", "C3", text="60 秒 = 60 次推理，只在每秒 30 张时成立。", by="lead-1")
    return desk
