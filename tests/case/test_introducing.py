"""What a desk says of itself where it publishes: publisher, foreword and template, each an event."""

import pytest
from scales import LOOK

from factcheck.case import Case
from factcheck.errors import BadData, Refused, Usage
from factcheck.model import Foreword, Publisher, Template

DESK = Publisher(
    "我们的核查台", "https://desk.example.org", "https://desk.example.org/sora/", "desk@example.org"
)


@pytest.fixture
def case(tmp_path):
    case = Case.create(tmp_path / "case", "lead-1")
    yield case
    case.close()


def write(folder, text):
    file = folder / "look.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_publisher_a_foreword_and_a_template_are_events_that_the_case_remembers(case, tmp_path):
    kinds = [
        event.kind
        for events in (
            case.name_publisher(DESK),
            case.write_foreword("我们看了什么。\r\n\r\nWhat we looked at.\n"),
            case.adopt_template(write(tmp_path, LOOK)),
        )
        for event in events
    ]
    case.close()
    info = Case.open(case.folder).info
    assert kinds == ["publisher.named", "foreword.written", "template.adopted"]
    assert info.publisher == DESK
    assert (info.foreword.text, info.foreword.by) == ("我们看了什么。\n\nWhat we looked at.", "lead-1")
    assert (info.template.name, info.template.paper) == ("look 1", "Letter")
    assert info.template.leave_out == ("history", "notes")


def test_all_three_can_be_taken_away_again(case, tmp_path):
    case.name_publisher(DESK)
    case.write_foreword("hm")
    case.adopt_template(write(tmp_path, LOOK))
    case.name_publisher(Publisher())
    case.write_foreword("")
    case.adopt_template(None)
    assert (case.info.publisher, case.info.foreword) == (Publisher(), Foreword())
    assert case.info.template == Template()


@pytest.mark.parametrize(
    "act",
    [
        lambda case, _: case.name_publisher(Publisher()),
        lambda case, _: case.write_foreword(" "),
        lambda case, _: case.adopt_template(None),
    ],
)
def test_what_is_said_already_is_not_recorded_again(case, act, tmp_path):
    size = case.head.size
    with pytest.raises(Refused):
        act(case, tmp_path)
    assert case.head.size == size


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("url", "javascript:alert(1)"),
        ("address", "https://desk.example.org/a b"),
        ("address", "ftp://desk.example.org"),
        ("name", "x" * 401),
        ("name", "Our \u202e desk"),
        ("corrections", "\x1b[2J"),
    ],
)
def test_an_address_that_is_none_and_words_that_cannot_be_seen_are_refused(case, field, text):
    with pytest.raises(Usage) as refused:
        case.name_publisher(Publisher(**{field: text}))
    assert refused.value.what.startswith(field)


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (LOOK.replace('"verdict"', '"colour"'), 4),
        (LOOK.replace('"notes"', '"exceptions"'), 5),
        (LOOK.replace("#7a1f1f", "red; }"), 6),
        (LOOK.replace("version = 1", "version = 0"), 1),
        ("version = 1\n", 1),
        ("id = ", 1),
    ],
)
def test_a_template_that_cannot_be_used_is_named_with_its_line(case, tmp_path, wrong, line):
    file = write(tmp_path, wrong)
    with pytest.raises(BadData) as refused:
        case.adopt_template(file)
    assert refused.value.where == f"{file}:{line}"


def test_another_look_needs_a_higher_version(case, tmp_path):
    case.adopt_template(write(tmp_path, LOOK))
    other = LOOK.replace("Letter", "A4")
    with pytest.raises(Refused):
        case.adopt_template(write(tmp_path, other))
    case.adopt_template(write(tmp_path, other.replace("version = 1", "version = 2")))
    assert case.info.template.name == "look 2"


def test_only_leads_speak_for_the_desk(case):
    case.add_member("lead-1", "lead")
    case.add_member("reviewer-1", "reviewer")
    with pytest.raises(Refused):
        case.write_foreword("mine", by="reviewer-1")
    case.write_foreword("ours")
    assert case.info.foreword.text == "ours"
