"""A public key is read as OpenSSH writes it, and in no other form."""

import base64
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keymaking import KINDS

from factcheck.signing.keys import PRIME, SMALL, PublicKey, check_ed25519, decode, integer, string, strings
from factcheck.signing.sshsig import ed25519


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_and_its_fingerprint_are_what_ssh_keygen_says(keys, kind):
    file = keys[kind].with_suffix(".pub")
    key = PublicKey.from_line(file.read_text("utf-8"))
    said = subprocess.run(["ssh-keygen", "-l", "-f", file], capture_output=True, text=True, check=True).stdout
    assert said.split()[1] == key.fingerprint
    assert file.read_text("utf-8").split()[:2] == key.to_line().split()
    assert key == PublicKey.from_line(key.to_line())


def line(kind, *parts):
    return f"{kind} {base64.b64encode(b''.join(map(string, (kind.encode(), *parts)))).decode()}"


# The first key that RFC 8032 section 7.1 tests Ed25519 with.
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
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
        (line("sk-ssh-ed25519@openssh.com", b"\1" + bytes(31), b"ssh:"), "anybody can sign"),
        (line("ssh-ed25519", bytes(32), b""), "cannot sign here"),
        (line("ssh-ed25519", PUBLIC).replace("ssh-ed25519 ", "ssh-rsa "), "the line says ssh-rsa"),
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
        ("sk-ssh-ed25519@openssh.com", (PUBLIC, b"ssh:")),
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


def test_under_a_key_of_small_order_anybody_can_sign_anything():
    one = b"\1" + bytes(31)
    for message in (b"this", b"that"):
        assert ed25519(one, one + bytes(32), message)


@pytest.mark.parametrize("y", sorted({*SMALL, *range(PRIME, 2**255)}))
@pytest.mark.parametrize("sign", [0, 1])
def test_no_such_key_signs_here(y, sign):
    with pytest.raises(ValueError, match="anybody can sign"):
        check_ed25519((y + (sign << 255)).to_bytes(32, "little"))


def test_the_points_of_small_order_are_the_ones_that_doubling_brings_to_nothing():
    d = -121665 * pow(121666, -1, PRIME) % PRIME

    def doubled(y):  # y of P + P, by the curve -x2 + y2 = 1 + d x2 y2
        x2 = (y * y - 1) * pow(d * y * y + 1, -1, PRIME) % PRIME
        return (y * y + x2) * pow(2 + x2 - y * y, -1, PRIME) % PRIME

    assert {1} == {doubled(doubled(doubled(y))) for y in SMALL}
    assert doubled(doubled(doubled(int.from_bytes(PUBLIC, "little") % 2**255))) != 1
