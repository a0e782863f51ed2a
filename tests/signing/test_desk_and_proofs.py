"""A desk has one key that only its user reads; a proof file says what c2sp.org/tlog-proof@v1 says."""

import secrets
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import BadData, Refused
from factcheck.merkle import Tree, leaf_hash, verify_inclusion
from factcheck.signing.desk import desk_seed, read_seed
from factcheck.signing.proofs import HEADER, Proof


def test_the_key_is_made_when_it_is_first_needed_and_only_its_user_reads_it(tmp_path):
    file = tmp_path / "factcheck" / "desk.key"
    assert read_seed(file) is None
    seed = desk_seed(file, secrets.token_bytes)
    assert (seed, seed) == (read_seed(file), desk_seed(file, secrets.token_bytes))
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [file] == list(file.parent.iterdir())


def test_desks_that_start_together_end_with_one_key(tmp_path):
    file = tmp_path / "folder" / "desk.key"
    code = "import sys; from pathlib import Path; from factcheck.signing.desk import desk_seed; print(desk_seed(Path(sys.argv[1])).hex())"
    racing = [subprocess.Popen([sys.executable, "-c", code, file], stdout=subprocess.PIPE) for _ in range(6)]
    said = {each.communicate(timeout=60)[0] for each in racing}
    assert {f"{read_seed(file).hex()}\n".encode()} == said
    assert [file] == list(file.parent.iterdir())


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 32, b"0" * 64, b"0" * 63 + b"\n", b"G" * 64 + b"\n", b"0" * 2000, b"\xff\n"]
)
def test_a_broken_key_is_never_replaced(tmp_path, content):
    file = tmp_path / "desk.key"
    file.write_bytes(content)
    with pytest.raises(BadData, match="desk's key"):
        desk_seed(file, secrets.token_bytes)
    assert content == file.read_bytes()


def test_a_folder_in_its_place_or_a_file_above_it_is_said(tmp_path):
    with pytest.raises(BadData, match="cannot be read"):
        desk_seed(tmp_path, secrets.token_bytes)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises((BadData, Refused), match="cannot be"):
        desk_seed(tmp_path / "file" / "desk.key", secrets.token_bytes)


CHECKPOINT = "factcheck/x\n2\nroot\n\n— factcheck/x AAAA\n"
HASH = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"


def test_the_file_has_the_lines_of_the_specification():
    text = Proof(1, (bytes.fromhex(HASH),), CHECKPOINT).to_text()
    assert text == (
        "c2sp.org/tlog-proof@v1\nindex 1\nlqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=\n\n" + CHECKPOINT
    )


def test_the_extra_of_other_tools_is_read_over():
    text = f"{HEADER}\nextra QUJD\nindex 0\n\n{CHECKPOINT}"
    assert Proof(0, (), CHECKPOINT) == Proof.from_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "", HEADER, f"{HEADER}\n\nx\n", f"{HEADER}\nindex 1\n", f"{HEADER}\nindex 1\n\n", f"{HEADER}\nindex 01\n\nx\n", f"{HEADER}\nindex -1\n\nx\n",
        f"{HEADER}\nindex 1 \n\nx\n", f"{HEADER}\nindex ١\n\nx\n", f"{HEADER}\nindex 1\nAAAA\n\nx\n", f"{HEADER}\nindex 1\nextra QUJD\n\nx\n",
        f"{HEADER}\nextra ?\nindex 1\n\nx\n", f"{HEADER}\nindex 1\n\nno end", "c2sp.org/tlog-proof@v2\nindex 1\n\nx\n", f"{HEADER}\r\nindex 1\r\n\r\nx\r\n",
        Proof(1, (bytes(32),) * 64, CHECKPOINT).to_text(), " " + Proof(1, (), CHECKPOINT).to_text(), "index 1\n\nx\n", f"{HEADER}\nindex {10**19}\n\nx\n",
    ],
)  # fmt: skip
def test_anything_else_is_a_value_error(text):
    with pytest.raises(ValueError):
        Proof.from_text(text)


@given(st.text() | st.text("extra index 01AQ=\n").map(lambda text: f"{HEADER}\n{text}\n\nx\n"))
def test_whatever_text_is_given_it_is_read_or_a_value_error(text):
    try:
        found = Proof.from_text(text)
    except ValueError:
        return
    assert found == Proof.from_text(found.to_text())


@given(st.integers(1, 40), st.data())
def test_what_is_written_is_read_and_proves_the_line(size, data):
    tree = Tree(leaf_hash(bytes([n])) for n in range(size))
    index = data.draw(st.integers(0, size - 1))
    found = Proof.from_text(Proof(index, tuple(tree.inclusion_proof(index)), CHECKPOINT).to_text())
    assert verify_inclusion(leaf_hash(bytes([index])), found.index, size, found.hashes, tree.root())
