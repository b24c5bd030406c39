"""A second opinion on every sentence, by rules that share nothing with those that let it pass."""
