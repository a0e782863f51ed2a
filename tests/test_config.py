import tomllib
from pathlib import Path

import pytest

from factcheck.config import (
    PROPOSER,
    THEMES,
    colour,
    language,
    only_ascii,
    remember,
    resolve,
    show,
    state_folder,
    theme,
    user_config_file,
)
from factcheck.errors import BadData, Refused, Usage


@pytest.fixture
def environ(tmp_path):
    return {"XDG_CONFIG_HOME": str(tmp_path / "config"), "HOME": str(tmp_path / "home")}


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    (folder / ".factcheck").mkdir(parents=True)
    return folder


def user_says(environ, text):
    file = user_config_file(environ)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return str(file)


def case_says(case, text):
    file = case / ".factcheck" / "config.toml"
    file.write_text(text, "utf-8")
    return str(file)


def test_a_flag_goes_before_the_environment_before_the_case_before_the_person_before_the_default(
    environ, case
):
    def found(**more):
        setting = resolve("pack", case=case, **{"environ": environ, "default": "none"} | more)
        return setting.value, setting.origin

    assert found() == ("none", "default")
    user = user_says(environ, 'pack = "users"')
    assert found() == ("users", user)
    cases = case_says(case, 'pack = "cases"')
    assert found() == ("cases", cases)
    environ["FACTCHECK_PACK"] = "variables"
    assert found() == ("variables", "FACTCHECK_PACK")
    assert found(flag="flags") == ("flags", "--pack")


def test_an_empty_variable_counts_as_none(environ):
    assert resolve("by", environ=environ | {"FACTCHECK_BY": ""}).origin == "default"


@pytest.mark.parametrize("name", ["by", "allow_addresses"])
def test_a_case_cannot_say_who_somebody_is_or_which_inner_address_may_be_asked(environ, case, name):
    case_says(case, f'{name} = "127.0.0.1:80"')

    assert resolve(name, case=case, environ=environ).value == ""


def test_a_list_of_addresses_is_one_value(environ):
    user_says(environ, 'allow_addresses = ["127.0.0.1:80", "[::1]:80"]')

    assert resolve("allow_addresses", environ=environ).value == "127.0.0.1:80,[::1]:80"


@pytest.mark.parametrize(
    ("text", "line"),
    [('by = "审稿人"\nlang = zh\n', 2), ('by = "unfinished', 1), ("a = 1\n\n\n[table\n", 4), ("a = [1,\n", 2)],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line(environ, text, line):
    file = user_says(environ, text)

    with pytest.raises(BadData) as bad:
        resolve("by", environ=environ)
    assert bad.value.where == f"{file}:{line}"
    assert bad.value.remedy


def test_a_file_that_is_not_utf8_is_named_with_its_line(environ):
    file = Path(user_says(environ, ""))
    file.write_bytes(b"# one\nby = '" + "审稿".encode("gbk") + b"'\n")

    with pytest.raises(BadData) as bad:
        resolve("by", environ=environ)
    assert bad.value.where == f"{file}:2"


def test_a_folder_in_the_place_of_the_file_is_bad_data(environ):
    user_config_file(environ).mkdir(parents=True)

    with pytest.raises(BadData):
        resolve("by", environ=environ)


@pytest.mark.parametrize("value", ["7", "true", "[1, 2]", "{ a = 1 }"])
def test_a_setting_that_is_no_text_is_bad_data(environ, value):
    user_says(environ, f"by = {value}")

    with pytest.raises(BadData) as bad:
        resolve("by", environ=environ)
    assert "by = " in bad.value.seen


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, ("zh", "LANG")),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, ("en", "default")),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, ("zh", "LC_MESSAGES")),
        ({"LANG": "zh_CN", "LC_ALL": ""}, ("zh", "LANG")),
        ({"LANG": "en_US.UTF-8"}, ("en", "LANG")),
        ({"LANG": "de_DE"}, ("en", "default")),
        ({}, ("en", "default")),
        ({"LANG": "zh_CN", "FACTCHECK_LANG": "en"}, ("en", "FACTCHECK_LANG")),
    ],
)
def test_the_language_is_that_of_the_locale_unless_somebody_says_otherwise(environ, case, locale, expected):
    found = language(None, case=case, environ=environ | locale)

    assert (found.value, found.origin) == expected


def test_the_language_of_the_case_goes_before_the_persons_and_a_flag_before_both(environ, case):
    user_says(environ, 'lang = "en"')
    case_says(case, 'lang = "zh"')

    assert language(None, case=case, environ=environ).value == "zh"
    assert language("en", case=case, environ=environ).origin == "--lang"


@pytest.mark.parametrize("flag", ["fr", "zh_CN", ""])
def test_another_language_is_wrong_usage(environ, flag):
    with pytest.raises(Usage) as wrong:
        language(flag, case=None, environ=environ)
    assert wrong.value.where == "--lang"


def test_another_language_in_a_file_is_wrong_usage_and_the_file_is_named(environ):
    file = user_says(environ, 'lang = "fr"')

    with pytest.raises(Usage) as wrong:
        language(None, case=None, environ=environ)
    assert wrong.value.where == file


def test_a_theme_is_a_persons_own_whatever_the_case_says(environ, case):
    case_says(case, 'theme = "contrast"\nascii = "on"\n')
    shown = {each.name: (each.value, each.origin) for each in show(flags={}, case=case, environ=environ)}
    assert (shown["theme"], shown["ascii"]) == (("dark", "default"), ("off", "default"))
    user = user_says(environ, 'theme = "light"\nascii = true\n')

    shown = {each.name: (each.value, each.origin) for each in show(flags={}, case=case, environ=environ)}

    assert (shown["theme"], shown["ascii"]) == (("light", user), ("on", user))
    assert theme("terminal", environ=environ).origin == "--theme"
    assert theme(None, environ=environ | {"FACTCHECK_THEME": "contrast"}).origin == "FACTCHECK_THEME"


@pytest.mark.parametrize("name", ["neon", "", "Dark"])
def test_a_theme_that_does_not_exist_is_wrong_usage_and_the_five_are_named(environ, name):
    with pytest.raises(Usage) as wrong:
        theme(name, environ=environ)
    assert all(each in wrong.value.what for each in THEMES)


def test_a_theme_in_a_file_that_does_not_exist_names_the_file(environ):
    file = user_says(environ, 'theme = "neon"')

    with pytest.raises(Usage) as wrong:
        theme(None, environ=environ)
    assert wrong.value.where == file


@pytest.mark.parametrize(
    ("written", "value"),
    [("1", "on"), ("on", "on"), ("True", "on"), ("yes", "on"), ("0", "off"), ("off", "off"), ("", "off")],
)
def test_ascii_is_on_or_off_as_people_write_it(environ, written, value):
    assert only_ascii(None, environ=environ | {"FACTCHECK_ASCII": written}).value == value


def test_anything_else_than_on_or_off_is_wrong_usage(environ):
    with pytest.raises(Usage) as wrong:
        only_ascii(None, environ=environ | {"FACTCHECK_ASCII": "maybe"})
    assert wrong.value.where == "FACTCHECK_ASCII"


@pytest.mark.parametrize(
    ("environ", "shown"), [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "0"}, False)]
)
def test_no_color_counts_when_it_is_not_empty(environ, shown):
    assert colour(environ) is shown


def test_folders_follow_the_xdg_specification(tmp_path):
    home = {"HOME": str(tmp_path)}

    assert user_config_file(home) == tmp_path / ".config/factcheck/config.toml"
    assert state_folder(home) == tmp_path / ".local/state/factcheck"
    assert user_config_file(home | {"XDG_CONFIG_HOME": "/etc/mine"}) == Path(
        "/etc/mine/factcheck/config.toml"
    )
    assert state_folder(home | {"XDG_STATE_HOME": "relative"}) == tmp_path / ".local/state/factcheck"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# 我的设置\nlang = \"zh\" # stays\n\n[other]\nby = 'elsewhere'\n",
        'by = "old" # who\nlang = "zh"\n',
        '"by" = "old"\n',
        "lang = 'zh'",
        "[only.a.table]\nx = 1\n",
        'lang = """\nby = "inside a text"\n"""\nby = \'old\'\n',
    ],
)
def test_remembering_keeps_everything_else(environ, before):
    user_says(environ, before)
    was = tomllib.loads(before)

    try:
        file = remember("by", '审稿人 "一"\\\x7f\n', environ=environ)
    except BadData:
        assert '"""' in before
        assert user_config_file(environ).read_text("utf-8") == before
    else:
        assert tomllib.loads(file.read_text("utf-8")) == was | {"by": '审稿人 "一"\\\x7f\n'}
        assert [line for line in before.splitlines() if "#" in line and "by" not in line] == [
            line for line in file.read_text("utf-8").splitlines() if "#" in line
        ]


def test_what_was_remembered_counts_and_leaves_no_other_file(environ):
    file = remember("by", "审稿人", environ=environ)

    assert resolve("by", environ=environ).value == "审稿人"
    assert list(file.parent.iterdir()) == [file]


def test_remembering_in_a_place_that_cannot_be_written_is_refused(environ, tmp_path):
    (tmp_path / "config").write_text("a file where the folder belongs")

    with pytest.raises(Refused):
        remember("by", "审稿人", environ=environ)


def test_a_broken_file_is_not_written_over(environ):
    file = user_says(environ, "by = \n")

    with pytest.raises(BadData):
        remember("by", "x", environ=environ)
    assert Path(file).read_text("utf-8") == "by = \n"


def test_a_link_to_the_settings_stays_a_link(environ, tmp_path):
    kept = tmp_path / "dotfiles.toml"
    kept.write_text('lang = "zh"\n')
    file = user_config_file(environ)
    file.parent.mkdir(parents=True)
    file.symlink_to(kept)

    remember("by", "x", environ=environ)

    assert file.is_symlink()
    assert tomllib.loads(kept.read_text()) == {"by": "x", "lang": "zh"}


def test_all_settings_are_shown_with_their_origins(environ, case):
    user = user_says(environ, 'by = "审稿人"')

    shown = show(
        flags={"lang": "zh"}, case=case, environ=environ | {"FACTCHECK_ALLOW_ADDRESSES": "127.0.0.1:80"}
    )

    assert [(each.name, each.value, each.origin) for each in shown] == [
        ("by", "审稿人", user),
        ("key", "", "default"),
        ("lang", "zh", "--lang"),
        ("theme", "dark", "default"),
        ("ascii", "off", "default"),
        ("allow_addresses", "127.0.0.1:80", "FACTCHECK_ALLOW_ADDRESSES"),
        *((name, "", "default") for name in PROPOSER),
    ]
