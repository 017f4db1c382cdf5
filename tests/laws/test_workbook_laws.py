"""Laws of the formats beside the native file: nothing is lost in a workbook, and graph text survives every title."""

import tempfile
from pathlib import Path

from hypothesis import given, settings, strategies as st

import tocmodel as toc
from tests.strategies import NASTY, ids, theories, words
from tocmodel.formats import outline
from tocmodel.formats.graphs import dot, graphml, mermaid, read_graphml
from tocmodel.formats.layouts.numbers import DecimalSign, printed_in
from tocmodel.formats.naming import id_of
from tocmodel.formats.workbook.cells import Column, Shape, read, written
from tocmodel.model import Programme, Record, TheoryOfChange


@settings(max_examples=25)
@given(theories())
def test_a_workbook_that_was_written_is_read_back_equal(drawn: tuple[Programme, list[Record]]) -> None:
    model = TheoryOfChange.of(*drawn)
    with tempfile.TemporaryDirectory() as folder:
        assert toc.read(toc.write(model, Path(folder) / "plan.xlsx")) == model


@given(st.one_of(words(), st.sampled_from(NASTY)), st.sampled_from(list(Shape)))
def test_every_text_is_read_back_from_its_cell(text: str, shape: Shape) -> None:
    column = Column("x", shape)
    cell = written(text, column)
    assert cell
    assert read(cell, column) == text


@given(st.lists(st.one_of(words(), ids()), max_size=4), st.sampled_from([Shape.LIST, Shape.LINES, Shape.DATA]))
def test_every_list_is_read_back_from_its_cell(items: list[str], shape: Shape) -> None:
    column = Column("x", shape)
    assert read(written(items, column), column) == items


@settings(max_examples=25)
@given(theories(values=False))
def test_graphml_keeps_nodes_and_links(drawn: tuple[Programme, list[Record]]) -> None:
    model = TheoryOfChange.of(*drawn)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.graphml"
        path.write_text(graphml(model), encoding="utf-8")
        again = read_graphml(path)
    assert {(node.id, node.kind, node.basis) for node in again.nodes} == {(node.id, node.kind, node.basis) for node in model.nodes}
    assert {(link.id, link.from_, link.to, link.sign, link.basis) for link in again.links} == {
        (link.id, link.from_, link.to, link.sign, link.basis) for link in model.links
    }
    assert not again.findings


@settings(max_examples=25)
@given(theories(values=False))
def test_graph_text_has_a_line_for_each_node_and_link_whatever_they_are_called(drawn: tuple[Programme, list[Record]]) -> None:
    model = TheoryOfChange.of(*drawn)
    lines = len(model.nodes) + len(model.links)
    assert len(mermaid(model).splitlines()) == lines + 1
    assert dot(model).count("\n") == lines + 4


@settings(max_examples=25)
@given(theories(values=False))
def test_an_outline_keeps_nodes_and_links(drawn: tuple[Programme, list[Record]]) -> None:
    model = TheoryOfChange.of(*drawn)
    if any(set("{}") & set(node.id) for node in model.nodes):
        return
    again = outline.loads(outline.outline(model))
    assert {(node.id, node.kind) for node in again.nodes} == {(node.id, node.kind) for node in model.nodes}
    assert {(link.from_, link.to) for link in again.links} == {(link.from_, link.to) for link in model.links}


@given(words(), st.lists(ids(), max_size=3))
def test_an_id_made_of_a_title_is_an_id_that_nobody_has(title: str, taken: list[str]) -> None:
    id = id_of(title, taken)
    assert id not in taken
    assert " " not in id
    assert "/" not in id
    assert id.isprintable()


@given(st.decimals(-10000, 10_000_000, places=2, allow_nan=False))
def test_a_number_with_a_decimal_comma_is_read_once_that_is_stated(number: object) -> None:
    text = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    (printed,) = printed_in(text, decimal=DecimalSign.COMMA, doubtful=True)
    figure = toc.Figure.read("") if isinstance(printed.figure, str) else printed.figure
    assert isinstance(figure, dict), text
    assert figure["printed"] == text
    assert figure["bounds"] == {"from": str(number), "to": str(number)} or float(figure["bounds"]["from"]) == float(str(number))
