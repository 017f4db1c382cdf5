"""Rules on nodes and links: what is linked to nothing, leads nowhere, lacks a reason or goes round undeclared."""

from collections.abc import Iterator

from tocmodel.findings import Finding, Place, Severity
from tocmodel.model import Activity, Link, Node, Objective, Outcome, Output, TheoryOfChange
from tocmodel.paths import components_with_loops


def orphan(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags nodes without any link."""
    linked = {end for link in model.links for end in (link.from_, link.to)}
    for node in model.nodes:
        if node.id not in linked:
            yield _warn("L01", node, "is linked to nothing", "link it to what it leads to, or take it out")


def dead_end(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags outputs and outcomes that something leads to, but that lead nowhere."""
    sources, targets = _ends(model)
    for node in model.nodes:
        if isinstance(node, Output | Outcome) and node.id in targets - sources:
            yield _warn("L02", node, "leads nowhere", "say what it contributes to")


def unsupported(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags outcomes and objectives that nothing leads to."""
    sources, targets = _ends(model)
    for node in model.nodes:
        if isinstance(node, Outcome | Objective) and node.id in sources - targets:
            yield _warn("L03", node, "is supported by nothing", "say what leads to it, or declare it an external driver")


def activity_without_objective(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags activities from which no objective can be reached."""
    from networkx import descendants

    objectives = {node.id for node in model.nodes if isinstance(node, Objective)}
    graph = model.causal_graph
    for node in model.nodes:
        if isinstance(node, Activity) and objectives and graph.out_degree(node.id) and not objectives & descendants(graph, node.id):
            yield _warn("L04", node, "leads to no objective", "link what it brings about to an objective")


def undeclared_loop(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags loops in which no link is declared feedback."""
    graph = model.causal_graph
    for loop in map(sorted, components_with_loops(graph)):
        inside = [link for link in model.links if link.from_ in loop and link.to in loop]
        if not any(link.feedback for link in inside):
            message = f"a loop that no link declares: {', '.join(loop)}"
            yield Finding(
                "L07", Severity.WARNING, Place(loop[0]), message, "if it is meant, mark the link that closes it with feedback: true"
            )


def outside_packages(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags links into a node with causal packages that belong to none of them, and so do not count."""
    packaged = {link for package in model.packages for link in package.links}
    nodes = {package.node for package in model.packages}
    for link in model.links:
        if link.to in nodes and link.id not in packaged:
            message = f"{_link(model, link)} belongs to no package of it, so it does not count"
            yield Finding("L15", Severity.WARNING, Place(link.id), message, "add it to a package")


def no_rationale(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags links that do not say why the step should follow."""
    for link in model.links:
        if not link.rationale:
            yield Finding("L20", Severity.NOTE, Place(link.id), f"{_link(model, link)} has no rationale", "say why the step should follow")


def no_evidence(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags links that no evidence is about."""
    about = {id for evidence in model.evidence for id in evidence.about}
    for link in model.links:
        if link.id not in about:
            yield Finding(
                "L22", Severity.NOTE, Place(link.id), f"{_link(model, link)} has no evidence", "collect some, or leave it open and say so"
            )


def assumption_unused(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags assumptions that stand on no link and in no package."""
    used = {id for record in (*model.links, *model.packages) for id in record.assumptions}
    for assumption in model.assumptions:
        if assumption.id not in used:
            message = f"the assumption “{assumption.title}” stands on no link"
            yield Finding("L50", Severity.WARNING, Place(assumption.id), message, "name it on the links that need it")


def no_rival(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags objectives for which no rival explanation is named."""
    about = {id for rival in model.rivals for id in rival.about}
    for node in model.nodes:
        if isinstance(node, Objective) and node.id not in about:
            hint = "what else could explain it? name it, also if it was not examined"
            yield Finding("L60", Severity.NOTE, Place(node.id), f"“{node.title}” has no rival explanation", hint)


RULES = (
    orphan,
    dead_end,
    unsupported,
    activity_without_objective,
    undeclared_loop,
    outside_packages,
    no_rationale,
    no_evidence,
    assumption_unused,
    no_rival,
)


def _ends(model: TheoryOfChange) -> tuple[set[str], set[str]]:
    drivers = {node.id for node in model.nodes if node.driver}
    return {link.from_ for link in model.links}, {link.to for link in model.links} | drivers


def _link(model: TheoryOfChange, link: Link) -> str:
    return f"the link from “{model.node(link.from_).title}” to “{model.node(link.to).title}”"


def _warn(code: str, node: Node, message: str, hint: str) -> Finding:
    return Finding(code, Severity.WARNING, Place(node.id), f"“{node.title}” {message}", hint)
