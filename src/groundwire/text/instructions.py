"""Sentences that speak to a machine instead of a reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.text.paragraphs import paragraphs

if TYPE_CHECKING:
    from groundwire.domain.spans import Span

_READERS = (
    r"(?:AIs?|A\.I\.|(?:AI|digital|virtual)\s+(?:assistants?|agents?|systems?|models?)|assistants?"
    r"|chat\s?bots?|bots?|(?:large\s+)?language\s+models?|LLMs?|GPTs?|crawlers?)"
)
_ORDERS = r"(?:instructions?|prompts?|directions?|directives?|rules|guidelines|context|messages?)"
_WHICH = r"(?:all|any|every|the|your|these|those|of|other|previous|prior|earlier|above|preceding)"
# Each run of white space and signs is read once, from its beginning: some are made to be long.
_ADDRESSED = re.compile(
    rf"""(?>(?:^|(?<=\w)\W*?(?:[.:;!]\s|\n))\W*+)(?:please\s+)?(?:
      (?:ignore|disregard|forget|override)\s+(?:{_WHICH}\s+){{1,4}}{_ORDERS}\b
    | (?:note|notice|message|instructions?|attention|reminder)\s*+(?:to|for)?\s*+:?\s*+
      (?:all\s+|any\s+)?{_READERS}\b
    | (?:if\s+)?you\s+are\s+(?:now\s+)?(?:an?\s+)?{_READERS}\b
    | (?:reveal|print|repeat|show|output)\s+(?:me\s+)?(?:your|the)\s+(?:system\s+)?prompt\b
    | (?:system|assistant|developer)\s*:\s
    | (?:<\|?|(?<=<)|(?<=<\|))(?:im_start|system|endoftext)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def instruction_spans(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a text that address a chatbot, in order.

    Press releases and scraped pages can hold orders to whatever machine reads them. They are
    data like everything else and obeyed by nothing here, but quoting them as an answer would
    spread them. A paragraph counts when a sentence of it opens with such an order or with an
    address to machines; a story that reports one inside a sentence or in quotation marks does
    not, because a newsroom may well ask about it.
    """
    return tuple(span for span in paragraphs(text) if _ADDRESSED.search(span.of(text)))
