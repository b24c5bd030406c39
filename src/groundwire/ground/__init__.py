"""Citations and verdicts: what may be said, and what it rests on."""
