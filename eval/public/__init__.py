"""Measuring on public data; a development tool."""
