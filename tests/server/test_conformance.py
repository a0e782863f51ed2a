"""Both ledgers are the same ledger: what is true of the file is true of the server."""

import threading
from datetime import UTC, datetime, timedelta

import entering
import pytest
from spine.spine_events import MOMENT, Maker

from factcheck.errors import BadData, Refused, Unavailable
from factcheck.events import Head, strict_json
from factcheck.index import Index
from factcheck.ledger import START
from factcheck.ledger.file import FileLedger
from factcheck.ledger.postgres import PostgresLedger, Server
from factcheck.ledger.postgres.leases import ServerLeases
from factcheck.merkle import leaf_hash, root

ORIGIN = "factcheck/test"
HOSTILE = "一\n\x00\x1b[31m\u202e\u2028\U000e0041 \\u0000 \\\\u0000 \"'\x7f\ufffe"
LEDGERS = ("file", pytest.param("postgres", marks=pytest.mark.server))


class Kept:
    """One ledger, opened as often as is asked; `rewrite` puts other bytes in the place of a line, as an owner can."""

    def __init__(self, opened, rewrite, cut):
        self.opened, self.rewrite, self.cut = opened, rewrite, cut


@pytest.fixture(params=LEDGERS)
def kept(request, tmp_path):
    if request.param == "file":
        return in_a_file(tmp_path)
    return on_a_server(request.getfixturevalue("house"))


def in_a_file(folder):
    path = folder / "claims" / "ledger.jsonl"
    path.parent.mkdir()
    path.touch()

    def rewrite(number, data):
        lines = path.read_bytes().splitlines()
        lines[number - 1] = data
        path.write_bytes(b"\n".join(lines) + b"\n")

    def cut(size):
        path.write_bytes(b"".join(each + b"\n" for each in path.read_bytes().splitlines()[:size]))

    return Kept(lambda: FileLedger(folder, clock=lambda: MOMENT, patience=0.2), rewrite, cut)


def on_a_server(house):
    dsn = house.running.login(house.keeper, "reviewer-1", "lead")

    def past_the_rules(*statements):
        keeper = Server(house.keeper)
        with keeper.transaction():
            keeper.ask("SET LOCAL session_replication_role = replica")
            for sql, values in statements:
                keeper.ask(sql, values)
            keeper.commit()
        keeper.close()

    def rewrite(number, data):
        sql = "UPDATE factcheck.event SET line = %s WHERE case_id = %s AND seq = %s"
        past_the_rules((sql, (data, ORIGIN, number)))

    def cut(size):
        past_the_rules(
            ("DELETE FROM factcheck.touch WHERE case_id = %s AND seq > %s", (ORIGIN, size)),
            ("DELETE FROM factcheck.event WHERE case_id = %s AND seq > %s", (ORIGIN, size)),
        )

    def opened():
        ledger = PostgresLedger(Server(dsn), ORIGIN)
        ledger.server.ask("SET lock_timeout = '200ms'")
        return ledger

    return Kept(opened, rewrite, cut)


@pytest.fixture
def make():
    return Maker()


def record(ledger, events, position=START):
    with ledger.writing():
        for event in events:
            position = ledger.append(event, position).position
        ledger.commit()
    return position


def test_what_is_appended_is_read_in_its_order_with_its_bytes(kept, make):
    ledger, events = kept.opened(), [make.case(), make.added("C1"), make.note(HOSTILE)]
    end = record(ledger, events)
    lines = list(kept.opened().read())
    assert [each.id for each in events] == [line.event.id for line in lines]
    assert [line.event.seq for line in lines] == [1, 2, 3]
    assert lines[2].event.body.text == HOSTILE
    assert end == lines[-1].position
    assert list(ledger.read(end)) == []


@pytest.mark.server
def test_the_same_events_are_the_same_bytes_and_the_same_root_wherever_they_lie(tmp_path, house):
    events = [(make := Maker()).case(), make.added("C1"), make.note(HOSTILE)]
    (tmp_path / "one").mkdir()
    here, there = in_a_file(tmp_path / "one").opened(), on_a_server(house).opened()
    assert record(here, events) == record(there, events)
    assert [line.data for line in here.read()] == [line.data for line in there.read()]


def test_each_line_names_the_hash_of_the_line_before(kept, make):
    end = record(kept.opened(), [make.case(), make.added("C1"), make.note()])
    lines = [line.data for line in kept.opened().read()]
    named = [strict_json(each)["prev"] for each in lines]
    assert ["0" * 64, leaf_hash(lines[0]).hex(), leaf_hash(lines[1]).hex()] == named
    assert Head(size=3, root=root(list(map(leaf_hash, lines))).hex()) == end.head


def test_reading_goes_on_where_it_stopped(kept, make):
    ledger = kept.opened()
    end = record(ledger, [make.case(), make.added("C1")])
    first = next(iter(ledger.read())).position
    assert [line.event.seq for line in ledger.read(first)] == [2]
    record(kept.opened(), [make.note("later")], end)
    assert [line.event.seq for line in ledger.read(end)] == [3]


def test_what_one_desk_writes_another_one_writes_behind(kept, make):
    one, two = kept.opened(), kept.opened()
    position = record(one, [make.case()])
    for number in range(4):
        position = record((one, two)[number % 2], [make.note(f"{number}")], position)
    assert [line.data for line in one.read()] == [line.data for line in two.read()]
    assert position.size == 5


def test_who_watches_hears_of_a_line_and_not_of_nothing(kept, make):
    one, two = kept.opened(), kept.opened()
    end = record(one, [make.case()])
    assert not two.watch(end, 0.1)
    record(one, [make.note()], end)
    assert two.watch(end, 20)
    assert [line.event.seq for line in two.read(end)] == [2]


def test_one_who_waits_is_woken(kept, make):
    one, two, woken = kept.opened(), kept.opened(), []
    end = record(one, [make.case()])
    waiting = threading.Thread(target=lambda: woken.append(two.watch(end, 60)))
    waiting.start()
    record(one, [make.note()], end)
    waiting.join(60)
    assert woken == [True]


def test_one_writes_at_a_time_and_the_other_is_told(kept, make):
    one, two = kept.opened(), kept.opened()
    record(one, [make.case()])
    with one.writing(), pytest.raises(Unavailable, match="another process is writing"), two.writing():
        pass
    with two.writing():
        pass


def test_a_ledger_of_thousands_of_lines_is_read_whole(kept, make):
    events = [make.case(), *(make.note(f"{n}") for n in range(4200))]
    end = record(kept.opened(), events)
    lines = list(kept.opened().read())
    assert [each.id for each in events] == [line.event.id for line in lines]
    assert end == lines[-1].position
    assert [line.event.seq for line in kept.opened().read(lines[4198].position)] == [4200, 4201]


def test_a_changed_last_line_is_noticed_by_who_has_read_it(kept, make):
    ledger = kept.opened()
    end = record(ledger, [make.case(), make.note("one")])
    data = list(ledger.read())[-1].data
    kept.rewrite(2, data.replace(b'"one"', b'"two"'))
    with pytest.raises(BadData, match="line 2 was changed"):
        list(ledger.read(end))


def test_a_changed_line_is_noticed_by_the_next_one(kept, make):
    record(kept.opened(), [make.case(), make.note("one"), make.note("more")])
    data = list(kept.opened().read())[1].data
    kept.rewrite(2, data.replace(b'"one"', b'"two"'))
    with pytest.raises(BadData, match="line 2 was changed"):
        list(kept.opened().read())


def test_a_shortened_ledger_is_noticed_by_who_has_read_it(kept, make):
    ledger = kept.opened()
    end = record(ledger, [make.case(), make.note("one"), make.note("two")])
    kept.cut(2)
    with pytest.raises(BadData, match="shortened: 3 lines were here"):
        list(ledger.read(end))


def test_a_line_of_a_newer_version_ends_reading_and_refuses_writing(kept, make):
    ledger = kept.opened()
    end = record(ledger, [make.case(), make.note("one")])
    data = list(ledger.read())[1].data
    kept.rewrite(2, data.replace(b'"spec":1,', b'"spec":2,'))
    other = kept.opened()
    assert [line.event.seq for line in other.read()] == [1]
    assert other.newer_from == 2
    with pytest.raises(Refused, match="newer version"), other.writing():
        other.append(make.note("two"), end)


def test_what_is_no_event_is_told_with_its_place(kept, make):
    record(kept.opened(), [make.case(), make.note("one")])
    kept.rewrite(2, b'{"spec":1,"what":"is this"}')
    with pytest.raises(BadData, match="not an event") as error:
        list(kept.opened().read())
    assert error.value.where.endswith(":2")


# -- leases ----------------------------------------------------------------------------------------


@pytest.fixture(params=LEDGERS)
def offices(request):
    """The leases of a case as two people see them; `lapse` makes all of them end."""
    if request.param == "file":
        now = [datetime(2026, 1, 1, tzinfo=UTC)]
        leases = Index(None).leases(lambda: now[0])
        return leases, leases, lambda: now.append(now.pop() + timedelta(hours=1))
    house = request.getfixturevalue("house")
    entering.begun(house)  # of a case that is nowhere there are no leases
    one, two = (ServerLeases(Server(house.dsn[name]), ORIGIN) for name in ("reviewer-1", "reviewer-2"))
    keeper = Server(house.keeper)
    return (
        one,
        two,
        lambda: keeper.ask("UPDATE factcheck.lease SET until = clock_timestamp() - interval '1 s'"),
    )


def test_who_comes_first_has_the_lease_and_both_know_it(offices):
    one, two, _ = offices
    mine = one.take("C1", "reviewer-1", 600)
    assert mine == two.take("C1", "reviewer-2", 600)
    assert mine.holder == "reviewer-1"
    assert {"C1": "reviewer-1"} == one.held() == two.held()


def test_a_person_looks_at_one_thing_at_a_time(offices):
    one, two, _ = offices
    one.take("C1", "reviewer-1", 600)
    one.take("C2", "reviewer-1", 600)
    two.take("C1", "reviewer-2", 600)
    assert one.held() == {"C1": "reviewer-2", "C2": "reviewer-1"}
    one.end("reviewer-1")
    assert two.held() == {"C1": "reviewer-2"}


def test_a_lease_that_has_lapsed_writes_nothing(offices):
    one, two, lapse = offices
    old = one.take("C1", "reviewer-1", 600)
    assert one.keep(old, 600)
    lapse()
    assert one.held() == {}
    assert not one.keep(old, 600)
    new = two.take("C1", "reviewer-2", 600)
    assert new.fence > old.fence
    assert not one.keep(old, 600)
    assert one.held() == {"C1": "reviewer-2"}


def test_a_fence_is_never_given_again(offices):
    one, two, lapse = offices
    fences = []
    for turn in range(4):
        leases, person = ((one, "reviewer-1"), (two, "reviewer-2"))[turn % 2]
        fences.append(leases.take("C1", person, 600).fence)
        lapse()
    assert sorted(set(fences)) == fences


def test_nobody_keeps_the_lease_of_another(offices):
    one, two, _ = offices
    mine = one.take("C1", "reviewer-1", 600)
    assert not two.keep(type(mine)("C1", "reviewer-2", mine.fence), 600)
    two.end("reviewer-2")
    assert one.held() == {"C1": "reviewer-1"}
