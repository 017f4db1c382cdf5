"""What is there and what is missing, for each indicator and each link: a table of facts, without an overall score.

Marks of quality do not add up: an indicator with a unit and no source is not "half good".
"""

from collections.abc import Callable

from attrs import frozen

from tocmodel.checks.subject import Measured, Subject, grouped
from tocmodel.model import AssumptionState, Direction, EvidenceDirection, IndicatorKind, Judgement, TheoryOfChange
from tocmodel.tables import Column, Table


@frozen
class IndicatorMarks:
    """What an indicator says of itself; None where the question does not arise.

    Attributes:
        indicator: its id.
        title: its title.
        node: the id of the node that it measures.
        defined: whether it has a definition or a calculation.
        unit: whether it has a unit.
        direction: whether it says which way is better.
        baseline: whether a baseline is stated.
        target: whether a target is stated.
        timed: whether its targets say by when, themselves or through the programme.
        verified: whether it says how it is verified or collected.
        responsible: whether somebody is responsible.
        frequency: whether it says how often it is reported.
        reported: whether a result counts.
        sourced: whether every figure says where it comes from.
        disaggregated: whether it is broken down by group.
    """

    indicator: str
    title: str
    node: str
    defined: bool
    unit: bool | None
    direction: bool | None
    baseline: bool | None
    target: bool | None
    timed: bool | None
    verified: bool
    responsible: bool
    frequency: bool
    reported: bool
    sourced: bool | None
    disaggregated: bool

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is not there."""
        return tuple(name for name, mark in self.record().items() if mark is False)

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {name: getattr(self, name) for name in ("indicator", "title", "node", *_INDICATOR_MARKS)}


_INDICATOR_MARKS = (
    "defined",
    "unit",
    "direction",
    "baseline",
    "target",
    "timed",
    "verified",
    "responsible",
    "frequency",
    "reported",
    "sourced",
    "disaggregated",
)


@frozen
class LinkMarks:
    """What stands behind a link.

    Attributes:
        link: its id.
        from_: the title of the node that it starts from.
        to: the title of the node that it leads to.
        basis: who says so; None where nobody does.
        rationale: whether it says why the step should follow.
        assumptions: how many assumptions it names.
        untested: how many of them nobody has tested.
        supporting: how many pieces of evidence support it.
        contradicting: how many contradict it.
        not_found: how many were looked for and not found.
        independent: how many of the supporting come from somebody without a stake.
        voices: how many independent groups or sources the supporting ones belong to: two reports of one visit are one.
        strength: the judged strength in words; empty where nobody judged.
        confidence: the judged confidence in words; empty where nobody judged.
    """

    link: str
    from_: str
    to: str
    basis: str | None
    rationale: bool
    assumptions: int
    untested: int
    supporting: int
    contradicting: int
    not_found: int
    independent: int
    voices: int
    strength: str
    confidence: str

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {
            "link": self.link,
            "from": self.from_,
            "to": self.to,
            "basis": self.basis,
            "rationale": self.rationale,
            "assumptions": self.assumptions,
            "untested": self.untested,
            "supporting": self.supporting,
            "contradicting": self.contradicting,
            "not_found": self.not_found,
            "independent": self.independent,
            "voices": self.voices,
            "strength": self.strength,
            "confidence": self.confidence,
        }


def indicator_scorecard(model: TheoryOfChange) -> Table[IndicatorMarks]:
    """What each indicator says of itself, as SMART criteria ask it: defined, measurable, with baseline, target, time and source.

    Args:
        model: the model.

    Example:
        >>> draft = TheoryOfChange.build("clubs")
        >>> fluent = draft.outcome("fluent", "Pupils read fluently")
        >>> _ = draft.indicator("pupils", "Fluent pupils", of=fluent, unit="person"), draft.target("pupils", 50)
        >>> indicator_scorecard(draft.done()).one().lacks[:3]
        ('defined', 'direction', 'baseline')
    """
    rows = tuple(_indicator(measured, model) for measured in Subject(model).measured)
    columns = (
        Column[IndicatorMarks]("indicator", lambda row: row.title),
        *(Column[IndicatorMarks](name, _mark(name)) for name in _INDICATOR_MARKS),
    )
    return Table(rows, columns, caption="Indicators: what is there and what is missing")


def _mark(name: str) -> Callable[[IndicatorMarks], str]:
    return lambda row: {True: "yes", False: "no", None: "–"}[getattr(row, name)]


def _indicator(measured: Measured, model: TheoryOfChange) -> IndicatorMarks:
    indicator = measured.indicator
    in_words = indicator.kind is IndicatorKind.TEXT
    caseload = indicator.direction is Direction.CONTEXT
    known = [value for value in measured.values if value.figure.missing is None]
    return IndicatorMarks(
        indicator=indicator.id,
        title=str(indicator.title),
        node=indicator.of,
        defined=bool(indicator.definition or indicator.calculation or indicator.derived),
        unit=None if indicator.kind in {IndicatorKind.TEXT, IndicatorKind.RATING, IndicatorKind.MILESTONE} else indicator.unit is not None,
        direction=None if in_words else indicator.direction is not Direction.UNKNOWN,
        baseline=None if in_words or caseload else bool(measured.baselines),
        target=None if caseload and not measured.targets else bool(measured.targets),
        timed=_timed(measured, model),
        verified=bool(indicator.means_of_verification or indicator.collection_method),
        responsible=indicator.responsible is not None,
        frequency=bool(indicator.frequency),
        reported=any(value.figure.missing is None for value in measured.actuals),
        sourced=all(value.source is not None or value.figure.source is not None for value in known) if known else None,
        disaggregated=bool(indicator.by),
    )


def _timed(measured: Measured, model: TheoryOfChange) -> bool | None:
    if not measured.targets:
        return None
    return all(target.period is not None or model.programme.period is not None for target in measured.targets)


def link_scorecard(model: TheoryOfChange) -> Table[LinkMarks]:
    """What stands behind each link: its reason, its assumptions, the evidence for and against, and what was judged.

    Strength, confidence and the number of voices are three things and stay apart.

    Args:
        model: the model.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> clubs, fluent = draft.activity("clubs", "Reading clubs"), draft.outcome("fluent", "Pupils read fluently")
        >>> link = draft.link(clubs, fluent, rationale="reading aloud often makes fluent readers")
        >>> _ = draft.evidence("visits", about=link, independent=True)
        >>> row = link_scorecard(draft.done()).one()
        >>> row.rationale, row.supporting, row.independent, row.strength
        (True, 1, 1, '')
    """
    states = {assumption.id: assumption.state for assumption in model.assumptions}
    about = grouped((id, item) for item in model.evidence for id in dict.fromkeys(item.about))
    rows: list[LinkMarks] = []
    for link in model.links:
        found = about.get(link.id, ())
        supporting = [item for item in found if item.direction is EvidenceDirection.SUPPORTS]
        voices = {item.group or (item.source.source if item.source is not None else item.id) for item in supporting}
        rows.append(
            LinkMarks(
                link=link.id,
                from_=str(model.node(link.from_).title),
                to=str(model.node(link.to).title),
                basis=link.basis.value if link.basis else None,
                rationale=bool(link.rationale),
                assumptions=len(link.assumptions),
                untested=sum(states[id] is AssumptionState.UNTESTED for id in link.assumptions),
                supporting=len(supporting),
                contradicting=sum(item.direction is EvidenceDirection.CONTRADICTS for item in found),
                not_found=sum(item.direction is EvidenceDirection.LOOKED_FOR_NOT_FOUND for item in found),
                independent=sum(item.independent is True for item in supporting),
                voices=len(voices),
                strength=_judged(link.strength),
                confidence=_judged(link.confidence),
            )
        )
    columns = (
        Column[LinkMarks]("from", lambda row: row.from_),
        Column[LinkMarks]("to", lambda row: row.to),
        Column[LinkMarks]("basis", lambda row: row.basis or "not said"),
        Column[LinkMarks]("rationale", lambda row: "yes" if row.rationale else "no"),
        Column[LinkMarks]("assumptions", lambda row: f"{row.assumptions} ({row.untested} untested)" if row.assumptions else "none"),
        Column[LinkMarks]("for", lambda row: str(row.supporting), number=True),
        Column[LinkMarks]("against", lambda row: str(row.contradicting), number=True),
        Column[LinkMarks]("not found", lambda row: str(row.not_found), number=True),
        Column[LinkMarks]("independent", lambda row: str(row.independent), number=True),
        Column[LinkMarks]("voices", lambda row: str(row.voices), number=True),
        Column[LinkMarks]("strength", lambda row: row.strength or "not judged"),
        Column[LinkMarks]("confidence", lambda row: row.confidence or "not judged"),
    )
    return Table(tuple(rows), columns, caption="Links: what stands behind them")


def _judged(judgement: Judgement | None) -> str:
    if judgement is None:
        return ""
    ends = "" if judgement.low is None else f"{judgement.low} to {judgement.high}"
    return " ".join(filter(None, [judgement.level, f"({ends})" if judgement.level and ends else ends]))
