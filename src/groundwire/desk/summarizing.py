"""Summaries, from what was asked to the pipeline that makes them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from groundwire.desk.given import NAME, document_of
from groundwire.domain.events import Status
from groundwire.domain.summaries import GivenText, Topic
from groundwire.ingest.passages import segment
from groundwire.summarize.reading import read_given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.desk.build import Parts
    from groundwire.domain.documents import Document
    from groundwire.domain.events import Event
    from groundwire.domain.summaries import Target
    from groundwire.summarize.request import SummaryRequest


def summary_events(parts: Parts, request: SummaryRequest) -> Iterator[Event]:
    """Yield what happens while a summary is made, ending with ``Done``.

    A text that is given along is encoded here and needs no index.
    """
    if not isinstance(request.target, GivenText):
        yield from parts.summaries(parts.checked_encoder()).events(request)
        return
    started = time.perf_counter()
    encoder = parts.encoder()
    document = document_of(request.target.text)
    yield Status("reading the text")
    reading = yield from read_given(document, segment(document), encoder, request.cancel)
    yield from parts.summaries(encoder).told(request, reading, started)


def given_in(target: Target) -> Document | None:
    """Return the text that is to be summarised as a document, if one was given along."""
    return document_of(target.text) if isinstance(target, GivenText) else None


def in_words(target: Target) -> str:
    """Return what is to be summarised, as it was asked for."""
    if isinstance(target, Topic):
        return target.text
    if isinstance(target, GivenText):
        return NAME
    return ", ".join((target,) if isinstance(target, str) else target or ("everything",))
