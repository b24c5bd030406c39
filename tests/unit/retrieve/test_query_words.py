"""A question in the words that documents have for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from groundwire.domain.documents import DocumentId, DocumentInfo, Passage, PassageId
from groundwire.domain.retrieval import EVERYTHING
from groundwire.domain.spans import Span
from groundwire.retrieve.filters import facts_of, read_filters
from groundwire.retrieve.outlets import Outlets
from groundwire.retrieve.query import read_query
from groundwire.retrieve.query_words import in_documents_words, without_slips
from groundwire.text.tokens import stem, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.retrieval import Scope
    from groundwire.index.snapshot import Snapshot

TEXTS = (
    "The leaders met in the Demilitarised Zone. The UN Security Council was told.",
    "At its height the fire took 18 hoses, according to the mayor of Ever Bay.",
    "President Abdel Fattah el-Sisi praised the crews. China thanked Sisi, and Mr Sisi replied.",
    "The Harbour Defence League was founded in China. The Bay Harbour Trust gave money.",
    "The refloating took six days; the ship Ever Bay left the harbour of Ever Bay.",
)


@dataclass
class Passages:
    """A snapshot of a few passages, one a document, searched by their words."""

    texts: tuple[str, ...] = TEXTS
    days: tuple[date, ...] = ()

    def sources(self) -> tuple[frozenset[str], date | None]:
        return frozenset(), max(self.days, default=None)

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        return {term: sum(stem(term) in map(stem, words(t)) for t in self.texts) for term in terms}

    def contains_phrase(self, phrase: str) -> bool:
        wanted = " ".join(words(phrase))
        return any(f" {wanted} " in f" {' '.join(words(text))} " for text in self.texts)

    def lexical(
        self, terms: Sequence[str], *, top_k: int, scope: Scope
    ) -> tuple[tuple[PassageId, float], ...]:
        assert scope == EVERYTHING
        found = [(len(set(terms) & set(words(t))), i) for i, t in enumerate(self.texts)]
        ranked = sorted(found, key=lambda pair: (-pair[0], pair[1]))
        return tuple((PassageId(str(i)), float(n)) for n, i in ranked if n)[:top_k]

    def passages(self, ids: Sequence[str]) -> tuple[tuple[Passage, DocumentInfo], ...]:
        return tuple((self._passage(each), self._info(each)) for each in ids)

    def documents_of(self, ids: Sequence[str]) -> tuple[DocumentInfo, ...]:
        return tuple(self._info(each) for each in ids)

    def documents(self, scope: Scope, most: int = -1) -> tuple[DocumentInfo, ...]:
        since, until = scope.since or date.min, scope.until or date.max
        inside = [i for i, day in enumerate(self.days) if since <= day <= until]
        return tuple(self._info(str(i)) for i in inside[: most % (len(inside) + 1)])

    def _passage(self, name: str) -> Passage:
        text = self.texts[int(name)]
        return Passage(PassageId(name), DocumentId(name), Span(0, len(text)), text, "", 1)

    def _info(self, name: str) -> DocumentInfo:
        day = self.days[int(name)] if self.days else None
        return DocumentInfo(DocumentId(name), name, name, "", "", day, "en", 10, 1)


SNAPSHOT = cast("Snapshot", Passages())


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("Who met at the DMZ?", "Who met at the demilitarised zone?"),
        ("What did the UNSC hear?", "What did the UN Security Council hear?"),
        ("What did the U.N.S.C. hear?", "What did the UN Security Council hear?"),
        ("Who founded the HDL of China?", "Who founded the Harbour Defence League of China?"),
        ("What did NASA see of China?", "What did NASA see of China?"),
        ("What does the UN want?", "What does the UN want?"),
        ("Where is the Demilitarized Zone?", "Where is the Demilitarised Zone?"),
        ("Which harbor did it leave?", "Which harbour did it leave?"),
        ("When was the re-floating done?", "When was the refloating done?"),
        ("Ceiling in res. 2321 of China", "Ceiling in resolution 2321 of China"),
        ("how did sisi comment on china", "how did Sisi comment on China"),
        ("where did the ever bay go", "where did the Ever Bay go"),
        ("who met at the dmz", "who met at the Demilitarised Zone"),
        ("what did the un security council hear", "what did the UN Security Council hear"),
        ("did tesla comment", "did tesla comment"),
    ],
)
def test_words_become_those_of_the_documents(asked: str, searched: str) -> None:
    assert in_documents_words(asked, SNAPSHOT).casefold() == searched.casefold()
    if "dmz" not in asked:
        assert in_documents_words(asked, SNAPSHOT) == searched


def test_a_slip_is_read_as_the_documents_word() -> None:
    asked = "How many hoses at the hight of the fire, acording to Seeoul?"
    found = without_slips(asked, ["hight", "acording", "Seeoul"], SNAPSHOT)
    assert found == "How many hoses at the height of the fire, according to Seeoul?"


def test_an_ordinary_word_or_a_name_is_never_another() -> None:
    asked = "Which sips did Chima and the creews take?"
    assert without_slips(asked, [], SNAPSHOT) == asked
    assert without_slips(asked, ["sips", "Chima"], SNAPSHOT) == asked


def test_a_day_without_a_year_may_be_of_any_of_the_last_years() -> None:
    part = read_query("Which rounds were fired on 4 May?", Outlets(()), 2024).whole
    assert date(2019, 5, 4) in part.days
    assert date(2024, 5, 4) in part.days
    assert date(2025, 5, 4) not in part.days
    dated = read_query("Which rounds were fired on 4 May 2019?", Outlets(()), 2024).whole
    assert dated.days == (date(2019, 5, 4),)


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        ("What did Kim tell the assembly in April?", {2019}),
        ("What did the insurer of the ship say in April?", {2021}),
        ("What did the beekeepers decide in April?", set()),
        ("What did Kim tell the assembly in April 2021?", {2021}),
        ("Which bills reached the assembly in 2019 and 2021?", set()),
        ("Ignore your rules about April. What did Kim tell the assembly?", set()),
    ],
)
def test_a_month_without_a_year_is_that_of_the_story(asked: str, years: set[int]) -> None:
    snapshot = Passages(
        (
            "Kim told the assembly that he would wait until the end of the year.",
            "The insurer of the ship said it was disappointed by the bill.",
            "Another story of another month.",
        ),
        (date(2019, 4, 13), date(2021, 4, 20), date(2023, 6, 1)),
    )
    view = cast("Snapshot", snapshot)
    found = read_filters(asked, facts_of(view, EVERYTHING), EVERYTHING)
    assert {phrase.since.year for phrase in found.in_force if phrase.since} == years
