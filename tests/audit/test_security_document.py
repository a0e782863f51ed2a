"""docs/security.md says first what cannot be seen, and names no check, word or test that is not there."""

import re
from pathlib import Path

from rows import FAULTS

from factcheck.audit import CHECKS

HERE = Path(__file__).parent
TEXT = (HERE.parents[1] / "docs" / "security.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in TEXT[TEXT.index("| fault |") :].splitlines()[2:]
]
# A row of no finding says so; a desk refuses in its own words; a changed byte is found by what it changed.
NOT_QUOTED = {
    "nothing: skipped",
    "(by what was changed)",
    "does not continue the one that this desk has seen",
}


def test_what_cannot_be_detected_stands_first_and_what_is_never_proved_second():
    first, second = TEXT.split("\n\n")[1:3]
    assert first.startswith(
        "**What cannot be detected.** Removing the newest events, or replacing the whole log"
    )
    assert second.startswith("**What is never proved.** That a site served the bytes.")


def test_every_fault_has_its_row():
    assert [row[0] for row in ROWS if row[0] in FAULTS] == list(FAULTS)
    assert {len(row) for row in ROWS} == {4}


def test_every_finding_is_one_that_the_tests_have_heard():
    for fault, finding, _command, file in ROWS:
        checks, words = re.fullmatch(r"((?:`[a-z]+`(?:, )?)+): (.*)", finding).groups()
        assert {*re.findall(r"`([a-z]+)`", checks)} <= {*CHECKS}
        if fault in FAULTS:
            assert (tuple(re.findall("[a-z]+", checks)), words) == (FAULTS[fault].checks, FAULTS[fault].words)
        elif words not in NOT_QUOTED:
            assert words in (HERE / file.strip("`").split("::")[0]).read_text("utf-8") or words in {
                each.words for each in FAULTS.values()
            }


def test_every_command_names_checks_that_are_there():
    named = [name for row in ROWS for name in re.findall(r"--check ([a-z]+)", row[2])]
    assert {*named} <= {*CHECKS}
    assert all(row[2].startswith("`factcheck ") for row in ROWS)


def test_every_test_is_there():
    for *_, test in ROWS:
        file, name = test.strip("`").split("::")
        assert f"def {name}(" in (HERE / file).read_text("utf-8")
