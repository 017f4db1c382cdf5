"""What keeps records from fitting together, by example: every fault has its code, place and way out."""

from typing import Any

import pytest

from tocmodel import InvalidModelError, TheoryBuilder, TheoryOfChange
from tocmodel.figures import Figure, Missing
from tocmodel.findings import Severity
from tocmodel.model import Actual, Indicator, Outcome, Programme, Text


def draft() -> TheoryBuilder:
    built = TheoryOfChange.build("reading", "Reading clubs (fictional)")
    built.activity("clubs", "Clubs meet")
    built.outcome("more", "Children read more")
    built.link("clubs", "more")
    built.source("log", "The log of the clubs")
    built.dimension("sex", "Sex", categories=["girls", "boys"])
    built.indicator("readers", of="clubs", unit="person", by=["sex"])
    built.indicator("read", "What they read", of="more", kind="text")
    return built


FAULTS: list[tuple[str, Any, str, str, str, str]] = [
    ("two nodes with one id", lambda d: d.output("clubs", "x"), "M01", "clubs.id", "'clubs' is used twice", "another id"),
    ("the programme's own id", lambda d: d.actor("reading", "x"), "M01", "reading.id", "'reading' is used twice", "another id"),
    ("a misspelt id", lambda d: d.link("clubs", "mor"), "M02", "clubs->mor.to", "no node has the id 'mor'", "did you mean 'more'?"),
    ("an indicator of nothing", lambda d: d.indicator("k2", of="club"), "M02", "k2.of", "no node has the id 'club'", "did you mean 'clubs'?"),
    ("a target of no indicator", lambda d: d.target("reader", 5), "M02", "reader.target.indicator", "no indicator has the id 'reader'", "did you mean 'readers'?"),
    ("an actor that is not there", lambda d: d.output("o", "O", by="tem"), "M02", "o.by", "no actor has the id 'tem'", ""),
    ("a source that is not there", lambda d: d.output("o", "O", source="lgo"), "M02", "o.source", "no source has the id 'lgo'", "did you mean 'log'?"),
    ("the source of a figure", lambda d: d.actual("readers", {"printed": "5", "source": "lag"}), "M02", "readers.actual.figure", "no source has the id 'lag'", "did you mean 'log'?"),
    ("a link to an indicator", lambda d: d.link("clubs", "readers"), "M03", "clubs->readers.to", "'readers' is no node but an element of the list 'indicators'", ""),
    ("a package of another node's link", lambda d: d.package("k", "clubs", links=["clubs->more"]), "M04", "k.links", "leads to 'more', not to 'clubs'", "its own node"),
    ("an unknown unit", lambda d: d.indicator("k1", of="clubs", unit="girls"), "M05", "k1.unit", "unknown unit: 'girls'", "the population"),
    ("another unit", lambda d: d.actual("readers", {"printed": "5", "unit": "case"}), "M05", "readers.actual.figure", "case and person measure different things", "the indicator 'readers' is in person"),
    ("people and cases under one indicator", lambda d: [d.indicator("i", of="clubs"), d.actual("i", {"printed": "5", "unit": "case"}), d.target("i", {"printed": "5", "unit": "person"})], "M05", "i.unit", "the figures of 'i' are in case and person", "state the unit"),
    ("a dimension it is not broken down by", lambda d: d.actual("readers", 5, slice="age=10"), "M06", "readers.actual.age=10.slice", "not broken down by 'age'", "known: sex"),
    ("a category that is not there", lambda d: d.actual("readers", 5, slice="sex=girl"), "M06", "readers.actual.sex=girl.slice", "no category 'girl'", "did you mean 'girls'?"),
    ("a composite of nothing", lambda d: d.dimension("place", "Place", categories=[{"id": "coast", "members": ["est"]}, "east"]), "M06", "place.categories", "'coast' is made of 'est'", "did you mean 'east'?"),
    ("a category twice", lambda d: d.dimension("place", "Place", categories=["east", "east"]), "M01", "place.categories", "'east' stands twice", "another id"),
    ("a period that ends before it starts", lambda d: d.actual("readers", 5, period="2021/2020"), "F04", "actual of readers.period", "ends (2020-12-31) before it starts (2021-01-01)", "swap the dates"),
    ("an unknown field", lambda d: d.outcome("o", "O", horizont="long"), "F02", "o.horizont", "unknown key: 'horizont'", "did you mean 'horizon'?"),
    ("a word that is none", lambda d: d.outcome("o", "O", horizon="lnog"), "F04", "o.horizon", "unknown horizon: 'lnog'", "did you mean 'long'?"),
    ("text where a number belongs", lambda d: d.outcome("o", "O", weight="heavy"), "F04", "o.weight", "not a number: 'heavy'", "write digits"),
    ("an object where a word belongs", lambda d: d.outcome("o", "O", place=["a"]), "F04", "o.place", "not a text: ['a']", ""),
    ("no figure", lambda d: d.target("readers"), "F04", "target of readers", "the figure is missing", "figure: missing"),
    ("no id", lambda d: d.outcome("", "O"), "F04", ".id", "not an id: ''", "at least one character"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "add", "code", "path", "message", "hint"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_says_where_it_stands_and_what_to_do(what: str, add: Any, code: str, path: str, message: str, hint: str) -> None:
    built = draft()
    add(built)
    with pytest.raises(InvalidModelError) as raised:
        built.done()
    (finding,) = raised.value.findings
    assert finding.severity is Severity.ERROR, what
    assert (finding.code, finding.where.path.endswith(path)) == (code, True), finding.where
    assert message in finding.message
    assert hint in finding.hint


def test_all_faults_are_found_at_once() -> None:
    built = draft()
    for _, add, *_ in FAULTS:
        add(built)
    with pytest.raises(InvalidModelError) as raised:
        built.done()
    found = raised.value.findings
    assert {finding.code for finding in found} == {code for _, _, code, *_ in FAULTS}
    for _, _, code, _, message, _ in FAULTS:
        assert any(finding.code == code and message in finding.message for finding in found), message


@pytest.mark.parametrize(
    "add",
    [
        lambda d: [d.actual("readers", 5, id="a1", supersedes="a2"), d.actual("readers", 6, id="a2", supersedes="a1")],
        lambda d: d.actual("readers", 5, id="a1", supersedes="a1"),
        lambda d: d.indicator("sum", of="clubs", derived={"operation": "sum", "terms": ["readers", "sum"]}),
        lambda d: d.session("cafe", "Café", part_of="cafe"),
    ],
)
def test_nothing_is_replaced_by_calculated_from_or_part_of_itself(add: Any) -> None:
    built = draft()
    add(built)
    with pytest.raises(InvalidModelError, match=r"M09 .*itself"):
        built.done()


def test_a_value_replaces_only_a_value_of_its_own_indicator() -> None:
    built = draft()
    built.actual("readers", 5, id="a1")
    built.actual("read", "novels", supersedes="a1")
    with pytest.raises(InvalidModelError, match=r"M07 .*belongs to another indicator, 'readers'"):
        built.done()


def test_values_that_are_alike_get_names_of_their_own_whatever_their_order() -> None:
    figures = [5, 6, 7]
    models: list[TheoryOfChange] = []
    for order in (figures, figures[::-1]):
        built = draft()
        for figure in order:
            built.actual("readers", figure)
        models.append(built.done())
    assert [actual.id for actual in models[0].actuals] == ["readers.actual", "readers.actual#2", "readers.actual#3"]
    assert models[0] == models[1]


def test_texts_that_name_the_default_language_are_the_default() -> None:
    programme = Programme(id="p", title={"fr": "Clubs"}, language="fr")
    outcome = Outcome(id="o", title={"fr": "Lire", "en": "Read"}, delivery={"level": "x", "why": {"fr": "parce que"}})
    model = TheoryOfChange.of(programme, [outcome])
    assert model.programme.title == Text.read("Clubs")
    assert model.nodes[0].title == Text({"": "Lire", "en": "Read"})
    assert model.nodes[0].delivery is not None
    assert model.nodes[0].delivery.why == Text.read("parce que")


def test_what_an_indicator_in_words_was_told_is_a_result_in_words() -> None:
    built = draft()
    built.actual("read", "mostly novels")
    assert built.done().actuals[0].figure == Figure.in_words("mostly novels")


def test_a_figure_that_cannot_be_read_is_a_finding_and_missing() -> None:
    built = draft()
    built.actual("readers", "about 200")
    model = built.done()
    (finding,) = model.findings
    assert (finding.code, finding.severity, finding.where.path) == ("M08", Severity.WARNING, "readers.actual.figure")
    assert "'about' gives no bounds" in finding.message
    assert finding.message.startswith(
        f"the actual of “{next(each.title for each in model.indicators if each.id == 'readers')}” cannot be read"
    )
    assert model.actuals[0].figure.missing is Missing.NOT_READABLE


def test_findings_take_no_part_in_equality() -> None:
    records = [Outcome(id="o", title="O"), Indicator(id="i", title="I", of="o"), Actual(indicator="i", figure="?")]
    model = TheoryOfChange.of(Programme(id="p", title="P"), records)
    assert model.findings
    assert model == model.replaced()
