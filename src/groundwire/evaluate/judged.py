"""Holding every sentence that was shown against its citations, the store and the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from groundwire.domain.errors import NotFoundError
from groundwire.evaluate.intervals import Share
from groundwire.evaluate.judge.judging import Cited, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.domain.claims import Citation, Claim
    from groundwire.domain.documents import Document
    from groundwire.evaluate.judge.judging import Judgement

_SHOWN = frozenset({"quoted", "supported"})


class Files(Protocol):
    """The files of the corpus, as ``judge.sources.Sources`` reads them."""

    def text_of(self, path: str) -> str | None:
        """Return a file's words; None where it cannot be read as plain text."""


class Witness:
    """Judges sentences by what is stored and what is in the files."""

    def __init__(self, show: Callable[[str], Document], files: Files) -> None:
        """Keep where texts come from.

        Args:
            show: Returns the stored document of an id, as ``Desk.show`` does.
            files: The files that were indexed.
        """
        self._show = show
        self._files = files
        self._stored: dict[str, str | None] = {}

    def judge(self, claims: Sequence[Claim]) -> tuple[Judgement, ...]:
        """Return one judgement a sentence."""
        return tuple(
            judge(claim.text, [self._cited(citation) for citation in claim.citations])
            for claim in claims
        )

    def _cited(self, citation: Citation) -> Cited:
        return Cited(
            quote=citation.quote,
            start=citation.span.start,
            end=citation.span.end,
            stored=self._text(citation.document_id),
            source=self._files.text_of(citation.path),
        )

    def _text(self, document: str) -> str | None:
        if document not in self._stored:
            try:
                self._stored[document] = self._show(document).text
            except NotFoundError:
                self._stored[document] = None
        return self._stored[document]


def grounded(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> Share:
    """Return the share of sentences that are grounded and have a verdict that may be shown."""
    good = sum(
        judgement.grounded and claim.verdict.label in _SHOWN
        for claim, judgement in zip(claims, judgements, strict=True)
    )
    return Share(good, len(claims))


def ungrounded_words(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> tuple[str, ...]:
    """Return what is wrong with the sentences that are not grounded, in one line or none."""
    share = grounded(claims, judgements)
    if share.part == share.whole:
        return ()
    reasons = [reason for judgement in judgements for reason in judgement.reasons]
    reasons += [
        f"the verdict is {claim.verdict.label}"
        for claim in claims
        if claim.verdict.label not in _SHOWN
    ]
    lacking = f"{share.whole - share.part:.0f} of {share.whole:.0f} sentences are not grounded"
    return (f"{lacking}: {'; '.join(dict.fromkeys(reasons))}",)
