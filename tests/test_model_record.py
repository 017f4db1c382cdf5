"""How the fields of records are read, by example."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tocmodel.errors import FieldError
from tocmodel.model import Actor, Basis, Breakdown, Category, Coverage, Direction, IndicatorKind, Judgement, Sensitivity
from tocmodel.model.record import (
    choice,
    converted,
    flag,
    in_words,
    many,
    optional_choice,
    optional_day,
    optional_flag,
    optional_number,
    optional_part,
    optional_whole,
    part,
    to_id,
    whole,
)


@pytest.mark.parametrize("value", ["a", "child-rights-clubs", "é", "日本", "a:b", "no", 5])
def test_an_id_is_any_word(value: object) -> None:
    assert to_id(value) == str(value)


@pytest.mark.parametrize("value", ["", None, "a b", "a/b", "a\tb", "a\nb", "nul\0", ["a"], {"a": "b"}, "zero\u200bwidth"])
def test_what_is_no_id_is_refused(value: object) -> None:
    with pytest.raises(FieldError, match="not an id"):
        to_id(value)


@pytest.mark.parametrize(("value", "answer"), [(True, True), ("yes", True), (" True ", True), ("no", False), (False, False)])
def test_true_and_false(value: object, answer: bool) -> None:
    assert flag(value) is answer
    assert optional_flag(value) is answer


@pytest.mark.parametrize("value", ["1", "maybe", "", 0, "ja"])
def test_what_is_neither_is_refused(value: object) -> None:
    with pytest.raises(FieldError, match="write true or false"):
        flag(value)


@pytest.mark.parametrize(
    "read", [optional_flag, optional_number, optional_day, optional_whole, optional_choice(Basis), optional_part(Category)]
)
def test_nothing_stays_nothing(read: Callable[[object], object]) -> None:
    assert read(None) is None


def test_whole_numbers() -> None:
    assert whole("1e3") == 1000
    assert whole(Decimal("5.0")) == 5
    for value in ("1.5", "x", True, "1e9999"):
        with pytest.raises(FieldError):
            whole(value)


def test_a_word_of_a_list_or_the_nearest_as_a_hint() -> None:
    assert choice(Direction)("increase") is Direction.INCREASE
    with pytest.raises(FieldError, match="unknown direction: 'incraese' \\(did you mean 'increase'"):
        choice(Direction)("incraese")
    with pytest.raises(FieldError, match="unknown indicator kind: 'xyz' \\(known: count, "):
        choice(IndicatorKind)("xyz")


def test_a_single_item_is_a_list_of_one() -> None:
    read = many(to_id)
    assert read(None) == ()
    assert read("a") == ("a",)
    assert read(["a", "b"]) == read(("a", "b")) == ("a", "b")
    with pytest.raises(FieldError, match="item 2: not an id"):
        read(["a", "b c"])


def test_a_part_is_itself_a_mapping_or_its_shorthand() -> None:
    read = part(Breakdown, shorthand="dimension")
    assert read("sex") == read({"dimension": "sex"}) == read(Breakdown("sex"))
    assert read({"dimension": "sex", "coverage": "partial"}).coverage is Coverage.PARTIAL
    assert read({"dimension": "sex", "coverage": None}).coverage is Coverage.EXHAUSTIVE


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"dimesion": "sex"}, "breakdown: it has no 'dimesion' \\(did you mean 'dimension'"),
        ({"coverage": "partial"}, "breakdown: it needs 'dimension'"),
        ({"dimension": None}, "breakdown: it needs 'dimension'"),
        ({"dimension": ["sex"]}, "not a text"),
        (["sex"], "no breakdown"),
        (None, "no breakdown"),
    ],
)
def test_what_is_no_part_is_refused(value: object, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        part(Breakdown, shorthand="dimension")(value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"low": "0.2"}, "a judged range needs both ends"),
        ({"low": "0.8", "high": "0.2"}, "0 <= low <= high <= 1"),
        ({"low": "0", "high": "1.1"}, "not a range of probabilities"),
        ({"by": "M&E officer"}, "without a range or a level"),
    ],
)
def test_a_judgement_needs_a_range_or_a_level(given: dict[str, object], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        part(Judgement)(given)


def test_a_judgement_says_who_when_and_why() -> None:
    judgement = part(Judgement)({"level": "moderate", "by": "reading group", "on": 2021, "why": "fictional"})
    assert (judgement.low, judgement.level, judgement.on, str(judgement.why)) == (None, "moderate", "2021", "fictional")


def test_every_record_can_say_who_says_so_and_how_far_it_may_travel() -> None:
    actor = Actor(
        id="librarian",
        title="Librarian",
        basis="inferred",
        source={"source": "plan", "place": "p. 2"},
        note="fictional",
        formerly=["librarians"],
        sensitivity="internal",
        extensions={"iati": {"ref": ["XM-1"]}},
    )
    assert (actor.basis, actor.sensitivity, actor.formerly) == (Basis.INFERRED, Sensitivity.INTERNAL, ("librarians",))
    assert str(actor.source) == "plan, p. 2"
    assert actor.extensions["iati"] == {"ref": ("XM-1",)}


def test_foreign_data_cannot_be_changed_and_take_part_in_equality_and_hash() -> None:
    data = {"tool": {"colour": ["red"]}}
    one, other = (Actor(id="a", title="A", extensions=data) for _ in range(2))
    data["tool"]["colour"].append("blue")
    assert one == other
    assert hash(one) == hash(other)
    assert one.extensions["tool"] == {"colour": ("red",)}
    assert one != Actor(id="a", title="A", extensions=data)
    with pytest.raises(TypeError):
        one.extensions["tool"] = {}  # type: ignore[index]
    with pytest.raises(FieldError, match="write extensions"):
        Actor(id="a", title="A", extensions=["x"])


def test_text_fields_take_no_lists_for_text() -> None:
    assert converted(str, 5) == "5"
    assert converted(None, [1]) == [1]
    with pytest.raises(FieldError, match="not a text"):
        converted(str, ["a"])


def test_days_and_class_names_in_words() -> None:
    assert optional_day("2021-09-29") == date(2021, 9, 29)
    assert in_words(IndicatorKind) == "indicator kind"


@pytest.mark.parametrize("value", [Decimal("1e999999"), "1e999999", Decimal("NaN")])
def test_a_whole_number_is_not_beyond_all_measure(value: object) -> None:
    with pytest.raises(FieldError, match=r"a number beyond all measure|not a number"):
        whole(value)
