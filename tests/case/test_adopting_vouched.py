"""Two laptops without a server: what was signed there counts here by keys that count here, and a key comes from nowhere."""

import shutil
from functools import partial

import pytest
from signing.keymaking import keygen

from factcheck.case import Case
from factcheck.errors import Refused
from factcheck.signing.making import sign

WHY = "Nobody could know."


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    return {name: keygen(folder / name) for name in ("ann", "bob", "eve")}


@pytest.fixture
def desk(case, tmp_path):
    """Opens ann's or bob's copy of one case as anybody; all are closed at the end."""
    opened, cut = [], set()

    def open_(folder, by="", *, key=None):
        if folder not in cut:
            shutil.copytree(case.folder, tmp_path / folder)
            cut.add(folder)
        how = {"desk_key": tmp_path / f"{folder}.key", "private": tmp_path / f"{folder}.private"}
        more = {"sign": partial(sign, key=key)} if key else {}
        opened.append(Case.open(tmp_path / folder, by=by or folder, **how, **more))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


@pytest.fixture
def signing(case, desk, keys):
    """Ann's desk and bob's, where both had keys before they went apart."""
    for name in ("ann", "bob"):
        case.add_signer(name, public(keys[name]))
    return desk("ann", key=keys["ann"]), desk("bob", key=keys["bob"])


def public(key):
    return key.with_name(f"{key.name}.pub").read_text("utf-8")


def decide(case, claim="C1"):
    return case.decide(claim, "not_checkable", because=WHY)[-1]


def swap(ann, bob):
    ann.adopt(bob.folder)
    bob.adopt(ann.folder)


def seen(case):
    return [each.seen for each in case.audit().findings]


def signature(case, event):
    (act,) = [each for each in case.trail() if each.id == event.id]
    return case.proven([act])[act.seq].signature


def test_a_signature_counts_on_its_original_under_another_number(signing):
    ann, bob = signing
    ann.add("S1", "Maria Lopez")
    bob.add("S1", "Globex")
    verdict = decide(bob, "C6")
    swap(ann, bob)
    assert (ann.claim("C7").verdict.id, ann.claim("C7").verdict.signed) == (verdict.id, True)
    assert (signature(ann, verdict), seen(ann), seen(bob)) == ("good", [], [])


def test_what_was_signed_afterwards_there_is_signed_here(signing, desk, keys):
    ann, bob = signing
    ann.add("S1", "Maria Lopez")
    bob.add("S1", "Globex")
    verdict = decide(desk("bob"), "C6")
    bob.refresh()
    bob.sign(only=[verdict.id])
    swap(ann, bob)
    assert (ann.claim("C7").verdict.signed, ann.unsigned(by="bob")) == (True, ())
    assert (seen(ann), seen(bob)) == ([], [])


def test_one_signs_here_what_one_did_elsewhere(signing, desk, keys):
    ann, bob = signing
    verdict = decide(desk("bob"))
    ann.adopt(bob.folder)
    here = desk("ann", "bob", key=keys["bob"])
    assert [each.id for each in here.unsigned()] == [verdict.id]
    here.sign()
    assert (here.claim("C1").verdict.signed, here.unsigned(), seen(here)) == (True, (), [])


def test_a_key_that_was_added_there_counts_here(signing, desk, keys):
    ann, bob = signing
    bob.add_signer("eve", public(keys["eve"]))
    verdict = decide(desk("bob", "eve", key=keys["eve"]))
    swap(ann, bob)
    assert "eve" in (ann.folder / "claims/allowed_signers").read_text("utf-8")
    assert (signature(ann, verdict), seen(ann), seen(bob)) == ("good", [], [])


def test_two_desks_may_be_told_of_the_same_key(desk, keys):
    ann, bob = desk("ann"), desk("bob")
    for case in (ann, bob):
        case.add_signer("bob", public(keys["bob"]))
    swap(ann, bob)
    assert (seen(ann), seen(bob)) == ([], [])


@pytest.mark.parametrize("late", ["ann", "bob"])
def test_another_first_key_of_somebody_who_has_one_here_is_refused_whenever_it_says_it_came(desk, keys, late):
    ann, bob = desk("ann"), desk("bob")
    for case in sorted((ann, bob), key=lambda each: each.by == late):
        case.add_signer("bob", public(keys["bob" if case is ann else "eve"]))
    before = (ann.folder / "claims/ledger.jsonl").read_bytes()
    with pytest.raises(Refused) as refused:
        ann.adopt(bob.folder)
    assert "changes the keys of somebody who had one here" in refused.value.seen
    assert (ann.folder / "claims/ledger.jsonl").read_bytes() == before


def test_a_key_of_somebody_else_here_is_refused(desk, keys):
    ann, bob = desk("ann"), desk("bob")
    ann.add_signer("eve", public(keys["eve"]))
    bob.add_signer("bob", public(keys["eve"]))
    with pytest.raises(Refused) as refused:
        ann.adopt(bob.folder)
    assert "is not told from 'eve'" in refused.value.seen


def test_a_signature_by_a_key_that_was_revoked_here_first_is_refused(signing):
    ann, bob = signing
    ann.revoke_signer("bob")
    decide(bob)
    with pytest.raises(Refused) as refused:
        ann.adopt(bob.folder)
    assert "which had been revoked" in refused.value.seen


def test_a_key_that_was_revoked_before_the_act_came_in_is_never_called_good(signing):
    ann, bob = signing
    decide(bob)
    ann.revoke_signer("bob")
    ann.adopt(bob.folder)
    (check,) = [each for each in ann.audit().checks if each.name == "signatures"]
    assert (seen(ann), check.status, "counted no more" in check.note) == ([], "unverifiable", True)


def test_where_signatures_are_demanded_an_adopted_act_waits_for_one(signing, desk, keys):
    ann, bob = signing
    ann.set_policy("signatures", True)
    decide(desk("bob"))
    ann.adopt(bob.folder)
    assert [each.partition(",")[0] for each in seen(ann)] == ["it bears no signature"]
    desk("ann", "bob", key=keys["bob"]).sign()
    assert seen(ann) == []


def test_a_head_of_the_other_log_that_was_witnessed_is_kept_and_vouches_for_none_here(signing, desk):
    ann, bob = signing
    ann.note("C1", "seen")
    bob.witness()
    bob.add_desk()
    bob.raise_objection("C1", "not the whole sentence")
    swap(ann, bob)
    assert [(each.by, each.ours) for each in ann.info.witnesses] == [("bob", False)]
    assert [(each.by, each.ours) for each in bob.info.witnesses] == [("bob", True)]
    assert [each.text for each in ann.info.objections] == ["not the whole sentence"]
    assert "bob" in {each.name for each in ann.info.desks}
    assert (seen(ann), seen(bob)) == ([], [])
