"""The command that writes pictures."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import tocmodel as toc
from tocmodel.cli import completing
from tocmodel.cli.fonts import ready_fonts
from tocmodel.cli.options import AsOfOption, CataloguesOption, FileArgument, LangOption, ProgrammeOption, PublicOption, one_of
from tocmodel.cli.output import messages, say, working
from tocmodel.cli.reading import for_the_public, judged_on, model_in, say_gaps, say_told

if TYPE_CHECKING:
    from tocmodel.reports.language import Language


class Kind(StrEnum):
    """What a picture shows."""

    THEORY = "theory"
    ACHIEVEMENT = "achievement"
    GAPS = "gaps"
    TRAJECTORY = "trajectory"
    CASCADE = "cascade"
    MATRIX = "matrix"


class Over(StrEnum):
    """What lies over a theory."""

    ACHIEVEMENT = "achievement"
    EVIDENCE = "evidence"


_COUNTS = {
    "--of": (Kind.TRAJECTORY, Kind.CASCADE),
    "--slice": (Kind.TRAJECTORY,),
    "--from": (Kind.THEORY,),
    "--to": (Kind.THEORY,),
    "--overlay": (Kind.THEORY,),
}
"""The pictures that an option counts for."""


def picture(
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="KIND", parser=one_of(Kind), help=f"What to draw: {', '.join(Kind)}.", autocompletion=completing.words(Kind)
        ),
    ],
    file: FileArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="The picture to write: .svg or .png.")],
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="ID", help="The indicator of a trajectory, or the cascade.", autocompletion=completing.drawn),
    ] = None,
    part: Annotated[
        str | None,
        typer.Option("--slice", metavar="SLICE", help="The part of a trajectory, such as sex=girls.", autocompletion=completing.parts),
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="ID", help="Draw only the ways from this node.", autocompletion=completing.nodes)
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="ID", help="Draw only the ways to this node.", autocompletion=completing.nodes)
    ] = None,
    overlay: Annotated[
        Over | None,
        typer.Option(
            "--overlay",
            metavar="WORD",
            parser=one_of(Over),
            help=f"What to lay over the theory: {' or '.join(Over)}.",
            autocompletion=completing.words(Over),
        ),
    ] = None,
    slide: Annotated[bool, typer.Option("--slide", help="Fit it on a slide of 1920 x 1080 pixels.")] = False,  # noqa: FBT002 — a flag of the command line
    as_of: AsOfOption = None,
    public: PublicOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Draw the theory or a chart as .svg or .png; with --from and --to the ways between them, with one of them all that follows or leads there."""
    from tocmodel.reports.language import find_language
    from tocmodel.reports.pictures import write_picture

    with messages():
        _only_what_counts(kind, {"--of": of, "--slice": part, "--from": from_, "--to": to, "--overlay": overlay})
        language = find_language(lang, catalogues=catalogues)
        model = model_in(file, programme, language=language)
        open_to_all = for_the_public(model, public)
        ready_fonts()
        with working("Drawing"):
            svg = _drawn(kind, model, language, of=of, part=part, ends=(from_, to), overlay=overlay, as_of=as_of, public=open_to_all)
            written = write_picture(svg, output, slide=slide)
        say(f"written: {written}")
        say_gaps(language)


def _drawn(
    kind: Kind,
    model: "toc.TheoryOfChange",
    language: "Language",
    *,
    of: str | None,
    part: str | None,
    ends: tuple[str | None, str | None],
    overlay: Over | None,
    as_of: str | None,
    public: bool,
) -> str:
    from tocmodel.contribution import contribution_matrix
    from tocmodel.measurement.publishing import for_readers
    from tocmodel.reports import charts
    from tocmodel.reports.naming import named_cascade, speaking_of

    table = None
    with_table = public or overlay is Over.ACHIEVEMENT or kind in {Kind.ACHIEVEMENT, Kind.GAPS}
    day = judged_on(model, as_of) if with_table or kind in {Kind.TRAJECTORY, Kind.CASCADE} else None
    if with_table:
        ready = for_readers(model, as_of=day, public=public)
        model, table = ready.model, ready.table
        say_told(ready)
    if kind is Kind.THEORY:
        only, focus = _part(model, *ends)
        over = overlay.value if overlay else None
        return charts.theory_chart(model, only=only, focus=focus, overlay=over, table=table, language=language)
    if kind is Kind.MATRIX:
        return charts.matrix_chart(contribution_matrix(model), model=model, language=language)
    if kind is Kind.TRAJECTORY:
        return charts.trajectory_chart(model, _named(of, "an indicator"), slice=part, as_of=day, language=language)
    if kind is Kind.CASCADE:
        only_one = model.cascades[0].id if len(model.cascades) == 1 else None
        speaking, id = speaking_of(model, language), _named(of or only_one, "a cascade")
        return charts.cascade_chart(named_cascade(model, id, speaking, as_of=day), language=speaking)
    assert table is not None
    if kind is Kind.GAPS:
        return charts.gap_chart(table, model=model, language=language)
    return charts.achievement_chart(table, scope="life", model=model, language=language)


def _only_what_counts(kind: Kind, given: Mapping[str, object]) -> None:
    """Refuse options that would not change the picture, rather than to pass over them."""
    idle = [option for option, value in given.items() if value is not None and kind not in _COUNTS[option]]
    if idle:
        known = "; ".join(f"{option} is for {' or '.join(_COUNTS[option])}" for option in idle)
        raise typer.BadParameter(f"the picture {kind.value!r} takes no {' or '.join(idle)} ({known})")


def _named(id: str | None, what: str) -> str:
    if id is None:
        raise typer.BadParameter(f"which one? Name {what} with --of ID")
    return id


def _part(model: "toc.TheoryOfChange", start: str | None, end: str | None) -> tuple[set[str] | None, tuple[str, ...]]:
    """The nodes to draw, None for all, and those to outline."""
    from tocmodel.contribution import downstream, upstream

    if start and end:
        between = toc.trace(model, start, end, max_paths=1)
        if not between.nodes:
            say(f"no pathway leads from {start!r} to {end!r}: only the two are drawn")
        return {*between.nodes, start, end}, (start, end)
    if start or end:
        one = start or end or ""
        rows = downstream(model, one) if start else upstream(model, one)
        return {one, *(row.node for row in rows)}, (one,)
    return None, ()
