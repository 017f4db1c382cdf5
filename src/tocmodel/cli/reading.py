"""The models that commands work on, and the date as of which they are judged."""

from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

import tocmodel as toc
from tocmodel.cli.output import say
from tocmodel.errors import InvalidModelError, TocmodelError

if TYPE_CHECKING:
    from tocmodel.findings import Finding
    from tocmodel.measurement.publishing import Published
    from tocmodel.reports.language import Language


def model_in(
    file: Path, programme: str | None = None, mapping: Path | None = None, *, language: "Language | None" = None
) -> "toc.TheoryOfChange":
    """The model; what could not be read in it is said on standard error.

    Args:
        file: the file.
        programme: which programme, where it holds several.
        mapping: what the columns of a table hold.
        language: the language in which faults are said; English where left out.
    """
    with _in_words(language):
        if mapping is None:
            model = toc.read(file, programme)
        else:
            from tocmodel.formats import layouts

            model = layouts.read(file, programme, mapping=mapping)
    _say(model.findings, language)
    return model


def models_in(files: Iterable[Path], language: "Language") -> "list[toc.TheoryOfChange]":
    """The models of several files; what could not be read in more than one of them in the same words is said once."""
    with _in_words(language):
        models = [toc.read(file) for file in files]
    _say({str(finding): finding for model in models for finding in model.findings}.values(), language)
    return models


def programmes_in(file: Path, programme: str | None, *, language: "Language | None" = None) -> "Iterator[toc.TheoryOfChange]":
    """The programme asked for, or every programme of the file; what is wrong with it is told as `model_in` does."""
    with _in_words(language):
        yield from [toc.read(file, programme)] if programme else toc.iter_programmes(file)


def told_fault(fault: TocmodelError, language: "Language") -> str:
    """Why a file cannot be read; in English with a line for each fault."""
    if language.english or not isinstance(fault, InvalidModelError):
        return str(fault)
    return f"{fault.subject}\n{_listed(fault.findings, language)}"


@contextmanager
def _in_words(language: "Language | None") -> Generator[None]:
    try:
        yield
    except InvalidModelError as fault:
        if language is None or language.english:
            raise
        say(told_fault(fault, language))
        raise typer.Exit(2) from None


def _say(findings: "Collection[Finding]", language: "Language | None") -> None:
    if language is None or language.english:
        for finding in findings:
            say(str(finding))
    elif findings:
        say(_listed(findings, language))


def _listed(findings: "Iterable[Finding]", language: "Language") -> str:
    from tocmodel.checks import Findings

    return Findings(tuple(findings)).told(language).text()


def for_the_public(model: "toc.TheoryOfChange", public: bool | None) -> bool:  # noqa: FBT001 — the answer of an option
    """Whether a result is for the public: as asked for, else as the model's policy says, which is said if that leaves out anything."""
    policy = model.programme.publication
    if public is None and policy.public and (policy.threshold > 1 or not policy.name_sources):
        say("for the public, as the model's publication policy says; --no-public shows all")
    return policy.public if public is None else public


def judged(models: "Iterable[toc.TheoryOfChange]", as_of: str | None) -> "Iterator[tuple[toc.TheoryOfChange, str | None]]":
    """Each model with the date as of which it is judged, as `judged_on`; that it is today is said once."""
    today: str | None = None
    for model in models:
        if as_of is None and model.programme.as_of is None:
            today = today or judged_on(model, None)
            yield model, today
        else:
            yield model, as_of


def judged_on(model: "toc.TheoryOfChange", as_of: str | None) -> str | None:
    """The date asked for; None where the model states its own; else today, which is said."""
    if as_of is not None or model.programme.as_of is not None:
        return as_of
    today = date.today().isoformat()  # noqa: DTZ011 — the civil date where the user sits
    say(f"the model states no date of judgement: judged as of today, {today}")
    return today


def say_told(ready: "Published") -> None:
    """Say what should be read before something is published."""
    for finding in ready.findings:
        say(str(finding))


def say_gaps(language: "Language") -> None:
    """Say how much of a language is not translated, and so in English."""
    gaps = language.gaps
    if gaps:
        say(f"not translated into {language.code!r}, and so in English: {len(gaps)} of the report's messages, such as {gaps[0]!r}")
