"""What the model's fixed words are called on the page: kinds, statuses, directions of evidence and the like."""

from collections.abc import Callable, Mapping


def labels(gettext: Callable[[str], str]) -> Mapping[str, str]:
    """The label of every fixed word of the model and its results, by the word as data have it.

    Args:
        gettext: gives a label in the language of the report.
    """
    return {
        # kinds of nodes, and levels of results
        "input": gettext("input"),
        "activity": gettext("activity"),
        "output": gettext("output"),
        "outcome": gettext("outcome"),
        "objective": gettext("objective"),
        "goal": gettext("goal"),
        "other result": gettext("other result"),
        # the same, as headings
        "inputs": gettext("Inputs"),
        "activities": gettext("Activities"),
        "outputs": gettext("Outputs"),
        "outcomes": gettext("Outcomes"),
        "objectives": gettext("Objectives"),
        "goals": gettext("Goal"),
        "other results": gettext("Other results"),
        # who says so
        "stated": gettext("stated"),
        "intended": gettext("intended"),
        "planned": gettext("planned"),
        "inferred": gettext("inferred"),
        "unsaid": gettext("not said by whom"),
        # links
        "helps": gettext("helps"),
        "hinders": gettext("hinders"),
        "verified": gettext("verified"),
        "untested": gettext("untested"),
        "refuted": gettext("refuted"),
        # figures and statuses
        "met": gettext("met"),
        "not_met": gettext("not met"),
        "undetermined": gettext("undetermined"),
        "no_target": gettext("no target"),
        "missing": gettext("missing"),
        "not_due": gettext("not due"),
        "not_applicable": gettext("not applicable"),
        "not_readable": gettext("not readable"),
        "suppressed": gettext("suppressed"),
        "context": gettext("no verdict (context)"),
        "ahead": gettext("ahead"),
        "on_track": gettext("on track"),
        "behind": gettext("behind"),
        "far_behind": gettext("far behind"),
        # why there is no share
        "missing_actual": gettext("no result"),
        "missing_target": gettext("no target"),
        "missing_baseline": gettext("no baseline"),
        "not_numeric": gettext("not a number"),
        "zero_target": gettext("the target is zero"),
        "baseline_equals_target": gettext("the baseline equals the target"),
        "zero_denominator": gettext("the denominator is zero"),
        "missing_denominator": gettext("no denominator"),
        "unit_mismatch": gettext("the units differ"),
        "no_data": gettext("no data"),
        "missing_period": gettext("no period"),
        # assumptions, rivals and evidence
        "holds": gettext("holds"),
        "holds_in_part": gettext("holds in part"),
        "failed": gettext("failed"),
        "not_examined": gettext("not examined"),
        "minor": gettext("examined: explains little"),
        "contributory": gettext("examined: contributes too"),
        "main": gettext("examined: the main explanation"),
        "supports": gettext("for"),
        "contradicts": gettext("against"),
        "looked_for_not_found": gettext("looked for, not found"),
        "observation": gettext("observation"),
        "measurement": gettext("measurement"),
        "document": gettext("document"),
        "testimony": gettext("testimony"),
        "self_report": gettext("self-report"),
        "opinion": gettext("opinion"),
        # levels of claim
        "none": gettext("none"),
        "minimal": gettext("minimal"),
        "direct": gettext("direct"),
        "indirect": gettext("indirect"),
        # learning
        "relevance": gettext("relevance"),
        "coherence": gettext("coherence"),
        "effectiveness": gettext("effectiveness"),
        "efficiency": gettext("efficiency"),
        "impact": gettext("impact"),
        "sustainability": gettext("sustainability"),
        "session": gettext("session"),
        "harvested outcome": gettext("harvested outcome"),
        "lesson": gettext("lesson"),
        "recommendation": gettext("recommendation"),
        "learning question": gettext("learning question"),
        "not published": gettext("not published"),
        "see its parts": gettext("see its parts"),
        "not answered": gettext("not answered"),
        "answered without evidence": gettext("answered without evidence"),
        "the programme's own word or opinion": gettext("the programme's own word or opinion"),
        "one independent source": gettext("one independent source"),
        "several independent sources": gettext("several independent sources"),
        "evidence for and against": gettext("evidence for and against"),
        "done": gettext("done"),
        "overdue": gettext("overdue"),
        "coming": gettext("coming"),
        "no date": gettext("no date"),
        "nobody independent is known to have been asked": gettext("nobody independent is known to have been asked"),
        # participants are counted by
        "sex": gettext("sex"),
        "age": gettext("age"),
        "disability": gettext("disability"),
    }
