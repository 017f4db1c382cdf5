"""How nodes lead to others: traces, pathways, and views of them by activity, actor and node."""
