"""A model without the names of those who spoke: neutral labels in their place, in every id, reference, citation and text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import zip_longest
from typing import TypeVar, cast

from attrs import evolve, fields, frozen, has

from tocmodel.figures import Citation, Figure, Missing
from tocmodel.model.assessment import EvidenceTest, Rubric, RubricCriterion, RubricRating
from tocmodel.model.context import Actor, Evidence, Risk, RivalExplanation, Source
from tocmodel.model.indicators import Category, ScaleLevel
from tocmodel.model.learning import (
    Attendance,
    Decision,
    HarvestedOutcome,
    LearningQuestion,
    LearningSession,
    Lesson,
    Recommendation,
)
from tocmodel.model.nodes import Node
from tocmodel.model.record import Judgement, Record, Sensitivity, Titled
from tocmodel.model.references import REFERENCES
from tocmodel.model.review import AcceptedFinding
from tocmodel.model.texts import Text
from tocmodel.model.theory import TheoryOfChange, list_name
from tocmodel.model.version import Version

T = TypeVar("T")

LEFT_OUT = "left out for publication"
"""What stands where a text was."""
NOT_NAMED = "not named"
"""What stands where somebody's name was."""
_FOUND_OUT = (
    Evidence, EvidenceTest, RubricRating, Risk, RivalExplanation, LearningSession, HarvestedOutcome, Lesson, Recommendation,
    LearningQuestion, Decision, Version,
)  # fmt: skip
"""What is left out whole where it is marked internal or sensitive; nodes, links and figures hold the theory together and stay."""
_KEPT_BACK = frozenset({Sensitivity.INTERNAL, Sensitivity.SENSITIVE})
_SHORTEST = 3
"""The fewest letters of a name that is looked for in texts."""
_IN_WORDS = frozenset({"place", "method", "population", "kind", "likelihood", "consequence", "design", "frequency", "publisher"})
"""Fields that hold free words without being texts in languages."""


def without_names(model: TheoryOfChange, *, name_sources: bool = False) -> TheoryOfChange:
    """The model as it may be published, as far as names go; figures stay as they are.

    Sources, and actors who only report, answer, take part, judge or decide, get a neutral label and a neutral id; places and
    quotations in sources go, and so does every text in which one of these names stands. Actors of the theory itself and
    partners stay. What was found out or learned and is marked internal or sensitive is left out whole.

    Args:
        model: the model.
        name_sources: whether sources and those who speak are named; whoever is marked internal or sensitive never is, and
            whoever is marked public always.

    Example:
        >>> draft = TheoryOfChange.build("readers", "Reading clubs")
        >>> talk = draft.source("talk-with-amina", "Interview with Amina", kind="interview")
        >>> clubs = draft.activity("clubs", "Reading clubs", source=talk, note="As Amina says, they meet daily.")
        >>> public = without_names(draft.done())
        >>> str(public.sources[0].title), public["clubs"].source.source, str(public["clubs"].note)
        ('Source 1', 'source-1', 'left out for publication')
    """
    gone = {record.id for record in model.records() if isinstance(record, _FOUND_OUT) and record.sensitivity in _KEPT_BACK}
    spoke = [] if name_sources else list(_who_only_speak(model))
    unnamed = [
        record
        for record in (*model.sources, *model.actors)
        if record.sensitivity in _KEPT_BACK
        or (not name_sources and record.sensitivity is not Sensitivity.PUBLIC and (isinstance(record, Source) or record.id in spoke))
    ]
    judges = (
        () if name_sources else tuple(dict.fromkeys(judge for record in (model.programme, *model.records()) for judge in _judges(record)))
    )
    if not gone and not unnamed and not judges:
        return model
    return _Unnaming(model, tuple(unnamed), frozenset(gone), judges).model_without()


def _who_only_speak(model: TheoryOfChange) -> Iterator[str]:
    """Actors who are named as speaking and nowhere as acting, taking part or changing in the theory."""
    acting: set[str] = set(model.programme.partners)
    speaking: set[str] = set()
    for record in model.records():
        names = [name for name, kinds in REFERENCES[type(record)].items() if kinds == (Actor,)]
        for name in names:
            held: object = getattr(record, name)
            ids = {held} if isinstance(held, str) else set(cast("tuple[str, ...]", held or ()))
            in_theory = isinstance(record, Node) or (isinstance(record, HarvestedOutcome) and name == "who")
            (acting if in_theory else speaking).update(ids)
        if isinstance(record, LearningSession):
            speaking.update(item.actor for item in record.attendance)
    yield from (actor.id for actor in model.actors if actor.id in speaking - acting)


def _judges(held: object) -> Iterator[str]:
    """Everybody who is named as having judged, rated or accepted something, in a record or in what it holds."""
    if isinstance(held, Judgement | EvidenceTest | Rubric | RubricRating) and held.by not in {"", NOT_NAMED}:
        yield held.by
    elif isinstance(held, AcceptedFinding) and held.who != NOT_NAMED:
        yield held.who
    if isinstance(held, tuple):
        for item in held:
            yield from _judges(item)
    elif has(type(held)) and not isinstance(held, Text | Figure):
        for attribute in fields(type(held)):
            yield from _judges(getattr(held, attribute.name))


@frozen
class _Unnaming:
    """Takes names out of a model.

    Attributes:
        model: the model.
        unnamed: the sources and actors who get a label.
        gone: ids of the records that are left out.
        judges: the names of those who judged, as far as they are not to be named.
    """

    model: TheoryOfChange
    unnamed: tuple[Source | Actor, ...]
    gone: frozenset[str]
    judges: tuple[str, ...]

    def model_without(self) -> TheoryOfChange:
        """The model without them."""
        told = mapped_texts(self.model, self._silenced)
        kept = [self._record(record) for record in (told.programme, *told.records()) if record.id not in self.gone]
        return with_records(told, kept)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The neutral title of each of them, by id."""
        words = Counter[str]()
        titles: dict[str, str] = {}
        for item in self.unnamed:
            word = type(item).__name__
            words[word] += 1
            titles[item.id] = f"{word} {words[word]}"
        return titles

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The neutral id of each of them, and of what carries one of their names in its own id."""
        new: dict[str, str] = {}
        counts: dict[str, int] = {}
        taken = set(self.model.by_id) - set(self.labels)
        for record in self.model.records():
            telling = isinstance(record, _FOUND_OUT) and self._told_by(record.id)
            if record.id in self.labels or telling:
                word = type(record).__name__.lower()
                while (id := f"{word}-{counts.setdefault(word, 1)}") in taken:
                    counts[word] += 1
                counts[word] += 1
                new[record.id] = id
        return new

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """Every name that must not be read, as far as no title of what stays holds it."""
        public = " ".join(_plan_titles(self.model, {record.id for record in self.unnamed}))
        known = {name for record in self.unnamed for name in _known_as(record, self.labels[record.id])}
        known |= {name for judge in self.judges for name in (judge.strip(), *_words_of(judge))}
        return _any_of(name for name in known if len(name) >= _SHORTEST and _any_of([name]).search(public) is None)

    def _silenced(self, words: str) -> bool:
        return self._names.search(words) is not None

    def _told_by(self, id: str) -> bool:
        """Whether an id, or the name of a group, carries somebody's name or id."""
        words = re.split(r"[-_.]", id)
        held = any(re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", id) for name in self.labels)
        return held or self._silenced(" ".join(word.capitalize() for word in words))

    @cached_property
    def _groups(self) -> Mapping[str, str]:
        """Neutral names of the groups of evidence, so that what belongs together still does."""
        told = dict.fromkeys(item.group for item in self.model.evidence if item.group and self._told_by(item.group))
        return {group: f"group-{place}" for place, group in enumerate(told, start=1)}

    def _record(self, record: Record) -> Record:
        changes: dict[str, object] = {"extensions": {}, "formerly": ()}
        if record.id in self.ids:
            changes["id"] = self.ids[record.id]
        if record.id in self.labels:
            changes |= {"title": Text.read(self.labels[record.id]), "description": Text(), "note": Text()}
            if isinstance(record, Source):
                changes |= {"publisher": "", "published": None, "url": "", "consent": Text()}
        if isinstance(record, Evidence):
            changes["group"] = self._groups.get(record.group, record.group)
        for name in REFERENCES[type(record)]:
            held: object = getattr(record, name)
            if isinstance(held, str):
                changes[name] = None if held in self.gone else self.ids.get(held, held)
            elif isinstance(held, tuple):
                changes[name] = tuple(self.ids.get(id, id) for id in cast("tuple[str, ...]", held) if id not in self.gone)
        return cast("Record", self._inside(evolve(record, **changes)))  # type: ignore[arg-type]

    def _inside(self, held: object) -> object:
        """Citations, judges and those who attended, wherever they stand in a record."""
        match held:
            case Citation():
                return Citation(self.ids[held.source]) if held.source in self.ids else held
            case Attendance():
                held = evolve(held, actor=self.ids.get(held.actor, held.actor))
            case Judgement() | EvidenceTest() | Rubric() | RubricRating() if held.by in self.judges:
                held = evolve(held, by=NOT_NAMED)
            case AcceptedFinding():
                held = evolve(held, who=NOT_NAMED if held.who in self.judges else held.who, at=self.ids.get(held.at, held.at))
            case _:
                pass
        return mapped(held, self._inside)


def _known_as(record: Source | Actor, label: str) -> Iterator[str]:
    """What somebody may be known by: the title, the words in it that look like names, and of a source its publisher and address."""
    for _, title in record.title.entries:
        if title != label:
            yield title
            words = _words_of(title)
            begins = title.split("'")[0].split("’")[0].isalpha()  # "Amina's story", but not "Interview with Amina"
            yield from words if isinstance(record, Actor) or begins else (word for word in words if not title.startswith(word))
    if isinstance(record, Source):
        yield from filter(None, (record.publisher, record.url, *_words_of(record.publisher)))


def _words_of(name: str) -> list[str]:
    """The words of a name that look like names themselves."""
    return [word for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper() and word not in _ARTICLES]


_ARTICLES = frozenset({"The", "And", "For", "From", "With", "Les", "Des", "Los", "Las", "Del"})


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Finds names as whole words, the longest first; a single word only as it is written, for it may be a common one otherwise."""
    sought = sorted(names, key=lambda name: (-len(name), name))
    found = (re.escape(name) if name.isalpha() else f"(?i:{re.escape(name)})" for name in sought)
    return re.compile("|".join(rf"(?<!\w){name}(?!\w)" for name in found) or "(?!)")


def _plan_titles(model: TheoryOfChange, but: set[str]) -> Iterator[str]:
    yield from (text for _, text in model.programme.title.entries)
    yield model.programme.place
    for record in (*model.nodes, *model.indicators, *model.dimensions, *model.assumptions, *model.actors, *model.sources):
        if record.id not in but:
            yield from (text for _, text in record.title.entries)


# Models with other texts and other records


def mapped_texts(model: TheoryOfChange, silenced: Callable[[str], bool]) -> TheoryOfChange:
    """The model with every text that must not be read replaced; titles of the plan, categories and levels stay, for they say what was meant."""

    def told(held: object) -> object:
        match held:
            case Category() | ScaleLevel() | RubricCriterion():
                return held
            case Text():
                return Text.read(LEFT_OUT) if any(silenced(words) for _, words in held.entries) else held
            case Citation():
                return evolve(held, **{name: "" for name in ("place", "quote") if silenced(getattr(held, name))})
            case Figure() if (held.words or held.missing is Missing.NOT_READABLE) and silenced(held.printed):
                return Figure.gap(Missing.SUPPRESSED)
            case _:
                return mapped(held, told, words=lambda name, text: LEFT_OUT if name in _IN_WORDS and silenced(text) else text)

    def retold(record: Record) -> Record:
        after = cast("Record", told(record))
        planned = isinstance(record, Titled) and not isinstance(record, _FOUND_OUT)
        return evolve(after, title=record.title) if planned else after  # type: ignore[call-arg]

    programme = model.programme
    changed = [retold(programme), *(retold(record) for record in model.records())]
    changed[0] = evolve(changed[0], notice=programme.notice)  # type: ignore[call-arg] — its author wrote it for everybody to read
    return with_records(model, changed)


def mapped(held: object, change: Callable[[object], object], *, words: Callable[[str, str], str] = lambda _, text: text) -> object:
    """A record, or a small object inside one, with ``change`` made to all that it holds, and ``words`` to its plain texts."""
    if isinstance(held, tuple):
        items = tuple(change(item) for item in held)
        return items if any(one is not other for one, other in zip(items, held, strict=True)) else held
    if not has(type(held)) or isinstance(held, Text | Citation):
        return held
    changes: dict[str, object] = {}
    for attribute in fields(type(held)):
        before: object = getattr(held, attribute.name)
        after = words(attribute.name, before) if type(before) is str else change(before)
        if after is not before:
            changes[attribute.name] = after
    return evolve(held, **changes) if changes else held  # type: ignore[type-var]


def with_records(model: TheoryOfChange, records: Iterable[Record]) -> TheoryOfChange:
    """A model with these records, the programme first; what was found on reading goes where they differ, for it quotes the file."""
    programme, *others = records
    if all(one is other for one, other in zip_longest((programme, *others), (model.programme, *model.records()))):
        return model
    lists: dict[str, list[Record]] = {item.name: [] for item in fields(TheoryOfChange) if item.name not in {"programme", "findings"}}
    for record in others:
        lists[list_name(type(record))].append(record)
    return evolve(model, programme=programme, findings=(), **lists)  # type: ignore[arg-type]
