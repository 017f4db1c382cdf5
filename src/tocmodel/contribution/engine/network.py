"""A structure made small for one target: what is certain or impossible is taken out, what is used once is folded in."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from attrs import evolve, frozen

from tocmodel.contribution.engine.structure import Structure


@frozen
class Condition:
    """One requirement of a package: these gates are open and these variables hold, which nothing else depends on.

    Attributes:
        gates: names of the gates that must be open.
        variables: the variables that must hold; each stands in one condition of the whole network.
    """

    gates: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()


@frozen
class Need:
    """A package: at least so many of these conditions."""

    at_least: int
    of: tuple[Condition, ...]

    @property
    def every(self) -> bool:
        """Whether all of them are needed."""
        return self.at_least == len(self.of)


@frozen
class Network:
    """Gates that open when one of their needs is met; the target is one of them.

    Attributes:
        gates: the needs of each gate; without any it never opens.
        target: the gate asked for.
        certain: whether the target is reached whatever happens; then there are no gates.
    """

    gates: Mapping[str, tuple[Need, ...]]
    target: str
    certain: bool = False

    @property
    def impossible(self) -> bool:
        """Whether the target cannot be reached."""
        return not self.certain and self.target not in self.gates


def network(
    system: Structure, target: str, chances: Mapping[str, float], *, keep: Collection[str] = (), apart: Collection[str] = ()
) -> Network:
    """Make a structure small for one target.

    Args:
        system: the structure.
        target: the id of the node asked for.
        chances: the probability of every variable.
        keep: variables to keep as they are even where they are certain or impossible, because they are to be varied.
        apart: variables to keep as gates of their own, whose names `variable_gate` tells.
    """
    idle = idle_links(system, target)
    may = ({id for id, chance in chances.items() if chance > 0} | {*keep, *apart}) - idle
    must = {id for id, chance in chances.items() if chance >= 1} - {*keep, *apart} - idle
    certain = system.reached(must)
    if target in certain:
        return Network({}, target, certain=True)
    possible = system.reached(may)
    if target not in possible:
        return Network({}, target)
    gates: dict[str, tuple[Need, ...]] = {}
    waiting = [target]
    while waiting:
        node = waiting.pop()
        if node in gates:
            continue
        gates[node] = _needs(system, node, possible, certain, may, must)
        waiting += [gate for need in gates[node] for gate in asked_by(need) if gate not in gates]
    shared = _shared_variables(_shared_links(gates), frozenset(apart))
    fixed = {target, *map(variable_gate, apart)}
    return Network(_pruned(_folded(shared, fixed), target), target)


def idle_links(system: Structure, target: str) -> frozenset[str]:
    """Links on a loop that make no difference to the target, since what they lead to leads on only through their own source.

    What is reached because of such a link could only help its source, which was reached already. All links that leave the
    target are among them.
    """
    import networkx as nx

    nodes, _ = system.upstream(target)
    inner = {id: step for id, step in system.links.items() if step.from_ in nodes and step.to in nodes}
    back: nx.DiGraph[str] = nx.DiGraph()
    back.add_nodes_from([target])
    back.add_edges_from((step.to, step.from_) for step in inner.values())
    if nx.is_directed_acyclic_graph(back):
        return frozenset()
    above: dict[str, str | None] = dict(nx.immediate_dominators(back, target))

    def leads_on_only_through(node: str, source: str) -> bool:
        while node != target:
            after = above.get(node)
            if after is None:
                return False
            if after == source:
                return True
            node = after
        return False

    return frozenset(id for id, step in inner.items() if leads_on_only_through(step.to, step.from_))


def variable_gate(variable: str) -> str:
    """The name of the gate that stands for a variable; no node has it, since ids hold no blanks."""
    return f"holds {variable}"


def _needs(system: Structure, node: str, possible: set[str], certain: set[str], may: set[str], must: set[str]) -> tuple[Need, ...]:
    """The needs of a node, without what is certain or impossible."""
    if node in system.starts:
        return (Need(1, (Condition(variables=frozenset({node})),)),)
    needs: list[Need] = []
    for package in system.packages[node]:
        at_least, of = package.at_least, list[Condition]()
        for requirement in package.of:
            step = system.links.get(requirement)
            variables = {requirement, *(step.assumptions if step else ())}
            if not variables <= may or (step is not None and step.from_ not in possible):
                continue
            gates = frozenset({step.from_}) if step is not None and step.from_ not in certain else frozenset[str]()
            condition = Condition(gates, frozenset(variables - must))
            if condition.gates or condition.variables:
                of.append(condition)
            else:
                at_least -= 1
        if at_least <= len(of):
            needs.append(Need(at_least, tuple(of)))
    return tuple(dict.fromkeys(needs))


def _shared_links(gates: Mapping[str, tuple[Need, ...]]) -> dict[str, tuple[Need, ...]]:
    """A condition that stands in several packages of a node becomes a gate of its own."""
    result: dict[str, tuple[Need, ...]] = {}
    for gate, needs in gates.items():
        count = Counter(condition for need in needs for condition in set(need.of) if condition.gates and condition.variables)
        own = {condition: _own_name(condition) for condition, number in count.items() if number > 1}
        for condition, name in own.items():
            result[name] = (Need(1, (condition,)),)
        result[gate] = tuple(
            Need(need.at_least, tuple(Condition(frozenset({own[item]})) if item in own else item for item in need.of)) for need in needs
        )
    return result


def _own_name(condition: Condition) -> str:
    """A name that no node has, since ids hold no blanks."""
    return " ".join(["holds", *sorted(condition.variables), "after", *sorted(condition.gates)])


def _shared_variables(gates: Mapping[str, tuple[Need, ...]], apart: frozenset[str]) -> dict[str, tuple[Need, ...]]:
    """A variable that several conditions need, or that is to stand apart, becomes a gate of its own."""
    conditions = [condition for needs in gates.values() for need in needs for condition in need.of]
    count = Counter(variable for condition in conditions for variable in condition.variables)
    shared = frozenset(variable for variable, number in count.items() if number > 1 or variable in apart)
    result: dict[str, tuple[Need, ...]] = {
        variable_gate(variable): (Need(1, (Condition(variables=frozenset({variable})),)),) for variable in sorted(shared)
    }

    def opened(condition: Condition) -> Condition:
        own = condition.variables & shared
        return Condition(condition.gates.union(map(variable_gate, own)), condition.variables - own) if own else condition

    for gate, needs in gates.items():
        result[gate] = tuple(Need(need.at_least, tuple(opened(condition) for condition in need.of)) for need in needs)
    return result


def _folded(gates: dict[str, tuple[Need, ...]], fixed: Collection[str]) -> dict[str, tuple[Need, ...]]:
    """Fold gates that need all of their own conditions into the conditions that ask for them.

    Variables must stay in one place, so a gate with variables is folded only if a single condition asks for it.
    """
    users: dict[str, Counter[str]] = {gate: Counter() for gate in gates}
    for gate, needs in gates.items():
        for asked, number in _asked(needs).items():
            users[asked][gate] += number
    waiting = [gate for gate in gates if gate not in fixed]
    while waiting:
        gate = waiting.pop()
        needs = gates.get(gate, ())
        if len(needs) != 1 or not needs[0].every:
            continue
        inner = needs[0].of
        by = Condition(
            frozenset(name for item in inner for name in item.gates), frozenset(name for item in inner for name in item.variables)
        )
        if gate in by.gates or (by.variables and users[gate].total() != 1):
            continue
        own = list(+users[gate])
        for name in (gate, *own):
            for asked in _asked(gates[name]):
                del users[asked][name]
        del gates[gate]
        for user in own:
            replaced = (_replaced(need, gate, user, by) for need in gates[user])
            gates[user] = tuple(need for need in replaced if need.at_least <= len(need.of))
            for asked, number in _asked(gates[user]).items():
                users[asked][user] = number
        waiting += [name for name in (*own, *sorted(by.gates)) if name not in fixed]
    return gates


def _replaced(need: Need, gate: str, user: str, by: Condition) -> Need:
    of: list[Condition] = []
    for item in need.of:
        if gate not in item.gates:
            of.append(item)
            continue
        gates = item.gates - {gate} | by.gates
        if user not in gates:  # what asks for itself never opens
            of.append(Condition(gates, item.variables | by.variables))
    return evolve(need, of=tuple(of))


def _asked(needs: Iterable[Need]) -> Counter[str]:
    """How many conditions ask for each gate."""
    return Counter(gate for need in needs for condition in need.of for gate in condition.gates)


def _pruned(gates: Mapping[str, tuple[Need, ...]], target: str) -> dict[str, tuple[Need, ...]]:
    """The gates that the target depends on, alternatives that each need one condition brought together."""
    result: dict[str, tuple[Need, ...]] = {}
    waiting = [target]
    while waiting:
        gate = waiting.pop()
        if gate in result:
            continue
        result[gate] = _merged(gates[gate])
        waiting += [name for need in result[gate] for name in asked_by(need)]
    return result


def _merged(needs: Iterable[Need]) -> tuple[Need, ...]:
    single = tuple(dict.fromkeys(condition for need in needs if need.at_least == 1 for condition in need.of))
    others = tuple(need for need in needs if need.at_least > 1)
    return ((Need(1, single),) if single else ()) + others


def asked_by(need: Need) -> list[str]:
    """The gates that a package asks for, always in the same order."""
    return sorted({gate for condition in need.of for gate in condition.gates})
