"""Which parts of a sentence are its main clause, and which stand beside it.

There is no parser here: clauses are told apart by the words that open them and the commas that
close them. That is right for most news sentences, and errs towards "beside".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.domain.spans import Span
from groundwire.text.speech import attributions, quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Kind = Literal["main", "told", "beside", "never"]

SAYS = (
    r"(?:sa(?:id|ys?)|t(?:old|ells?)|add(?:ed|s)|announc(?:ed|es)|acknowledged|accept(?:ed|s)"
    r"|admitted|alleged|argued|claimed|confirmed|denied|insisted|promised|reported|replied|stated"
    r"|suggested|vowed|warned|wrote|thinks?|thought|believe[sd]?|agreed|decided|hoped|fears?|feared"
    r"|expects?|found|estimated|noted|explained|declared|ruled|concluded|clear|means?|meant)"
)
_SAYS = re.compile(rf"\b{SAYS}\b", re.IGNORECASE)
_IRREGULAR = (
    "built|bought|begun|born|brought|cut|drawn|dug|driven|felt|found|founded|given|grown|held|kept"
    "|known|laid|led|left|lost|made|meant|paid|put|seen|sent|set|shot|shown|signed|sold|spent"
    "|struck|taken|told|torn|won|worn|worth|written"
)
_PARTICIPLE = rf"(?:\w{{2,}}ed|{_IRREGULAR}|having|being)"
_BOUNDARY = re.compile(
    r"(?P<sub>\b(?:which|who|whom|whose|when|where|while|because|although|though|including|whereas"
    r"|those|after|since|before|until|than|whether|if|unless|that|as|despite)\b)"
    r"|(?P<mark>,(?!\d)|[;:()\u2014\u2013]|(?<=\s)-(?=\s))",
    re.IGNORECASE,
)
_NEVER = frozenset({"than", "whether", "if", "unless", "since", "before", "until"})
_PREPOSITIONS = frozenset({"after", "since", "before", "until"})
_HYPOTHETICAL = re.compile(
    r"(?:If|Unless|Whether|Had|Were|Should|Suppose|Imagine|In\s+case|Provided)\b"
)
_INTRODUCTION = re.compile(
    r"(?:On|In|At|After|Before|During|By|Since|With|For|As|When|While|From|Under|Despite|Also|But"
    r"|And|However|Meanwhile|Earlier|Later|Last|This|That|Then|Now|Still|\0)\b|\0"
)
_ASIDE = re.compile(rf"\s*(?:(?:the|an?|his|her|its|their|one\s+of)\b|{_PARTICIPLE}\b)")
_DATELINE = re.compile(r"[A-Z][A-Z .,'\u2019-]+(?:\([^)]{2,40}\)\s*)?[-\u2013\u2014]+\s")
_FINITE_BEFORE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|(?:resemble|follow|include|show|come|remain|stay"
    r"|celebrate|mark|list|support)s?)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|may|might|said|says|\w{2,}ed)\b",
    re.IGNORECASE,
)
_VERB_FOLLOWS = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|will|would|could|may|(?!years?\b)[a-z]+s)\b"
)
_DETERMINED = re.compile(
    r"\b(?:of|in|on|at|from|for|to|with|by|about|over|during)\s$", re.IGNORECASE
)
_NUMBER_THAN = re.compile(
    r"\b(?:more|less|fewer|rather|other)\sthan\s[\d$\u20ac\u00a3aohtfs]$", re.IGNORECASE
)
_REDUCED = re.compile(
    rf"\b(?P<before>[\w\u2019'-]+)\s+(?P<verb>{_PARTICIPLE})\s+"
    r"(?:(?:[\w\u2019'-]+\s+){0,3}(?:in|on|of|at|during|by)\s+|)$"
)
_AUXILIARY = re.compile(
    r"(?:is|are|was|were|be|been|being|has|have|had|not|never|also|then|since|later|first|only|just"
    r"|\w+ly|he|she|it|they|we|who|which|that|and|but|to|will|would)",
    re.IGNORECASE,
)
_FOR_THE = re.compile(
    r"\b(?:for|than|about|repeat\s+of|anniversary\s+of)\s+(?:the|an?|its|his|her|their)\s+"
    r"(?:(?!on\s)[\w\u2019'-]+\s+){1,3}$",
    re.IGNORECASE,
)
_PERFECT_OR_PRESENT = re.compile(
    r"\b(?:has|have|is|are|will|would|must|can|cannot|may|might|could|should)\b|\bwon[\u2019']t\b"
)


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of one sentence.

    Attributes:
        text: The sentence with its time expressions blanked out, character for character.
        kinds: For each character, the part it belongs to: the main clause; ``beside`` it, in a
            relative or adverbial clause or an aside; ``told``, a clause at the end that says
            whose words these are; or ``never``: what is quoted, compared with or supposed.
    """

    text: str
    kinds: Sequence[Kind]

    def kind(self, span: Span) -> Kind:
        """Return the part that an expression stands in."""
        kind = self.kinds[span.start]
        if kind == "main" and self._modifies(span):
            return "beside"
        return kind

    def before(self, span: Span) -> str:
        """Return what stands in the same part before an expression."""
        kind = self.kinds[span.start]
        kept = (char for char, each in zip(self.text, self.kinds, strict=True) if each == kind)
        count = sum(each == kind for each in self.kinds[: span.start])
        return "".join(kept)[:count]

    def _modifies(self, span: Span) -> bool:
        """Return whether an expression belongs to a noun: "the figure approved in January"."""
        before = self.text[: span.start]
        if _FOR_THE.search(before):
            return True
        reduced = _REDUCED.search(before)
        if not reduced or _AUXILIARY.fullmatch(reduced["before"]):
            return False
        if _VERB_FOLLOWS.match(self.text, span.end):
            return True
        return bool(_FINITE_BEFORE.search(self.before(span)[: reduced.start()]))


def zones(sentence: str, expressions: Iterable[Span]) -> Zones:
    """Return the parts of a sentence.

    Args:
        sentence: One sentence.
        expressions: Its time expressions: commas inside them close nothing.
    """
    chars = list(sentence)
    for span in expressions:
        chars[span.start : span.end] = "\0" * len(span)
    text = "".join(chars)
    dateline = _DATELINE.match(text)
    start = dateline.end() if dateline else 0
    kinds: list[Kind] = ["main"] * len(text)
    for span, kind in _clauses(text, start):
        kinds[span.start : span.end] = [kind] * len(span)
    for span, kind in _told_at_the_end(sentence, text):
        kinds[span.start : span.end] = [kind] * len(span)
    for span in (*quotations(text), *_loose_quotations(text)):
        kinds[span.start : span.end] = ["never"] * len(span)
    return Zones(text, kinds)


def _clauses(text: str, start: int) -> Iterator[tuple[Span, Kind]]:
    """Yield the stretches of a sentence that are not its main clause."""
    if _HYPOTHETICAL.match(text, start):
        yield Span(start, len(text)), "never"
        return
    kind: Kind = "main"
    opened = last = start
    commas = 0
    for match in _BOUNDARY.finditer(text, start):
        position = match.start()
        if match["mark"]:
            if kind != "main":
                yield Span(opened, position), kind
            commas += 1
            kind = _after_mark(text, start, match.end(), commas)
            opened = last = position
            continue
        found = _opens(text, match, last)
        if found is None or kind == "never":
            continue
        if kind != "main":
            yield Span(opened, position), kind
        kind, opened = found, position
    if kind != "main" and opened < len(text):
        yield Span(opened, len(text)), kind


def _after_mark(text: str, start: int, position: int, commas: int) -> Kind:
    """Return what begins after a comma: an aside ("the former chief, …") or the clause again."""
    if not _ASIDE.match(text, position) or _INTRODUCTION.match(text, start):
        return "main"
    closes = re.compile(r",(?!\d)").search(text, position) is not None
    opens_with_noun = re.compile(r"\s*(?:the|an?|his|her|its|their|one)\b").match(text, position)
    return "beside" if (closes and commas == 1) or (opens_with_noun and not closes) else "main"


def _opens(text: str, match: re.Match[str], last: int) -> Kind | None:
    """Return the kind of clause that a word opens; None if it opens none here."""
    word = match["sub"].casefold()
    following = text[match.end() : match.end() + 1 + len("\0")]
    if word in _PREPOSITIONS and "\0" in following:
        return None
    if word == "that" and (
        _SAYS.search(text, last, match.start()) or _DETERMINED.search(text, 0, match.start())
    ):
        return None
    if word == "than" and _NUMBER_THAN.search(text, 0, match.end() + 2):
        return None
    if word == "since" and not _FINITE.search(text, 0, match.start()):
        return None  # "A first Mass since the fire was held"
    if word == "as" and text[: match.start()].rstrip()[-1:] not in {"", ","}:
        return None
    return "never" if word in _NEVER else "beside"


def _loose_quotations(text: str) -> Iterator[Span]:
    """Yield the rest of quotations that begin or end in another sentence."""
    for opening, closing in (('"', '"'), ("\u201c", "\u201d")):
        marks = [n for n, char in enumerate(text) if char in (opening, closing)]
        if opening == closing:
            if len(marks) % 2:
                alone = marks[-1] if text.rstrip()[:1] == opening else marks[0]
                begins = text[alone + 1 : alone + 2].strip() and alone < len(text) / 2
                yield Span(alone, len(text)) if begins else Span(0, alone + 1)
            continue
        opened = text.rfind(opening)
        if opened > text.rfind(closing):
            yield Span(opened, len(text))
        closed = text.find(closing)
        if closed >= 0 and not 0 <= text.find(opening) < closed:
            yield Span(0, closed + 1)


def _told_at_the_end(sentence: str, text: str) -> Iterator[tuple[Span, Kind]]:
    """Yield a closing clause that says who tells it: ", officials said on Tuesday".

    Its day is that of what is told if that holds now, or is somebody's words; else it is not.
    """
    quoted = any(char in sentence for char in '"\u201c')
    for one in attributions(sentence):
        content = text[: one.clause.start]
        if "," in content[-4:]:
            holds = quoted or bool(_PERFECT_OR_PRESENT.search(content))
            span = Span(one.clause.start, _end_of(text, one.clause.end))
            yield span, "told" if holds else "never"


def _end_of(text: str, position: int) -> int:
    closing = re.compile(r"[,;.]").search(text, position)
    return closing.start() if closing else len(text)
