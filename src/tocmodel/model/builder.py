"""A model built in code, call by call; every fault is found at the end, and names the call."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tocmodel.findings import Finding, Place
from tocmodel.model.assembly import id_given, make
from tocmodel.model.assessment import EvidenceTest, Rubric, RubricRating
from tocmodel.model.context import Actor, Assumption, Evidence, Risk, RivalExplanation, Source
from tocmodel.model.indicators import Actual, Baseline, Cascade, Dimension, Indicator, Overlap, Target
from tocmodel.model.learning import Decision, HarvestedOutcome, LearningQuestion, LearningSession, Lesson, Recommendation
from tocmodel.model.links import CausalPackage, Link
from tocmodel.model.nodes import Activity, Input, Objective, OtherResult, Outcome, Output
from tocmodel.model.programme import Programme
from tocmodel.model.record import Record
from tocmodel.model.theory import TheoryOfChange
from tocmodel.model.version import Version


class TheoryBuilder:
    """Collects records and makes a model of them; the order of the calls does not matter, and no fault stops it.

    Every method returns the id of what it adds, to be named in later calls. Fields are given as text, numbers or objects,
    as they would stand in a file; the classes of the same name say which there are.

    A fault names the record by the id that the call gave, or by the call: ``actual 2 of readers`` is the second actual of that
    indicator without an id of its own.

    Example:
        >>> from tocmodel.errors import InvalidModelError
        >>> draft = TheoryOfChange.build("reading", "Reading clubs")
        >>> clubs = draft.activity("clubs-meet", "Clubs meet")
        >>> readers = draft.indicator("readers", of=clubs)
        >>> for period in ("2020", "2021/2020"):
        ...     _ = draft.actual(readers, 30, period=period)
        >>> try:
        ...     draft.done()
        ... except InvalidModelError as fault:
        ...     print([(finding.where.record, finding.where.field) for finding in fault.findings])
        [('actual 2 of readers', 'period')]
    """

    def __init__(self, id: str, title: object, fields: Mapping[str, object]) -> None:
        self._programme = {"id": id, "title": title, **fields}
        self._records: list[Record] = []
        self._faults: list[Finding] = []
        self._lost: list[str] = []
        self._calls: Counter[tuple[str, str]] = Counter()
        self._names: dict[int, str] = {}

    def add(self, *records: Record) -> None:
        """Add finished records of any class."""
        self._records += records

    def activity(self, id: str, title: object, **fields: object) -> str:
        """Add an `Activity`."""
        return self._new(Activity, id=id, title=title, **fields)

    def input(self, id: str, title: object, **fields: object) -> str:
        """Add an `Input`."""
        return self._new(Input, id=id, title=title, **fields)

    def output(self, id: str, title: object, **fields: object) -> str:
        """Add an `Output`."""
        return self._new(Output, id=id, title=title, **fields)

    def outcome(self, id: str, title: object, **fields: object) -> str:
        """Add an `Outcome`."""
        return self._new(Outcome, id=id, title=title, **fields)

    def objective(self, id: str, title: object, **fields: object) -> str:
        """Add an `Objective`."""
        return self._new(Objective, id=id, title=title, **fields)

    def other_result(self, id: str, title: object, **fields: object) -> str:
        """Add an `OtherResult`."""
        return self._new(OtherResult, id=id, title=title, **fields)

    def link(self, from_: str, to: str, **fields: object) -> str:
        """Add a `Link`."""
        return self._new(Link, **{"from": from_}, to=to, **fields)

    def package(self, id: str, node: str, **fields: object) -> str:
        """Add a `CausalPackage`."""
        return self._new(CausalPackage, id=id, node=node, **fields)

    def assumption(self, id: str, title: object, **fields: object) -> str:
        """Add an `Assumption`."""
        return self._new(Assumption, id=id, title=title, **fields)

    def risk(self, id: str, title: object, **fields: object) -> str:
        """Add a `Risk`."""
        return self._new(Risk, id=id, title=title, **fields)

    def rival(self, id: str, title: object, **fields: object) -> str:
        """Add a `RivalExplanation`."""
        return self._new(RivalExplanation, id=id, title=title, **fields)

    def actor(self, id: str, title: object, **fields: object) -> str:
        """Add an `Actor`."""
        return self._new(Actor, id=id, title=title, **fields)

    def source(self, id: str, title: object, **fields: object) -> str:
        """Add a `Source`."""
        return self._new(Source, id=id, title=title, **fields)

    def evidence(self, id: str, **fields: object) -> str:
        """Add a piece of `Evidence`."""
        return self._new(Evidence, id=id, **fields)

    def evidence_test(self, id: str, title: object, **fields: object) -> str:
        """Add an `EvidenceTest`; its title says what one would expect to find."""
        return self._new(EvidenceTest, id=id, title=title, **fields)

    def rubric(self, id: str, title: object, levels: Sequence[str], **fields: object) -> str:
        """Add a `Rubric`; its levels with the lowest first."""
        return self._new(Rubric, id=id, title=title, levels=levels, **fields)

    def rubric_rating(self, id: str, rubric: str, about: object, **fields: object) -> str:
        """Add a `RubricRating`."""
        return self._new(RubricRating, id=id, rubric=rubric, about=about, **fields)

    def dimension(self, id: str, title: object, **fields: object) -> str:
        """Add a `Dimension`."""
        return self._new(Dimension, id=id, title=title, **fields)

    def indicator(self, id: str, title: object = None, **fields: object) -> str:
        """Add an `Indicator`; its title is its id where left out."""
        return self._new(Indicator, id=id, title=title if title is not None else id, **fields)

    def baseline(self, indicator: str, figure: object = None, **fields: object) -> str:
        """Add a `Baseline` of an indicator."""
        return self._new(Baseline, indicator=indicator, figure=figure, **fields)

    def target(self, indicator: str, figure: object = None, **fields: object) -> str:
        """Add a `Target` of an indicator."""
        return self._new(Target, indicator=indicator, figure=figure, **fields)

    def actual(self, indicator: str, figure: object = None, **fields: object) -> str:
        """Add an `Actual` of an indicator."""
        return self._new(Actual, indicator=indicator, figure=figure, **fields)

    def overlap(self, id: str, between: Sequence[str], figure: object, **fields: object) -> str:
        """Add an `Overlap` of indicators."""
        return self._new(Overlap, id=id, between=between, figure=figure, **fields)

    def cascade(self, id: str, title: object, steps: Sequence[str], **fields: object) -> str:
        """Add a `Cascade` of indicators."""
        return self._new(Cascade, id=id, title=title, steps=steps, **fields)

    def session(self, id: str, title: object, **fields: object) -> str:
        """Add a `LearningSession`."""
        return self._new(LearningSession, id=id, title=title, **fields)

    def harvested_outcome(self, id: str, title: object, **fields: object) -> str:
        """Add a `HarvestedOutcome`."""
        return self._new(HarvestedOutcome, id=id, title=title, **fields)

    def lesson(self, id: str, title: object, **fields: object) -> str:
        """Add a `Lesson`."""
        return self._new(Lesson, id=id, title=title, **fields)

    def recommendation(self, id: str, title: object, **fields: object) -> str:
        """Add a `Recommendation`."""
        return self._new(Recommendation, id=id, title=title, **fields)

    def question(self, id: str, title: object, **fields: object) -> str:
        """Add a `LearningQuestion`."""
        return self._new(LearningQuestion, id=id, title=title, **fields)

    def decision(self, id: str, *, learned: object, changed: object, **fields: object) -> str:
        """Add a `Decision`."""
        return self._new(Decision, id=id, learned=learned, changed=changed, **fields)

    def version(self, id: str, *, on: object, **fields: object) -> str:
        """Add a `Version`."""
        return self._new(Version, id=id, on=on, **fields)

    def done(self) -> TheoryOfChange:
        """The frozen model.

        Raises:
            InvalidModelError: if anything does not fit; it holds every fault, not only the first.
        """
        programme, faults = make(Programme, self._programme, lambda field: Place.of("programme", field))
        if programme is None:
            programme = Programme(id="programme", title="")
        ids = Counter(record.id for record in self._records)

        def place(record: Record, field: str) -> Place:
            """By its id, or by the call that added it where another has the same id until both are told apart."""
            return Place.of(self._names.get(id(record), record.id) if ids[record.id] > 1 else record.id, field)

        model = TheoryOfChange.of(programme, self._records, locate=place, faults=[*self._faults, *faults], lost=self._lost)
        # what shared an id has one of its own now, by which findings name it
        return TheoryOfChange.of(model.programme, model.records()) if model.findings and max(ids.values()) > 1 else model

    def _new(self, cls: type[Record], **fields: object) -> str:
        given = {key: value for key, value in fields.items() if value is not None}
        name = self._name(cls, given)
        record, faults = make(cls, given, lambda field: Place.of(name, field))
        self._faults += faults
        if record is None:
            self._lost.append(id_given(given))
            return name
        self._records.append(record)
        if "id" not in given:
            self._names[id(record)] = name
        return record.id

    def _name(self, cls: type[Record], given: Mapping[str, object]) -> str:
        """What a call is named in messages: by the id that it gives, or by its place among those that give none."""
        if given.get("id"):
            return str(given["id"])
        if "from" in given:
            return f"{given['from']}->{given.get('to')}"
        kind, about = cls.__name__.lower(), str(given.get("indicator", ""))
        self._calls[kind, about] += 1
        number = self._calls[kind, about]
        return f"{kind} of {about}" if number == 1 else f"{kind} {number} of {about}"
