"""Turning results into text that people read."""
