"""A signed note is one that the tools of the C2SP read, in one form."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.signing.notes import NoteKey, is_note_name, note_key, read_note, sign_note, verified

# The key and the note that golang.org/x/mod/sumdb/note documents and tests with.
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n— PeterNeumann {SIGNATURE}\n"
# The first key pair that RFC 8032 section 7.1 tests Ed25519 with.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
CHECKPOINT = "factcheck/张楠\n3\nroot\n"


def test_the_published_note_is_good():
    key = NoteKey.from_vkey(VKEY)
    note = read_note(NOTE)
    assert (key.vkey, key.hint.hex()) == (VKEY, "c74f20a3")
    assert (note.text, len(note.signatures)) == (TEXT, 1)
    assert (key,) == verified(note, [key])


def test_another_byte_anywhere_in_the_published_note_is_not_good():
    key = NoteKey.from_vkey(VKEY)
    for place, each in enumerate(NOTE):
        changed = NOTE[:place] + chr(ord(each) ^ 1) + NOTE[place + 1 :]
        try:
            assert verified(read_note(changed), [key]) == (), place
        except ValueError:
            continue


def test_a_seed_makes_the_key_that_the_rfc_says():
    assert NoteKey("desk", PUBLIC) == note_key(SEED, "desk")


def test_a_desk_signs_and_a_witness_signs_as_well():
    text = sign_note(CHECKPOINT, SEED, "desk/张楠")
    other = sign_note(CHECKPOINT, bytes(32), "witness.example")
    both = read_note(text + other.removeprefix(f"{CHECKPOINT}\n"))
    desk, witness = note_key(SEED, "desk/张楠"), note_key(bytes(32), "witness.example")
    assert both.text == CHECKPOINT
    assert (witness, desk) == verified(both, [witness, desk, witness])
    assert (desk,) == verified(both, [desk])
    assert verified(both, [NoteKey.from_vkey(VKEY)]) == ()


def test_a_wrong_signature_of_a_known_key_is_an_error_and_of_an_unknown_one_is_not():
    text = sign_note(CHECKPOINT, SEED, "desk").replace("3", "4", 1)
    with pytest.raises(ValueError, match="the signature of desk"):
        verified(read_note(text), [note_key(SEED, "desk")])
    assert verified(read_note(text), [note_key(bytes(32), "desk")]) == ()


def test_a_text_that_nobody_signed_is_a_note_without_signatures():
    assert (read_note(CHECKPOINT).text, read_note(CHECKPOINT).signatures) == (CHECKPOINT, ())


def test_a_text_with_blank_lines_can_be_signed():
    note = read_note(sign_note("a\n\nb\n", SEED, "desk"))
    assert note.text == "a\n\nb\n"
    assert verified(note, [note_key(SEED, "desk")])


SHORT = base64.b64encode(b"abcd").decode()


@pytest.mark.parametrize(
    "text",
    [
        "", "no end", "\n\n", "a\n\n", "a\n\n\n", "a\n\nb\n", "a\rb\n", "a\tb\n", "a\x00\n", "\ud800\n", NOTE[:-1], NOTE + "\n", NOTE + "x\n",
        NOTE.replace("—", "-"), NOTE.replace("— ", "—  "), NOTE.replace("=\n", "\n"), NOTE.replace("=\n", "= \n"), NOTE.replace(SIGNATURE, SHORT),
        NOTE.replace("PeterNeumann", "Peter+Neumann"), NOTE + f"— x {SIGNATURE}\n" * 100,
    ],
)  # fmt: skip
def test_what_is_no_note_is_a_value_error(text):
    with pytest.raises(ValueError):
        read_note(text)


@pytest.mark.parametrize("text", ["", "no end", "a\tb\n", "\ud800\n"])
def test_what_is_no_text_of_a_note_is_not_signed(text):
    with pytest.raises(ValueError, match="whole lines"):
        sign_note(text, SEED, "desk")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\nb", "\ud800", "a\u2028b", "\x7f"])
def test_what_is_no_name_signs_nothing(name):
    assert not is_note_name(name)
    with pytest.raises(ValueError, match="name"):
        sign_note(CHECKPOINT, SEED, name)


@pytest.mark.parametrize("name", ["desk", "factcheck/0a1b", "张楠的台", "example.com/log"])
def test_what_is_a_name(name):
    assert is_note_name(name)
    key = note_key(SEED, name)
    assert key == NoteKey.from_vkey(key.vkey)


@pytest.mark.parametrize(
    "text",
    [
        "", "PeterNeumann", "+c74f20a3+ARpc", VKEY + "=", VKEY[:-4], VKEY.replace("c7", "C7"), VKEY.replace("c7", "c8"), VKEY.replace("+AR", "+Ah"),
        NoteKey("desk", bytes(32)).vkey, VKEY.replace("Peter", "Pe er"), VKEY + "\n", VKEY.replace("Peter", "peter"),
    ],
)  # fmt: skip
def test_what_is_no_key_is_a_value_error(text):
    with pytest.raises(ValueError):
        NoteKey.from_vkey(text)


@given(st.text() | st.text("a\n— AQ=+").map(lambda text: f"a\n\n— {text}\n"))
def test_whatever_text_is_given_it_is_read_or_a_value_error(text):
    for reading in (read_note, NoteKey.from_vkey):
        try:
            reading(text)
        except ValueError:
            continue


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.binary(min_size=32, max_size=32))
def test_what_is_signed_is_read_and_good(text, seed):
    note = read_note(sign_note(f"{text}\n", seed, "desk"))
    assert (f"{text}\n", (note_key(seed, "desk"),)) == (note.text, verified(note, [note_key(seed, "desk")]))
