"""Everything once more with the vectors on a Chroma server: ``make test-server``."""
