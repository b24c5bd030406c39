"""Which sentences of a document tell something: not headings, by-lines, captions or furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from groundwire.text.paragraphs import paragraphs

if TYPE_CHECKING:
    from groundwire.domain.spans import Span
    from groundwire.retrieve.accounts import Account

_FURNITURE = re.compile(
    r"^(?:(?-i:By\s+[A-Z])|(?:file\s)?(?:photo(?:graph)?s?|image|picture|credit|source|caption|video"
    r"|watch|listen|related|topics|tags)\s*[:|©]"
    r"|(?:reporting|editing|writing|additional\sreporting)\sby\b"
    r"|read\s(?:more|also|next)\b|follow\sus\b|subscribe\b|sign\sup\b|advertisement\b|click\shere\b"
    r"|share\sthis\b|copyright\b|all\srights\sreserved\b|©|!\[)",
    re.IGNORECASE,
)
_OF_THE_TEXT = re.compile(
    r"^(?:correction|clarification|update|editor.s\snote)\b"
    r"|^get\sin\stouch\b|\bcontributed\sto\sthis\s(?:report|story|article)\b|\(@\w+\)"
    r"|\baffiliate\s(?:links?|partnerships?)\b|\bethics\spolicy\b|\beditorial\scontent\b"
    r"|\b(?:first|earlier|previous|original)\sversion\b(?:\sof\sth(?:is|e)\b)?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w+")
_ENDED = re.compile(r"[.!…。！][\"'\u201d\u2019\u00bb)\]*_\u300d]*$")  # noqa: RUF001 -- wide stops
_ASKED = re.compile(r"[?？][\"'\u201d\u2019\u00bb)\]*_\u300d]*$")  # noqa: RUF001 -- the wide mark
_LEAST_WORDS = 4
_TITLE_WORDS = 14


def telling(account: Account) -> tuple[int, ...]:
    """Return which sentences of an account tell something, in order.

    Left out are headings, also those that a plain text does not mark (a paragraph of few words
    without a full stop), by-lines, captions and the furniture of a web page, questions, notes on
    corrections, and paragraphs that address a chatbot.
    """
    text = account.document.text
    headings = account.document.headings
    whole = paragraphs(text)
    starts = [paragraph.start for paragraph in whole]
    found = []
    for at, sentence in enumerate(account.sentences):
        paragraph = whole[max(bisect_right(starts, sentence.span.start) - 1, 0)]
        in_heading = any(heading.contains(sentence.span) for heading in headings)
        if not (sentence.order or in_heading or _is_furniture(sentence.text, text, paragraph)):
            found.append(at)
    return tuple(found)


def _is_furniture(sentence: str, text: str, paragraph: Span) -> bool:
    """Return whether a sentence says nothing of the story itself."""
    wide = not sentence.isascii() and len(_LETTER.findall(sentence)) > _TITLE_WORDS
    count = len(_WORD.findall(sentence))
    if any(each.search(sentence) for each in (_FURNITURE, _OF_THE_TEXT, _ASKED)):
        return True
    if not _LETTER.search(sentence) or (count < _LEAST_WORDS and not wide):
        return True
    alone = paragraph.of(text).strip() == sentence
    return alone and not _ENDED.search(sentence) and count <= _TITLE_WORDS
