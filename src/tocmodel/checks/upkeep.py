"""Rules on keeping a theory alive: reviews, recommendations, decisions, and what was promised to those who spoke."""

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.subject import Subject
from tocmodel.findings import Severity
from tocmodel.messages import message


@rule("L70", "review-overdue", Severity.WARNING, source="USAID (2017), ADS 201, on learning and adapting")
def review_overdue(subject: Subject) -> Found:
    """Flags assumptions whose date of review has passed.

    Why: A theory that nobody reviews is a picture of what was believed at the start.
    Mend: Look at it again, state what was found, and set the next date.

    Example that fires:
        programme: {id: reading, title: Reading clubs, as_of: 2025-12-31}
        assumptions: [{id: rooms-open, title: Schools open a room, review: 2025-06-30}]

    Example that passes:
        programme: {id: reading, title: Reading clubs, as_of: 2025-12-31}
        assumptions: [{id: rooms-open, title: Schools open a room, review: 2026-06-30}]
    """
    for assumption in subject.model.assumptions:
        if subject.as_of is not None and assumption.review is not None and assumption.review < subject.as_of:
            yield assumption.id, message("the review of “%(title)s” was due on %(day)s", title=assumption.title, day=assumption.review)


@rule("L71", "unexplained-version", Severity.NOTE, source="Bamberger, cited in Davies (2018): revisions carry date and participants")
def unexplained_version(subject: Subject) -> Found:
    """Flags versions that do not say why the model was revised, or who took part.

    Why: A revision is worth as much as what is known of how it came about.
    Mend: Say why, and who took part.

    Example that fires:
        versions: [{id: v2, on: 2025-03-01}]

    Example that passes:
        actors: [{id: teachers, title: Teachers}]
        versions: [{id: v2, on: 2025-03-01, reason: rooms are too hot at noon, participants: teachers}]
    """
    for version in subject.model.versions:
        if not version.reason and not version.participants:
            yield version.id, message("the version of %(day)s does not say why and who took part", day=version.on)
        elif not version.reason:
            yield version.id, message("the version of %(day)s does not say why", day=version.on)
        elif not version.participants:
            yield version.id, message("the version of %(day)s does not say who took part", day=version.on)


@rule("L74", "decision-without-author", Severity.NOTE, source="USAID (2017), ADS 201, on learning and adapting")
def decision_without_author(subject: Subject) -> Found:
    """Flags decisions that do not say who took them, or when.

    Why: What was learned fades unless somebody stands for what was changed because of it.
    Mend: Say who took it and when.

    Example that fires:
        decisions: [{id: mornings, learned: rooms are too hot, changed: clubs meet in the morning}]

    Example that passes:
        actors: [{id: teachers, title: Teachers}]
        decisions: [{id: mornings, learned: rooms are too hot, changed: clubs meet in the morning, by: teachers, on: 2025-03-01}]
    """
    for decision in subject.model.decisions:
        if decision.by is None and decision.on is None:
            yield decision.id, message("the decision “%(changed)s” does not say who took it and when", changed=decision.changed)
        elif decision.by is None:
            yield decision.id, message("the decision “%(changed)s” does not say who took it", changed=decision.changed)
        elif decision.on is None:
            yield decision.id, message("the decision “%(changed)s” does not say when", changed=decision.changed)


@rule("L72", "recommendation-unanswered", Severity.NOTE, source="OECD-DAC (2010), Quality standards for development evaluation, 4.2")
def recommendation_unanswered(subject: Subject) -> Found:
    """Flags recommendations without a response, once the date for it has passed; those without a date at once.

    Why: A recommendation that nobody answers was written for the shelf.
    Mend: Answer it, also if the answer is no.

    Example that fires:
        recommendations: [{id: more-books, title: Buy more books}]

    Example that passes:
        recommendations: [{id: more-books, title: Buy more books, response: a second box comes in March}]
    """
    for item in subject.model.recommendations:
        waiting = item.due is not None and (subject.as_of is None or subject.as_of <= item.due)
        if not str(item.response).strip() and not waiting:
            yield item.id, message("the recommendation “%(title)s” has no response", title=item.title)


@rule("L73", "kept-too-long", Severity.WARNING, source="General Data Protection Regulation, article 5(1)(e), storage limitation")
def kept_too_long(subject: Subject) -> Found:
    """Flags sources that were to be deleted by now.

    Why: People gave their stories for a time; keeping them longer breaks the promise.
    Mend: Delete the source and what rests on it alone, or ask for consent again.

    Example that fires:
        programme: {id: reading, title: Reading clubs, as_of: 2025-12-31}
        sources: [{id: interviews, title: Interviews with teachers, retain_until: 2025-06-30}]

    Example that passes:
        programme: {id: reading, title: Reading clubs, as_of: 2025-12-31}
        sources: [{id: interviews, title: Interviews with teachers, retain_until: 2026-06-30}]
    """
    for source in subject.model.sources:
        if subject.as_of is not None and source.retain_until is not None and source.retain_until < subject.as_of:
            yield source.id, message("“%(title)s” was to be deleted by %(day)s", title=source.title, day=source.retain_until)
