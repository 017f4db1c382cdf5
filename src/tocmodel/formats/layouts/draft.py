"""What was found in a table, collected on the way to a model: results, indicators, figures, and what nobody understood."""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from attrs import evolve, frozen

from tocmodel.errors import FieldError, UnreadableFileError
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.formats.layouts.headings import LEVELS
from tocmodel.formats.layouts.numbers import DecimalSign, Printed, printed_in
from tocmodel.formats.naming import id_of
from tocmodel.formats.plain import VERSION, from_plain
from tocmodel.formats.workbook.opening import NumberCell
from tocmodel.formats.workbook.places import in_cells
from tocmodel.messages import message
from tocmodel.model import TheoryOfChange
from tocmodel.model.record import to_id
from tocmodel.periods import Period

_RANKS = {"inputs": 0, "activities": 1, "outputs": 2, "outcomes": 3, "other_results": 3, "objectives": 4}
_ABOVE = {"inputs": "activities", "activities": "outputs", "outputs": "outcomes", "outcomes": "objectives"}
_WEIGHT = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_IN_WORDS = {"text", "rating", "milestone"}
"""The kinds of indicator whose results are words."""
KEPT = "table"
"""The namespace under which a record keeps cells that have no place in a model."""


@frozen
class Result:
    """A result of the table.

    Attributes:
        id: its id.
        section: the list it stands in.
        number: its number in the table, such as 1.2.
        level: the word for its level; empty if the table states none.
    """

    id: str
    section: str
    number: str
    level: str


@frozen
class Unread:
    """A cell that was not understood; where a row has a record, the record keeps it under ``extensions: {table: …}``.

    Attributes:
        place: the cell.
        text: what stands in it.
        told: whether a finding about its column already says why.
        heading: what stands above its column; empty where nothing does.
    """

    place: str
    text: str
    told: bool = False
    heading: str = ""

    def record(self) -> dict[str, object]:
        """The cell as a record."""
        return {"place": self.place, "text": self.text}


class Draft:
    """Collects the plain data of a model file from a table.

    Attributes:
        unread: the cells that were not understood.
        results: the results, in order.
        texts: the figures that stand as text.
        titled: whether somebody stated the title of the programme; the file's name stands for it otherwise.
    """

    def __init__(
        self,
        file: str,
        programme: Mapping[str, object],
        defaults: Mapping[str, object],
        decimal: DecimalSign | None,
        *,
        doubtful: bool,
    ) -> None:
        self.unread: list[Unread] = []
        self.results: list[Result] = []
        self.texts: list[str] = []
        self._doubtful = doubtful
        self._file, self._decimal, self._defaults = file, decimal, dict(defaults)
        self._programme = {"title": Path(file).stem, **programme}
        self.titled = "title" in programme
        self._document: dict[str, list[dict[str, object]]] = {}
        self._cells: dict[str, str] = {}
        self._taken: set[str] = {str(programme["id"])}
        self._stated: set[str] = set()
        self._findings: list[Finding] = []
        self._ambiguous: list[str] = []
        self._assumed: dict[str, list[str]] = {}
        self._above: dict[str, Result] = {}

    def note(self, code: str, severity: Severity, place: str, said: str, hint: str = "") -> None:
        """Say something about a cell."""
        self._findings.append(Finding(code, severity, Place(place, self._file), said, hint))

    def left(self, place: str, text: str, *, told: bool = False, heading: str = "") -> None:
        """List a cell that was not understood, and whether a finding already says why."""
        self.unread.append(Unread(place, str(text), told, heading))

    def entitle(self, title: str) -> None:
        """Give the programme the title that the table states, unless it is empty."""
        if title:
            self._programme["title"], self.titled = " ".join(title.split()), True

    def keep_with(self, result: Result, cells: Iterable[tuple[str, str]]) -> None:
        """Keep cells that have no place in the model with a result, by their heading."""
        self.keep(self._record(result), cells)

    def _add(self, section: str, given: dict[str, object], place: str) -> dict[str, object]:
        held = self._document.setdefault(section, [])
        self._cells[f"{section}[{len(held)}]"] = place
        held.append(given)
        return given

    def _id(self, title: str, otherwise: str) -> str:
        id = id_of(title, self._taken, otherwise=otherwise)
        self._taken.add(id)
        return id

    def reserve(self, ids: Mapping[str, Collection[str]]) -> None:
        """Keep the ids that a table states for its results and indicators, so that nothing else gets them.

        Args:
            ids: the titles that each stands beside.
        """
        self._stated = {id for id, titles in ids.items() if is_id(id) and len(titles) == 1 and id not in self._taken}
        self._taken |= self._stated

    def names(self, id: str, place: str) -> bool:
        """Whether a result or an indicator has the id that its row states; where not, that is said."""
        if id in self._stated:
            return True
        if is_id(id):
            why = message("it stands beside several titles, or is the programme's")
        else:
            why = message("an id has no blanks and no slash")
        self.note(
            "F08",
            Severity.WARNING,
            place,
            message("%(id)s is kept as a code and not used as an id: %(why)s", id=repr(id), why=why),
            message("give each one of its own"),
        )
        return False

    def result(self, level: str, number: str, title: str, place: str, *, stated: str = "") -> Result:
        """The result of the id that is stated, or else of this level and title, which is new or known."""
        section, extra = LEVELS.get(level, ("outcomes", {}))
        if level not in LEVELS:
            self.note(
                "F08",
                Severity.WARNING,
                place,
                message("the level of %(title)s is not stated; it is read as an outcome", title=repr(title or number)),
            )
        for known in self.results:
            record = self._record(known)
            alike = known.section == section and (record["title"] == title if title else number and known.number == number)
            if known.id == stated if stated else alike:
                return known
        name = title or f"{level or 'result'} {number}".strip()
        id = stated or self._id(name, section.removesuffix("s"))
        note = {"note": f"number {number} in the table"} if number else {}
        self._add(section, {"id": id, "title": name, "basis": "planned", **extra, **note}, place)
        found = Result(id, section, number, level)
        self.results.append(found)
        return found

    def _record(self, result: Result) -> dict[str, object]:
        return next(record for record in self._document[result.section] if record["id"] == result.id)

    def under(self, result: Result, above: Result) -> None:
        """State that the table sets a result under another."""
        self._above.setdefault(result.id, above)

    def weigh(self, result: Result, weight: str) -> bool:
        """State how much a result weighs among its like; whether that is a number, and none contradicts it."""
        number = weight.strip().removesuffix("%").strip()
        record = self._record(result)
        if not _WEIGHT.fullmatch(number) or record.get("weight", number) != number:
            return False
        record["weight"] = number
        return True

    def indicator(self, of: Result | None, title: str, place: str, *, stated: str = "", **fields: object) -> dict[str, object]:
        """The indicator of the id that is stated, or else of this title, which is new or known; empty fields are left out."""
        if of is None:
            known_already = len(self.results)
            of = self.result("other result", "", str(self._programme["title"]), place)
            if len(self.results) > known_already:
                self.note(
                    "F08",
                    Severity.WARNING,
                    place,
                    message("the indicator %(title)s stands under no result", title=repr(title)),
                    message("add the result it measures"),
                )
        given = {key: held for key, held in fields.items() if held not in ("", None, {})}
        for known in self._document.get("indicators", []):
            if known["id"] == stated if stated else (known["title"], known["of"]) == (title, of.id):
                if known["of"] != of.id:
                    self.left(place, f"another result: {of.id}")
                for key, held in given.items():
                    if known.setdefault(key, held) != held:
                        self.left(place, f"another {key}: {held}")
                return known
        id = stated or self._id(title, "indicator")
        return self._add("indicators", {**self._defaults, "id": id, "title": title, "of": of.id, **given}, place)

    def keep(self, record: dict[str, object], cells: Iterable[tuple[str, str]]) -> None:
        """Keep cells that have no place in the model with the record of their row, by their heading."""
        for name, text in cells:
            extensions = record.setdefault("extensions", {})
            assert isinstance(extensions, dict)
            held = extensions.setdefault(KEPT, {})
            before = held.get(name)
            held[name] = text if before in {None, text} else f"{before}; {text}"

    def figures(self, indicator: dict[str, object], section: str, cell: str, at: str, **fields: object) -> None:
        """Add the figures of a cell as baselines, targets or actuals; empty fields are left out."""
        threshold = section == "targets"
        if not isinstance(cell, NumberCell):
            self.texts.append(cell)
        in_words = indicator.get("kind") in _IN_WORDS
        for printed in printed_in(cell, decimal=self._decimal, doubtful=self._doubtful, threshold=threshold, in_words=in_words):
            given = {key: held for key, held in fields.items() if held not in ("", None, {})}
            part = {**dict(given.pop("slice", None) or {}), **dict(printed.part)}  # type: ignore[call-overload]
            if printed.when is not None:
                given[_date_of(section, printed, given)] = str(printed.when.start if printed.reported else printed.when)
            values = indicator.setdefault(section, [])
            assert isinstance(values, list)
            index = self._document["indicators"].index(indicator)
            self._cells[f"indicators[{index}].{section}[{len(values)}]"] = at
            if part:
                given["slice"] = {self._break_down(indicator, str(name), str(category), at): category for name, category in part.items()}
            values.append({"figure": printed.figure, **given})
            if printed.fault and isinstance(printed.figure, dict):
                self._ambiguous.append(at)

    def _break_down(self, indicator: dict[str, object], dimension: str, category: str, place: str) -> str:
        """Declare a dimension and its category, and that the indicator is broken down by it; the dimension's id."""
        id = next((str(held["id"]) for held in self._document.get("dimensions", []) if held["title"] == dimension), None)
        if id is None:
            id = dimension if is_id(dimension) and dimension not in self._taken else self._id(dimension, "dimension")
            self._taken.add(id)
            self._add("dimensions", {"id": id, "title": dimension, "categories": []}, place)
            said = message(
                "whether the categories of %(dimension)s make up the whole is not stated; they are read as a part of it",
                dimension=repr(dimension),
            )
            self.note("F08", Severity.NOTE, place, said, message("state coverage: exhaustive where they do"))
        categories = next(held["categories"] for held in self._document["dimensions"] if held["id"] == id)
        assert isinstance(categories, list)
        if category not in categories:
            categories.append(category)
        by = indicator.setdefault("by", [])
        assert isinstance(by, list)
        if not any(held["dimension"] == id for held in by):
            by.append({"dimension": id, "coverage": "partial"})
        return id

    def assumptions(self, result: Result | None, text: str, place: str) -> None:
        """Add the assumptions of a cell, one a line; they belong to the link from this result to the one above it."""
        for line in (line.strip(" -•\t") for line in text.split("\n")):
            if line:
                known = next((str(held["id"]) for held in self._document.get("assumptions", []) if held["title"] == line), None)
                id = known or self._id(line, "assumption")
                if known is None:
                    self._add("assumptions", {"id": id, "title": line, "basis": "planned"}, place)
                if result is not None and id not in self._assumed.setdefault(result.id, []):
                    self._assumed[result.id].append(id)

    def risk(self, result: Result | None, text: str, place: str) -> None:
        """Add a risk."""
        about = [] if result is None else [result.id]
        self._add("risks", {"id": self._id(f"risk {text}", "risk"), "title": text, "about": about, "basis": "planned"}, place)

    def actor(self, title: str, place: str) -> str:
        """The id of the actor of this name, who is new or known."""
        known = next((held for held in self._document.get("actors", []) if held["title"] == title), None)
        return str((known or self._add("actors", {"id": self._id(title, "actor"), "title": title}, place))["id"])

    def _links(self) -> None:
        """The vertical logic: a result leads to the one whose number its own begins with, or to the only one above."""
        for result in self.results:
            above = [other for other in self.results if other.section == _ABOVE.get(result.section)]
            if not above and result.section in _ABOVE:
                higher = [other for other in self.results if _RANKS[other.section] > _RANKS[result.section]]
                lowest = min((_RANKS[other.section] for other in higher), default=0)
                above = [other for other in higher if _RANKS[other.section] == lowest]
            numbered = [other for other in above if other.number and result.number.startswith(f"{other.number}.")]
            stated = [self._above[result.id]] if result.id in self._above else []
            to = stated or numbered or (above if len(above) == 1 else [])
            assumed = self._assumed.get(result.id, [])
            for other in to:
                given: dict[str, object] = {"from": result.id, "to": other.id, "basis": "inferred"}
                self._add("links", given | ({"assumptions": assumed} if assumed else {}), self._cells.get("links", ""))
            if not to and assumed:
                said = message("the assumptions of %(id)s belong to no link: it is not clear what it leads to", id=repr(result.id))
                self.note("F08", Severity.WARNING, "", said, message("add the link, and name them in it"))

    def model(self) -> TheoryOfChange:
        """The model.

        Raises:
            UnreadableFileError: with every fault and its cell, if it does not fit together.
        """
        self._links()
        if self._ambiguous:
            said = message(
                "whether the comma or the point is the decimal sign is not certain; figures that count as missing: %(count)s",
                count=len(self._ambiguous),
            )
            self.note("F09", Severity.WARNING, self._ambiguous[0], said, message('state decimal: "," or decimal: "." in the mapping'))
        if self._document.get("links"):
            said = message(
                "links that were inferred from the levels and numbers of the table: %(count)s", count=len(self._document["links"])
            )
            self.note("F08", Severity.NOTE, "", said, message("a table states no causal links: check them"))
        document = {"tocmodel": VERSION, "programme": self._programme, **self._document}
        try:
            model = from_plain(document, file=self._file)
        except UnreadableFileError as fault:
            raise UnreadableFileError([in_cells(finding, self._cells, self._file) for finding in fault.findings], self._file) from None
        return evolve(model, findings=in_order([in_cells(finding, self._cells, self._file) for finding in model.findings] + self._findings))


def _date_of(section: str, printed: Printed, given: Mapping[str, object]) -> str:
    """The field that the date in a cell belongs to: what a figure of a column with a period says of its date is when it was measured."""
    if section == "actuals":
        return "reported" if printed.reported else "period" if "period" in given else "measured"
    return "period"


def is_id(text: str) -> bool:
    """Whether a text may be an id."""
    try:
        return bool(to_id(text))
    except FieldError:
        return False


def text_of_period(period: Period | None) -> str:
    """A period as it stands in a file; empty for none."""
    return "" if period is None else str(period)
