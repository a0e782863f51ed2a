"""What each kind of event must agree with in the state it was recorded on, beyond the state being a legal one."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from factcheck.audit.calculations import recomputed, unsaid
from factcheck.audit.evidence_rules import EVIDENCE_RULES, Rule
from factcheck.audit.people_rules import PEOPLE_RULES
from factcheck.audit.publishing_rules import PUBLISHING_RULES
from factcheck.audit.vouching_rules import VOUCHING_RULES
from factcheck.events import Event, bodies, proposing, scales, snapshots
from factcheck.match.wording import same_words
from factcheck.model import (
    Claim,
    Evidence,
    Mention,
    Reading,
    RelationKind,
    Role,
    Source,
    grouped,
    is_blind,
    is_date,
    may,
    name_fault,
    same_person,
    says_something,
    scale_fault,
    shipped_scale,
)
from factcheck.state import State, evidence_value, mention_value, scale_value


def _policy(_event: Event, body: bodies.PolicyChanged, state: State) -> Iterator[str]:
    now = getattr(state.info().policy, body.name)
    if body.was != now:
        yield f"it says that {body.name} was {body.was}, it was {now}"
    if body.value == now:
        yield f"{body.name} was {now} already"
    if body.name == "signatures" and body.value and not state.info().signers:
        yield "it demands signatures, and nobody has a key"
    number = body.name == "min_origins"
    if isinstance(body.value, bool) is number or (number and not 1 <= body.value <= 99):
        yield f"{body.name} cannot be {body.value!r}"


def _revoked(_event: Event, body: bodies.MemberRevoked, state: State) -> Iterator[str]:
    if state.info().member(body.name) is None:
        yield f"{body.name!r} is no member"
    yield from _leaderless(body.name, state)


def _leaderless(leaving: str, state: State) -> Iterator[str]:
    """A desk that had a lead keeps one."""
    leads = [each.name for each in state.info().members if each.role is Role.LEAD and not each.revoked]
    if leads == [leaving]:
        yield f"{leaving!r} is the last lead"


def _dated(_event: Event, body: bodies.SourceIngested | bodies.SourceDated, _state: State) -> Iterator[str]:
    if not is_date(body.date):
        yield f"{body.date!r} is neither a day nor a range of days"


def _scale(_event: Event, body: scales.ScaleAdopted, state: State) -> Iterator[str]:
    new, info = scale_value(body), state.info()
    if new == info.scale:
        yield f"{new.name} was in force already"
    elif fault := scale_fault(new, (*info.scales, shipped_scale())):
        yield fault.rstrip(".")


def _created(_event: Event, body: bodies.CaseCreated, _state: State) -> Iterator[str]:
    if body.policy.signatures:
        yield "it demands signatures, and nobody has a key"
    if body.solo is body.policy.second_signature:
        yield f"solo is {body.solo}, yet a second signature is{'' if body.solo else ' not'} demanded"


def _member(_event: Event, body: bodies.MemberAdded, state: State) -> Iterator[str]:
    if fault := name_fault(body.name):
        yield f"{body.name!r} cannot be a member: {fault}"
    known = state.info().member(body.name)
    if known and known.role is body.role:
        yield f"{body.name!r} is a {body.role} already"
    elif known:
        yield from _leaderless(body.name, state)
    twins = [m.name for m in state.info().members if m.name != body.name and same_person(m.name, body.name)]
    if twins:
        yield f"{body.name!r} reads like the member {twins[0]!r}"


def _extracted(event: Event, body: bodies.SourceExtracted, state: State) -> Iterator[str]:
    if event.by != f"tool:{body.extractor}":
        yield f"it is by {event.by!r}, the extractor was {body.extractor!r}"
    if body.suggestions != f"claims/{event.subject}.suggestions-{body.sha256}.jsonl":
        yield f"its file {body.suggestions} is not named by its source and SHA-256"
    if body.language not in {"zh", "en", "mixed"}:
        yield f"{body.language!r} is none of zh, en, mixed"
    known = state.value(event.subject)
    if isinstance(known, Source) and known.suggestions == body.suggestions:
        yield f"{event.subject} was extracted before, with the same suggestions"
    for name in body.superseded or ():
        value = state.value(name)
        if not isinstance(value, Claim | Reading):
            yield f"there is no {name} that it could supersede"
        elif not value.untouched or value.state not in {"suggested", "proposed"}:
            yield f"it supersedes {name}, which is {value.state}{'' if value.untouched else ' and touched'}"


def _proposed(event: Event, body: proposing.SourceProposed, state: State) -> Iterator[str]:
    if event.by != f"tool:{body.proposer}":
        yield f"it is by {event.by!r}, the proposer was {body.proposer!r}"
    if fault := name_fault(body.asked) or may(state.info(), body.asked, "decide"):
        yield f"{body.asked!r} had it asked, who may not ({fault})"
    if body.suggestions != f"claims/{event.subject}.proposed-{body.sha256}.jsonl":
        yield f"its file {body.suggestions} is not named by its source and SHA-256"
    if body.replayed and not body.count:
        yield "a replay that brought nothing is not recorded"


def _reading(event: Event, body: bodies.ReadingBody, state: State) -> Iterator[str]:
    known = state.value(event.subject)
    if not isinstance(known, Reading):
        yield f"there is no reading {event.subject}"
        return
    if (body.source, body.heard, body.meant) != (known.source, known.heard, known.meant):
        yield f"it is about {body.heard!r} -> {body.meant!r}, {known.id} is {known.heard!r} -> {known.meant!r}"
    if not body.places or not {*body.places} <= {*known.places}:
        yield f"it names places that {known.id} was not proposed for"
    if body.why != known.why:
        yield f"it gives the reason {body.why!r}, {known.id} was proposed because of {known.why!r}"
    if known.state in {event.kind.removeprefix("reading."), "superseded"}:
        yield f"{known.id} was {known.state} already"


def _reworded(event: Event, body: bodies.ClaimReworded, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if not says_something(body.statement) or body.statement == body.was:
        yield "the wording is the same, or empty"
    if isinstance(claim, Claim) and body.was != claim.statement:
        yield f"it says that the statement was {body.was!r}, it was {claim.statement!r}"


def _retyped(event: Event, body: bodies.ClaimRetyped, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if isinstance(claim, Claim) and body.was != claim.type:
        yield f"it says that the type was {body.was}, it was {claim.type}"


def _merged(event: Event, body: bodies.ClaimMerged, state: State) -> Iterator[str]:
    other = state.value(body.other)
    if not isinstance(other, Claim):
        return
    if other.verdict is not None:
        yield f"{other.id} had a verdict, which was lost"
    if other.rated:
        yield f"{other.id} had findings on its mentions, which were lost"
    if body.other == event.subject:
        yield "a claim cannot be merged into itself"
    if _mentions(body.mentions) != other.mentions:
        yield f"the mentions it takes over are not those of {other.id}"
    evidence = tuple(evidence_value(each, other.id) for each in body.evidence)
    if [_as_attached(each) for each in evidence] != [_as_attached(each) for each in other.live_evidence]:
        yield f"the evidence it takes over is not that of {other.id}"


def _as_attached(evidence: Evidence) -> tuple[object, ...]:
    """Everything about evidence but the claim it hangs on and how often it was acted upon."""
    left = {"claim", "version"}
    return tuple(getattr(evidence, each.name) for each in fields(Evidence) if each.name not in left)


def _split(event: Event, body: bodies.ClaimSplit, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if not isinstance(claim, Claim):
        return
    stay, gone = {*_mentions(body.keeps)}, {*_mentions(body.part.mentions)}
    if stay | gone != {*claim.mentions} or not gone:
        yield f"the mentions that stay and go are not those of {claim.id}"


def _mentions(found: tuple[snapshots.MentionBody, ...]) -> tuple[Mention, ...]:
    return tuple(map(mention_value, found))


def _related(event: Event, body: bodies.ClaimRelated, _state: State) -> Iterator[str]:
    if body.other == event.subject:
        yield "a claim cannot be tied to itself"


def _unrelated(event: Event, body: bodies.ClaimUnrelated, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    ties = [(each.kind, each.other) for each in claim.relations] if isinstance(claim, Claim) else []
    other = state.value(body.other)
    together = isinstance(claim, Claim) and isinstance(other, Claim) and grouped(claim, other)
    if (body.relation, body.other) not in ties and not (body.relation is RelationKind.REPEATS and together):
        yield f"{event.subject} and {body.other} had no such tie"


def _noted(_event: Event, body: bodies.NoteAdded, _state: State) -> Iterator[str]:
    if not says_something(body.text):
        yield "the note is empty"


def _mention_added(event: Event, body: bodies.MentionAdded, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if isinstance(claim, Claim) and mention_value(body.mention) in claim.mentions:
        yield "this place was a mention already"


def _ingested(event: Event, body: bodies.SourceIngested, state: State) -> Iterator[str]:
    yield from _dated(event, body, state)
    made = body.derived
    if made and made.path != f"claims/{event.subject}.text-{made.sha256}.txt":
        yield f"the text made of it lies at {made.path}, not at claims/{event.subject}.text-<sha256>.txt"
    if not body.replaces:
        return
    known = state.value(body.replaces)
    if not isinstance(known, Source):
        yield f"there is no {body.replaces} that it could replace"
    elif known.replaced_by:
        yield f"{known.id} was replaced before, by {known.replaced_by}"
    elif known.sha256 == body.sha256:
        yield f"it is {known.id}, byte for byte"


def _mention_moved(event: Event, body: bodies.MentionMoved, state: State) -> Iterator[str]:
    claim, older = state.value(event.subject), set(versions_before(body.source, state))
    if not isinstance(claim, Claim):
        return
    if claim.untouched:
        yield f"{claim.id} is a suggestion that nobody has touched; a new version suggests anew"
    for each in body.moves:
        if mention_value(each.was) not in claim.mentions:
            yield f"{each.was.source}[{each.was.start}:{each.was.end}] is no mention of {claim.id}"
        if each.was.source not in older or each.now.source != body.source:
            yield f"{each.now.source} is no newer version of {each.was.source}"
        if each.changed is same_words(each.was.quote, each.now.quote):
            yield f"{each.was.quote[:60]!r} -> {each.now.quote[:60]!r}: the words are {'the same' if each.changed else 'others'}"


def _mention_rated(event: Event, body: bodies.MentionRated, state: State) -> Iterator[str]:
    claim, scale = state.value(event.subject), state.info().scale
    if not isinstance(claim, Claim):
        return
    if mention_value(body.mention) not in claim.mentions or len(claim.mentions) < 2:
        yield f"{body.mention.source}[{body.mention.start}:{body.mention.end}] is none of several mentions of {claim.id}"
    if (body.scale, body.scale_version) != (scale.id, scale.version):
        yield f"it is on the scale {body.scale} {body.scale_version}, in force was {scale.name}"
        return
    known = scale.get(body.rating)
    if known is None:
        yield f"{body.rating!r} is not on the scale"
    elif known.rated and not says_something(body.because):
        yield "a rating without a reason"


def versions_before(source: str, state: State) -> Iterator[str]:
    """The versions that came before a source, the newest first."""
    seen: set[str] = set()
    while isinstance(known := state.value(source), Source) and known.replaces and known.replaces not in seen:
        source = known.replaces
        seen.add(source)
        yield source


def _calculated(_event: Event, body: bodies.CalculationRecorded, state: State) -> Iterator[str]:
    for each in body.premises:
        if bool(each.claim) + bool(each.mention) + says_something(each.words) != 1:
            yield f"the premise {each.name!r} does not come from one claim, one mention or words"
        claim = state.value(each.claim) if each.claim else None
        if each.claim and not isinstance(claim, Claim):
            yield f"the premise {each.name!r} comes from {each.claim}, which is no claim"
        yield from unsaid(each, claim if isinstance(claim, Claim) else None)
    yield from recomputed(body)


def _recorded(event: Event, body: bodies.VerdictRecorded, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if not isinstance(claim, Claim):
        return
    if body.statement != claim.statement:
        yield f"the verdict is on {body.statement!r}, the claim said {claim.statement!r}"
    scale = state.info().scale
    if (body.scale, body.scale_version) != (scale.id, scale.version):
        yield f"the verdict is on the scale {body.scale} {body.scale_version}, in force was {scale.name}"
    if body.mentions != len(claim.mentions):
        yield f"the verdict is on {body.mentions} mentions, the claim had {len(claim.mentions)}"
    if (body.readings or ()) != (accepted := state.accepted_at(claim)):
        yield f"the verdict is on the readings {_named(body.readings)}, accepted were {_named(accepted)}"
    relied = [each.evidence for each in body.evidence]
    if len(set(relied)) < len(relied):
        yield "it relies on one piece of evidence twice"
    if body.omitted is not None and not says_something(body.omitted):
        yield "what it says to be omitted is empty"
    if body.would_change is not None and not says_something(body.would_change):
        yield "what it says would change it is empty"
    policy = state.info().policy
    unseen = event.kind == "verdict.recorded" and policy.blind and policy.second_signature
    if bool(body.blind) is not unseen:
        yield f"it says that review was{'' if body.blind else ' not'} blind"


def _named(ids: Iterable[str] | None) -> str:
    return ", ".join(ids or ()) or "none"


def _settled(event: Event, body: bodies.VerdictSettled, state: State) -> Iterator[str]:
    yield from _recorded(event, body, state)
    yield from _names_verdict(event, body.verdict, state)
    if not says_something(body.because):
        yield "a settlement without a reason"
    claim = state.value(event.subject)
    parties = (claim.verdict.by, claim.disputed_by) if isinstance(claim, Claim) and claim.verdict else ()
    if any(same_person(event.by, party) for party in parties):
        yield f"{event.by!r} settles a dispute they are a party to"


def _confirmed(event: Event, body: bodies.VerdictConfirmed, state: State) -> Iterator[str]:
    yield from _names_verdict(event, body.verdict, state)
    yield from _not_own(event, state, "confirms")


def _disputed(event: Event, body: bodies.VerdictDisputed, state: State) -> Iterator[str]:
    yield from _names_verdict(event, body.verdict, state)
    yield from _not_own(event, state, "disputes")
    if not says_something(body.because):
        yield "a dispute without a reason"
    if is_blind(state.info().policy):
        yield "review was blind: a second person records a verdict of their own"


def _not_own(event: Event, state: State, verb: str) -> Iterator[str]:
    claim = state.value(event.subject)
    if isinstance(claim, Claim) and claim.verdict and same_person(claim.verdict.by, event.by):
        yield f"{event.by!r} {verb} their own verdict"


def _names_verdict(event: Event, verdict: str, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    standing = claim.verdict.id if isinstance(claim, Claim) and claim.verdict else "none"
    if verdict != standing:
        yield f"it names the verdict {verdict!r}, the one that stood was {standing}"


RULES: dict[str, Rule] = (
    EVIDENCE_RULES
    | PEOPLE_RULES
    | VOUCHING_RULES
    | PUBLISHING_RULES
    | {
        "case.created": _created,
        "member.added": _member,
        "policy.changed": _policy,
        "member.revoked": _revoked,
        "scale.adopted": _scale,
        "source.ingested": _ingested,
        "source.dated": _dated,
        "source.extracted": _extracted,
        "source.proposed": _proposed,
        "reading.accepted": _reading,
        "reading.rejected": _reading,
        "claim.reworded": _reworded,
        "claim.retyped": _retyped,
        "claim.merged": _merged,
        "claim.split": _split,
        "claim.related": _related,
        "claim.unrelated": _unrelated,
        "mention.added": _mention_added,
        "mention.moved": _mention_moved,
        "calculation.recorded": _calculated,
        "mention.rated": _mention_rated,
        "note.added": _noted,
        "verdict.recorded": _recorded,
        "verdict.confirmed": _confirmed,
        "verdict.disputed": _disputed,
        "verdict.settled": _settled,
    }
)
