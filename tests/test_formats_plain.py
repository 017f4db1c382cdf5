"""Records as plain data and back, by example."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import tocmodel as toc
from tocmodel import TheoryOfChange
from tocmodel.errors import UnreadableFileError
from tocmodel.formats import plain
from tocmodel.formats.plain import VERSION, from_plain, path_text, to_plain

Document = dict[str, Any]


def document() -> Document:
    return {
        "tocmodel": 1,
        "programme": {"id": "reading", "title": "Reading clubs (fictional)", "language": "en"},
        "activities": [{"id": "clubs", "title": "Clubs meet"}],
        "outcomes": [{"id": "more", "title": {"en": "More reading", "fr": "Plus de lecture"}}],
        "links": [{"from": "clubs", "to": "more", "rationale": "practice"}],
        "dimensions": [{"id": "sex", "title": "Sex", "categories": ["girls", {"id": "boys", "title": "Boys"}]}],
        "indicators": [
            {
                "id": "readers",
                "title": "Readers",
                "of": "clubs",
                "unit": "person",
                "by": ["sex"],
                "targets": [{"figure": "at least 40"}],
                "actuals": [
                    {"figure": "over 30", "slice": {"sex": "girls"}},
                    {"numerator": "3", "denominator": "4", "id": "share"},
                ],
            }
        ],
    }


def test_what_is_written_is_what_was_read_and_as_short() -> None:
    assert to_plain(from_plain(document())) == document() | {"programme": {"id": "reading", "title": "Reading clubs (fictional)"}}


def test_numbers_booleans_and_nothing_are_read_as_well_as_text() -> None:
    given = document()
    given["activities"][0] |= {"driver": True, "weight": 2, "period": 2020, "place": None, "by": None, "sphere": None}
    given["indicators"][0]["targets"] = [{"figure": 40, "period": None}]
    given["actors"] = None
    model = from_plain(given)
    assert model.node("clubs").driver
    assert str(model.node("clubs").weight) == "2"
    assert model.targets[0].figure.value == 40


def test_texts_of_several_languages_name_the_default_one() -> None:
    assert to_plain(from_plain(document()))["outcomes"] == [{"id": "more", "title": {"en": "More reading", "fr": "Plus de lecture"}}]


@pytest.mark.parametrize(
    ("change", "path", "message", "hint"),
    [
        (lambda d: d.pop("tocmodel"), "", "the format version is missing", "write 'tocmodel: 1' on the first line"),
        (lambda d: d.update(tocmodel="1.0"), "tocmodel", "not a format version: '1.0'", "the newest is 1"),
        (lambda d: d.update(tocmodel=0), "tocmodel", "not a format version: '0'", "the newest is 1"),
        (lambda d: d.update(tocmodel="²"), "tocmodel", "not a format version: '²'", "the newest is 1"),
        (lambda d: d.update(tocmodel="9" * 5000), "tocmodel", "not a format version: '999", "the newest is 1"),
        (
            lambda d: d.update(tocmodel=7),
            "tocmodel",
            "the file has format version 7, this library reads up to version 1",
            "install a newer",
        ),
        (lambda d: d.pop("programme"), "", "'programme' is missing", "write programme:"),
        (lambda d: d["programme"].pop("title"), "programme", "'title' is missing", "every programme has one"),
        (lambda d: d.update(programme="x"), "programme", "expected a mapping of fields, found 'x'", "'id: …'"),
        (lambda d: d.update(activites=[]), "activites", "unknown key: 'activites'", "did you mean 'activities'?"),
        (lambda d: d.update(targets=[]), "targets", "'targets' stand under their indicator", "move this list there"),
        (lambda d: d.update(actors={"id": "a"}), "actors", "expected a list", "start each item with '- '"),
        (lambda d: d.update(actors=["a"]), "actors[0]", "expected a mapping of fields, found 'a'", "'id: …'"),
        (lambda d: d["links"][0].pop("to"), "links[0]", "'to' is missing", "every link has one"),
        (lambda d: d["links"][0].update(rationals="x"), "links[0].rationals", "unknown key: 'rationals'", "did you mean 'rationale'?"),
        (
            lambda d: d["indicators"][0].update(baseline={}),
            "indicators[0].baseline",
            "unknown key: 'baseline'",
            "did you mean 'baselines'?",
        ),
        (lambda d: d["links"][0].update(zz="x"), "links[0].zz", "unknown key: 'zz'", "known: assumptions, basis, confidence"),
        (lambda d: d.update(zz=[]), "zz", "unknown key: 'zz'", "known: activities, actors"),
        (lambda d: d["links"][0].update(to="mor"), "links[0].to", "no node has the id 'mor'", "did you mean 'more'?"),
        (
            lambda d: d["indicators"][0]["actuals"][0].update(period="2021/2020"),
            "indicators[0].actuals[0].period",
            "before it starts",
            "swap",
        ),
        (lambda d: d["indicators"][0]["actuals"][0].update(indicator="x"), "", "", ""),
        (lambda d: d["indicators"][0].update(actuals={"figure": 1}), "indicators[0].actuals", "expected a list", "start each item"),
    ],
)
def test_a_fault_names_its_path(change: Callable[[Document], object], path: str, message: str, hint: str) -> None:
    given = document()
    change(given)
    if not message:  # an indicator named inside its own list is the one it stands under
        assert from_plain(given).actuals[0].indicator == "readers"
        return
    with pytest.raises(UnreadableFileError) as raised:
        from_plain(given, file="m.json")
    finding = raised.value.findings[0]
    assert (finding.where.file, finding.where.path) == ("m.json", path)
    assert message in finding.message
    assert hint in finding.hint


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d["indicators"][0].pop("of"), "indicators[0]"),
        (lambda d: d["indicators"][0].update(id="two words"), "indicators[0].id"),
        (lambda d: d["indicators"][0].pop("id"), "indicators[0]"),
        (lambda d: d["activities"][0].pop("title"), "activities[0]"),
        (lambda d: d.update(nodes=d.pop("activities")), "nodes"),
        (
            lambda d: (
                d["links"][0].pop("to"),
                d.update(packages=[{"id": "k", "node": "more", "links": ["l"]}]),
                d["links"][0].update(id="l"),
            ),
            "links[0]",
        ),
        (lambda d: (d["links"][0].update(to="clubs"), d.update(evidence=[{"id": "e", "about": ["clubs->clubs"]}])), "links[0]"),
        (lambda d: d["indicators"][0]["actuals"][0].update(figure=[1]), "indicators[0].actuals[0].figure"),
    ],
)
def test_naming_what_is_itself_at_fault_is_no_second_fault(change: Callable[[Document], object], path: str) -> None:
    given = document()
    change(given)
    with pytest.raises(UnreadableFileError) as raised:
        from_plain(given)
    assert [finding.where.path for finding in raised.value.findings] == [path]


def test_the_values_of_an_indicator_at_fault_are_looked_at_all_the_same() -> None:
    given = document()
    del given["indicators"][0]["of"]
    given["indicators"][0] |= {"targets": [{"figure": 40, "period": "soon"}], "actuals": [{"figure": 3, "supersedes": "lost"}]}
    with pytest.raises(UnreadableFileError) as raised:
        from_plain(given)
    assert {finding.where.path: finding.code for finding in raised.value.findings} == {
        "indicators[0]": "F03",
        "indicators[0].targets[0].period": "F04",
        "indicators[0].actuals[0].supersedes": "M02",
    }


@pytest.mark.parametrize("value", [None, 5, "x", [], ["a"]])
def test_what_is_no_mapping_is_no_model(value: object) -> None:
    with pytest.raises(UnreadableFileError, match="not a model: expected a mapping"):
        from_plain(value)


def test_an_older_version_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_to_two(content: dict[str, object]) -> dict[str, object]:
        return {{"doings": "deeds"}.get(key, key): value for key, value in content.items()}

    def two_to_three(content: dict[str, object]) -> dict[str, object]:
        return {{"deeds": "activities"}.get(key, key): value for key, value in content.items()}

    monkeypatch.setattr(plain, "VERSION", 3)
    monkeypatch.setattr(plain, "MIGRATIONS", {1: one_to_two, 2: two_to_three})
    old = document()
    old["doings"] = old.pop("activities")
    middle = document() | {"tocmodel": "2"}
    middle["deeds"] = middle.pop("activities")
    assert from_plain(old) == from_plain(middle) == from_plain(document() | {"tocmodel": 3})


def test_there_is_a_step_for_every_older_version() -> None:
    assert sorted(plain.MIGRATIONS) == list(range(1, VERSION))


def test_paths_are_written_as_people_write_them() -> None:
    assert path_text(("links", 3, "assumptions", 0)) == "links[3].assumptions[0]"
    assert path_text(()) == ""


def test_extensions_are_kept_as_they_are() -> None:
    given = document()
    given["activities"][0]["extensions"] = {"tool": {"colour": ["red", {"x": None, "y": "1"}]}}
    assert to_plain(from_plain(given))["activities"] == given["activities"]


def test_an_empty_model_is_a_programme() -> None:
    model = from_plain({"tocmodel": "1", "programme": {"id": "p", "title": "P"}})
    assert isinstance(model, TheoryOfChange)
    assert to_plain(model) == {"tocmodel": 1, "programme": {"id": "p", "title": "P"}}


def test_a_document_goes_through_any_json_library() -> None:
    model = from_plain(document())
    assert toc.from_plain(json.loads(json.dumps(toc.to_plain(model)))) == model


def test_a_fault_tells_the_record_and_its_field_apart() -> None:
    given = document()
    given["links"][0].pop("to")
    given["indicators"][0]["actuals"][0]["period"] = "2021/2020"
    given["outcomes"][0]["id"] = "more or less"
    with pytest.raises(UnreadableFileError) as raised:
        from_plain(given)
    assert {(finding.where.record, finding.where.field) for finding in raised.value.findings} == {
        ("links[0]", "to"),
        ("indicators[0].actuals[0]", "period"),
        ("outcomes[0]", "id"),
    }
