"""Putting questions to an index through the product, by one process a core."""

from __future__ import annotations

import multiprocessing
import signal
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self, TypeVar

from eval.public.corpora import spread
from eval.public.figures import DEPTH, PASSAGE_TOKENS, PASSAGES
from eval.public.tokens import first_tokens
from eval.train.evidence import examples
from groundwire import Desk
from groundwire.answer.extractive import ExtractiveAnswerer
from groundwire.domain.events import Progress, Status
from groundwire.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.pool import Pool
    from pathlib import Path
    from types import TracebackType

    from groundwire import Answer
    from groundwire.domain.events import Event

Result = TypeVar("Result")

TIMED = 150
"""Questions whose time is taken, one after the other with nothing beside them."""

_WARMING = 5
_TELL_EVERY_S = 5.0


class OtherDocumentsError(Exception):
    """The work folder was used for other data."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A ranking.

    Attributes:
        paths: Path of the document of each passage, best first.
        texts: The first ten passages, cut at 256 tokens.
    """

    paths: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer.

    Attributes:
        outcome: ``answered``, ``related``, ``nothing`` or ``clarify``.
        score: The sufficiency of the evidence; -inf where there was none to judge.
        threshold: The least sufficiency that is answered; None where there was none to judge.
        claims: Path and quote that each claim rests on first, in the order of the answer.
        titles: Titles of the cited documents.
    """

    outcome: str
    score: float
    threshold: float | None
    claims: tuple[tuple[str, str], ...]
    titles: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether something was said."""
        return self.outcome == "answered"


def open_desk(index: Path) -> Desk:
    """Return a desk with the user's settings, but for the language model: there is none."""
    settings = load_settings(None, {"index.dir": str(index)}).settings
    return Desk(replace(settings, llm=None))


def prepare(
    index: Path, documents: Path, names: Sequence[str], tell: Callable[[str], None]
) -> None:
    """Bring an index up to date with the documents; one that fits is left as it is.

    Raises:
        OtherDocumentsError: It holds documents that are not of this collection, or lacks some.
    """
    telling = throttled(tell)

    def on_progress(event: Event) -> None:
        if isinstance(event, Status):
            telling(f"{index}: {event.text}")
        elif isinstance(event, Progress):
            telling(f"{index}: {event.done} of {event.total} passages")

    with open_desk(index) as desk:
        desk.sync([documents], on_progress=on_progress)
        held = {info.path for info in desk.docs()}
    if held != set(names):
        raise OtherDocumentsError(f"{index} or {documents} is not of this data; delete both")


class Desks:
    """An index that several processes ask; results come in the order of the questions."""

    def __init__(self, index: Path, jobs: int, tell: Callable[[str], None]) -> None:
        """Start the processes; a single job is done in this one."""
        self._index = index
        self._tell = tell
        self._pool: Pool | None = None
        self._desk: Desk | None = None
        if jobs > 1:
            context = multiprocessing.get_context("spawn")
            self._pool = context.Pool(jobs, _start, (index,))
        else:
            self._desk = open_desk(index)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the processes, whatever they are doing."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()
        if self._desk is not None:
            self._desk.close()

    def search(self, questions: Sequence[str]) -> list[Searched]:
        """Return the ranking of each question."""
        return self._each(search, _search_here, questions)

    def ask(self, questions: Sequence[str]) -> list[Asked]:
        """Return the answer to each question."""
        return self._each(ask, _ask_here, questions)

    def best_sentences(self, questions: Sequence[str]) -> list[tuple[str, str] | None]:
        """Return path and text of the sentence ranked first for each question."""
        return self._each(best_sentence, _best_here, questions)

    def _each(
        self,
        call: Callable[[Desk, str], Result],
        call_there: Callable[[str], Result],
        questions: Sequence[str],
    ) -> list[Result]:
        telling = throttled(self._tell)
        found: list[Result] = []
        for result in self._results(call, call_there, questions):
            found.append(result)
            name = call.__name__.replace("_", " ")
            telling(f"{self._index}: {name}, {len(found)} of {len(questions)}")
        return found

    def _results(
        self,
        call: Callable[[Desk, str], Result],
        call_there: Callable[[str], Result],
        questions: Iterable[str],
    ) -> Iterator[Result]:
        if self._pool is not None:
            yield from self._pool.imap(call_there, questions, chunksize=8)
        elif self._desk is not None:
            for question in questions:
                yield call(self._desk, question)


def search(desk: Desk, question: str) -> Searched:
    """Return the ranking of one question."""
    hits = desk.search(question, top_k=DEPTH).hits
    texts = [hit.passage.text for hit in hits[:PASSAGES]]
    return Searched(
        tuple(hit.document.path for hit in hits),
        tuple(first_tokens(text, PASSAGE_TOKENS) for text in texts),
    )


def ask(desk: Desk, question: str) -> Asked:
    """Return the answer to one question."""
    answer = desk.ask(question)
    return Asked(
        answer.outcome,
        sufficiency(answer),
        answer.provenance.scores.get("threshold"),
        tuple((claim.citations[0].path, claim.citations[0].quote) for claim in answer.claims),
        tuple(source.hit.document.title for source in answer.sources if source.cited),
    )


def sufficiency(answer: Answer) -> float:
    """Return the number that the decision to answer was made on; -inf where there is none."""
    return answer.provenance.scores.get("sufficiency", float("-inf"))


def best_sentence(desk: Desk, question: str) -> tuple[str, str] | None:
    """Return path and text of the sentence ranked first, whether or not it would be said."""
    found = examples(desk, [(question, "")], _none)
    if not found:
        return None
    evidence = found[0].evidence
    place = int(ExtractiveAnswerer(max_sentences=1).score(evidence).argmax())
    reading, sentence = evidence.places()[place]
    return reading.hit.document.path, sentence.text


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one act by the clock, and of all cores together."""

    wall: float
    cpu: float


def timed(index: Path, questions: Sequence[str], act: Callable[[Desk, str], object]) -> list[Took]:
    """Return what an act took over evenly spread questions, warm, in this process."""
    times: list[Took] = []
    with open_desk(index) as desk:
        for question in spread(questions, _WARMING):
            act(desk, question)
        for question in spread(questions, TIMED):
            wall, cpu = time.perf_counter(), time.process_time()
            act(desk, question)
            times.append(
                Took(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu))
            )
    return times


def throttled(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Return a teller that says something at most every few seconds."""
    last = time.monotonic()

    def say(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _TELL_EVERY_S:
            last = time.monotonic()
            tell(text)

    return say


class _Here:
    """What one process of the pool keeps."""

    desk: Desk


def _start(index: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the pool, from outside
    _Here.desk = open_desk(index)


def _search_here(question: str) -> Searched:
    return search(_Here.desk, question)


def _ask_here(question: str) -> Asked:
    return ask(_Here.desk, question)


def _best_here(question: str) -> tuple[str, str] | None:
    return best_sentence(_Here.desk, question)


def _none(_question: str, _path: str, _sentence: str) -> bool:
    return False
