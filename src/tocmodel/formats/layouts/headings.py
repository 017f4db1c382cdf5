"""What the headings of others' tables mean: names of columns, periods and groups of people, as data."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message
from tocmodel.periods import Period
from tocmodel.slices import Slice
from tocmodel.words import Word


class Role(Word):
    """What a column holds."""

    LEVEL = "level"
    NUMBER = "number"
    RESULT = "result"
    INDICATOR = "indicator"
    ID = "id"
    RESULT_ID = "result_id"
    CODE = "code"
    DEFINITION = "definition"
    UNIT = "unit"
    POPULATION = "population"
    DIRECTION = "direction"
    ACCUMULATION = "accumulation"
    KIND = "kind"
    PART = "part"
    BASELINE = "baseline"
    BASELINE_DATE = "baseline_date"
    TARGET = "target"
    ACTUAL = "actual"
    LIFE_TARGET = "life_target"
    LIFE_ACTUAL = "life_actual"
    CALCULATED = "calculated"
    MEANS = "means_of_verification"
    METHOD = "collection_method"
    FREQUENCY = "frequency"
    RESPONSIBLE = "responsible"
    LIMITATIONS = "limitations"
    ASSUMPTIONS = "assumptions"
    RISKS = "risks"
    NARRATIVE = "narrative"
    PLACE = "place"
    REPORTER = "reporter"
    START = "start"
    END = "end"
    REPORTED = "reported"
    WEIGHT = "weight"
    ROW_KIND = "row_kind"


SYNONYMS: Mapping[Role, tuple[str, ...]] = {
    Role.LEVEL: ("level", "level of result", "result level", "levels", "hierarchy", "type of result"),
    Role.NUMBER: ("no", "no.", "nr", "nr.", "#", "number", "ref", "ref.", "s/n", "id", "indicator no", "indicator number"),
    Role.RESULT: (
        "result", "results", "results chain", "results chain: main expected results", "result statement", "objective", "objectives",
        "intervention logic", "narrative summary", "project summary", "outcome / output", "expected results", "result title", "activity",
        "output", "outcome", "strategic objective", "name of result measured", "level/result", "result/level", "programme summary",
    ),
    Role.INDICATOR: (
        "indicator", "indicators", "indicator name", "name of indicator", "performance indicator", "performance indicators",
        "objectively verifiable indicators", "ovi", "indicator title", "indicateur", "indicateurs", "indicador", "indicadores",
    ),
    Role.ID: ("indicator id", "id of indicator"),
    Role.RESULT_ID: ("result id", "id of result"),
    Role.CODE: ("code", "indicator code"),
    Role.DEFINITION: ("definition", "precise definition", "precise definition(s)", "indicator definition", "description"),
    Role.UNIT: ("unit", "unit of measure", "unit of measurement", "uom", "measure"),
    Role.POPULATION: ("population", "whom it counts", "people counted"),
    Role.DIRECTION: ("direction", "direction of change", "desired direction", "desired direction (+/-)", "desired direction of change", "+/-"),
    Role.ACCUMULATION: ("accumulation", "what successive results mean"),
    Role.KIND: ("data type", "number type", "indicator type"),
    Role.PART: (
        "disaggregation", "disaggregated by", "disaggregate", "disaggregates", "breakdown", "group", "category", "sex", "gender", "part",
    ),
    Role.BASELINE: (
        "baseline", "baselines", "baseline value", "base value", "baseline (value and year)", "baselines (values and years)",
        "baseline values", "baseline figure",
    ),
    Role.BASELINE_DATE: ("baseline date", "baseline year", "baseline timeframe", "date of baseline", "year of baseline"),
    Role.TARGET: (
        "target", "targets", "targets (values and years)", "target (value and year)", "planned", "plan", "milestone", "targeted",
        "planned value", "target value",
    ),
    Role.ACTUAL: (
        "actual", "actuals", "achieved", "achievement", "result achieved", "reached", "current value", "current values",
        "current value (year)", "value", "actual value", "achieved value", "progress value",
    ),
    Role.LIFE_TARGET: (
        "lop target", "loa target", "life of project target", "life of activity target", "life of programme target", "end target",
        "final target", "overall target", "endline target", "end of project target", "total target", "life target",
    ),
    Role.LIFE_ACTUAL: (
        "lop actual", "loa actual", "life of project actual", "life of activity actual", "cumulative actual", "total achieved",
        "overall achieved", "total actual", "actual to date", "life actual", "cumulative achieved",
    ),
    Role.CALCULATED: (
        "%", "% achieved", "% of target", "% of target achieved", "percent achieved", "% met", "% progress", "achievement rate", "variance",
        "gap", "lop % met", "lop %", "life %", "variance/gap", "deviation", "% of target reached", "status", "pace",
    ),
    Role.MEANS: (
        "means of verification", "mov", "source", "sources", "data source", "data sources", "sources of data", "source of data",
        "sources of verification", "sources and means of verification", "source of verification",
    ),
    Role.METHOD: ("method", "collection method", "data collection method", "method of data collection", "method of data collection and construction"),
    Role.FREQUENCY: ("frequency", "reporting frequency", "collection frequency", "frequency of collection", "frequency of reporting"),
    Role.RESPONSIBLE: ("responsible", "responsible person", "responsibility", "person responsible", "individual(s) responsible", "responsible party"),
    Role.LIMITATIONS: ("limitations", "known data limitations", "data limitations"),
    Role.ASSUMPTIONS: ("assumptions", "assumption", "assumptions and risks", "key assumptions", "hypotheses"),
    Role.RISKS: ("risks", "risk", "risk rating"),
    Role.NARRATIVE: ("comments", "comment", "remarks", "notes", "deviation narrative", "narrative", "explanation", "justification"),
    Role.PLACE: ("place", "location", "district", "county", "region", "country", "area"),
    Role.REPORTER: ("partner", "reported by", "reporter", "organisation", "organization"),
    Role.START: ("start", "start date", "period start", "from"),
    Role.END: ("end", "end date", "period end", "to"),
    Role.REPORTED: ("reported", "date reported", "reporting date", "date"),
    Role.WEIGHT: ("weight", "weighting", "impact weighting", "impact weighting (%)"),
    Role.ROW_KIND: ("planned/achieved", "planned / achieved", "target/actual", "target / actual"),
}  # fmt: skip
"""The names of columns that are recognised, in lower case."""

GROUPS: Mapping[str, str] = {
    "female": "female", "females": "female", "f": "female", "women": "women", "woman": "women", "girls": "girls", "girl": "girls",
    "male": "male", "males": "male", "m": "male", "men": "men", "man": "men", "boys": "boys", "boy": "boys", "mujeres": "female",
    "hombres": "male", "femmes": "female", "hommes": "male", "filles": "girls", "garçons": "boys",
}  # fmt: skip
"""Words for women, men, girls and boys, and the category that each becomes in the dimension ``sex``."""
_TOTAL = {"total", "all", "both", "overall"}

TAGS: Mapping[str, Role] = {
    "#indicator+name": Role.INDICATOR, "#indicator+code": Role.CODE, "#indicator": Role.INDICATOR, "#targeted": Role.TARGET,
    "#reached": Role.ACTUAL, "#value+target": Role.TARGET, "#value+baseline": Role.BASELINE, "#value+actual": Role.ACTUAL,
    "#value+reached": Role.ACTUAL, "#value+pct": Role.CALCULATED, "#value": Role.ACTUAL, "#affected": Role.ACTUAL, "#date+start": Role.START,
    "#date+end": Role.END, "#date+reported": Role.REPORTED, "#adm": Role.PLACE, "#country": Role.PLACE, "#loc": Role.PLACE,
    "#org": Role.REPORTER, "#output": Role.RESULT, "#activity": Role.RESULT, "#result": Role.RESULT,
}  # fmt: skip
"""HXL hashtags, with the attributes that matter, and what they stand for; the longest that fits counts."""
_TAG_GROUPS = {"f": "female", "m": "male", "i": "other"}
_AGES = ("infants", "children", "adolescents", "adults", "elderly")


@frozen
class Heading:
    """What the heading of a column says.

    Attributes:
        role: what the column holds; None if nothing is recognised.
        period: the period that it is about, as written; empty if it names none.
        slice: the part of a breakdown that it is about.
    """

    role: Role | None = None
    period: str = ""
    slice: Slice = field(default=Slice())


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:19|20)\d\d"
_WHEN = re.compile(
    rf"(?P<iso>{_YEAR}-\d\d(?:-\d\d)?(?:\s*[/–]\s*{_YEAR}-\d\d(?:-\d\d)?)?)"
    rf"|(?P<slashed>\b\d{{1,2}}/\d{{1,2}}/{_YEAR}\b)|(?P<dotted>\b\d{{1,2}}\.\d{{1,2}}\.{_YEAR}\b)|(?P<numbered>\b(?:0?[1-9]|1[0-2])[/.]{_YEAR}\b)"
    rf"|(?P<quarter>q[1-4][\s./-]*{_YEAR}|{_YEAR}[\s./-]*q[1-4])|(?P<half>[hs][12][\s./-]*{_YEAR}|{_YEAR}[\s./-]*[hs][12])"
    rf"|(?P<months>{_MONTH}\s*(?:{_YEAR})?\s*(?:-|–|to)\s*{_MONTH}\s*{_YEAR})|(?P<day>\d{{1,2}}\s+{_MONTH}\s+{_YEAR})"
    rf"|(?P<month>{_MONTH}[\s-]*{_YEAR})|(?P<fiscal>fy\s*'?\d{{2}}(?:\d\d)?)|(?P<year>\b{_YEAR}\b)|(?P<relative>\b(?:year|y|quarter|q|milestone)\s*\d\b)",
    re.IGNORECASE,
)
_MONTHS_A_YEAR = 12
_NO_CALENDAR = {"fiscal", "relative"}


def period_in(text: str) -> tuple[str, Period | None]:
    """The first period that a text names, as written and as a period; None where the calendar does not say it, as ``Year 1``.

    Example:
        >>> period_in("Target Q2 2024"), period_in("Year 1 target")[0], period_in("Target")
        (('Q2 2024', Period(start=datetime.date(2024, 4, 1), end=datetime.date(2024, 6, 30))), 'Year 1', ('', None))
    """
    found = _WHEN.search(text)
    if found is None:
        return "", None
    kind = found.lastgroup or ""
    try:
        return found[0], None if kind in _NO_CALENDAR else _period(kind, found[0].lower())
    except (FieldError, ValueError):
        return found[0], None


def _period(kind: str, text: str) -> Period:
    if kind == "iso":
        return Period.read(re.sub(r"\s*[/–]\s*", "/", text))
    years = [int(year) for year in re.findall(_YEAR, text)]
    months = [_MONTHS.index(month) + 1 for month in re.findall("|".join(_MONTHS), text)]
    match kind:
        case "year":
            return Period.read(text)
        case "slashed" | "dotted":
            first, second, year = map(int, re.split(r"[/.]", text))
            if kind == "slashed" and first != second and max(first, second) <= _MONTHS_A_YEAR:
                said = message("%(text)s: which is the month?", text=repr(text))
                raise FieldError(said, message("write 2024-06-30"))
            day, month = (second, first) if second > _MONTHS_A_YEAR else (first, second)
            return Period(date(year, month, day), date(year, month, day))
        case "numbered":
            month = int(re.split(r"[/.]", text)[0])
            return _months(years[0], month, years[0], month)
        case "quarter":
            quarter = int(re.search(r"q([1-4])", text)[1])  # type: ignore[index]
            return _months(years[0], 3 * quarter - 2, years[0], 3 * quarter)
        case "half":
            half = int(re.search(r"[hs]([12])", text)[1])  # type: ignore[index]
            return _months(years[0], 6 * half - 5, years[0], 6 * half)
        case "day":
            day = date(years[0], months[0], int(text.split(maxsplit=1)[0]))
            return Period(day, day)
        case _:
            return _months(years[0], months[0], years[-1], months[-1])


def _months(first_year: int, first: int, last_year: int, last: int) -> Period:
    return Period(date(first_year, first, 1), date(last_year, last, monthrange(last_year, last)[1]))


def normal(text: str) -> str:
    """A heading in lower case, without blanks, line breaks and marks at its ends."""
    return " ".join(text.lower().replace("*", " ").split()).strip(" :;.|–-")


_ROLES = {normal(name): role for role, names in SYNONYMS.items() for name in names}


def heading(parts: Iterable[str]) -> Heading:
    """What the cells above a column say together, from top to bottom.

    Example:
        >>> heading(["2024", "Target"]), heading(["Actual – girls"]).slice
        (Heading(role=<Role.TARGET: 'target'>, period='2024', slice=Slice(pairs=())), Slice(pairs=(('sex', 'girls'),)))
    """
    texts = [text for text in map(normal, parts) if text]
    joined = " ".join(dict.fromkeys(texts))
    when, _ = period_in(joined)
    rest = normal(joined.replace(when.lower(), " ")) if when else joined
    words = [word for word in re.split(r"[\s/|()–,:-]+", rest) if word]
    groups = [GROUPS[word] for word in words if word in GROUPS]
    if groups or _TOTAL & set(words[-1:]):
        rest = normal(" ".join(word for word in re.split(r"\s+", rest) if word.strip("/|()–,:-") not in GROUPS))
    role = _role(texts, rest)
    if role is None and when and not rest:
        role = Role.TARGET if when.lower().startswith("milestone") else None
    slice = Slice({"sex": groups[0]}) if len(set(groups)) == 1 and role is not Role.PART else Slice()
    return Heading(role, when, slice)


def _role(texts: list[str], rest: str) -> Role | None:
    """The whole heading as a name, then without what stands in brackets, then without 'total', then its lowest part."""
    bare = normal(re.sub(r"\([^)]*\)", " ", rest))
    total = normal(re.sub(r"\btotal\b", " ", bare))
    lowest = [normal(texts[-1]), normal(re.sub(r"\([^)]*\)", " ", texts[-1]))] if texts else []
    return next((_ROLES[name] for name in (rest, bare, total, *lowest) if name in _ROLES), None)


def tagged(tag: str) -> Heading:
    """What an HXL hashtag says, with its attributes.

    Example:
        >>> tagged("#targeted+f"), tagged("#meta").role
        (Heading(role=<Role.TARGET: 'target'>, period='', slice=Slice(pairs=(('sex', 'female'),))), None)
    """
    name, *attributes = tag.lower().replace(" ", "").split("+")
    base = "#adm" if name.startswith("#adm") else name
    role = next((TAGS[f"{base}+{attribute}"] for attribute in attributes if f"{base}+{attribute}" in TAGS), TAGS.get(base))
    groups = [("sex", _TAG_GROUPS[one]) for one in attributes if one in _TAG_GROUPS] + [("age", one) for one in attributes if one in _AGES]
    return Heading(role, "", Slice(dict(groups)))


LEVELS: Mapping[str, tuple[str, dict[str, str]]] = {
    "impact": ("objectives", {"level": "overall"}), "goal": ("objectives", {"level": "overall"}),
    "overall objective": ("objectives", {"level": "overall"}), "vision": ("objectives", {"level": "overall"}),
    "specific objective": ("objectives", {}), "objective": ("objectives", {}), "purpose": ("objectives", {}),
    "strategic objective": ("objectives", {}), "intermediate outcome": ("outcomes", {"horizon": "intermediate"}),
    "outcome": ("outcomes", {}), "intermediate result": ("outcomes", {}), "sub-outcome": ("outcomes", {}),
    "output": ("outputs", {}), "result": ("outputs", {}), "activity": ("activities", {}), "activities": ("activities", {}),
    "input": ("inputs", {}), "inputs": ("inputs", {}), "other result": ("other_results", {}), "outputs": ("outputs", {}),
    "outcomes": ("outcomes", {}), "impacts": ("objectives", {"level": "overall"}),
}  # fmt: skip
"""Words for the levels of results, and the list and fields that they stand for."""
_LEVEL = re.compile(
    rf"(?P<level>{'|'.join(sorted(LEVELS, key=len, reverse=True))})\b\s*(?P<number>\d+(?:\.\d+)*)?\.?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_IN_SHORT = re.compile(r"(?P<level>IR|SO|DO)\s*(?P<number>\d+(?:\.\d+)*)[\s.:)–-]*(?P<rest>.*)", re.DOTALL)
_SHORT_LEVELS = {"IR": "intermediate result", "SO": "strategic objective", "DO": "strategic objective"}
"""How USAID's frameworks call intermediate results, strategic and development objectives, before their numbers."""
_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.?[\s:)–-]+(?P<rest>\D.*)", re.DOTALL)


def level_in(text: str) -> tuple[str, str, str]:
    """The level of a result, its number and its title, as far as a cell says them.

    Example:
        >>> level_in("Output 1.2: Teachers trained"), level_in("Teachers trained"), level_in("IMPACT")
        (('output', '1.2', 'Teachers trained'), ('', '', 'Teachers trained'), ('impact', '', ''))
    """
    stripped = text.strip()
    found = _LEVEL.fullmatch(stripped)
    if found and (found["number"] or not found["rest"] or found["rest"][0] in ":–-."):
        return found["level"].lower(), found["number"] or "", found["rest"].lstrip(" :–-.)").strip()
    short = _IN_SHORT.fullmatch(stripped)
    if short:
        return _SHORT_LEVELS[short["level"]], short["number"], short["rest"].strip()
    numbered = _NUMBERED.fullmatch(stripped)
    if numbered:
        return "", numbered["number"], numbered["rest"].strip()
    return "", "", stripped
