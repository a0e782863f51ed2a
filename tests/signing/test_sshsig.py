"""An SSH signature is good for one message, one namespace and in one form; whatever else is said of it, it is bad."""

import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from keymaking import KINDS

from factcheck.signing.keys import PublicKey, integer, string, strings
from factcheck.signing.making import sign
from factcheck.signing.sshsig import BEGIN, END, MAGIC, NAMESPACE, VERSION, Outcome, armour, check, unarmour

MESSAGE = '{"claim":"蒋璐转投 TikTok","kind":"verdict.recorded"}'.encode()
FAST = 2  # how many ssh-keygen at once


@pytest.fixture(scope="module")
def signed(keys):
    return {name: sign(MESSAGE, key) for name, key in keys.items()}


def outcomes(cases):
    """What each (text, message, namespace) comes to."""
    with ThreadPoolExecutor(FAST) as pool:
        return list(pool.map(lambda each: check(each[0], each[1], namespace=each[2]).outcome, cases))


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_person_signed_is_good_and_says_whose_key_it_was(keys, signed, kind):
    key = PublicKey.from_line(keys[kind].with_suffix(".pub").read_text("utf-8"))
    found = check(signed[kind], MESSAGE)
    assert (Outcome.GOOD, key, "") == (found.outcome, found.key, found.why)


@pytest.mark.parametrize("digest", ["sha256", "sha512"])
@pytest.mark.parametrize("kind", ["ed25519", "ecdsa-256", "rsa-2048"])
def test_what_the_real_tool_wrote_with_either_hash_is_good(keys, tmp_path, kind, digest):
    file = tmp_path / "message"
    file.write_bytes(MESSAGE)
    command = ["ssh-keygen", "-Y", "sign", "-O", f"hashalg={digest}", "-n", NAMESPACE, "-f", keys[kind], file]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    assert check((tmp_path / "message.sig").read_text("ascii"), MESSAGE).outcome == Outcome.GOOD


# Three other characters at each place of an Ed25519 signature; one of the others, for each takes a process.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "ecdsa-521"])
def test_another_character_anywhere_in_the_signature_makes_it_bad(signed, kind):
    text = signed[kind]
    changed = [
        text[:place] + other + text[place + 1 :]
        for place in range(len(text))
        for other in (set("Ab/\n") if kind == "ed25519" else {chr(ord(text[place]) ^ 1)}) - {text[place]}
    ]
    assert {Outcome.BAD} == set(outcomes((each, MESSAGE, NAMESPACE) for each in changed))
    assert outcomes([(text, MESSAGE, NAMESPACE)]) == [Outcome.GOOD]


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa-256", "rsa-2048"])
def test_another_byte_anywhere_in_the_message_makes_it_bad(signed, kind):
    changed = [
        MESSAGE[:place] + bytes([MESSAGE[place] ^ bit]) + MESSAGE[place + 1 :]
        for place in range(len(MESSAGE))
        for bit in (1, 128)
    ]
    changed += [MESSAGE + b"\n", MESSAGE[:-1], b""]
    assert {Outcome.BAD} == set(outcomes((signed[kind], each, NAMESPACE) for each in changed))


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa-256", "rsa-2048"])
def test_another_namespace_makes_it_bad(signed, kind):
    others = [NAMESPACE[:n] + chr(ord(NAMESPACE[n]) ^ 1) + NAMESPACE[n + 1 :] for n in range(len(NAMESPACE))]
    others += ["", "file", "\0", NAMESPACE + "x"]
    assert {Outcome.BAD} == set(outcomes((signed[kind], MESSAGE, each) for each in others))


def test_a_signature_for_another_namespace_is_bad_though_it_is_whole(keys):
    text = sign(MESSAGE, keys["ed25519"], namespace="file")
    assert (
        check(text, MESSAGE).outcome, check(text, MESSAGE, namespace="file").outcome,
    ) == (Outcome.BAD, Outcome.GOOD)  # fmt: skip


REWRITTEN = {
    "no newline at the end": lambda text: text[:-1],
    "a newline more": lambda text: text + "\n",
    "a space in front": lambda text: " " + text,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "one long line": lambda text: BEGIN + text[len(BEGIN) : -len(END)].replace("\n", "") + "\n" + END,
    "lines of 64": lambda text: BEGIN + "\n".join(wrapped(text, 64)) + "\n" + END,
    "twice": lambda text: text + text,
    "a blank line": lambda text: text.replace("\n", "\n\n", 1),
    "no armour": lambda text: text[len(BEGIN) : -len(END)],
    "a byte behind": lambda text: armour(unarmour(text) + b"\0"),
    "a part more": lambda text: armour(unarmour(text) + string(b"")),
    "another magic": lambda text: armour(b"SSHSIH" + unarmour(text)[6:]),
    "version 2": lambda text: armour(MAGIC + b"\0\0\0\2" + unarmour(text)[10:]),
    "half of it": lambda text: armour(unarmour(text)[:90]),
    "something reserved": lambda text: with_part(text, 2, b"x"),
    "an unknown hash": lambda text: with_part(text, 3, b"sha1"),
    "no namespace": lambda text: with_part(text, 1, b""),
    "a signature with a byte behind": lambda text: with_part(text, 4, lambda part: part + b"\0"),
    "another algorithm": lambda text: with_part(text, 4, lambda part: part.replace(b"ssh-ed25519", b"ssh-ed25518").replace(b"rsa-sha2-512", b"rsa-sha2-256").replace(b"p256", b"p384")),
}  # fmt: skip


def wrapped(text, width):
    line = text[len(BEGIN) : -len(END)].replace("\n", "")
    return [line[n : n + width] for n in range(0, len(line), width)]


def with_part(text, place, part):
    parts = strings(unarmour(text)[10:])
    parts[place] = part(parts[place]) if callable(part) else part
    return armour(MAGIC + VERSION + b"".join(map(string, parts)))


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa-256", "rsa-2048"])
@pytest.mark.parametrize("how", REWRITTEN)
def test_the_same_signature_written_in_another_form_is_bad(signed, kind, how):
    changed = REWRITTEN[how](signed[kind])
    assert changed != signed[kind]
    assert check(changed, MESSAGE).outcome == Outcome.BAD


def test_the_numbers_of_a_signature_have_one_form():
    """ssh-keygen takes an RSA signature without its leading zeros, and ECDSA numbers with more of them."""
    for data in (b"\0", b"\0\1", b"\0\0\x80", b"\x80"):
        with pytest.raises(ValueError, match="shortest"):
            integer(data)


def test_padding_that_ssh_keygen_reads_over_is_bad(signed):
    def padded(part):
        algorithm, numbers = strings(part)
        first, second = strings(numbers)
        return string(algorithm) + string(string(b"\0" + first) + string(second))

    assert check(with_part(signed["ecdsa-256"], 4, padded), MESSAGE).outcome == Outcome.BAD


def test_the_twin_of_an_ecdsa_signature_is_good_as_well(signed):
    """(r, n - s) signs what (r, s) signs, and ssh-keygen makes either: only the tree tells who put which there."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-4)

    def twin(part):
        algorithm, numbers = strings(part)
        first, second = strings(numbers)
        other = order - int.from_bytes(second)
        return string(algorithm) + string(string(first) + string(other.to_bytes(other.bit_length() // 8 + 1)))

    changed = with_part(signed["ecdsa-256"], 4, twin)
    assert changed != signed["ecdsa-256"]
    assert check(changed, MESSAGE).outcome == Outcome.GOOD


def test_a_signature_under_another_key_is_bad(signed):
    other = strings(unarmour(signed["ecdsa-256"])[10:])[0]
    assert check(with_part(signed["ed25519"], 0, other), MESSAGE).outcome == Outcome.BAD
    high = bytearray(strings(unarmour(signed["ed25519"])[10:])[4])
    high[-1] |= 0xE0  # S above the order of the curve (RFC 8032 section 5.1.7)
    assert check(with_part(signed["ed25519"], 4, bytes(high)), MESSAGE).outcome == Outcome.BAD


def test_without_ssh_keygen_an_ed25519_signature_is_checked_and_others_are_not(signed, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert check(signed["ed25519"], MESSAGE).outcome == Outcome.GOOD
    found = check(signed["rsa-2048"], MESSAGE)
    assert found.outcome == Outcome.UNCHECKED
    assert "not installed" in found.why


@given(
    st.text()
    | st.binary(max_size=300).map(armour)
    | st.binary(max_size=300).map(lambda rest: armour(MAGIC + VERSION + rest))
)
def test_whatever_text_is_given_it_is_bad_and_never_an_error(text):
    assert check(text, b"message").outcome == Outcome.BAD


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_whatever_parts_it_has_it_is_bad_and_never_an_error(parts):
    text = armour(MAGIC + VERSION + b"".join(map(string, parts)))
    assert check(text, b"message").outcome == Outcome.BAD


def by_security_key(message, flags=b"\1", counter=bytes(4)):
    """What a security key would make (OpenSSH's PROTOCOL.u2f), with the seed of RFC 8032's first test."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    private = Ed25519PrivateKey.from_private_bytes(seed)
    kind, application = b"sk-ssh-ed25519@openssh.com", b"ssh:"
    key = string(kind) + string(private.public_key().public_bytes_raw()) + string(application)
    parts = string(NAMESPACE.encode()) + string(b"") + string(b"sha512")
    asked = MAGIC + parts + string(hashlib.sha512(message).digest())
    over = hashlib.sha256(application).digest() + b"\1" + bytes(4) + hashlib.sha256(asked).digest()
    made = string(kind) + string(private.sign(over)) + flags + counter
    return armour(MAGIC + VERSION + string(key) + parts + string(made))


def test_what_a_security_key_signed_is_checked_by_ssh_keygen():
    assert check(by_security_key(MESSAGE), MESSAGE).outcome == Outcome.GOOD
    assert check(by_security_key(MESSAGE), b"other").outcome == Outcome.BAD
    assert check(by_security_key(MESSAGE, flags=b"\5"), MESSAGE).outcome == Outcome.BAD
    assert check(by_security_key(MESSAGE, counter=b"\0\0\0\1"), MESSAGE).outcome == Outcome.BAD
    assert check(by_security_key(MESSAGE, counter=b"\0"), MESSAGE).outcome == Outcome.BAD
