"""What no machine can judge of a theory, as questions to those who own it, with what the model says towards an answer."""

from attrs import frozen

from tocmodel.model import ActorRole, RivalStatus, TheoryOfChange
from tocmodel.tables import Column, Table

_DAVIES = "Davies (2012), Criteria for assessing the evaluability of theories of change"
_MAYNE = "Mayne (2017), Theory of change analysis"


@frozen
class OpenQuestion:
    """A question that somebody has to answer.

    Attributes:
        criterion: the criterion of quality that it stands for, in a word.
        question: the question.
        known: what the model says towards an answer; empty where it says nothing.
        source: who asks it.
    """

    criterion: str
    question: str
    known: str
    source: str

    def record(self) -> dict[str, object]:
        """The question as one flat record."""
        return {"criterion": self.criterion, "question": self.question, "known": self.known, "source": self.source}


def open_questions(model: TheoryOfChange) -> Table[OpenQuestion]:
    """The questions that no rule can answer, in the order in which a review asks them.

    Args:
        model: the model; what it says towards an answer stands beside each question.

    Example:
        >>> draft = TheoryOfChange.build("clubs")
        >>> open_questions(draft.done()).where(criterion="owned").one().question
        'Do those who carry the work out recognise this theory as theirs, and use it?'
    """
    asked = [
        ("understandable", "Can somebody who was not there retell the theory after looking at it?", _size(model), _DAVIES),
        ("owned", "Do those who carry the work out recognise this theory as theirs, and use it?", _sessions(model), _DAVIES),
        (
            "inclusive",
            "Were those whose lives it is about, children among them, asked, and did it change anything?",
            _absent(model),
            _DAVIES,
        ),
        ("agreed", "Do the partners agree on it, and where they do not, does it say so?", _partners(model), _MAYNE),
        ("justified", "Does what is known from elsewhere make each step likely here?", _sourced(model), _DAVIES),
        ("plausible timing", "Is there enough time for each step to follow before the next is expected?", _dated(model), _MAYNE),
        ("effort", "Is what is done enough, in money, time and people, for what is expected of it?", _budgeted(model), _MAYNE),
        ("complete", "What else has to happen that nobody has drawn?", "", _DAVIES),
        ("safe", "Who could be harmed by this work or by what is published of it, and who watches that?", _risks(model), "Do no harm"),
        (
            "fair",
            "Does it work as well for girls, boys, people with disabilities and the poorest, or only on average?",
            _groups(model),
            _MAYNE,
        ),
        ("rivals", "Which explanations would those who doubt the programme name?", _rivals(model), _MAYNE),
        ("sustained", "Who will want, and be able, to carry on when the money ends?", _carried_on(model), _MAYNE),
    ]
    columns = (
        Column[OpenQuestion]("criterion", lambda row: row.criterion),
        Column[OpenQuestion]("question", lambda row: row.question),
        Column[OpenQuestion]("what the model says", lambda row: row.known),
    )
    return Table(tuple(OpenQuestion(*item) for item in asked), columns, caption="Questions that no machine can judge")


def _of(number: int, total: int, what: str) -> str:
    return f"{number} of {total} {what}" if total else ""


def _size(model: TheoryOfChange) -> str:
    return f"{len(model.nodes)} nodes and {len(model.links)} links"


def _sessions(model: TheoryOfChange) -> str:
    if not model.sessions:
        return "no session of reflection is recorded"
    inside = sum(session.part_of is not None for session in model.sessions)
    events = len(model.sessions) - inside
    said = "1 session of reflection is recorded" if events == 1 else f"{events} sessions of reflection are recorded"
    return f"{said}, with {inside} {'group' if inside == 1 else 'groups'} inside {'it' if events == 1 else 'them'}" if inside else said


def _absent(model: TheoryOfChange) -> str:
    """The rights holders whom no session names among its participants."""
    holders = [actor for actor in model.actors if actor.role is ActorRole.RIGHTS_HOLDER]
    if not holders:
        return "no rights holder is named"
    present = {id for session in model.sessions for id in session.participants}
    absent = [str(actor.title) for actor in holders if actor.id not in present]
    return (
        f"not among the participants recorded: {', '.join(absent)}" if absent else "every rights holder is among the participants recorded"
    )


def _partners(model: TheoryOfChange) -> str:
    return ", ".join(str(actor.title) for actor in model.actors if actor.id in model.programme.partners)


def _sourced(model: TheoryOfChange) -> str:
    stated = sum(link.basis is not None and link.basis.value != "inferred" for link in model.links)
    return _of(stated, len(model.links), "links are carried by a source")


def _dated(model: TheoryOfChange) -> str:
    return _of(sum(node.period is not None for node in model.nodes), len(model.nodes), "nodes say when")


def _budgeted(model: TheoryOfChange) -> str:
    activities = [node for node in model.nodes if node.kind == "activity"]
    return _of(sum(node.budget is not None for node in activities), len(activities), "activities state a budget")


def _risks(model: TheoryOfChange) -> str:
    return _of(sum(bool(risk.response) for risk in model.risks), len(model.risks), "risks have a response") or "no risk is named"


def _groups(model: TheoryOfChange) -> str:
    return _of(sum(bool(indicator.by) for indicator in model.indicators), len(model.indicators), "indicators are broken down by group")


def _rivals(model: TheoryOfChange) -> str:
    examined = sum(rival.status is not RivalStatus.NOT_EXAMINED for rival in model.rivals)
    return _of(examined, len(model.rivals), "rival explanations named here are examined") or "no rival explanation is named"


def _carried_on(model: TheoryOfChange) -> str:
    return _of(sum(bool(node.sustained_by) for node in model.nodes), len(model.nodes), "nodes say who carries them on")
