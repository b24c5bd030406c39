"""All checks of a sentence against the source sentences it may rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.claims import Verdict
from groundwire.ground.attribution import invented_attribution, lost_attribution, turned
from groundwire.ground.figures import foreign_names, foreign_signs, foreign_values
from groundwire.ground.order import follows
from groundwire.ground.quotations import spoken_beyond, unfaithful_quotations
from groundwire.ground.wording import foreign_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.claims import VerdictLabel
    from groundwire.ground.windows import Window

JUDGE = "checks"
"""Names these rules in a verdict."""


def examine(sentence: str, window: Window) -> Verdict:
    """Return what the checks find of a sentence held against source sentences.

    Returns:
        ``supported`` if every check passes; ``contradicted`` if the sentence uses the source's
        words and turns a negation; ``attribution_dropped`` if it does and loses who said it, a
        hedge or a bound; otherwise ``unsupported``. The reasons say in words what was found.
    """
    source, passage = window.text, window.hit.passage.text
    published = window.hit.document.published
    invented = (
        *_listed("not in the source", foreign_values(sentence, source, published)),
        *_listed("not named in the source", foreign_names(sentence, source, passage)),
        *_listed("not in the source's words", foreign_words(sentence, source)),
        *_listed("signs that the source has not", foreign_signs(sentence, source)),
        *unfaithful_quotations(sentence, passage, window.span),
        *invented_attribution(sentence, source),
    )
    turn, lost = turned(sentence, source), lost_attribution(sentence, source)
    if spoken_beyond(passage, window.span):
        lost = (*lost, "the source quotes somebody with this")
    if invented:
        return _verdict("unsupported", (*invented, *turn, *lost))
    if turn:
        return _verdict("contradicted", (*turn, *lost))
    if lost:
        return _verdict("attribution_dropped", lost)
    if not follows(sentence, source, passage, published):
        return _verdict("unsupported", ("its words stand in another order or company there",))
    return _verdict("supported", ())


def _listed(finding: str, found: Sequence[str]) -> tuple[str, ...]:
    return (f"{finding}: {', '.join(found)}",) if found else ()


def _verdict(label: VerdictLabel, reasons: tuple[str, ...]) -> Verdict:
    return Verdict(label, float(label == "supported"), JUDGE, reasons)
