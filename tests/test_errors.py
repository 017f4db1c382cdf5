"""What a wrong call or an unreadable input raises, by example."""

import inspect
import pickle
import pkgutil
import re
from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest

import tocmodel as toc
from tocmodel.contribution import claims_of, robustness, rubric_level
from tocmodel.contribution.evidence.tests import verdict
from tocmodel.errors import (
    AsOfNeededError,
    FieldError,
    InvalidModelError,
    MissingExtraError,
    NotOneRowError,
    TocmodelError,
    UnknownIdError,
    UnreadableFileError,
    nearest,
)
from tocmodel.figures.display import rounded
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement import over_reporters
from tocmodel.measurement.accumulation import Gaps
from tocmodel.measurement.ratings import worst_rating
from tocmodel.stories.links import StoryPolicy
from tocmodel.words import Word

LITERACY = Path(__file__).with_name("literacy.yaml")

FINDING = Finding("M02", Severity.ERROR, Place("l.to"), "no node has the id 'x'")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (FieldError("not a date: 'x'", "write YYYY-MM-DD"), "not a date: 'x' (write YYYY-MM-DD)"),
        (FieldError("not whole"), "not whole"),
        (InvalidModelError([FINDING]), "the model has 1 fault:\n  error M02 at l.to: no node has the id 'x'"),
        (UnknownIdError("chilren", "node", ["children"]), "no node has the id 'chilren'; did you mean 'children'?"),
        (UnknownIdError("x", "node"), "no node has the id 'x'"),
        (AsOfNeededError(), "which date are results judged as of? Pass as_of='YYYY-MM-DD', or state as_of in the programme"),
        (NotOneRowError("the table", 3), "the table: expected one row, found 3; narrow it with where(...)"),
        (MissingExtraError("pandas", "frames"), "this needs pandas: pip install 'tocmodel[frames]'"),
    ],
)
def test_every_error_says_what_to_do_and_survives_pickling(error: TocmodelError, text: str) -> None:
    assert str(error) == text
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == text


def test_errors_are_also_what_python_calls_them() -> None:
    for error, kind in ((FieldError(""), ValueError), (UnknownIdError("", ""), LookupError), (MissingExtraError("", ""), ImportError)):
        assert isinstance(error, TocmodelError)
        assert isinstance(error, kind)


def test_a_model_error_holds_every_fault() -> None:
    error = UnreadableFileError([FINDING, FINDING], "m.yaml")
    assert error.findings == (FINDING, FINDING)
    assert str(error).startswith("m.yaml has 2 faults:")


def test_the_nearest_name_or_the_few_there_are() -> None:
    assert nearest("gilrs", ["girls", "boys"]) == "did you mean 'girls'?"
    assert nearest("xyz", ["girls", "boys"]) == "known: boys, girls"
    assert nearest("xyz", []) == ""
    assert nearest("xyz", [f"name-{number}" for number in range(50)]) == ""


def test_a_word_that_is_not_known_is_answered_with_those_that_are() -> None:
    draft = toc.TheoryOfChange.build("p")
    draft.output("o", "O")
    draft.indicator("i", of="o", unit="item")
    model, figure = draft.done(), toc.Figure.read(5)
    for call, known in (
        (lambda: toc.plausibility(model, "o", dependence="x"), "known: independent, unknown"),
        (lambda: rubric_level(["weak"], {}, rule="x"), "known: lookup, median, min"),
        (lambda: robustness(claims_of(model), "o", "o", counting="x"), "known: claims, sources"),
        (lambda: over_reporters(model, "i", combine="maxx"), "did you mean 'max'?"),
        (lambda: toc.status(figure, figure, "increas"), "did you mean 'increase'?"),
    ):
        with pytest.raises(FieldError) as raised:
            call()
        assert raised.value.hint == known


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: Gaps("mising"), "unknown gaps: 'mising' (did you mean 'missing'?)"),
        (lambda: rounded("2.5", mode="halfup"), "unknown rounding: 'halfup' (did you mean 'half_up'?)"),
        (lambda: verdict("hop", "found"), "unknown van evera test: 'hop' (did you mean 'hoop'?)"),
        (lambda: toc.check(toc.read(LITERACY)).of("eror"), "unknown severity: 'eror' (did you mean 'error'?)"),
        (lambda: worst_rating(["god"], ["poor", "good"]), "not a level of the scale: 'god' (did you mean 'good'?)"),
        (lambda: StoryPolicy(not_enough=["opnion"]), "unknown evidence kind: 'opnion' (did you mean 'opinion'?)"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(call: Callable[[], object], text: str) -> None:
    with pytest.raises(FieldError, match=f"^{re.escape(text)}$"):
        call()


def test_every_enumeration_of_the_library_answers_unknown_words() -> None:
    modules = [import_module(module.name) for module in pkgutil.walk_packages(toc.__path__, "tocmodel.") if "__main__" not in module.name]
    own = {cls for module in modules for cls in vars(module).values() if inspect.isclass(cls) and issubclass(cls, StrEnum) and len(cls)}
    plain = {cls.__name__ for cls in own if not issubclass(cls, Word) and not cls.__module__.startswith("tocmodel.cli")}
    assert plain == {"Severity"}  # below what raises; calls read it with `choice`
