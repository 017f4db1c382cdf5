"""What fixed words are called in a report: kinds, statuses and the like, and what other modules always say in the same words."""

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
        "refused": gettext("refused, for it would mislead"),
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
        # what was assumed of many figures, and what stands below them
        "the way to the target starts at 0, for no baseline is stated": gettext(
            "the way to the target starts at 0, for no baseline is stated"
        ),
        "Sources, and those who speak in them, are not named.": gettext("Sources, and those who speak in them, are not named."),
        # participants are counted by
        "sex": gettext("sex"),
        "age": gettext("age"),
        "disability": gettext("disability"),
        # how far others agree with a harvested outcome
        "substantiated: full agreement": gettext("substantiated: full agreement"),
        "substantiated: partial agreement": gettext("substantiated: partial agreement"),
        "substantiated: none agreement": gettext("substantiated: no agreement"),
        # how an indicator counts
        "increase": gettext("to rise"),
        "decrease": gettext("to fall"),
        "maintain": gettext("to be maintained"),
        "unknown": gettext("not known"),
        "count": gettext("count"),
        "percentage": gettext("percentage"),
        "ratio": gettext("ratio"),
        "rating": gettext("rating"),
        "milestone": gettext("milestone"),
        "text": gettext("text"),
        "incremental": gettext("incremental"),
        "cumulative": gettext("cumulative"),
        "snapshot": gettext("snapshot"),
        "per_period": gettext("per period"),
        "to_date": gettext("to date"),
        "exhaustive": gettext("exhaustive"),
        "partial": gettext("partial"),
        "overlapping": gettext("overlapping"),
        # what is counted, one of it
        "person": gettext("person"),
        "household": gettext("household"),
        "family": gettext("family"),
        "group": gettext("group"),
        "club": gettext("club"),
        "school": gettext("school"),
        "organisation": gettext("organisation"),
        "facility": gettext("facility"),
        "community": gettext("community"),
        "case": gettext("case"),
        "report": gettext("report"),
        "event": gettext("event"),
        "visit": gettext("visit"),
        "day_of_training": gettext("day of training"),
        "policy": gettext("policy"),
        "plan": gettext("plan"),
        "agreement": gettext("agreement"),
        "product": gettext("product"),
        "message": gettext("message"),
        "item": gettext("item"),
        "score": gettext("score"),
        "percent": "%",
        "percentage_point": gettext("percentage point"),
        # the questions that no machine can judge
        "Can somebody who was not there retell the theory after looking at it?": gettext(
            "Can somebody who was not there retell the theory after looking at it?"
        ),
        "Do those who carry the work out recognise this theory as theirs, and use it?": gettext(
            "Do those who carry the work out recognise this theory as theirs, and use it?"
        ),
        "Were those whose lives it is about, children among them, asked, and did it change anything?": gettext(
            "Were those whose lives it is about, children among them, asked, and did it change anything?"
        ),
        "Do the partners agree on it, and where they do not, does it say so?": gettext(
            "Do the partners agree on it, and where they do not, does it say so?"
        ),
        "Does what is known from elsewhere make each step likely here?": gettext(
            "Does what is known from elsewhere make each step likely here?"
        ),
        "Is there enough time for each step to follow before the next is expected?": gettext(
            "Is there enough time for each step to follow before the next is expected?"
        ),
        "Is what is done enough, in money, time and people, for what is expected of it?": gettext(
            "Is what is done enough, in money, time and people, for what is expected of it?"
        ),
        "What else has to happen that nobody has drawn?": gettext("What else has to happen that nobody has drawn?"),
        "Who could be harmed by this work or by what is published of it, and who watches that?": gettext(
            "Who could be harmed by this work or by what is published of it, and who watches that?"
        ),
        "Does it work as well for girls, boys, people with disabilities and the poorest, or only on average?": gettext(
            "Does it work as well for girls, boys, people with disabilities and the poorest, or only on average?"
        ),
        "Which explanations would those who doubt the programme name?": gettext(
            "Which explanations would those who doubt the programme name?"
        ),
        "Who will want, and be able, to carry on when the money ends?": gettext(
            "Who will want, and be able, to carry on when the money ends?"
        ),
    }
