"""Claims of sources: filters, tracing, threads, zooming with its warning, bundles, and the evidence of a model as claims."""

import pytest

from tocmodel.contribution import Claim, Claims, bundles, claims_of, robustness, robustness_overlap, robustness_table, traced_share
from tocmodel.errors import FieldError, RefusedError, UnknownIdError
from tocmodel.model import TheoryOfChange

PIG = Claim("A", "B", "pig farmer", quote="pigs", attributes={"gender": "f", "district": "Hill"})
WHEAT = Claim("B", "C", "wheat farmer", attributes={"gender": "m"}, sentiment="positive", mention="implicit")
BOTH = Claim("A", "B", "teacher", mention="explicit"), Claim("B", "C", "teacher", sentiment="negative")


@pytest.mark.parametrize("field", ["cause", "effect", "source"])
def test_a_claim_needs_words(field: str) -> None:
    cause, effect, source = ("  " if field == name else "x" for name in ("cause", "effect", "source"))
    with pytest.raises(FieldError, match="needs a cause"):
        Claim(cause, effect, source)


def test_attributes_without_a_value_are_not_known() -> None:
    claim = Claim("A", "B", "s", attributes={"gender": "", "district": "Hill"})
    assert claim.attributes == (("district", "Hill"),)
    assert claim.attribute("gender") is None
    assert claim.attribute("district") == "Hill"
    assert hash(claim) == hash(Claim("A", "B", "s", attributes=[("district", "Hill")]))


def test_filters_take_fields_attributes_and_several_values() -> None:
    claims = Claims([PIG, WHEAT, *BOTH])
    assert claims.where(gender="f").claims == (PIG,)
    assert claims.where(gender=["f", "m"]).claims == (PIG, WHEAT)
    assert claims.where(mention="implicit", source="wheat farmer").claims == (WHEAT,)
    assert claims.where(sentiment="negative").claims == BOTH[1:]
    assert claims.where(gender="f").steps == ("where gender is f",)
    with pytest.raises(FieldError, match="'gendre'") as caught:
        claims.where(gendre="f")
    assert "did you mean 'gender'" in str(caught.value)


def test_the_transitivity_trap_is_named() -> None:
    pieced = robustness(Claims([PIG, WHEAT]), "A", "C")
    assert (pieced.robustness, pieced.threads, pieced.extended, pieced.coherence) == (1, (), 0, 0.0)
    assert pieced.pieced_together
    assert "pieced together" in pieced.sentence()
    whole = robustness(Claims([PIG, WHEAT, *BOTH]), "A", "C")
    assert (whole.robustness, whole.threads, whole.extended, whole.coherence) == (2, ("teacher",), 1, 0.5)
    assert not whole.pieced_together
    assert "1 of 3 sources on the way tells a whole path" in whole.sentence()


def test_the_same_factor_has_no_number_and_no_path_is_zero() -> None:
    claims = Claims([PIG, WHEAT])
    same = robustness(claims, ["A", "B"], "B")
    assert (same.robustness, same.extended, same.coherence, same.cut) == (None, None, None, ())
    assert "same factor" in same.sentence()
    none = robustness(claims, "C", "A")
    assert (none.robustness, none.extended, none.coherence, none.threads) == (0, 0, None, ())
    assert none.sentence() == "No chain of claims leads from “C” to “A”."
    assert none.record()["robustness"] == 0


def test_a_claim_that_a_factor_leads_to_itself_counts_for_nothing() -> None:
    claims = Claims([PIG, Claim("A", "A", "s"), Claim("B", "B", "s")])
    assert robustness(claims, "A", "B").robustness == 1


def test_one_voice_counts_once_where_sources_are_counted() -> None:
    claims = Claims([PIG, PIG, PIG, Claim("A", "B", "other")])
    assert robustness(claims, "A", "B").robustness == 4
    assert robustness(claims, "A", "B", counting="sources").robustness == 2
    assert "2 sources on a link would" in robustness(claims, "A", "B", counting="sources").sentence()
    with pytest.raises(FieldError, match="unknown counting"):
        robustness(claims, "A", "B", counting="voices")


def test_an_unknown_factor_is_named_with_the_nearest() -> None:
    claims = Claims([Claim("Reading clubs", "Reading", "s")])
    for call in (lambda: robustness(claims, "Reading club", "Reading"), lambda: claims.trace("Reading club", "Reading")):
        with pytest.raises(UnknownIdError, match="no factor has the id 'Reading club'; did you mean 'Reading clubs'"):
            call()


def test_a_table_has_zeros_margins_and_same_factors() -> None:
    table = robustness_table(Claims([PIG, WHEAT, *BOTH]), ["A", "B"], ["B", "C"])
    assert [dict(row.cells) for row in table] == [{"B": 2, "C": 2}, {"B": None, "C": 2}, {"B": None, "C": 2}]
    assert table.rows[1].all_targets is None
    assert table.all is None
    assert "same factor" in str(table)
    assert table.records()[0] == {"from": "A", "B": 2, "C": 2, "All targets": 2}
    assert robustness_table(Claims([PIG, WHEAT]), ["C"], ["A"]).rows[0].cells == {"A": 0}
    assert robustness_overlap(Claims([PIG]), ["A"], "A").sentence() == "An origin is among the targets: there is no number."


def test_an_origin_that_adds_nothing_of_its_own() -> None:
    claims = Claims([Claim("Rain", "Flood", "s")] * 3 + [Claim("Forest lost", "Flood", "s")] + [Claim("Flood", "Damage", "s")] * 3)
    found = robustness_overlap(claims, ["Rain", "Forest lost"], "Damage")
    assert (dict(found.single), found.joint, found.overlap) == ({"Rain": 3, "Forest lost": 1}, 3, 1)


def test_threads_need_a_trace_and_keep_only_whole_stories() -> None:
    claims = Claims([PIG, WHEAT, *BOTH])
    with pytest.raises(RefusedError, match="trace"):
        claims.threads()
    assert claims.trace("A", "C").threads().claims == BOTH
    assert claims.trace("A", "C").threads().steps == ("trace from A to C", "threads")
    assert claims.trace("A", "C", max_links=1).claims == ()


def test_zooming_before_tracing_warns_and_names_the_false_path() -> None:
    told = Claims([Claim("Clubs", "Knowledge; stories", "s1"), Claim("Knowledge; farming", "Income", "s2")])
    late = told.zoom(1)
    assert late.warnings == ("zoomed before tracing: paths may join what nobody told together",)
    traced = late.trace("Clubs", "Income")
    assert len(traced) == 2
    assert "only zooming joins them" in traced.warnings[-1]
    assert "only zooming joins them" in str(traced)
    right = Claims([*told, Claim("Knowledge; stories", "Income", "s1")]).trace("Clubs", "Income").zoom(1)
    assert right.warnings == ()
    assert right.pairs == (("Clubs", "Knowledge"), ("Knowledge", "Income"))


def test_a_filter_after_zooming_asks_the_same_people_what_they_told() -> None:
    told = Claims(
        [
            Claim("Clubs", "Knowledge/stories", "s1", attributes={"gender": "f"}),
            Claim("Knowledge/farming", "Income", "s2", attributes={"gender": "f"}),
            Claim("Clubs", "Knowledge/farming", "s3", attributes={"gender": "m"}),
        ]
    )
    late = told.zoom(1, separator="/")
    assert late.trace("Clubs", "Income").warnings == late.warnings  # told by somebody
    assert "only zooming joins them" in late.where(gender="f").trace("Clubs", "Income").warnings[-1]


def test_threads_after_zooming_follow_the_zoomed_ends_and_warn() -> None:
    told = Claims([Claim("Clubs; a", "K; x", "s1"), Claim("K; x", "Income; b", "s1")]).trace("Clubs; a", "Income; b")
    found = told.zoom(1).threads()
    assert found.pairs == (("Clubs", "K"), ("K", "Income"))
    assert found.warnings == ("zoomed before looking for threads: a source may seem to tell whole what only zooming joins",)
    assert told.threads().zoom(1).warnings == ()


def test_claims_inside_one_factor_vanish_when_zoomed() -> None:
    assert Claims([Claim("K; a", "K; b", "s")]).zoom(1).claims == ()
    with pytest.raises(ValueError, match="at least 1"):
        Claims([PIG]).zoom(0)


def test_bundles_show_citations_beside_sources() -> None:
    table = bundles(Claims([PIG, PIG, *BOTH, WHEAT]), by="mention")
    first = table.rows[0]
    assert (first.cause, first.citations, first.sources) == ("A", 3, 2)
    assert dict(first.by) == {"explicit": 1, "implicit": 0, "no mention": 1}
    assert table.rows[1].record() == {
        "cause": "B",
        "effect": "C",
        "citations": 2,
        "sources": 2,
        "explicit": 0,
        "implicit": 1,
        "no mention": 1,
    }


def test_claims_are_shown_escaped_and_with_their_steps() -> None:
    claims = Claims([Claim("<b>", "B", "s", quote="said")]).where(source="s")
    html = claims.table.html()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "Steps: where source is s" in str(claims)
    assert repr(claims) == "<Claims: 1 claim by 1 source>"
    assert claims.records()[0]["quote"] == "said"


def test_how_many_who_mention_the_end_tell_the_story() -> None:
    found = traced_share(Claims([PIG, WHEAT, *BOTH, Claim("C", "D", "late")]), "A", "C")
    assert (found.telling, found.mentioning) == (("teacher",), ("wheat farmer", "teacher", "late"))
    assert found.sentence() == "1 of 3 sources that mention “C” tells a story that leads to it from “A”."
    assert "%" not in found.sentence()


def test_the_evidence_of_a_model_speaks_with_the_voice_of_its_group() -> None:
    draft = TheoryOfChange.build("p")
    draft.source("report", "A report")
    link = draft.link(draft.activity("a", "A"), draft.outcome("o", "O"))
    draft.evidence("e1", about=[link, "o"], group="visit", statement="seen", kind="observation", independent=True)
    draft.evidence("e2", about=link, source="report")
    draft.evidence("e3", about=link)
    draft.evidence("e4", about=link, direction="contradicts")
    draft.evidence("e5", about=link, direction="looked_for_not_found")
    claims = claims_of(draft.done())
    assert [(claim.cause, claim.effect, claim.source, claim.id) for claim in claims] == [
        ("a", "o", "visit", "e1"),
        ("a", "o", "report", "e2"),
        ("a", "o", "e3", "e3"),
    ]
    assert claims.where(kind="observation", independent="yes").claims[0].quote == "seen"
