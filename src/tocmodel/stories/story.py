"""The contribution story: how far evidence carries the claim that an activity contributed to an objective, in Mayne's six steps."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from re import sub
from textwrap import fill

from attrs import evolve, field, frozen

from tocmodel.contribution import Trace
from tocmodel.measurement import AchievementTable
from tocmodel.model import Evidence, Link, RivalExplanation, TheoryOfChange, Value
from tocmodel.model.record import Titled
from tocmodel.stories.account import Account, Delivery, LinkAccount, account
from tocmodel.stories.evidence import evidence
from tocmodel.stories.judging import contribution
from tocmodel.stories.level import ClaimLevel, Gap
from tocmodel.stories.links import LinkState, StoryPolicy
from tocmodel.stories.onward import change_of_mind, collection, plausible, rules, weakest, weakest_points
from tocmodel.stories.opening import in_short, question, theory
from tocmodel.stories.phrases import name, titled
from tocmodel.stories.plausible import JudgedPlausibility
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.wording import ENGLISH, Words, banned_phrases, own_words, quoted

_WIDTH = 110
_MARKDOWN = r"([\\`*_{}\[\]()#+\-.!|~>$&:@])"


@frozen(kw_only=True, repr=False)
class Story:
    """A contribution story as data and as text.

    Attributes:
        from_: the id of the activity.
        to: the id of the objective.
        title: what it is the story of.
        level: how much may be claimed: none, minimal, direct or indirect.
        missing: what is missing to more.
        delivery: whether the activity took place, and who says so.
        links: every link on the way, with its state, evidence, assumptions and figures.
        pathway: the links of the pathway that the story tells, in order: the one that allows most to be claimed.
        weakest: the links of the pathway that are not verified, weakest first, ranked by structure and evidence.
        rivals: the other explanations that bear on the way.
        judged: the plausibility, hotspots and flip points that follow from strengths; None where nobody judged any.
        trace: the trace between the two.
        policy: the thresholds that it was judged by.
        as_of: the date as of which figures are judged; None where there are none.
        sections: the story, section by section; every sentence with the ids that it rests on.
        references: the title of every element that a sentence rests on, by id.
        notice: what has to stand on everything shown of the model.
        words: the language in which it is told.
    """

    from_: str
    to: str
    title: str
    level: ClaimLevel
    missing: tuple[Gap, ...]
    delivery: Delivery
    links: tuple[LinkAccount, ...]
    pathway: tuple[LinkAccount, ...]
    weakest: tuple[LinkAccount, ...]
    rivals: tuple[RivalExplanation, ...]
    judged: JudgedPlausibility | None
    trace: Trace
    policy: StoryPolicy
    as_of: date | None
    sections: tuple[Section, ...]
    references: Mapping[str, str] = field(eq=False)
    notice: str = ""
    words: Words = field(default=ENGLISH, eq=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in a row."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @property
    def refuted(self) -> tuple[LinkAccount, ...]:
        """The refuted links, wherever they lie on the way."""
        return tuple(each for each in self.links if each.finding.state is LinkState.REFUTED)

    def sentence(self) -> str:
        """What may be claimed, in one sentence."""
        return self.sections[0].sentences[0].text

    def records(self) -> list[dict[str, object]]:
        """The story as flat records, one for each sentence, with its ids and its numbers."""
        return [
            {
                "step": section.step,
                "section": section.title,
                "text": sentence.text,
                "because": " ".join(sentence.because),
                "values": "; ".join(f"{name}: {value}" for name, value in sentence.values),
                "level": self.level.value,
                "notice": self.notice,
            }
            for section in self.sections
            for sentence in section.sentences
        ]

    def link_records(self) -> list[dict[str, object]]:
        """The links on the way as flat records."""
        return [each.record() for each in self.links]

    def markdown(self) -> str:
        """The story as Markdown. Whatever the model says is escaped: it cannot become a link, a heading or HTML."""
        numbers = self._numbers()
        lines = [f"# {_markdown(self.title)}", *([f"*{_markdown(self.notice)}*"] if self.notice else [])]
        for section in self.sections:
            lines.append(f"## {_markdown(section.heading)}")
            lines.append("\n".join(f"- {self._paragraph(paragraph, numbers, _markdown)}" for paragraph in section.paragraphs))
        lines.append(f"## {_markdown(self._legend)}")
        lines.append("\n".join(f"{number}. {_markdown(self._reference(id))}" for id, number in numbers.items()))
        return "\n\n".join(lines) + "\n"

    def wrapped(self, width: int) -> str:
        """The story as text whose lines are no longer than this."""
        numbers = self._numbers()
        lines = [_wrapped(self.title, "", width), *([_wrapped(self.notice, "", width)] if self.notice else [])]
        for section in self.sections:
            lines += ["", section.heading]
            lines += [_wrapped(self._paragraph(paragraph, numbers, str), "- ", width) for paragraph in section.paragraphs]
        lines += ["", self._legend]
        lines += [_wrapped(self._reference(id), f"[{number}] ", width) for id, number in numbers.items()]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.wrapped(_WIDTH)

    __repr__ = __str__

    def html(self) -> str:
        """The story as a piece of HTML, every text escaped; a notebook shows it."""
        numbers = self._numbers()
        parts = [f"<h2>{escape(self.title)}</h2>", *([f"<p><em>{escape(self.notice)}</em></p>"] if self.notice else [])]
        for section in self.sections:
            items = "".join(f"<li>{self._paragraph(paragraph, numbers, escape)}</li>" for paragraph in section.paragraphs)
            parts.append(f"<h3>{escape(section.heading)}</h3><ul>{items}</ul>")
        items = "".join(f"<li>{escape(self._reference(id))}</li>" for id in numbers)
        parts.append(f"<h3>{escape(self._legend)}</h3><ol>{items}</ol>")
        return f'<section class="tocmodel-story" lang="{escape(self.words.code)}">{"".join(parts)}</section>'

    _repr_html_ = html
    __html__ = html

    @property
    def _legend(self) -> str:
        return self.words.gettext("What the numbers in brackets stand for")

    def _numbers(self) -> dict[str, int]:
        """A number for every id, in the order in which the story first rests on it."""
        return {id: number for number, id in enumerate(dict.fromkeys(id for said in self.sentences for id in said.because), start=1)}

    def _paragraph(self, paragraph: tuple[Sentence, ...], numbers: Mapping[str, int], shown: Callable[[str], str]) -> str:
        return " ".join(shown(f"{said.text} [{_ranges([numbers[id] for id in said.because])}]") for said in paragraph)

    def _reference(self, id: str) -> str:
        title = self.references[id]
        return f"{title} ({id})" if title else id


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in order, three or more in a row drawn together: 1, 3–5."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)))


def _wrapped(text: str, mark: str, width: int) -> str:
    return fill(text, width, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)


def _markdown(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return escape(sub(_MARKDOWN, r"\\\1", text), quote=False)


def story(
    model: TheoryOfChange,
    activity: str,
    objective: str,
    *,
    as_of: date | str | None = None,
    policy: StoryPolicy | None = None,
    table: AchievementTable | None = None,
    words: Words = ENGLISH,
) -> Story:
    """Tell how far evidence carries the claim that an activity contributed to an objective.

    The story goes through the six steps of contribution analysis: the question, the theory and its rivals, the evidence, the
    story and how well it stands, what to collect next, and what would change our mind. The level of claim is that of the
    best pathway without a refuted link; refuted links are always named; no change may be claimed while a rival explanation is
    unexamined. Every sentence carries the ids that it rests on, every number stands in its values, and what the model says
    in its own words stands in quotation marks. It speaks of contribution, never of a share of the change.

    Args:
        model: the model.
        activity: the id of an activity or input.
        objective: the id of an objective, or of an output or outcome short of it, which allows no more than its own level.
        as_of: the date as of which figures are judged; the programme's own where left out.
        policy: the thresholds; one independent source that is more than opinion where left out.
        table: the model's achievement where it is already computed, such as one made fit for publication.
        words: the language in which it is told: English where left out; `tocmodel.reports.telling.tell` tells it in others.

    Raises:
        UnknownIdError: if the ids are not those of an activity and of a result.
        AsOfNeededError: if indicators lie on the way, and neither the call nor the programme says a date.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("reading", "Reading clubs (fictional)")
        >>> clubs = draft.activity("clubs", "Reading clubs meet", basis="stated")
        >>> lend = draft.output("lend", "Children borrow books")
        >>> read = draft.objective("read", "Children read for pleasure")
        >>> open = draft.assumption("open", "The library is open after school")
        >>> first = draft.link(clubs, lend, rationale="Clubs choose books together", assumptions=[open])
        >>> second = draft.link(lend, read, rationale="Who borrows may read", assumptions=[open])
        >>> _ = draft.evidence("loans", about=[first], kind="document", independent=True, statement="The library's loans rose")
        >>> told = story(draft.done(), clubs, read)
        >>> print(told.level, [gap.value for gap in told.missing])
        minimal ['chain_not_verified', 'rivals_not_assessed']
        >>> print(told.sentence())
        “Reading clubs meet” took place, as a source states, and led to “Children borrow books”; that it contributed to “Children read for pleasure” cannot be claimed yet.

    Source: Mayne (2008, 2012, 2019); the rules stand in docs/reference/story.md.
    """
    told = account(model, activity, objective, as_of=as_of, policy=policy, table=table, words=words)
    ends = {"start": name(told, told.start.id), "end": name(told, told.end.id)}
    sections = _marked(told, (
        in_short(told),
        question(told),
        theory(told),
        evidence(told),
        _with_weak_points(contribution(told), told),
        collection(told),
        change_of_mind(told),
        rules(told),
    ))  # fmt: skip
    return Story(
        from_=told.start.id,
        to=told.end.id,
        title=words.gettext("Contribution story: from %(start)s to %(end)s", **ends),
        level=told.best.found.level,
        missing=told.best.found.missing,
        delivery=told.delivery,
        links=told.links,
        pathway=told.pathway,
        weakest=weakest(told),
        rivals=told.rivals,
        judged=told.judged,
        trace=told.way,
        policy=told.policy,
        as_of=told.as_of,
        sections=sections,
        references={id: _title(told, id) for section in sections for said in section.sentences for id in said.because},
        notice=words.text(model.programme.notice),
        words=words,
    )


def _with_weak_points(section: Section, told: Account) -> Section:
    return evolve(section, paragraphs=(*section.paragraphs, *((sentence,) for sentence in (*plausible(told), *weakest_points(told)))))


def _marked(told: Account, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections, with a note at the end if a quotation claims more than we would."""
    strong = [
        said for section in sections for said in section.sentences if banned_phrases(said.text) and not banned_phrases(own_words(said.text))
    ]
    if not strong:
        return sections
    text = told.words.gettext(
        "Some quotations claim more than evidence of a contribution can carry; they are the model's words, not the story's."
    )
    note = Sentence(text, tuple(id for said in strong for id in said.because))
    return (*sections[:-1], evolve(sections[-1], paragraphs=(*sections[-1].paragraphs, (note,))))


def _title(told: Account, id: str) -> str:
    """What people call an element: a link by its ends, evidence by what it says, a figure by its indicator; empty where nothing does."""
    record, words = told.model.by_id[id], told.words
    if isinstance(record, Link):
        return f"{_title(told, record.from_) or record.from_} → {_title(told, record.to) or record.to}"
    if isinstance(record, Evidence):
        return quoted(words.text(record.statement), words=words) if record.statement else ""
    if isinstance(record, Value):
        indicator = _title(told, record.indicator) or record.indicator
        return {
            "baseline": words.gettext("baseline of %(indicator)s", indicator=indicator),
            "target": words.gettext("target of %(indicator)s", indicator=indicator),
            "actual": words.gettext("result of %(indicator)s", indicator=indicator),
        }[record.kind]
    return titled(told, record, id) if isinstance(record, Titled) and record.title else ""
