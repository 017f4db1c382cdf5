"""Pathways and stories: what the theory draws between each activity and objective, and how far evidence carries a contribution."""

from collections.abc import Mapping
from itertools import groupby

from attrs import frozen

from tocmodel.contribution import ContributionCell
from tocmodel.reports.following import Between
from tocmodel.reports.language import Language
from tocmodel.reports.sections.facts import Facts, Pair
from tocmodel.stories import Story
from tocmodel.stories.account import LinkAccount

WEAKEST = 3
"""How many of the weakest links stand beside a pathway."""
FURTHER = 300
"""The most pairs of which the page says only that much."""
WIDE, LONG = 16, 200
"""The most objectives and activities of the matrix on the page."""


@frozen
class Numbered:
    """A sentence with the numbers of what it rests on."""

    text: str
    because: tuple[int, ...]


@frozen
class Told:
    """One activity and one objective.

    Attributes:
        pair: the trace and the story.
        weakest: the links of the told pathway that are least carried, weakest first.
        claim: what may be claimed, in one sentence.
        short: the story in short, beyond its first sentence.
        sections: the story in six steps: headings, and paragraphs of sentences with numbers.
        references: what the numbers stand for: ids and titles.
    """

    pair: Pair
    weakest: tuple[LinkAccount, ...]
    claim: str
    short: tuple[str, ...]
    sections: tuple[tuple[str, tuple[tuple[Numbered, ...], ...]], ...]
    references: tuple[tuple[int, str, str], ...]


@frozen
class Pathways:
    """Every activity with the objectives that it leads to.

    Attributes:
        activities: for each activity its id and title, and what there is to say of each objective that it leads to.
        objectives: the titles of the objectives that the matrix shows, by id.
        matrix: for each activity how it leads to each of them.
        objectives_in_all: how many objectives there are.
        activities_in_all: how many activities there are.
        shown: how many pairs are told.
        joined: how many pairs are joined by pathways.
        further: pairs that are not told, each with what lies between.
        in_english: whether the stories are told in English in a report of another language.
    """

    activities: tuple[tuple[str, str, tuple[Told, ...]], ...]
    objectives: Mapping[str, str]
    matrix: tuple[tuple[ContributionCell, ...], ...]
    objectives_in_all: int
    activities_in_all: int
    shown: int
    joined: int
    further: tuple[tuple[str, str, Between], ...]
    in_english: bool


def pathways(facts: Facts) -> Pathways | None:
    """What the theory draws from activities to objectives; None where it has not both."""
    if not facts.matrix.rows:
        return None
    told = [(pair.way.from_[0], _told(pair, facts.words)) for pair in facts.pairs]
    shown = {(pair.way.from_[0], pair.way.to[0]) for pair in facts.pairs}
    rows = tuple(tuple(cells) for _, cells in groupby(facts.matrix, key=lambda cell: cell.activity))
    return Pathways(
        activities=tuple(
            (cells[0].activity, cells[0].activity_title, tuple(each for activity, each in told if activity == cells[0].activity))
            for cells in rows[:LONG]
        ),
        objectives={cell.objective: cell.objective_title for cell in rows[0][:WIDE]},
        matrix=tuple(cells[:WIDE] for cells in rows[:LONG]),
        objectives_in_all=len(rows[0]),
        activities_in_all=len(rows),
        shown=len(facts.pairs),
        joined=len(facts.joined),
        further=tuple((*pair, facts.followed.pairs[pair]) for pair in facts.joined if pair not in shown)[:FURTHER],
        in_english=not facts.words.english and any(pair.story.words.english for pair in facts.pairs),
    )


def _told(pair: Pair, words: Language) -> Told:
    story = pair.story
    numbers = _numbers(story)

    def marked(text: str) -> str:
        return words.marked(text, story.words.code)

    return Told(
        pair=pair,
        weakest=story.weakest[:WEAKEST],
        claim=marked(story.sentence()),
        short=tuple(marked(said.text) for said in story.sections[0].sentences[1:]),
        sections=tuple(
            (
                marked(section.heading),
                tuple(
                    tuple(Numbered(marked(said.text), tuple(sorted(numbers[id] for id in said.because))) for said in paragraph)
                    for paragraph in section.paragraphs
                ),
            )
            for section in story.sections[1:]
        ),
        references=tuple((number, id, story.references[id]) for id, number in numbers.items()),
    )


def _numbers(story: Story) -> dict[str, int]:
    """A number for every id, in the order in which the story first rests on it."""
    return {id: number for number, id in enumerate(dict.fromkeys(id for said in story.sentences for id in said.because), start=1)}
