"""Every rule that a check applies, by its code: it fires where it should, and a sound theory passes."""

from collections.abc import Callable

import pytest

import tocmodel as toc
from tocmodel.model import CheckSettings

Change = Callable[[toc.TheoryBuilder], object]


def sound() -> toc.TheoryBuilder:
    """A small fictional theory that no rule below has anything to say about."""
    built = toc.TheoryOfChange.build("trees", "Tree nurseries (fictional)", period="2020/2021", as_of="2022-01-31")
    built.activity("plant", "Plant seedlings")
    built.output("seedlings", "Seedlings grow")
    built.outcome("shade", "There is shade")
    built.objective("rest", "People rest in the shade")
    built.assumption("rain", "It rains")
    built.rival("old-trees", "Old trees give shade", about=["rest", "shade"])
    built.dimension("place", "Place", categories=["north", "south"])
    previous = "plant"
    for node in ("seedlings", "shade", "rest"):
        built.link(previous, node, rationale="trees grow", assumptions=["rain"])
        built.evidence(f"visit-{node}", about=[f"{previous}->{node}"], kind="observation", independent=True)
        built.indicator(f"in-{node}", of=node, unit="item", direction="increase", accumulation="snapshot", by=["place"])
        built.baseline(f"in-{node}", 10)
        built.target(f"in-{node}", 200)
        built.actual(f"in-{node}", 150, measured="2021-12-31")
        previous = node
    return built


def broken_total(built: toc.TheoryBuilder) -> None:
    built.indicator("i", of="shade", unit="item", direction="increase", by=["place"])
    built.target("i", 20)
    built.actual("i", 20)
    built.actual("i", 5, slice="place=north")
    built.actual("i", 6, slice="place=south")


RULES: list[tuple[str, str, Change]] = [
    ("L01", "lonely", lambda d: d.outcome("lonely", "Linked to nothing")),
    ("L02", "dead", lambda d: [d.outcome("dead", "Leads nowhere"), d.link("plant", "dead")]),
    ("L03", "unfed", lambda d: [d.outcome("unfed", "Fed by nothing"), d.link("unfed", "rest")]),
    ("L04", "stray", lambda d: [d.activity("stray", "Stray"), d.output("aside", "Aside"), d.link("stray", "aside")]),
    ("L07", "seedlings", lambda d: d.link("shade", "seedlings")),
    ("L15", "seedlings->shade", lambda d: [d.link("plant", "shade"), d.package("k", "shade", links=["plant->shade"])]),
    ("L20", "plant->shade", lambda d: d.link("plant", "shade")),
    ("L22", "plant->shade", lambda d: d.link("plant", "shade")),
    ("L40", "birds", lambda d: [d.outcome("birds", "Birds nest"), d.link("plant", "birds"), d.link("birds", "rest")]),
    ("L41", "i", lambda d: d.indicator("i", of="shade")),
    ("L42", "i.target", lambda d: [d.indicator("i", of="shade", unit="item", direction="increase"), d.baseline("i", 9), d.target("i", 5)]),
    ("L44", "i.target", lambda d: [d.indicator("i", of="shade", unit="item", direction="increase"), d.target("i", 9), d.actual("i", "over 5")]),
    ("L45", "i.actual", lambda d: [d.indicator("i", of="shade", unit="item"), d.actual("i", 5, period="2025", id="i.actual")]),
    ("L47", "i", lambda d: [d.indicator("i", of="shade", unit="item"), d.target("i", 5)]),
    ("L48", "i.actual", broken_total),
    ("L50", "unused", lambda d: d.assumption("unused", "Nobody needs it")),
    ("L60", "goal", lambda d: [d.objective("goal", "Another goal"), d.link("shade", "goal")]),
    ("M08", "i.actual.figure", lambda d: [d.indicator("i", of="shade"), d.actual("i", "about 5")]),
]  # fmt: skip


def codes(built: toc.TheoryBuilder) -> set[str]:
    return {finding.code for finding in toc.check(built.done())}


@pytest.mark.parametrize(("code", "place", "change"), RULES, ids=[rule[0] for rule in RULES])
def test_a_rule_fires_where_it_should_and_says_where_and_what_to_do(code: str, place: str, change: Change) -> None:
    assert code not in codes(sound())
    built = sound()
    change(built)
    found = [finding for finding in toc.check(built.done()) if finding.code == code]
    assert place in {finding.where.path for finding in found}
    assert all(finding.message for finding in found)


def test_a_loop_that_is_declared_and_an_external_driver_are_no_findings() -> None:
    built = sound()
    built.link("shade", "seedlings", feedback=True)
    built.outcome("rainy-season", "The rainy season comes", driver=True)
    built.link("rainy-season", "rest")
    assert not codes(built) & {"L03", "L07"}


def test_findings_stand_gravest_first_and_do_not_depend_on_the_order_of_records() -> None:
    one, other = sound(), sound()
    changes = [change for _, _, change in RULES if change is not broken_total][:6]
    for change in changes:
        change(one)
    for change in reversed(changes):
        change(other)
    first, second = toc.check(one.done()), toc.check(other.done())
    assert first == second
    assert [finding.severity for finding in first] == sorted((finding.severity for finding in first), key=list(toc.Severity).index)


def found(code: str, indicator: dict[str, object], *figures: object) -> list[str]:
    """What one rule says of an indicator with a target of 100 and these results."""
    built = toc.TheoryOfChange.build("p", "Literacy (fictional)", as_of="2024-12-31")
    built.indicator("i", "Readers", of=built.outcome("o", "Adults read"), **indicator)
    for figure in figures:
        built.actual("i", figure)
    return [finding.message for finding in toc.check(built.done(), settings=CheckSettings(select=code))]


@pytest.mark.parametrize(
    ("figure", "indicator", "named"),
    [
        ("85 households", {"unit": "person"}, "household"),
        ("over 85 households reached", {"unit": "person"}, "household"),
        ("between 80 and 85 families", {"unit": "person"}, "family"),
        ("85 cases", {"unit": "person"}, "case"),
        ("85 km", {"unit": "person"}, "kilometre"),
        ("12 people", {"unit": "case"}, "person"),
        ("90 minutes", {"unit": "hour"}, "minute"),
        ("85 households", {"unit": "percent", "kind": "percentage"}, "household"),
    ],
)
def test_a_figure_that_names_another_unit_than_it_is_taken_in_is_found(figure: str, indicator: dict[str, object], named: str) -> None:
    (message,) = found("L87", indicator, figure)
    assert f"“{figure}” of “Readers” names the unit {named}, and is taken as" in message


@pytest.mark.parametrize(
    ("figure", "indicator"),
    [
        ("31 schools", {"unit": "school"}),
        ("31 school", {"unit": "school"}),
        ("120 girls", {"unit": "person"}),
        ("120 people trained", {"unit": "person"}),
        ("20 community members", {"unit": "person"}),
        ("3 case workers", {"unit": "person"}),
        ("12 school clubs", {"unit": "club"}),
        ("2 training sessions", {"unit": "session"}),
        ("5 training days", {"unit": "day_of_training"}),
        ("5 days", {"unit": "day_of_training"}),
        ("12 policies", {"unit": "item"}),
        ("85 households", {"unit": "person", "population": "members of households"}),
        ("85 households", {}),
        ({"printed": "90 minutes", "unit": "minute"}, {"unit": "hour"}),
        ({"words": "most households"}, {"unit": "person"}),
        ("85 %", {"unit": "percent", "kind": "percentage"}),
        (85, {"unit": "person"}),
    ],
)
def test_words_that_only_say_what_is_counted_are_no_other_unit(figure: object, indicator: dict[str, object]) -> None:
    assert not found("L87", indicator, figure)


@pytest.mark.parametrize("figure", ["1.500", "over 1.500", "12.250", "12.250 people"])
def test_a_point_before_three_digits_of_a_count_is_asked_about(figure: str) -> None:
    (message,) = found("L99", {"unit": "person"}, figure)
    assert message == f"“{figure}” of “Readers” is not whole, and the unit person is counted: is the point a thousands separator?"


def test_a_count_that_is_not_whole_is_found_and_measures_are_not() -> None:
    assert found("L99", {"unit": "person"}, "1.5", "0.125") == [
        f"“{figure}” of “Readers” is not whole, and the unit person is counted" for figure in ("0.125", "1.5")
    ]
    assert not found("L99", {"unit": "person"}, 1500, "1,500", "1.5 million", "over 1500")
    assert not found("L99", {"unit": "hectare"}, "1.500")
    assert not found("L99", {"unit": "person", "kind": "ratio"}, "1.5")
    assert not found("L99", {}, "1.5")


@pytest.mark.parametrize(
    ("target", "actual", "suspected"),
    [
        ("80", "0.85", True),
        ("80 %", "0.85", True),
        ("80", "1", True),
        ("80", "0.85 %", False),
        ("80", "0.1", False),
        ("0.8", "0.85", False),
    ],
)
def test_achievement_and_check_suspect_the_same_percentages(target: str, actual: str, suspected: bool) -> None:
    built = toc.TheoryOfChange.build("p", "Literacy (fictional)", as_of="2024-12-31")
    built.indicator("i", "Readers", of=built.outcome("o", "Adults read"), unit="percent", kind="percentage", direction="increase")
    built.target("i", target)
    built.actual("i", actual)
    model = built.done()
    assert [finding.where.path for finding in toc.check(model, settings=CheckSettings(select="L90"))] == ["i.actual"] * suspected
    assert [finding.code for finding in toc.achievement(model)["i"].findings] == ["A06"] * suspected


@pytest.mark.parametrize(
    ("direction", "note", "said"),
    [
        ("increase", None, ["1 of 2 targets of “Readers” is 0, and its direction is increase"]),
        ("unknown", None, ["1 of 2 targets of “Readers” is 0, and its direction is not stated"]),
        ("increase", "training begins in the second year", []),
        ("decrease", None, []),
    ],
)
def test_a_target_of_zero_is_asked_about_until_a_note_says_that_it_is_meant(direction: str, note: str | None, said: list[str]) -> None:
    built = toc.TheoryOfChange.build("p", "Literacy (fictional)")
    built.indicator("i", "Readers", of=built.output("o", "Adults learn"), unit="person", direction=direction)
    built.target("i", 0, period=2024, note=note)
    built.target("i", 50, period=2025)
    (*found,) = toc.check(built.done(), settings=CheckSettings(select="L85"))
    assert [finding.message for finding in found] == said
    assert all("state the direction" not in finding.hint for finding in found)


@pytest.mark.parametrize(
    ("title", "change"),
    [
        ("Districts fund literacy groups", True),
        ("The county government funds safe shelters", True),
        ("Women run savings groups", True),
        ("Rangers regularly review fire operations", True),
        ("Literacy fund", False),
        ("The Health Fund", False),
        ("Women's study groups", False),
        ("Emergency funds for girls", False),
        ("Schools and libraries", False),
        ("Basic education", False),
    ],
)
def test_somebody_who_acts_is_a_change_and_a_theme_is_none(title: str, change: bool) -> None:
    built = toc.TheoryOfChange.build("p", "Literacy (fictional)")
    built.outcome("o", title)
    assert [finding.where.path for finding in toc.check(built.done(), settings=CheckSettings(select="L35"))] == ["o"] * (not change)
