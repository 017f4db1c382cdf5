"""How evidence is judged: tests set before looking, and rubrics with the ratings given by them."""

from typing import ClassVar

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message
from tocmodel.model.record import (
    Judgement,
    Record,
    Text,
    Titled,
    choice,
    ids,
    judged,
    many,
    optional_choice,
    optional_flag,
    optional_id,
    part,
    to_id,
)
from tocmodel.words import Word


class Search(Word):
    """What came of looking for a piece of evidence. Not having looked says nothing."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NOT_LOOKED_FOR = "not_looked_for"


class VanEveraTest(Word):
    """The four kinds of test of Van Evera (1997): what finding, and what not finding, would mean for a claim."""

    DOUBLY_DECISIVE = "doubly_decisive"
    SMOKING_GUN = "smoking_gun"
    HOOP = "hoop"
    STRAW_IN_THE_WIND = "straw_in_the_wind"


@frozen(kw_only=True)
class EvidenceTest(Titled):
    """A test of a claim: what one would expect to find if it holds, judged best before looking, and what came of looking.

    Attributes:
        about: ids of the links, nodes or rival explanations that it tests.
        found: found, looked for and not found, or not looked for.
        evidence: the id of the evidence that was found.
        p_if_true: how likely it is to be found if the claim holds (sensitivity), as judged; None where nobody judged.
        p_if_false: how likely it is to be found all the same if it does not (type I probability), as judged.
        label: the kind of test in words, judged without probabilities: hoop, smoking gun, straw in the wind or doubly decisive.
        by: who judged the label.
        on: when.
        why: the grounds.
        judged_before_looking: whether all this was judged before anybody looked; None where not said.
    """

    section: ClassVar[str] = "evidence_tests"

    about: tuple[str, ...] = field(converter=ids)
    found: Search = field(default=Search.NOT_LOOKED_FOR, converter=choice(Search))
    evidence: str | None = field(default=None, converter=optional_id)
    p_if_true: Judgement | None = field(default=None, converter=judged)
    p_if_false: Judgement | None = field(default=None, converter=judged)
    label: VanEveraTest | None = field(default=None, converter=optional_choice(VanEveraTest))
    by: str = field(default="", converter=str)
    on: str = field(default="", converter=str)
    why: Text = field(default=Text(), converter=Text.read)
    judged_before_looking: bool | None = field(default=None, converter=optional_flag)


class RubricRule(Word):
    """How the levels of the criteria make one level. There is no mean: levels have an order but no distance."""

    MIN = "min"
    """The lowest; the criteria at that level hold it down."""
    MEDIAN = "median"
    """The middle one, the lower of two."""
    LOOKUP = "lookup"
    """The first row of the rubric's own table whose levels are all there."""


@frozen(kw_only=True)
class RubricCriterion:
    """One thing that a rubric looks at.

    Attributes:
        id: a short name, such as ``triangulation``.
        title: what it is called.
        descriptors: what each level looks like, the lowest first; empty where not described.
    """

    id: str = field(converter=to_id)
    title: Text = field(default=Text(), converter=Text.read)
    descriptors: tuple[Text, ...] = field(default=(), converter=many(Text.read))


@frozen(kw_only=True)
class CriterionLevel:
    """The level of one criterion.

    Attributes:
        criterion: its short name in the rubric.
        level: the level; None where it could not be rated.
        why: the grounds.
    """

    criterion: str = field(converter=to_id)
    level: str | None = field(default=None, converter=lambda value: None if value is None else str(value))
    why: Text = field(default=Text(), converter=Text.read)


@frozen(kw_only=True)
class RubricRow:
    """One row of a rubric's lookup table.

    Attributes:
        level: the level that it gives.
        when: the levels that the criteria have to have; a criterion that it does not name may have any.
    """

    level: str = field(converter=str)
    when: tuple[CriterionLevel, ...] = field(default=(), converter=many(part(CriterionLevel)))


@frozen(kw_only=True)
class Rubric(Titled):
    """A scale written in advance: criteria, levels, what each level looks like, and how they make one level.

    Attributes:
        levels: the words of the scale, the lowest first.
        criteria: what it looks at.
        rule: how the levels of the criteria make one: the lowest, the middle one, or a table of its own.
        lookup: that table, for the rule ``lookup``.
        by: who wrote it.
        on: when.
    """

    section: ClassVar[str] = "rubrics"

    levels: tuple[str, ...] = field(converter=many(str))
    criteria: tuple[RubricCriterion, ...] = field(default=(), converter=many(part(RubricCriterion, shorthand="id")))
    rule: RubricRule = field(default=RubricRule.MIN, converter=choice(RubricRule))
    lookup: tuple[RubricRow, ...] = field(default=(), converter=many(part(RubricRow)))
    by: str = field(default="", converter=str)
    on: str = field(default="", converter=str)

    def __attrs_post_init__(self) -> None:
        if not self.levels or len(set(self.levels)) < len(self.levels):
            said = message("not the levels of a scale: %(levels)s", levels=repr(list(self.levels)))
            raise FieldError(said, message("write each level once, the lowest first"), ("levels",))
        known = [criterion.id for criterion in self.criteria]
        if len(set(known)) < len(known):
            said = message("a criterion stands twice among %(known)s", known=repr(known))
            raise FieldError(said, message("each criterion needs a short name of its own"), ("criteria",))
        for size in {len(criterion.descriptors) for criterion in self.criteria} - {0, len(self.levels)}:
            said = message("%(size)s descriptors for %(levels)s levels", size=size, levels=len(self.levels))
            raise FieldError(said, message("describe every level of a criterion, the lowest first, or none"), ("criteria", "levels"))
        for row in self.lookup:
            if row.level not in self.levels:
                said = message("the lookup table gives %(level)s, which is no level", level=repr(row.level))
                raise FieldError(said, message("levels: %(levels)s", levels=self.levels))
            for item in row.when:
                self.check(item)

    def check(self, item: CriterionLevel) -> None:
        """Refuse a level that the rubric does not have.

        Raises:
            FieldError: if it has no such criterion or no such level.
        """
        known = [criterion.id for criterion in self.criteria]
        if item.criterion not in known:
            said = message("the rubric %(id)s has no criterion %(criterion)s", id=repr(self.id), criterion=repr(item.criterion))
            raise FieldError(said, message("criteria: %(known)s", known=tuple(known)))
        if item.level is not None and item.level not in self.levels:
            said = message("the rubric %(id)s has no level %(level)s", id=repr(self.id), level=repr(item.level))
            raise FieldError(said, message("levels: %(levels)s", levels=self.levels))


@frozen(kw_only=True)
class RubricRating(Record):
    """What somebody rated by a rubric.

    Attributes:
        rubric: the id of the rubric.
        about: ids of the links, nodes or pieces of evidence that were rated.
        levels: the level of each criterion, with the grounds.
        by: who rated.
        on: when.
    """

    section: ClassVar[str] = "rubric_ratings"

    rubric: str = field(converter=to_id)
    about: tuple[str, ...] = field(converter=ids)
    levels: tuple[CriterionLevel, ...] = field(default=(), converter=many(part(CriterionLevel)))
    by: str = field(default="", converter=str)
    on: str = field(default="", converter=str)

    def __attrs_post_init__(self) -> None:
        rated = [item.criterion for item in self.levels]
        if len(set(rated)) < len(rated):
            said = message("a criterion is rated twice among %(rated)s", rated=repr(rated))
            raise FieldError(said, message("one rating holds one level for each criterion"), ("levels",))
