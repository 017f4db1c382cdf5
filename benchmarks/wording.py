"""How often the rules on wording are right on titles that others wrote: counts, and seeded samples to check by hand.

    python benchmarks/wording.py ../shared/data [RULE]

Reads the English result and indicator titles of published IATI files and of Miradi projects, each title once; lxml is needed.
The judgements made on these samples stand in `benchmarks/wording.csv`, and their sums in the manuals of the rules.
"""

import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tocmodel.checks import check
from tocmodel.checks.catalogue import rules_of
from tocmodel.model import CheckSettings, TheoryOfChange

if TYPE_CHECKING:
    from tocmodel.formats.iati.parsing import Element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
KINDS = {"1": "output", "2": "outcome", "3": "objective", "Output": "output"}
MIRADI = {
    "StrategyName": "activity",
    "IntermediateResultName": "outcome",
    "ThreatReductionResultName": "outcome",
    "ObjectiveName": "objective",
    "GoalName": "objective",
}
SAMPLE, SEED = 20, 2026


def iati(folder: Path) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """File, kind, title and indicator titles of each result, as far as they are in English."""
    parser = etree.XMLParser(recover=True, huge_tree=True)
    for file in sorted(folder.glob("*.xml")):
        if "synthetic" in file.name:
            continue
        for activity in etree.parse(file, parser).getroot().iter("iati-activity"):
            language = activity.get(LANGUAGE) or "en"
            for result in activity.iter("result"):
                titles = tuple(percent(indicator) + english(indicator, language) for indicator in result.findall("indicator"))
                yield file.name, KINDS.get(result.get("type", ""), "output"), english(result, language), titles


def percent(indicator: "Element") -> str:
    """A mark before the titles of indicators that are declared to be percentages."""
    return "\t" if indicator.get("measure") == "2" else ""


def english(element: "Element", language: str) -> str:
    """The English title of an element; empty if it has none."""
    title = element.find("title")
    if title is None:
        return ""
    for narrative in title.findall("narrative") or [title]:
        if (narrative.get(LANGUAGE) or language).lower().startswith("en"):
            return words(narrative)
    return ""


def words(element: "Element") -> str:
    """The text of an element on one line."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def miradi(folder: Path) -> Iterator[tuple[str, str, str]]:
    """File, kind and title of each factor of the English Miradi projects."""
    for file in sorted(folder.glob("*.xmpz2")):
        if "Venezuela" in file.name:  # in Spanish
            continue
        with zipfile.ZipFile(file) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".xml"))
            for element in etree.fromstring(archive.read(name)).iter("{*}*"):
                kind = MIRADI.get(etree.QName(element).localname)
                if kind is not None and words(element):
                    yield file.name, kind, words(element)


def model(data: Path) -> TheoryOfChange:
    """One model of all titles, each once; its ids say where they come from."""
    draft = TheoryOfChange.build("titles")
    seen: set[tuple[str, str]] = set()
    for file, kind, title, indicators in iati(data / "iati" / "published"):
        if title and (kind, title) not in seen:
            seen.add((kind, title))
            getattr(draft, kind)(f"iati-{len(seen)}", title, note=file)
        for indicator in indicators:
            if indicator.strip() and (f"indicator of {kind}", indicator) not in seen:
                seen.add((f"indicator of {kind}", indicator))
                getattr(draft, kind)(f"node-{len(seen)}", "·", note=file)
                share = {"kind": "percentage", "unit": "percent"} if indicator.startswith("\t") else {}
                draft.indicator(f"iati-{len(seen)}", indicator.strip(), of=f"node-{len(seen)}", note=file, **share)
    for file, kind, title in miradi(data / "miradi"):
        if (kind, title) not in seen:
            seen.add((kind, title))
            getattr(draft, kind)(f"miradi-{len(seen)}", title, note=file)
    return draft.done()


def main() -> None:
    """Print counts and samples."""
    titles = model(Path(sys.argv[1]))
    print(f"{sum(str(node.title) != '·' for node in titles.nodes)} titles of nodes, {len(titles.indicators)} of indicators")
    for rule in rules_of("Wording"):
        if rule.code == "L34" or rule.code not in sys.argv[2:3] + [rule.code] * (len(sys.argv) < 3):
            continue
        found = [item for item in check(titles, settings=CheckSettings(select=rule.code)) if not item.where.path.startswith("node-")]
        print(f"\n{rule.code} {rule.name}: {len(found)} findings")
        for finding in random.Random(SEED).sample(found, min(SAMPLE, len(found))):
            record = titles[finding.where.path]
            print(f"{rule.code}\t{getattr(record, 'kind', 'indicator')}\t{getattr(record, 'title', '')}")


if __name__ == "__main__":
    main()
