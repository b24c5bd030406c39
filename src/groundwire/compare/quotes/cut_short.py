"""Quotations whose every word is right and that say something else, for what they leave off."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from groundwire.domain.quotations import QuoteEdit
from groundwire.text.speech import negations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.compare.quotes.speeches import Page
    from groundwire.domain.spans import Span

_SWEEPING = frozenset(
    (
        *("no", "not", "never", "nobody", "none", "nothing", "neither", "nor", "nowhere", "cannot"),
        *(
            "every",
            "everyone",
            "everybody",
            "all",
            "always",
            "any",
            "only",
            "best",
            "worst",
            "most",
        ),
        *("least", "first", "last", "biggest", "largest", "smallest", "highest", "lowest"),
    )
)
_NARROWS = re.compile(
    r"\s+(?:from|until|till|unless|if|except|without|before|after|when|where|while|since|than|that|who"
    r"|which|other|but\s(?:not|only)|to\s(?!be\b)|for|in|on|at|of|with|by|yet|so\sfar)\b"
)
_TURNS = re.compile(
    r"[,;\u2013\u2014]?\s*(?:unless|except|provided|as\slong\sas|but\s(?:not|only|never)"
    r"|if|or\sso|or\snot|only\sif|until|without)\b"
)
_TO_CLAUSE_END = re.compile(r"[^.!?;,:\u2026\"\u201c\u201d\n]*")
_BEFORE_A_CLAUSE = '.!?;,:\u2026"\u201c\u201d\u2018\n'
_MOST_BEFORE = 8
_CONDITION = re.compile(r"\b(?:if|unless|whether|doubt|doubts|doubted|would)\b", re.IGNORECASE)
_NARROWED_BY = 4
"""A condition further from the words than so many does not bind them."""


def cut_short(page: Page, span: Span, keys: Sequence[str]) -> tuple[QuoteEdit, ...]:
    """Return what stands right beside words in a document and binds them; nothing if nothing does.

    Behind the words that is a condition ("unless …"), and for a sentence that denies or speaks of
    all, whatever narrows it: "No officer has hidden a number" | "from members". Before them it is a
    denial or doubt in the same clause: "I do not" | "want to close a library".

    Args:
        page: The paragraphs that hold them.
        span: The words, in the document's text.
        keys: What the words are compared by.
    """
    start, end = span.start - page.start, span.end - page.start
    after, before = _what_follows(page, span) or page.text[end:], page.text[:start]
    found: list[QuoteEdit] = []
    before = before.removesuffix("\n")
    lead = before[max(map(before.rfind, _BEFORE_A_CLAUSE)) + 1 :].strip()
    words = lead.split()
    if words and len(words) <= _MOST_BEFORE and _denies(words):
        found.append(QuoteEdit("", lead))
    opens = not words
    bound = _TURNS.match(after) or (opens and _SWEEPING & set(keys[:-1]) and _NARROWS.match(after))
    if bound:
        rest = _TO_CLAUSE_END.match(after, bound.end())
        printed = after[: rest.end() if rest else bound.end()].strip(" ,;\u2013\u2014")
        found.append(QuoteEdit("", printed))
    return tuple(found)


def _what_follows(page: Page, span: Span) -> str:
    """Return how a speech goes on after the attribution that breaks it behind some words."""
    for speech in page.speeches:
        for stretch, following in pairwise(speech.stretches):
            ends = stretch.contains(span) and page.text[
                span.end - page.start : stretch.end - page.start
            ].strip() in {",", ""}
            if ends:
                more = page.text[following.start - page.start : following.end - page.start]
                return f", {more.strip()}"
    return ""


def _denies(words: Sequence[str]) -> bool:
    lead = " ".join(words)
    near = " ".join(words[-_NARROWED_BY:])
    return bool(negations(lead) or _CONDITION.search(near))
