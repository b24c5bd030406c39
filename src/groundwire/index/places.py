"""The stored form of named places, such as the pages of a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from groundwire.domain.documents import Locator
from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def to_stored(locators: Sequence[Locator]) -> str:
    """Return locators as a text; empty where there are none, as in most documents."""
    if not locators:
        return ""
    listed = [(each.span.start, each.span.end, each.label) for each in locators]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def from_stored(stored: str) -> tuple[Locator, ...]:
    """Return the locators that ``to_stored`` made a text of."""
    if not stored:
        return ()
    return tuple(Locator(Span(start, end), label) for start, end, label in json.loads(stored))
