"""Parts of a breakdown, by example."""

import pytest

from tocmodel.errors import FieldError
from tocmodel.slices import Slice


def test_the_order_of_dimensions_does_not_matter() -> None:
    assert Slice.read("sex=girls, age=10-14") == Slice.read({"age": "10-14", "sex": "girls"})
    assert hash(Slice.read("sex=girls, age=10-14")) == hash(Slice.read("age=10-14,sex=girls"))


@pytest.mark.parametrize("value", [None, "", "total", "  ", {}])
def test_the_empty_slice_is_the_total(value: object) -> None:
    total = Slice.read(value)
    assert total == Slice()
    assert not total
    assert str(total) == "total"


def test_a_slice_knows_its_dimensions() -> None:
    part = Slice.read({"sex": "girls", "age": "10-14"})
    assert part.dimensions == ("age", "sex")
    assert part["sex"] == "girls"
    assert dict(part) == {"age": "10-14", "sex": "girls"}
    with pytest.raises(KeyError):
        _ = part["place"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("girls", "write {sex: girls} or sex=girls"),
        ("sex=", "not a slice"),
        ("=girls", "not a slice"),
        ("sex=girls,", "not a slice"),
        ("sex=girls, sex=boys", "a dimension stands twice"),
        ({"sex": ["girls", "boys"]}, "one category for each dimension"),
        ({"sex": None}, "one category for each dimension"),
    ],
)
def test_what_is_no_slice_is_refused(value: object, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        Slice.read(value)


def test_slices_sort() -> None:
    assert sorted([Slice.read("sex=girls"), Slice(), Slice.read("age=1")]) == [Slice(), Slice.read("age=1"), Slice.read("sex=girls")]
