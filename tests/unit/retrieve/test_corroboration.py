"""How many documents an answer stands on, and how many of them report for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from groundwire.domain.documents import DocumentId
from groundwire.domain.families import NO_CORROBORATION, Corroboration, Family
from groundwire.domain.retrieval import Scope
from groundwire.domain.spans import Span
from groundwire.ground.cite import cite
from groundwire.retrieve.families import corroborate, corroboration_of
from tests.fakes.passages import hit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from groundwire.domain.claims import Citation
    from groundwire.domain.documents import Passage
    from groundwire.domain.retrieval import Hit
    from groundwire.index.snapshot import Snapshot

SAID = "The council signed a contract for a barrier that will protect 1,240 homes."
WIRE = hit(SAID, name="wire")
REWORDED = hit(
    "The council has signed the contract for a barrier to protect 1,240 homes.", name="re"
)
CHANGED = hit(SAID.replace("1,240", "1,204"), name="changed")
CUT = hit("The contract has been signed, the council said.", name="cut")
OWN = hit("A barrier will protect 1,240 homes, the council said when it signed.", name="own")


class Shelf:
    """Four documents of one family and one that stands alone, seen as a snapshot."""

    family = (WIRE, REWORDED, CHANGED, CUT)
    ids = tuple(each.document.id for each in family)

    def families(self, scope: Scope, *, of: Collection[DocumentId]) -> tuple[Family, ...]:
        members = [
            each.document
            for each in self.family
            if not scope.documents or each.document.path in scope.documents
        ]
        if not set(self.ids) & set(of) or len(members) < 2:
            return ()
        return (Family(members[0], tuple(members[1:])),)

    def origins(self, ids: Iterable[DocumentId]) -> dict[DocumentId, DocumentId]:
        return {each: self.ids[0] for each in ids if each in self.ids}

    def passages_of(self, document: DocumentId) -> list[Passage]:
        return [each.passage for each in self.family if each.document.id == document]


def cited(*hits: Hit) -> list[Citation]:
    return [cite(each, each.passage.span) for each in hits]


def found(*hits: Hit, scope: Scope | None = None) -> Corroboration:
    return corroboration_of(cast("Snapshot", Shelf()), cited(*hits), hits, scope or Scope())


def test_families_count_once() -> None:
    a, b, c = map(DocumentId, "abc")
    assert corroborate([], {}) == NO_CORROBORATION
    assert corroborate([a, b, c, a], {b: a, a: a}) == Corroboration(3, 2)
    assert corroborate([b, c], {b: a}) == Corroboration(2, 2)


def test_copies_that_hold_the_sentence_count_and_others_do_not() -> None:
    assert found(WIRE) == Corroboration(2, 1)
    assert found(CHANGED) == Corroboration(1, 1)


def test_another_report_is_independent() -> None:
    assert found(WIRE, OWN) == Corroboration(3, 2)


def test_of_those_that_print_the_passage_who_holds_the_sentence_counts() -> None:
    assert found(replace(OWN, copies=(CUT.document,))) == Corroboration(1, 1)
    assert found(replace(OWN, copies=(CUT.document, REWORDED.document))) == Corroboration(2, 2)


def test_a_scope_leaves_copies_out() -> None:
    assert found(WIRE, scope=Scope(documents=(WIRE.document.path,))) == Corroboration(1, 1)


@pytest.mark.parametrize("part", [Span(0, 31), Span(0, len(SAID))])
def test_it_is_the_cited_sentence_that_must_be_there(part: Span) -> None:
    citations = [cite(WIRE, part)]
    counted = corroboration_of(cast("Snapshot", Shelf()), citations, [WIRE], Scope())
    assert counted == Corroboration(4 if part.end == 31 else 2, 1)
