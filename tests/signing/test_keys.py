"""A public key is read as OpenSSH writes it, and in no other form."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keymaking import KINDS

from factcheck.signing.keys import PublicKey, decode, integer, string, strings


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_and_its_fingerprint_are_what_ssh_keygen_says(keys, kind):
    file = keys[kind].with_suffix(".pub")
    key = PublicKey.from_line(file.read_text("utf-8"))
    said = subprocess.run(["ssh-keygen", "-l", "-f", file], capture_output=True, text=True, check=True).stdout
    assert said.split()[1] == key.fingerprint
    assert file.read_text("utf-8").split()[:2] == key.to_line().split()
    assert key == PublicKey.from_line(key.to_line())


def line(kind, *parts):
    import base64

    return f"{kind} {base64.b64encode(b''.join(map(string, (kind.encode(), *parts)))).decode()}"


P256 = b"nistp256", b"\4" + bytes(64)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "one line"),
        ("ssh-ed25519", "one line"),
        ("ssh-ed25519 AAAA\nssh-ed25519 AAAA", "one line"),
        ("ssh-ed25519 ?", "not base64"),
        ("ssh-ed25519 AAAA", "end too early"),
        ("ssh-dss AAAA", "cannot sign here"),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", "cannot sign here"),
        (line("ssh-ed25519", bytes(31)), "32 bytes"),
        (line("ssh-ed25519", bytes(32), b""), "cannot sign here"),
        (line("ssh-ed25519", bytes(32)).replace("ssh-ed25519 ", "ssh-rsa "), "the line says ssh-rsa"),
        (line("ssh-rsa", b"\1\0\1", b"\0" + b"\xff" * 128), "this one 1024"),
        (line("ssh-rsa", b"\1\0\1", b"\xff" * 256), "shortest form"),
        (line("ecdsa-sha2-nistp256", b"256", P256[1]), "curve"),
        (line("ecdsa-sha2-nistp256", b"nistp384", P256[1]), "curve"),
        (line("ecdsa-sha2-nistp256", P256[0], P256[1][:-1]), "point"),
        (line("ecdsa-sha2-nistp256", P256[0], b"\2" + P256[1][1:]), "point"),
        ("x" * 20_000, "one line"),
    ],
)
def test_what_is_no_key_is_said(text, said):
    with pytest.raises(ValueError, match=said):
        PublicKey.from_line(text)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("sk-ssh-ed25519@openssh.com", (bytes(32), b"ssh:")),
        ("sk-ecdsa-sha2-nistp256@openssh.com", (*P256, b"ssh:")),
    ],
)
def test_the_key_of_a_security_key_is_read(kind, parts):
    assert parts == PublicKey.from_line(line(kind, *parts) + " a comment").parts


@given(st.text() | st.binary().map(lambda data: f"ssh-ed25519 {data.hex()}"))
def test_whatever_text_is_given_it_is_a_key_or_a_value_error(text):
    with pytest.raises(ValueError):
        PublicKey.from_line(text)


@given(st.lists(st.binary(), min_size=1))
def test_strings_are_read_as_they_are_written(parts):
    assert parts == strings(b"".join(map(string, parts)))


@given(st.integers(0))
def test_a_number_has_one_form(number):
    data = number.to_bytes(number.bit_length() // 8 + 1) if number else b""
    assert number == integer(data)
    with pytest.raises(ValueError):
        integer(b"\0" + data)


def test_base64_has_one_form():
    assert decode("QQ==") == b"A"
    for other in ("QR==", "QQ", "QQ=", "QQ==\n", " QQ==", "Q Q==", "Q-==", "甲"):
        with pytest.raises(ValueError):
            decode(other)
