"""Who was there when people reflected, who was not named, and what was not published about them."""

from collections.abc import Iterable

from attrs import frozen

from tocmodel.model import ActorRole, Dimension, LearningSession, TheoryOfChange
from tocmodel.tables import Column, Table

ASKED = ("sex", "age", "disability")
_NAMES = {
    "sex": {"sex", "gender", "sexe", "genre", "sexo", "género", "genero"},
    "age": {"age", "age group", "âge", "tranche d'âge", "groupe d'âge", "edad", "grupo de edad"},
    "disability": {"disability", "disability status", "handicap", "discapacidad"},
}
"""What dimensions of these are called, as ids and as titles."""
"""What an inclusive account of participants says."""


@frozen
class ParticipantsNamed:
    """Who is named among the participants of a session, and who is not.

    Attributes:
        session: the id of the session.
        title: its title.
        named: ids of the groups that are named.
        missing: ids of the groups that take part in the theory and are not named.
        rights_holders_missing: those among them who hold rights, such as children.
        published: by which of sex, age and disability the numbers are published.
        unpublished: by which they are not.
    """

    session: str
    title: str
    named: tuple[str, ...]
    missing: tuple[str, ...]
    rights_holders_missing: tuple[str, ...]
    published: tuple[str, ...]
    unpublished: tuple[str, ...]
    titles: dict[str, str]

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {
            "session": self.session,
            "title": self.title,
            "named": " ".join(self.named),
            "missing": " ".join(self.missing),
            "rights_holders_missing": " ".join(self.rights_holders_missing),
            "published": " ".join(self.published),
            "unpublished": " ".join(self.unpublished),
        }

    def words(self, ids: Iterable[str]) -> str:
        """The titles of these groups."""
        return "; ".join(self.titles[id] for id in ids) or "none"


_COLUMNS: tuple[Column[ParticipantsNamed], ...] = (
    Column("session", lambda row: row.title),
    Column("named", lambda row: row.words(row.named)),
    Column("rights holders not named", lambda row: row.words(row.rights_holders_missing)),
    Column("others not named", lambda row: row.words(id for id in row.missing if id not in row.rights_holders_missing)),
    Column("numbers not published by", lambda row: ", ".join(row.unpublished) or "–"),
)


def participants_named(model: TheoryOfChange) -> Table[ParticipantsNamed]:
    """Compare the participants of every session with the groups that take part in, or are to gain from, the theory.

    A group that is not named may have been there all the same: the row is a question to the organisers. Sessions that are
    part of another and name nobody themselves are left to it.

    Args:
        model: the model.
    """
    concerned = {id for node in model.nodes for id in (*node.involves, *node.who)}
    titles = {actor.id: str(actor.title or actor.id) for actor in model.actors}
    rights = {actor.id for actor in model.actors if actor.role is ActorRole.RIGHTS_HOLDER}
    rows: list[ParticipantsNamed] = []
    for session in model.sessions:
        named = _named(session)
        if session.part_of is not None and not named:
            continue
        missing = tuple(actor.id for actor in model.actors if actor.id in concerned and actor.id not in named)
        published = {asked for item in session.attendance for dimension in item.slice.dimensions for asked in _asked(model, dimension)}
        rows.append(
            ParticipantsNamed(
                session=session.id,
                title=str(session.title),
                named=named,
                missing=missing,
                rights_holders_missing=tuple(id for id in missing if id in rights),
                published=tuple(name for name in ASKED if name in published),
                unpublished=tuple(name for name in ASKED if name not in published),
                titles=titles,
            )
        )
    note = "a group that is not named may have been there all the same: ask the organisers" if rows else "no session is recorded"
    return Table(tuple(rows), _COLUMNS, "Who is named among the participants", (note, *model.programme.notices))


def _asked(model: TheoryOfChange, dimension: str) -> list[str]:
    """Which of sex, age and disability a dimension is, by its id or its title."""
    record = model.by_id.get(dimension)
    titles = [text for _, text in record.title.entries] if isinstance(record, Dimension) else []
    names = {" ".join(name.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split()) for name in (dimension, *titles)}
    return [asked for asked in ASKED if names & _NAMES[asked]]


def _named(session: LearningSession) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*session.participants, *(item.actor for item in session.attendance))))
