"""Groundwire answers questions about a folder of documents, every sentence cited.

::

    from groundwire import Desk

    with Desk.open() as desk:
        desk.sync(["articles/"])
        print(desk.ask("What share of trade goes through China?").text)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundwire.desk.desk import Desk
    from groundwire.domain.answers import Abstention, Answer, Provenance
    from groundwire.domain.checks import CheckReport
    from groundwire.domain.claims import Citation, Claim, Verdict
    from groundwire.domain.comparisons import Comparison, Difference
    from groundwire.domain.conversations import Turn
    from groundwire.domain.documents import Document, DocumentInfo, Passage
    from groundwire.domain.errors import GroundwireError
    from groundwire.domain.events import ClaimReady, Done, Event, Failed, Found, Progress, Status
    from groundwire.domain.families import Family
    from groundwire.domain.quotations import QuoteReport
    from groundwire.domain.reports import Finding, SyncReport
    from groundwire.domain.retrieval import Hit, Ranking, Scope
    from groundwire.domain.spans import Span
    from groundwire.domain.summaries import GivenText, Summary, Topic

__version__ = "0.1.0"

_HOMES = {
    "groundwire.desk.desk": ("Desk",),
    "groundwire.domain.answers": ("Abstention", "Answer", "Provenance"),
    "groundwire.domain.checks": ("CheckReport",),
    "groundwire.domain.claims": ("Citation", "Claim", "Verdict"),
    "groundwire.domain.comparisons": ("Comparison", "Difference"),
    "groundwire.domain.conversations": ("Turn",),
    "groundwire.domain.documents": ("Document", "DocumentInfo", "Passage"),
    "groundwire.domain.errors": ("GroundwireError",),
    "groundwire.domain.events": (
        "ClaimReady",
        "Done",
        "Event",
        "Failed",
        "Found",
        "Progress",
        "Status",
    ),
    "groundwire.domain.families": ("Family",),
    "groundwire.domain.quotations": ("QuoteReport",),
    "groundwire.domain.reports": ("Finding", "SyncReport"),
    "groundwire.domain.retrieval": ("Hit", "Ranking", "Scope"),
    "groundwire.domain.spans": ("Span",),
    "groundwire.domain.summaries": ("GivenText", "Summary", "Topic"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Abstention",
    "Answer",
    "CheckReport",
    "Citation",
    "Claim",
    "ClaimReady",
    "Comparison",
    "Desk",
    "Difference",
    "Document",
    "DocumentInfo",
    "Done",
    "Event",
    "Failed",
    "Family",
    "Finding",
    "Found",
    "GivenText",
    "GroundwireError",
    "Hit",
    "Passage",
    "Progress",
    "Provenance",
    "QuoteReport",
    "Ranking",
    "Scope",
    "Span",
    "Status",
    "Summary",
    "SyncReport",
    "Topic",
    "Turn",
    "Verdict",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that ``--help`` imports no engine."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415 -- only needed here

    found: object = getattr(importlib.import_module(_HOME_OF[name]), name)
    return found
