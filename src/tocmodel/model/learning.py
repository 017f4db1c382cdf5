"""What was learned: sessions, harvested outcomes, lessons, recommendations, questions and decisions."""

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from tocmodel.figures import Figure, figure_from_plain
from tocmodel.model.record import (
    Record,
    Text,
    Titled,
    ids,
    many,
    optional_choice,
    optional_day,
    optional_flag,
    optional_id,
    optional_period,
    part,
    to_id,
)
from tocmodel.periods import Period
from tocmodel.slices import Slice
from tocmodel.words import Word


class Criterion(Word):
    """The evaluation criteria of the OECD-DAC network on development evaluation."""

    RELEVANCE = "relevance"
    COHERENCE = "coherence"
    EFFECTIVENESS = "effectiveness"
    EFFICIENCY = "efficiency"
    IMPACT = "impact"
    SUSTAINABILITY = "sustainability"


@frozen(kw_only=True)
class Learned(Titled):
    """What every learning record has.

    Attributes:
        about: ids of the nodes, links or other elements it speaks of.
        criterion: the evaluation criterion it belongs to; None where none applies.
    """

    about: tuple[str, ...] = field(default=(), converter=ids)
    criterion: Criterion | None = field(default=None, converter=optional_choice(Criterion))


@frozen
class Attendance:
    """How many of a group took part in a session, as far as it is published.

    Attributes:
        actor: the id of the group.
        figure: how many.
        slice: which of them, such as ``{sex: women}``; empty for all.
    """

    actor: str = field(converter=to_id)
    figure: Figure = field(default=Figure.gap(), converter=figure_from_plain)
    slice: Slice = field(default=Slice(), converter=Slice.read)


@frozen(kw_only=True)
class LearningSession(Learned):
    """A meeting at which people reflected, or a part of one, such as a World Café table.

    Attributes:
        part_of: the id of the session it belongs to.
        period: when it took place.
        place: where, in words.
        method: such as World Café or focus group.
        question: what was discussed.
        host: the actor who hosted it.
        rounds: what happened in which order.
        participants: the actors who took part.
        attendance: how many of each, by sex, age or disability where published.
        objectives: what it was held for.
        harvest: what came out of it; empty where it is not published.
    """

    section: ClassVar[str] = "sessions"

    part_of: str | None = field(default=None, converter=optional_id)
    period: Period | None = field(default=None, converter=optional_period)
    place: str = field(default="", converter=str)
    method: str = field(default="", converter=str)
    question: Text = field(default=Text(), converter=Text.read)
    host: str | None = field(default=None, converter=optional_id)
    rounds: tuple[Text, ...] = field(default=(), converter=many(Text.read))
    participants: tuple[str, ...] = field(default=(), converter=ids)
    attendance: tuple[Attendance, ...] = field(default=(), converter=many(part(Attendance, shorthand="actor")))
    objectives: tuple[Text, ...] = field(default=(), converter=many(Text.read))
    harvest: tuple[Text, ...] = field(default=(), converter=many(Text.read))


class Effect(Word):
    """Whether a harvested outcome is good or bad for those concerned."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Agreement(Word):
    """How far a substantiator agrees with a harvested outcome."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@frozen(kw_only=True)
class HarvestedOutcome(Learned):
    """An observable change that was harvested: who changed what, when and where.

    Attributes:
        who: the actor who changed.
        when: when.
        place: where, in words.
        intended: whether it was intended; None where not said.
        effect: positive or negative; None where not said.
        significance: why it matters.
        contribution: how the programme plausibly contributed.
        substantiated_by: the independent actor who was asked.
        agreement: what they said; None where nobody was asked or answered.
    """

    section: ClassVar[str] = "harvested_outcomes"

    who: str | None = field(default=None, converter=optional_id)
    when: Period | None = field(default=None, converter=optional_period)
    place: str = field(default="", converter=str)
    intended: bool | None = field(default=None, converter=optional_flag)
    effect: Effect | None = field(default=None, converter=optional_choice(Effect))
    significance: Text = field(default=Text(), converter=Text.read)
    contribution: Text = field(default=Text(), converter=Text.read)
    substantiated_by: str | None = field(default=None, converter=optional_id)
    agreement: Agreement | None = field(default=None, converter=optional_choice(Agreement))


@frozen(kw_only=True)
class Lesson(Learned):
    """Something learned that holds beyond its occasion."""

    section: ClassVar[str] = "lessons"


@frozen(kw_only=True)
class Recommendation(Learned):
    """What somebody recommends, and what was answered.

    Attributes:
        to: the actors it is addressed to.
        response: the management response.
        due: by when.
    """

    section: ClassVar[str] = "recommendations"

    to: tuple[str, ...] = field(default=(), converter=ids)
    response: Text = field(default=Text(), converter=Text.read)
    due: date | None = field(default=None, converter=optional_day)


@frozen(kw_only=True)
class LearningQuestion(Learned):
    """A question that the programme wants answered.

    Attributes:
        answer: what is known of it so far.
        indicators: ids of the indicators that help to answer it.
        evidence: ids of the evidence that helps to answer it.
    """

    section: ClassVar[str] = "questions"

    answer: Text = field(default=Text(), converter=Text.read)
    indicators: tuple[str, ...] = field(default=(), converter=ids)
    evidence: tuple[str, ...] = field(default=(), converter=ids)


@frozen(kw_only=True)
class Decision(Record):
    """What was learned, what was changed because of it, by whom and when.

    Attributes:
        learned: what was learned.
        changed: what was changed.
        by: the actor who decided.
        on: when.
        about: ids of the elements that changed.
        criterion: the evaluation criterion it belongs to; None where none applies.
    """

    section: ClassVar[str] = "decisions"

    learned: Text = field(converter=Text.read)
    changed: Text = field(converter=Text.read)
    by: str | None = field(default=None, converter=optional_id)
    on: date | None = field(default=None, converter=optional_day)
    about: tuple[str, ...] = field(default=(), converter=ids)
    criterion: Criterion | None = field(default=None, converter=optional_choice(Criterion))
