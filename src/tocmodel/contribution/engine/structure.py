"""The monotone system behind a theory: what reaches what, and how probable each link, assumption and delivery is judged.

A node is reached when one of its packages is complete; a link holds if it works, its source is reached and all its
assumptions hold; only activities and declared external drivers start by themselves. An assumption named in several
places is one variable.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from tocmodel.contribution.judgements import Judged, Origin, Suppositions, with_judgements
from tocmodel.errors import UnknownIdError
from tocmodel.messages import message
from tocmodel.model import Activity, Assumption, CausalPackage, Input, Judgement, Link, Node, Sign, TheoryOfChange
from tocmodel.words import Word


class Part(Word):
    """What a variable of the system is."""

    LINK = "link"
    ASSUMPTION = "assumption"
    DRIVER = "driver"
    """Whether an activity or an external driver is delivered."""
    UNSUPPORTED = "unsupported"
    """Whether a node that nothing leads to is reached."""


@frozen
class Variable:
    """One uncertain thing: whether a link works, an assumption holds, an activity or driver is delivered.

    Attributes:
        id: the id of the link, assumption or node.
        part: what it is.
        low: its lowest probability.
        high: its highest.
        judged: who judged it so, when and why; None where nobody gave a range, which makes it 0 to 1.
        about: why there is no range, for a reader.
    """

    id: str
    part: Part
    low: float = 0.0
    high: float = 1.0
    judged: Judged | None = None
    about: str = ""


@frozen
class Step:
    """A link of the system.

    Attributes:
        from_: the node it starts from.
        to: the node it leads to.
        assumptions: ids of the assumptions that it needs.
        feedback: whether the author means it to close a loop.
    """

    from_: str
    to: str
    assumptions: tuple[str, ...] = ()
    feedback: bool = False


@frozen
class Package:
    """Requirements that complete a node together.

    Attributes:
        at_least: how many of them must hold.
        of: ids of links into the node, and of assumptions.
    """

    at_least: int
    of: tuple[str, ...]


@frozen
class LeftOut:
    """Something that the calculation does not count.

    Attributes:
        id: its id.
        why: why not.
        at: ids of the nodes or links that it is about.
    """

    id: str
    why: str
    at: tuple[str, ...] = ()


def _no_duplicates(packages: Mapping[str, Iterable[Package]]) -> dict[str, tuple[Package, ...]]:
    return {node: tuple(dict.fromkeys(own)) for node, own in packages.items()}


@frozen(kw_only=True)
class Structure:
    """The monotone system behind a model: more that holds never reaches less.

    Attributes:
        variables: every uncertain thing by its id: links, assumptions, and the nodes that start by themselves.
        links: the links that count, by id.
        packages: for each other node its packages; a node without any is never reached.
        assumed: nodes for which nobody stated packages and several links lead in: each link alone was taken to suffice.
        left_out: what does not count, and why.
    """

    variables: Mapping[str, Variable]
    links: Mapping[str, Step] = field(factory=dict)
    packages: Mapping[str, tuple[Package, ...]] = field(factory=dict, converter=_no_duplicates)
    assumed: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @cached_property
    def starts(self) -> frozenset[str]:
        """The nodes that are not reached through others: activities, drivers and what nothing leads to; each is a variable too."""
        return frozenset(self.starts_in_order)

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Every node: those that start, and those that are reached."""
        return tuple(dict.fromkeys((*self.starts_in_order, *self.packages)))

    @property
    def starts_in_order(self) -> tuple[str, ...]:
        """The same in authored order."""
        return tuple(id for id, variable in self.variables.items() if variable.part in {Part.DRIVER, Part.UNSUPPORTED})

    @property
    def drivers(self) -> tuple[str, ...]:
        """The activities and external drivers, in authored order."""
        return tuple(id for id, variable in self.variables.items() if variable.part is Part.DRIVER)

    @cached_property
    def places(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """For each requirement the packages that it stands in, as (node, number)."""
        found: dict[str, list[tuple[str, int]]] = {}
        for node, packages in self.packages.items():
            for number, package in enumerate(packages):
                for requirement in dict.fromkeys(package.of):
                    found.setdefault(requirement, []).append((node, number))
        return {requirement: tuple(own) for requirement, own in found.items()}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[str, ...]]:
        """For each node the links that start from it."""
        found: dict[str, list[str]] = {}
        for id, step in self.links.items():
            found.setdefault(step.from_, []).append(id)
        return {node: tuple(own) for node, own in found.items()}

    def lows(self) -> dict[str, float]:
        """The lowest probability of every variable."""
        return {id: variable.low for id, variable in self.variables.items()}

    def highs(self) -> dict[str, float]:
        """The highest probability of every variable."""
        return {id: variable.high for id, variable in self.variables.items()}

    def reached(self, holds: Collection[str]) -> set[str]:
        """The nodes reached when exactly these variables hold: the least fixed point, so that no loop starts itself."""
        left = {node: [package.at_least for package in packages] for node, packages in self.packages.items()}
        reached: set[str] = set()
        waiting = deque(start for start in self.starts_in_order if start in holds)
        reached.update(waiting)

        def meet(requirement: str) -> None:
            for node, number in self.places.get(requirement, ()):
                left[node][number] -= 1
                if left[node][number] == 0 and node not in reached:
                    reached.add(node)
                    waiting.append(node)

        for id in self.places:
            if id not in self.links and id in holds:
                meet(id)
        while waiting:
            for id in self.outgoing.get(waiting.popleft(), ()):
                if id in holds and all(assumption in holds for assumption in self.links[id].assumptions):
                    meet(id)
        return reached

    def upstream(self, to: str) -> tuple[set[str], set[str]]:
        """The nodes and the variables that can have a say in whether a node is reached."""
        nodes, waiting = {to}, [to]
        variables: set[str] = set()
        while waiting:
            node = waiting.pop()
            if node in self.starts:
                variables.add(node)
            for package in self.packages.get(node, ()):
                for requirement in package.of:
                    variables.add(requirement)
                    step = self.links.get(requirement)
                    if step is not None:
                        variables.update(step.assumptions)
                        if step.from_ not in nodes:
                            nodes.add(step.from_)
                            waiting.append(step.from_)
        return nodes, variables

    def relevant(self, to: str) -> tuple[str, ...]:
        """The variables that can have a say in whether a node is reached, in authored order."""
        _, variables = self.upstream(to)
        return tuple(id for id in self.variables if id in variables)

    def all_needed(self) -> "Structure":
        """The other reading of the nodes without stated packages: every link into them is needed.

        Links that the author declares feedback are not needed, since a loop cannot be what it waits for.
        """
        others: dict[str, tuple[Package, ...]] = {}
        for node in self.assumed:
            links = [package.of[0] for package in self.packages[node]]
            forward = [id for id in links if not self.links[id].feedback] or links
            others[node] = (Package(len(forward), tuple(forward)),)
        return evolve(self, packages={**self.packages, **others})

    def supposing(self, given: Suppositions) -> "Structure":
        """The same system with other probabilities for some variables.

        Raises:
            UnknownIdError: if one of them is no variable of it.
        """
        new = dict(self.variables)
        for id, value in given.items():
            if id not in new:
                raise UnknownIdError(id, "link, assumption or driver that counts", list(new))
            judged = Judged.supposed(id, value)
            new[id] = evolve(new[id], low=judged.low, high=judged.high, judged=judged, about="")
        return evolve(self, variables=new)


def structure(model: TheoryOfChange, *, overlay: Mapping[str, Judgement] | None = None, given: Suppositions | None = None) -> Structure:
    """The monotone system behind a model.

    Activities and declared external drivers start by themselves, with their judged delivery; links into them do not
    count, since their delivery is judged with what they need in view, their inputs included. A node that nothing
    supports is [0, 1] unless its delivery is judged. A node without packages is reached by each of its links alone.
    Hindering links, and links outside the packages of a node that has some, are left out and listed.

    Args:
        model: the model.
        overlay: judgements by id that take the place of those in the model.
        given: probabilities to suppose for some variables, as a number or a pair (low, high).

    Raises:
        UnknownIdError: if a judgement or supposition names nothing that counts.
    """
    overlay = overlay or {}
    judged_model = with_judgements(model, overlay)
    counted, left_out = _counted(judged_model)
    into: dict[str, list[Link]] = {}
    for link in counted:
        into.setdefault(link.to, []).append(link)
    stated: dict[str, list[Package]] = {}
    for package in judged_model.packages:
        own = _package(package, counted)
        if _starts(judged_model.node(package.node)):
            left_out.append(LeftOut(package.id, message("its node starts by itself"), (package.node,)))
        elif own is None:
            left_out.append(LeftOut(package.id, message("nothing in it counts"), (package.node,)))
        else:
            stated.setdefault(package.node, []).append(own)
    packages: dict[str, tuple[Package, ...]] = {}
    variables: list[Variable] = []
    assumed: list[str] = []
    for node in judged_model.nodes:
        if node.id in stated:
            packages[node.id] = tuple(stated[node.id])
        elif node.id in into and not _starts(node):
            packages[node.id] = tuple(Package(1, (link.id,)) for link in into[node.id])
            if len(into[node.id]) > 1:
                assumed.append(node.id)
        elif _starts(node):
            variables.append(_variable(node.id, Part.DRIVER, node.delivery, overlay, message("its delivery is not judged")))
        else:
            variables.append(_variable(node.id, Part.UNSUPPORTED, node.delivery, overlay, message("nothing leads to it")))
        if node.id in packages and node.delivery is not None:
            left_out.append(LeftOut(node.id, message("its delivery is judged, but it is reached through its links"), (node.id,)))
    variables += [_variable(link.id, Part.LINK, link.strength, overlay, message("its strength is not judged")) for link in counted]
    needed = {id for link in counted for id in link.assumptions} | {id for own in stated.values() for package in own for id in package.of}
    variables += [
        _variable(item.id, Part.ASSUMPTION, item.probability, overlay, message("its probability is not judged"))
        for item in judged_model.assumptions
        if item.id in needed
    ]
    system = Structure(
        variables={variable.id: variable for variable in variables},
        links={link.id: Step(link.from_, link.to, link.assumptions, link.feedback) for link in counted},
        packages=packages,
        assumed=tuple(assumed),
        left_out=tuple(left_out),
    )
    return system.supposing(given) if given else system


def _starts(node: Node) -> bool:
    return isinstance(node, Activity) or node.driver


def _counted(model: TheoryOfChange) -> tuple[list[Link], list[LeftOut]]:
    """The links that count, and what does not."""
    packaged = {link for package in model.packages for link in package.links}
    with_packages = {package.node for package in model.packages}
    counted: list[Link] = []
    left_out: list[LeftOut] = []
    for link in model.links:
        if link.sign is Sign.HINDERS:
            left_out.append(LeftOut(link.id, message("it hinders"), (link.to,)))
        elif _starts(model.node(link.to)):
            fed = isinstance(model.node(link.from_), Input)
            why = message("inputs are part of the delivery of what they feed") if fed else message("it leads into what starts by itself")
            left_out.append(LeftOut(link.id, why, (link.to,)))
        elif link.to in with_packages and link.id not in packaged:
            left_out.append(LeftOut(link.id, message("it belongs to no package of its node"), (link.to,)))
        else:
            counted.append(link)
    for risk in model.risks:
        threatened = (*risk.about, *(link.id for link in model.links if risk.id in link.risks))
        left_out.append(LeftOut(risk.id, message("a risk has no place in the calculation"), threatened))
    return counted, left_out


def _package(package: CausalPackage, counted: Iterable[Link]) -> Package | None:
    """A package without the links that do not count; None if nothing is left."""
    ids = {link.id for link in counted}
    of = tuple(dict.fromkeys([*(id for id in package.links if id in ids), *package.assumptions]))
    if not of:
        return None
    return Package(len(of) if package.at_least is None else min(package.at_least, len(of)), of)


def _variable(id: str, part: Part, judgement: Judgement | None, overlay: Mapping[str, Judgement], missing: str) -> Variable:
    if judgement is None:
        return Variable(id, part, about=missing)
    if judgement.low is None or judgement.high is None:
        return Variable(id, part, about=message("it is judged “%(level)s”, which is no range", level=judgement.level))
    judged = Judged.of(id, judgement, Origin.OVERLAY if id in overlay else Origin.MODEL)
    return Variable(id, part, judged.low, judged.high, judged)


def known_node(system: Structure, id: str) -> str:
    """The id of a node of the system.

    Raises:
        UnknownIdError: if no node has it.
    """
    if id not in system.starts and id not in system.packages:
        raise UnknownIdError(id, "node", system.nodes)
    return id


def known_assumption(system: Structure, id: str) -> str:
    """The id of an assumption that counts.

    Raises:
        UnknownIdError: if none has it.
    """
    variable = system.variables.get(id)
    if variable is None or variable.part is not Part.ASSUMPTION:
        known = [name for name, other in system.variables.items() if other.part is Part.ASSUMPTION]
        raise UnknownIdError(id, Assumption.__name__.lower(), known)
    return id
