"""Checks of claims, as Markdown and on a terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from groundwire.domain.retrieval import Scope
from groundwire.ground.checking import check_claim
from groundwire.interfaces.render.checks import check_markdown, headline, print_check
from tests.fakes.desk import INJECTIONS
from tests.fakes.passages import hit

if TYPE_CHECKING:
    from groundwire.domain.checks import CheckReport

TRAM = "The harbour tram of Norden carries 240 people."


def checked(claim: str, text: str = TRAM, scope: Scope | None = None) -> CheckReport:
    return check_claim(claim, (hit(text),), scope or Scope())


def on_terminal(check: CheckReport, *, with_sources: bool = True) -> str:
    console = Console(file=io.StringIO(), width=90, force_terminal=False)
    print_check(console, check, with_sources=with_sources)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_contradiction_says_why_and_shows_where() -> None:
    check = checked("The harbour tram of Norden carries 300 people.")
    lines = [
        "Contradicted.",
        "",
        "- the source says 240, not 300",
        "- in no passage found: 300",
        "",
        f"> {TRAM} [1]",
        "",
        "Sources:",
        "[1] Title a · Harbour Wire · ¶ 1 · a.md",
    ]
    assert check_markdown(check, with_sources=True).splitlines() == lines
    assert "Sources:" not in check_markdown(check, with_sources=False)


def test_a_terminal_says_the_same() -> None:
    check = checked("The harbour tram of Norden carries 300 people.", scope=Scope(("a*",)))
    said = on_terminal(check)
    for part in ("Contradicted.", "240, not 300", f"{TRAM} [1]", "a.md", "Filters: documents a*"):
        assert part in said
    assert "a.md" not in on_terminal(check, with_sources=False)


@pytest.mark.parametrize(
    ("claim", "head"),
    [
        (TRAM, "Supported, word for word."),
        ("In Norden people love the harbour tram, which carries 240 people.", "Not verified"),
        ("Olsen won in Melbourne.", "Not supported: no passage says this."),
    ],
)
def test_the_verdict_comes_first(claim: str, head: str) -> None:
    check = checked(claim)
    assert headline(check).startswith(head)
    assert on_terminal(check).startswith(head)
    assert ("Closest:" in on_terminal(check)) == (head == "Not verified")
    assert ("Closest:" in check_markdown(check, with_sources=True)) == (head == "Not verified")


def test_a_hostile_document_cannot_break_out_of_a_line() -> None:
    text = f"The tram\x1b[2J of Norden says {' '.join(INJECTIONS)}\u202e today."
    check = checked("The tram of Norden says so today.", text)
    for shown in (check_markdown(check, with_sources=True), on_terminal(check)):
        assert "Norden" in shown
        assert not {"\x1b", "\u202e"} & set(shown)
