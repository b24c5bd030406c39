"""Judging a folder: everything is asked of the desk, and what came back is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from groundwire.domain.errors import NoDocumentsError
from groundwire.domain.events import Progress, Status
from groundwire.domain.retrieval import EVERYTHING
from groundwire.evaluate.auto import bounds, claims, finding
from groundwire.evaluate.auto.fitting import Scored, fit
from groundwire.evaluate.auto.making import answerable, to_decline
from groundwire.evaluate.auto.material import read_material

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from groundwire.domain.answers import Answer
    from groundwire.domain.checks import CheckReport
    from groundwire.domain.documents import Document, DocumentId, DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.families import Family
    from groundwire.domain.retrieval import Ranking, Scope
    from groundwire.evaluate.auto.bounds import Kept
    from groundwire.evaluate.auto.cases import Question
    from groundwire.evaluate.auto.claims import Checked
    from groundwire.evaluate.auto.finding import Sought
    from groundwire.evaluate.auto.fitting import Fitted
    from groundwire.evaluate.auto.material import Material

_Item = TypeVar("_Item")


class Judged(Protocol):
    """The part of a desk that is judged."""

    def docs(self) -> tuple[DocumentInfo, ...]:
        """Return the indexed documents."""

    def families(self) -> tuple[Family, ...]:
        """Return the copy families."""

    def show(self, document: str) -> Document:
        """Return a document with its text."""

    def search(self, question: str, *, top_k: int) -> Ranking:
        """Return the best passages for a question."""

    def ask(self, question: str, *, scope: Scope | None = None) -> Answer:
        """Return the answer to a question."""

    def check(self, claim: str) -> CheckReport:
        """Return what the documents say of a claim."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question and what was answered.

    Attributes:
        question: The question.
        score: Its sufficiency; -inf where there was nothing to judge.
        answered: Whether something was said.
        right: Whether what was cited is of its documents or their copies.
        exact: Whether every citation is, to the character, what its document holds.
    """

    question: Question
    score: float
    answered: bool
    right: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a folder.

    Attributes:
        material: What was read of it.
        generation: Name of the index generation that answered.
        asked: The questions.
        checked: The claims.
        sought: The documents that were looked for.
        kept: Filters and orders.
        fitted: The threshold that fits; None if there was too little to fit one to.
    """

    material: Material
    generation: str
    asked: tuple[Put, ...]
    checked: tuple[Checked, ...]
    sought: tuple[Sought, ...]
    kept: tuple[Kept, ...]
    fitted: Fitted | None


def judge(
    desk: Judged, default: float, on_progress: Callable[[Event], None] | None = None
) -> Judgement:
    """Return what is found out about the documents of a desk.

    Args:
        desk: The desk; nothing in it is changed.
        default: The threshold that is shipped.
        on_progress: Told ``Status`` and ``Progress`` events.

    Raises:
        NoDocumentsError: The index holds no document.
    """
    tell = on_progress or _ignore
    tell(Status("reading the documents"))
    material = read_material(desk)
    if not material.documents:
        raise NoDocumentsError("no document is in the index", hint="run: groundwire index FOLDER")
    tell(Status("making questions"))
    real = answerable(material)
    questions = (*real, *to_decline(material, real, desk))
    asked, generation = _ask(desk, material, _watched("asking", questions, tell))
    made = _watched("checking claims", claims.claims(material), tell)
    checked = tuple(claims.check_all(desk, made))
    wanted = _watched("looking for documents", finding.queries(material), tell)
    sought = tuple(finding.search_all(desk, material, wanted))
    kept = (*bounds.within(desk, material, real), *bounds.orders(desk, real))
    return Judgement(
        material, generation, asked, checked, sought, kept, fit(_scored(asked), default)
    )


def _ask(
    desk: Judged, material: Material, questions: Iterable[Question]
) -> tuple[tuple[Put, ...], str]:
    """Return the answers, and the generation that gave the last of them."""
    texts: dict[DocumentId, str] = {}
    found: list[Put] = []
    generation = ""
    for question in questions:
        whole = question.scope == EVERYTHING
        answer = desk.ask(question.text, scope=None if whole else question.scope)
        generation = answer.provenance.generation
        right = {each for document in question.documents for each in material.same(document)}
        cited = [citation for claim in answer.claims for citation in claim.citations]
        for citation in cited:
            if citation.document_id not in texts:
                texts[citation.document_id] = desk.show(citation.document_id).text
        exact = all(each.span.of(texts[each.document_id]) == each.quote for each in cited)
        score = answer.provenance.scores.get("sufficiency", float("-inf"))
        hit = any(citation.document_id in right for citation in cited)
        found.append(Put(question, score, answer.answered, hit, exact))
    return tuple(found), generation


def _scored(asked: Sequence[Put]) -> tuple[Scored, ...]:
    return tuple(
        Scored(put.score, put.question.answerable, put.question.group)
        for put in asked
        if not put.question.close
    )


def _watched(what: str, items: Sequence[_Item], tell: Callable[[Event], None]) -> Iterator[_Item]:
    tell(Status(what))
    for done, item in enumerate(items):
        tell(Progress(done, len(items)))
        yield item
    tell(Progress(len(items), len(items)))


def _ignore(event: Event) -> None:
    """Tell nobody."""
