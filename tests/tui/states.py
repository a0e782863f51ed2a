"""Every screen and state that is held fast as a grid: the keys that lead there, and the facts that must be seen in it."""

from collections.abc import Callable
from dataclasses import dataclass

from bundled import example_keys

from factcheck.case import Case

LINK = "https://news.example.org/2024/sora-inference-cost"
BARE = ("up", "2", "enter")


@dataclass(frozen=True)
class State:
    """A state of the desk. `sees`: words in every language; `says`: keys of labels; `keys`: ids of actions in the hints.

    `prepare` makes the desk ready; such a state stands alone, the others follow each other on one desk.
    """

    name: str
    there: tuple = ()
    back: tuple = ("escape",)
    sees: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    prepare: Callable[[Case], None] | None = None
    real: bool = False
    """True where audit and export are the real ones."""
    placed: bool = False
    """True where the path of the folder is seen, which is another one in every run: then only the facts are held to."""


def judged(case: Case, by: str = "reviewer-1") -> None:
    case.attach("C5", LINK, stance="supports", quote="14 times", by=by)
    case.decide("C5", "misleading", because="GPT-4 的参数没有公开，14 倍无从说起。", by=by)


def blind(case: Case) -> None:
    case.set_policy("blind", "on")
    judged(case, "reviewer-2")


def disputed(case: Case) -> None:
    judged(case)
    case.dispute("C5", because="GPT-4 的参数可以估计，14 倍说得通。", by="reviewer-2")
    case.by = "lead-1"


def asked(case: Case) -> None:
    case.retype("C5", "prediction")
    case.assign("C5", to="reviewer-1")
    case.ask("C5", "30 亿是谁说的？", whom="OpenAI 新闻处", on="2024-02-27")
    case.ask("C5", "Which GPT-4?")
    case.answer("C5", "None was named.", question=2)
    case.schedule("C5", "2024-12-31", settled_by="the annual report")


def several(case: Case) -> None:
    judged(case)
    case.reword("C3", "张楠去年辞去抖音 CEO。")
    case.dismiss("C7", reason="opinion")
    case.read("R1")


def exported(case: Case) -> None:
    for claim in ("C7", "C6"):
        case.decide(claim, "not_checkable")
        case.confirm(claim, by="reviewer-2")
    case.export()
    case.reopen("C6", because="a second look")
    case.decide("C6", "not_enough_evidence")
    case.confirm("C6", by="reviewer-2")
    case.accept("C3")


def vouched(case: Case) -> None:
    """Keys as in the bundled case, one of them revoked; a desk; an objection."""
    case._sign, case._desk_key = example_keys.sign, example_keys.desk_file(case.folder.parent)
    for name in ("reviewer-1", "lead-1"):
        case.add_signer(name, example_keys.public(name).to_line(), by=name, valid_before="2030-01-01")
    later = example_keys.public("lead-1, later").to_line()
    case.add_signer("lead-1", later, valid_after="2025-01-01", by="lead-1")
    case.revoke_signer("lead-1", later, by="lead-1")
    case.add_desk("the office")
    case.raise_objection("C5", "谁说的 30 亿？Nobody names it.", by="lead-1")


def unreadable(case: Case) -> None:
    (case.folder / "claims" / "meeting.txt").unlink()


STATES = (
    State("review", (), (), ("60 次推理的成本是", "C5 ○", "1/7"), ("state.suggested",), ("accept", "dismiss", "decide")),
    State("dismiss", ("backspace",), sees=("C5", "1 "), says=("reason.opinion",)),
    State("evidence", (("paste", LINK),), sees=(LINK[:40], "C5"), says=("tui.what", "tui.stance")),
    State("attached", ("e", ("paste", LINK), *BARE), (), sees=("E1", "news.example.org")),
    State("verdict", ("5",), sees=("C5", "●5 ✘"), says=("tui.because",)),
    State("refused", ("C",), sees=(" ! ", " → "), says=()),
    State("filter", ("slash",), says=("tui.words", "tui.order")),
    State("help", ("question_mark",), sees=("Space", "Bksp"), says=("tui.title_help",)),
    State("relations", ("j", "j", "r"), sees=("C3", "≠", "C4", "│"), says=("tui.title_relations",), keys=("relations_take", "relations_merge")),
    State("contradicting", ("9",), (), sees=("C3", "#5")),
    State("readings", ("g",), sees=("R1", "VideoPort", "VideoPoet"), says=("tui.title_readings",), keys=("readings_take", "readings_drop")),
    State("calculate", ("equals_sign", *"14*x=n*60", "down", *"n = 30: ?"), sees=("14*x=n*60",), says=("tui.expression",)),
    State("why", ("i",), says=("tui.why", "tui.why_total")),
    State("coverage", ("V", "slash"), sees=("S1",), says=("tui.title_coverage",), keys=("coverage_open", "coverage_view")),
    State("palette", ("ctrl+p", "m", "e", "r"), sees=("> mer",), says=("tui.title_palette", "action.merge")),
    State("export", ("X",), says=("tui.title_export", "tui.no_gates"), keys=("export_draft", "export_final", "export_view")),
    State("audit", ("a",), sees=("≠", "quotations", "C5"), says=("tui.title_audit",), keys=("audit_past", "audit_view")),
    State("person", ("W",), says=("tui.who_now",)),
    State("dashboard", ("d",), sees=("█", "░"), says=("tui.title_dashboard", "tui.by_state", "tui.by_type"), keys=("dashboard_report",)),
    State("members", ("M",), sees=("▸ ",), says=("tui.title_members", "export_policy.blind"), keys=("members_switch", "members_add")),
    State("switch", ("M", "down", "enter"), says=("tui.on", "tui.off", "export_policy.blind")),
    State("assign", ("b",), sees=("S1",), says=("tui.assign_to", "tui.section")),
    State("ask", ("Q",), says=("tui.question", "tui.ask_whom")),
    State("ingest", ("I",), says=("tui.file", "tui.source_date")),
    State("retype", ("t",), says=("type.opinion",)),
    State("list", ("tab",), sees=("C1", "C5", "C7")),
    State("beside", ("home", "tab", "tab"), sees=("E1",), says=("tui.evidence",)),
    State("select", ("v", "enter", "right", "right")),
)  # fmt: skip
ALONE = (
    State("signing", (), sees=("C5 ◐", "◑", "14 times"), says=("state.judged",), keys=("confirm", "dispute"), prepare=lambda case: judged(case, "reviewer-2")),
    State("blind", (), sees=("C5 ◐",), says=("state.judged",), prepare=blind),
    State("settle", ("S",), sees=("C5 ≠", "GPT-4 的参数", "│"), says=("tui.first_person", "tui.second_person"), prepare=disputed),
    State("asked", (), sees=("? reviewer-1", "2024-12-31"), prepare=asked),
    State("counted", ("d",), sees=("◑", "reviewer-1", "!"), says=("tui.by_verdict",), keys=("dashboard_open",), prepare=several, real=True),
    State("timeline", ("a",), sees=("#8", "张楠去年辞去抖音 CEO", "→", "reviewer-1"), says=("tui.audit_clean",), keys=("audit_past",), prepare=several, real=True),
    State("earlier", ("a", "end", "up", "enter"), sees=("#2",), prepare=several, real=True),
    State("blocked", ("X",), sees=("!", "C3"), says=("tui.view_gates",), prepare=exported, real=True),
    State("since", ("X", "tab", "tab"), sees=("≠ C6", "X1", "→"), says=("tui.view_changes",), prepare=exported, real=True),
    State("keys", ("M", *["down"] * 12), sees=("SHA256:", "▸ lead-1"), says=("tui.keys_here", "tui.revoked"), keys=("members_key",), prepare=vouched, real=True),
    State("objected", (), sees=("!", "lead-1", "Nobody names it."), says=("tui.objection",), prepare=vouched, real=True),
    State("unreadable", (), sees=("!", "S1"), prepare=unreadable, placed=True),
    State("marked", ("x", "x", "space"), sees=("■", "C2", "C5"), says=("action.accept",), prepare=lambda _: None),
)  # fmt: skip
