"""What somebody tries who has the desk's key and nobody's own: each attempt by its name, and the sentence that names it."""

import shutil

import pytest
from attacker import canonical, one_by_one, rewrite, three_lines
from bundled.example_keys import seed
from faults import MALLORY, added, recounted, signed, signed_by
from file_faults import receipts_of
from forging import first
from signing.keymaking import keygen
from vouched import AUDITOR, FIRST, LEAD, ORIGIN, SECOND, line_of

from factcheck.audit import Receipt, audit
from factcheck.audit.receipts import ALLOWED
from factcheck.events import strict_json
from factcheck.signing.making import sign
from factcheck.signing.notes import note_key, sign_note


def heard(scene, change, **kept):
    """What the audit says after an attack, in one text."""
    scene.spoil(change)
    return [f"{each.check}: {each.seen}" for each in audit(scene.folder, **kept).findings]


def key_of(name, key, **dates):
    return {"name": name, "key": line_of(key), "valid_after": "", "valid_before": ""} | dates


def unsigned(kind, subject, body, by):
    """One more line at the end that nobody signed."""
    add = added(kind, subject, body, by, MALLORY)

    def change(now, folder):
        now = add(now, folder)
        del now[-1]["sig"]
        return now

    return change


def all_stripped(now, _folder):
    for event in now:
        event.pop("sig", None)
    return now


def last_stripped(now, _folder):
    del now[-1]["sig"]
    return now


def switched_off_unsigned(now, folder):
    return unsigned("policy.changed", "case", {"name": "signatures", "value": False, "was": True}, LEAD)(
        now, folder
    )


def switched_off_and_stripped(now, folder):
    """The policy is switched off before the acts whose signatures then go."""
    at = first(now, "source.ingested")
    head, tail = switched_off_unsigned(now[:at], folder), now[at:]
    for event in tail:
        event.pop("sig", None)
    return recounted([*head, *tail])


def revocation_removed(now, _folder):
    del now[first(now, "signer.revoked")]
    return recounted(now)


def key_for_somebody_who_has_one(now, folder):
    return added("signer.added", "case", key_of(FIRST, MALLORY), FIRST, MALLORY)(now, folder)


def key_for_somebody_unsigned(now, folder):
    return unsigned("signer.added", "case", key_of(FIRST, MALLORY), LEAD)(now, folder)


def first_key_where_signatures_are_demanded(now, folder):
    now = unsigned("member.added", "case", {"name": MALLORY, "role": "reviewer"}, LEAD)(now, folder)
    return added("signer.added", "case", key_of(MALLORY, MALLORY), MALLORY, MALLORY)(now, folder)


def key_revoked_unsigned(now, folder):
    return unsigned("signer.revoked", "case", {"name": SECOND, "key": line_of(SECOND)}, SECOND)(now, folder)


def key_that_is_none(now, folder):
    body = key_of("eve", MALLORY) | {"key": "ssh-ed25519 AAAA"}
    return unsigned("signer.added", "case", body, LEAD)(now, folder)


def key_valid_at_no_moment(now, folder):
    body = key_of("eve", MALLORY, valid_after="2024-02-30T00:00:00.000Z")
    return unsigned("signer.added", "case", body, LEAD)(now, folder)


def key_under_a_name_that_reads_alike(now, folder):
    return unsigned("signer.added", "case", key_of("ｒeviewer-1", MALLORY), LEAD)(now, folder)


def key_under_a_decomposed_name(now, folder):
    body = key_of(SECOND.replace("é", "e\u0301"), MALLORY)
    return unsigned("signer.added", "case", body, LEAD)(now, folder)


def act_under_a_decomposed_name(now, _folder):
    at = first(now, "verdict.confirmed")
    now[at]["by"] = SECOND.replace("é", "e\u0301")
    return now


def others_acts_signed(now, folder):
    act = now[first(now, "capture.made")]
    body = {"decisions": [{"id": act["id"], "subject": act["subject"]}]}
    return added("decisions.signed", "case", body, LEAD, MALLORY)(now, folder)


def signed_behind_its_head(now, folder):
    """Acts signed afterwards by a head that does not cover them."""
    act = now[-1]
    del act["sig"]
    body = {"decisions": [{"id": act["id"], "subject": act["subject"]}]}
    now = added("decisions.signed", "case", body, act["by"], act["by"])(now, folder)
    now[-1]["tree"]["size"] = 9
    return now


def signed_twice(now, folder):
    act = now[first(now, "member.added")]
    body = {"decisions": [{"id": act["id"], "subject": "case"}] * 2}
    return added("decisions.signed", "case", body, LEAD, MALLORY)(now, folder)


def seen_before_anything(now, _folder):
    """The head of an empty ledger is the same everywhere: a signature over it would fit any ledger."""
    now[-1]["tree"]["size"] = 0
    return now


def desk_announced_unsigned(now, folder):
    body = {"name": MALLORY, "key": note_key(seed(MALLORY), ORIGIN).vkey}
    return unsigned("desk.added", "case", body, LEAD)(now, folder)


def export_unsigned(now, _folder):
    del now[first(now, "summary.exported")]["sig"]
    return now


def objection_removed(now, _folder):
    del now[first(now, "objection.raised")]
    return recounted(now)


def auditor_decides(now, folder):
    return unsigned("claim.reopened", "C1", {"because": "hm"}, AUDITOR)(now, folder)


def auditor_confirms(now, _folder):
    at = first(now, "verdict.confirmed")
    now[at]["by"] = AUDITOR
    signed_by(now[at], AUDITOR)
    return now[: at + 1]


ATTEMPTS = {
    all_stripped: "signatures: it bears no signature, and this desk demanded one by then",
    last_stripped: "signatures: it bears no signature, and this desk demanded one by then",
    switched_off_unsigned: "signatures: it bears no signature, and this desk demanded one by then",
    switched_off_and_stripped: "signatures: it bears no signature, and this desk demanded one by then",
    revocation_removed: "signatures: its signature is not good",
    key_for_somebody_who_has_one: "signatures: it was signed with",
    key_for_somebody_unsigned: "signatures: it changes the keys of somebody who had one here, without a signature",
    first_key_where_signatures_are_demanded: "the very key that it adds",
    key_revoked_unsigned: "signatures: it changes the keys of somebody who had one here, without a signature",
    key_that_is_none: "states: it names no public key",
    key_valid_at_no_moment: "states: the key is valid from or to no moment of the calendar",
    key_under_a_name_that_reads_alike: "states: 'ｒeviewer-1' reads like 'reviewer-1', who has a key here",
    key_under_a_decomposed_name: "who has a key here",
    act_under_a_decomposed_name: "signatures: its signature is not good",
    others_acts_signed: f"signatures: it signs capture.made of '{FIRST}'",
    signed_behind_its_head: "which the head that it names does not cover",
    signed_twice: "states: it signs an act that was signed already",
    seen_before_anything: "states: it names the head of an empty ledger",
    desk_announced_unsigned: "signatures: it bears no signature, and this desk demanded one by then",
    export_unsigned: "signatures: it bears no signature, and this desk demanded one by then",
    objection_removed: "signatures: its signature is not good",
    auditor_decides: f"states: '{AUDITOR}' may not do this (auditors_note)",
    auditor_confirms: f"states: '{AUDITOR}' may not do this (auditors_note)",
}


@pytest.mark.parametrize(
    ("attempt", "said"), ATTEMPTS.items(), ids=lambda each: getattr(each, "__name__", "")
)
def test_an_attempt_is_named(scenes, attempt, said):
    found = heard(scenes["demanding"], attempt)
    assert any(said in each for each in found), found


def test_the_witness_of_a_head_that_never_was_is_named(scenes):
    """The root that a witness names is recomputed, unlike that of an attacker who would mend it too."""
    scene = scenes["demanding"]
    scene.spoil(lambda now, _folder: now)
    ledger = scene.folder / "claims" / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines()
    event = strict_json(lines[-1])
    root = event["body"]["root"].encode()
    ledger.write_bytes(ledger.read_bytes().replace(b'"root":"' + root, b'"root":"' + b"ab" * 32, 1))
    found = [each.seen for each in audit(scene.folder, checks=["tree"]).findings]
    assert any("it names the root abab" in each for each in found)


def test_an_unsigned_key_of_a_newcomer_passes_where_nobody_demands_signatures_and_only_a_copy_shows_it(
    scenes,
):
    """What cannot be seen from the log alone: whose key it is. The auditor's own copy shows it."""
    scene = scenes["mixed"]
    scene.spoil(lambda now, _folder: now)
    own = (scene.folder / ALLOWED).read_text("utf-8")

    def newcomer(now, folder):
        add = added("signer.added", "case", key_of(MALLORY, MALLORY), MALLORY, MALLORY)
        (folder / ALLOWED).write_text(
            f'{own}{MALLORY} namespaces="event@factcheck" {line_of(MALLORY)}\n', "utf-8"
        )
        return add(now, folder)

    scene.spoil(newcomer)
    report = audit(scene.folder)
    assert report.findings == ()
    assert "signatures" in {each.name for each in report.checks if each.status == "unverifiable"}
    found = audit(scene.folder, signers=own).findings
    assert [each.seen.split(":")[0] for each in found] == ["only in the ledger"]


def test_what_nobody_signs_passes_behind_the_last_signature_and_is_told(scenes):
    """The control: a note under any name, also where signatures are demanded; before what a signature covers it is a finding."""
    scene = scenes["demanding"]
    scene.spoil(unsigned("note.added", "C1", {"text": "never said"}, SECOND))
    report = audit(scene.folder)
    assert report.findings == ()
    notes = [each.note for each in report.checks if each.name == "signatures"]
    assert [each.startswith("1 lines stand behind what the last signature covers") for each in notes] == [
        True
    ]
    scene.spoil(note_before(1))
    assert audit(scene.folder).findings == ()
    scene.spoil(note_before(2))
    assert audit(scene.folder, checks=["signatures"]).findings


def note_before(lines):
    """The same note put before the last line, or the last lines."""

    def change(now, folder):
        *left, note = unsigned("note.added", "C1", {"text": "never said"}, SECOND)(now, folder)
        note["time"] = left[-lines - 1]["time"]
        return recounted([*left[:-lines], note, *left[-lines:]])

    return change


def test_unsigned_acts_behind_the_last_signature_pass_under_any_name_and_are_not_called_verified(scenes):
    scene = scenes["mixed"]
    scene.spoil(unsigned("objection.raised", "case", {"text": "all is wrong"}, SECOND))
    report = audit(scene.folder, checks=["signatures"])
    assert [(each.status, "bear no signature" in each.note) for each in report.checks] == [
        ("unverifiable", True)
    ]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text + f'{MALLORY} namespaces="event@factcheck" {line_of(MALLORY)}\n',
        lambda text: "".join(text.splitlines(keepends=True)[1:]),
        lambda text: text.replace(FIRST, LEAD),
        lambda text: text.replace("event@factcheck", "*"),
        lambda text: text.replace("valid-before", "valid-after"),
        lambda text: text[:-1],
        lambda text: "",
        lambda text: text + "\n",
        lambda text: "# nobody\n" + text,
    ],
)
def test_allowed_signers_edited_is_named(scenes, spoilt):
    scene = scenes["demanding"]
    scene.restore()
    text = (scene.folder / ALLOWED).read_text("utf-8")
    (scene.folder / ALLOWED).write_text(spoilt(text), "utf-8")
    found = audit(scene.folder, checks=["signers"]).findings
    assert [(each.where, each.seen) for each in found] == [
        (ALLOWED, "it is not what the keys in the ledger make of it")
    ]


def test_allowed_signers_missing_unreadable_or_elsewhere_is_named(scenes, tmp_path):
    scene = scenes["demanding"]
    scene.restore()
    (scene.folder / ALLOWED).write_bytes(b"\xff\xfe")
    assert audit(scene.folder, checks=["signers"]).findings
    away = shutil.copy(scene.folder / ALLOWED, tmp_path / "signers")
    (scene.folder / ALLOWED).unlink()
    assert "missing" in audit(scene.folder, checks=["signers"]).findings[0].seen
    (scene.folder / ALLOWED).symlink_to(away)
    assert "leads out of the case" in audit(scene.folder, checks=["signers"]).findings[0].seen
    scene.restore()


@pytest.mark.parametrize("folder", ["claims", "evidence", "exports"])
def test_a_folder_led_elsewhere_is_named(scenes, tmp_path, folder):
    scene = scenes["demanding"]
    scene.restore()
    shutil.copytree(scene.folder, tmp_path / "case")
    shutil.move(tmp_path / "case" / folder, tmp_path / "away")
    (tmp_path / "case" / folder).symlink_to(tmp_path / "away", target_is_directory=True)
    assert any("leads out of the case" in each.seen for each in audit(tmp_path / "case").findings)


def test_a_checkpoint_signed_by_a_desk_that_nobody_announced_is_named(scenes):
    scene = scenes["demanding"]
    scene.restore()
    events = scene.events
    text = "\n".join((scene.folder / "claims" / "checkpoint").read_text("utf-8").split("\n")[:3]) + "\n"
    assert text == receipts_of(events)[-1]
    assert text.startswith(three_lines(ORIGIN, len(events), b"")[:20])
    (scene.folder / "claims" / "checkpoint").write_text(sign_note(text, seed(MALLORY), "elsewhere"), "utf-8")
    found = audit(scene.folder, checks=["checkpoint"]).findings
    assert "a desk that nobody announced" in found[0].seen


def test_stripping_the_checkpoint_is_never_called_good(scenes):
    """A desk without a key may have written last: no fault, and not verified."""
    scene = scenes["demanding"]
    scene.spoil(lambda now, _folder: now)
    rewrite(scene.folder, scene.events)
    assert [each.status for each in audit(scene.folder, checks=["checkpoint"]).checks] == ["unverifiable"]


def test_a_history_rewritten_without_signatures_and_policy_needs_a_receipt(scenes):
    """All signatures gone, and the lines that demanded them: the log alone shows only that nobody vouches for it."""
    scene = scenes["demanding"]
    receipt = receipts_of(scene.events)[-1]

    def rewritten(now, folder):
        shutil.rmtree(folder / "exports" / "X1")
        gone = ("decisions.", "policy.", "signer.", "summary.", "checkpoint.")
        left = recounted([each for each in now if not each["kind"].startswith(gone)])
        captured = [n for n, each in enumerate(left, start=1) if each["kind"] == "capture.made"]
        for event in left:
            event.pop("sig", None)
            for relied, seq in zip(event["body"].get("evidence", ()), captured, strict=False):
                if event["kind"].startswith("verdict."):
                    relied["capture"] = seq if event["subject"] == "C1" else captured[-1]
        return left

    scene.spoil(rewritten)
    (scene.folder / ALLOWED).unlink()
    assert list(one_by_one(scene.folder)) == []
    assert list(one_by_one(scene.folder, [["receipts"]], receipts=[Receipt("kept", receipt)]))
    assert {each.status for each in audit(scene.folder, checks=["signatures"]).checks} <= {
        "skipped",
        "unverifiable",
    }


def test_everything_that_is_signed_is_signed_well(scenes):
    """The control: each signature of both cases is good before anybody touches it."""
    for scene in scenes.values():
        scene.restore()
        (result,) = audit(scene.folder, checks=["signatures"]).checks
        assert result.checked == len(signed(scene.events)) > 8


def test_a_strange_key_of_a_kind_that_only_ssh_keygen_checks_is_named_where_there_is_none(
    scenes, tmp_path, monkeypatch
):
    scene, key = scenes["demanding"], keygen(tmp_path / "key", "ecdsa")

    def by_a_stranger(now, _folder):
        theirs = {name: value for name, value in now[-1].items() if name not in {"seq", "prev", "sig"}}
        now[-1]["sig"] = sign(canonical(theirs), key)
        return now

    scene.spoil(by_a_stranger)
    for _ in range(2):
        found = audit(scene.folder, checks=["signatures"]).findings
        assert ["which is nobody's here" in each.seen for each in found] == [True]
        monkeypatch.setenv("PATH", str(tmp_path))
