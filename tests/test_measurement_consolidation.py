"""One indicator over reporters, places and programmes: by its own rule, with coverage, and refused where it would mislead."""

from itertools import permutations
from typing import Any

import pytest

import tocmodel as toc
from tocmodel.errors import RefusedError, UnknownIdError
from tocmodel.measurement.consolidation import over_places, over_programmes, over_reporters
from tocmodel.measurement.policy import Policy


def readers(**fields: Any) -> toc.TheoryBuilder:
    draft = toc.TheoryOfChange.build("readers", "Reading clubs (fictional)", period="2024", as_of="2024-12-31")
    draft.activity("clubs", "Reading clubs")
    for id in ("north", "south", "west"):
        draft.actor(id, id.title())
    draft.dimension("place", "Place", categories=["hill", "lake", {"id": "both", "members": ["hill", "lake"]}])
    draft.indicator("books", of="clubs", **({"unit": "item", "accumulation": "incremental"} | fields))
    return draft


def test_running_totals_take_the_latest_of_each_reporter_and_then_add() -> None:
    draft = readers(accumulation="cumulative")
    for reporter, month, figure in (("north", "2024-01", 1), ("north", "2024-02", 2), ("south", "2024-01", 2), ("south", "2024-03", 4)):
        draft.actual("books", figure, period=month, reporter=reporter)
    found = over_reporters(draft.done(), "books")
    assert str(found.whole) == "6"
    assert [str(part.figure) for part in found] == ["2", "4"]


@pytest.mark.parametrize("order", list(permutations(("north", "south", "west"))))
def test_who_is_left_out_stays_left_out_whatever_the_order(order: tuple[str, ...]) -> None:
    figures = {"north": 5, "south": 7, "west": 100}
    draft = readers()
    for month, reporter in enumerate(order, start=1):
        draft.actual("books", figures[reporter], period=f"2024-0{month}", reporter=reporter)
    found = over_reporters(draft.done(), "books", without=["west"])
    assert (str(found.whole), found.coverage) == ("12", (2, 2))
    assert "left out: west" in str(found)


def test_a_reporter_that_is_expected_and_silent_leaves_a_lower_bound() -> None:
    draft = readers()
    draft.actual("books", 5, reporter="north")
    model = draft.done()
    found = over_reporters(model, "books", expected=["south"])
    assert (str(found.whole), found.coverage) == ("at least 5", (1, 2))
    strict = over_reporters(model, "books", expected=["south"], policy=Policy(missing="skip_if_any"))  # type: ignore[arg-type]
    assert (strict.whole.missing, strict.reason) == ("missing", "missing_actual")


def test_percentages_are_put_together_from_numerators_and_denominators() -> None:
    draft = readers(kind="percentage", unit="percent")
    draft.actual("books", reporter="north", numerator=6, denominator=10)
    draft.actual("books", reporter="south", numerator=30, denominator=40)
    found = over_reporters(draft.done(), "books")
    assert str(found.whole) == "72"
    assert "sum of numerators / sum of denominators; 2 of 2 reported" in str(found)


def test_a_percentage_without_its_denominator_leaves_no_number() -> None:
    draft = readers(kind="percentage", unit="percent")
    draft.actual("books", reporter="north", numerator=6, denominator=10)
    draft.actual("books", 75, reporter="south")
    model = draft.done()
    assert over_reporters(model, "books").whole.bounds is None
    part = over_reporters(model, "books", policy=Policy(missing="skip_if_all"))  # type: ignore[arg-type]
    assert (str(part.whole), part.coverage) == ("60", (1, 2))


def test_means_of_percentages_and_sums_of_ratings_are_refused_with_the_way_out() -> None:
    shares = readers(kind="percentage", unit="percent")
    shares.actual("books", 60, reporter="north")
    model = shares.done()
    with pytest.raises(RefusedError, match="state numerators and denominators"):
        over_reporters(model, "books", combine="mean")
    with pytest.raises(RefusedError, match="latest of several parts"):
        over_reporters(model, "books", combine="latest")
    ratings = readers(kind="rating", unit=None, scale=["poor", "good"])
    ratings.actual("books", "good", reporter="north")
    with pytest.raises(RefusedError, match="median_rating"):
        over_reporters(ratings.done(), "books")
    with pytest.raises(RefusedError, match="cannot be put together"):
        over_reporters(readers(kind="text", unit=None).done(), "books")


@pytest.mark.parametrize(("combine", "whole"), [("sum", "12"), ("mean", "6"), ("max", "7"), ("min", "5")])
def test_another_rule_may_be_asked_for_counts(combine: str, whole: str) -> None:
    draft = readers()
    draft.actual("books", 5, reporter="north", period="2024-01")
    draft.actual("books", 7, reporter="south", period="2024-01")
    assert str(over_reporters(draft.done(), "books", combine=combine).whole) == whole


def test_people_of_two_partners_may_be_the_same() -> None:
    draft = readers(unit="person")
    draft.actual("books", 50, reporter="north")
    draft.actual("books", 90, reporter="south", period="2024-02")
    found = over_reporters(draft.done(), "books")
    assert (str(found.whole), str(found.unique)) == ("140", "90 to 140")
    assert "Different people: 90 to 140." in str(found)


def test_a_total_without_a_reporter_is_no_part() -> None:
    draft = readers()
    draft.actual("books", 12)
    draft.actual("books", 5, reporter="north", period="2024-01")
    found = over_reporters(draft.done(), "books")
    assert (str(found.whole), [part.name for part in found]) == ("5", ["north"])
    assert "no reporter is stated" in str(found)


def test_names_that_do_not_exist_are_refused() -> None:
    model = readers().done()
    with pytest.raises(UnknownIdError, match="did you mean 'north'"):
        over_reporters(model, "books", without=["nort"])
    with pytest.raises(UnknownIdError, match="breakdown of 'books'"):
        over_places(model, "books", "place")


def test_places_add_without_their_unions() -> None:
    draft = readers(by=["place"])
    for place, figure in (("hill", 5), ("lake", 7), ("both", 12)):
        draft.actual("books", figure, slice={"place": place})
    found = over_places(draft.done(), "books", "place")
    assert (str(found.whole), [part.name for part in found]) == ("12", ["hill", "lake"])


def test_places_that_do_not_make_up_the_whole_bound_it_and_overlapping_ones_are_not_added() -> None:
    for coverage in ("partial", "overlapping"):
        draft = readers(by=[{"dimension": "place", "coverage": coverage}])
        draft.actual("books", 5, slice={"place": "hill"})
        draft.actual("books", 7, slice={"place": "lake"})
        model = draft.done()
        if coverage == "partial":
            assert str(over_places(model, "books", "place").whole) == "at least 12"
        else:
            with pytest.raises(RefusedError, match="overlap and are not added"):
                over_places(model, "books", "place")
            assert str(over_places(model, "books", "place", combine="max").whole) == "7"


def programme(id: str, figure: object, **fields: Any) -> toc.TheoryOfChange:
    draft = toc.TheoryOfChange.build(id, f"Programme {id}", period="2024", as_of="2024-12-31")
    draft.activity("clubs", "Reading clubs")
    draft.indicator("books", of="clubs", **({"unit": "item"} | fields))
    if isinstance(figure, tuple):
        draft.actual("books", numerator=figure[0], denominator=figure[1])
    elif figure is not None:
        draft.actual("books", figure)
    return draft.done()


def test_programmes_add_up_their_tree_each_once() -> None:
    models = [programme("lead", 1), programme("a", 10), programme("b", 20), programme("shared", 100)]
    found = over_programmes(models, "books", under={"a": "lead", "b": "lead", "shared": ["a", "b"]})
    assert {part.name: str(part.total) for part in found} == {"lead": "131", "a": "110", "b": "120", "shared": "100"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_programme_that_is_left_out_takes_what_lies_below_it_along(order: tuple[int, ...]) -> None:
    models = [programme("lead", 1), programme("a", 10), programme("under-a", 100)]
    found = over_programmes([models[place] for place in order], "books", under={"a": "lead", "under-a": "a"}, without=["a"])
    assert {part.name: str(part.total) for part in found} == {"lead": "1", "a": "110", "under-a": "100"}


def test_a_silent_programme_leaves_a_lower_bound_and_one_without_the_indicator_is_not_expected() -> None:
    other = toc.TheoryOfChange.build("other").done()
    models = [programme("lead", None), programme("a", 10), other]
    found = over_programmes(models, "books", under={"a": "lead", "other": "lead"})
    lead = found.where(name="lead").one()
    assert (str(lead.total), lead.coverage) == ("at least 10", (1, 2))


def test_percentages_of_programmes_are_put_together_from_their_parts() -> None:
    shares = {"kind": "percentage", "unit": "percent"}
    models = [programme("lead", None, **shares), programme("a", (6, 10), **shares), programme("b", (6, 10), **shares)]
    found = over_programmes(models, "books", under={"a": "lead", "b": "lead"}, policy=Policy(missing="skip_if_all"))  # type: ignore[arg-type]
    assert str(found.where(name="lead").one().total) == "60"


def test_units_that_differ_are_converted_or_refused() -> None:
    models = [programme("lead", 1, unit="t"), programme("a", 500, unit="kg")]
    assert str(over_programmes(models, "books", under={"a": "lead"}).where(name="lead").one().total) == "1.5"
    with pytest.raises(toc.TocmodelError, match="measure different things"):
        over_programmes([programme("lead", 1, unit="person"), programme("a", 2, unit="case")], "books", under={"a": "lead"})


def test_programmes_that_do_not_exist_are_refused() -> None:
    with pytest.raises(UnknownIdError, match="no programme has the id 'b'"):
        over_programmes([programme("a", 1)], "books", under={"b": "a"})
    with pytest.raises(UnknownIdError, match="no indicator has the id 'pages'"):
        over_programmes([programme("a", 1)], "pages", under={})
