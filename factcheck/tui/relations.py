"""The relations sheet: the open claim beside every claim it is tied to, with what differs marked, and its calculations."""

from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest

from factcheck.labels import told
from factcheck.model import MUTUAL, Claim, Relation, same_person
from factcheck.tui.beside import calculation_rows, marked
from factcheck.tui.desk import Desk
from factcheck.tui.rows import Prose, Row, fitted, heading, row_width, run, wrapped
from factcheck.tui.saying import RELATION_GLYPHS, state_runs
from factcheck.tui.sheet import Block, Sheet


class RelationsSheet(Sheet):
    """r: what hangs together with the open claim."""

    title_key = "tui.title_relations"
    screen_name = "relations"
    takes_back = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        claim = desk.open_claim
        self.claim = replace(claim, relations=desk.case.ties(claim))

    def blocks(self, columns: int) -> list[Block]:
        """Relations first, then the rest of the proposed group, then the calculations."""
        claim, desk = self.claim, self.desk
        others = {each.id: each for each in desk.case.page([int(r.other[1:]) for r in claim.relations])}
        tied = [self._tied(r, others[r.other], columns) for r in claim.relations if r.other in others]
        more = [each for each in desk.case.same_group(claim) if each.id not in others]
        grouped = [self._grouped(each, columns) for each in more]
        sums = [Block(calculation_rows(each, columns, desk.lang)) for each in claim.calculations]
        found = [*self._mentions(columns), *tied, *grouped]
        without = wrapped(desk.say("tui.no_relations", claim=claim.id), columns, "dim")
        nothing = [] if found or sums else [Block(without)]
        title = Block(
            [
                (run(f"{claim.id} ", "key"), *state_runs(claim, desk.lang)),
                (run(claim.statement, "strong said"),),
            ]
        )
        counted = [Block([heading(desk.say("tui.calculation"), columns)])] if sums else []
        return [title, *found, *nothing, *counted, *sums]

    def _tied(self, relation: Relation, other: Claim, columns: int) -> Block:
        say = self.desk.say
        ink = "bad" if relation.kind == "contradicts" else "calm"
        by = (
            (run(f"· {relation.by} ", "dim"),)
            if relation.by
            else (run(f"· {say('tui.proposed')} ", "proposal"),)
        )
        head = (
            run(f"{RELATION_GLYPHS[relation.kind]} {say(f'relation.{relation.kind}')} ", ink),
            run(f"{other.id} ", "key"),
        )
        first = fitted(
            (
                *head,
                *state_runs(other, self.desk.lang),
                run(" "),
                *by,
                run(told(relation.why, self.desk.lang), "dim"),
            ),
            columns,
        )
        return Block(
            [first, *beside_each_other(self.claim.statement, other.statement, columns)],
            f"{relation.kind} {other.id}",
        )

    def _mentions(self, columns: int) -> list[Block]:
        """The claim's own places from the second on, each beside the first: the words that differ were said so."""
        first, *others = (self.desk.case.words(each) for each in self.claim.mentions)
        total = len(self.claim.mentions)
        return [
            Block(
                [
                    (run(self.desk.say("tui.mention", number=number, total=total), "calm"),),
                    *beside_each_other(first, other, columns),
                ]
            )
            for number, other in enumerate(others, 2)
        ]

    def _grouped(self, other: Claim, columns: int) -> Block:
        first = (
            run(f"≈ {self.desk.say('tui.same_group')} ", "calm"),
            run(f"{other.id} ", "key"),
            *state_runs(other, self.desk.lang),
        )
        return Block(
            [first, *beside_each_other(self.claim.statement, other.statement, columns)], f"repeats {other.id}"
        )

    def do(self, act: str, id: str) -> None:
        """Go to the other claim, take or turn down the tie, or merge."""
        kind, _, other = id.partition(" ")
        if act == "calculate":
            self.dismiss("calculate")
        elif other:
            self._do_with(act, kind, other)

    def _do_with(self, act: str, kind: str, other: str) -> None:
        case, claim = self.desk.case, self.claim
        if act == "go":
            self.dismiss(other)
        elif act == "take":
            self._act(lambda: case.relate(claim.id, other, kind, at=claim.version))
        elif act == "drop":
            self._turn_down(kind, other)
        elif kind not in MUTUAL:
            self._warn("tui.not_the_same", other=other)
        elif claim.verdict:
            self.dismiss(f"merge {other}")
        else:
            self._act(lambda: case.merge(claim.id, other, at=claim.version))

    def _turn_down(self, kind: str, other: str) -> None:
        """Only proposals and one's own ties go; whose another tie is, is said."""
        case, claim = self.desk.case, self.claim
        ties = [each for each in claim.relations if (each.kind, each.other) == (kind, other)]
        if ties and ties[0].by and not same_person(ties[0].by, case.by):
            self._warn("tui.tied_by", person=ties[0].by)
        elif ties and ties[0].by:
            self._act(lambda: case.unrelate(claim.id, other, kind, at=claim.version))
        else:
            self._act(lambda: case.turn_down(claim.id, other, relation=kind, at=claim.version))

    def _warn(self, key: str, **values: object) -> None:
        self.desk.remark(self.desk.say(key, **values), "warn")
        self.lay_out()

    def _act(self, act: Callable[[], object]) -> None:
        self.desk.perform(act)
        self.again()

    def again(self) -> None:
        """The claim as it is now; when it is no more, the sheet ends."""
        found = self.desk.case.page([self.claim.number])
        if not found:
            self.dismiss("")
            return
        self.claim = replace(found[0], relations=self.desk.case.ties(found[0]))
        self.lay_out_again()


def beside_each_other(one: str, two: str, columns: int) -> list[Row]:
    """Two statements side by side; the words and numbers that differ are marked."""
    half = (columns - 5) // 2
    left, right = differing(one, two)
    pairs = zip_longest(left.lines(half), right.lines(half))
    return [_pair(a.runs if a else (), b.runs if b else (), half) for a, b in pairs]


def _pair(left: Row, right: Row, half: int) -> Row:
    gap = run(" " * (half - row_width(left)))
    return (run("  "), *left, gap, run(" │ ", "rule"), *right)


def differing(one: str, two: str) -> tuple[Prose, Prose]:
    """Both statements with what the other has not in another ink."""
    from factcheck.match import differing as match

    left, right = (marked(pieces) for pieces in match.differing(one, two))
    return left, right
