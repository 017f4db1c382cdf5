"""Miradi projects: what is read, kept and listed, and files that mean no good."""

import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import tocmodel as toc
from tocmodel.errors import UnreadableFileError
from tocmodel.findings import Severity
from tocmodel.formats import miradi
from tocmodel.model import Activity, IndicatorKind, Objective, Outcome, TheoryOfChange

PUBLISHED = sorted(Path("../shared/data/miradi").glob("*.xmpz2"))
NOT_HERE = "the Miradi projects of ../shared are not here"
NAMESPACE = "http://xml.miradi.org/schema/ConservationProject/248"


def factor(id: str, kind: str, of: str, children: str = "") -> str:
    inside = "".join(f"<DiagramFactorId>{child}</DiagramFactorId>" for child in children.split())
    return (
        f'<DiagramFactor Id="{id}"><DiagramFactorGroupBoxChildrenIds>{inside}</DiagramFactorGroupBoxChildrenIds><DiagramFactorWrappedFactorId>'
        f"<WrappedByDiagramFactorId><{kind}Id>{of}</{kind}Id></WrappedByDiagramFactorId></DiagramFactorWrappedFactorId></DiagramFactor>"
    )


def link(id: str, start: str, end: str, more: str = "") -> str:
    def reference(name: str, factor: str) -> str:
        return f"<DiagramLink{name}><LinkableFactorId><AnyId>{factor}</AnyId></LinkableFactorId></DiagramLink{name}>"

    return f'<DiagramLink Id="{id}">{reference("FromDiagramFactorId", start)}{reference("ToDiagramFactorId", end)}{more}</DiagramLink>'


PROJECT = f"""\
<ConservationProject xmlns="{NAMESPACE}">
<ProjectSummary>
 <ProjectSummaryProjectName>Clear Lake</ProjectSummaryProjectName><ProjectSummaryProjectLanguage>en</ProjectSummaryProjectLanguage>
</ProjectSummary>
<ProjectPlanning>
 <ProjectPlanningStartDate>2024-01-01</ProjectPlanningStartDate><ProjectPlanningExpectedEndDate>2026-12-31</ProjectPlanningExpectedEndDate>
 <ProjectPlanningCurrencyType>EUR</ProjectPlanningCurrencyType>
</ProjectPlanning>
<TaskPool><Task Id="7"><TaskName>Meet farmers</TaskName></Task></TaskPool>
<StrategyPool><Strategy Id="1">
 <StrategyName><div xmlns="">Work with <b>farmers</b><br/></div></StrategyName><StrategyStatus>Draft</StrategyStatus>
 <StrategyOrderedActivityIds><ActivityId>7</ActivityId></StrategyOrderedActivityIds>
</Strategy></StrategyPool>
<IntermediateResultPool>
 <IntermediateResult Id="2"><IntermediateResultName>Farmers use less fertiliser</IntermediateResultName>
  <IntermediateResultDetails><div xmlns="">On the shore.<ul><li>north</li><li>south</li></ul></div></IntermediateResultDetails>
  <IntermediateResultObjectiveIds><ObjectiveId>8</ObjectiveId></IntermediateResultObjectiveIds></IntermediateResult>
 <IntermediateResult Id="3"><IntermediateResultName>Less fertiliser reaches the lake</IntermediateResultName>
  <IntermediateResultIndicatorIds><IndicatorId>5</IndicatorId></IntermediateResultIndicatorIds></IntermediateResult>
</IntermediateResultPool>
<BiodiversityTargetPool><BiodiversityTarget Id="4"><BiodiversityTargetName>The lake</BiodiversityTargetName></BiodiversityTarget></BiodiversityTargetPool>
<CausePool><Cause Id="9"><CauseName>Cheap fertiliser</CauseName></Cause></CausePool>
<ObjectivePool><Objective Id="8"><ObjectiveIdentifier>O1</ObjectiveIdentifier><ObjectiveName>Half of the farmers</ObjectiveName>
 <ObjectiveDetails>By 2026, half of the farmers use less.</ObjectiveDetails>
 <ObjectiveRelevantIndicatorIds><IndicatorId>6</IndicatorId></ObjectiveRelevantIndicatorIds></Objective></ObjectivePool>
<IndicatorPool>
 <Indicator Id="5"><IndicatorName>Nitrate</IndicatorName><IndicatorUnit>kg</IndicatorUnit>
  <IndicatorMeasurementIds><MeasurementId>11</MeasurementId></IndicatorMeasurementIds>
  <IndicatorFutureStatusIds><FutureStatusId>12</FutureStatusId></IndicatorFutureStatusIds>
  <IndicatorOrderedMethodIds><MethodId>13</MethodId></IndicatorOrderedMethodIds></Indicator>
 <Indicator Id="6"><IndicatorName>% of farmers</IndicatorName></Indicator>
</IndicatorPool>
<MeasurementPool><Measurement Id="11"><MeasurementDate>2025-06-30</MeasurementDate><MeasurementMeasurementValue>1,540</MeasurementMeasurementValue>
 <MeasurementEvidenceConfidence>RapidAssessment</MeasurementEvidenceConfidence><MeasurementTrend>MildDecrease</MeasurementTrend></Measurement></MeasurementPool>
<FutureStatusPool><FutureStatus Id="12"><FutureStatusDate>2026-12-31</FutureStatusDate><FutureStatusSummary>900</FutureStatusSummary></FutureStatus></FutureStatusPool>
<MethodPool><Method Id="13"><MethodName>Samples at the inflow</MethodName></Method></MethodPool>
<ResourcePool><Resource Id="14"><ResourceGivenName>Ada</ResourceGivenName><ResourceEmail>ada@example.org</ResourceEmail></Resource></ResourcePool>
<DiagramFactorPool>
{factor("21", "Strategy", "1")}{factor("22", "IntermediateResult", "2")}{factor("23", "IntermediateResult", "3")}
{factor("24", "BiodiversityTarget", "4")}{factor("25", "Cause", "9")}{factor("26", "GroupBox", "30", "22 23")}
</DiagramFactorPool>
<DiagramLinkPool>{{links}}</DiagramLinkPool>
<ResultsChainPool><ResultsChain Id="31"><ResultsChainName>Farming</ResultsChainName>
 <ResultsChainDiagramFactorIds><DiagramFactorId>21</DiagramFactorId><DiagramFactorId>26</DiagramFactorId></ResultsChainDiagramFactorIds>
</ResultsChain></ResultsChainPool>
</ConservationProject>
"""
LINKS = link("41", "21", "22") + link("42", "22", "23") + link("43", "23", "24") + link("44", "25", "24")


def zipped(folder: Path, text: str, name: str = "project.xml") -> Path:
    path = folder / "clear_lake.xmpz2"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return path


def read(folder: Path, links: str = LINKS, mend: Callable[[str], str] = str) -> TheoryOfChange:
    return toc.read(zipped(folder, mend(PROJECT.format(links=links))))


def found(model: TheoryOfChange, code: str) -> list[tuple[str, str]]:
    return [(finding.where.path, finding.message) for finding in model.findings if finding.code == code]


# Reading


def test_the_project_is_the_programme(tmp_path: Path) -> None:
    programme = read(tmp_path).programme
    assert (programme.id, str(programme.title), programme.language) == ("clear-lake", "Clear Lake", "en")
    assert (str(programme.period), programme.currency) == ("2024-01-01/2026-12-31", "EUR")


def test_a_language_that_is_not_stated_is_not_taken_for_english(tmp_path: Path) -> None:
    model = read(tmp_path, mend=lambda text: text.replace("<ProjectSummaryProjectLanguage>en</ProjectSummaryProjectLanguage>", ""))
    assert model.programme.language == "und"


def test_strategies_activities_results_and_targets_are_nodes(tmp_path: Path) -> None:
    model = read(tmp_path)
    assert [(node.id, type(node), str(node.title)) for node in model.nodes] == [
        ("activity-7", Activity, "Meet farmers"),
        ("strategy-1", Activity, "Work with farmers"),
        ("intermediate-result-2", Outcome, "Farmers use less fertiliser"),
        ("intermediate-result-3", Outcome, "Less fertiliser reaches the lake"),
        ("biodiversity-target-4", Objective, "The lake"),
    ]
    result = model.node("intermediate-result-2")
    assert str(result.description) == "On the shore.\nnorth\nsouth"
    assert str(result.narrative) == "O1: Half of the farmers\nBy 2026, half of the farmers use less."
    assert model.node("strategy-1").extensions["miradi"] == {"StrategyStatus": "Draft", "StrategyOrderedActivityIds": {"ActivityId": "7"}}


def test_drawn_links_and_the_activities_of_a_strategy_are_links(tmp_path: Path) -> None:
    links = {link.id: str(link.rationale) for link in read(tmp_path).links}
    assert links == {
        "strategy-1->intermediate-result-2": "",
        "intermediate-result-2->intermediate-result-3": "",
        "intermediate-result-3->biodiversity-target-4": "",
        "activity-7->strategy-1": "an activity of this strategy",
    }


def test_indicators_belong_to_a_result_directly_or_through_its_objective(tmp_path: Path) -> None:
    model = read(tmp_path)
    nitrate, share = model.indicators
    assert (nitrate.id, nitrate.of, nitrate.unit, str(nitrate.collection_method)) == (
        "indicator-5", "intermediate-result-3", "kilogram", "Samples at the inflow",
    )  # fmt: skip
    assert (share.of, share.kind, share.unit) == ("intermediate-result-2", IndicatorKind.PERCENTAGE, "percent")


def test_measurements_are_actuals_and_future_statuses_are_targets(tmp_path: Path) -> None:
    model = read(tmp_path)
    actual, target = model.actuals[0], model.targets[0]
    assert (actual.id, actual.figure.printed, str(actual.measured), str(actual.quality)) == (
        "measurement-11", "1,540", "2025-06-30", "confidence: RapidAssessment",
    )  # fmt: skip
    assert actual.figure.bounds is not None
    assert actual.figure.bounds.low == 1540
    assert actual.extensions["miradi"] == {"MeasurementTrend": "MildDecrease"}
    assert (target.indicator, str(target.figure), str(target.period)) == ("indicator-5", "900", "2026-12-31")


def test_several_drawings_of_a_link_are_one_and_a_link_in_both_directions_is_two(tmp_path: Path) -> None:
    both = "<DiagramLinkIsBidirectionalLink>true</DiagramLinkIsBidirectionalLink>"
    doubt = "<DiagramLinkIsUncertainLink>true</DiagramLinkIsUncertainLink><DiagramLinkAnnotation>Is it so?</DiagramLinkAnnotation>"
    model = read(tmp_path, link("41", "22", "23", both) + link("42", "22", "23", doubt))
    drawn = {link.id: link for link in model.links if link.from_ != "activity-7"}
    assert list(drawn) == ["intermediate-result-2->intermediate-result-3", "intermediate-result-3->intermediate-result-2"]
    first = drawn["intermediate-result-2->intermediate-result-3"]
    assert str(first.note) == "Is it so?\ndrawn as uncertain"
    assert first.extensions["miradi"] == {"DiagramLink": ("41", "42")}


def test_a_link_at_a_box_is_a_link_at_each_thing_in_it_and_says_so(tmp_path: Path) -> None:
    model = read(tmp_path, link("41", "21", "26"))
    assert [link.to for link in model.links if link.from_ == "strategy-1"] == ["intermediate-result-2", "intermediate-result-3"]
    assert found(model, "X05") == [("DiagramLink 41", "a link at a box of several")]


# What is not read


def test_what_is_not_read_is_listed_and_what_somebody_may_miss_is_kept(tmp_path: Path) -> None:
    model = read(tmp_path)
    assert found(model, "X01") == [
        ("Cause", "1 not read"), ("DiagramFactor", "6 not read"), ("DiagramLink", "1 not read"), ("Resource", "1 not read"),
    ]  # fmt: skip
    kept = model.programme.extensions["miradi"]
    assert isinstance(kept, Mapping)
    assert kept["not_read"] == {
        "Cause": ({"Id": "9", "CauseName": "Cheap fertiliser"},),
        "DiagramLink": ({"Id": "44", "from": "Cause 9", "to": "BiodiversityTarget 4", "annotation": ""},),
    }
    assert kept["diagrams"] == (
        {
            "type": "ResultsChain",
            "Id": "31",
            "name": "Farming",
            "nodes": ("strategy-1", "intermediate-result-2", "intermediate-result-3"),
        },
    )


def test_addresses_of_people_are_not_taken_over(tmp_path: Path) -> None:
    toc.write(read(tmp_path), tmp_path / "lake.yaml")
    assert "ada@example.org" not in (tmp_path / "lake.yaml").read_text(encoding="utf-8")


def test_an_indicator_of_nothing_that_is_read_is_kept_and_listed(tmp_path: Path) -> None:
    model = read(tmp_path, mend=lambda text: text.replace("<IndicatorId>6</IndicatorId>", ""))
    assert found(model, "X03") == [("Indicator 6", "the indicator “% of farmers” belongs to nothing that is read")]
    kept = model.programme.extensions["miradi"]
    assert isinstance(kept, Mapping)
    assert "Indicator" in kept["not_read"]


@pytest.mark.parametrize(
    ("code", "old", "new", "where"),
    [
        ("X04", "<AnyId>23</AnyId>", "<AnyId>22</AnyId>", "DiagramLink 42"),
        ("X06", "<ObjectiveId>8<", "<ObjectiveId>88<", "IntermediateResult 2"),
        ("X06", '<IntermediateResult Id="3">', '<IntermediateResult Id="2">', "IntermediateResult 2"),
        ("X07", "ConservationProject/248", "ConservationProject/237", "ConservationProject"),
        ("X08", "<IndicatorUnit>kg<", "<IndicatorUnit>bogs<", "Indicator 5"),
        ("M08", "1,540", "lots", "measurement-11.figure"),
        ("F04", "<MeasurementDate>2025-06-30", "<MeasurementDate>one day", "Measurement 11 measured"),
    ],
)
def test_odd_things_are_findings(tmp_path: Path, code: str, old: str, new: str, where: str) -> None:
    assert old in PROJECT.format(links=LINKS)
    model = read(tmp_path, mend=lambda text: text.replace(old, new))
    assert where in {path for path, _ in found(model, code)}


def test_a_measurement_of_two_indicators_counts_for_one(tmp_path: Path) -> None:
    again = "<IndicatorMeasurementIds><MeasurementId>11</MeasurementId></IndicatorMeasurementIds>"
    model = read(tmp_path, mend=lambda text: text.replace("% of farmers</IndicatorName>", f"% of farmers</IndicatorName>{again}"))
    assert [actual.indicator for actual in model.actuals] == ["indicator-5"]
    assert ("Measurement 11", "it belongs to two indicators") in found(model, "X06")


def test_a_box_that_holds_itself_ends(tmp_path: Path) -> None:
    model = read(
        tmp_path,
        link("41", "21", "26"),
        lambda text: text.replace("<DiagramFactorId>22</DiagramFactorId>", "<DiagramFactorId>26</DiagramFactorId>", 1),
    )
    assert [link.to for link in model.links if link.from_ == "strategy-1"] == ["intermediate-result-3"]


def test_boxes_in_boxes_are_opened_once_however_often_they_are_named(tmp_path: Path) -> None:
    deep = 2000
    boxes = "".join(factor(f"b{number}", "GroupBox", "30", f"b{number + 1} b{number + 1}") for number in range(deep))
    last = factor(f"b{deep}", "GroupBox", "30", "22")
    model = read(tmp_path, link("41", "21", "b0"), lambda text: text.replace("</DiagramFactorPool>", f"{boxes}{last}</DiagramFactorPool>"))
    assert [link.to for link in model.links if link.from_ == "strategy-1"] == ["intermediate-result-2"]


def test_a_link_between_crowds_is_listed_and_left_out(tmp_path: Path) -> None:
    crowd = "".join(f'<IntermediateResult Id="c{number}"><IntermediateResultName/></IntermediateResult>' for number in range(60))
    factors = "".join(factor(f"c{number}", "IntermediateResult", f"c{number}") for number in range(60))
    box = factor("box", "GroupBox", "30", " ".join(f"c{number}" for number in range(60)))

    def crowded(text: str) -> str:
        text = text.replace("</IntermediateResultPool>", f"{crowd}</IntermediateResultPool>")
        return text.replace("</DiagramFactorPool>", f"{factors}{box}</DiagramFactorPool>")

    model = read(tmp_path, link("41", "box", "box"), crowded)
    assert [link.id for link in model.links] == ["activity-7->strategy-1"]
    assert ("DiagramLink", "1 not read") in found(model, "X01")


def test_nothing_is_lost_on_the_way_into_our_own_files(tmp_path: Path) -> None:
    model = read(tmp_path)
    for ending in (".yaml", ".json"):
        assert toc.read(toc.write(model, tmp_path / f"lake{ending}")) == model


def test_another_programme_is_not_there(tmp_path: Path) -> None:
    path = zipped(tmp_path, PROJECT.format(links=LINKS))
    assert toc.read(path, "clear-lake") == toc.read(path)
    with pytest.raises(UnreadableFileError, match="it holds 'clear-lake'"):
        toc.read(path, "other")


# Files that mean no good


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(miradi, "MOST", 1000)
    with pytest.raises(UnreadableFileError, match="more than 1,000 bytes"):
        toc.read(zipped(tmp_path, PROJECT.format(links=LINKS)))


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path, " " * 100_000)
    raw = path.read_bytes()
    assert raw.count(struct.pack("<I", 100_000)) == 2  # in the local header and in the directory
    path.write_bytes(raw.replace(struct.pack("<I", 100_000), struct.pack("<I", 100)))
    monkeypatch.setattr(miradi, "MOST", 1000)
    with pytest.raises(UnreadableFileError):
        toc.read(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not well-formed XML"),
        ("<ConservationProject", "not well-formed XML"),
        (f"<ConservationProject xmlns='{NAMESPACE}'><TaskPool></ConservationProject>", "not well-formed XML"),
        ("<iati-activities/>", "no Miradi project"),
        ("<ConservationProject/>", "no Miradi project"),
        (
            f"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><ConservationProject xmlns='{NAMESPACE}'>&b;</ConservationProject>",
            "document type",
        ),
        (f"<!DOCTYPE a><ConservationProject xmlns='{NAMESPACE}'/>", "declares a document type"),
        (f"<ConservationProject xmlns='{NAMESPACE}'>{'<a>' * 400}{'</a>' * 400}</ConservationProject>", "not well-formed XML"),
    ],
)
def test_what_is_no_project_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        toc.read(zipped(tmp_path, text))


def test_what_is_no_zip_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    whole = zipped(tmp_path, PROJECT.format(links=LINKS)).read_bytes()
    damaged = tmp_path / "damaged.xmpz2"
    middle = len(whole) // 2
    for content in (b"", b"PK", b"no zip", whole[:middle], whole[: middle // 2] + bytes(40) + whole[middle // 2 + 40 :]):
        damaged.write_bytes(content)
        with pytest.raises(UnreadableFileError):
            toc.read(damaged)


def test_a_zip_without_a_project_a_folder_and_no_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"without project\.xml"):
        toc.read(zipped(tmp_path, "x", "other.xml"))
    with pytest.raises(UnreadableFileError, match="no such file"):
        toc.read(tmp_path / "none.xmpz2")
    (tmp_path / "folder.xmpz2").mkdir()
    with pytest.raises(UnreadableFileError, match="folder"):
        toc.read(tmp_path / "folder.xmpz2")


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, PROJECT.format(links=LINKS))
    raw = bytearray(path.read_bytes())
    raw[6] |= 1  # the flag of encryption, in the local header …
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # … and in the directory
    path.write_bytes(raw)
    with pytest.raises(UnreadableFileError, match="locked with a password"):
        toc.read(path)


# Published projects


@pytest.mark.skipif(not PUBLISHED, reason=NOT_HERE)
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_published_projects_are_read_and_kept(path: Path, tmp_path: Path) -> None:
    model = toc.read(path)
    assert len(model.nodes) > 60
    assert not [finding for finding in model.findings if finding.severity is Severity.ERROR]
    assert toc.read(toc.write(model, tmp_path / "project.json")) == model


@pytest.mark.skipif(not PUBLISHED, reason=NOT_HERE)
def test_published_projects_have_as_many_elements_as_their_files() -> None:
    """The figures follow from counts of the elements in the files: so many in their pools, and so many different pairs of linked things."""
    counts = {
        path.name.split("_")[0]: (len(model.nodes), len(model.links), len(model.indicators), len(model.actuals), len(model.targets))
        for path in PUBLISHED
        for model in [toc.read(path)]
    }
    assert counts == {"Conservacion": (70, 38, 4, 3, 2), "Miradi": (78, 47, 16, 31, 17), "Template": (136, 127, 0, 0, 0)}
