"""Laws of totals: whoever shows one shows that of the achievement table, as of the same date."""

from datetime import date

from attrs import evolve
from hypothesis import given, settings, strategies as st

import tocmodel as toc
from tests.laws.test_achievement_laws import POLICIES, Theory
from tests.strategies import theories
from tocmodel.checks.subject import Subject
from tocmodel.figures import Interval
from tocmodel.measurement import over_places, over_programmes, over_reporters
from tocmodel.measurement.achieving import as_judged
from tocmodel.measurement.formulas import ratio
from tocmodel.measurement.policy import Policy
from tocmodel.measurement.spending import spending
from tocmodel.model import TheoryOfChange
from tocmodel.periods import Period
from tocmodel.reports.charts.trajectory import trajectory

YEARS = ("2019", "2020", "2021", "2022")
DAYS = st.one_of(st.sampled_from([date(int(year), 12, 31) for year in YEARS]), st.dates(date(2018, 6, 1), date(2024, 6, 1)))
SAID = st.one_of(st.integers(0, 90), st.sampled_from(("over 40", "missing", "N/A", "10 to 30")))
INSIDE = st.sampled_from((*YEARS, "2020-03", "2021-07/2021-12"))
WHEN = st.one_of(INSIDE, st.just("2023"))


@st.composite
def measured(draw: st.DrawFn, *, undated: bool = True, named: bool = False) -> TheoryOfChange:
    """A programme of two indicators of people, with targets that are due by and by and reports that come, lack and come late."""
    draft = TheoryOfChange.build("totals", period=draw(st.sampled_from((None, "2019/2022"))))
    draft.activity("a", "A", spend=1000, cost_attributable=True)
    draft.dimension("place", "Place", categories=["hill", "shore"])
    reporters = ("north", "south")
    for id in reporters:
        draft.actor(id, id)
    for id in ("i", "j"):
        accumulation = draw(
            st.sampled_from(("incremental", "cumulative") if named else ("incremental", "cumulative", "snapshot", "unknown"))
        )
        draft.indicator(id, id, of="a", unit="person", direction="increase", by=["place"], accumulation=accumulation)
        for year in draw(st.sampled_from((YEARS, YEARS[1:], YEARS[:2], YEARS[::3], ()))):
            draft.target(id, 100, period=year)
        plain, loose = draw(st.booleans()), undated and draw(st.integers(0, 3)) == 3  # a report without a date may speak of any period
        keys = st.tuples(
            INSIDE if named else st.one_of(st.none(), WHEN) if loose else WHEN,
            st.sampled_from(reporters) if named else st.none() if plain else st.sampled_from((None, *reporters)),
            st.none() if named or plain else st.sampled_from((None, "hill", "shore")),
        )
        for when, reporter, place in sorted(draw(st.sets(keys, min_size=1, max_size=6)), key=str):
            time = {"period": when} if when else {}
            draft.actual(id, draw(SAID), slice={"place": place} if place else None, reporter=reporter, **time)
    draft.cascade("c", "C", ["i", "j"])
    return draft.done()


@settings(max_examples=60)
@given(theories(), POLICIES, DAYS)
def test_every_row_shows_what_a_reader_of_the_same_cell_reads(theory: Theory, policy: Policy, day: date) -> None:
    programme, records = theory
    model = TheoryOfChange.of(evolve(programme, period=Period.read("2019-03-15/2020-11-02")), records)
    for row in toc.achievement(model, as_of=day, policy=policy):
        if row.scope != "to_date":
            found = as_judged(model, model.indicator(row.indicator), row.slice, row.period, as_of=day, policy=policy, checked=False)
            assert found.figure == row.actual


@settings(max_examples=150)
@given(measured(), DAYS)
def test_every_reader_shows_the_total_of_the_table(model: TheoryOfChange, day: date) -> None:
    table = toc.achievement(model, as_of=day)
    totals = {id: table[id].actual for id in ("i", "j")}
    assert {step.indicator: step.count for step in toc.cascade(model, "c", as_of=day)} == totals
    people = toc.people_reached(model, ["i", "j"], as_of=day).parts
    assert people == {id: figure.bounds or Interval(0) for id, figure in totals.items()}
    costs = {item.indicator: item.cost for item in spending(model, as_of=day).one().per_result}
    assert costs == {id: ratio(model.node("a").spend, figure) for id, figure in totals.items()}  # type: ignore[arg-type]
    subject = Subject(model, day)
    for row in table.where(scope="life"):
        assert subject.reached(model.indicator(row.indicator), row.slice) == row.actual
    for id, figure in totals.items():
        assert over_programmes([model], id, under={}, as_of=day).one().figure.bounds == figure.bounds
        places = {part.name: part.figure for part in over_places(model, id, "place", as_of=day)}
        for row in table.where(indicator=id, scope="life"):
            if row.slice:
                assert places[row.slice["place"]] == row.actual
        assert trajectory(model, id, as_of=day).whole.actual == figure


@settings(max_examples=150)
@given(measured(named=True), DAYS)
def test_reporters_together_report_the_total_of_the_table(model: TheoryOfChange, day: date) -> None:
    table = toc.achievement(model, as_of=day)
    for id in ("i", "j"):
        whole = over_reporters(model, id, as_of=day).whole
        assert whole.bounds == table[id].actual.bounds


@settings(max_examples=100)
@given(measured(undated=False), DAYS)
def test_each_dot_of_a_way_is_the_total_that_a_table_of_that_day_had(model: TheoryOfChange, day: date) -> None:
    for id in ("i", "j"):
        for moment in trajectory(model, id, as_of=day).reached:
            by_then = [actual for actual in model.actuals if actual.period is not None and actual.period.end <= moment.on]
            judged = toc.achievement(evolve(model, actuals=by_then), as_of=min(moment.on, day))
            assert judged[id].actual.bounds == moment.figure.bounds
            assert moment.later is (moment.on > day)


@given(measured())
def test_without_a_date_nothing_is_due(model: TheoryOfChange) -> None:
    before = date(2000, 1, 1)
    assert toc.cascade(model, "c").rows == toc.cascade(model, "c", as_of=before).rows
    assert toc.people_reached(model, ["i", "j"]).parts == toc.people_reached(model, ["i", "j"], as_of=before).parts
