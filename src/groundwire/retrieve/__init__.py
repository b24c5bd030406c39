"""From a question to a ranking of passages: dense and lexical search, fused."""
