"""Mermaid, DOT and GraphML, and theories typed as outlines."""

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import tocmodel as toc
from tocmodel.errors import UnreadableFileError
from tocmodel.formats import graphs, outline

NASTY = 'A "title" with <b>, & ] } | # ; -->\nand a line\\'


def clubs() -> toc.TheoryOfChange:
    draft = toc.TheoryOfChange.build("clubs", "Reading clubs")
    meet = draft.activity("meet", "Clubs meet", basis="planned")
    fluent = draft.outcome("fluent", NASTY, horizon="long")
    enjoy = draft.objective("enjoy", "Pupils enjoy reading", level="overall")
    draft.link(meet, fluent, rationale="practice", basis="inferred")
    draft.link(fluent, enjoy)
    draft.link(meet, enjoy, sign="hinders")
    return draft.done()


def test_mermaid_escapes_every_sign_with_a_meaning() -> None:
    lines = graphs.mermaid(clubs()).splitlines()
    assert lines[2] == '  n1("A #34;title#34; with #60;b#62;, #38; #93; #125; #124; #35; ; --#62; and a line#92;")'
    assert lines[4:] == ["  n0 -.-> n1", "  n1 --> n2", "  n0 --x n2"]


def test_graphviz_reads_the_dot_text(tmp_path: Path) -> None:
    pygraphviz = pytest.importorskip("pygraphviz")
    graph = pygraphviz.AGraph(string=graphs.dot(clubs()))
    assert set(graph.nodes()) == {"meet", "fluent", "enjoy"}
    assert len(graph.edges()) == 3
    assert "title" in graph.get_node("fluent").attr["label"]
    assert toc.write(clubs(), tmp_path / "clubs.dot").read_text(encoding="utf-8") == graphs.dot(clubs())


def test_graphml_is_read_back_with_kinds_and_basis(tmp_path: Path) -> None:
    again = toc.read(toc.write(clubs(), tmp_path / "clubs.graphml"))
    assert set(again.nodes) == set(clubs().nodes)
    assert set(again.links) == set(clubs().links)
    assert str(again.programme.title) == "Reading clubs"


def test_networkx_reads_ours_and_we_read_theirs(tmp_path: Path) -> None:
    path = toc.write(clubs(), tmp_path / "clubs.graphml")
    graph = nx.read_graphml(path)
    assert graph.nodes["fluent"]["title"] == NASTY
    other = nx.DiGraph()
    other.add_node("a 1", label="Clubs meet", kind="activity")
    other.add_node("b", label="Pupils read")
    other.add_edge("a 1", "b")
    nx.write_graphml(other, tmp_path / "other.graphml")
    model = toc.read(tmp_path / "other.graphml")
    assert [(node.id, node.kind, str(node.title)) for node in model.nodes] == [
        ("a-1", "activity", "Clubs meet"),
        ("b", "outcome", "Pupils read"),
    ]
    assert [(link.from_, link.to) for link in model.links] == [("a-1", "b")]
    assert [(finding.code, finding.severity) for finding in model.findings] == [("F08", "warning")]


def test_labels_as_yed_writes_them(tmp_path: Path) -> None:
    path = tmp_path / "yed.graphml"
    path.write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"><key id="d6" for="node" yfiles.type="nodegraphics"/>'
        '<graph id="G" edgedefault="directed"><node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Clubs meet</y:NodeLabel></y:ShapeNode></data></node></graph></graphml>',
        encoding="utf-8",
    )
    assert [str(node.title) for node in toc.read(path).nodes] == ["Clubs meet"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<graphml", "not GraphML"),
        ("<html/>", "expected <graphml>"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "document type"),
        ("<graphml>" + "<x>" * 200 + "</x>" * 200 + "</graphml>", "too deeply nested"),
        (
            '<graphml><graph><node id="a"/>\n<edge source="a" target="b"/></graph></graphml>',
            r"bad.graphml:2: links\[0\].to: no node has the id 'b'",
        ),
    ],
)
def test_what_is_no_graph_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.graphml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=message):
        toc.read(path)


OUTLINE = """\
# Reading clubs
Goal: Pupils enjoy reading
  - Pupils read fluently {fluent}
      Clubs meet every week {club}
        ? Schools lend a room
          Volunteers are trained
  Outcome: Families read together
      {club}
"""


def test_an_outline_becomes_a_theory(tmp_path: Path) -> None:
    path = tmp_path / "clubs.outline"
    path.write_text(OUTLINE, encoding="utf-8")
    model = toc.read(path)
    assert {node.id: node.kind for node in model.nodes} == {
        "volunteers-are-trained": "activity",
        "club": "output",
        "fluent": "outcome",
        "families-read-together": "outcome",
        "pupils-enjoy-reading": "objective",
    }
    assert {(link.from_, link.to): link.assumptions for link in model.links} == {
        ("fluent", "pupils-enjoy-reading"): (),
        ("club", "fluent"): ("schools-lend-a-room",),
        ("volunteers-are-trained", "club"): (),
        ("families-read-together", "pupils-enjoy-reading"): (),
        ("club", "families-read-together"): (),
    }
    assert str(model.programme.title) == "Reading clubs"
    assert outline.loads(outline.outline(model)).links == model.links


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the outline is empty"),
        ("Goal: A\n  {b}", "outline:2: no line above has the id 'b'"),
        ("Goal: A\n  ? holds", "outline:2: an assumption that stands under no link"),
        ("Goal: A\n   B\n  C", "outline:3: blanks before this line: 2, between those of the lines above: 0 and 3"),
        ("  Goal: A\n B", "outline:2: blanks before this line: 1, fewer than before the first line: 2"),
        ("Goal: A\n  B\n    ? {rooms}", "outline:3: no assumption above has the id 'rooms'"),
        ("Goal: A\n  B\n    ?", "outline:3: an assumption without words"),
        ("Goal: A\n  B\n    ? x {r}\n  C\n    ? y {r}", "outline:5: the id 'r' is that of another assumption: 'x'"),
        ("Goal:  \n", "a line without a title"),
    ],
)
def test_faults_of_an_outline_have_their_line(text: str, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        outline.loads(text)


def test_a_loop_is_written_once_around() -> None:
    draft = toc.TheoryOfChange.build("loop")
    one, other = draft.outcome("one", "One"), draft.outcome("other", "Other")
    draft.link(one, other)
    draft.link(other, one)
    again = outline.loads(outline.outline(draft.done()))
    assert {(link.from_, link.to) for link in again.links} == {("one", "other"), ("other", "one")}


def test_commands_convert_between_them(tmp_path: Path) -> None:
    source, target = tmp_path / "clubs.outline", tmp_path / "clubs.mmd"
    source.write_text(OUTLINE, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "tocmodel", "convert", str(source), str(target)], check=True, capture_output=True)
    assert target.read_text(encoding="utf-8").startswith("flowchart LR")


def test_assumptions_of_an_outline_have_ids_too() -> None:
    model = outline.loads("Goal: A\n  B {b}\n    ? Rooms are open {rooms}\n  C {c}\n    ? {rooms}\n")
    assert [(assumption.id, str(assumption.title)) for assumption in model.assumptions] == [("rooms", "Rooms are open")]
    assert [link.assumptions for link in model.links] == [("rooms",), ("rooms",)]
    assert outline.loads(outline.outline(model)).assumptions == model.assumptions


def test_a_misspelt_kind_in_an_outline_is_a_finding_and_a_colon_in_a_title_none() -> None:
    model = outline.loads("Goal: A\n  Actvity: Train teachers: the basics\n  Clubs: they meet\n")
    assert [(finding.where.line, finding.message, finding.hint) for finding in model.findings] == [
        (2, "'Actvity' is no kind and was read as a part of the title", "did you mean 'Activity'?")
    ]
    assert [str(node.title) for node in model.nodes] == ["Actvity: Train teachers: the basics", "Clubs: they meet", "A"]
