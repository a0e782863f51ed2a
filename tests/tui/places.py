"""Every screen with what it shows filled, empty and in error: the keys that lead there, and the sentence that is seen."""

from dataclasses import dataclass

from driving import See


@dataclass(frozen=True)
class Sight:
    """Keys that lead there on one of the cases, the sentence that must then be seen, and the keys that lead back."""

    case: str
    steps: tuple
    says: str
    back: tuple = ("q",)


@dataclass(frozen=True)
class Place:
    """A screen: the action that opens it, what it shows in a few words, and its three sights; None where there is none."""

    name: str
    action: str
    shows: str
    filled: Sight
    empty: Sight | None
    error: Sight | None
    never_empty: str = ""
    never_wrong: str = ""


GONE = "source S1 cannot be read."
RESTORE = f"{GONE} → restore the file from a copy or from git"
NOTHING_OPEN = "No claim is open. No source yet. Press I to take one in, or run factcheck ingest FILE."
STAYS = ()

PLACES = (
    Place(
        "review", "", "the queue, the open claim in its source, evidence and verdict",
        Sight("filled", (), "Verdict digits", STAYS),
        Sight("empty", (), "No source yet. Press I to take one in, or run factcheck ingest FILE.", STAYS),
        Sight("torn", (), RESTORE, STAYS),
    ),
    Place(
        "review, a source without claims", "", "as above",
        Sight("filled", (), "Verdict digits", STAYS),
        Sight("still", (), "No claim yet. Press V to make one of a sentence, or run factcheck extract FILE.", STAYS),
        Sight("still", ("r",), "No claim is open. No claim yet. Press V to make one of a sentence, or run factcheck extract FILE.", STAYS),
    ),
    Place(
        "review, filtered", "filter", "only the claims that match",
        Sight("filled", ("/", "Lopez", "Enter"), "“Lopez”", ("/", "ctrl+u", "Enter")),
        Sight("filled", ("/", "zzz", "Enter"), "No claim matches the filter. Press / to change it, or run factcheck list.", ("/", "ctrl+u", "Enter")),
        Sight("filled", (":", "99", "Enter"), "there is no 'C99' here.", ("Esc",)),
    ),
    Place(
        "relations", "relations", "each tied claim beside the open one, what differs marked; calculations",
        Sight("filled", (":3", "Enter", "r"), "Relations and calculation"),
        Sight("filled", (":7", "Enter", "r"), "No relations and no calculation. Press Esc, then l or =, or run factcheck relate C7 C… or factcheck calculate C7 EXPRESSION."),
        Sight("filled", (":3", "Enter", "r", See("Relations and calculation"), "Backspace"), "reviewer-2 made this tie; only reviewer-2 takes it away"),
    ),
    Place(
        "why suggested", "why", "the words that fired, and the sum of the priority",
        Sight("filled", (":5", "Enter", "i"), "The sum of its priority"),
        Sight("filled", (":8", "Enter", "i"), "A person made this claim; extraction has no reasons for it. Press Esc, then a to see who did, or run factcheck trail C8."),
        Sight("torn", ("i",), RESTORE, STAYS),
    ),
    Place(
        "readings", "readings", "what was heard, what was meant, how often, where",
        Sight("filled", (":5", "Enter", "g"), "R2 蒋路 → 蒋璐"),
        Sight("still", ("g",), "No readings are proposed for this source. They come from packs: after a change press Esc, then G, or run factcheck ingest --again S1."),
        Sight("filled", (":5", "Enter", "g", See("Readings:"), "j", "j", "Space"), "R1 is accepted already."),
    ),
    Place(
        "coverage", "coverage", "every sentence with its class and its claims",
        Sight("filled", (":5", "Enter", "V"), "sentences · all"),
        Sight("still", ("V", See("Coverage"), "/"), "No such sentence here. Press / to look at others, or run factcheck coverage."),
        Sight("torn", ("V",), RESTORE, STAYS),
    ),
    Place(
        "dashboard", "dashboard", "what keeps an export back, states, types, verdicts, pace, agreement",
        Sight("filled", ("d",), "keep a final export back"),
        Sight("empty", ("d",), "No verdicts yet. On a claim a digit records one, or factcheck decide."),
        Sight("empty", ("d", See("Dashboard"), "w"), "nothing is known of reviewer-1's work here. → factcheck review counts as you go"),
    ),
    Place(
        "audit", "audit", "the trail, newest first, below the proof; Tab: the checks",
        Sight("filled", ("a",), "nothing wrong found"),
        None,
        Sight("torn", ("a",), "the file is missing → restore the file from a copy or from git"),
        never_empty="a trail begins with the case itself",
    ),
    Place(
        "the past", "audit_past", "the review screen as of a line of the ledger",
        Sight("filled", ("a", See("nothing wrong found"), "End", "Up", "Up", "Enter"), "as of #3", ("q", See("Enter as of then"), "q")),
        Sight("filled", ("a", See("nothing wrong found"), "End", "Enter"), "Nothing was here yet. Press Esc for today, or run factcheck list.", ("q", See("Enter as of then"), "q")),
        Sight("filled", ("a", See("nothing wrong found"), "End", "Enter", See("as of #1"), "X"), "This is the past: it takes no act. → Esc leads back to today", ("q", See("Enter as of then"), "q")),
    ),
    Place(
        "export", "export", "what keeps a final export back; Tab: the text, what is new",
        Sight("filled", ("X",), "C5 waits for a second person."),
        Sight("empty", ("X",), "Nothing is judged yet: a summary would be empty. Press Esc, then a digit on a claim, or run factcheck decide."),
        Sight("torn", ("X",), GONE),
    ),
    Place(
        "members", "members", "who may do what, what a verdict needs, the scale",
        Sight("filled", ("M",), "lead-1  lead"),
        Sight("still", ("M",), "No members: everybody may do everything. Press + to name the first, a lead, or run factcheck members add NAME --role lead."),
        Sight("filled", ("M", See("Members and policy"), "Enter", See("Which role"), "1"), "Only a lead may do that here. → ask a lead", ("Esc",)),
    ),
    Place(
        "commands", "palette", "every action by its name",
        Sight("filled", ("ctrl+p", See("Commands"), "reword"), "w reword", ("Esc",)),
        Sight("filled", ("ctrl+p", See("Commands"), "zzz"), "No action is called that. Backspace takes letters away; factcheck keys lists them all.", ("Esc",)),
        Sight("empty", ("ctrl+p", See("Commands"), "reword", "Enter"), NOTHING_OPEN, STAYS),
    ),
    Place(
        "help", "help", "every key with its command",
        Sight("filled", ("?",), "Digits, arrows, Tab, Enter, Esc alone go all the way; full-width characters count too."),
        None, None, never_empty="the keys are always there", never_wrong="nothing is read for it",
    ),
    Place(
        "first steps", "", "on the example: one step after the other, above the source",
        Sight("guided", (), "1/4", STAYS),
        Sight("guided", (), "Who are you? Every decision carries a name; asked only once.", STAYS),
        Sight("guided", ("Enter",), "write a printable name", STAYS),
    ),
)  # fmt: skip
BOXES = (
    # the action that opens the box, the claim, the keys, and what the box says instead of recording
    ("dismiss", "7", ("Backspace", "Enter"), "press a digit: why?"),
    ("decide", "5", ("Enter", "Enter"), "press a digit: which verdict?"),
    ("evidence", "7", ("e", "Enter"), "web address, file, or K…"),
    ("evidence", "7", ("e", "/no/such/file", "Enter"), "there is no such file."),
    ("split", "6", ("s", "Enter"), "an identical claim is no part of it. → write the part that becomes a claim of its own"),
    ("reword", "6", ("w", "ctrl+u", "Enter"), "the wording is the same, or empty. → write the new statement"),
    ("merge", "7", ("m", "Enter"), "a merge needs another claim."),
    ("comment", "7", ("c", "Enter"), "the note is empty. → write what is to be remembered"),
    ("relate", "7", ("l", "Enter"), "there is no '' here."),
    ("calculate", "7", ("=", "3 +", "Enter"), "the expression cannot be read: here a figure or a name is missing."),
    ("ask", "7", ("Q", "Enter"), "the question is empty. → write what you want to know"),
    ("assign", "7", ("b", "Enter"), "that is nobody's already. → factcheck list"),
    ("due", "7", ("H", "soon", "Enter"), "this is neither a day nor a range of days. → 2026-12-31, or D..D"),
    ("date", "7", ("L", "soon", "Enter"), "this is no date of the calendar."),
    ("ingest", "7", ("I", "Enter"), "write the path of a file"),
    ("jump", "7", (":", "zzz", "Enter"), "there is no 'zzz' here."),
    ("person", "7", ("W", "Enter"), "write a printable name"),
)  # fmt: skip
"""What each box says to a wrong answer; nothing is recorded, and what was written stays in it."""
