"""Every act on a claim in every state, as the door does it, as docs/acts.md says it, and as the audit enforces it.

`FACTCHECK_RENEW_TABLES=1 pytest tests/case/test_acts_table.py` writes the tables anew; then read the diff.
"""

import inspect
import os
from collections import defaultdict
from pathlib import Path

import pytest
from acts import (
    ACTS,
    ELSEWHERE,
    NEWEST,
    OTHERS,
    ROLES,
    SAME_ACT,
    S,
    Workshop,
    newest_person,
    signed,
    undoing,
)

from factcheck.case import Case
from factcheck.events import BODIES
from factcheck.state import ALLOWED

DOCUMENT = Path(__file__).parents[2] / "docs" / "acts.md"
STATES = tuple(S)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    return Workshop(tmp_path_factory.mktemp("acts"))


def person(act, folder):
    return newest_person(folder) if act.by == NEWEST else act.by


@pytest.fixture(scope="module")
def table(workshop):
    """What comes of each act in each state: done, on a copy."""
    places = {(act, state): workshop.place(act, state) for act in ACTS for state in STATES}
    return {key: workshop.attempt(key[0], place, person(key[0], place)) for key, place in places.items()}


@pytest.fixture(scope="module")
def rights(workshop, table):
    """What comes of each act by a person of each role, in a state that is open to it."""
    homes = {act: home(table, act) for act in ACTS if act.by != NEWEST} | dict.fromkeys(ELSEWHERE, S.JUDGED)
    return {
        (act, role): workshop.attempt(act, workshop.staffed(state), name)
        for act, state in homes.items()
        if state and not act.blind
        for role, name in ROLES.items()
    }


def home(table, act):
    """The last state in which the act is open; None for what nobody may ever do."""
    found = [state for state in STATES if (it := table[act, state]).on == "C1" and it.written]
    return found[-1] if found else None


# -- the table knows everything --------------------------------------------------------------------


def test_every_kind_of_act_has_its_line():
    kinds = {act.kind for act in ACTS}
    unknown = (set(ALLOWED) | set(BODIES)) - kinds - OTHERS
    assert not unknown, (
        f"give these kinds a line in ACTS of tests/case/acts.py, or name them there: {unknown}"
    )
    assert kinds | OTHERS <= set(BODIES)


def test_every_method_of_the_door_that_acts_on_a_claim_has_its_line():
    known = {act.method for act in ACTS} | set(SAME_ACT)
    unknown = {name for name in dir(Case) if acts_on_a_claim(name)} - known
    assert not unknown, f"give these methods a line in ACTS of tests/case/acts.py: {unknown}"


def acts_on_a_claim(name):
    """True for methods that are told who acts, and on which claim or evidence."""
    found = getattr(Case, name)
    if name.startswith("_") or not inspect.isfunction(found):
        return False
    told = inspect.signature(found).parameters
    return {"claim", "claims", "evidence"} & set(list(told)[1:2]) != set() and bool({"at", "id"} & set(told))


# -- the document ----------------------------------------------------------------------------------


def rendered(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def acts_table(table):
    rows = [[act.label, *(table[act, state].text for state in STATES)] for act in ACTS]
    return rendered(["act", *map(str, STATES)], rows)


def rights_table(rights):
    """Acts of which the same is true of every role share a line."""
    alike = defaultdict(list)
    for act in dict.fromkeys(act for act, _ in rights):
        outcomes = tuple("yes" if not (it := rights[act, role]).code else f"✗ {it.code}" for role in ROLES)
        alike[outcomes].append(act.label)
    rows = [[*outcomes, "; ".join(labels)] for outcomes, labels in alike.items()]
    return rendered([*ROLES, "acts"], rows)


def held(name, text, table):
    """The document with this table between its two markers."""
    before, _, rest = text.partition(f"<!-- {name} -->\n")
    _, _, after = rest.partition(f"<!-- /{name} -->")
    assert rest, f"docs/acts.md has no <!-- {name} -->"
    assert after, f"docs/acts.md has no <!-- /{name} -->"
    return f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"


def test_the_document_holds_exactly_what_the_desk_does(table, rights):
    text = DOCUMENT.read_text("utf-8")
    wanted = held("rights", held("acts", text, acts_table(table)), rights_table(rights))
    if os.environ.get("FACTCHECK_RENEW_TABLES"):
        DOCUMENT.write_text(wanted, "utf-8")
    assert wanted == DOCUMENT.read_text("utf-8"), (
        "renew docs/acts.md with FACTCHECK_RENEW_TABLES=1 and read the diff"
    )


# -- the one rule, at the door and in the audit ----------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_the_door_opens_an_act_only_where_the_one_rule_does(table, state):
    done = {act.kind for act in ACTS if (it := table[act, state]).on == "C1" and not it.code}
    open_ = {kind for kind, states in ALLOWED.items() if state in states}
    published = {S.PUBLISHED, S.CORRECTED}  # nothing of the other states of these cases was ever published
    assert done & set(ALLOWED) == open_ - (set() if state in published else {"correction.issued"})


@pytest.mark.parametrize("state", STATES)
def test_what_the_desk_refuses_is_named_by_the_audit_when_it_is_written_by_hand(workshop, table, state):
    tried = [act for act in ACTS if table[act, state].code or shut(act, state)]
    assert tried
    for act in tried:
        folder = workshop.place(act, state)
        seen = workshop.found(folder, [by_hand(table, act, folder)], act.kind)
        for words in said(act, state, table[act, state]):
            assert any(words in each for each in seen), f"{act.label} on a claim that is {state}: {seen}"


def shut(act, state):
    return act.kind in ALLOWED and state not in ALLOWED[act.kind]


def said(act, state, outcome):
    """What the audit must say of an act that is not open."""
    words = [f"{act.kind} on C1, which is {state}"] if shut(act, state) else []
    words += [outcome.words] if outcome.words else []
    assert words, act.label
    return words


def by_hand(table, act, folder):
    """The event in the form that the door gives it where it is open, by the person who is not to do it."""
    if act.by == NEWEST:
        return undoing(folder)
    twins = [act, *(each for each in ACTS if each.kind == act.kind and each != act)]
    twin, state = next((each, found) for each in twins if (found := home(table, each)))
    event = next(each for each in table[twin, state].written if each["kind"] == act.kind)
    return signed(event, person(act, folder))


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_not_do_is_named_by_the_audit_when_it_is_written_by_hand(
    workshop, table, rights, role
):
    refused = {act: it.code for (act, whose), it in rights.items() if whose == role and it.code}
    for act, code in refused.items():
        forged = [signed(each, ROLES[role]) for each in rights[act, "lead"].written]
        folder = workshop.staffed(home(table, act) if act in ACTS else S.JUDGED)
        seen = workshop.found(folder, forged, act.kind)
        assert any(f"{ROLES[role]!r} may not do this ({code})" in each for each in seen), (act.label, seen)
    assert bool(refused) is (role != "lead")


def test_a_lead_may_do_everything(rights):
    assert [act.label for (act, role), it in rights.items() if role == "lead" and it.code] == []
