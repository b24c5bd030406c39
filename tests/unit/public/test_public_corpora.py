"""Public data as folders: what is written, who is in which half, what a limit takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eval.public.corpora import (
    ParagraphQuestion,
    halves,
    markdown,
    missing_files,
    spread,
    squad_questions,
    write_paragraphs,
)
from eval.public.paragraphs import holds

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = ParagraphQuestion("q1", "How late?", "Ferry_1.txt", "Ferry", ("an hour", "60 minutes"))


@pytest.mark.parametrize(
    ("limit", "expected"), [(None, "abcdefg"), (9, "abcdefg"), (3, "ace"), (2, "ad"), (1, "a")]
)
def test_a_limit_spreads_evenly(limit: int | None, expected: str) -> None:
    assert "".join(spread("abcdefg", limit)) == expected


def test_siblings_of_an_article_are_in_different_halves() -> None:
    paths = ["Tram_1.txt", "Ferry_1.txt", "Ferry_2.txt", "Ferry_1.txt"]
    questions = [ParagraphQuestion("", "", path, "", ()) for path in paths]
    assert halves(questions) == {"Ferry_1.txt": 0, "Ferry_2.txt": 1, "Tram_1.txt": 0}


def test_markup_in_a_text_is_no_markup() -> None:
    assert markdown("a *b* #1\n- x\n2. y") == "a \\*b\\* \\#1\n\\- x\n2\\. y"


def test_missing_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "news_corpus.json").write_text("[]")
    assert missing_files(tmp_path, ["news"]) == ("news_multihop.jsonl",)
    assert missing_files(tmp_path, ["squad", "clapnq"]) == ("squad2.jsonl", "clapnq.jsonl")


def test_a_file_that_is_right_is_left_alone(tmp_path: Path) -> None:
    rows = [{"para": "Ferry#1", "context": "Late."}] * 2
    assert write_paragraphs(rows, tmp_path) == ("Ferry_1.txt",)
    before = (tmp_path / "Ferry_1.txt").stat().st_mtime_ns
    write_paragraphs(rows, tmp_path)
    assert (tmp_path / "Ferry_1.txt").stat().st_mtime_ns == before
    write_paragraphs([{"para": "Ferry#1", "context": "Early."}], tmp_path)
    assert (tmp_path / "Ferry_1.txt").read_text() == "Early.\n"


def test_answers_of_an_impossible_question_do_not_count(tmp_path: Path) -> None:
    row = {"id": "1", "title": "Ferry", "para": "Ferry#1", "context": "Late.", "question": "When?"}
    rows = [
        {**row, "answers": ["Late"], "answerable": False},
        {**row, "answers": {"text": ["Late"]}, "answerable": True},
    ]
    (tmp_path / "squad2.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows))
    impossible, real = squad_questions(tmp_path)
    assert (impossible.answerable, impossible.answers) == (False, ())
    assert (real.answerable, real.answers, real.path) == (True, ("Late",), "Ferry_1.txt")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("Ferry_1.txt", "It was an hour late."), True),
        (("Ferry_1.txt", "It took 60 minutes."), True),
        (("Ferry_2.txt", "It was an hour late."), False),
        (("Ferry_1.txt", "It was late."), False),
        (None, False),
    ],
)
def test_a_sentence_is_right_in_its_paragraph_alone(
    place: tuple[str, str] | None,
    expected: bool,  # noqa: FBT001 -- a case's own value
) -> None:
    assert holds(QUESTION, place) is expected
