"""What a theory rests on besides its links: actors, assumptions, risks, rival explanations, evidence and sources."""

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from tocmodel.model.record import (
    Judgement,
    Record,
    Text,
    Titled,
    choice,
    ids,
    judged,
    optional_choice,
    optional_day,
    optional_flag,
    optional_id,
    optional_period,
)
from tocmodel.periods import Period
from tocmodel.words import Word


class ActorRole(Word):
    """Whether an actor holds rights, or owes their protection."""

    RIGHTS_HOLDER = "rights_holder"
    DUTY_BEARER = "duty_bearer"
    OTHER = "other"


class Participation(Word):
    """Whether the programme works with an actor itself, or reaches it through others."""

    DIRECT = "direct"
    INDIRECT = "indirect"


@frozen(kw_only=True)
class Actor(Titled):
    """A person, group or organisation that acts, takes part or changes.

    Attributes:
        role: rights holder, duty bearer or other; None where not said.
        participation: direct or indirect participant; None for others.
    """

    section: ClassVar[str] = "actors"

    role: ActorRole | None = field(default=None, converter=optional_choice(ActorRole))
    participation: Participation | None = field(default=None, converter=optional_choice(Participation))


class AssumptionState(Word):
    """What is known of an assumption."""

    UNTESTED = "untested"
    HOLDS = "holds"
    HOLDS_IN_PART = "holds_in_part"
    FAILED = "failed"


@frozen(kw_only=True)
class Assumption(Titled):
    """Something that must hold for links to work. Named on several links, it is one and the same thing.

    Attributes:
        state: what is known of it.
        indicator: the id of the indicator that watches it.
        owner: the actor who watches it.
        review: when it is to be looked at again.
        probability: how probable it is judged to hold; None where nobody judged.
    """

    section: ClassVar[str] = "assumptions"

    state: AssumptionState = field(default=AssumptionState.UNTESTED, converter=choice(AssumptionState))
    indicator: str | None = field(default=None, converter=optional_id)
    owner: str | None = field(default=None, converter=optional_id)
    review: date | None = field(default=None, converter=optional_day)
    probability: Judgement | None = field(default=None, converter=judged)


@frozen(kw_only=True)
class Risk(Titled):
    """Something that may go wrong or do harm.

    Attributes:
        likelihood: in the words of the author's scale.
        consequence: in the words of the author's scale.
        response: what is done about it.
        owner: the actor who watches it.
        about: ids of the nodes or links that it threatens.
    """

    section: ClassVar[str] = "risks"

    likelihood: str = field(default="", converter=str)
    consequence: str = field(default="", converter=str)
    response: Text = field(default=Text(), converter=Text.read)
    owner: str | None = field(default=None, converter=optional_id)
    about: tuple[str, ...] = field(default=(), converter=ids)


class RivalStatus(Word):
    """What is known of a rival explanation."""

    NOT_EXAMINED = "not_examined"
    MINOR = "minor"
    CONTRIBUTORY = "contributory"
    MAIN = "main"


@frozen(kw_only=True)
class RivalExplanation(Titled):
    """Something else that may explain a change.

    Attributes:
        about: ids of the nodes whose change it may explain.
        status: what was found of it.
        evidence: ids of the evidence that tells it from the programme's contribution.
    """

    section: ClassVar[str] = "rivals"

    about: tuple[str, ...] = field(default=(), converter=ids)
    status: RivalStatus = field(default=RivalStatus.NOT_EXAMINED, converter=choice(RivalStatus))
    evidence: tuple[str, ...] = field(default=(), converter=ids)


class EvidenceDirection(Word):
    """What a piece of evidence says of its claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    LOOKED_FOR_NOT_FOUND = "looked_for_not_found"


class EvidenceKind(Word):
    """What kind of thing a piece of evidence is. Opinion alone verifies nothing."""

    OBSERVATION = "observation"
    MEASUREMENT = "measurement"
    DOCUMENT = "document"
    TESTIMONY = "testimony"
    SELF_REPORT = "self_report"
    OPINION = "opinion"


@frozen(kw_only=True)
class Evidence(Record):
    """A piece of evidence about links or nodes.

    Attributes:
        about: ids of the links, nodes or assumptions it speaks of.
        statement: what it says.
        direction: supports, contradicts, or was looked for and not found.
        kind: observation, measurement, document, testimony, self-report or opinion.
        independent: whether it comes from somebody with no stake in the programme; None where unknown.
        group: its independence group: two reports of one visit are one.
        when: when it was collected or speaks of.
    """

    section: ClassVar[str] = "evidence"

    about: tuple[str, ...] = field(converter=ids)
    statement: Text = field(default=Text(), converter=Text.read)
    direction: EvidenceDirection = field(default=EvidenceDirection.SUPPORTS, converter=choice(EvidenceDirection))
    kind: EvidenceKind | None = field(default=None, converter=optional_choice(EvidenceKind))
    independent: bool | None = field(default=None, converter=optional_flag)
    group: str = field(default="", converter=str)
    when: Period | None = field(default=None, converter=optional_period)


@frozen(kw_only=True)
class Source(Titled):
    """Where facts, figures and evidence come from; a story that somebody told is a source, with what they agreed to.

    Attributes:
        publisher: who published it, in words.
        published: when.
        url: where it can be read.
        kind: report, interview, story, web page, terms of reference and so on, in words.
        self_reported: whether the programme speaks of itself; None where unknown.
        consent: what was agreed on its use.
        retain_until: when it is to be deleted.
    """

    section: ClassVar[str] = "sources"

    publisher: str = field(default="", converter=str)
    published: Period | None = field(default=None, converter=optional_period)
    url: str = field(default="", converter=str)
    kind: str = field(default="", converter=str)
    self_reported: bool | None = field(default=None, converter=optional_flag)
    consent: Text = field(default=Text(), converter=Text.read)
    retain_until: date | None = field(default=None, converter=optional_day)
