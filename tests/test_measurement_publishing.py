"""Publishing a model: who is named, what is said of small groups in figures and texts, and what stays as it was."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from attrs import evolve
from typer.testing import CliRunner

import tocmodel as toc
from tocmodel.cli import app
from tocmodel.errors import InvalidModelError, ReasonNeededError
from tocmodel.measurement.publishing import for_readers, published
from tocmodel.model import Publication, Value
from tocmodel.reports.charts import achievement_chart, cascade_chart, trajectory_chart
from tocmodel.reports.html import html
from tocmodel.reports.word import write_word


def clubs(**publication: object) -> toc.TheoryBuilder:
    """A fictional programme in which few boys take part, and a teacher, a reporter and an assessor are named."""
    draft = toc.TheoryOfChange.build(
        "readers", "Reading clubs (fictional)", period="2024", as_of="2024-12-31", partners="library", publication=publication
    )
    draft.actor("library", "Hilltop Library")
    draft.actor("pupils", "Pupils")
    draft.actor("nyambura", "Wanjiru Nyambura")
    draft.source(
        "talk-with-amina", "Interview with Amina Yusuf", kind="interview", url="https://example.org/amina", publisher="Amina Yusuf"
    )
    draft.activity("clubs", "Reading clubs meet", by="library", involves="pupils")
    draft.outcome("fluent", "Pupils read fluently", who="pupils")
    draft.link(
        "clubs", "fluent", rationale="Reading aloud helps",
        confidence={"low": "0.5", "high": "0.9", "by": "Otieno Ouma", "on": "2024-06-01", "why": "Otieno Ouma watched it"},
    )  # fmt: skip
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    draft.indicator("members", "Pupils in clubs", of="clubs", unit="person", direction="increase", by="sex", responsible="nyambura")
    draft.indicator("readers-now", "Pupils who read fluently", of="fluent", unit="person", direction="increase")
    draft.target("members", 60)
    draft.actual("members", 48, slice="sex=girls", reporter="nyambura")
    draft.actual("members", 3, slice="sex=boys", reporter="nyambura", note="The three brothers from the north.")
    draft.actual("readers-now", 30, comparability="without the 3 boys")
    draft.evidence("heard-from-amina", about="clubs->fluent", statement="Amina Yusuf hears pupils read.", source={
        "source": "talk-with-amina", "place": "minute 3", "quote": "I hear them read",
    }, kind="testimony", group="talk-with-amina")  # fmt: skip
    draft.cascade("steps", "From clubs to fluent readers", ["members", "readers-now"])
    draft.session("day", "Day of reflection", host="nyambura", harvest=["Three boys wish for books.", "48 pupils wish for lamps."],
                  attendance=[{"actor": "pupils", "figure": 2, "slice": "sex=boys"}, {"actor": "pupils", "figure": 9, "slice": "sex=girls"}])  # fmt: skip
    draft.lesson("gossip", "The head teacher quarrels with parents", sensitivity="internal")
    draft.decision("lamps", learned="pupils read at night", changed="lamps are bought", by="nyambura", on="2024-09-01")
    return draft


NAMES = ("Amina", "amina", "Yusuf", "Nyambura", "nyambura", "Otieno", "minute 3", "I hear them read")
SMALL = ("three brothers", "Three boys", "3 boys", "48 pupils", "head teacher")


def everything(model: toc.TheoryOfChange, folder: Path) -> str:
    """All that a reader of the published model, its page and its document could find."""
    from docx import Document

    toc.write(model, folder / "public.yaml")
    file = write_word(model, folder / "public.docx", public=True, stories=[("clubs", "fluent")])
    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = [
        (folder / "public.yaml").read_text(encoding="utf-8"), *(paragraph.text for paragraph in document.paragraphs), *cells,
        str(toc.cascade(model, "steps")), trajectory_chart(model, "members"), cascade_chart(toc.cascade(model, "steps")),
        str(toc.story(model, "clubs", "fluent")), str(toc.check(model)),
    ]  # fmt: skip
    return "\n".join(told)


def test_no_name_and_no_small_group_stands_in_anything_published(tmp_path: Path) -> None:
    model = clubs().done()
    public = published(model)
    page = html(model, public=True)
    for word in (*NAMES, *SMALL):
        assert word in f"{everything(model, tmp_path)}{html(model)}" or word in {"amina", "nyambura"}, f"the example does not hold {word!r}"
    read = everything(public.model, tmp_path)
    assert [word for word in (*NAMES, *SMALL) if word in read] == []
    assert [word for word in (*NAMES, *SMALL) if word in page] == []
    assert "48" not in (tmp_path / "public.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("As Amina says", True), ("Wanjiru counts them", True), ("Otieno was there", True), ("otieno", False), ("INTERVIEW WITH AMINA YUSUF", True),
        ("The interviews were short", False), ("Interview days are Mondays", False), ("Hilltop Library lends books", False), ("Pupils read", False),
    ],
)  # fmt: skip
def test_a_text_goes_if_one_of_the_names_stands_in_it(text: str, gone: bool) -> None:
    draft = clubs()
    draft.assumption("rooms", "Rooms are open", note=text)
    assert str(published(draft.done()).model["rooms"].note) == ("left out for publication" if gone else text)


def test_a_source_that_begins_with_a_name_is_known_by_it() -> None:
    draft = clubs()
    draft.source("story", "Halima’s story")
    draft.assumption("rooms", "Rooms are open", note="Halima sweeps them")
    assert str(published(draft.done()).model["rooms"].note) == "left out for publication"


def test_totals_partners_and_the_plan_stay() -> None:
    public = published(clubs().done())
    assert str(public.table["members"].actual) == "51"
    assert str(toc.cascade(public.model, "steps").rows[0].count) == "51"
    assert {str(actor.title) for actor in public.model.actors} == {"Hilltop Library", "Pupils", "Actor 1"}
    assert [str(node.title) for node in public.model.nodes] == ["Reading clubs meet", "Pupils read fluently"]
    assert [(source.id, str(source.title), source.kind) for source in public.model.sources] == [("source-1", "Source 1", "interview")]
    assert str(public.model.links[0].rationale) == "Reading aloud helps"
    assert str(public.model.sessions[0].title) == "Day of reflection"


def test_ids_that_carry_a_name_are_replaced_wherever_they_stand() -> None:
    model = published(clubs().done()).model
    evidence = model.evidence[0]
    assert (evidence.id, evidence.group) == ("evidence-1", "group-1")
    assert evidence.source is not None
    assert (evidence.source.source, evidence.source.place, evidence.source.quote) == ("source-1", "", "")
    assert model.indicators[0].responsible == "actor-1"
    toc.TheoryOfChange.of(model.programme, list(model.records()))


def test_what_is_marked_public_is_named_and_what_is_marked_internal_never(tmp_path: Path) -> None:
    draft = clubs(name_sources=True)
    draft.source("diary", "Diary of Juma", sensitivity="internal")
    draft.actor("juma", "Juma Said", sensitivity="sensitive")
    model = draft.done()
    public = published(model).model
    assert {str(source.title) for source in public.sources} == {"Interview with Amina Yusuf", "Source 1"}
    assert "Juma" not in everything(public, tmp_path)
    assert "gossip" not in public.by_id

    named = model.replaced(evolve(model.sources[0], sensitivity="public"))
    hidden = published(evolve(named, programme=evolve(named.programme, publication=Publication()))).model
    assert "Interview with Amina Yusuf" in {str(source.title) for source in hidden.sources}


def test_publishing_what_was_published_changes_nothing() -> None:
    once = published(clubs().done())
    twice = published(once.model)
    assert twice.model == once.model
    assert str(twice.table) == str(once.table)


def test_the_table_says_what_was_taken_out() -> None:
    footer = published(clubs().done()).table.footer
    assert "In 2 rows figures are suppressed: groups below 5, and what would give them away." in footer
    assert "Sources, and those who speak in them, are not named." in footer


def test_the_policy_decides_unless_a_call_does() -> None:
    model = clubs(public=True, threshold=10).done()
    assert for_readers(model).table.where(slice="sex=boys").one().actual.missing == "suppressed"
    assert str(for_readers(model, public=False).table.where(slice="sex=boys").one().actual) == "3"
    assert for_readers(model, public=False).model is model
    assert "suppressed" in html(model)
    assert "suppressed" not in html(model, public=False)


def test_showing_small_groups_of_sensitive_records_takes_a_reason() -> None:
    model = clubs(threshold=0, name_sources=True).done()
    assert "3" in str(published(model).table)
    sensitive = model.replaced(evolve(model.indicators[0], sensitivity="sensitive"))
    with pytest.raises(ReasonNeededError, match="members"):
        published(sensitive)
    policy = Publication(threshold=0, name_sources=True, reason="the club publishes its members itself")
    reasoned = evolve(sensitive, programme=evolve(sensitive.programme, publication=policy))
    assert "Small groups are shown: the club publishes its members itself" in published(reasoned).table.footer


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"threshold": -1}, r"programme\.publication: not the size of a group: -1 \(write the smallest number of people"),
        ({"treshold": 4}, r"programme\.publication: publication: it has no 'treshold' \(did you mean 'threshold'\?\)"),
        ({"public": "perhaps"}, r"programme\.publication: neither true nor false: 'perhaps' \(write true or false\)"),
    ],
)
def test_a_policy_that_cannot_be_read_is_a_fault_with_its_place(given: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidModelError, match=message):
        clubs(**given).done()


@pytest.mark.parametrize("ending", ["yaml", "json", "xml", "xlsx"])
def test_files_keep_the_policy(ending: str, tmp_path: Path) -> None:
    model = clubs(public=True, threshold=7, name_sources=True, reason={"en": "agreed", "fr": "convenu"}).done()
    toc.write(model, tmp_path / f"model.{ending}")
    again = toc.read(tmp_path / f"model.{ending}")
    assert again.programme.publication == model.programme.publication
    assert again == model


def test_a_changed_policy_is_a_change() -> None:
    before, after = clubs().done(), clubs(public=True).done()
    assert "publication" in str(toc.diff(before, after))
    assert not toc.diff(before, clubs(public=False).done()).rows


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("3 boys", True), ("three boys", True), ("Trois garçons", True), ("wavulana tatu", True), ("48 girls and others", True), ("48.0", True),
        ("since 2024-03-03", False), ("30 pupils", False), ("13 pupils", False), ("1,348", False), ("version 3", True),
    ],
)  # fmt: skip
def test_withheld_numbers_are_found_as_digits_and_as_words(text: str, hidden: bool) -> None:
    draft = clubs()
    draft.assumption("rooms", "Rooms are open", note=text)
    note = str(published(draft.done()).model["rooms"].note)
    assert note == ("left out for publication" if hidden else text)


def test_a_result_in_words_that_tells_a_withheld_number_is_suppressed() -> None:
    draft = clubs()
    draft.indicator("told", "What pupils say", of="fluent", kind="text")
    draft.actual("told", "the three boys like the clubs")
    assert published(draft.done()).table["told"].actual.missing == "suppressed"


def test_drafts_and_replaced_results_of_a_small_group_go_too() -> None:
    draft = clubs()
    draft.actual("readers-now", 4, id="first-count", state="draft")
    model = published(draft.done()).model
    first = next(actual for actual in model.actuals if actual.id == "first-count")
    assert first.figure.missing == "suppressed"
    assert [str(actual.figure) for actual in model.actuals_of("readers-now")] == ["30", "suppressed"]


def test_a_figure_that_is_withheld_in_one_period_does_not_stand_because_another_period_shows_the_same() -> None:
    draft = toc.TheoryOfChange.build("readers", "Reading clubs (fictional)", period="2024", as_of="2024-12-31")
    draft.indicator("visits", of=draft.activity("clubs", "Clubs"), unit="person", accumulation="incremental", report="per_period")
    for quarter, figure in (("2024-01/2024-03", 30), ("2024-04/2024-06", 2), ("2024-07/2024-09", 30)):
        draft.target("visits", 30, period=quarter)
        draft.actual("visits", figure, period=quarter)
    public = published(draft.done())
    shown = {row.period: row.actual.value for row in public.table if row.scope == "period"}
    assert {actual.period: actual.figure.value for actual in public.model.actuals} == shown
    assert list(shown.values()) == [None, None, 30]


def test_data_of_other_programs_go_with_the_first_figure_that_goes() -> None:
    draft = clubs(name_sources=True)
    draft.assumption("rooms", "Rooms are open", extensions={"other": {"boys": 3}})
    assert not published(draft.done()).model["rooms"].extensions


def test_names_of_categories_and_levels_stay_whatever_number_is_in_them() -> None:
    draft = clubs()
    draft.dimension("grade", "Grade", categories=[{"id": "g3", "title": "Grade 3"}, {"id": "g4", "title": "Grade 4"}])
    model = published(draft.done()).model
    assert [str(category.title) for category in model.dimensions[1].categories] == ["Grade 3", "Grade 4"]


def test_kenya_shows_its_figures_and_says_why() -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    public = for_readers(kenya)
    assert kenya.programme.publication.public
    assert public.model == kenya
    assert "Small groups are shown: every figure and every source here is public already." in public.table.footer
    assert [finding for finding in toc.check(kenya) if finding.code == "L91"] == []


# Shares


def fluent(**fields: object) -> toc.TheoryBuilder:
    """A fictional programme with one share."""
    draft = toc.TheoryOfChange.build(
        "readers", "Reading clubs (fictional)", period="2024", as_of="2024-12-31", publication={"name_sources": True}
    )
    draft.activity("clubs", "Reading clubs")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    options = {"kind": "percentage", "unit": "percent", "direction": "increase", "accumulation": "snapshot", "by": "sex"}
    draft.indicator("fluent", "Pupils who read fluently", of="clubs", **{**options, **fields})
    draft.target("fluent", 77)
    return draft


def sides(value: Value) -> tuple[object, ...]:
    """All that a value says in numbers."""
    return value.figure.missing or value.figure.value, value.numerator, value.denominator, getattr(value, "sample", None)


GONE = ("suppressed", None, None, None)


@pytest.mark.parametrize(
    "value",
    [
        {"numerator": 2, "denominator": 40}, {"numerator": 39, "denominator": 40}, {"numerator": 3, "denominator": 4},
        {"figure": 5, "numerator": 2, "denominator": 40}, {"numerator": {"printed": "2", "unit": "person"}, "denominator": 40},
        {"figure": 5, "numerator": 2}, {"numerator": 2, "denominator": "missing"}, {"figure": 75, "sample": 4}, {"figure": 8, "sample": 40},
        {"figure": 92, "sample": 40}, {"figure": 40, "numerator": 40, "denominator": 100, "sample": 4},
    ],
)  # fmt: skip
def test_a_share_of_few_stands_in_no_value_and_nothing_is_calculated_from_it(value: dict[str, object]) -> None:
    draft = fluent()
    draft.actual("fluent", **value)
    public = published(draft.done())
    again = toc.achievement(public.model)["fluent"]
    assert sides(public.model.actuals[0]) == GONE
    assert (public.table["fluent"].actual.bounds, public.table["fluent"].attainment.bounds) == (None, None)
    assert (again.actual.missing, again.attainment.bounds, again.progress.bounds) == ("suppressed", None, None)


def test_of_two_reporters_neither_part_stands_where_one_is_of_few() -> None:
    draft = fluent()
    for reporter, above in (("north", 3), ("south", 20)):
        draft.actor(reporter, f"Teachers of the {reporter}")
        draft.actual("fluent", numerator=above, denominator=40, reporter=reporter)
    public = published(draft.done())
    assert [sides(value) for value in public.model.actuals] == [GONE, GONE]
    assert toc.achievement(public.model)["fluent"].actual.missing == "suppressed"


@pytest.mark.parametrize("figure", [{}, {"figure": 10}])
@pytest.mark.parametrize("population", ["", "girls"])
def test_a_baseline_of_few_goes_with_its_progress(figure: dict[str, object], population: str) -> None:
    draft = fluent(population=population)
    draft.baseline("fluent", numerator=3, denominator=30, **figure)
    draft.actual("fluent", numerator=20, denominator=40)
    public = published(draft.done())
    row, again = public.table["fluent"], toc.achievement(public.model)["fluent"]
    assert (row.baseline.missing, row.progress.reason, row.actual.value) == ("suppressed", "suppressed", 50)
    assert sides(public.model.baselines[0]) == GONE
    assert sides(public.model.actuals[0]) == (50, None, None, None)
    assert (again.actual.value, again.baseline.missing, again.progress.bounds) == (50, "suppressed", None)


def test_the_sides_of_the_other_shares_go_too_for_they_can_be_subtracted() -> None:
    """33 of 63 pupils, and 30 of 60 girls: it were 3 of 3 boys."""
    draft = fluent()
    draft.target("fluent", numerator=30, denominator=60, slice="sex=girls")
    for part, above, below in (("", 33, 63), ("sex=girls", 30, 60), ("sex=boys", 3, 3)):
        draft.actual("fluent", numerator=above, denominator=below, slice=part)
    model = published(draft.done()).model
    assert [sides(value)[1:3] for value in (*model.targets, *model.actuals)] == [(None, None)] * 5
    assert [str(row.actual) for row in toc.achievement(model)] == [str(row.actual) for row in published(model).table]
    assert [str(row.target) for row in toc.achievement(model)][:2] == ["77", "50"]


def test_a_draft_of_few_goes_though_the_table_shows_the_same_share() -> None:
    draft = fluent()
    draft.actual("fluent", numerator=2, denominator=4, id="first", state="draft")
    draft.actual("fluent", numerator=30, denominator=60)
    public = published(draft.done())
    assert public.table["fluent"].actual.value == 50
    assert sides(next(value for value in public.model.actuals if value.id == "first")) == GONE


def test_an_earlier_share_does_not_stand_in_for_a_suppressed_one() -> None:
    draft = fluent()
    for half, above in (("2024-01/2024-06", 30), ("2024-07/2024-12", 2)):
        draft.target("fluent", 60, period=half)
        draft.actual("fluent", numerator=above, denominator=60, period=half)
    public = published(draft.done())
    known = {row.when: str(row.actual) for row in public.table}
    assert known["2024-01-01/2024-06-30"] == "50"
    assert known["whole programme"] == "suppressed"
    assert {row.when: str(row.actual) for row in toc.achievement(public.model)} == known


def test_a_share_without_few_people_is_left_as_it_is() -> None:
    draft = fluent()
    draft.baseline("fluent", numerator=6, denominator=60)
    draft.actual("fluent", numerator=30, denominator=60, sample=60)
    model = draft.done()
    assert published(model).model is model


def test_people_above_other_things_are_people() -> None:
    draft = fluent(kind="ratio", unit=None)
    draft.actual("fluent", numerator={"printed": "2", "unit": "person"}, denominator={"printed": "40", "unit": "session"})
    assert published(draft.done()).table["fluent"].actual.missing == "suppressed"
    many = fluent(kind="ratio", unit=None)
    many.actual("fluent", numerator={"printed": "240", "unit": "person"}, denominator={"printed": "4", "unit": "session"})
    assert published(many.done()).table["fluent"].actual.value == 60


# What else could give a figure back


def test_the_whole_of_a_meeting_less_its_other_parts_does_not_give_a_small_part_away() -> None:
    draft = clubs()
    for id, whole, figure in (("all", None, 14), ("one", "all", 12), ("two", "all", 2), ("other", None, 21)):
        draft.session(id, id, part_of=whole, attendance=[{"actor": "pupils", "figure": figure}])
    held = {session.id: str(session.attendance[0].figure) for session in published(draft.done()).model.sessions}
    assert held == {"all": "suppressed", "one": "suppressed", "two": "suppressed", "other": "21", "day": "suppressed"}


def test_quotations_in_which_a_withheld_number_stands_go_though_their_source_is_named() -> None:
    draft = clubs(name_sources=True)
    draft.source("book", "Attendance book")
    for id, quote in (("seen", "three of them"), ("heard", "many of them")):
        draft.evidence(id, about="clubs", statement="They read.", source={"source": "book", "place": "page 9", "quote": quote})
    draft.actual("members", {"printed": "51", "source": {"source": "book", "quote": "51 with the brothers"}}, reporter="nyambura")
    model = published(draft.done()).model
    quotes = {item.id: item.source.quote for item in model.evidence if item.source}
    assert (quotes["seen"], quotes["heard"]) == ("", "many of them")
    total = next(value for value in model.actuals if value.figure.value == 51)
    assert total.figure.source is not None
    assert (total.figure.source.source, total.figure.source.quote) == ("book", "")


@pytest.mark.parametrize("ending", ["yaml", "json", "xlsx", "xml", "html", "docx", "svg", "csv"])
def test_no_suppressed_number_stands_in_anything_written(ending: str, tmp_path: Path) -> None:
    """Numbers that occur nowhere else, in each place in which a figure may stand."""
    draft = fluent()
    draft.source("book", "Attendance book")
    draft.baseline("fluent", numerator=3, denominator=7919, comparability="3 of 7919")
    draft.actual("fluent", "0.0631", numerator=4, denominator=6337, id="old", note="6337 pupils")
    draft.actual("fluent", numerator=2, denominator=8123, supersedes="old", quality="of 8123", source={"source": "book", "quote": "2 of 8123"},
                 extensions={"iati": {"value": "0.0246", "comment": "2 of 8123"}}, place="8123 seats")  # fmt: skip
    draft.indicator("members", of="clubs", unit="person", direction="increase", by="sex", accumulation="snapshot")
    for part, figure in (("sex=girls", 9176), ("sex=boys", 3)):
        draft.actual("members", figure, slice=part)
    draft.overlap("both", between=["members", "fluent"], figure=5417)
    draft.cascade("steps", "Steps", ["members", "fluent"])
    model = draft.done()
    secret = ("7919", "6337", "8123", "9176", "5417", "0.0631", "0.0246", "0.06", "0.02")

    def written(some: toc.TheoryOfChange, table: toc.AchievementTable) -> str:
        match ending:
            case "html":
                return html(some, public=False)
            case "svg":
                return trajectory_chart(some, "fluent") + cascade_chart(toc.cascade(some, "steps")) + achievement_chart(table)
            case "csv":
                return f"{table.to_csv()}{toc.tracking_table(some).to_csv()}{table.records()}"
            case "docx":
                file = write_word(some, tmp_path / f"{len(list(tmp_path.iterdir()))}.docx", public=False)
            case _:
                file = toc.write(some, tmp_path / f"{len(list(tmp_path.iterdir()))}.{ending}")
        if ending in {"docx", "xlsx"}:
            with ZipFile(file) as packed:
                return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
        return file.read_text(encoding="utf-8")

    public = published(model)
    assert [number for number in secret if number in written(model, toc.achievement(model))], "the example holds none of them"
    assert [number for number in secret if number in written(public.model, public.table)] == []


@pytest.mark.parametrize("figure", ["123456789012345678901234567890123", "1e40", "0.6", "3.5"])
def test_figures_of_any_length_are_withheld(figure: str) -> None:
    draft = fluent()
    draft.actual("fluent", figure, numerator=2, denominator=40, note="un peu")
    draft.assumption("rooms", "Rooms are open", note="un peu")
    draft.assumption("books", "Books are there", note="4 percent read")
    model = published(draft.done()).model
    assert model.actuals[0].figure.missing == "suppressed"
    assert str(model["rooms"].note) == "un peu"
    assert (str(model["books"].note) == "left out for publication") is (figure == "3.5")


def test_what_was_withheld_before_is_no_category_that_nobody_reported() -> None:
    draft = toc.TheoryOfChange.build("p", period="2024", as_of="2024-12-31")
    draft.dimension("sex", "Sex", categories=["girls", "boys", "unknown"])
    about = {"unit": "person", "direction": "increase", "accumulation": "incremental", "report": "per_period", "by": ["sex"]}
    draft.indicator("members", of=draft.activity("clubs", "Clubs"), **about)
    for half, figures in (("2024-01-01/2024-06-30", (0, 0, 0, 0)), ("2024-07-01/2024-12-31", (8, 1, 2, 5))):
        for part, figure in zip(({}, {"sex": "girls"}, {"sex": "boys"}, {"sex": "unknown"}), figures, strict=True):
            draft.target("members", 1, period=half, slice=part)
            draft.actual("members", figure, period=half, slice=part)
    once = published(draft.done())
    assert [str(actual.figure) for actual in once.model.actuals][4:] == ["8", "suppressed", "suppressed", "5"]
    assert published(once.model).model == once.model


def told(draft: toc.TheoryBuilder) -> list[tuple[str, str]]:
    return [(str(finding.where), finding.message) for finding in published(draft.done()).findings]


def test_a_title_with_a_withheld_number_is_a_finding_and_stays() -> None:
    draft = clubs()
    draft.output("brothers", "The three brothers read aloud")
    draft.output("girls-read", "All 48 girls read aloud")  # withheld too, or the boys could be worked out
    draft.output("years", "Readers of 2024 and 12 villages")
    found = told(draft)
    quoted = "a number that is not published stands in a text that is: “{}”"
    assert ("brothers", quoted.format("The three brothers read aloud")) in found
    assert ("girls-read", quoted.format("All 48 girls read aloud")) in found
    assert not [at for at, _ in found if at == "years"]
    assert str(published(draft.done()).model.node("brothers").title) == "The three brothers read aloud"
    assert {finding.code for finding in published(draft.done()).findings} == {"A16"}


def test_labels_ages_and_articles_are_no_findings() -> None:
    draft = toc.TheoryOfChange.build("clubs", "Une école (fictional)", period="2024", as_of="2024-12-31")
    draft.activity("meet", "Clubs meet")
    draft.dimension("age", "Age", categories=[{"id": "young", "title": "Under 1"}, {"id": "old", "title": "1 to 3"}])
    draft.indicator("i", "Pupils", of="meet", unit="person", by="age")
    _ = draft.actual("i", 1, slice="age=young"), draft.actual("i", 3, slice="age=old")
    for number in range(3):
        draft.source(f"talk-{number}", f"Interview {number}", kind="interview")
    assert told(draft) == []


def test_nothing_is_found_where_nothing_is_withheld() -> None:
    draft = clubs(threshold=0, reason="the figures are public already")
    draft.output("brothers", "The three brothers read aloud")
    assert told(draft) == []
    assert for_readers(draft.done(), public=False).findings == ()


def steps(*figures: object, unit: str = "person", **publication: object) -> list[str]:
    draft = toc.TheoryOfChange.build("clubs", "Clubs", period="2024", as_of="2024-12-31", publication={"public": True, **publication})
    draft.activity("meet", "Clubs meet")
    ids = [draft.indicator(f"step-{place}", f"Step {place}", of="meet", unit=unit) for place, _ in enumerate(figures)]
    for id, figure in zip(ids, figures, strict=True):
        draft.actual(id, figure)
    draft.cascade("course", "The course", ids)
    return [finding.message for finding in toc.check(draft.done()) if finding.code == "L76"]


def test_steps_of_a_cascade_that_differ_by_few_are_warned_of() -> None:
    assert steps(40, 38) == ["the steps “Step 0” and “Step 1” of “The course” differ by fewer than 5, which anybody can work out"]
    assert steps(40, 38, threshold=3, reason="agreed with the board") != []
    for figures in ((40, 35), (40, 40), (38, 40), (40, "over 36"), (6, 3)):  # three are withheld already
        assert steps(*figures) == []
    assert steps(40, 38, unit="item") == []
    assert steps(40, 38, public=False) == []
    assert steps(40, 38, threshold=0, reason="the figures are public already") == []


def test_commands_say_what_should_be_read_before_it_is_published(tmp_path: Path) -> None:
    draft = clubs()
    draft.output("brothers", "The three brothers read aloud")
    file = tmp_path / "clubs.yaml"
    toc.write(draft.done(), file)
    commands = [
        ["report", str(file), "--output", str(tmp_path / "clubs.html")],
        ["report", str(file), "--output", str(tmp_path / "clubs.docx")],
        ["achieve", str(file)],
        ["picture", "achievement", str(file), "--output", str(tmp_path / "clubs.svg")],
        ["story", str(file), "clubs", "fluent"],
    ]
    for command in commands:
        open_to_all, own = (CliRunner().invoke(app, [*command, option]) for option in ("--public", "--no-public"))
        assert "“The three brothers read aloud”" in open_to_all.stderr, command
        assert "A16" not in own.stderr
    assert "The three brothers" in (tmp_path / "clubs.html").read_text(encoding="utf-8")


def test_a_reporters_part_that_no_row_shows_stands_in_no_text_either() -> None:
    draft = toc.TheoryOfChange.build("clubs", "Clubs", period="2024", as_of="2024-12-31")
    for id in ("north", "south"):
        draft.actor(id, id)
    draft.activity("meet", "Clubs meet", narrative="There were 6 in the south.")  # and so 7 - 6 in the north
    draft.indicator("members", of="meet", unit="person", accumulation="cumulative")
    _ = draft.actual("members", 1, reporter="north"), draft.actual("members", 6, reporter="south")
    public = published(draft.done())
    assert [str(row.actual) for row in public.table] == ["7"]
    assert str(public.model.node("meet").narrative) == "left out for publication"


def test_publishing_twice_takes_no_more_where_several_parts_are_withheld() -> None:
    draft = toc.TheoryOfChange.build("readers", "Reading clubs (fictional)", period="2024", as_of="2024-12-31")
    draft.activity("clubs", "Reading clubs")
    draft.dimension("sex", "Sex", categories=["girls", "boys", "unknown"])
    draft.dimension("place", "Place", categories=["north", "south"])
    draft.indicator(
        "members", of="clubs", unit="person", direction="increase", by=("sex", "place"), accumulation="incremental", report="per_period"
    )
    figures = {"sex=girls": 4, "sex=boys": 4, "sex=unknown": 5, "place=north": 8, "place=south": 5}
    figures |= {"place=north,sex=girls": 1, "place=south,sex=girls": 3, "place=north,sex=boys": 2, "place=south,sex=boys": 2}
    for part, figure in (figures | {"place=north,sex=unknown": 5, "place=south,sex=unknown": 0}).items():
        draft.actual("members", figure, period="2024-01/2024-06", slice=part)
    for part in (None, "sex=girls", "sex=boys"):
        draft.target("members", 1, period="2024-01/2024-06", slice=part)
    once = published(draft.done())
    assert published(once.model).model == once.model
    assert {str(row.actual) for row in once.table if str(row.slice) == "place=north"} == {"8"}


def test_what_is_withheld_is_not_called_missing() -> None:
    draft = toc.TheoryOfChange.build("p", "Reading clubs (fictional)", period="2023/2024", as_of="2024-12-31")
    draft.activity("a", "Clubs meet")
    draft.dimension("sex", "Sex", categories=[{"id": "girls", "title": "Girls"}, {"id": "boys", "title": "Boys"}])
    draft.indicator("i", "Members", of="a", unit="person", report="per_period", by=[{"dimension": "sex", "coverage": "exhaustive"}])
    for year, whole, girls, boys in (("2023", 97, 4, 93), ("2024", 81, 33, 48)):
        draft.target("i", 100, period=year)
        draft.actual("i", whole, period=year)
        draft.actual("i", girls, period=year, slice="sex=girls")
        draft.actual("i", boys, period=year, slice="sex=boys")
    ready = for_readers(draft.done(), public=True)
    assert {row.actual.missing for row in ready.table} == {"suppressed"}
    assert "L47" not in {finding.code for finding in toc.check(ready.model, as_of="2024-12-31")}
