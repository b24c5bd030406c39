"""A scripted desk: real domain objects, no index, no model, the same answer every time.

What it does depends on words in the question, so that one desk can serve many tests at once:

=============  =====================================================================
``abstain``    finds nothing, names the closest passage
``boom``       raises an error whose message holds the question
``unindexed``  fails as it does without an index
``endless``    works until it is cancelled
``begun``      says its first sentence, and then works until it is cancelled
``long``       answers with 500 sentences
``hostile``    answers from a document full of markup that would notify or link
anything else  answers with two sentences from two documents
=============  =====================================================================
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from groundwire.domain.answers import Abstention, Answer, Provenance, Source
from groundwire.domain.claims import Citation, Claim, Verdict
from groundwire.domain.documents import DocumentId, DocumentInfo, Passage, PassageId
from groundwire.domain.events import ClaimReady, Done, Failed, Found, Status
from groundwire.domain.retrieval import Hit, Scope
from groundwire.domain.spans import Span
from tests.fakes.documents import ScriptedDocuments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.domain.conversations import Turn
    from groundwire.domain.events import Event
    from groundwire.domain.ledger import Occasion

PROVENANCE = Provenance(engine="extractive", generation="g1", revision=1, encoder="scripted")
QUOTED = Verdict("quoted", 1.0, "verbatim")

INJECTIONS = (
    "<!channel>",
    "<!here>",
    "<@U1>",
    "<!subteam^S1>",
    "<https://evil.example|harmless>",
    "[harmless](https://evil.example)",
    "&lt;!channel&gt;",
)
"""Texts that would notify people or hide a link, were they not escaped."""

SUMMIT = "China accounts for more than 90 percent of North Korea's foreign trade."
LETTER = "Mr. Trump called the letter beautiful."


@dataclass(frozen=True, slots=True)
class Story:
    """One document of a single paragraph."""

    text: str
    title: str
    source: str = ""
    published: date | None = None

    def hit(self, rank: int = 1) -> Hit:
        document_id = DocumentId(f"d-{self.title}")
        span = Span(0, len(self.text))
        return Hit(
            Passage(PassageId(f"p-{self.title}"), document_id, span, self.text, "", 4),
            DocumentInfo(
                document_id,
                f"{self.title}.md",
                self.title,
                self.source,
                "",
                self.published,
                "en",
                len(self.text),
                1,
            ),
            score=1 / rank,
            rank=rank,
            retrievers=("lexical",),
            similarity=0.9,
        )


TRADE_STORY = Story(SUMMIT, "Xi arrives in Pyongyang", "The Harbour Post", date(2019, 6, 20))
LETTER_STORY = Story(LETTER, "A letter from Kim", "Meridian Wire", date(2019, 6, 23))
HOSTILE_STORY = Story(
    f"Readers wrote {' '.join(INJECTIONS)} under it.",
    f"Title {' '.join(INJECTIONS)}",
    f"Outlet {INJECTIONS[0]}",
)


def answered(question: str, *stories: Story) -> Answer:
    """Return an answer that quotes every story whole."""
    hits = [story.hit(n) for n, story in enumerate(stories, start=1)]
    claims = tuple(
        Claim(hit.passage.text, (_citation(n, hit),), QUOTED) for n, hit in enumerate(hits, start=1)
    )
    sources = tuple(Source(n, hit, cited=True) for n, hit in enumerate(hits, start=1))
    return Answer(question, question, "answered", claims, sources, Scope(), PROVENANCE)


def silent(question: str, *nearest: Story, unmentioned: tuple[str, ...] = ()) -> Answer:
    """Return an abstention."""
    hits = tuple(story.hit(n) for n, story in enumerate(nearest, start=1))
    abstention = Abstention("The documents do not say.", hits, unmentioned)
    return Answer(question, question, "nothing", (), (), Scope(), PROVENANCE, abstention)


def long_answer(question: str, sentences: int = 500) -> Answer:
    """Return an answer of many sentences, all from one document."""
    texts = [f"Sentence number {n} of a long story says a little more." for n in range(sentences)]
    hit = Story(" ".join(texts), "A long story").hit()
    claims = []
    start = 0
    for text in texts:
        span = Span(start, start + len(text))
        document_id, passage_id = hit.document.id, hit.passage.id
        place = Citation(1, document_id, passage_id, hit.document.path, span, text, "¶ 4")
        claims.append(Claim(text, (place,), QUOTED))
        start = span.end + 1
    sources = (Source(1, hit, cited=True),)
    return Answer(question, question, "answered", tuple(claims), sources, Scope(), PROVENANCE)


class ScriptedDesk(ScriptedDocuments):
    """Answers by the words of the question, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(PROVENANCE, TRADE_STORY, LETTER_STORY)
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.occasions: list[Occasion | None] = []
        self._holds: dict[str, threading.Event] = {}
        self._pauses: dict[str, tuple[threading.Event, int]] = {}

    def hold(self, word: str) -> threading.Event:
        """Make questions with this word wait until the returned event is set."""
        return self._holds.setdefault(word, threading.Event())

    def hold_after_first(self, word: str, sentences: int = 2) -> threading.Event:
        """Make questions with this word wait after their first sentence, of a long answer if many.

        They go on when the returned event is set.
        """
        self._pauses[word] = threading.Event(), sentences
        return self._pauses[word][0]

    def asked_about(self, word: str) -> list[tuple[str, tuple[Turn, ...]]]:
        """Return the questions, with their history, that hold this word."""
        return [(question, history) for question, history in self.asked if word in question]

    def ask_events(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        cancel: threading.Event | None = None,
        occasion: Occasion | None = None,
    ) -> Iterator[Event]:
        self.occasions.append(occasion)
        assert scope is None or scope.is_everything()
        cancel = cancel or threading.Event()
        self.asked.append((question, tuple(history)))
        yield Status("searching 42 documents")
        if "endless" in question:
            cancel.wait()
        for word, released in self._holds.items():
            if word in question:
                released.wait(20)
        if cancel.is_set():
            yield Failed("cancelled", "stopped")
        elif "unindexed" in question:
            yield Failed("index_missing", f"no index in /home/someone ({question})")
        elif "boom" in question:
            message = f"it broke on: {question}"
            raise RuntimeError(message)
        else:
            yield from self._answered(question, cancel)

    def _answered(self, question: str, cancel: threading.Event) -> Iterator[Event]:
        if "begun" in question:
            yield ClaimReady(self._answer(question).claims[0])
            cancel.wait()
            yield Failed("cancelled", "stopped")
        elif question in self._pauses:
            yield from self._paused(question)
        else:
            yield from _told(self._answer(question))

    def _paused(self, question: str) -> Iterator[Event]:
        released, sentences = self._pauses[question]
        answer = self._answer(question)
        if sentences != len(answer.claims):
            answer = long_answer(question, sentences)
        found, first, *rest = _told(answer)
        yield found
        yield first
        released.wait(20)
        yield from rest

    def _answer(self, question: str) -> Answer:
        if "abstain" in question:
            return silent(question, TRADE_STORY, unmentioned=("Atlantis",))
        if "long" in question:
            return long_answer(question)
        if "hostile" in question:
            return answered(question, HOSTILE_STORY)
        return answered(question, TRADE_STORY, LETTER_STORY)


def _told(answer: Answer) -> Iterator[Event]:
    yield Found(tuple(source.hit for source in answer.sources))
    yield from (ClaimReady(claim) for claim in answer.claims)
    yield Done(answer)


def _citation(n: int, hit: Hit) -> Citation:
    passage = hit.passage
    return Citation(
        n, hit.document.id, passage.id, hit.document.path, passage.span, passage.text, "¶ 4"
    )
