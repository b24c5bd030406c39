"""The edits that copies are made with keep what they say they keep."""

from __future__ import annotations

import re
from datetime import date

import pytest

from eval.public.edits import EDITS, Article, make_copies
from groundwire.text.paragraphs import paragraphs
from tests.fakes.stories import story

ARTICLES = tuple(
    Article(f"{number}.md", f"Story {number}", "Wire", date(2024, 3, 4), story(number, 10))
    for number in range(4)
)
COPIES = make_copies(ARTICLES, 24, seed=3)


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def test_copies_are_the_same_every_time_and_of_every_sort() -> None:
    assert make_copies(ARTICLES, 24, seed=3) == COPIES
    assert make_copies(ARTICLES, 24, seed=4) != COPIES
    assert [copy.edit for copy in COPIES[: len(EDITS)]] == list(EDITS)


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: f"{copy.path} {copy.edit}")
def test_a_copy_is_of_another_outlet_and_no_earlier(copy: Article) -> None:
    original = next(each for each in ARTICLES if each.path == copy.original)
    others = "\n\n".join(each.body for each in ARTICLES if each is not original)
    assert copy.source != original.source
    assert copy.title != original.title
    assert copy.published >= original.published
    assert figures(copy.body) <= figures(original.body + others)
    if copy.edit == "re-headlined":
        assert copy.body == original.body
    if copy.edit == "cut":
        kept = [span.of(copy.body) for span in paragraphs(copy.body)]
        assert 4 <= len(kept) <= 6
        assert all(each in original.body for each in kept)
    if copy.edit == "truncated":
        assert original.body.startswith(copy.body.removesuffix(" ..."))
        assert len(copy.body) < 0.7 * len(original.body)
    if copy.edit in {"quoting", "mixed"}:
        assert figures(copy.body) - figures(original.body)
