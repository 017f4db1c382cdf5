"""Charts: the results as pictures, each with its text alternative."""
