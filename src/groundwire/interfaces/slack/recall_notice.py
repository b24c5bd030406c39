"""What people are told of an answer that does not stand any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from groundwire.interfaces.render.days import day
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import Line, plain, strong
from groundwire.interfaces.slack.escaping import shortened
from groundwire.interfaces.slack.limits import TITLE_CHARACTERS
from groundwire.interfaces.slack.outgoing import Reply, Sentence
from groundwire.text.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from groundwire.domain.documents import Document
    from groundwire.domain.recalls import Cause, Recall
    from groundwire.domain.spans import Span
    from groundwire.interfaces.slack.occasions import Whereabouts

    Place = Callable[[Cause], str]

SAID_CHARACTERS: Final = 350
"""Characters of a sentence, of what was said or of what stands there now."""

SHOWN: Final = 3
"""Broken citations of an answer that are shown."""

_QUESTION_CHARACTERS = 250
_QUOTED = 4


@dataclass(frozen=True, slots=True)
class Due:
    """A recall that people are to be told of.

    Attributes:
        recall: The recall.
        where: Where its answer stands.
        causes: Those of its causes whose documents may be seen there.
    """

    recall: Recall
    where: Whereabouts
    causes: tuple[Cause, ...]

    @property
    def mark(self) -> str:
        """What names the recall in all records, old and restored."""
        return f"{self.recall.entry.id}-{self.recall.id}"


def notice_of(due: Sequence[Due], place: Place) -> Reply:
    """Put recalls of answers that stand in one place into words.

    An answer that was entered twice, because the bot was killed before it was posted, is shown
    once.

    Args:
        due: The recalls.
        place: Gives the words for where a cause's text stands now; empty where nobody knows.
    """
    shown = {_said(each): each for each in due}
    causes = [cause for each in due for cause in each.causes]
    sentences = (Sentence(_lead(due[0].where, len(shown))), Sentence(_reason(causes)))
    again = "with /groundwire ask. Only you can see this." if due[0].where.alone else "here."
    ids = ", ".join(each.recall.entry.id for each in due)
    footer = (f"For what the documents say now, ask again {again}", f"In the ledger: {ids}")
    return Reply(sentences, footer, tuple(tuple(_card(each, place)) for each in shown.values()))


def place_in(document: Document, span: Span) -> str:
    """Return where characters of a document stand, in words: ``p. 3, ¶ 41``."""
    named = [each.label for each in document.locators if each.span.overlaps(span)]
    number = sum(
        piece.start <= span.start
        for piece in paragraphs(document.text)
        if not any(heading.contains(piece) for heading in document.headings)
    )
    return ", ".join([*named[:1], *([f"¶ {number}"] if number else [])])


def _said(due: Due) -> tuple[str, ...]:
    issued = due.recall.entry.issued
    return (issued.question, *(sentence.text for sentence in issued.sentences))


def _lead(where: Whereabouts, count: int) -> str:
    many = count != 1
    if where.alone:
        stood = "that only you were given here"
    else:
        stood = "in this thread" if where.thread else "that was shared in this channel"
    answers = f"{count} answers" if many else "An answer"
    return f"{answers} {stood} {'do' if many else 'does'} not stand any more."


def _reason(causes: Sequence[Cause]) -> str:
    standings = {cause.now.standing for cause in causes}
    what = " or ".join(
        words
        for standing, words in (("changed", "has changed"), ("removed", "was removed"))
        if standing in standings
    )
    return f"A document behind it {what} since."


def _card(due: Due, place: Place) -> Iterator[Line]:
    """Yield what was asked, what was said, and what stands there now."""
    entry = due.recall.entry
    wanted = "Asked" if entry.issued.kind == "answer" else "A summary was asked for"
    question = shortened(one_line(entry.issued.question), _QUESTION_CHARACTERS)
    yield strong(f"{wanted} on {day(entry.said.date())}: {question}")
    causes = {cause.cited: cause for cause in due.causes}
    broken = [
        (sentence.text, causes[cited])
        for sentence in entry.issued.sentences
        for cited in sentence.citations
        if cited in causes
    ]
    before = ""
    for text, cause in broken[:SHOWN]:
        if text != before:
            yield plain("It was said:")
            yield _quoted(text)
        yield from _now(cause, place)
        before = text
    if broken[SHOWN:]:
        yield plain(f"The same is true of {len(broken) - SHOWN} more of its citations.")


def _now(cause: Cause, place: Place) -> Iterator[Line]:
    """Yield what stands in the place of a quote."""
    title = shortened(one_line(cause.cited.title or cause.cited.path), TITLE_CHARACTERS)
    if cause.now.standing == "removed":
        yield plain(f"{title} was removed.")
    elif cause.now.text:
        where = place(cause)
        yield plain(f"{title}{where and f', {where},'} now says:")
        yield _quoted(cause.now.text)
    else:
        yield plain(f"{title} does not say this any more, nor anything like it.")


def _quoted(text: str) -> Line:
    return Line(((shortened(one_line(text), SAID_CHARACTERS), "plain"),), _QUOTED)
