"""The allowed_signers file says to the real ssh-keygen who may sign events, and when."""

import contextlib
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keymaking import KINDS

from factcheck.signing.allowed import Signer, from_text, principal, to_text
from factcheck.signing.keys import PublicKey
from factcheck.signing.making import sign

MESSAGE = "签名 a message".encode()
NAMES = [
    "reviewer-1",
    "王芳",
    "Li Lei",
    "a,b",
    "*",
    "?",
    "!x",
    'the "chief"',
    "o'neil",
    "#1",
    "100%",
    "a@b.example",
    "名 字,*?\"'",
    "~._-",
]
FROM, TO = "2024-02-26T09:30:00.000Z", "2025-02-26T09:30:00.000Z"


def public(keys, kind="ed25519"):
    return PublicKey.from_line(keys[kind].with_suffix(".pub").read_text("utf-8"))


@pytest.fixture(scope="module")
def signed(keys):
    return {kind: sign(MESSAGE, key) for kind, key in keys.items()}


def accepts(folder, text, name, signature, *, time="20240601000000Z", namespace="event@factcheck"):
    """Whether ssh-keygen takes the signature as this person's, by this file, at this time."""
    allowed, file = folder / "allowed_signers", folder / "signature"
    allowed.write_text(text, "utf-8")
    file.write_text(signature, "ascii")
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        allowed,
        "-I",
        principal(name),
        "-n",
        namespace,
        "-s",
        file,
    ]
    command += ["-O", f"verify-time={time}"]
    return subprocess.run(command, input=MESSAGE, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("kind", KINDS)
def test_ssh_keygen_takes_a_signer_of_the_file(keys, signed, tmp_path, kind):
    text = to_text([Signer("王芳", public(keys, kind))])
    assert accepts(tmp_path, text, "王芳", signed[kind])
    assert not accepts(tmp_path, text, "王方", signed[kind])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_one_person_whatever_stands_in_it(keys, signed, tmp_path, name):
    text = to_text([Signer(name, public(keys)), Signer("somebody else", public(keys, "rsa-2048"))])
    assert accepts(tmp_path, text, name, signed["ed25519"])
    assert not accepts(tmp_path, text, name, signed["rsa-2048"])
    assert not any(accepts(tmp_path, text, other, signed["ed25519"]) for other in ("x", "a", "b", "王"))


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("20240226092959Z", False),
        ("20240226093000Z", True),
        ("20250226093000Z", True),
        ("20250226093001Z", False),
    ],
)
def test_a_key_is_good_from_one_moment_to_another(keys, signed, tmp_path, time, expected):
    text = to_text([Signer("王芳", public(keys), FROM, TO)])
    assert expected == accepts(tmp_path, text, "王芳", signed["ed25519"], time=time)


def test_the_time_zone_of_the_machine_changes_nothing(keys, signed, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    test_a_key_is_good_from_one_moment_to_another(keys, signed, tmp_path, "20240226093000Z", expected=True)
    test_a_key_is_good_from_one_moment_to_another(keys, signed, tmp_path, "20240226092959Z", expected=False)


def test_a_key_for_events_signs_nothing_else(keys, tmp_path):
    text = to_text([Signer("王芳", public(keys))])
    signature = sign(MESSAGE, keys["ed25519"], namespace="file")
    assert not accepts(tmp_path, text, "王芳", signature, namespace="file")


def test_the_file_is_one_line_a_signer(keys):
    key = public(keys)
    lines = to_text([Signer("Li Lei", key, FROM, TO), Signer("王芳", key)]).splitlines()
    assert lines == [
        f'Li%20Lei namespaces="event@factcheck",valid-after="20240226093000Z",valid-before="20250226093000Z" {key.to_line()}',
        f'%E7%8E%8B%E8%8A%B3 namespaces="event@factcheck" {key.to_line()}',
    ]


def test_what_is_written_is_read_again(keys):
    signers = [
        Signer(name, public(keys, kind), FROM, end) for name in NAMES for kind in KINDS for end in ("", TO)
    ]
    assert signers == from_text(to_text(signers))


def test_a_file_of_ones_own_is_read_as_ssh_keygen_reads_it(keys):
    key = public(keys)
    text = (
        "# the desk\n\n"
        f"alice@example.org,bob {key.to_line()} a comment\n"
        f'"li lei" namespaces="file,event@factcheck",valid-after="20240226Z" {key.to_line()}\n'
        f'carol namespaces="file" {key.to_line()}\n'
    )
    assert from_text(text) == [
        Signer("alice@example.org", key),
        Signer("bob", key),
        Signer("li lei", key, "2024-02-26T00:00:00.000Z"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "* {key}", "!x,y {key}", "a, {key}", "x cert-authority {key}", 'x valid-after="20240226" {key}',
        'x valid-after="20241326Z" {key}', 'x valid-after="yesterday" {key}', 'x unknown="1" {key}', "x", "x ssh-ed25519", "x ssh-ed25519 AAAA",
        "%FF {key}", 'x namespaces="event@factcheck",namespaces="file" {key}', 'x namespaces="event@factcheck" valid-before="20240226Z" {key}',
    ],
)  # fmt: skip
def test_what_we_would_read_otherwise_is_an_error_with_its_line(keys, line):
    with pytest.raises(ValueError, match=r"^line 2: "):
        from_text("# a comment\n" + line.format(key=public(keys).to_line()) + "\n")


def test_a_signer_without_a_name_or_with_another_kind_of_moment_is_no_line(keys):
    for signer in (
        Signer("", public(keys)),
        Signer("x", public(keys), "2024-02-26"),
        Signer("x", public(keys), "", 'Z"'),
    ):
        with pytest.raises(ValueError, match=r"name|moment|month"):
            to_text([signer])


@given(st.text() | st.text('ab% ",=*?!#\n\tZ0123-'))
def test_whatever_text_is_given_it_is_read_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        assert all(isinstance(each, Signer) for each in from_text(text))
