"""Arguments, mentions and days, as people type them."""

from __future__ import annotations

import shlex
from datetime import date

import pytest

from groundwire.domain.errors import UsageError
from groundwire.interfaces.repl.parsing import day, mentioned, names, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a.md b.md", ["a.md", "b.md"]),
        ('"two words.md" b', ["two words.md", "b"]),
        (r'"he said \"no\".md"', ['he said "no".md']),
        ("Xi's visit and Kim's letter", ["Xi's", "visit", "and", "Kim's", "letter"]),
        ('"unfinished', ['"unfinished']),
        ("a # b", ["a", "#", "b"]),
    ],
)
def test_arguments_are_words_or_stand_in_quotes(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("name", ["a b", "[red]x[/red] $(rm).md", 'it is "so"', 'it\'s "so"'])
def test_a_name_quoted_for_a_shell_is_one_argument(name: str) -> None:
    assert words(shlex.quote(name)) == [name]


def test_names_may_have_an_at_before_them() -> None:
    assert names('@a.md @"two words.md" b @') == ["a.md", "two words.md", "b"]


KNOWN = {"letter.md": "d1", "two words.md": "d2"}


@pytest.mark.parametrize(
    ("typed", "question", "documents"),
    [
        ("Who wrote it?", "Who wrote it?", ()),
        ("@letter.md Who wrote it?", "Who wrote it?", ("d1",)),
        ("Who wrote it? @letter.md", "Who wrote it?", ("d1",)),
        ("What does @letter.md say of trade?", "What does the document say of trade?", ("d1",)),
        ("Who wrote @letter.md?", "Who wrote?", ("d1",)),
        ('@"two words.md" @letter.md Who?', "Who?", ("d2", "d1")),
        ("@letter.md @letter.md Who?", "Who?", ("d1",)),
        ("Who is @realDonaldTrump?", "Who is @realDonaldTrump?", ()),
        ("Write to me@letter.md, who?", "Write to me@letter.md, who?", ()),
        ("@letter.md", "", ("d1",)),
    ],
)
def test_documents_that_a_question_mentions(
    typed: str, question: str, documents: tuple[str, ...]
) -> None:
    assert mentioned(typed, KNOWN.get) == (question, documents)


def test_a_day() -> None:
    assert day(" 2019-06-20 ") == date(2019, 6, 20)
    with pytest.raises(UsageError, match="'yesterday' is not a date such as 2019-06-20"):
        day("yesterday")
