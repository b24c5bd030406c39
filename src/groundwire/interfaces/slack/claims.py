"""*Check this*: each sentence of a message, held against the documents."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from groundwire.interfaces.render.checks import headline
from groundwire.interfaces.render.lines import Line, plain
from groundwire.interfaces.slack.answering import RESTARTING
from groundwire.interfaces.slack.incoming import plain as read
from groundwire.interfaces.slack.outgoing import Reply, Sentence
from groundwire.interfaces.slack.posting import StatusLine
from groundwire.interfaces.slack.replies import described
from groundwire.interfaces.slack.ticking import ticking
from groundwire.text.normalize import normalize
from groundwire.text.sentences import sentences
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.domain.checks import CheckReport
    from groundwire.domain.claims import VerdictLabel
    from groundwire.domain.retrieval import Scope
    from groundwire.interfaces.slack.errands import Errands
    from groundwire.interfaces.slack.interactions import Shortcut
    from groundwire.interfaces.slack.means import Means
    from groundwire.interfaces.slack.tickets import Cancel

_log = logging.getLogger("groundwire.slack")

CHECKING = "is checking the message…"
NO_CLAIMS = "There is no sentence in this message that could be checked."
CHECKED = 10
"""Sentences of a message that are checked."""

EVIDENCE_EACH = 2
"""Passages that are shown with a sentence."""

_FINDINGS: dict[VerdictLabel, str] = {
    "contradicted": "contradicted",
    "attribution_dropped": "not as it stands",
}
_FEWEST_WORDS = 2
_QUOTED = 4


@dataclass(frozen=True, slots=True)
class Claims:
    """What a message states.

    Attributes:
        checked: The sentences that are checked.
        beyond: How many more there are.
        unclaimed: How many questions and bits of a sentence there are, which state nothing.
    """

    checked: tuple[str, ...]
    beyond: int = 0
    unclaimed: int = 0


def claims_in(text: str) -> Claims:
    """Return the sentences of a message that state something, and how many are left out."""
    whole = normalize(text)
    found = [" ".join(span.of(whole).split()) for span in sentences(whole)]
    stated = [each for each in found if _states(each)]
    return Claims(
        tuple(stated[:CHECKED]), len(stated[CHECKED:]), unclaimed=len(found) - len(stated)
    )


def reply_to_claims(claims: Claims, reports: Sequence[CheckReport]) -> Reply:
    """Put what was found into words: a count, and a card for each sentence."""
    counted = Counter(_finding(report) for report in reports)
    found = ", ".join(f"{number} {name}" for name, number in counted.items())
    noun = "sentence" if len(reports) == 1 else "sentences"
    lead = Sentence(f"{len(reports)} {noun} checked against the documents: {found}.")
    cards = tuple(tuple(_card(n, report)) for n, report in enumerate(reports, start=1))
    return Reply((lead,), tuple(_left_out(claims)), cards)


class Checking:
    """Checks messages, and answers in their threads."""

    def __init__(self, means: Means, errands: Errands) -> None:
        """Work with these means, as errands."""
        self._means = means
        self._errands = errands

    def run(self, shortcut: Shortcut) -> None:
        """Check a message in its turn."""
        self._errands.take_shortcut(self._means, shortcut, partial(self._work, shortcut))

    def _work(self, shortcut: Shortcut, cancel: Cancel) -> None:
        means, place = self._means, shortcut.place
        scope = means.scope_of(place.channel, shortcut.user)
        claims = claims_in(read(shortcut.text, means.messenger.name_of))
        if scope is None or not claims.checked:
            means.privately.tell(shortcut.response_url, NO_CLAIMS)
            return
        line = StatusLine(means.messenger, place)
        line.show(CHECKING)
        with ticking(line.renew):
            reports = self._reports(claims, scope, cancel)
        if len(reports) < len(claims.checked):
            means.privately.tell(shortcut.response_url, RESTARTING)
            means.messenger.status(place, "")
            return
        reply = reply_to_claims(claims, reports)
        posted = means.messenger.reply(place, reply)
        if not posted:
            means.privately.answer(shortcut.response_url, reply)
        _log.info("checked channel=%s sentences=%d posted=%s", place.channel, len(reports), posted)

    def _reports(self, claims: Claims, scope: Scope, cancel: Cancel) -> list[CheckReport]:
        """Return a report for each sentence, or fewer where the work is stopped."""
        reports: list[CheckReport] = []
        for claim in claims.checked:
            if cancel.is_set():
                break
            reports.append(self._means.desk.check(claim, scope=scope))
        return reports


def _states(sentence: str) -> bool:
    """Return whether a sentence states something that documents could say."""
    return not sentence.endswith("?") and len(content_words(sentence)) >= _FEWEST_WORDS


def _finding(report: CheckReport) -> str:
    if report.supported:
        return "supported"
    return _FINDINGS.get(report.verdict.label, "not found")


def _card(number: int, report: CheckReport) -> Iterator[Line]:
    """Yield a sentence, what was found of it, and the evidence."""
    yield Line(((f"{number}. ", "plain"), (report.claim, "plain")))
    yield Line(((headline(report), "good" if report.supported else "bad"),))
    unfounded = report.verdict.label == "unsupported"
    for reason in report.verdict.reasons[:1] if unfounded else report.verdict.reasons:
        yield plain(f"• {reason}")
    if report.missing:
        yield plain(f"• in no passage found: {', '.join(report.missing)}")
    hits = {source.n: source.hit for source in report.sources}
    shown = report.evidence[:EVIDENCE_EACH]
    if unfounded and shown:
        yield plain("Closest:")
    for cited in shown:
        yield plain(described(hits[cited.n], cited.locator))
        yield Line(((" ".join(cited.quote.split()), "plain"),), _QUOTED)


def _left_out(claims: Claims) -> Iterator[str]:
    if claims.beyond:
        yield (
            f"Left out: {claims.beyond} more sentence{'s' * (claims.beyond != 1)}; "
            f"I check {CHECKED} of a message."
        )
    if claims.unclaimed:
        nothing = (
            "1 question or bit of a sentence that states nothing"
            if claims.unclaimed == 1
            else f"{claims.unclaimed} questions or bits of a sentence that state nothing"
        )
        yield f"Left out: {nothing}."
