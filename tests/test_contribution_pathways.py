"""Traces between sets, via a node, through an actor; matrices, streams, overlap, agents of change and strongest pathways."""

import pytest
from attrs import evolve

import tocmodel as toc
from tocmodel.contribution import acts_in, agents_of_change, contribution_matrix, downstream, loops, overlap, upstream
from tocmodel.errors import FieldError, RefusedError, UnknownIdError
from tocmodel.model import Judgement, TheoryBuilder


def draft() -> TheoryBuilder:
    found = toc.TheoryOfChange.build("reading", "Reading clubs (fictional)")
    found.actor("pupils", "Pupils")
    found.actor("parents", "Parents")
    found.activity("clubs", "Clubs meet", by="pupils")
    found.activity("boxes", "Book <boxes>")
    found.activity("posters", "Posters")
    found.outcome("read", "Pupils read daily", who="pupils")
    found.outcome("home", "Parents read along", who="parents")
    found.outcome("noise", "Noise in class")
    found.objective("fluent", "Pupils read fluently", who="pupils")
    found.source("report", "Report")
    found.link("clubs", "read", basis="stated", source="report")
    found.link("boxes", "read", basis="planned", source="report")
    found.link("boxes", "home", basis="inferred")
    found.link("read", "fluent", basis="stated", source="report")
    found.link("home", "fluent", basis="inferred")
    found.link("clubs", "noise", basis="inferred")
    found.link("noise", "fluent", basis="inferred", sign="hinders")
    found.link("fluent", "read", basis="inferred", feedback=True)
    found.evidence("visit", about="read->fluent")
    return found


@pytest.fixture(scope="module")
def model() -> toc.TheoryOfChange:
    return draft().done()


def test_a_trace_joins_several_starts(model: toc.TheoryOfChange) -> None:
    found = toc.trace(model, ["clubs", "boxes"], "fluent")
    assert (found.from_, found.to) == (("clubs", "boxes"), ("fluent",))
    assert found.count.count == 4
    assert found.bottlenecks.nodes == ()
    assert found.link_cut.size == 3
    assert found.node_cut.nodes == ("read", "home", "noise")
    assert found.layers == (("clubs", "boxes"), ("read", "home", "noise"), ("fluent",))
    assert found.polarity == "mixed"
    assert found.loops == (("read", "fluent"),)
    assert "from “Clubs meet” or “Book <boxes>” to “Pupils read fluently”" in found.sentence()
    assert "no fewer break them all: Pupils read daily; Parents read along; Noise in class" in str(found)


def test_each_pathway_has_its_polarity(model: toc.TheoryOfChange) -> None:
    found = toc.trace(model, "clubs", "fluent")
    assert {way.nodes[1]: way.polarity for way in found.pathways} == {"read": "+", "noise": "-"}
    assert toc.trace(model, "boxes", "fluent").polarity == "+"
    assert toc.trace(model, "posters", "fluent").polarity is None


def test_a_trace_via_a_node_counts_lists_and_shows_what_passes_it(model: toc.TheoryOfChange) -> None:
    found = toc.trace(model, ["clubs", "boxes"], "fluent", via="read")
    assert [way.nodes for way in found.pathways] == [("clubs", "read", "fluent"), ("boxes", "read", "fluent")]
    assert (found.count.count, found.total.count, found.share) == (2, 4, 0.5)
    assert found.every_path is False
    assert "clubs" not in toc.trace(model, ["clubs", "boxes"], "fluent", via="home").nodes
    assert found.bottlenecks.nodes == ("read",)
    assert found.bottlenecks.links == ("read->fluent",)
    assert "via “Pupils read daily”. Between the ends there are 4 in all." in found.sentence()


def test_a_trace_through_an_actor_says_whether_every_pathway_is_theirs(model: toc.TheoryOfChange) -> None:
    found = toc.trace(model, "boxes", "fluent", through="parents")
    assert [way.nodes for way in found.pathways] == [("boxes", "home", "fluent")]
    assert found.every_path is False
    theirs = toc.trace(model, "clubs", "fluent", through="pupils")
    assert theirs.every_path is True
    assert theirs.share == 1
    assert "on which “Pupils” act. No pathway avoids that." in theirs.sentence()
    assert not toc.trace(model, "clubs", "fluent", through="parents").reached


def test_a_limit_on_links_holds_for_all_of_a_trace(model: toc.TheoryOfChange) -> None:
    assert toc.trace(model, "clubs", "fluent", max_links=1).reached is False
    short = toc.trace(model, "clubs", "fluent", max_links=2)
    assert "fluent->read" not in short.links
    assert "fluent->read" in toc.trace(model, "clubs", "fluent").links
    assert short.bottlenecks.nodes == ()


def test_a_long_list_is_cut_and_the_count_stays_exact(model: toc.TheoryOfChange) -> None:
    found = toc.trace(model, ["clubs", "boxes"], "fluent", max_paths=1)
    assert (len(found.pathways), found.truncated, found.count.count, found.polarity) == (1, True, 4, "mixed")
    assert "the first pathway; there are 4" in str(found)


def test_a_trace_in_a_notebook_is_escaped(model: toc.TheoryOfChange) -> None:
    page = toc.trace(model, "boxes", "fluent", max_paths=1)._repr_html_()  # pyright: ignore[reportPrivateUsage] — what a notebook calls
    assert "Book &lt;boxes&gt;" in page
    assert "<boxes>" not in page
    assert "the first pathway; there are 2" in page


def test_unknown_ids_are_named(model: toc.TheoryOfChange) -> None:
    with pytest.raises(UnknownIdError, match="no node has the id 'club'; did you mean 'clubs'"):
        toc.trace(model, ["club"], "fluent")
    with pytest.raises(UnknownIdError, match="no actor has the id 'pupil'; did you mean 'pupils'"):
        toc.trace(model, "clubs", "fluent", through="pupil")
    with pytest.raises(UnknownIdError, match="no actor"):
        acts_in(model, "clubs")


def test_the_matrix_has_its_zeros_and_says_what_sources_carry(model: toc.TheoryOfChange) -> None:
    matrix = contribution_matrix(model)
    assert [row["paths"] for row in matrix.records()] == [2, 2, 0]
    assert (matrix["clubs", "fluent"].shortest, matrix["clubs", "fluent"].carried) == (2, True)
    assert (matrix["posters", "fluent"].shortest, matrix["posters", "fluent"].carried) == (None, None)
    assert contribution_matrix(model, ["boxes"], ["home"])["boxes", "home"].carried is False
    assert matrix.wide().cells() == [["Clubs meet", "2"], ["Book <boxes>", "2"], ["Posters", "0"]]
    assert matrix.wide().records()[2] == {"activity": "posters", "fluent": 0}
    with pytest.raises(UnknownIdError):
        matrix["clubs", "read"]
    assert len(contribution_matrix(model, [], []).wide()) == 0


def test_streams_stand_nearest_first(model: toc.TheoryOfChange) -> None:
    assert [(row.node, row.links) for row in downstream(model, "clubs")] == [("read", 1), ("noise", 1), ("fluent", 2)]
    assert [row.node for row in upstream(model, "read", max_links=1)] == ["clubs", "boxes", "fluent"]
    assert [row.node for row in upstream(model, "posters")] == []


def test_loops_say_whether_they_were_declared(model: toc.TheoryOfChange) -> None:
    found = loops(model)
    assert [(loop.nodes, str(loop.polarity), loop.declared) for loop in found.loops] == [(("fluent", "read"), "reinforcing", True)]
    assert found.components == (("read", "fluent"),)


def test_agents_of_change_are_changed_first_and_act_later(model: toc.TheoryOfChange) -> None:
    rows = agents_of_change(model)
    assert [(row.actor, row.changed_in, row.acts_later_in) for row in rows] == [("pupils", ("read", "fluent"), ("read", "fluent"))]


def test_overlap_tells_shared_ways_from_ways_apart(model: toc.TheoryOfChange) -> None:
    both = overlap(model, ["clubs", "boxes"], "fluent")
    assert both.reaching == ("clubs", "boxes")
    assert both.nodes == ("read",)
    assert both.links == ("read->fluent", "fluent->read")
    assert (both.single, both.joint, both.shared) == ((2, 2), 3, 1)
    assert "No single node is on all their pathways" in both.sentence()
    assert (
        overlap(model, ["clubs", "posters"], "fluent").sentence()
        == "Of these activities only “Clubs meet” leads to “Pupils read fluently”."
    )
    assert overlap(model, ["posters", "boxes"], "noise").sentence() == "None of these activities leads to “Noise in class”."
    assert overlap(model, ["clubs", "fluent"], "fluent").shared is None
    with pytest.raises(RefusedError):
        overlap(model, ["clubs"], "fluent")


def test_the_strongest_pathway_is_refused_without_strengths(model: toc.TheoryOfChange) -> None:
    found = toc.strongest_paths(model, ["clubs", "boxes"], "fluent")
    assert found.refused
    assert len(found.missing) == 8
    assert found.reason == "nobody judged the strength of 8 of the 8 links on the way"
    assert [ranked.strength for ranked in found.ranking] == [None] * 3
    assert [ranked.pathway.nodes[1] for ranked in found.ranking][:2] == ["read", "read"]  # as short as the others, with evidence
    assert "cannot be said" in str(found)
    assert "0.5" not in str(found)


def test_a_strength_that_no_pathway_needs_is_not_missed(model: toc.TheoryOfChange) -> None:
    panel = Judgement(low="0.5", high="0.5", by="a panel")
    judged = [evolve(link, strength=panel) for link in model.links if not link.feedback]
    assert not toc.strongest_paths(model.replaced(*judged), "clubs", "fluent").refused
    assert toc.strongest_paths(model.replaced(*judged), "fluent", "read").missing == ("fluent->read",)


def test_judged_strengths_rank_by_their_low_ends_and_name_who_judged() -> None:
    model = draft().done()
    strengths = {
        "clubs->read": ("0.5", "0.9"),
        "read->fluent": ("0.5", "0.5"),
        "clubs->noise": ("0.6", "0.6"),
        "noise->fluent": ("0.6", "0.6"),
    }
    judgements = {id: Judgement(low=low, high=high, by="a panel") for id, (low, high) in strengths.items()}
    links = [evolve(link, strength=judgements.get(link.id, Judgement(low=0, high=1, by="a panel"))) for link in model.links]
    found = toc.strongest_paths(model.replaced(*links), "clubs", "fluent")
    assert not found.refused
    assert [ranked.pathway.nodes[1] for ranked in found.ranking] == ["noise", "read"]
    assert [str(ranked.strength) for ranked in found.ranking] == ["0.36", "0.25 to 0.45"]
    assert found.ranking[0].judgements[0].by == "a panel"
    assert "judged by a panel" in str(found)
    assert found.records()[1]["judged_by"] == "a panel"


def test_a_ranking_of_nothing_is_refused(model: toc.TheoryOfChange) -> None:
    with pytest.raises(FieldError):
        toc.strongest_paths(model, "clubs", "fluent", k=0)
    assert (
        toc.strongest_paths(model, "posters", "fluent").sentence()
        == "The theory draws no pathway from “Posters” to “Pupils read fluently”."
    )
