"""Moving about: the next claim, another pane, another mention, another person."""

import re
from array import array
from collections.abc import Callable

from factcheck.index import Query
from factcheck.model import Evidence
from factcheck.tui.arriving import Arriving, listed
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Question, Words

_NAMED = re.compile(r"[CEce]?[0-9]{1,9}")


def down(desk: Desk) -> None:
    """j: the next claim; in another pane the next row or the next evidence."""
    _step(desk, 1)


def up(desk: Desk) -> None:
    """k: the claim before; in another pane the row or evidence before."""
    _step(desk, -1)


def _step(desk: Desk, by: int) -> None:
    if desk.pane == "source":
        desk.source.turn(by)
    elif desk.pane == "side" and desk.claim and desk.claim.live_evidence:
        last = len(desk.claim.live_evidence) - 1
        desk.evidence = max(0, min(last, desk.evidence + by))
        desk.lay_out()
    elif desk.pane == "side":
        desk.part("beside").turn(by)
    else:
        desk.go(desk.queue.cursor + by)


def page_down(desk: Desk) -> None:
    """PgDn: a screenful further."""
    _turn(desk, 1)


def page_up(desk: Desk) -> None:
    """PgUp: a screenful back."""
    _turn(desk, -1)


def _turn(desk: Desk, by: int) -> None:
    if desk.pane == "source" or (desk.narrow and not desk.overlay):
        desk.source.turn(by * max(desk.source.size.height - 2, 1))
    elif desk.pane == "side":
        desk.part("beside").turn(by * max(desk.part("beside").size.height - 2, 1))
    else:
        desk.go(desk.queue.cursor + by * desk.queue.fitting)


def first(desk: Desk) -> None:
    """Home: the first claim of the list."""
    desk.go(0)


def last(desk: Desk) -> None:
    """End: the last claim of the list."""
    desk.go(len(desk.pages.numbers) - 1)


def next_open(desk: Desk) -> None:
    """n: the next claim that waits for this person."""
    desk.advance()


def previous_open(desk: Desk) -> None:
    """p: the claim before that waits for this person."""
    desk.advance(step=-1)


def pane(desk: Desk) -> None:
    """Tab: the keys that move work in the next pane; on a small terminal it comes to the front."""
    if desk.narrow:
        order = ("", "queue", "side")
        desk.overlay = order[(order.index(desk.overlay) + 1) % len(order)]
        desk.pane = "side" if desk.overlay == "side" else "queue"
    else:
        panes = ("queue", "source", "side")
        desk.pane = panes[(panes.index(desk.pane) + 1) % len(panes)]
    desk.evidence = 0 if desk.pane == "side" and desk.claim and desk.claim.live_evidence else -1
    desk.front()


def mention(desk: Desk) -> None:
    """]: the next place where the claim is made."""
    if desk.claim:
        desk.mention = (desk.mention + 1) % len(desk.claim.mentions)
        desk.lay_out()


def zoom(desk: Desk) -> None:
    """z: the source alone, as wide as the terminal, and back."""
    desk.toggle_class("-zoom")
    desk.call_after_refresh(desk.lay_out)


def jump(desk: Desk) -> None:
    """:, then a number, an id, or words of the claim."""

    def submit(answers: Answers) -> bool:
        return jump_to(desk, answers["words"].strip())

    desk.ask(
        Question("jump", desk.say("tui.jump"), (Words("words", "", hint=desk.say("tui.jump_hint")),), submit)
    )


def jump_to(desk: Desk, words: str) -> bool:
    """Open the claim that is meant; False, and the reason said, when there is none."""
    found: list[str] = []
    if desk.perform(lambda: found.append(_wanted(desk, words))):
        desk.go_to(int(found[0][1:]))
    return bool(found)


def _wanted(desk: Desk, words: str) -> str:
    """The claim that is meant: by its number, its id, the id of its evidence, or by words."""
    case = desk.case
    if _NAMED.fullmatch(words):
        value = case.look(words.upper() if words[0].isalpha() else f"C{words}")
        return value.claim if isinstance(value, Evidence) else str(value.id)
    found = case.first(Query(text=words), 1) if words.strip() else []
    return f"C{found[0]}" if found else case.claim(words).id  # which says what ids look like


def keep_up(desk: Desk) -> None:
    """Read the list anew as others have left it; the open claim stays in it until one goes on, so that no key meets another."""
    shown, here = desk.pages.numbers, desk.claim
    if isinstance(shown, Arriving) and shown.stands(desk.case.touched_since(desk.read_at)):
        desk.read_at = desk.case.head.size
        desk.pages.forget_all()
        desk.go(desk.queue.cursor)
        return
    numbers = listed(desk.case, desk.query_now)
    if here and here.number not in numbers and desk.case.page([here.number]):
        numbers = array("I", desk.case.found(desk.query_now))
        numbers.insert(desk.queue.cursor, here.number)
        desk.remark(desk.say("tui.left_list", claim=here.id), "active")
    desk.reload(numbers=numbers)


def person(desk: Desk) -> None:
    """W: somebody else sits down; this session only."""
    _ask_name(desk, desk.say("tui.who_now"), lambda _name: None)


def introduce(desk: Desk, then: Callable[[], None]) -> None:
    """Ask once who works here, remember it, then do what was wanted."""
    from factcheck.config import remember

    def keep(name: str) -> None:
        desk.perform(lambda: remember("by", name, environ=desk.environ))
        then()

    _ask_name(desk, desk.say("tui.who"), keep)


def _ask_name(desk: Desk, title: str, then: Callable[[str], None]) -> None:
    def submit(answers: Answers) -> bool:
        name = answers["name"].strip()
        if not name or not name.isprintable() or len(name) > 80:
            desk.remark(desk.say("tui.name_needed"), "warn")
            desk.lay_out()
            return False
        desk.case.by = name
        desk.box.close()
        desk.reload()  # blind review keeps other things from this person than from the one before
        desk.remark(desk.say("tui.hello", name=name))
        then(name)
        desk.lay_out()
        return True

    desk.ask(Question("person", title, (Words("name", "", hint=desk.say("tui.name_hint")),), submit))
