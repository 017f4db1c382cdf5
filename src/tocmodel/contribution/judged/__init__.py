"""How plausible it is that a node is reached, on the judgements that are stated, and what that rests on."""
