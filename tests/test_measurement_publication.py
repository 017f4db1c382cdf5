"""What may be published: small groups, what would give them back, and the reason for showing them."""

import pytest

import tocmodel as toc
from tocmodel.errors import ReasonNeededError
from tocmodel.measurement.achievement import AchievementTable
from tocmodel.measurement.publication import publishable
from tocmodel.measurement.tracking import tracking_table


def clubs(*, unit: str = "person", by: tuple[str, ...] = ("sex",), **fields: object) -> toc.TheoryBuilder:
    draft = toc.TheoryOfChange.build("readers", "Reading clubs (fictional)", period="2024", as_of="2024-12-31")
    draft.activity("clubs", "Reading clubs")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    draft.dimension("place", "Place", categories=["north", "south"])
    draft.indicator("members", of="clubs", unit=unit, direction="increase", by=by, **fields)
    return draft


def shown(table: AchievementTable) -> dict[str, str]:
    return {f"{row.when}, {row.slice}": str(row.actual) for row in table}


def published(draft: toc.TheoryBuilder, **options: object) -> AchievementTable:
    model = draft.done()
    return publishable(model, toc.achievement(model), **options)  # type: ignore[arg-type]


def test_a_small_cell_takes_its_complement_with_it() -> None:
    draft = clubs()
    draft.actual("members", 100)
    draft.actual("members", 97, slice={"sex": "girls"})
    draft.actual("members", 3, slice={"sex": "boys"})
    assert list(shown(published(draft)).values()) == ["100", "suppressed", "suppressed"]


def test_a_total_that_is_derived_from_incomplete_parts_would_give_one_of_them_away() -> None:
    draft = clubs()
    draft.dimension("age", "Age", categories=["child", "youth", "adult"])
    draft.indicator("ages", of="clubs", unit="person", by=["age"])
    draft.actual("ages", 100, slice={"age": "child"})
    draft.actual("ages", 3, slice={"age": "youth"})
    table = published(draft).where(indicator="ages")
    assert list(shown(table).values()) == ["at least 103", "suppressed", "suppressed"]


def test_a_small_period_is_not_what_the_whole_less_the_other_periods_leaves() -> None:
    draft = clubs(accumulation="incremental", report="per_period")
    for quarter, figure in (("2024-01/2024-03", 30), ("2024-04/2024-06", 2), ("2024-07/2024-09", 40)):
        draft.target("members", 30, period=quarter)
        draft.actual("members", figure, period=quarter)
    values = shown(published(draft))
    assert values["whole programme, total"] == "72"
    assert values["2024-01-01/2024-03-31, total"] == values["2024-04-01/2024-06-30, total"] == "suppressed"
    assert values["2024-07-01/2024-09-30, total"] == "40"


def test_a_state_that_stands_again_for_the_whole_is_suppressed_there_too() -> None:
    draft = clubs(accumulation="snapshot", report="to_date")
    draft.target("members", 30, period="2024")
    draft.actual("members", 97, period="2024", slice={"sex": "girls"})
    draft.actual("members", 3, period="2024", slice={"sex": "boys"})
    values = shown(published(draft))
    assert {value for cell, value in values.items() if "boys" in cell or "girls" in cell} == {"suppressed"}


def test_two_breakdowns_of_a_total_that_no_row_shows_do_not_give_each_other_away() -> None:
    draft = clubs(by=("sex", "place"))
    for part, figure in (("sex=girls", 50), ("sex=boys", 50), ("place=north", 98), ("place=south", 2)):
        draft.actual("members", figure, slice=part)
    model = draft.done()
    narrow = toc.achievement(model)
    only = [row for row in publishable(model, narrow) if row.actual.missing == "suppressed"]
    assert {str(row.slice) for row in only} >= {"place=south", "place=north"}


def test_a_percentage_of_few_people_is_suppressed() -> None:
    draft = clubs()
    draft.indicator("fluent", of="clubs", kind="percentage", unit="percent", by=["sex"])
    for sex, above, below in (("girls", 30, 60), ("boys", 38, 40)):
        draft.actual("fluent", slice={"sex": sex}, numerator=above, denominator=below)
    values = shown(published(draft).where(indicator="fluent"))
    assert values["whole programme, sex=girls"] == "50"
    assert values["whole programme, sex=boys"] == "suppressed"


@pytest.mark.parametrize(
    ("fields", "shown_as"),
    [
        ({"figure": 40}, "40"),  # nobody can tell of how many
        ({"figure": 10, "denominator": 30}, "suppressed"),  # three
        ({"figure": 40, "denominator": 30}, "40"),
        ({"figure": 95, "numerator": 38}, "suppressed"),  # all but two
        ({"figure": 50, "numerator": 38}, "50"),
        ({"figure": 50, "sample": {"n": 4}}, "suppressed"),
    ],
)
def test_a_percentage_goes_where_few_can_be_worked_out_of_what_is_stated_with_it(fields: dict[str, object], shown_as: str) -> None:
    draft = clubs()
    draft.indicator("fluent", of="clubs", kind="percentage", unit="percent", accumulation="snapshot")
    draft.actual("fluent", fields.pop("figure"), **fields)
    assert str(published(draft)["fluent"].actual) == shown_as


def test_a_small_baseline_goes_with_its_progress_and_with_a_target_stated_as_change() -> None:
    draft = clubs()
    draft.baseline("members", 3)
    draft.target("members", 50, change="amount")
    draft.actual("members", 40)
    row = published(draft)["members"]
    assert (row.baseline.missing, row.target.missing, row.progress.reason) == ("suppressed", "suppressed", "suppressed")
    assert (row.actual.value, row.attainment.reason, row.status) == (40, "suppressed", "undetermined")
    assert row.expected.bounds is None


def test_an_indicator_that_is_the_sum_of_two_does_not_give_the_small_one_away() -> None:
    draft = clubs()
    for id, figure in (("new", 2), ("old", 60), ("both", 62)):
        draft.indicator(id, of="clubs", unit="person", derived={"operation": "sum", "terms": ["new", "old"]} if id == "both" else None)
        draft.actual(id, figure)
    values = {row.indicator: row.actual.missing for row in published(draft)}
    assert values["new"] == "suppressed"
    assert "suppressed" in {values["old"], values["both"]}


@pytest.mark.parametrize(("unit", "hidden"), [("person", True), ("case", True), ("household", True), ("school", False), ("session", False)])
def test_only_what_may_point_to_somebody_is_suppressed(unit: str, hidden: bool) -> None:
    draft = clubs(unit=unit)
    draft.actual("members", 3)
    assert (published(draft)["members"].actual.missing == "suppressed") is hidden


def test_what_is_marked_sensitive_is_suppressed_whatever_it_counts() -> None:
    draft = clubs(unit="school", sensitivity="sensitive")
    draft.actual("members", 3)
    assert published(draft)["members"].actual.missing == "suppressed"


def test_zeros_are_shown_unless_asked_otherwise() -> None:
    draft = clubs()
    draft.actual("members", 0)
    model = draft.done()
    assert publishable(model, toc.achievement(model))["members"].actual.value == 0
    assert publishable(model, toc.achievement(model), zero=True)["members"].actual.missing == "suppressed"


def test_switching_it_off_for_sensitive_records_takes_a_reason_which_is_printed() -> None:
    draft = clubs(sensitivity="sensitive")
    draft.actual("members", 3)
    model = draft.done()
    table = toc.achievement(model)
    with pytest.raises(ReasonNeededError, match=r"switched off for sensitive records \(members\): say why"):
        publishable(model, table, threshold=0)
    with pytest.raises(ReasonNeededError):
        publishable(model, tracking_table(model), threshold=0, reason=" ")
    open = publishable(model, table, threshold=0, reason="the club itself published the figure")
    assert open["members"].actual.value == 3
    assert "Small groups are shown: the club itself published the figure" in str(open)


def test_without_sensitive_records_it_can_be_switched_off() -> None:
    draft = clubs()
    draft.actual("members", 3)
    model = draft.done()
    assert publishable(model, toc.achievement(model), threshold=0) == toc.achievement(model)


def test_a_public_table_says_so_and_keeps_its_notes() -> None:
    draft = clubs()
    draft.actual("members", 3)
    table = published(draft)
    assert table.notes[-1] == "In 1 rows figures are suppressed: groups below 5, and what would give them away."
    assert "suppressed" in str(table)


def test_a_public_tracking_table_has_neither_the_figure_nor_the_words_about_it() -> None:
    draft = clubs(accumulation="incremental", report="per_period")
    draft.target("members", 20, period="2024")
    draft.actual("members", 3, period="2024", comparability="three people only", note="the three of the north")
    model = draft.done()
    table = publishable(model, tracking_table(model))
    text = f"{table}{table.records()}{table.wide_records()}{table._repr_html_()}"  # pyright: ignore[reportPrivateUsage]
    assert "three" not in text
    assert table.records()[0]["actual_low"] is None
    assert table.records()[0]["target_low"] == 20
    assert "suppressed" in str(table)


def test_a_suppressed_total_was_reported_all_the_same() -> None:
    draft = clubs()
    draft.target("members", 10)
    draft.actual("members", 3)
    model = draft.done()
    table = toc.achievement(model)
    public = publishable(model, table)
    assert public["members"].actual.missing == "suppressed"
    assert public.coverage == table.coverage == (1, 1)


def test_a_share_of_few_is_suppressed_whether_it_is_an_actual_or_a_baseline() -> None:
    draft = clubs()
    draft.indicator("fluent", of="clubs", kind="percentage", unit="percent", direction="increase", accumulation="snapshot")
    draft.baseline("fluent", 10, numerator=3, denominator=30)
    draft.target("fluent", 77)
    draft.actual("fluent", 50, numerator=20, denominator=40)
    row = published(draft)["fluent"]
    assert (row.baseline.missing, row.progress.reason, row.pace) == ("suppressed", "suppressed", None)
    assert (row.actual.value, str(row.attainment), row.expected.bounds) == (50, "64.9 %", None)


def test_a_target_made_of_changes_from_a_small_baseline_goes_with_it() -> None:
    """63 less the 50 of the girls, less the 10 more boys that were planned, would be the boys' baseline."""
    draft = clubs(accumulation="snapshot")
    for sex, before, after in (("girls", 40, 60), ("boys", 3, 30)):
        draft.baseline("members", before, slice={"sex": sex})
        draft.target("members", 10, change="amount", slice={"sex": sex})
        draft.actual("members", after, slice={"sex": sex})
    total, girls, boys = published(draft).rows
    assert [row.target.value for row in (total, girls, boys)] == [None, 50, None]
    assert [row.attainment.reason for row in (total, boys)] == ["suppressed", "suppressed"]
    assert [row.progress.bounds for row in (total, boys)] == [None, None]
    assert [row.expected.bounds for row in (total, boys)] == [None, None]


def test_what_a_sum_is_made_of_is_not_told_where_a_term_is_suppressed() -> None:
    draft = clubs()
    for id, figure in (("new", 2), ("old", 60)):
        draft.indicator(id, of="clubs", unit="person")
        draft.actual(id, figure, comparability="2 are new")
    draft.indicator("both", of="clubs", unit="person", derived={"operation": "sum", "terms": ["new", "old"]})
    row = published(draft)["both"]
    assert (row.actual.value, row.comparability, row.actual_method, row.inputs) == (62, "", "", ())


def test_a_derived_share_is_judged_by_what_it_is_made_of() -> None:
    """2 % of many is not few; 5 % of those of a half-year whom no row counts may be."""
    draft = clubs()
    for id, figures in (("new", (20, 2)), ("all", (1000, 40))):
        draft.indicator(id, of="clubs", unit="person", accumulation="incremental", report="per_period")
        for half, figure in zip(("2024-01/2024-06", "2024-07/2024-12"), figures, strict=True):
            draft.actual(id, figure, period=half)
    for id in ("of-all", "of-half"):
        draft.indicator(
            id, of="clubs", kind="percentage", unit="percent", derived={"operation": "ratio", "terms": ["new"], "over": ["all"]}
        )
    draft.target("of-half", 10, period="2024-07/2024-12")
    table = published(draft)
    assert table["of-all"].actual.value is not None
    assert table.where(indicator="of-half", scope="period").one().actual.missing == "suppressed"


def test_a_small_group_that_nobody_reported_is_not_what_a_total_leaves() -> None:
    draft = clubs(by=("sex", "place"))
    for part, figure in (("", 42), ("sex=girls", 40), ("place=north", 12)):
        draft.actual("members", figure, slice=part)
    assert shown(published(draft)) == {
        "whole programme, total": "42", "whole programme, sex=girls": "suppressed", "whole programme, place=north": "12",
    }  # fmt: skip


def test_a_small_term_that_no_row_shows_is_not_what_a_sum_leaves() -> None:
    draft = clubs()
    for id, figure in (("new", 2), ("old", 60)):
        draft.indicator(id, of="clubs", unit="person", accumulation="incremental", report="per_period")
        draft.actual(id, figure, period="2024-01/2024-06")
        draft.actual(id, 30, period="2024-07/2024-12")
    draft.indicator("both", of="clubs", unit="person", derived={"operation": "sum", "terms": ["new", "old"]})
    for id in ("old", "both"):
        draft.target(id, 60, period="2024-01/2024-06")
    rows = published(draft).where(scope="period")
    assert "suppressed" in {rows.where(indicator=id).one().actual.missing for id in ("old", "both")}
