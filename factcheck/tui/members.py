"""The sheet of the desk itself: who may do what, what a verdict needs here, and the scale it is recorded on."""

from collections.abc import Callable
from pathlib import Path

from factcheck.model import Role, Signer
from factcheck.tui.desk import Desk
from factcheck.tui.keys import short
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.rows import Row, heading, run, wrapped
from factcheck.tui.sheet import Block, Sheet
from factcheck.tui.vouching import Vouching, ask_key, vouched


class MembersSheet(Sheet):
    """M: members, policy and scale. It ends with what is to be changed, which the desk asks about."""

    title_key = "tui.title_members"
    screen_name = "members"
    takes_back = True

    def blocks(self, columns: int) -> list[Block]:
        """The members, then the policy, then the scale."""
        say, info = self.desk.say, self.desk.case.info
        members = [
            Block(self._member(each.name, each.role, revoked=each.revoked), f"member {each.name}")
            for each in info.members
        ]
        nobody = Block(wrapped(say("tui.no_members"), columns, "dim"))
        policy = [
            Block(self._policy(name, getattr(info.policy, name)), f"policy {name}")
            for name in info.policy.__dataclass_fields__
        ]
        scale = wrapped(say("tui.scale_now", scale=self.desk.case.scale.name), columns, "text")
        other = wrapped(say("tui.adopt_now"), columns, "dim")
        return [
            Block([heading(say("tui.members"), columns)]),
            *(members or [nobody]),
            Block([heading(say("tui.policy"), columns)]),
            *policy,
            Block([heading(say("tui.scale"), columns), *scale, (), *other]),
            Block(
                [heading(say("tui.keys_here"), columns), *([] if info.signers else self._no_keys(columns))]
            ),
            *(Block(self._key(each), f"key {n}") for n, each in enumerate(info.signers)),
            *(Block(wrapped(d.key, columns, "dim", first=(run(f"{d.name}  "),))) for d in info.desks),
        ]

    def hints(self) -> list[tuple[str, str]]:
        """On a key, what is done with keys comes first."""
        if not (self.ids and self.ids[self.chosen].startswith("key ")):
            return super().hints()
        of = self.desk.key_map.of
        first = [short(of(f"members_{each}")) for each in ("revoke", "key", "desk")]
        rest = [each for each in super().hints() if each[0] != short(of("members_switch"))]
        return sorted(rest, key=lambda each: first.index(each[0]) if each[0] in first else len(first))

    def _no_keys(self, columns: int) -> list[Row]:
        return wrapped(self.desk.say("tui.no_keys"), columns, "dim")

    def _key(self, signer: Signer) -> list[Row]:
        from factcheck.signing.keys import PublicKey

        ink = "dim" if signer.revoked else "text"
        days = (signer.valid_after[:10], signer.valid_before[:10])
        dated = " – ".join(days).strip() if any(days) else ""
        gone = self.desk.say("tui.revoked") if signer.revoked else ""
        return [
            (run(f"{signer.name}  ", ink), run(f"{dated}  ", "dim"), run(gone, "warn")),
            (run(f"  {PublicKey.from_line(signer.key).fingerprint}", "dim"),),
        ]

    def _member(self, name: str, role: Role, *, revoked: bool) -> list[Row]:
        ink = "dim" if revoked else "text"
        gone = run(f"  {self.desk.say('tui.revoked')}", "warn") if revoked else run("")
        return [
            (run(f"{name}  ", ink), run(self.desk.say(f"role.{role}"), "dim" if revoked else "active"), gone)
        ]

    def _policy(self, name: str, value: bool | int) -> list[Row]:
        shown = str(value) if not isinstance(value, bool) else self.desk.say("tui.on" if value else "tui.off")
        ink = "dim" if value is False else "good"
        return [
            (run(f"{self.desk.say(f'export_policy.{name}')}  "), run(shown, ink), run(f"  {name}", "dim"))
        ]

    def do(self, act: str, id: str) -> None:
        """What is to be changed goes to the desk, whose box asks how."""
        if act in {"add", "scale", "key", "desk", "adopt"}:
            self.dismiss(act)
        elif act == "revoke" and id.startswith("key "):
            self.dismiss(f"drop {id.removeprefix('key ')}")
        elif act == "revoke" and id.startswith("member "):
            self.dismiss(f"revoke {id.removeprefix('member ')}")
        elif act == "switch" and id and not id.startswith("key "):
            self.dismiss(id)


def change(desk: Vouching, wanted: str, again: Callable[[], None]) -> None:
    """Ask what the sheet ended with; when it is recorded, the sheet comes back."""
    what, _, name = wanted.partition(" ")
    match what:
        case "add":
            _ask_member(desk, "", again)
        case "member":
            _ask_member(desk, name, again)
        case "revoke":
            _ask_sure(desk, desk.say("tui.revoke", name=name), lambda: desk.case.revoke_member(name), again)
        case "policy":
            _ask_policy(desk, name, again)
        case "scale":
            _ask_scale(desk, again)
        case "adopt":
            _ask_folder(desk, again)
        case "key":
            ask_key(desk, again)
        case "desk":
            _ask_sure(desk, desk.say("tui.announce"), desk.case.add_desk, again)
        case "drop":
            _ask_drop(desk, desk.case.info.signers[int(name)], again)


def _done(desk: Desk, act: Callable[[], object], again: Callable[[], None]) -> bool:
    done = desk.perform(act)
    if done:
        desk.call_after_refresh(again)
    return done


def _ask_member(desk: Desk, name: str, again: Callable[[], None]) -> None:
    def submit(answers: Answers) -> bool:
        who = name or answers["name"].strip()
        return _done(desk, lambda: desk.case.add_member(who, answers["role"]), again)

    roles = tuple((str(each), desk.say(f"role.{each}")) for each in Role)
    blanks = (Choice("role", desk.say("tui.role"), roles),)
    named = () if name else (Words("name", desk.say("tui.name"), hint="reviewer-2"),)
    title = desk.say("tui.role_of", name=name) if name else desk.say("action.members_add")
    desk.ask(Question("member", title, (*named, *blanks), submit, instant=bool(name)))


def _ask_sure(desk: Desk, title: str, act: Callable[[], object], again: Callable[[], None]) -> None:
    yes = Choice("sure", "", (("yes", desk.say("tui.do_it")),), 0)
    desk.ask(Question("sure", title, (yes,), lambda _: _done(desk, act, again), instant=True))


def _ask_drop(desk: Vouching, signer: Signer, again: Callable[[], None]) -> None:
    yes = Choice("sure", "", (("yes", desk.say("tui.do_it")),), 0)
    title = desk.say("tui.revoke_key", name=signer.name)

    def submit(_answers: Answers) -> bool:
        return vouched(desk, lambda case: case.revoke_signer(signer.name, signer.key), again)

    desk.ask(Question("sure", title, (yes,), submit, instant=True))


def _ask_policy(desk: Desk, name: str, again: Callable[[], None]) -> None:
    now = getattr(desk.case.info.policy, name)
    title = desk.say("tui.switch", what=desk.say(f"export_policy.{name}"))

    def submit(answers: Answers) -> bool:
        return _done(desk, lambda: desk.case.set_policy(name, answers["value"].strip()), again)

    blank: Choice | Words = Words("value", "", str(now))
    if isinstance(now, bool):
        ways = (("on", desk.say("tui.on")), ("off", desk.say("tui.off")))
        blank = Choice("value", "", ways, 1 if now else 0)
    told = desk.say("cli.blind_means") if name == "blind" else ""
    shown = tuple(wrapped(told, max(desk.size.width - 4, 20), "dim", first=(run("  "),))) if told else ()
    desk.ask(Question("policy", title, (blank,), submit, instant=isinstance(now, bool), shown=shown))


def _ask_scale(desk: Desk, again: Callable[[], None]) -> None:
    def submit(answers: Answers) -> bool:
        file = answers["file"].strip()
        return _done(desk, lambda: desk.case.adopt_scale(Path(file).expanduser() if file else None), again)

    blank = Words("file", desk.say("tui.file"), hint=desk.say("tui.scale_hint"))
    desk.ask(Question("scale", desk.say("action.members_scale"), (blank,), submit))


def _ask_folder(desk: Desk, again: Callable[[], None]) -> None:
    """Another folder of this case: how much was taken in, and which claims ask for people again, is said afterwards."""

    def submit(answers: Answers) -> bool:
        told: list[str] = []

        def act() -> None:
            done = desk.case.adopt(Path(answers["folder"].strip()))
            told.append(_taken_in(desk, done.waiting, nothing=not done.events))

        done = _done(desk, act, again)
        for words in filter(None, told):
            desk.remark(words)
        return done

    blank = Words("folder", desk.say("tui.folder"), hint=desk.say("tui.adopt_hint"))
    desk.ask(Question("adopt", desk.say("tui.adopt_title"), (blank,), submit))


def _taken_in(desk: Desk, waiting: tuple[str, ...], *, nothing: bool) -> str:
    if nothing:
        return desk.say("tui.adopted_none")
    return desk.say("tui.adopted_waiting", claims=" ".join(waiting)) if waiting else ""
