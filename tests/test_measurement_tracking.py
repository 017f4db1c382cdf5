"""The tracking table: levels, parts, periods, variance and narrative, wide and long."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

import tocmodel as toc
from tocmodel.periods import Period


@pytest.fixture
def clubs() -> toc.TheoryOfChange:
    draft = toc.TheoryOfChange.build("readers", "Reading clubs (fictional)", period="2024", as_of="2024-07-15")
    draft.actor("office", "District office")
    draft.source("register", "Register of the clubs")
    draft.activity("train", "Train leaders")
    draft.output("clubs", "Clubs meet")
    draft.objective("read", "Children read")
    draft.objective("goal", "All children read", level="overall")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    draft.indicator("leaders", "Leaders trained", of="train", unit="person", direction="increase", note="leaders of any age")
    draft.target("leaders", 10)
    draft.actual("leaders", "over 6", source="register")
    draft.indicator("members", "Members", of="clubs", unit="person", direction="increase", by=["sex"], accumulation="incremental",
                    report="per_period", frequency="semi-annual", responsible="office", means_of_verification="club registers")  # fmt: skip
    draft.baseline("members", 0, period="2023")
    for half, target in (("2024-01/2024-06", 40), ("2024-07/2024-12", 60)):
        draft.target("members", target, period=half)
    draft.actual("members", 30, period="2024-01/2024-06", slice={"sex": "girls"}, comparability="from age six")
    draft.actual("members", 14, period="2024-01/2024-06", slice={"sex": "boys"})
    draft.indicator("idle", "Days without a meeting", of="read", unit="day", direction="decrease")
    draft.baseline("idle", 100)
    draft.target("idle", 40)
    draft.actual("idle", 70)
    return draft.done()


def test_rows_stand_by_level_with_parts_below_their_total(clubs: toc.TheoryOfChange) -> None:
    table = toc.tracking_table(clubs)
    assert [(row.level, row.indicator, str(row.slice)) for row in table] == [
        ("objective", "idle", "total"),
        ("output", "members", "total"),
        ("output", "members", "sex=girls"),
        ("output", "members", "sex=boys"),
        ("activity", "leaders", "total"),
    ]


def test_long_records_hold_each_period_what_is_due_and_the_whole(clubs: toc.TheoryOfChange) -> None:
    records = [record for record in toc.tracking_table(clubs).records() if record["indicator"] == "members" and record["slice"] == "total"]
    assert [(record["scope"], record["target_low"], record["actual_low"], record["variance_low"]) for record in records] == [
        ("period", 40, 44, 4),
        ("period", 60, None, None),
        ("to_date", 40, 44, 4),
        ("life", 100, 44, -56),
    ]
    first = records[0]
    assert (first["baseline_low"], first["baseline_start"], first["baseline_end"]) == (0, date(2023, 1, 1), date(2023, 12, 31))
    assert (first["frequency"], first["responsible"], first["data_source"]) == ("semi-annual", "District office", "club registers")
    assert first["attainment_low"] == Decimal("1.1")
    assert [record["status"] for record in records] == ["met", "not_due", "met", "not_met"]


def test_wide_records_have_the_same_columns_in_every_row(clubs: toc.TheoryOfChange) -> None:
    wide = toc.tracking_table(clubs).wide_records()
    assert len({tuple(record) for record in wide}) == 1
    members = wide[1]
    assert members["2024-01-01/2024-06-30_target_low"] == 40
    assert members["life_variance_high"] == -56
    assert members["to_date_attainment_low"] == Decimal("1.1")
    assert wide[-1]["2024-01-01/2024-06-30_target_low"] is None


def test_variance_is_an_interval(clubs: toc.TheoryOfChange) -> None:
    life = next(record for record in toc.tracking_table(clubs).records() if record["indicator"] == "leaders")
    assert (life["variance_low"], life["variance_high"]) == (-3, None)


def test_people_see_progress_of_what_is_to_fall_and_dashes_for_gaps(clubs: toc.TheoryOfChange) -> None:
    text = str(toc.tracking_table(clubs))
    assert "2024-01–2024-06 target" in text
    line = next(line for line in text.splitlines() if "Days without a meeting" in line)
    assert "50 %" in line
    assert "175 %" not in line
    assert "Members: from age six" in text
    assert "Leaders trained: leaders of any age" in text
    assert "Register of the clubs" in text


def test_html_is_escaped_and_has_every_row(clubs: toc.TheoryOfChange) -> None:
    html = toc.tracking_table(clubs)._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert html.count("<tr>") == 6


def test_periods_may_be_given_or_follow_from_a_frequency(clubs: toc.TheoryOfChange) -> None:
    year = toc.tracking_table(clubs, periods=["2024"])
    assert year.periods == (Period.read("2024"),)
    members = next(record for record in year.records() if record["scope"] == "period" and record["indicator"] == "members")
    assert (members["target_low"], members["actual_low"]) == (100, 44)
    assert len(toc.tracking_table(clubs, periods="semi_annual").periods) == 2


def test_the_frames_are_long_and_typed_also_without_rows(clubs: toc.TheoryOfChange) -> None:
    frame = toc.tracking_table(clubs).to_polars()
    assert frame.height == len(toc.tracking_table(clubs).records())
    assert frame.schema["period_end"] == pl.Date
    nothing = toc.tracking_table(toc.TheoryOfChange.build("empty", as_of="2024-01-01").done()).to_polars()
    assert nothing.columns == frame.columns
    assert isinstance(nothing.schema["variance_low"], pl.Decimal)


def test_the_date_of_judgement_and_the_policy_are_those_of_the_achievement(clubs: toc.TheoryOfChange) -> None:
    table = toc.tracking_table(clubs, as_of="2024-12-31")
    assert table.as_of == date(2024, 12, 31)
    members = table.where(indicator="members").rows[0]
    assert members.life.due
    assert members.periods[1][1] is not None
    assert members.periods[1][1].status == "missing"
