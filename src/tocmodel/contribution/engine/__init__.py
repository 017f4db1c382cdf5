"""The calculation behind every plausibility: from a theory and judgements to an exact probability, or an estimate with its interval."""
