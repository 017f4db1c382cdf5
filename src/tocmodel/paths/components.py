"""The parts of a graph whose nodes can all reach each other, in the order in which paths pass them."""

from tocmodel.paths.arrays import LinkArrays


def components(links: LinkArrays) -> list[list[int]]:
    """The strongly connected components as numbers of nodes; every link between two of them leads to a later one.

    Tarjan's algorithm, one step for each node and link, without recursion. It runs on the arrays because networkx would
    need a second graph built of them, which costs several times the search itself.

    Source: Tarjan (1972), Depth-first search and linear graph algorithms.
    """
    following = links.following
    unseen = -1
    index = [unseen] * len(links.nodes)
    low = [0] * len(links.nodes)
    placed = [False] * len(links.nodes)
    open_nodes: list[int] = []
    found: list[list[int]] = []
    count = 0
    for root in range(len(links.nodes)):
        if index[root] != unseen:
            continue
        index[root] = low[root] = count
        count += 1
        open_nodes.append(root)
        walk = [(root, iter(following[root]))]
        while walk:
            node, rest = walk[-1]
            for _, head in rest:
                if index[head] == unseen:
                    index[head] = low[head] = count
                    count += 1
                    open_nodes.append(head)
                    walk.append((head, iter(following[head])))
                    break
                if not placed[head]:
                    low[node] = min(low[node], index[head])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == index[node]:
                    cut = len(open_nodes) - 1
                    while open_nodes[cut] != node:
                        cut -= 1
                    members = sorted(open_nodes[cut:])
                    del open_nodes[cut:]
                    for member in members:
                        placed[member] = True
                    found.append(members)
    found.reverse()
    return found
