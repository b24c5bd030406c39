"""From an answer to a reply: its sentences, its sources, what was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.slack.limits import NEAREST, SOURCE_CHARACTERS, TITLE_CHARACTERS
from groundwire.interfaces.slack.outgoing import Reply, Sentence, escape_mrkdwn, shortened

if TYPE_CHECKING:
    from groundwire.domain.answers import Abstention, Answer, Source
    from groundwire.domain.filters import InferredFilters
    from groundwire.domain.retrieval import Hit, Scope

NOTHING = "I found nothing about this in the documents."


def reply_to(answer: Answer) -> Reply:
    """Put an answer, or the lack of one, into words and sources."""
    inferred = answer.provenance.inferred
    asked = _filters(inferred.explicit(answer.filters))
    warned = (_note(warning) for warning in answer.warnings)
    notes = (*_standalone(answer), *asked, *_inferred(inferred), *warned)
    if answer.abstention is not None:
        lead = NOTHING if answer.outcome == "nothing" else answer.abstention.reason
        return Reply((Sentence(lead), *_silence(answer.abstention)), notes)
    sentences = tuple(
        Sentence(f"{claim.text} [{claim.gloss}]" if claim.gloss else claim.text, claim.markers())
        for claim in answer.claims
    )
    sources = tuple(_source(source, answer) for source in answer.sources if source.cited)
    return Reply(sentences, (*sources, *notes))


def _silence(abstention: Abstention) -> tuple[Sentence, ...]:
    """Say what no document mentions, and which come closest."""
    said = []
    if abstention.unmentioned:
        names = ", ".join(f"“{name}”" for name in abstention.unmentioned)
        said.append(Sentence(f"No document mentions {names}."))
    if abstention.nearest:
        nearest = abstention.nearest[:NEAREST]
        listed = "; ".join(_described(hit, f"¶ {hit.passage.paragraph}") for hit in nearest)
        said.append(Sentence(f"Closest: {listed}."))
    return tuple(said)


def _source(source: Source, answer: Answer) -> str:
    """Return the line of one source: number, title, outlet, date and places in it."""
    cited = (citation for claim in answer.claims for citation in claim.citations)
    places = dict.fromkeys(citation.locator for citation in cited if citation.n == source.n)
    described = escape_mrkdwn(_described(source.hit, ", ".join(places)))
    return shortened(f"*[{source.n}]* {described}", SOURCE_CHARACTERS)


def _described(hit: Hit, place: str) -> str:
    """Return title, outlet, date and place of a hit, as far as they are known."""
    document = hit.document
    parts = (
        shortened(_one_line(document.title or document.path), TITLE_CHARACTERS),
        shortened(_one_line(document.source), TITLE_CHARACTERS),
        document.published.isoformat() if document.published else "",
        place,
    )
    return " · ".join(filter(None, parts))


def _filters(scope: Scope) -> tuple[str, ...]:
    """Return a note on what was left out of the search; nothing if it was everything."""
    days = {"since": scope.since, "until": scope.until, "as of": scope.as_of}
    dates = (f"{name} {day}" for name, day in days.items() if day)
    parts = (*scope.sources, *scope.documents, *dates)
    return (_note(f"Searched only: {' · '.join(parts)}"),) if parts else ()


def _standalone(answer: Answer) -> tuple[str, ...]:
    """Return a note on what a follow-up was understood to ask."""
    return (_note(f"Asked as: {answer.standalone}"),) if answer.condensed else ()


def _inferred(inferred: InferredFilters) -> tuple[str, ...]:
    """Return a note on what was read out of the question and narrows or orders the search."""
    said = " · ".join(inferred.said)
    return (_note(f"Read from the question: {said}"),) if said else ()


def _note(text: str) -> str:
    """Return a line for the footer."""
    return shortened(escape_mrkdwn(_one_line(text)), SOURCE_CHARACTERS)


def _one_line(text: str) -> str:
    """Return the text with single spaces for white space."""
    return " ".join(text.split())
