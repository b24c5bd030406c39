"""Which sentences of a document may be said in a summary, and where each begins and ends.

Never said: orders to a chatbot, headings, rows of tables, by-lines, captions without a sentence,
and what a page says about itself ("Read more"). Weak ones are said only where a summary asks for
more sentences than stand well: fragments, questions, halves of quotations, words without a
speaker, captions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.text.marks import WIDE_STOPS
from groundwire.text.standing import dangles, is_balanced, lacks_a_speaker, speaks_of_itself
from groundwire.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.retrieve.accounts import Account, Sentence

LEAST_WORDS = 8
"""A sentence of fewer words seldom says anything alone."""

_SHORT_DOCUMENT = 3
_DATELINES_WITHIN = 2
_BULLET = re.compile(r"(?:[-*•‣▪–]|\(?\d{1,2}[.)])\s+(?=\S)")
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .,'’/-]{2,40}(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s?(?:\([^()]{2,30}\)\s?)?"
    r"[-–—]{1,2}"
    r"|\(\s?[A-Za-z][\w.&’']*(?:\s[\w.&’']+){0,2}\s?\)\s?(?:[-–—]{1,2})?)\s+(?=[A-Z“\"'‘`])"
)
_CLOSING = re.compile(r"(?:''|[\"'’”»])\s+(?=\S)")
_CLOSED_AFTER = re.compile(r"\s?(?:''|[\"'’”»])(?=\s|$)")
_WIDE_QUESTION = "\uff1f"
_TERMINAL = re.compile(rf"[.!?…{WIDE_STOPS}]\s?(?:''|[\"'’”»)\]」』*])*$")
_QUESTION = re.compile(rf"[?{_WIDE_QUESTION}]\s?(?:''|[\"'’”»)\]」』])*$")
_ROW = re.compile(r"(?:[^|]*\|){2}|(?:[^\t]*\t){2}|^\W*\|")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\W*\d[\d.,:%/-]*\W*")
_OF_THE_PAGE = re.compile(
    r"(?:by\s(?:[A-Z][\w.’'-]*\s?){1,4}$"
    r"|(?:photo|image|picture|video|credit|source|caption|graphic|illustration|related|tags?|topics?"
    r"|file)s?(?:\s(?:by|credits?|courtesy|photo))?\s?[:/©|]"
    r"|©|\(c\)|copyright\b|(?:additional\s)?(?:reporting|writing|editing)\sby\b|edited\sby\b"
    r"|read\s(?:more|also|next|on)\b|click\s(?:here|on)\b|scroll\s(?:down|through)\b|sign\sup\b"
    r"|subscribe\b|follow\s(?:us|me|him|her|them|@)|advertisement\b|share\s(?:this|on)\b"
    r"|more\son\sthis\b|listen\sto\sthe\b|watch\s(?:the\svideo|live|below|now)\b"
    r"|(?:correction|clarification|update)\b\s?[:,—–-]"
    r"|(?:the|an)\s(?:first|earlier|original|previous)\sversion\b"
    r"|this\s(?:article|story|post|page)\s(?:was|is|has|originally|contains|appeared)\b"
    r"|editor[’']?s[’']?\snote\b|(?:last\s|first\s)?(?:updated|published)(?:\s(?:on|at)|:)"
    r"|for\smore\s(?:information|on)\b|(?:send|email)\s(?:us|your)\b|join\s(?:us|the)\b"
    r"|if\syou\s(?:buy|click|purchase)\b|we\s(?:may\s)?(?:earn|receive)\b)",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"\ball\srights\sreserved\b|\bgetty\simages\b|\baffiliate\s(?:commission|link)|\bclick\shere\b"
    r"|\bscroll\sdown\b|\b(?:sign\sup|subscribe)\s(?:for|to)\sour\b|\bour\s(?:\w+\s)?newsletters?\b"
    r"|\bpromo\scode\b"
    r"|\bprivacy\spolicy\b|\bterms\sof\s(?:use|service)\b|\badvertisement\b",
    re.IGNORECASE,
)
_PAGE_WORDS = 30
_FORM = re.compile(r"\{\{|\bvalid\semail\saddress\b|\bSIGN\sUP\b|\bwould\slike\sto\sbe\semailed\b")
_CAPTION = re.compile(
    r"\(\s?(?:pictured|centre|center|left|right|above|below|top|bottom|circled|inset|far\s(?:left|right)"
    r"|second\s(?:left|right)|file\sphoto|foreground|background)\b"
    r"|^(?:pictured|above|below|left|right|centre|top|bottom)\s?[:(]"
    r"|\b(?:is|are|was|were)\spictured\b|\bin\sthis\s(?:photo|image|picture|file\sphoto)\b"
    r"|\bpictured\s(?:here|above|below|left|right|in|at|with)\b",
    re.IGNORECASE,
)
_SOMEBODY_SAID = re.compile(
    r"[“\"‘'`].*[”\"’',]\s?(?:he|she|they)\s(?:\w+\s)?\w+(?:ed|aid|old|s)\b[^“\"]*$", re.IGNORECASE
)
_OF_THE_ARTICLE = re.compile(
    r"here(?:[’']s|\sis|\sare)\b|what\s(?:you\sneed|we\sknow|to\s(?:know|expect|watch))\b"
    r"|(?:\w+\s){1,3}(?:offers|takes)\s(?:an?|its|his|her)\s(?:\w+\s)?(?:look|assessment|guide)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be said.

    Attributes:
        at: Its place among the sentences of its account.
        span: What would be said, in the document's offsets: the sentence without the dateline,
            list mark or stray quotation mark that it opens with.
        text: Exactly these characters.
        words: Its words, as white space parts them.
        weak: Whether it is only said for want of better ones.
        dangles: Whether it opens with a word that may lean on what was said before.
    """

    at: int
    span: Span
    text: str
    words: int
    weak: bool
    dangles: bool


def candidates(account: Account) -> tuple[Candidate, ...]:
    """Return the sentences of an account that may be said, in order."""
    text = account.document.text
    headings = account.document.headings
    starts = [heading.start for heading in headings]
    tiny = len(account.sentences) <= _SHORT_DOCUMENT
    found: list[Candidate] = []
    end = 0
    for at, sentence in enumerate(account.sentences):
        if sentence.order or _in_heading(sentence.span, headings, starts):
            continue
        span = _said(sentence, text, end, first=at < _DATELINES_WITHIN)
        if span is None:
            continue
        end = span.end
        said = span.of(text)
        count = len(said.split())
        enough = count >= LEAST_WORDS or len(words(said)) >= LEAST_WORDS
        if _never(said, enough=enough or tiny):
            continue
        found.append(Candidate(at, span, said, count, not enough or _is_weak(said), dangles(said)))
    return tuple(found)


def _in_heading(span: Span, headings: Sequence[Span], starts: Sequence[int]) -> bool:
    place = bisect_right(starts, span.start) - 1
    return place >= 0 and headings[place].contains(span)


def _said(sentence: Sentence, text: str, after: int, *, first: bool) -> Span | None:
    """Return the part of a sentence that is said, with a quotation mark that closes after it.

    Args:
        sentence: The sentence.
        text: The document's text.
        after: Where the sentence before it ends, with the mark that closes it.
        first: Whether it stands where a dateline may.
    """
    start, end = max(sentence.span.start, after), sentence.span.end
    while start < end and text[start].isspace():
        start += 1
    for mark in (_DATELINE, _BULLET) if first else (_BULLET,):
        opening = mark.match(text, start, end)
        start = opening.end() if opening else start
    if start >= end:
        return None
    if not is_balanced(text[start:end]):
        stray = _CLOSING.match(text, start, end)
        closing = _CLOSED_AFTER.match(text, end, sentence.hit.passage.span.end)
        if stray and is_balanced(text[stray.end() : end]):
            start = stray.end()
        elif closing and is_balanced(text[start : closing.end()]):
            end = closing.end()
    return Span(start, end)


def _never(said: str, *, enough: bool) -> bool:
    ended = bool(_TERMINAL.search(said))
    if not _LETTER.search(said) or not (ended or enough):
        return True
    tokens = said.split()
    figures = len([token for token in tokens if _NUMBER.fullmatch(token)])
    if _ROW.match(said) or 2 * figures > len(tokens):
        return True
    page = len(tokens) <= _PAGE_WORDS and bool(_ANYWHERE.search(said))
    return page or bool(_OF_THE_PAGE.match(said)) or _is_form(said)


def _is_weak(said: str) -> bool:
    return (
        not _TERMINAL.search(said)
        or bool(_QUESTION.search(said))
        or not is_balanced(said)
        or lacks_a_speaker(said)
        or speaks_of_itself(said)
        or _is_caption(said)
        or bool(_OF_THE_ARTICLE.match(said))
        or bool(_SOMEBODY_SAID.match(said))
    )


def _is_caption(said: str) -> bool:
    # The marks are looked for first: the pattern is slow, and most sentences have none.
    marked = "(" in said or "ictured" in said or ":" in said or "this " in said
    return marked and bool(_CAPTION.search(said))


def _is_form(said: str) -> bool:
    return ("{{" in said or "email" in said or "SIGN" in said) and bool(_FORM.search(said))
