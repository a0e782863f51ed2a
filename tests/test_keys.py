"""A person's own keys: one file, looked over before the screen opens; nothing can take the golden path away."""

import json

import pytest

from factcheck.actions import ACTIONS, FIXED, Keys, keys, keys_file
from factcheck.cli import main
from factcheck.errors import BadData


@pytest.fixture
def environ(tmp_path):
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def write(environ, text):
    file = keys_file(environ)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_without_a_file_the_shipped_keys_hold(environ):
    assert keys(environ).own == {}
    assert keys(environ).of("accept") == "Space"
    assert keys(environ).started("Space") == "accept"


def test_another_key_takes_the_place_of_the_shipped_one(environ):
    write(environ, 'accept = "ctrl+a"\nreadings_take = "y"\n')
    own = keys(environ)
    assert (own.started("ctrl+a"), own.started("Space")) == ("accept", "")
    assert own.started("y", "readings") == "readings_take"
    assert own.started("y") == "copy"  # the same key on another screen


def test_two_keys_may_change_places(environ):
    write(environ, 'accept = "a"\naudit = "Space"\n')
    assert (keys(environ).started("a"), keys(environ).started("Space")) == ("accept", "audit")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('accept = "a"\n', 1, "a would start both accept and audit"),
        ('# mine\n\nmerge = "s"\n', 3, "s would start both merge and split"),
        ('sleep = "s"\n', 1, "there is no action 'sleep'"),
        ('merge = "Enter"\n', 1, "Enter always does the same"),
        ('merge = "7"\n', 1, "7 always does the same"),
        ('decide = "v"\n', 1, "the key of decide is part of the path that always works"),
        ('merge = "mm"\n', 1, "'mm' is no key"),
        ('merge = "\\u0007"\n', 1, "'\\x07' is no key"),
        ("merge = 7\n", 1, "7 is no key"),
        ('merge "m"\n', 1, "this is not TOML"),
    ],
)
def test_a_broken_key_map_is_one_sentence_with_its_line(environ, text, line, words):
    file = write(environ, text)
    with pytest.raises(BadData) as caught:
        keys(environ)
    assert words in caught.value.what
    assert caught.value.where == f"{file}:{line}"
    assert caught.value.remedy


def test_no_remapping_takes_a_key_of_the_golden_path_away(environ):
    for each in ACTIONS:
        if each.key not in FIXED and each.key != "1-9":
            for key in sorted(FIXED):
                write(environ, f'{each.id} = "{key}"\n')
                with pytest.raises(BadData):
                    keys(environ)


def test_a_clash_is_found_only_within_one_screen():
    assert Keys({"merge": "s"}).clashes() == [("s", "merge", "split")]
    assert Keys({"readings_take": "m"}).clashes() == []


@pytest.fixture
def run(environ, monkeypatch, capsys):
    """A command as this person gives it: its exit status, what it says and what it complains of."""
    monkeypatch.setenv("XDG_CONFIG_HOME", environ["XDG_CONFIG_HOME"])

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        return ended.value.code, *capsys.readouterr()

    return run


def test_the_command_lists_the_keys_that_hold_for_this_person(run, environ):
    write(environ, 'accept = "ctrl+a"\n')
    listed = json.loads(run("keys", "--json")[1])
    by_id = {each["id"]: each for each in listed}
    assert by_id["accept"] | {"label": ""} == {
        "id": "accept", "key": "ctrl+a", "screen": "review", "command": "accept", "label": "", "own": True,
    }  # fmt: skip
    assert len(listed) == len(ACTIONS)


def test_a_broken_key_map_stops_the_program_before_the_screen(run, environ):
    write(environ, 'accept = "a"\n')
    code, out, complaint = run("keys")
    assert (code, out) == (3, "")
    assert "would start both accept and audit" in complaint
