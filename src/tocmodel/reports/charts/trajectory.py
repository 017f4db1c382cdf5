"""An indicator over time as a picture: from the baseline over the milestones to the target, against what was reached."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import floor, log10
from typing import Any
from xml.etree.ElementTree import Element

from attrs import frozen

from tocmodel.errors import AsOfNeededError, UnknownIdError
from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import shown
from tocmodel.measurement.achieving import Achieving, day_of
from tocmodel.measurement.actuals import covered, in_force
from tocmodel.measurement.expectations import starts_at_zero
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.rows import AchievementRow, Scope
from tocmodel.model import Actual, Direction, Indicator, TheoryOfChange
from tocmodel.periods import Period
from tocmodel.reports.charts.achievement import note, standing
from tocmodel.reports.charts.drawing import MARGIN, SMALL, WIDTH, Picture, circle, footing, group, heading, line, path, picture, rect, words
from tocmodel.reports.charts.palette import MUTED, PAPER, PLANNED, REACHED
from tocmodel.reports.language import Foreign, Language
from tocmodel.reports.naming import Names, named, named_part, speaking_of
from tocmodel.slices import Slice

_HEIGHT = 300.0
_LEFT = MARGIN + 66
_RIGHT = WIDTH - MARGIN - 90
_TICKS = 5


@frozen
class Moment:
    """A figure at a date.

    Attributes:
        on: the date.
        figure: the figure; it has bounds.
        what: baseline, start, milestone, target or reached.
        dated: whether the model states the date; otherwise it is that of judgement.
        later: whether it is a result of days after the date of judgement, which the achievement table counts all the same.
    """

    on: date
    figure: Figure
    what: str
    dated: bool = True
    later: bool = False

    def __str__(self) -> str:
        when = f" on {self.on}{', after the date of judgement' if self.later else ''}" if self.dated else ", on a day not stated"
        return f"{self.what}{when}: {shown(self.figure)}"


@frozen
class Trajectory:
    """The way of an indicator: what was planned, and what was reached so far.

    Attributes:
        planned: the baseline, the milestones and the target, in time order, to date.
        reached: what was reached by each day of a result, in time order, judged as of that day; a day after the date of
            judgement is judged as of that date, so that the last of these is the figure of the achievement table.
        whole: the row of the whole programme.
    """

    planned: tuple[Moment, ...]
    reached: tuple[Moment, ...]
    whole: AchievementRow


def trajectory(
    model: TheoryOfChange, indicator: str, *, slice: object = None, as_of: date | str | None = None, policy: Policy = DEFAULT
) -> Trajectory:
    """What was planned of an indicator and what was reached, date by date, as figures to date.

    Args:
        model: the model.
        indicator: the id of the indicator.
        slice: the part of a breakdown; the total where left out.
        as_of: the date of judgement; the programme's own where left out.
        policy: the conventions.

    Raises:
        UnknownIdError: if no indicator has this id, or nothing speaks of the slice.
        AsOfNeededError: if neither the call nor the programme says a date.
    """
    measured, part = model.indicator(indicator), Slice.read(slice)
    judged_on = day_of(model, as_of)
    if judged_on is None:
        raise AsOfNeededError
    rows = [row for row in Achieving(model, measured, judged_on, policy, None).rows() if row.scope is Scope.LIFE]
    whole = next((row for row in rows if row.slice == part), None)
    if whole is None:
        raise UnknownIdError(str(part), f"part of {indicator!r}", [str(row.slice) for row in rows])
    planned = sorted(_planned(model, measured, part, judged_on, policy, whole), key=lambda moment: moment.on)
    return Trajectory(tuple(planned), tuple(_reached(model, measured, part, judged_on, policy, whole)), whole)


def _planned(
    model: TheoryOfChange, indicator: Indicator, part: Slice, as_of: date, policy: Policy, whole: AchievementRow
) -> Iterator[Moment]:
    span = model.programme.period
    before = next((value for value in in_force(model.baselines_of(indicator.id)) if value.slice == part), None)
    periods = sorted({value.period for value in in_force(model.targets_of(indicator.id)) if value.period}, key=lambda period: period.end)
    start = span.start if span else periods[0].start if periods else None
    if whole.baseline.bounds is not None:
        on = before.period.end if before and before.period else start
        if on is not None:
            yield Moment(on, whole.baseline, "baseline")
    elif start is not None and starts_at_zero(indicator, whole.direction):
        yield Moment(start, Figure("0", Interval.exactly(0)), "start")
    every = [*([span.end] if span else []), *(period.end for period in periods)]
    last = max(every) if every else None
    for end in sorted({period.end for period in periods}):
        rows = Achieving(model, indicator, end, policy, None).rows()
        due = next((row for row in rows if row.scope is Scope.TO_DATE and row.slice == part), None)
        if due is not None and due.target.bounds is not None and (end != last or whole.target.bounds is None):
            yield Moment(end, due.target, "milestone")
    if whole.target.bounds is not None:
        yield Moment(last or as_of, whole.target, "target", dated=last is not None)


def _reached(
    model: TheoryOfChange, indicator: Indicator, part: Slice, as_of: date, policy: Policy, whole: AchievementRow
) -> Iterator[Moment]:
    actuals = in_force(model.actuals_of(indicator.id))
    days = [stretch for value in actuals if (stretch := covered(value)) is not None]
    ends = sorted({stretch.end for stretch in days})
    for end in ends:
        judged = Achieving(model, indicator, min(end, as_of), policy, None)
        found = judged.reached_by(part, Period(min(stretch.start for stretch in days), end))
        behind = [value for id in found.inputs if isinstance(value := model.by_id.get(id), Actual)]
        speak_of_it = any((stretch := covered(value)) is not None and stretch.end == end for value in behind)
        if found.figure.bounds is not None and speak_of_it:  # no dot stands where this part was not reported
            yield Moment(end, found.figure, "reached", later=end > as_of)
    behind_whole = {input.id for input in whole.inputs if input.role == "actual"}
    undated = any(value.id in behind_whole and covered(value) is None for value in actuals)
    if whole.actual.bounds is not None and (not ends or (undated and ends[-1] <= as_of)):
        yield Moment(as_of, whole.actual, "reached", dated=False)


def trajectory_chart(
    model: TheoryOfChange,
    indicator: str,
    *,
    slice: object = None,
    as_of: date | str | None = None,
    policy: Policy = DEFAULT,
    language: Language | None = None,
) -> Picture:
    """Draw the way of an indicator as SVG: the plan as a dashed line, what was reached as dots with their bounds.

    All figures are to date, so that new results and their targets are added up. A result whose date nobody stated stands at
    the date of judgement as a hollow dot. Results of days after it are counted, as in the achievement table; they stand
    right of a thin line at that date. Where only a lower bound is known, an arrow goes up from it.

    Args:
        model: the model.
        indicator: the id of the indicator.
        slice: the part of a breakdown; the total where left out.
        as_of: the date of judgement; the programme's own where left out.
        policy: the conventions.
        language: the language of its own words; English where left out.

    Raises:
        UnknownIdError: if no indicator has this id, or nothing speaks of the slice.
        AsOfNeededError: if neither the call nor the programme says a date.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("nursery", "Tree nursery (fictional)", period="2023-01-01/2024-12-31", as_of="2024-12-31")
        >>> plant = draft.activity("plant", "Neighbours raise seedlings")
        >>> _ = draft.indicator("trees", "Seedlings raised", of=plant, unit="item", direction="increase", accumulation="cumulative", report="to_date")
        >>> _ = draft.target("trees", 300), draft.actual("trees", "over 250", measured="2024-11-30")
        >>> "reached on 30 November 2024: over 250" in trajectory_chart(draft.done(), "trees")
        True
    """
    way = trajectory(model, indicator, slice=slice, as_of=as_of, policy=policy)
    spoken = speaking_of(model, language)
    row = way.whole
    name = named(model, indicator, spoken)
    title = f"{name} ({named_part(model, row.slice, spoken)})" if row.slice else name
    stands = spoken.figure(row.actual) if row.actual.words else ", ".join(standing(row, spoken))
    below = [
        spoken.gettext("To date, as of %(day)s: %(standing)s.", day=spoken.day(row.as_of), standing=stands),
        *_counted(row, spoken),
    ]
    parts, y = heading(title, below)
    moments = [*way.planned, *way.reached]
    if moments:
        parts += _drawn(way, moments, model.programme.period, y + 14, spoken)
        y += _HEIGHT + 54
    else:
        parts.append(words(MARGIN, y + 10, spoken.gettext("Neither a plan nor a result has a number.")))
        y += 30
    legend = [
        *(
            [spoken.gettext("A hollow dot: nobody stated the day of the result; it stands at the date of judgement.")]
            if _undated(way.reached)
            else []
        ),
        *(
            [spoken.gettext("Right of the thin line: results that speak of days after the date of judgement; they are counted.")]
            if _later(way.reached)
            else []
        ),
        *([spoken.gettext("Context: neither good nor bad when it rises; no verdict.")] if row.direction is Direction.CONTEXT else []),
        *(_as_sentence(spoken.said(assumed)) for assumed in row.assumed),
        *filter(None, [note(row, spoken)]),
    ]
    foot, height = footing(y, [*legend, *Names(spoken, model).notes(model.programme.notices)])
    described = " ".join([*below, *(f"{_told(moment, spoken)}." for moment in moments)])
    return picture(WIDTH, height, title=title, description=described, parts=[*parts, *foot], lang=spoken.code)


def _counted(row: AchievementRow, language: Language) -> list[str]:
    """Who or what the figures count, and in which unit."""
    unit, counted = language.label(row.unit) if row.unit else "", language.text(row.population)
    if counted and unit:
        return [language.gettext("Counted: %(population)s (unit: %(unit)s).", population=counted, unit=unit)]
    if counted:
        return [language.gettext("Counted: %(population)s.", population=counted)]
    return [language.gettext("Unit: %(unit)s.", unit=unit)] if unit else []


def _as_sentence(said: str) -> str:
    sentence = f"{said[:1].upper()}{said[1:]}{'' if said.endswith('.') else '.'}"
    return Foreign(sentence, said.lang) if isinstance(said, Foreign) else sentence


def _told(moment: Moment, language: Language) -> str:
    values = {"what": _named(moment, language), "figure": language.figure(moment.figure)}
    if not moment.dated:
        return language.gettext("%(what)s, on a day not stated: %(figure)s", **values)
    if moment.later:
        return language.gettext("%(what)s on %(day)s, after the date of judgement: %(figure)s", day=language.day(moment.on), **values)
    return language.gettext("%(what)s on %(day)s: %(figure)s", day=language.day(moment.on), **values)


def _named(moment: Moment, language: Language) -> str:
    return {
        "baseline": language.gettext("baseline"),
        "start": language.gettext("start"),
        "milestone": language.gettext("milestone"),
        "target": language.gettext("target"),
        "reached": language.gettext("reached"),
    }[moment.what]


def _undated(reached: Sequence[Moment]) -> bool:
    return any(not moment.dated for moment in reached)


def _later(reached: Sequence[Moment]) -> bool:
    return any(moment.later for moment in reached)


def _drawn(way: Trajectory, moments: Sequence[Moment], span: Period | None, y: float, language: Language) -> list[Element]:
    days = [*(moment.on for moment in moments), *([span.start, span.end] if span else [])]
    days += [way.whole.as_of] if _later(way.reached) else []
    first, last = min(days), max(days)
    if first == last:
        first, last = first - timedelta(days=182), last + timedelta(days=182)
    ends = [float(end) for moment in moments for end in _ends(moment)]
    low, step = min(0.0, *ends), _step(max(0.0, *ends) - min(0.0, *ends))
    bottom, top = floor(low / step) * step, step
    while top < max(ends):
        top += step

    def across(day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day - first).days / (last - first).days

    def up(value: float) -> float:
        return y + _HEIGHT - _HEIGHT * (value - bottom) / (top - bottom)

    room = (last - first) * 70 / (_RIGHT - _LEFT)
    parts: list[Element] = []
    value = bottom
    while value <= top + step / 2:
        parts.append(line(_LEFT, up(value), _RIGHT, up(value)))
        parts.append(words(_LEFT - 8, up(value) + 4, language.number(f"{value:.10g}"), size=SMALL, fill=MUTED, text_anchor="end"))
        value += step
    for day in _days(first, last):
        parts.append(line(across(day), y + _HEIGHT, across(day), y + _HEIGHT + 5, stroke=MUTED))
        parts.append(words(across(day), y + _HEIGHT + 20, language.day(day, short=True), size=SMALL, fill=MUTED, text_anchor="middle"))
    if _later(way.reached):
        judged = across(way.whole.as_of)
        parts.append(line(judged, y, judged, y + _HEIGHT, stroke=MUTED))
        said = language.gettext("as of %(day)s", day=language.day(way.whole.as_of))
        parts.append(words(judged, y - 6, said, size=SMALL, fill=MUTED, text_anchor="middle"))
    plan = [(across(moment.on), up(_middle(moment))) for moment in way.planned]
    if len(plan) > 1:
        parts.append(
            path(
                "M" + "L".join(f"{x:.1f} {height:.1f}" for x, height in plan),
                stroke=PLANNED,
                stroke_width=2,
                stroke_dasharray="6 4",
                fill="none",
            )
        )
    parts += [
        _goal(
            moment, language, across(moment.on), up, below=_beside(moment, way.reached, room), aside=_arrow_below(moment, way.reached, room)
        )
        for moment in way.planned
    ]
    done = [(across(moment.on), up(_middle(moment))) for moment in way.reached]
    if len(done) > 1:
        parts.append(path("M" + "L".join(f"{x:.1f} {height:.1f}" for x, height in done), stroke=REACHED, stroke_width=2.5, fill="none"))
    parts += [
        _dot(moment, language, across(moment.on), up, below=not any(_beside(goal, [moment], room) for goal in way.planned))
        for moment in way.reached
    ]
    return parts


def _beside(moment: Moment, others: Sequence[Moment], room: timedelta) -> bool:
    """Whether another mark stands above a mark, or on it, so near that their words would meet."""
    return any(abs(other.on - moment.on) < room and _middle(other) >= _middle(moment) for other in others)


def _arrow_below(moment: Moment, others: Sequence[Moment], room: timedelta) -> bool:
    """Whether the arrow of an open lower bound may run through the words above a mark."""
    return any(
        abs(other.on - moment.on) < room and other.figure.bounds is not None and other.figure.bounds.high is None for other in others
    )


def _goal(moment: Moment, language: Language, x: float, up: Callable[[float], float], *, below: bool, aside: bool) -> Element:
    height = up(_middle(moment))
    anchor, beside = ("end", x - 10) if aside and x > _LEFT + 120 else ("middle", x)
    at = height + 20 if below else height - 12
    bounds = moment.figure.bounds
    parts = [rect(x - 5, height - 5, 10, 10, fill=PAPER, stroke=PLANNED, stroke_width=2)]
    if bounds is not None and bounds.low is not None and bounds.high is not None and bounds.low != bounds.high:
        parts.insert(0, line(x, up(float(bounds.low)), x, up(float(bounds.high)), stroke=PLANNED, stroke_width=6, stroke_opacity=0.35))
    parts.append(
        words(
            beside,
            at,
            f"{_named(moment, language)} {language.figure(moment.figure)}",
            size=SMALL + 1,
            fill=PLANNED,
            text_anchor=anchor,
            **_HALO,
        )
    )
    return group(parts, title=_told(moment, language))


_HALO: dict[str, Any] = {"stroke": PAPER, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}


def _dot(moment: Moment, language: Language, x: float, up: Callable[[float], float], *, below: bool) -> Element:
    bounds = moment.figure.bounds
    assert bounds is not None
    height = up(_middle(moment))
    at = height + 20 if below else height - (30 if bounds.high is None else 12)
    parts: list[Element] = []
    if bounds.low is not None and bounds.high is not None and bounds.low != bounds.high:
        low, high = up(float(bounds.low)), up(float(bounds.high))
        parts.append(
            path(
                f"M{x:.1f} {low:.1f}V{high:.1f}M{x - 6:.1f} {low:.1f}h12M{x - 6:.1f} {high:.1f}h12",
                stroke=REACHED,
                stroke_width=2,
                fill="none",
            )
        )
    elif bounds.high is None:
        parts.append(path(f"M{x:.1f} {height - 7:.1f}v-16m-5 6l5 -6l5 6", stroke=REACHED, stroke_width=2, fill="none"))
    elif bounds.low is None:
        parts.append(path(f"M{x:.1f} {height + 7:.1f}v16m-5 -6l5 6l5 -6", stroke=REACHED, stroke_width=2, fill="none"))
    parts.append(circle(x, height, 5, fill=REACHED if moment.dated else PAPER, stroke=REACHED, stroke_width=2))
    parts.append(words(x, at, language.figure(moment.figure), text_anchor="middle", fill=REACHED, font_weight="bold", **_HALO))
    return group(parts, title=_told(moment, language))


def _ends(moment: Moment) -> list[Decimal]:
    bounds = moment.figure.bounds
    return [] if bounds is None else [end for end in (bounds.low, bounds.high) if end is not None]


def _middle(moment: Moment) -> float:
    """Where a figure's mark stands: at its bound where there is one, half way where there are two."""
    ends = [float(end) for end in _ends(moment)]
    return sum(ends) / len(ends)


def _step(span: float) -> float:
    """A round distance between the lines of a scale."""
    if span <= 0:
        return 1.0
    rough = span / _TICKS
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)


def _days(first: date, last: date) -> list[date]:
    """The days that the time axis names: both ends, and the beginnings of years between that leave them room."""
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    room = (last - first) / 8
    between = [day for day in years if day - first > room and last - day > room]
    every = max(1, len(between) // 5)
    return [first, *between[::every], last]
