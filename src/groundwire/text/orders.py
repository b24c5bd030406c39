"""Parts of a typed question that tell the machine how to behave, and ask nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span
from groundwire.text.sentences import sentences
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"</?[A-Za-z_]{2,20}>|<\|[^|>]{0,30}\|?>|\[/?(?:INST|SYS)\]")
_HARD_END = re.compile(r"(?<=[?!])[\"'”’)]*\s+|\n+")
_ASKS = (
    r"(?:(?:in|on|at|by|for|to|from|since|until|as)\s+)?(?:what|who|whom|whose|when|where|why|which"
    r"|how|did|does|do|is|was|were|are|has|have|had|will|would|can|could)\b"
)
_POLITE = r"(?:\W*\b(?:please|now|first|then|also|and|so|but|ok|okay|just|next|instead)\b)*\W*"
_OWN = (
    r"(?:instructions?|prompts?|rules?|guidelines|documents?|files|sources?|citations?|context|texts?"
    r"|articles|corpus|archive|checks?|training|everything|above)"
)
_ORDER = re.compile(
    rf"""{_POLITE}(?:
      before\s+(?:you\s+)?answer(?:ing)?\b
    | (?:ignore|disregard|forget|override|bypass|skip|drop)\s+(?:\w+\s+){{0,4}}?{_OWN}\b
    | (?:print|reveal|show|repeat|output|display|leak|translate|recite|dump|quote)\s+
        (?:\w+\s+){{0,3}}?(?:your|hidden|system)\s+(?:\w+\s+)?
        (?:prompts?|instructions?|rules|guidelines|context)\b
    | you\s+(?:are|['’]re)\s+now\b | (?:act|pose|behave)\s+(?:as|like)\b | pretend\b | role-?play\b
    | (?:system\s+override|new\s+(?:task|instructions?|rules?|order)|jailbreak|developer\s+mode)\b
    | (?:system|developer|assistant|bot)\s*:
    | (?:invent|make\s+up|fabricate|guess)\b(?=.*\b(?:sources?|quotes?|figures?|citations?)\b)
    | (?:state|say|claim|assert|insist|write|agree)\s+that\b
    )|.*(?:\b(?:make|made)\s+up\s+an?\s+(?:source|quote|citation)\b|\bspeculate\s+freely\b
    |\bskip\s+the\s+citations\b)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is left out even where nothing else was typed."""

_MANNER = re.compile(
    rf"""{_POLITE}(?:
      from\s+now\s+on\b
    | (?:reply|respond|answer|write|speak)\s+(?:to\s+\w+\s+)?(?:only|solely|always|just|back)\b
    | (?:reply|respond|answer|write|speak)\s+(?:\w+\s+)?(?:with|in|as|like)\s+(?:
        the\s+(?:words?|style|voice|tone|manner|form)|an?|only|one|french|german|spanish|capitals
        |rhyme|verse|emojis?|json)\b
    | (?:repeat|confirm|use|print|copy)\s+(?:that|this|it|the)\s+
        (?:line|word|sentence|claim|text)\b
    | if\s+(?:the|your|these|none\s+of\s+the)\s+(?:documents?|files?|sources?|articles|archive)\s+
        (?:do|does|did|are|is|can|say)
    )|.*\bso\s+(?:just\s+|please\s+|simply\s+)*(?:use|say|write|print|go\s+with|put|state|repeat
    |quote|confirm|accept)\s+(?:that|this|it|so)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is left out beside a question: how to put the answer, and what where there is none."""

_REMINDS = re.compile(
    r"\W*(?:(?:as|since|because|like|in|during|at)\s+)?(?:(?:our|the|a)\s+(?:last|earlier|previous|other)"
    r"\s+\w+,?\s+)?(?:you|we)(?:['’]ve|\s+(?:have|had|just|already|both))?\s+(?:told|said|agreed|found"
    r"|confirmed|promised|established|settled|concluded)\b",
    re.IGNORECASE,
)
_MACHINE_TURN = re.compile(r"(?:^|(?<=\s))(?:assistant|bot|chatbot|system)\s*:\s", re.IGNORECASE)
_PERSON_TURN = re.compile(r"(?:^|(?<=\s))(?:user|human|me|question)\s*:\s", re.IGNORECASE)
_REST = re.compile(
    rf"[:;]\s+(?=(?:please\s+)?{_ASKS})|,\s+(?:and\s+|then\s+|but\s+)?(?={_ASKS}.*\?\W*$)"
    rf"|\b(?:in|with|as)\s+(?:\w+\s+){{1,2}}(?:sentences?|words?|lines?|paragraphs?)\s+(?={_ASKS})"
    rf"|\band\s+(?:then\s+)?(?:tell\s+me|answer|say|explain)\s+(?={_ASKS})",
    re.IGNORECASE,
)
_MIN_WORDS = 2
_OWN_WORDS = 3
"""Content words from which a question does not lean on what "you said" before it."""


def orders(text: str) -> tuple[Span, ...]:
    """Return the parts of a typed question that are orders to a machine, in order.

    Orders come before, around and after questions: to ignore the documents, to answer in some
    manner, to take a fact from an earlier conversation, in the dress of a tag, of a turn of the
    assistant or of a new task. Only whole sentences count, or a sentence up to the question that
    it ends in. A question about orders that other people gave is none.

    Args:
        text: What was typed.
    """
    found = [Span(*tag.span()) for tag in _TAG.finditer(text)]
    found += _machine_turns(text)
    rest = _blanked(text, found)
    softer: list[tuple[int, Span]] = []
    for part in _sentences(rest):
        said = part.of(rest)
        if _ORDER.match(said):
            found.append(_without_question(said, part))
        elif _MANNER.match(said):
            softer.append((1, _without_question(said, part)))
        elif _REMINDS.match(said):
            softer.append((_OWN_WORDS, _without_question(said, part)))
    left = len(content_words(_blanked(text, [*found, *(span for _, span in softer)])))
    found += [span for words, span in softer if left >= words]
    return tuple(sorted((span for span in found if span.start < span.end), key=_start))


def _start(span: Span) -> int:
    return span.start


def _machine_turns(text: str) -> Iterator[Span]:
    """Yield what stands between a made-up turn of the assistant and the next of the user."""
    for turn in _MACHINE_TURN.finditer(text):
        after = _PERSON_TURN.search(text, turn.end())
        if after is None:
            return
        yield Span(turn.start(), after.end())


def _blanked(text: str, spans: list[Span]) -> str:
    """Return a text of the same length with spaces where the spans are."""
    for span in spans:
        text = f"{text[: span.start]}{' ' * (span.end - span.start)}{text[span.end :]}"
    return text


def _sentences(text: str) -> list[Span]:
    """Return the sentences of what was typed, where capitals are not to be relied on."""
    starts = [0, *(end.end() for end in _HARD_END.finditer(text))]
    pieces = [Span(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True) if a < b]
    return [found.shift(piece.start) for piece in pieces for found in sentences(piece.of(text))]


def _without_question(said: str, part: Span) -> Span:
    """Return the part of an order up to the question that its sentence ends in, if it does."""
    for rest in _REST.finditer(said):
        if len(content_words(said[rest.end() :])) >= _MIN_WORDS:
            return Span(part.start, part.start + rest.end())
    return part
