"""Names as they are typed, what a menu offers, the toolbar at every width."""

from __future__ import annotations

import shlex
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.utils import get_cwidth

from groundwire.domain.documents import DocumentId
from groundwire.domain.errors import IndexMissingError
from groundwire.interfaces.repl.completing import LineCompleter, Lookup
from groundwire.interfaces.repl.naming import (
    Mention,
    begun_mention,
    begun_names,
    mentions,
    quoted,
    unquoted,
)
from groundwire.interfaces.repl.toolbar import Bar, cut, drawn
from tests.terminal.prompt_program import COMMANDS, DOCUMENTS, SESSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.documents import DocumentInfo

NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)


@given(NAMES)
def test_a_quoted_name_is_read_back(name: str) -> None:
    typed = quoted(name)
    assert unquoted(typed) == name
    assert shlex.split(typed) == [name]
    assert mentions(f"(@{typed}, perhaps") == (Mention(name, 1, 2 + len(typed)),)


@given(st.text())
def test_any_text_is_read_without_failing(text: str) -> None:
    for mention in mentions(text):
        assert text[mention.start] == "@"
        assert mention.name == unquoted(text[mention.start + 1 : mention.end])
    begun = begun_mention(text)
    assert begun is None or text.endswith(f"@{begun}")
    assert all(text.endswith(each) for each in begun_names(text))
    unquoted(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("what of @a/b.md?", ["a/b.md"]),
        ("“@a.md” and (@b.md), @c.md.", ["a.md", "b.md", "c.md"]),
        ('@"two words.md" or @"say \\"no\\""', ["two words.md", 'say "no"']),
        ("lee@example.org, a@b, @, @ a", []),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert [mention.name for mention in mentions(text)] == names


@pytest.mark.parametrize(
    ("arguments", "begun"),
    [
        ("", ("",)),
        ("a.md ", ("",)),
        ("a letter", ("a letter", "letter")),
        ('"a b" let fr', ("let fr", "fr")),
        ('a "open quo', ('a "open quo', '"open quo')),
        ('"closed"', ("",)),
    ],
)
def test_a_name_that_is_being_typed(arguments: str, begun: tuple[str, ...]) -> None:
    assert begun_names(arguments) == begun


def offered(text: str, documents: Sequence[DocumentInfo] = DOCUMENTS) -> list[str]:
    completer = LineCompleter(COMMANDS, lambda: documents, lambda: SESSIONS, ("a.b",))
    return [each.text for each in completer.get_completions(Document(text), CompleteEvent())]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("/", ["/help ", "/docs", "/summarize ", "/resume ", "/set "]),
        (" /h", ["/help "]),
        ("/s", ["/summarize ", "/set "]),
        ("/x", []),
        ("one\n/he", []),
        ("/summarize pylet", ["pyongyang/letter.md"]),
        ("/summarize PYONG", ["pyongyang/letter.md"]),
        ("/summarize lett kim", ["pyongyang/letter.md"]),
        ("/summarize ltrkm", ["pyongyang/letter.md"]),
        ("@" + "a" * 5000 + "zq", []),
        ("/s two", []),
        ("/resume 01kab", [SESSIONS[0].id]),
        ("/set ", ["a.b"]),
        ("@nobody at all", []),
    ],
)
def test_what_is_offered(text: str, texts: list[str]) -> None:
    assert offered(text) == texts


def test_the_nearest_is_offered_first() -> None:
    def named(identifier: str, path: str) -> DocumentInfo:
        return replace(DOCUMENTS[0], id=DocumentId(identifier), path=path, title=path)

    paths = ("xkxixm.md", "x-akim.md", "letter-kim.md", "kim.md")
    infos = [named(f"{n}" * 16, path) for n, path in enumerate(paths)]
    assert offered("@kim", infos) == ["kim.md", "letter-kim.md", "x-akim.md"]
    assert offered("@kim", infos[:1]) == ["xkxixm.md"]  # its letters, where nothing is nearer


def test_a_path_that_two_documents_have_is_named_by_id() -> None:
    twins = [replace(DOCUMENTS[0], id=DocumentId(f"{n}" * 16)) for n in range(2)]
    assert offered("@letter", twins) == [twin.id for twin in twins]


def test_a_menu_is_not_endless() -> None:
    many = [replace(DOCUMENTS[0], path=f"{n}.md", title=f"letter {n}") for n in range(2000)]
    assert 0 < len(offered("@let", many)) < 100


def test_an_index_that_is_not_there_offers_nothing() -> None:
    def missing() -> tuple[DocumentInfo, ...]:
        raise IndexMissingError("index")

    completer = LineCompleter(COMMANDS, missing, tuple)
    assert not list(completer.get_completions(Document("@a"), CompleteEvent()))


def test_a_lookup_is_fetched_once_while_it_is_fresh() -> None:
    fetched: list[int] = []

    def fetch() -> list[int]:
        fetched.append(1)
        return [len(fetched)]

    kept = Lookup(fetch)
    assert [kept.items() for _ in range(3)] == [(1,)] * 3
    stale = Lookup(fetch, fresh_s=0)
    assert stale.items() == (2,)
    stale.items()
    while stale.items() == (2,):
        Event().wait(0.01)


LONG = Bar(
    1204, "Harbour Wire, Meridian Wire since 2019-06-20", "ollama:llama3.1:8b", "金" * 20, 12
)


@given(st.integers(1, 250), st.sampled_from([LONG, Bar(0), Bar(None), Bar(1, "\x1b[2J\n金")]))
def test_the_toolbar_is_one_line_that_fits(columns: int, bar: Bar) -> None:
    text = bar.text(columns)
    assert get_cwidth(text) <= columns
    assert text.isprintable()


@pytest.mark.parametrize(
    ("bar", "columns", "text"),
    [
        (LONG, 40, "1204 docs · Harbour Wire, Meri… · 12.0 s"),
        (Bar(1), 40, "1 document · everything"),
        (Bar(12, model="extractive"), 30, "12 docs · all · extractive"),
        (Bar(None, model="extractive"), 80, "everything · extractive"),
        (Bar(12, "Harbour Wire"), 12, "12 docs · H…"),
    ],
)
def test_the_toolbar(bar: Bar, columns: int, text: str) -> None:
    assert bar.text(columns) == text


def test_a_line_is_cut_between_characters() -> None:
    assert [cut("金金金", columns) for columns in (6, 5, 4, 1, 0)] == [
        "金金金",
        "金金…",
        "金…",
        "…",
        "",
    ]


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", "·"), ("ascii", "|"), ("odd", "|")])
def test_signs_that_the_screen_lacks_are_replaced(encoding: str, mark: str) -> None:
    assert mark in drawn(lambda: LONG, lambda: 80, encoding)()
