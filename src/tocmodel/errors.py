"""What a wrong call or an unreadable input raises: one class for each failure, with its parts and the way out."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from tocmodel.findings import Finding
from tocmodel.messages import message

__all__ = [
    "AsOfNeededError",
    "BudgetError",
    "DifferenceDoesNotFitError",
    "FieldError",
    "InvalidModelError",
    "MissingExtraError",
    "NotOneRowError",
    "PeriodNeededError",
    "ReasonNeededError",
    "RefusedError",
    "TocmodelError",
    "TooManyRowsError",
    "UnitMismatchError",
    "UnknownIdError",
    "UnknownLanguageError",
    "UnknownPictureError",
    "UnknownUnitError",
    "UnreadableCatalogueError",
    "UnreadableFileError",
    "UnreadableTemplateError",
    "nearest",
]


def nearest(name: str, known: Iterable[str], *, most: int | None = 12) -> str:
    """A hint with the nearest known name, or the known names if they are few, or nothing.

    Args:
        name: what was written.
        known: what there is.
        most: how many known names are told at most; None for all of them, as where the format fixes them.

    Example:
        >>> nearest("chilren", ["children", "caregivers"])
        "did you mean 'children'?"
    """
    names = sorted(set(known))
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return message("did you mean %(name)s?", name=repr(close[0]))
    return message("known: %(names)s", names=tuple(names)) if names and (most is None or len(names) <= most) else ""


class TocmodelError(Exception):
    """The parent of every exception that tocmodel raises on purpose."""


class FieldError(TocmodelError, ValueError):
    """A value that a field cannot take.

    Attributes:
        message: what was found and what was expected.
        hint: what to do about it.
        about: the fields of the record that contradict each other, as files name them; empty where it is one field alone.
    """

    def __init__(self, message: str, hint: str = "", about: Iterable[str] = ()) -> None:
        self.message = message
        self.hint = hint
        self.about = tuple(about)
        super().__init__(message, hint, *([self.about] if self.about else []))

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UnknownUnitError(FieldError):
    """A unit that the registry does not define; the hint names the nearest one."""


class UnitMismatchError(FieldError):
    """Two units that measure different things, such as people and cases."""


class InvalidModelError(TocmodelError):
    """A model that cannot be put together; ``findings`` holds every fault, not only the first."""

    def __init__(self, findings: Iterable[Finding], subject: str = "the model") -> None:
        self.findings = tuple(findings)
        self.subject = subject
        super().__init__(self.findings, subject)

    def __str__(self) -> str:
        count = len(self.findings)
        faults = "1 fault" if count == 1 else f"{count} faults"
        return "\n".join([f"{self.subject} has {faults}:", *(f"  {finding}" for finding in self.findings)])


class UnreadableFileError(InvalidModelError):
    """A file that cannot be read as a model: not there, not text, not of the format, or with faults inside."""


class UnknownIdError(TocmodelError, LookupError):
    """A call names an id that the model does not have.

    Attributes:
        id: the id asked for.
        expected: what it should have been the id of.
    """

    def __init__(self, id: str, expected: str, known: Collection[str] = ()) -> None:
        self.id = id
        self.expected = expected
        self.known = tuple(known)
        super().__init__(id, expected, self.known)

    def __str__(self) -> str:
        few = 3
        hint = nearest(self.id, self.known)
        if not hint and self.known:
            hint = f"there are {len(self.known)}, such as {', '.join(map(repr, self.known[:few]))}"
        return f"no {self.expected} has the id {self.id!r}" + (f"; {hint}" if hint else "")


class AsOfNeededError(TocmodelError, TypeError):
    """Neither the call nor the programme states the date as of which results are judged."""

    def __str__(self) -> str:
        return "which date are results judged as of? Pass as_of='YYYY-MM-DD', or state as_of in the programme"


class RefusedError(TocmodelError):
    """A calculation that would mislead, such as adding a cumulative series or averaging percentages."""


class DifferenceDoesNotFitError(TocmodelError, ValueError):
    """A difference was put on a model whose elements are not as they were when it was made.

    Attributes:
        ids: the ids of the elements that differ.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = tuple(ids)
        super().__init__(self.ids)

    def __str__(self) -> str:
        return f"not as they were when the difference was made: {', '.join(self.ids)}; make it anew from this model"


class BudgetError(TocmodelError):
    """A search took more steps than it was given.

    Attributes:
        doing: what took them.
        budget: how many it was given.
    """

    def __init__(self, doing: str, budget: int) -> None:
        self.doing = doing
        self.budget = budget
        super().__init__(doing, budget)

    def __str__(self) -> str:
        return f"{self.doing} took more than {self.budget:,} steps; give it a larger budget, or ask for shorter paths with max_links"


class ReasonNeededError(TocmodelError, ValueError):
    """A protection was to be switched off without saying why.

    Attributes:
        protection: what protects whom.
        records: the ids of the sensitive records.
    """

    def __init__(self, protection: str, records: Iterable[str]) -> None:
        self.protection = protection
        self.records = tuple(records)
        super().__init__(protection, self.records)

    def __str__(self) -> str:
        return f"{self.protection} is switched off for sensitive records ({', '.join(self.records)}): say why, with reason='…'"


class NotOneRowError(TocmodelError, LookupError):
    """A table was asked for the one row of a selection that holds none, or several."""

    def __init__(self, asked: str, found: int) -> None:
        self.asked = asked
        self.found = found
        super().__init__(asked, found)

    def __str__(self) -> str:
        return f"{self.asked}: expected one row, found {self.found}; narrow it with where(...)"


class TooManyRowsError(TocmodelError, ValueError):
    """A table has more rows than a sheet of a workbook holds.

    Attributes:
        sheet: the name of the sheet.
        most: how many rows it holds.
    """

    def __init__(self, sheet: str, most: int) -> None:
        self.sheet = sheet
        self.most = most
        super().__init__(sheet, most)

    def __str__(self) -> str:
        return f"{self.sheet}: more than the {self.most:,} rows that a sheet holds; write .csv or .json"


class UnknownPictureError(TocmodelError, ValueError):
    """A picture is to be written to a file whose ending tells no format.

    Attributes:
        name: the name of the file.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"{self.name}: a picture ends in .svg or .png"


class UnreadableTemplateError(TocmodelError, ValueError):
    """A template that is no Word document.

    Attributes:
        name: its path.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"{self.name}: not a Word document (.docx); save the template as .docx"


class UnknownLanguageError(TocmodelError, LookupError):
    """A report was asked for in a language that there are no messages for.

    Attributes:
        code: the language asked for.
        known: the languages that there are.
    """

    def __init__(self, code: str, known: Collection[str]) -> None:
        self.code = code
        self.known = tuple(known)
        super().__init__(code, self.known)

    def __str__(self) -> str:
        return f"no messages in the language {self.code!r}; there are: {', '.join(self.known)}. Another is added with a folder of message files"


class UnreadableCatalogueError(TocmodelError, ValueError):
    """A file of translated messages, or a folder of them, that cannot be read.

    Attributes:
        name: its path.
        fault: what is wrong with it.
    """

    def __init__(self, name: str, fault: str) -> None:
        self.name = name
        self.fault = fault
        super().__init__(name, fault)

    def __str__(self) -> str:
        return f"{self.name}: {self.fault}"


class MissingExtraError(TocmodelError, ImportError):
    """An optional library is not installed; the message says what to install."""

    def __init__(self, library: str, extra: str) -> None:
        self.library = library
        self.extra = extra
        super().__init__(library, extra)

    def __str__(self) -> str:
        return f"this needs {self.library}: pip install 'tocmodel[{self.extra}]'"


class PeriodNeededError(TocmodelError, TypeError):
    """Reporting periods were asked for by frequency, but the programme does not say when it runs.

    Attributes:
        frequency: the frequency asked for.
    """

    def __init__(self, frequency: str) -> None:
        self.frequency = frequency
        super().__init__(frequency)

    def __str__(self) -> str:
        return f"{self.frequency} periods of what? State the programme's period, or pass the periods themselves"
