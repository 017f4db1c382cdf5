"""The table of which field names which records: every record and every field that holds ids is in it."""

from collections.abc import Iterator
from typing import get_args, get_origin

import pytest
from attrs import fields, has

import tocmodel.model as records
from tocmodel.figures import Citation, Figure
from tocmodel.model import Actor, Actual, Derivation, Indicator, Link, Node, Outcome, Overlap, Record, Source, Term
from tocmodel.model.record import ids, optional_id, to_id
from tocmodel.model.references import ANY, REFERENCES, SECTIONS, Reference, kind_name, references

NAMES_ITSELF = {"id", "formerly"}


def concrete_records() -> Iterator[type[Record]]:
    for name in records.__all__:
        held = getattr(records, name)
        if isinstance(held, type) and issubclass(held, Record) and held.section:
            yield held


def test_every_class_of_record_is_in_the_table() -> None:
    assert set(concrete_records()) == set(REFERENCES)


@pytest.mark.parametrize("cls", REFERENCES, ids=lambda cls: cls.__name__)
def test_every_field_that_holds_ids_is_in_the_table_and_no_other(cls: type[Record]) -> None:
    holding = {attribute.name for attribute in fields(cls) if attribute.converter in {ids, optional_id, to_id}} - NAMES_ITSELF
    assert holding == set(REFERENCES[cls])


@pytest.mark.parametrize("cls", REFERENCES, ids=lambda cls: cls.__name__)
def test_a_reference_may_only_name_records(cls: type[Record]) -> None:
    for kinds in REFERENCES[cls].values():
        assert kinds
        assert all(kind is Record or kind in REFERENCES for kind in kinds)
        assert kind_name(kinds)


@pytest.mark.parametrize("cls", REFERENCES, ids=lambda cls: cls.__name__)
def test_every_figure_of_a_record_cites_its_source(cls: type[Record]) -> None:
    """Fields of type figure are found by their annotation, so that a new one is not forgotten."""
    holding = [attribute.name for attribute in fields(cls) if attribute.type is Figure or Figure in get_args(attribute.type)]
    record = object.__new__(cls)
    for attribute in fields(cls):
        object.__setattr__(record, attribute.name, () if get_origin(attribute.type) is tuple else None)
    for name in holding:
        object.__setattr__(record, name, Figure.read(5, source=f"source-of-{name}"))
    assert {reference.id for reference in references(record)} == {f"source-of-{name}" for name in holding}


def test_the_lists_of_a_file_are_named_by_their_class() -> None:
    assert len(SECTIONS) == len(REFERENCES) - 1
    assert all(cls.section == name for name, cls in SECTIONS.items())


def test_the_references_of_a_link_its_source_and_its_assumptions() -> None:
    link = Link(from_="a", to="b", assumptions=["s", "t"], source="report")
    assert [(reference.field, reference.id) for reference in references(link)] == [
        ("from", "a"),
        ("to", "b"),
        ("assumptions", "s"),
        ("assumptions", "t"),
        ("source", "report"),
    ]
    assert Reference("source", "report", (Source,)) in set(references(link))


def test_the_references_of_a_derived_indicator_and_of_figures() -> None:
    derived = Indicator(id="i", title="I", of="a", derived=Derivation("sum", (Term("j"),), (Term("k"),)))
    assert [reference.id for reference in references(derived) if reference.field == "derived"] == ["j", "k"]
    actual = Actual(indicator="i", figure=Figure.read(1, source=Citation("page", "row 3")), numerator=Figure.read(1, source="log"))
    assert {reference.id for reference in references(actual)} == {"i", "page", "log"}
    assert {reference.id for reference in references(Overlap(id="o", between=["i"], figure=Figure.read(1, source="page")))} == {"i", "page"}


def test_what_a_field_expects_in_words() -> None:
    assert kind_name(REFERENCES[Link]["to"]) == "node"
    assert kind_name(ANY) == "element"
    assert kind_name((Actor, Source)) == "actor or source"
    assert set(get_args(Node)) <= set(REFERENCES)
    assert has(Outcome)
