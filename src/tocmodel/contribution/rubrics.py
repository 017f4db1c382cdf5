"""What a rubric makes of its ratings: one level, the criteria that hold it down, and what nobody rated. Levels are never averaged."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.model import Judgement, Link, Rubric, RubricRating, RubricRow, RubricRule, TheoryOfChange
from tocmodel.model.record import choice
from tocmodel.tables import Column, Table


@frozen
class RubricScore:
    """The level that a rubric gives.

    Attributes:
        level: the level; None if nothing was rated, or no row of the lookup table fits.
        limiting: for the lowest level: the criteria at that level, which hold it down.
        unrated: the criteria that were not rated; they may be anything.
        rule: how the levels of the criteria make one.
    """

    level: str | None
    limiting: tuple[str, ...]
    unrated: tuple[str, ...]
    rule: RubricRule

    def sentence(self) -> str:
        """The level in words, with what holds it down."""
        gaps = f" Not rated: {', '.join(self.unrated)}." if self.unrated else ""
        if self.level is None:
            return f"The rubric gives no level.{gaps}"
        held = f", held down by {', '.join(self.limiting)}" if self.limiting else ""
        how = {
            RubricRule.MIN: "the lowest of its criteria",
            RubricRule.MEDIAN: "the middle of its criteria",
            RubricRule.LOOKUP: "by its table",
        }
        return f"The rubric gives “{self.level}”, {how[self.rule]}{held}.{gaps}"


def rubric_level(
    scale: Sequence[str], criteria: Mapping[str, str | None], *, rule: RubricRule | str = RubricRule.MIN, lookup: Sequence[RubricRow] = ()
) -> RubricScore:
    """The level that the levels of several criteria make together.

    A scale has an order but no distances, so there is no mean. Criteria without a rating are left out and named.

    Args:
        scale: the levels, the lowest first.
        criteria: the level of each criterion; None where it was not rated.
        rule: ``min``, the lowest; ``median``, the middle one, the lower of two; ``lookup``, the first row that fits.
        lookup: the rows of the table.

    Raises:
        FieldError: if a level is not on the scale, or the rule is none of the words.

    Example:
        >>> score = rubric_level(["weak", "fair", "strong"], {"triangulation": "weak", "transparency": "strong", "uniqueness": None})
        >>> print(score.sentence())
        The rubric gives “weak”, the lowest of its criteria, held down by triangulation. Not rated: uniqueness.
    """
    how = choice(RubricRule)(rule)
    rated = {criterion: _place(scale, level) for criterion, level in criteria.items() if level is not None}
    unrated = tuple(criterion for criterion, level in criteria.items() if level is None)
    limiting: tuple[str, ...] = ()
    level: str | None = None
    if how is RubricRule.LOOKUP:
        level = next((row.level for row in lookup if all(criteria.get(item.criterion) == item.level for item in row.when)), None)
    elif rated:
        places = sorted(rated.values())
        place = places[0] if how is RubricRule.MIN else places[(len(places) - 1) // 2]
        level = scale[place]
        if how is RubricRule.MIN:
            limiting = tuple(sorted(criterion for criterion, own in rated.items() if own == place))
    return RubricScore(level, limiting, unrated, how)


def _place(scale: Sequence[str], level: str) -> int:
    if level not in scale:
        message = f"not a level of the scale: {level!r}"
        raise FieldError(message, f"levels, the lowest first: {', '.join(scale)}")
    return list(scale).index(level)


def rubric_score(rubric: Rubric, rating: RubricRating) -> RubricScore:
    """The level that a rubric makes of a rating; a criterion that the rating leaves out is unrated.

    Args:
        rubric: the rubric.
        rating: the rating, given by this rubric.

    Raises:
        FieldError: if the rating has a criterion or level that the rubric has not.
    """
    for item in rating.levels:
        rubric.check(item)
    given = {item.criterion: item.level for item in rating.levels}
    levels = {criterion.id: given.get(criterion.id) for criterion in rubric.criteria}
    return rubric_level(rubric.levels, levels, rule=rubric.rule, lookup=rubric.lookup)


@frozen
class Certainty:
    """A level of certainty after moving down and up.

    Attributes:
        level: where it ends.
        start: where it began.
        downgrades: how many levels it was moved down.
        upgrades: how many up.
    """

    level: str
    start: str
    downgrades: int
    upgrades: int

    def sentence(self) -> str:
        """The level in words."""
        return f"Certainty is “{self.level}”: from “{self.start}” {self.downgrades} down and {self.upgrades} up, within the scale."


def certainty(start: str, scale: Sequence[str], *, downgrades: int = 0, upgrades: int = 0) -> Certainty:
    """A level of certainty, moved down for doubts and up for strengths, and kept inside its scale.

    Args:
        start: where it begins, such as ``high``.
        scale: the levels, the lowest first.
        downgrades: how many levels down, over all doubts: risk of bias, inconsistency, indirectness, imprecision, publication.
        upgrades: how many levels up.

    Raises:
        FieldError: if the start is not on the scale, or a move is negative.

    Example:
        >>> certainty("high", ["very low", "low", "moderate", "high"], downgrades=2).level
        'low'

    Source: GRADE working group, Grading quality of evidence (2004, 2008).
    """
    if min(downgrades, upgrades) < 0:
        message = f"moves are counted from 0: {downgrades} down, {upgrades} up"
        raise FieldError(message)
    place = _place(scale, start) - downgrades + upgrades
    return Certainty(scale[min(max(place, 0), len(scale) - 1)], start, downgrades, upgrades)


@frozen
class RatedLink:
    """What rubrics say of how sure we are that a link worked.

    Attributes:
        link: the id of the link.
        rating: the id of the rating.
        rubric: the id of the rubric.
        score: what the rubric makes of the rating.
        by: who rated.
        on: when.
        stated: the confidence that the link itself states; None where it states none.
    """

    link: str
    rating: str
    rubric: str
    score: RubricScore
    by: str
    on: str
    stated: Judgement | None

    @property
    def agrees(self) -> bool | None:
        """Whether the confidence that the link states is the level of the rubric; None where it states none by this rubric."""
        if self.stated is None or self.stated.rubric != self.rubric:
            return None
        return self.stated.level == self.score.level

    @property
    def confidence(self) -> Judgement | None:
        """The level as a judgement that a link may carry as its confidence; None where the rubric gives no level."""
        if self.score.level is None:
            return None
        return Judgement(level=self.score.level, rubric=self.rubric, by=self.by, on=self.on, why=self.score.sentence())

    def record(self) -> dict[str, object]:
        """The rating as one flat record."""
        return {
            "link": self.link,
            "rating": self.rating,
            "rubric": self.rubric,
            "level": self.score.level,
            "limiting": " ".join(self.score.limiting),
            "unrated": " ".join(self.score.unrated),
            "by": self.by,
            "on": self.on,
            "agrees": self.agrees,
        }


_COLUMNS: tuple[Column[RatedLink], ...] = (
    Column("link", lambda row: row.link),
    Column("rubric", lambda row: row.rubric),
    Column("level", lambda row: row.score.level or "none"),
    Column("held down by", lambda row: ", ".join(row.score.limiting)),
    Column("not rated", lambda row: ", ".join(row.score.unrated)),
    Column("rated by", lambda row: ", ".join(filter(None, [row.by, row.on])) or "(not said)"),
)


def link_confidence(model: TheoryOfChange, link: str | None = None) -> Table[RatedLink]:
    """How sure we are that links worked, from the rubrics that they were rated by.

    Confidence is about evidence; it is not how strong a link is, and not how many speak of it.

    Args:
        model: the model.
        link: the id of one link; all rated links where left out.

    Raises:
        UnknownIdError: if no link has the id.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> link = draft.link(draft.activity("club", "A club meets"), draft.outcome("habit", "Children read for pleasure"))
        >>> _ = draft.rubric("quality", "Quality of evidence", ["weak", "fair", "strong"], criteria=["triangulation", "transparency"])
        >>> levels = [{"criterion": "triangulation", "level": "weak", "why": "one voice"}, {"criterion": "transparency", "level": "fair"}]
        >>> _ = draft.rubric_rating("r1", "quality", link, levels=levels, by="two reviewers", on="2024-06-01")
        >>> link_confidence(draft.done()).one().confidence.level
        'weak'
    """
    known = {item.id: item for item in model.links}
    if link is not None and link not in known:
        raise UnknownIdError(link, "link", known)
    rubrics = {rubric.id: rubric for rubric in model.rubrics}
    rows = [
        RatedLink(
            about,
            rating.id,
            rating.rubric,
            rubric_score(rubrics[rating.rubric], rating),
            rating.by,
            rating.on,
            known[about].confidence,
        )
        for rating in model.rubric_ratings
        for about in rating.about
        if isinstance(model.by_id[about], Link) and link in {None, about}
    ]
    notice = str(model.programme.notice)
    return Table(tuple(rows), _COLUMNS, "Confidence in links, from rubrics", (notice,) if notice else ())
