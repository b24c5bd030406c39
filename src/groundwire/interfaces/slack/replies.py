"""From a result to a reply: its sentences, its sources, what differs, what was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.render.conflicts import card
from groundwire.interfaces.render.freshness import freshness
from groundwire.interfaces.render.lines import Line, plain
from groundwire.interfaces.render.markdown import corroboration_line, quoted_excerpt
from groundwire.interfaces.render.summaries import coverage_lines
from groundwire.interfaces.slack.escaping import escape_mrkdwn, shortened
from groundwire.interfaces.slack.limits import NEAREST, SOURCE_CHARACTERS, TITLE_CHARACTERS
from groundwire.interfaces.slack.outgoing import Reply, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from groundwire.domain.answers import Abstention, Answer, Source
    from groundwire.domain.claims import Citation, Claim
    from groundwire.domain.filters import InferredFilters
    from groundwire.domain.retrieval import Hit, Scope
    from groundwire.domain.spans import Span
    from groundwire.domain.summaries import Summary
    from groundwire.interfaces.slack.buttons import Buttons

    Card = tuple[Line, ...]

NOTHING = "I found nothing about this in the documents."
EXCERPT_CHARACTERS = 300
"""Characters of one of the closest passages."""

_QUOTED = 4


def reply_to(
    answer: Answer,
    *,
    today: date | None = None,
    asked: Scope | None = None,
    buttons: Buttons | None = None,
) -> Reply:
    """Put an answer, or the lack of one, into words, sources and cards.

    Args:
        answer: The answer.
        today: The day that the age of its newest source is counted to; None: it is not said.
        asked: The scope that the place brings with it, which goes without saying.
        buttons: What can be done with an answer; an abstention has none.
    """
    notes = tuple(_notes(answer, asked))
    if answer.abstention is not None:
        lead = NOTHING if answer.outcome == "nothing" else answer.abstention.reason
        said = (Sentence(lead), *_unmentioned(answer.abstention, lead))
        return Reply(said, notes, tuple(_closest(answer.abstention)))
    age = freshness(answer, today) if today else ""
    basis = tuple(_note(line) for line in (corroboration_line(answer), age) if line)
    return Reply(
        tuple(map(sentence_of, answer.claims)),
        (*source_lines(answer.sources, answer.claims), *basis, *notes),
        tuple(tuple(card(difference)) for difference in answer.conflicts),
        buttons,
    )


def reply_of(summary: Summary, *, buttons: Buttons | None = None) -> Reply:
    """Put a summary of documents into words: what it stands on, and what it leaves out."""
    listed = summary.style == "bullets"
    return Reply(
        tuple(sentence_of(claim, item=listed) for claim in summary.claims)
        or tuple(map(Sentence, summary.warnings)),
        (
            *source_lines(summary.sources, summary.claims),
            *map(_note, coverage_lines(summary)),
            *(map(_note, summary.warnings) if summary.claims else ()),
        ),
        tuple(tuple(card(difference)) for difference in summary.conflicts),
        buttons if summary.claims else None,
    )


def sentence_of(claim: Claim, *, item: bool = False) -> Sentence:
    """Return a claim as a sentence, its gloss in brackets."""
    text = f"{claim.text} [{claim.gloss}]" if claim.gloss else claim.text
    return Sentence(text, claim.markers(), item)


def source_lines(sources: Iterable[Source], claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return a line of mrkdwn for each cited source: number, title, outlet, date, places."""
    cited = [citation for claim in claims for citation in claim.citations]
    return tuple(_source(source, cited) for source in sources if source.cited)


def described(hit: Hit, place: str) -> str:
    """Return title, outlet, date and place of a hit, as far as they are known, unescaped."""
    document = hit.document
    copies = dict.fromkeys(copy.source or copy.path for copy in hit.copies)
    parts = (
        shortened(_one_line(document.title or document.path), TITLE_CHARACTERS),
        shortened(_one_line(document.source), TITLE_CHARACTERS),
        document.published.isoformat() if document.published else "",
        place,
        f"also in {_one_line(', '.join(copies))}" if copies else "",
    )
    return " · ".join(filter(None, parts))


def _source(source: Source, cited: Iterable[Citation]) -> str:
    """Return the line of one source."""
    places = dict.fromkeys(citation.locator for citation in cited if citation.n == source.n)
    words = escape_mrkdwn(described(source.hit, ", ".join(places)))
    return shortened(f"*[{source.n}]* {words}", SOURCE_CHARACTERS)


def _unmentioned(abstention: Abstention, lead: str) -> tuple[Sentence, ...]:
    """Say what no document mentions, unless the first sentence has said it."""
    names = ", ".join(f"“{name}”" for name in abstention.unmentioned)
    said = f"No document mentions {names}."
    return (Sentence(said),) if names and said not in lead else ()


def _closest(abstention: Abstention) -> Iterator[Card]:
    """Yield a card with the closest passages: what they are, and what they say."""
    spans: tuple[Span | None, ...] = abstention.closest or (None,) * len(abstention.nearest)
    lines = [plain("Closest passages:")]
    for hit, span in list(zip(abstention.nearest, spans, strict=True))[:NEAREST]:
        lines.append(Line(((described(hit, hit.passage.place()), "strong"),)))
        words = tuple(quoted_excerpt(hit, [span] if span else [], EXCERPT_CHARACTERS))
        lines.append(Line(words, _QUOTED))
    if abstention.nearest:
        yield tuple(lines)


def _notes(answer: Answer, asked: Scope | None) -> Iterator[str]:
    """Yield what a reader needs to know of how the answer was searched for."""
    inferred = answer.provenance.inferred
    if answer.condensed:
        yield _note(f"Asked as: {answer.standalone}")
    explicit = inferred.explicit(answer.filters)
    if explicit != asked:
        yield from _filters(explicit)
    yield from _inferred(inferred)
    yield from map(_note, answer.warnings)


def _filters(scope: Scope) -> tuple[str, ...]:
    """Return a note on what was left out of the search; nothing if it was everything."""
    days = {"since": scope.since, "until": scope.until, "as of": scope.as_of}
    dates = (f"{name} {day}" for name, day in days.items() if day)
    parts = (*scope.sources, *scope.documents, *dates)
    return (_note(f"Searched only: {' · '.join(parts)}"),) if parts else ()


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
