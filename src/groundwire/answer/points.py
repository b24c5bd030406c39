"""What a question wants said: its points, and the sides it sets next to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.retrieve.clauses import clauses
from groundwire.text.tokens import content_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.retrieve.outlets import NamedOutlet

Form = Literal["fact", "several", "timeline", "versions", "points", "sides"]

_ASKS = (
    r"(?:what|who|whom|whose|when|where|why|which|how|did|does|do|is|was|were|are|has|have|had)\b"
)
_NEXT_QUESTION = re.compile(
    rf"(?:,\s*|\s+|[;?.]\s+)(?:and|or|but)\s+(?={_ASKS})|[;?]\s+(?=\w)", re.IGNORECASE
)
_TIMELINE = re.compile(
    r"\b(?:time-?line|chronolog\w+|over time|step by step|history of|evolved?|evolution)\b"
    r"|(?:^|please |you |, )(?:track|trace)\b",
    re.IGNORECASE,
)
_VERSIONS = re.compile(
    r"\b(?:different|differing|conflicting|contradictory|rival|competing|inconsistent)\s"
    r"(?:figures|numbers|accounts|versions|estimates|counts|totals|reports|claims|stories)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\bwhy\b|\breasons\b|\bhow (?:do|does|did|is|are|was|were|has|have|had|can|could|will|would)\b"
    r"|^(?:list|name|summari[sz]e|describe|explain|outline|give)\b"
    r"|\b(?:what|which) (?!are (?:they|the chances)\b)(?:\w+ )?(?:are|were) the \w+s\b"
    r"|\b(?:what|which) (?:\w+ ){0,2}(?:steps|measures|reasons|countries|companies|people|cuts"
    r"|charges|demands|conditions|concerns|arguments|promises|changes|factors|groups|cities"
    r"|problems|criticisms|effects|causes|benefits|risks|figures|sides)\b",
    re.IGNORECASE,
)
_WHICH_OR = re.compile(
    r"\b(?:which|who|what)\b[^,?:]*[,:]\s*(?P<a>[^,?]+?),?\s+or\s+(?P<b>[^,?]+)", re.IGNORECASE
)
_DIFFER = re.compile(
    r"\b(?:do|does|did|is|was|are|were)\s+(?P<a>.+?)\s+"
    r"(?:differ\w*\s+from|disagree\s+with|agree\s+with|compare\s+(?:with|to)"
    r"|contradict|match|consistent\s+with|different\s+from|similar\s+to)\s+(?P<b>[^?]+)",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\bcompare\s+(?:what\s+)?(?P<a>[^,?]+?)\s+(?:and|with|to)\s+(?:what\s+)?(?P<b>[^,?]+?)"
    r"(?=\s+(?:said|say|says|told|on|about|did|reported)\b|[,?.]|$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?P<a>[^,?]+?)\s+and\s+(?P<b>[^,?]+)", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"\b(?:report|account|article|version|story|coverage|view|position)s?\b", re.IGNORECASE
)
_BOTH = re.compile(
    r"^(?:did|do|does|is|are|was|were|have|has|had|will|would|can)\s+(?:both\s+)?(?P<a>.+?)\s+and\s+"
    r"(?P<b>.+?)\s+both\b"
    r"|^(?:did|do|does|are|were|have|had|will|would|can)\s+both\s+(?P<c>.+?)\s+and\s+(?P<d>.+?)"
    r"\s+(?=[a-z])",
    re.IGNORECASE,
)
_OF = re.compile(
    r"['’]s?(?:\s+(?:own\s+)?(?:account|report|version|article|story|view|position)s?\b.*)?$",
    re.IGNORECASE,
)
_MIN_WORDS = 2
_READ = 1_000
"""Characters of a question that are read for its form; nobody asks for more in so many words."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things, speakers or outlets that a question sets side by side.

    Attributes:
        name: As the question says it.
        sources: The outlets that it means; empty if it is no outlet.
    """

    name: str
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Demand:
    """What a question wants said.

    Attributes:
        form: One ``fact``; ``several`` sentences; a ``timeline``; different ``versions`` of one
            thing; a sentence for each of several ``points``, or of two or more ``sides``.
        points: The parts of the question that each want a sentence, for ``points``.
        sides: What is set side by side, for ``sides``.
    """

    form: Form
    points: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()


def demand(question: str, outlets: Sequence[NamedOutlet] = ()) -> Demand:
    """Return what a question wants said.

    Args:
        question: What is asked.
        outlets: The outlets that it names.
    """
    question = question[:_READ]
    sides = _sides(question, [outlet for outlet in outlets if outlet.span.end <= _READ])
    if sides:
        return Demand("sides", sides=sides)
    if _TIMELINE.search(question):
        return Demand("timeline")
    if _VERSIONS.search(question):
        return Demand("versions")
    points = _points(question)
    if len(points) > 1:
        return Demand("points", points=points)
    return Demand("several" if _SEVERAL.search(question) else "fact")


def _sides(question: str, outlets: Sequence[NamedOutlet]) -> tuple[Side, ...]:
    distinct = {outlet.sources: outlet for outlet in outlets}
    if len(distinct) > 1:
        return tuple(Side(o.span.of(question), o.sources) for o in distinct.values())
    for pair in _pairs(question):
        named = tuple(_shortened(part) for part in pair)
        if all(content_words(name) for name in named):
            return tuple(Side(name) for name in named)
    return ()


def _pairs(question: str) -> Iterator[tuple[str, str]]:
    for pattern in (_WHICH_OR, _DIFFER, _COMPARE):
        match = pattern.search(question)
        if match:
            yield match["a"], match["b"]
    match = _BETWEEN.search(question)
    if match and _ACCOUNT.search(match.group()):
        yield match["a"], match["b"]
    match = _BOTH.search(question)
    if match:
        yield match["a"] or match["c"], match["b"] or match["d"]


def _shortened(side: str) -> str:
    """Return who or what a side is, without what it is about."""
    cut = _OF.sub("", side.strip()).strip()
    return cut if content_words(cut) else side.strip()


def _points(question: str) -> tuple[str, ...]:
    """Return the questions that a question is made of; one of few words leans on the first."""
    pieces = [piece.strip(" ,;?.") for piece in _NEXT_QUESTION.split(question)]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1:
        whole = pieces[0]
        return tuple(
            piece if len(content_words(piece)) >= _MIN_WORDS else f"{piece} {whole}"
            for piece in pieces
        )
    return tuple(span.of(question) for span in clauses(question))
