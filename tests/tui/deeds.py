"""What every key of the registry does to a case: pressed in a real terminal, and what is in the ledger afterwards."""

from dataclasses import dataclass

from driving import Gone, Paste, See


@dataclass(frozen=True)
class Deed:
    """An action of the registry, the keys that do it on an open claim, and the lines it adds: kind and subject.

    `keeps` says what is changed outside the ledger; `by` who acts: a line of which the desk itself is the author names it
    behind its subject. Words in braces are put in when the story begins.
    """

    action: str
    claim: str
    steps: tuple
    writes: tuple[tuple[str, ...], ...] = ()
    keeps: str = ""
    by: str = "reviewer-1"


def looks(action, *steps, claim="", keeps="", by="reviewer-1"):
    """A deed that records nothing: the last step shows that it was done."""
    return Deed(action, claim, steps, keeps=keeps, by=by)


def acts(action, claim, *steps, by="reviewer-1", **kinds):
    """A deed that records these kinds, each with its subject: `claim_accepted="C5"`."""
    writes = tuple((kind.replace("_", ".", 1), *subject.split()) for kind, subject in kinds.items())
    return Deed(action, claim, steps, writes, by=by)


TO_DESK = ("q", See("Verdict digits"))
"""Off a sheet and back."""

STORY = (
    # -- an opinion, signed, published as the first final export --
    acts("decide", "C7", "9", verdict_recorded="C7"),
    acts("undo", "C7", "u", event_undone="C7"),
    acts("redo", "C7", "U", event_redone="C7"),
    looks("person", "W", "reviewer-2", "Enter", See("working as reviewer-2"), keeps="this session"),
    acts("confirm", "C7", "C", by="reviewer-2", verdict_confirmed="C7"),
    acts("export_final", "C7", "X", See("nothing keeps a final"), "2", See("X1 written"), *TO_DESK, summary_exported="X1"),
    acts("correct", "C7", "F", "5", "Enter", "a slip", "Enter", by="lead-1", correction_issued="C7"),
    # -- triage --
    acts("accept", "C5", "Space", claim_accepted="C5"),
    acts("dismiss", "C6", "Backspace", "3", claim_dismissed="C6"),
    acts("reopen", "C6", "R", "Enter", claim_reopened="C6"),
    acts("reword", "C6", "w", "!", "Enter", claim_reworded="C6"),
    acts("split", "C6", "s", "ctrl+u", "Maria Lopez left Acme.", "Enter", claim_split="C6"),
    acts("merge", "C6", "m", "C8", "Enter", claim_merged="C6"),
    acts("retype", "C6", "t", "c", claim_retyped="C6"),
    acts("add", "C6", "v", "Enter", "Right", "Right", "Right", "Enter", "Enter", claim_added="C9"),
    looks("mark", "x", See("■ 1"), "Esc", Gone("■ 1"), claim="C5"),
    acts("relations_merge", "C2", "r", See("Relations and calculation"), "m", *TO_DESK, claim_merged="C2"),
    looks("mention", "]", See("mention 2/2"), claim="C2"),
    # -- evidence --
    acts("evidence", "C3", Paste("{page}/news"), "Enter", See("Quote K1"), "Enter", capture_made="K1", evidence_attached="C3"),
    acts("evidence", "C3", "e", "{note}", "Tab", "so it says", "Enter", capture_made="K2", evidence_attached="C3"),
    acts("grade", "C3", "T", "1", "Enter", evidence_graded="C3"),
    acts("origins", "C3", "O", "Tab", "Tab", "one text", "Enter", origins_joined="C3"),
    acts("origins", "C3", "O", "2", "Tab", "two texts", "Enter", origins_parted="C3"),
    acts("reanchor", "C3", "A", "Tab", "ctrl+u", "so it is", "Enter", evidence_reanchored="C3"),
    acts("corroborate", "C3", "B", "https://example.org/copy", "Enter", capture_corroborated="K2"),
    acts("recheck", "C3", "Tab", "Tab", "K", See("E1:"), "Tab", capture_made="K3", evidence_checked="E1"),
    acts("withhold", "C3", "Tab", "Tab", "h", "a court says so", "Enter", "Tab", evidence_withheld="K1"),
    looks("open", "o", See("Open a page of 127.0.0.1?"), "2", See("copied {page}/news"), claim="C3"),
    looks("copy", "y", See("copied C3"), claim="C3", keeps="clipboard"),
    acts("comment", "C3", "c", "so it is", "Enter", note_added="C3"),
    # -- verdicts of several --
    acts("decide", "C3", "1", "Enter", verdict_recorded="C3"),
    acts("dispute", "C3", "D", "of the group only", "Enter", by="reviewer-2", verdict_disputed="C3"),
    acts("settle", "C3", "S", "2", "true of the group", "Enter", by="lead-1", verdict_settled="C3"),
    acts("rate", "C2", "f", "9", "nobody says so", "Enter", mention_rated="C2"),
    acts("withdraw", "C3", "E", "Enter", evidence_withdrawn="C3"),
    looks("later", "0", Gone("▸  C4 "), claim="C4", keeps="your own private file"),
    # -- ties, readings, the source --
    acts("relate", "C6", "l", "C5", "Enter", claim_related="C6"),
    acts("relations_take", "C3", "r", See("Relations and calculation"), "Space", *TO_DESK, claim_related="C3"),
    acts("relations_drop", "C3", "r", See("Relations and calculation"), "Backspace", *TO_DESK, claim_unrelated="C3"),
    looks("relations_go", "r", See("Relations and calculation"), "Enter", See("▸  C5 "), claim="C6"),
    looks("relations_calculate", "r", See("Relations and calculation"), "=", See("Calculate C5"), "Esc", Gone("Calculate C5"), claim="C5"),
    acts("calculate", "C5", "=", "60*3", "Enter", calculation_recorded="C5"),
    acts("readings_take", "C5", "g", See("▸ R1"), "Space", See("accepted"), *TO_DESK, reading_accepted="R1"),
    acts("readings_drop", "C5", "g", See("▸ R2"), "Backspace", See("rejected"), *TO_DESK, reading_rejected="R2"),
    acts("date", "C5", "L", "2024-02-26", "Enter", source_dated="S1"),
    # -- moving --
    looks("jump", ":", "C5", "Enter", See("▸  C5 ")),
    looks("first", "Home", See("▸  C5 "), claim="C6"),
    looks("down", "j", See("▸  C2 "), claim="C5"),
    looks("up", "k", See("▸  C5 "), claim="C2"),
    looks("next", "n", Gone("▸  C5 "), claim="C5"),
    looks("previous", "p", Gone("▸  C5 "), claim="C5"),
    looks("last", "End", Gone("▸  C5 "), claim="C5"),
    looks("page_down", "PgDn", Gone("▸  C5 "), claim="C5"),
    looks("page_up", "PgUp", See("▸  C5 "), claim="C2"),
    looks("pane", "Tab", "Tab", "Tab", "j", See("▸  C2 "), claim="C5"),
    # -- work shared --
    acts("assign", "C6", "b", "reviewer-2", "Enter", claim_assigned="C6"),
    acts("ask", "C6", "Q", "Who says so?", "Enter", question_asked="C6"),
    acts("answer", "C6", "Y", "Globex itself.", "Enter", question_answered="C6"),
    acts("due", "C6", "H", "2024-12-31", "Tab", "the annual report", "Enter", claim_scheduled="C6"),
    acts("propose", "C6", "P", See("Send the sentences of S1"), "1", source_proposed="S1 tool:"),
    acts("ingest", "C6", "I", "{paper}", "Enter", See("S2 taken in"), source_ingested="S2", source_extracted="S2 tool:"),
    acts("extract", "C5", "G", See("Extract S1 again"), "1", source_extracted="S1 tool:"),
    # -- looking --
    looks("dashboard", "d", See("By state"), *TO_DESK),
    looks("dashboard_open", "d", See("By state"), "Enter", Gone("By state")),
    acts("dashboard_report", "C5", "d", See("By state"), "w", *TO_DESK, work_reported="case"),
    looks("relations", "r", See("Relations and calculation"), *TO_DESK, claim="C5"),
    looks("why", "i", See("The sum of its priority"), *TO_DESK, claim="C5"),
    looks("readings", "g", See("R1"), *TO_DESK, claim="C5"),
    looks("coverage", "V", See("sentences · all"), *TO_DESK, claim="C5"),
    looks("coverage_view", "V", See("sentences · all"), "/", See("only what is not judged"), *TO_DESK, claim="C5"),
    looks("coverage_source", "V", See("sentences · all"), "Tab", See("S2 paper"), *TO_DESK, claim="C5"),
    looks("coverage_open", "V", See("sentences · all"), "Enter", Gone("sentences · all"), claim="C5"),
    looks("audit", "a", See("nothing wrong found"), *TO_DESK),
    looks("audit_view", "a", See("nothing wrong found"), "Tab", See("quotations"), *TO_DESK),
    looks("audit_past", "a", See("nothing wrong found"), "End", "Enter", See("as of #1"), "q", See("Enter as of then"), *TO_DESK),
    looks("export", "X", See("write a draft"), *TO_DESK),
    looks("export_view", "X", See("write a draft"), "Tab", See("# "), *TO_DESK),
    acts("export_draft", "C5", "X", See("write a draft"), "1", See("X2 written"), *TO_DESK, summary_exported="X2"),
    looks("help", "?", See("Digits, arrows, Tab, Enter, Esc alone"), *TO_DESK),
    looks("palette", "ctrl+p", See("Commands"), "Esc", Gone("Commands")),
    looks("palette_do", "ctrl+p", See("Commands"), "comment", See("> comment"), "Enter", See("Comment on C5"), "Esc", Gone("Comment on C5"), claim="C5"),
    looks("zoom", "z", Gone("Verdict digits"), "z", See("Verdict digits")),
    looks("theme", "Z", See("theme: light"), keeps="your settings"),
    looks("filter", "/", See("Filter"), "lopez", "Enter", See("“lopez”"), "/", See("Filter"), "ctrl+u", "Enter", Gone("“lopez”")),
    # -- the desk itself --
    looks("members", "M", See("Members and policy"), *TO_DESK),
    acts("members_adopt", "C5", "M", See("Members and policy"), "a", "{other}", "Enter", Gone("Take in another folder"), See("Members and policy"), *TO_DESK, event_adopted="C1"),
    acts("members_switch", "C5", "M", See("blind review"), "Down", "Enter", See("Switch: blind review"), "1", See("Members and policy"), *TO_DESK, policy_changed="case"),
    acts("export_foreword", "C5", "X", See("write a draft"), "w", See("one paragraph here"), "what we looked at", "Enter", Gone("one paragraph here"), See("write a draft"), *TO_DESK, by="lead-1", foreword_written="case"),
    acts("export_publisher", "C5", "X", See("write a draft"), "p", See("home page"), "Our desk", "Enter", Gone("home page"), See("write a draft"), *TO_DESK, by="lead-1", publisher_named="case"),
    acts("export_template", "C5", "X", See("write a draft"), "t", See("path of a TOML"), "{template}", "Enter", Gone("path of a TOML"), See("write a draft"), *TO_DESK, by="lead-1", template_adopted="case"),
    acts("members_scale", "C5", "M", See("Members and policy"), "s", "{scale}", "Enter", See("ours"), *TO_DESK, scale_adopted="case", claim_reopened="C7"),
    acts("members_add", "C5", "M", See("Members and policy"), "+", "lead-1", "Tab", "2", "Enter", See("lead-1  lead"), *TO_DESK, by="lead-1", member_added="case"),
    acts("members_add", "C5", "M", See("lead-1  lead"), "+", "reviewer-1", "Enter", See("reviewer-1  reviewer"), *TO_DESK, by="lead-1", member_added="case"),
    acts("members_revoke", "C5", "M", See("reviewer-1  reviewer"), "Down", "Backspace", See("End the membership of reviewer-1"), "1", See("revoked"), *TO_DESK, by="lead-1", member_revoked="case"),
    # -- keys, and what an auditor says; what somebody with a key decides is signed behind the cursor --
    acts("members_key", "C5", "M", See("Members and policy"), "K", See("id_ed25519.pub"), "{key}.pub", "Enter", See("Members and policy"), See("SHA256:"), *TO_DESK, by="lead-1", signer_added="case"),
    acts("sign", "C5", "N", See("acts signed"), by="lead-1", decisions_signed="case"),
    acts("members_desk", "C5", "M", See("Members and policy"), "D", See("Announce the key"), "1", See("Members and policy"), *TO_DESK, by="lead-1", desk_added="case", decisions_signed="case"),
    acts("audit_witness", "C5", "a", See("nothing wrong found"), "w", See("You have seen"), "in the safe", "Enter", See("nothing wrong found"), *TO_DESK, by="lead-1", checkpoint_witnessed="case", decisions_signed="case"),
    acts("audit_object", "C5", "a", See("nothing wrong found"), "o", See("the whole case"), "who says so?", "Enter", See("nothing wrong found"), *TO_DESK, See("objection lead-1: who says so?"), by="lead-1", objection_raised="C5", decisions_signed="case"),
    looks("audit_forget", "a", See("nothing wrong found"), "f", See("Forget what"), "1", See("nothing wrong found"), *TO_DESK, by="lead-1", keeps="what this desk remembers of the case"),
    looks("quit", "q"),
)  # fmt: skip
"""One story on one case in which every action of the registry is done, in this order."""
