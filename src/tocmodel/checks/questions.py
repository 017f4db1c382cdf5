"""What no machine can judge of a theory, as questions to those who own it, with what the model says towards an answer."""

from attrs import frozen

from tocmodel.messages import Message, message, messages
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
        (
            "understandable",
            message("Can somebody who was not there retell the theory after looking at it?"),
            _size(model),
            _DAVIES,
        ),
        (
            "owned",
            message("Do those who carry the work out recognise this theory as theirs, and use it?"),
            _sessions(model),
            _DAVIES,
        ),
        (
            "inclusive",
            message("Were those whose lives it is about, children among them, asked, and did it change anything?"),
            _absent(model),
            _DAVIES,
        ),
        ("agreed", message("Do the partners agree on it, and where they do not, does it say so?"), _partners(model), _MAYNE),
        ("justified", message("Does what is known from elsewhere make each step likely here?"), _sourced(model), _DAVIES),
        (
            "plausible timing",
            message("Is there enough time for each step to follow before the next is expected?"),
            _dated(model),
            _MAYNE,
        ),
        (
            "effort",
            message("Is what is done enough, in money, time and people, for what is expected of it?"),
            _budgeted(model),
            _MAYNE,
        ),
        ("complete", message("What else has to happen that nobody has drawn?"), "", _DAVIES),
        (
            "safe",
            message("Who could be harmed by this work or by what is published of it, and who watches that?"),
            _risks(model),
            "Do no harm",
        ),
        (
            "fair",
            message("Does it work as well for girls, boys, people with disabilities and the poorest, or only on average?"),
            _groups(model),
            _MAYNE,
        ),
        ("rivals", message("Which explanations would those who doubt the programme name?"), _rivals(model), _MAYNE),
        ("sustained", message("Who will want, and be able, to carry on when the money ends?"), _carried_on(model), _MAYNE),
    ]
    columns = (
        Column[OpenQuestion]("criterion", lambda row: row.criterion),
        Column[OpenQuestion]("question", lambda row: row.question),
        Column[OpenQuestion]("what the model says", lambda row: row.known),
    )
    return Table(tuple(OpenQuestion(*item) for item in asked), columns, caption="Questions that no machine can judge")


def _size(model: TheoryOfChange) -> str:
    return message("%(nodes)s nodes and %(links)s links", nodes=len(model.nodes), links=len(model.links))


def _sessions(model: TheoryOfChange) -> str:
    if not model.sessions:
        return message("no session of reflection is recorded")
    inside = sum(session.part_of is not None for session in model.sessions)
    events = len(model.sessions) - inside
    said = messages("%(num)s session of reflection is recorded", "%(num)s sessions of reflection are recorded", events)
    return (
        messages("%(sessions)s, with %(num)s group inside", "%(sessions)s, with %(num)s groups inside", inside, sessions=said)
        if inside
        else said
    )


def _absent(model: TheoryOfChange) -> str:
    """The rights holders whom no session names among its participants."""
    holders = [actor for actor in model.actors if actor.role is ActorRole.RIGHTS_HOLDER]
    if not holders:
        return message("no rights holder is named")
    present = {id for session in model.sessions for id in session.participants}
    absent = tuple(actor.title for actor in holders if actor.id not in present)
    if absent:
        return message("not among the participants recorded: %(actors)s", actors=absent)
    return message("every rights holder is among the participants recorded")


def _partners(model: TheoryOfChange) -> str:
    partners = tuple(actor.title for actor in model.actors if actor.id in model.programme.partners)
    return message("partners: %(actors)s", actors=partners) if partners else ""


def _sourced(model: TheoryOfChange) -> str:
    stated = sum(link.basis is not None and link.basis.value != "inferred" for link in model.links)
    return _of(message("%(count)s of %(all)s links are carried by a source", count=stated, all=len(model.links)))


def _dated(model: TheoryOfChange) -> str:
    dated = sum(node.period is not None for node in model.nodes)
    return _of(message("%(count)s of %(all)s nodes say when", count=dated, all=len(model.nodes)))


def _budgeted(model: TheoryOfChange) -> str:
    activities = [node for node in model.nodes if node.kind == "activity"]
    budgeted = sum(node.budget is not None for node in activities)
    return _of(message("%(count)s of %(all)s activities state a budget", count=budgeted, all=len(activities)))


def _risks(model: TheoryOfChange) -> str:
    answered = sum(bool(risk.response) for risk in model.risks)
    return _of(message("%(count)s of %(all)s risks have a response", count=answered, all=len(model.risks))) or message("no risk is named")


def _groups(model: TheoryOfChange) -> str:
    broken = sum(bool(indicator.by) for indicator in model.indicators)
    return _of(message("%(count)s of %(all)s indicators are broken down by group", count=broken, all=len(model.indicators)))


def _rivals(model: TheoryOfChange) -> str:
    examined = sum(rival.status is not RivalStatus.NOT_EXAMINED for rival in model.rivals)
    said = message("%(count)s of %(all)s rival explanations named here are examined", count=examined, all=len(model.rivals))
    return _of(said) or message("no rival explanation is named")


def _carried_on(model: TheoryOfChange) -> str:
    carried = sum(bool(node.sustained_by) for node in model.nodes)
    return _of(message("%(count)s of %(all)s nodes say who carries them on", count=carried, all=len(model.nodes)))


def _of(said: Message) -> str:
    """What is so of how many, where there are any."""
    return said if said.values["all"] else ""
