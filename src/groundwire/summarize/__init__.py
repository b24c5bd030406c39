"""Summaries made of the documents' own sentences."""
