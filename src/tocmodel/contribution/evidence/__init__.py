"""What evidence says: tests and their odds, packages, the matrix of links and evidence, and what to look for next."""
