"""Loading a file that is one document."""

from __future__ import annotations

from groundwire.ingest.loaders.base import Loaded
from groundwire.ingest.loaders.registry import load


def load_one(data: bytes, name: str) -> Loaded:
    """Return the only document of a file."""
    content = load(data, name)
    assert isinstance(content, Loaded)
    return content
