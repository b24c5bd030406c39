"""BLEU as sacrebleu computes it, and which questions count as left alone."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest

from eval.public.rewriting import bleu, rewritten_questions, same

if TYPE_CHECKING:
    from pathlib import Path


def test_bleu_by_hand() -> None:
    # One of 6 words differs, at the end: precisions 5/6, 4/5, 3/4, 2/3, no brevity penalty.
    found = bleu(["the cat sat on the mat"], ["the cat sat on the rug"])
    assert found.value == pytest.approx((5 / 6 * 4 / 5 * 3 / 4 * 2 / 3) ** 0.25)
    assert found.count == 1


def test_bleu_counts_case_and_cuts_off_the_question_mark() -> None:
    exact = bleu(["Who met Xi in Pyongyang ?"], ["Who met Xi in Pyongyang?"])
    assert exact.value == pytest.approx(1)
    lower = bleu(["who met Xi in Pyongyang?"], ["Who met Xi in Pyongyang?"])
    assert lower.value == pytest.approx((5 / 6 * 4 / 5 * 3 / 4 * 2 / 3) ** 0.25)


def test_bleu_punishes_brevity_over_the_whole_corpus() -> None:
    found = bleu(["a b c d", "e f g h"], ["a b c d", "e f g h i j"])
    assert found.value == pytest.approx(math.exp(1 - 10 / 8))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Who met Xi", "who met Xi?", True),
        ("Is it Wu Tang Clan?", "Is it Wu-Tang Clan?", True),
        ("Who met Xi?", "Who met him?", False),
    ],
)
def test_a_question_left_alone_may_differ_in_case_and_marks(
    one: str,
    other: str,
    expected: bool,  # noqa: FBT001 -- a table
) -> None:
    assert same(one, other) is expected


def test_a_conversation_is_read_with_its_heading_and_its_sides(tmp_path: Path) -> None:
    row = {"id": "c1", "source": "canard", "question": "Why?", "rewrite": "Why did they part?"}
    asked = row | {"history": ["The Lanterns", "Early years", "Did they part?", "Yes, in 1985"]}
    plain = row | {"id": "m1", "source": "mtrag/govt", "history": ["What is a tram?", "Why?"]}
    lines = "".join(json.dumps(each) + "\n" for each in (asked, plain))
    (tmp_path / "rewrite.jsonl").write_text(lines, encoding="utf-8")
    canard, mtrag = rewritten_questions(tmp_path)
    assert [turn.role for turn in canard.history] == ["user", "user", "user", "assistant"]
    assert [turn.role for turn in mtrag.history] == ["user", "user"]
    assert (canard.family, mtrag.family) == ("canard", "mtrag")
    assert not canard.stands_alone
