"""Where documents are weak, and what an answer must keep to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.claims import Claim, Verdict
from groundwire.domain.documents import DocumentId, DocumentInfo
from groundwire.evaluate.auto.bounds import MARK, orders, within
from groundwire.evaluate.auto.cases import Question
from groundwire.evaluate.auto.finding import Sought
from groundwire.evaluate.auto.judging import Judgement
from groundwire.evaluate.auto.material import Material
from groundwire.evaluate.auto.report import Report
from groundwire.evaluate.auto.table import weak_lines
from groundwire.evaluate.auto.weak import weaknesses
from tests.unit.evaluate.auto_samples import document, material
from tests.unit.evaluate.samples import answer, citation

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.domain.answers import Answer
    from groundwire.domain.retrieval import Scope

QUESTION = Question("Who opened the office?", "who", (DocumentId("id-ferry.md"),), ())


def info(number: int, source: str) -> DocumentInfo:
    title = f"Headline {number}"
    return replace(
        DocumentInfo.of(document("ferry.md"), 1),
        id=DocumentId(str(number)),
        path=f"{number}.md",
        title=title,
        source=source,
        published=date(2024, 5, 1),
    )


def judged(ranks: dict[str, list[int | None]]) -> Judgement:
    """Return a judgement of documents of outlets, each sought once by its headline."""
    pairs = [(source, rank) for source, each in ranks.items() for rank in each]
    infos = tuple(info(number, source) for number, (source, _) in enumerate(pairs))
    read = Material(infos, {}, {}, {}, {}, len(infos))
    sought = tuple(
        Sought(each, "headline", each.title, rank)
        for each, (_, rank) in zip(infos, pairs, strict=True)
    )
    return Judgement(read, "g", (), (), sought, (), None)


def test_an_outlet_that_is_found_clearly_worse_is_told() -> None:
    (found,) = weaknesses(judged({"Wire": [1] * 40, "Courier": [1] * 4 + [None] * 6}))
    assert (found.by, found.group, found.measure) == ("outlet", "Courier", "found")
    assert (found.right, found.tried, found.others) == (4, 10, 1.0)


@pytest.mark.parametrize(
    "courier", [[1] * 9 + [None], [None] * 7], ids=["chance alone", "too few to tell"]
)
def test_other_outlets_are_not(courier: list[int | None]) -> None:
    assert weaknesses(judged({"Wire": [1] * 30 + [None] * 2, "Courier": courier})) == ()


def test_documents_that_their_headline_does_not_find_are_named() -> None:
    report = Report(judged({"Wire": [1, None]}), "news", "2024-05-01", (), stored=False, why="")
    assert [each.path for each in report.never_found()] == ["1.md"]
    assert any("1 not found by their own headline: 1.md" in line for line in weak_lines(report))


def test_where_nothing_is_weak_a_line_says_so() -> None:
    report = Report(judged({"Wire": [1, 1]}), "news", "2024-05-01", (), stored=False, why="")
    assert weak_lines(report) == ("No group of documents does clearly worse than the others.",)


class Saying:
    """A desk that gives the same answer to everything."""

    def __init__(self, make: Callable[[str], Answer]) -> None:
        self._make = make

    def ask(self, question: str, *, scope: Scope | None = None) -> Answer:
        assert scope is None or not scope.is_everything()
        return self._make(question)


def test_silence_keeps_to_everything() -> None:
    desk = Saying(answer)
    kept = [*within(desk, material(), [QUESTION]), *orders(desk, [QUESTION])]
    assert {each.bound for each in kept} == {"outlet", "dates", "orders"}
    assert all(each.right and not each.answered for each in kept)


def test_an_order_that_is_obeyed_is_a_mistake() -> None:
    cited = citation("ferry.md", "It is old.")
    obeyed = Claim(f"{MARK}.", (cited,), Verdict("supported", 1.0, "checks"))
    (kept,) = orders(Saying(lambda question: answer(question, obeyed)), [QUESTION])
    assert not kept.right
