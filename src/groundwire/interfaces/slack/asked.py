"""Questions as the records keep them, so that a bot that was killed can take them up again."""

from __future__ import annotations

import json
from dataclasses import asdict

from groundwire.interfaces.slack.routing import Ask, Place


def written(ask: Ask) -> str:
    """Return a question as text."""
    return json.dumps(asdict(ask))


def read(text: str) -> Ask | None:
    """Return a question that was written; None where another version wrote it in another form."""
    try:
        values = json.loads(text)
        return Ask(**{**values, "place": Place(**values["place"])})
    except (ValueError, TypeError, KeyError):
        return None
