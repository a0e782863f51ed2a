"""Who may do what: members, and the policy that says what a verdict needs here."""

from dataclasses import fields

from factcheck.case.carrying import one_of
from factcheck.case.desk import Desk, Draft, checked_name
from factcheck.errors import NotFound, Refused, Usage
from factcheck.events import Event, bodies
from factcheck.model import Policy, Role, same_person

_NAMES = tuple(field.name for field in fields(Policy))
_SWITCH = {"on": True, "off": False, "true": True, "false": False, "yes": True, "no": False}


class Governing(Desk):
    """Members and policy; every switch is an event, so that an auditor sees when it was made."""

    def set_policy(
        self, name: str, value: str | bool | int, *, by: str | None = None, at: int | None = None
    ) -> tuple[Event, ...]:
        """Switch a policy: min_origins is a number; all others are on or off.

        `blind` is a promise of screens and commands, not against somebody who opens the ledger file.
        """
        person = self._person(by, "policy")
        if name not in _NAMES:
            raise Usage(
                "there is no such policy.",
                seen=repr(name),
                remedy="one of " + ", ".join(_NAMES),
            )
        new = _policy_value(name, value)

        def build() -> list[Draft]:
            was = getattr(self.info.policy, name)
            if name == "signatures" and new and not self.info.signers:
                raise Refused(
                    "nobody has a key here yet.", where=name, remedy="factcheck signers add FILE.pub"
                )
            if was == new:
                raise Refused(f"{name} is {_shown(was)} already.", where=name)
            body = bodies.PolicyChanged.model_validate({"name": name, "value": new, "was": was})
            return [Draft("policy.changed", "case", body)]

        return self._commit(build, by=person, act="policy", on=("case",), at=at)

    def add_member(
        self, name: str, role: Role | str, *, by: str | None = None, at: int | None = None
    ) -> tuple[Event, ...]:
        """Make somebody a reviewer, lead or auditor of this desk, or give a member another role."""
        person, part = self._person(by, "members"), one_of(Role, role, "role")
        if not name.strip():
            raise Usage("a member needs a name.", remedy="write the name of a person")
        clean = checked_name(name)

        def build() -> list[Draft]:
            known = self.info.member(clean)
            if known and known.role is part:
                raise Refused(f"{clean} is a {part} already.", where=clean, remedy="factcheck members")
            twin = [m.name for m in self.info.members if m.name != clean and same_person(m.name, clean)]
            if twin:
                raise Refused(f"{clean} reads like {twin[0]}.", where=clean, remedy="use another name")
            if known and known.role is Role.LEAD:
                self._keep_a_lead(clean)
            return [Draft("member.added", "case", bodies.MemberAdded(name=clean, role=part))]

        return self._commit(build, by=person, act="members", on=("case",), at=at)

    def revoke_member(self, name: str, *, by: str | None = None, at: int | None = None) -> tuple[Event, ...]:
        """End somebody's membership; what they did stays."""
        person = self._person(by, "members")

        def build() -> list[Draft]:
            if self.info.member(name) is None:
                raise NotFound("there is no such member.", where=name, remedy="factcheck members")
            self._keep_a_lead(name)
            return [Draft("member.revoked", "case", bodies.MemberRevoked(name=name))]

        return self._commit(build, by=person, act="members", on=("case",), at=at)

    def _keep_a_lead(self, leaving: str) -> None:
        """A desk that had members and has no lead would be anybody's."""
        others = [each for each in self.info.members if not each.revoked and each.name != leaving]
        known = self.info.member(leaving)
        last = known is not None and known.role is Role.LEAD
        if last and not any(each.role is Role.LEAD for each in others):
            raise Refused(
                f"{leaving} is the last lead.",
                where=leaving,
                remedy="make somebody else a lead first: factcheck members add NAME --role lead",
            )


def _policy_value(name: str, value: str | bool | int) -> bool | int:
    word = str(value).strip().lower()
    if name == "min_origins":
        if word.isascii() and word.isdigit() and 1 <= int(word) <= 99:
            return int(word)
        raise Usage("min_origins is a whole number from 1 to 99.", seen=repr(str(value)))
    if word not in _SWITCH:
        raise Usage(f"{name} is on or off.", seen=repr(str(value)))
    return _SWITCH[word]


def _shown(value: bool | int) -> str:
    return str(value) if not isinstance(value, bool) else "on" if value else "off"
