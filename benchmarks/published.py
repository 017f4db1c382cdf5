"""What the checks find in files that others published: counts for each rule, and hand-checked samples of the rules on wording.

    python -m benchmarks.published ../shared/data

writes `docs/reference/checks-on-published-files.md` anew. The judgements on the samples stand in `benchmarks/wording.csv`; a
finding of a sample without one is printed, to be read and judged by hand. Nothing here depends on the day on which it runs.
"""

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from attrs import evolve, field, frozen

from tocmodel.checks import RULES, applied, check
from tocmodel.checks.catalogue import rules_of
from tocmodel.checks.subject import Subject
from tocmodel.findings import Severity
from tocmodel.formats import iter_programmes, validate
from tocmodel.model import CheckSettings, Indicator, TheoryOfChange

PAGE = Path("docs/reference/checks-on-published-files.md")
KENYA = Path("examples/kenya_sec/kenya_sec.yaml")
JUDGED = Path("benchmarks/wording.csv")
SAMPLE, SEED = 20, 2026
READ = "The files were taken from public repositories, and counted, in November 2026."
ENGLISH = {"Template_Result_Chains_v0.2.xmpz2"}
"""What is in English and does not say so: the rules on wording pass it over, and it serves for the samples only."""
WORDING = tuple(rule.code for rule in rules_of("Wording") if rule.precision)

Title = tuple[str, str, str]
"""A rule, the kind of thing, and its title."""


@frozen
class Checked:
    """What was found in one file.

    Attributes:
        name: its name.
        size: how many programmes, nodes, links, indicators and values it holds.
        counts: how many findings of each code.
        severities: how many findings of each severity.
        titles: how many different English titles of nodes and of indicators its programmes have.
        worded: the titles that rules on wording found, with the rule and the kind of thing; each once.
    """

    name: str
    size: tuple[int, int, int, int, int]
    counts: Counter[str]
    severities: Counter[Severity]
    titles: frozenset[Title]
    worded: tuple[Title, ...] = field(repr=False)


def files(data: Path) -> list[Path]:
    """The published files, IATI first, then Miradi, by name, and the Kenya example; none where the published files are not there."""
    found = [*sorted((data / "iati" / "published").glob("*.xml")), *sorted((data / "miradi").glob("*.xmpz2"))]
    return [*found, KENYA] if found else []


@cache
def checked(file: Path) -> Checked:
    """Check one file as the command does, without a date: nothing is overdue."""
    size: Counter[str] = Counter()
    findings = list(applied(validate(file), CheckSettings()))
    titles: set[Title] = set()
    worded: dict[Title, None] = {}
    for model in iter_programmes(file):
        own = check(model)
        findings += own
        parts = {"nodes": model.nodes, "links": model.links, "indicators": model.indicators}
        size.update({"programmes": 1, "values": len(model.baselines) + len(model.targets) + len(model.actuals)})
        size.update({name: len(records) for name, records in parts.items()})
        spoken = _in_english(model) if file.name in ENGLISH else model
        titles.update(_titles(spoken))
        for finding in check(spoken, settings=CheckSettings(select=WORDING)):
            if finding.code in WORDING:
                worded[finding.code, *_what(spoken, finding.where.path)] = None
    return Checked(
        file.name,
        (size["programmes"], size["nodes"], size["links"], size["indicators"], size["values"]),
        Counter(finding.code for finding in findings),
        Counter(finding.severity for finding in findings),
        frozenset(titles),
        tuple(worded),
    )


def _in_english(model: TheoryOfChange) -> TheoryOfChange:
    return TheoryOfChange.of(evolve(model.programme, language="en"), model.records())


def _titles(model: TheoryOfChange) -> Iterator[Title]:
    subject = Subject(model, None)
    for record in (*model.nodes, *model.indicators):
        title = subject.english(record.title)
        if title:
            yield "", *_what(model, record.id)


def _what(model: TheoryOfChange, id: str) -> tuple[str, str]:
    """The kind of an element, for an indicator with that of its node, and its English title on one line."""
    record = model[id]
    if isinstance(record, Indicator):
        kind = f"indicator of {model.node(record.of).kind}"
        title = record.title
    else:
        node = model.node(id)
        kind, title = node.kind, node.title
    return kind, " ".join(Subject(model, None).english(title).split())


def worded(results: Iterable[Checked]) -> dict[str, list[tuple[str, str]]]:
    """The kinds and titles that each rule on wording found in files of others, each once and in alphabetical order."""
    found = {item for result in _of_others(results) for item in result.worded}
    return {code: sorted((kind, title) for own, kind, title in found if own == code) for code in WORDING}


def _of_others(results: Iterable[Checked]) -> list[Checked]:
    """The files that others wrote about programmes of theirs."""
    return [result for result in results if "synthetic" not in result.name and result.name != KENYA.name]


def samples(results: Iterable[Checked]) -> dict[str, list[tuple[str, str]]]:
    """Twenty of them, drawn by chance with a fixed seed; all where there are no more."""
    found = worded(results)
    return {code: random.Random(SEED).sample(titles, min(SAMPLE, len(titles))) for code, titles in found.items()}


def judgements() -> dict[Title, tuple[bool, str]]:
    """What was judged by hand: whether a finding is right, and a remark."""
    if not JUDGED.is_file():
        return {}
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return {(row["rule"], row["kind"], row["title"]): (row["right"] == "yes", row["remark"]) for row in csv.DictReader(file)}


def main(data: Path) -> None:
    """Write the page, and print what has to be judged by hand."""
    results = [checked(file) for file in files(data)]
    judged = judgements()
    missing = [(code, kind, title) for code, own in samples(results).items() for kind, title in own if (code, kind, title) not in judged]
    csv.writer(sys.stdout).writerows((*item, "", "") for item in missing)
    if not missing:
        PAGE.write_text(page(results), encoding="utf-8", newline="\n")
        sys.stderr.write(f"written: {PAGE}\n")


_HEAD = """\
# What the checks find in published files

`tocmodel check` over every published IATI file and every Miradi project that comes with the tests' data, and over our Kenya example, counted by rule.
The page is written by `make published`; a test holds it against the files.
The checks are asked without a date, so that nothing is overdue, but for the Kenya example, which states its own. {when}

The files are real and public, but for `{synthetic}`, which was made to hold everything that the standard allows.
A finding is a thing to look at, not a verdict on a publisher: IATI has no place for links, assumptions or rival explanations, nor
for what successive figures mean, so that their absence says nothing about the publisher's work.

## The files
"""


def page(results: list[Checked]) -> str:
    """The page, in Markdown."""
    synthetic = next((result.name for result in results if "synthetic" in result.name), "")
    parts = (_of_files(results), _of_rules(results), _of_samples(results))
    return "\n".join([_HEAD.format(when=READ, synthetic=synthetic), *(line for part in parts for line in part), ""])


def _of_files(results: list[Checked]) -> Iterator[str]:
    yield "| | file | programmes | nodes | links | indicators | values | errors | warnings | notes |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for number, result in enumerate(results, start=1):
        cells = [*result.size, *(result.severities[severity] for severity in Severity)]
        yield f"| {number} | {result.name} | {' | '.join(f'{cell:,}' for cell in cells)} |"


def _of_rules(results: list[Checked]) -> Iterator[str]:
    total = sum((result.counts for result in results), Counter[str]())
    names = {rule.code: f"[{rule.code}](rules.md#{rule.code.lower()}-{rule.name}) {rule.name}" for rule in RULES}
    yield "\n## Findings by rule\n"
    yield "The numbers above the columns are those of the files."
    yield "`I…` and `IATI…` are explained with [IATI](iati.md), `X…` with [Miradi](miradi.md).\n"
    yield f"| rule | all | {' | '.join(str(number) for number, _ in enumerate(results, start=1))} |"
    yield f"|---|--:|{'--:|' * len(results)}"
    for code in sorted(total):
        own = [f"{result.counts[code]:,}" if result.counts[code] else "" for result in results]
        yield f"| {names.get(code, code)} | {total[code]:,} | {' | '.join(own)} |"
    silent = [rule.code for rule in RULES if rule.find is not None and rule.code not in total]
    yield f"\n{len(silent)} rules found nothing: {', '.join(silent)}."
    yield "Most of them ask about things that neither format holds."


def _of_samples(results: list[Checked]) -> Iterator[str]:
    found, drawn, judged = worded(results), samples(results), judgements()
    titles = frozenset[Title]().union(*(result.titles for result in _of_others(results)))
    indicators = sum(kind.startswith("indicator") for _, kind, _ in titles)
    yield "\n## Samples of the rules on wording, checked by hand\n"
    yield f"The files of others hold {len(titles) - indicators} different English titles of nodes and {indicators} of indicators."
    yield f"Of the findings of each rule on different titles, {SAMPLE} were drawn by chance with a fixed seed, or all where there are no more, and read one by one."
    yield f"Where a file is in English and does not say so ({', '.join(sorted(ENGLISH))}), its titles are taken here all the same."
    yield "The judgements stand in `benchmarks/wording.csv`; they are one reader's, and the titles also served to tune the lists of words.\n"
    yield "| rule | findings | judged | right |"
    yield "|---|--:|--:|--:|"
    for code, sample in drawn.items():
        yield f"| {code} | {len(found[code])} | {len(sample)} | {sum(judged[code, *item][0] for item in sample)} |"
    for code, sample in drawn.items():
        yield f"\n### {code}\n"
        for kind, title in sample:
            right, remark = judged[code, kind, title]
            yield f"- {'right' if right else '**wrong**'}: {kind} `{title.replace('`', chr(39))}`" + (f" – {remark}" if remark else "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
