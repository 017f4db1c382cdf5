"""Charts: what they say, to those who see them and those who do not; hostile text; pictures as files."""

import re
import struct
import sys
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

import tocmodel as toc
from tests.test_reports import HOSTILE
from tocmodel.contribution import contribution_matrix
from tocmodel.errors import AsOfNeededError, MissingExtraError, UnknownIdError, UnknownPictureError
from tocmodel.model import Direction, EvidenceDirection
from tocmodel.reports.charts import (
    achievement_chart,
    cascade_chart,
    gap_chart,
    matrix_chart,
    theory_chart,
    trajectory_chart,
)
from tocmodel.reports.charts.drawing import hatch, width_of, wrapped
from tocmodel.reports.charts.palette import CAUTION, INK, KINDS, MUTED, PAPER, PLANNED, POSSIBLE, REACHED, contrast, readable_on, shade
from tocmodel.reports.charts.trajectory import trajectory
from tocmodel.reports.pictures import SLIDE, on_slide, write_picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def kenya() -> toc.TheoryOfChange:
    return toc.read("examples/kenya_sec/kenya_sec.yaml")


@pytest.fixture(scope="module")
def nursery() -> toc.TheoryOfChange:
    draft = toc.TheoryOfChange.build("nursery", "Tree nursery (fictional)", period="2022-01-01/2024-12-31", as_of="2024-03-31")
    plant = draft.activity("plant", "Neighbours raise seedlings")
    draft.indicator(
        "trees", "Seedlings raised", of=plant, unit="item", direction="increase", accumulation="incremental", report="per_period"
    )
    for year, count in ((2022, 1000), (2023, 1500), (2024, 2000)):
        draft.target("trees", count, period=str(year))
    draft.actual("trees", "over 900", period="2022-01-01/2022-12-31")
    draft.actual("trees", 700, period="2023-01-01/2023-06-30")
    draft.actual("trees", "300 to 650", period="2023-07-01/2023-12-31")
    draft.indicator("dry", "Days without water", of=plant, unit="day", direction="decrease", accumulation="snapshot", report="to_date")
    draft.baseline("dry", 100, period="2021")
    draft.target("dry", 40)
    draft.target("dry", 70, period="2023")
    draft.actual("dry", 72, measured="2023-12-20")
    return draft.done()


def read(svg: str) -> Element:
    root = fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    return root


def description(svg: str) -> str:
    return read(svg).findtext(f"{SVG}desc") or ""


def texts(svg: str) -> str:
    return " ".join("".join(text.itertext()) for text in read(svg).iter(f"{SVG}text"))


def charts(model: toc.TheoryOfChange) -> dict[str, str]:
    table = toc.achievement(model)
    return {
        "achievement": achievement_chart(table),
        "gaps": gap_chart(table),
        "matrix": matrix_chart(contribution_matrix(model)),
        **{f"cascade {item.id}": cascade_chart(toc.cascade(model, item.id)) for item in model.cascades},
        **{f"trajectory {item.id}": trajectory_chart(model, item.id) for item in model.indicators},
        "theory": theory_chart(model),
        "theory, achievement": theory_chart(model, overlay="achievement"),
        "theory, evidence": theory_chart(model, overlay="evidence"),
    }


def test_every_chart_of_kenya_is_svg_that_needs_nothing_else_and_carries_the_notice(kenya: toc.TheoryOfChange) -> None:
    for name, svg in charts(kenya).items():
        root = read(svg)
        assert root.findtext(f"{SVG}title"), name
        assert root.findtext(f"{SVG}desc"), name
        assert "not an evaluation" in texts(svg), name
        assert not {f"{SVG}script", f"{SVG}image", f"{SVG}use", f"{SVG}style"} & {part.tag for part in root.iter()}
        assert "url(" not in svg
        assert " id=" not in svg, f"{name}: ids would meet those of other pictures on one page"


def test_the_cascade_shows_counts_and_percentages_only_from_like_to_like(kenya: toc.TheoryOfChange) -> None:
    svg = cascade_chart(toc.cascade(kenya, "legal"))
    for words in ("21 persons", "13 cases", "6 cases", "2 cases", "0.62 cases per person", "46.2 % of the step before"):
        assert words in texts(svg)
        assert words in description(svg)
    assert "61.9 %" not in svg
    assert not re.search(r"drop|lost|loss|dropout|attrition", re.sub("is not lost", "", svg), re.IGNORECASE)
    bars = [float(part.get("width", "0")) for part in read(svg).iter(f"{SVG}rect") if part.get("fill") == REACHED]
    assert [round(width / bars[0] * 21) for width in bars] == [21, 13, 6, 2]


def test_a_step_that_nobody_counted_has_no_bar() -> None:
    draft = toc.TheoryOfChange.build("reading", "Reading clubs (fictional)")
    clubs = draft.activity("clubs", "Reading clubs")
    draft.indicator("asked", "Pupils asked", of=clubs, unit="person")
    draft.indicator("joined", "Pupils who joined", of=clubs, unit="person")
    draft.indicator("stayed", "Pupils who stayed", of=clubs, unit="person")
    draft.actual("asked", "over 40")
    draft.actual("stayed", "10 to 20")
    draft.cascade("way", "The way into the clubs", steps=["asked", "joined", "stayed"])
    svg = cascade_chart(toc.cascade(draft.done(), "way"))
    assert "Pupils who joined: missing." in description(svg)
    assert sum(part.get("fill") == REACHED for part in read(svg).iter(f"{SVG}rect")) == 2
    assert sum(part.get("fill") == POSSIBLE for part in read(svg).iter(f"{SVG}rect")) == 1


def test_bars_keep_bounds_open_and_say_what_is_missing(kenya: toc.TheoryOfChange) -> None:
    svg = achievement_chart(toc.achievement(kenya))
    said = description(svg)
    assert "Community members taking part in awareness raising: over 4544 of 5,181, at least 87.7 %, undetermined." in said
    assert "Children brought to safety and given services (boys): 27 of 45, 60 %, no verdict (context)." in said
    assert "Government officials trained: planned 135, missing." in said
    assert "An arrow: only a lower bound is known." in texts(svg)
    one = achievement_chart(toc.achievement(kenya).where(indicator="officials-trained"))
    assert not [part for part in read(one).iter(f"{SVG}rect") if part.get("fill") == REACHED]
    table = toc.achievement(kenya)
    for hollow in (False, True):
        bars = [part for part in read(svg).iter(f"{SVG}rect") if (part.get("stroke") if hollow else part.get("fill")) == REACHED]
        assert len(bars) == sum(row.attainment.bounds is not None and (row.direction is Direction.CONTEXT) is hollow for row in table)


def test_a_bar_of_context_is_hollow_and_not_filled_as_by_a_bound(kenya: toc.TheoryOfChange, nursery: toc.TheoryOfChange) -> None:
    for svg in (achievement_chart(toc.achievement(kenya)), gap_chart(toc.achievement(kenya))):
        assert "A hollow bar: context, neither good nor bad when it rises; no verdict." in texts(svg)
        assert "Hatched" not in texts(svg)
        assert not [part for part in read(svg).iter(f"{SVG}rect") if part.get("fill") == POSSIBLE]
    bounded = achievement_chart(toc.achievement(nursery, as_of="2023-12-31"))
    assert "Hatched: possible, not certain." in texts(bounded)
    assert "hollow" not in texts(bounded)


def test_what_is_hard_to_compare_stands_beside_every_percentage(kenya: toc.TheoryOfChange) -> None:
    table = toc.achievement(kenya)
    for svg in (gap_chart(table), achievement_chart(table)):
        assert "≠ " in texts(svg)
        assert 'Planned "at risk" against reported "enrolled and kept in school".' in texts(svg)
    said = texts(gap_chart(table))
    assert said.count("no verdict (context) ≠") == 4
    assert said.index("≠ Planned") < said.index("132 of 105")
    assert 'Planned "at risk" against' in description(gap_chart(table))


def test_a_trajectory_says_who_is_counted_and_every_footnote_is_a_sentence(kenya: toc.TheoryOfChange, nursery: toc.TheoryOfChange) -> None:
    said = texts(trajectory_chart(kenya, "rescued", slice="sex=girls"))
    assert "Counted: children subjected to sexual exploitation (unit: person)." in said
    assert "Unit: item." in texts(trajectory_chart(nursery, "trees"))
    for model in (kenya, nursery):
        for name, svg in charts(model).items():
            small = ["".join(text.itertext()) for text in read(svg).iter(f"{SVG}text") if text.get("font-size") == "11"]
            notes = [text for text in small if text.endswith(".") and len(text) > 30]
            assert notes or model is nursery
            assert not [text for text in notes if text[0].islower()], name


def test_groups_and_titles_are_called_as_the_model_calls_them(kenya: toc.TheoryOfChange) -> None:
    svg = gap_chart(toc.achievement(kenya), model=kenya)
    assert "Fewer than planned: Boys. Is it the plan, the identification or the access?" in texts(svg)
    assert "Children brought to safety and given services, by Sex" in texts(svg)
    assert "Achievement of Tackling Sexual Exploitation" in texts(achievement_chart(toc.achievement(kenya), model=kenya))


def test_what_is_not_due_is_not_missing() -> None:
    draft = toc.TheoryOfChange.build("reading", "Reading clubs (fictional)", as_of="2023-12-31", period="2023-01-01/2025-12-31")
    draft.indicator("pupils", "Pupils", of=draft.activity("clubs", "Clubs"), unit="person", direction="increase")
    draft.target("pupils", 20, period="2024")
    assert "2024: planned 20, not due." in description(achievement_chart(toc.achievement(draft.done())))


def test_a_falling_indicator_shows_its_progress_from_the_baseline(nursery: toc.TheoryOfChange) -> None:
    svg = achievement_chart(toc.achievement(nursery).where(scope="life"))
    assert "Days without water: 72 (target: 40), 46.7 % of the way, not met so far." in description(svg)


def test_gaps_ask_a_question_and_give_no_verdict_on_a_group(kenya: toc.TheoryOfChange) -> None:
    svg = gap_chart(toc.achievement(kenya))
    assert "Fewer than planned: boys. Is it the plan, the identification or the access?" in texts(svg)
    assert svg.count("Fewer than planned") == svg.count("Fewer than planned: boys")
    assert "underperform" not in svg
    assert "No breakdown has results" in texts(gap_chart(toc.achievement(toc.TheoryOfChange.build("p", as_of="2024-01-01").done())))


def test_the_matrix_writes_every_count_into_its_cell(kenya: toc.TheoryOfChange) -> None:
    matrix = contribution_matrix(kenya)
    svg = matrix_chart(matrix)
    cells = [group for group in read(svg).iter(f"{SVG}g") if "pathway" in (group.findtext(f"{SVG}title") or "")]
    assert [group.findtext(f"{SVG}text") for group in cells] == [str(cell.paths) for cell in matrix.rows]
    assert "more pathways are not more contribution" in texts(svg)
    for cell in matrix.rows:
        if cell.paths.count:
            assert f"{cell.activity_title} → {cell.objective_title}: {cell.paths} pathway" in description(svg)


def test_a_trajectory_adds_up_new_results_and_their_targets(nursery: toc.TheoryOfChange) -> None:
    way = trajectory(nursery, "trees")
    assert [str(moment) for moment in way.planned] == [
        "start on 2022-01-01: 0",
        "milestone on 2022-12-31: 1,000",
        "milestone on 2023-12-31: 2,500",
        "target on 2024-12-31: 4,500",
    ]
    assert [str(moment) for moment in way.reached] == [
        "reached on 2022-12-31: over 900",
        "reached on 2023-06-30: at least 1,601",
        "reached on 2023-12-31: at least 1,901",
    ]


def test_a_trajectory_falls_from_baseline_to_target(nursery: toc.TheoryOfChange) -> None:
    said = description(trajectory_chart(nursery, "dry"))
    for words in (
        "baseline on 31 December 2021: 100",
        "milestone on 31 December 2023: 70",
        "target on 31 December 2024: 40",
        "reached on 20 December 2023: 72",
    ):
        assert words in said
    assert "180 %" not in said


def test_results_after_the_date_of_judgement_are_drawn_as_they_are_counted(nursery: toc.TheoryOfChange) -> None:
    way = trajectory(nursery, "trees", as_of="2023-06-30")
    assert [(str(moment.on), moment.later) for moment in way.reached] == [
        ("2022-12-31", False),
        ("2023-06-30", False),
        ("2023-12-31", True),
    ]
    assert way.reached[-1].figure.bounds == toc.achievement(nursery, as_of="2023-06-30")["trees"].actual.bounds
    svg = trajectory_chart(nursery, "trees", as_of="2023-06-30")
    assert "Right of the thin line: results that speak of days after the date of judgement; they are counted." in texts(svg)
    assert "reached on 31 December 2023, after the date of judgement: at least 1,901" in description(svg)
    assert "as of 30 June 2023" in texts(svg)
    assert "thin line" not in texts(trajectory_chart(nursery, "trees"))


def test_a_period_without_a_report_bounds_the_way_as_it_bounds_the_table() -> None:
    draft = toc.TheoryOfChange.build("nursery", "Tree nursery (fictional)", period="2022/2024", as_of="2024-12-31")
    draft.indicator("trees", of=draft.activity("plant", "Planting"), unit="item", accumulation="incremental", report="per_period")
    for year in ("2022", "2023", "2024"):
        draft.target("trees", 100, period=year)
    _ = draft.actual("trees", 80, period="2022"), draft.actual("trees", 90, period="2024")
    model = draft.done()
    assert [str(moment.figure) for moment in trajectory(model, "trees").reached] == ["80", "at least 170"]
    assert str(toc.achievement(model)["trees"].actual) == "at least 170"


def test_a_result_without_a_date_is_drawn_also_beside_results_that_have_one() -> None:
    draft = toc.TheoryOfChange.build("nursery", "Tree nursery (fictional)", period="2024", as_of="2024-12-31")
    draft.indicator("trees", of=draft.activity("plant", "Planting"), unit="item", accumulation="incremental")
    _ = draft.actual("trees", 80, period="2024-03"), draft.actual("trees", 5)
    said = [str(moment) for moment in trajectory(draft.done(), "trees").reached]
    assert said == ["reached on 2024-03-31: 80", "reached, on a day not stated: 85"]


def test_a_result_without_a_date_is_hollow_and_says_so(kenya: toc.TheoryOfChange) -> None:
    svg = trajectory_chart(kenya, "rescued", slice="sex=girls")
    assert "reached, on a day not stated: 132" in description(svg)
    assert "A hollow dot: nobody stated the day" in texts(svg)
    assert [part.get("fill") for part in read(svg).iter(f"{SVG}circle")] == [PAPER]
    assert "no verdict" in texts(svg)


def test_a_trajectory_of_what_is_not_there_is_refused(kenya: toc.TheoryOfChange) -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'rescued'"):
        trajectory_chart(kenya, "rescue")
    with pytest.raises(UnknownIdError, match="part of 'rescued'"):
        trajectory_chart(kenya, "rescued", slice={"sex": "others"})
    draft = toc.TheoryOfChange.build("p")
    draft.indicator("i", "I", of=draft.activity("a", "A"), unit="person")
    with pytest.raises(AsOfNeededError):
        trajectory_chart(draft.done(), "i")
    assert "Neither a plan nor a result has a number." in texts(trajectory_chart(draft.done(), "i", as_of="2024-01-01"))


def test_the_whole_theory_and_one_pathway_of_it(kenya: toc.TheoryOfChange) -> None:
    whole = description(theory_chart(kenya))
    for node in kenya.nodes:
        assert f"{node.title} (" in whole
    trace = toc.trace(kenya, "child-rights-clubs", "children-engage-duty-bearers")
    part = theory_chart(kenya, only=trace.nodes, focus=[*trace.from_, *trace.to])
    boxes = [
        box
        for node in read(part).iter(f"{SVG}g")
        for box in node
        if node.find(f"{SVG}title") is not None and box.get("fill") in KINDS.values()
    ]
    assert len(boxes) == len(trace.nodes)
    assert sum(box.get("stroke-width") == "3" for box in boxes) == 2


def test_nodes_that_no_source_carries_are_dashed_as_links_are() -> None:
    draft = toc.TheoryOfChange.build("reading", "Reading clubs (fictional)")
    for basis in ("stated", "planned", "inferred", None):
        draft.activity(str(basis), "Clubs meet", basis=basis)
    boxes = [
        box
        for node in read(theory_chart(draft.done())).iter(f"{SVG}g")
        if node.find(f"{SVG}title") is not None
        for box in node.iter(f"{SVG}polygon")
    ]
    assert ["stroke-dasharray" in box.attrib for box in boxes] == [False, False, True, True]


def test_achievement_over_a_theory_in_words_and_colours(kenya: toc.TheoryOfChange) -> None:
    svg = theory_chart(kenya, overlay="achievement")
    assert "Peer sessions in Child Rights Clubs (activity, stated), all that can be judged is met" in description(svg)
    assert "Children brought to safety and given services (output, stated), context, no verdict" in description(svg)
    assert "1 undetermined" in texts(svg)
    assert "1 missing" in texts(svg)


def test_evidence_over_a_theory_changes_width_and_pattern_too(kenya: toc.TheoryOfChange) -> None:
    said = description(theory_chart(kenya, overlay="evidence"))
    supported = {id for item in kenya.evidence if item.direction is EvidenceDirection.SUPPORTS for id in item.about}
    links = [link for link in kenya.links if link.id in supported]
    assert links
    assert said.count("evidence for it") == len(links)
    assert said.count("no evidence") == len(kenya.links) - len(links)
    draft = toc.TheoryOfChange.build("reading", "Reading clubs (fictional)")
    clubs, fluent = draft.activity("clubs", "Reading clubs"), draft.objective("fluent", "Pupils read fluently")
    link = draft.link(clubs, fluent)
    draft.evidence("test", about=[link], kind="document", direction="contradicts", statement="Marks did not change")
    svg = theory_chart(draft.done(), overlay="evidence")
    assert "evidence against it" in description(svg)
    assert any(part.get("stroke") == CAUTION and part.get("stroke-dasharray") for part in read(svg).iter(f"{SVG}path"))


def test_colours_can_be_read_and_told_apart_without_red_and_green() -> None:
    for colour in (INK, MUTED, PLANNED, REACHED, CAUTION):
        assert contrast(colour, PAPER) >= 4.5
    for ground in KINDS.values():
        assert contrast(INK, ground) >= 4.5
    for step in range(11):
        assert contrast(readable_on(shade(step / 10)), shade(step / 10)) >= 4.5
    assert contrast(PAPER, "#000000") == pytest.approx(21)
    for one, other in combinations((REACHED, POSSIBLE, CAUTION), 2):
        assert contrast(one, other) > 1.05


@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x08\ufffe nothing XML can hold"])
def test_hostile_text_appears_as_text(text: str) -> None:
    title = text or "x"
    draft = toc.TheoryOfChange.build("p", title, notice=title, as_of="2024-01-01", period="2023-01-01/2023-12-31")
    one, other = draft.activity("a", title), draft.objective("b", title)
    draft.link(one, other, rationale=title)
    draft.indicator("i", title, of=other, unit="person", by=["where"], direction="increase", accumulation="cumulative")
    draft.target("i", 9, comparability=title)
    draft.actual("i", 5)
    for part in ("x", title[:50].strip() or "y"):
        draft.target("i", 9, slice={"where": part})
        draft.actual("i", 5, slice={"where": part})
    draft.cascade("c", title, steps=["i"])
    cleaned = re.sub("[\x00\x08\ufffe]", "\N{REPLACEMENT CHARACTER}", title)

    for name, svg in charts(draft.done()).items():
        root = read(svg)
        allowed = {"svg", "title", "desc", "g", "rect", "line", "path", "circle", "text", "tspan", "polygon", "polyline"}
        assert {part.tag.removeprefix(SVG) for part in root.iter()} <= allowed, name
        assert not [key for part in root.iter() for key in part.attrib if key.startswith("on") or "href" in key], name
        if name != "gaps":
            assert cleaned in " ".join(root.itertext()), name
        assert max((width_of("".join(text.itertext()), 11) for text in root.iter(f"{SVG}tspan")), default=0) < 2000


def test_words_are_wrapped_to_their_width_and_cut_with_an_ellipsis() -> None:
    for text in ("Children know and can claim their rights", "x" * 500, "漢字" * 40, "🙂" * 50, ""):
        lines = wrapped(text, 120, lines=3)
        assert 1 <= len(lines) <= 3
        assert all(width_of(line) <= 120 for line in lines)
    assert wrapped("x" * 500, 120)[-1].endswith("…")


def test_stripes_stay_inside_their_bar() -> None:
    for width, height in ((100.0, 10.0), (3.0, 20.0), (0.0, 10.0)):
        data = hatch(10, 20, width, height, colour=INK, step=5, thick=1).get("d") or ""
        for x, y in re.findall(r"([\d.]+) ([\d.]+)", data):
            assert 10 <= float(x) <= 10 + width + 0.01
            assert 20 <= float(y) <= 20 + height + 0.01


def size(file: Path) -> tuple[int, int]:
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def test_pictures_as_files(kenya: toc.TheoryOfChange, tmp_path: Path) -> None:
    svg = cascade_chart(toc.cascade(kenya, "legal"))
    assert write_picture(svg, tmp_path / "legal.svg").read_text(encoding="utf-8") == svg
    width, _ = size(write_picture(svg, tmp_path / "legal.png"))
    assert width == 1920
    assert size(write_picture(svg, tmp_path / "slide.png", slide=True)) == SLIDE
    assert size(write_picture(theory_chart(kenya), tmp_path / "theory.png", slide=True)) == SLIDE
    slide = fromstring(write_picture(svg, tmp_path / "slide.svg", slide=True).read_text(encoding="utf-8"))
    assert (slide.get("width"), slide.get("height")) == ("1920", "1080")
    with pytest.raises(UnknownPictureError, match=r"ends in \.svg or \.png"):
        write_picture(svg, tmp_path / "legal.jpg")


def test_words_are_drawn_into_the_png(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("p", as_of="2024-01-01")
    empty = achievement_chart(toc.achievement(draft.done()))
    without = re.sub(r"<text.*?</text>", "", empty)
    one = write_picture(on_slide(empty), tmp_path / "words.png").read_bytes()
    other = write_picture(on_slide(without), tmp_path / "none.png").read_bytes()
    assert one != other


def test_without_resvg_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtraError, match=r"tocmodel\[pictures\]"):
        write_picture("<svg/>", tmp_path / "x.png")


def test_how_many_have_a_result_is_said_of_all_also_where_only_the_whole_is_drawn() -> None:
    draft = toc.TheoryOfChange.build("p", "Clubs", as_of="2024-06-30", period="2023/2025")
    draft.activity("a", "Clubs meet")
    draft.indicator("i", "Members", of="a", unit="person", direction="increase", report="per_period")
    draft.target("i", 10, period="2023")
    draft.actual("i", 8, period="2023")
    draft.target("i", 30)
    table = toc.achievement(draft.done())
    said = description(achievement_chart(table, scope="life")), texts(achievement_chart(table, scope="life"))
    assert "1 of 1 indicator with a target that is due has a result" in said[1]
    assert said[0].count("Members") == 1
