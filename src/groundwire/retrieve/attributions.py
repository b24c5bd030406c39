"""Outlets that a question names as the ones to be asked: "according to Harbour Wire"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.domain.filters import InferredFilter
from groundwire.domain.spans import Span
from groundwire.retrieve.outlets import outlet_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NOUNS = (
    r"articles?|reports?|coverage|stor(?:y|ies)|pieces?|reporting|reviews?|interviews?|columns?"
    r"|editorials?|journalists?|correspondents?|reporters?|accounts?|telling|versions?"
)
_TOLD = (
    r"reported|covered|discussed|featured|published|described|quoted|cited|mentioned|detailed"
    r"|noted|stated|argued|claimed|highlighted|outlined|revealed|written|told"
)
_SAYS = (
    r"reported|reports?|says?|said|writes?|wrote|claims?|claimed|states?|stated|suggests?|suggested"
    r"|describes?|described|notes?|noted|published|covers?|covered|mentions?|mentioned"
    r"|argues?|argued|quotes?|quoted"
)
_OPENING = r"(?:the\s+)?['\"‘“]?$"
_CLOSING = r"^(?:['\"’”](?!s\b))?"
ACCORDING_TO = re.compile(
    rf"\b(?:according\s+to|(?:as\s+)?per|go(?:ing|es)?\s+by)\s+(?:an?\s+)?{_OPENING}", re.IGNORECASE
)
"""What stands right before an outlet that is said to say something; to be searched for."""
_BEFORE = re.compile(
    rf"\b(?:{_NOUNS})\s+(?:from|by|in|on)\s+(?:both\s+)?{_OPENING}"
    rf"|\b(?:{_TOLD})\s+(?:by|in)\s+(?:an?\s+|both\s+)?{_OPENING}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"{_CLOSING}(?:['’]s?)?\s+(?:[^\W\d]+\s+)?(?:{_NOUNS})\b|{_CLOSING}\s+(?:{_SAYS})\b",
    re.IGNORECASE,
)
_END = re.compile(r"['\"’”]?\s*(?:[,;:.?!)]|$|\s(?:magazine|newspaper|and|or)\b)")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of an index's outlets.

    Attributes:
        pattern: Finds any of them, without regard to case; None if there are none.
        written: What each means, as it is written, with and without its article.
        folded: The same in small letters.
    """

    pattern: re.Pattern[str] | None
    written: Mapping[str, frozenset[str]]
    folded: Mapping[str, frozenset[str]]


def attributed(question: str, sources: frozenset[str]) -> tuple[InferredFilter, ...]:
    """Return a filter for each place where the question names outlets as those to be asked.

    An outlet counts where its name stands in a phrase that speaks of reporting, such as
    "according to X", "X reported", "the X article"; then every other outlet that the question
    names counts too, for a search in too many outlets hides nothing. A name that may be a word
    ("time") counts only as it is written, except after "according to".

    Args:
        question: What is asked.
        sources: The outlets of the index, as documents give them.
    """
    found = tuple(_named(question, _names(sources)))
    if not any(_is_asked(question, span) for span, _ in found):
        return ()
    return tuple(
        InferredFilter(
            "source",
            span,
            span.of(question),
            f"from {' or '.join(sorted(meant))}",
            sources=tuple(sorted(meant)),
        )
        for span, meant in found
    )


def _named(question: str, names: _Names) -> Iterator[tuple[Span, frozenset[str]]]:
    if names.pattern is None:
        return
    for match in names.pattern.finditer(question):
        name = match.group()
        meant = names.written.get(name)
        if meant is None and (_is_title(name) or _follows_according_to(question, match)):
            meant = names.folded.get(name.lower())
        if meant is not None:
            yield Span(*match.span()), meant


def _is_title(name: str) -> bool:
    """Return whether a name of several words has its capitals, if not all where they belong."""
    bare = _ARTICLE.sub("", name)
    return bare[:1].isupper() and not bare.isalpha()


def _follows_according_to(question: str, match: re.Match[str]) -> bool:
    """Return whether "according to" stands right before a name, and its phrase ends with it."""
    before = ACCORDING_TO.search(question[: match.start()])
    return before is not None and _END.match(question, match.end()) is not None


def _is_asked(question: str, span: Span) -> bool:
    """Return whether the words around a name speak of reporting."""
    before, after = question[: span.start], question[span.end :]
    return any((ACCORDING_TO.search(before), _BEFORE.search(before), _AFTER.match(after)))


@lru_cache(maxsize=8)
def _names(sources: frozenset[str]) -> _Names:
    written: dict[str, set[str]] = defaultdict(set)
    folded: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for name in outlet_names(source):
            bare = _ARTICLE.sub("", name)
            forms = {name, bare} if bare == name else {name, bare, f"the {bare}"}
            for form in forms - {""}:
                written[form].add(source)
                folded[form.lower()].add(source)
    longest_first = sorted(folded, key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(name) for name in longest_first)
    return _Names(
        re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if alternatives else None,
        {form: frozenset(meant) for form, meant in written.items()},
        {form: frozenset(meant) for form, meant in folded.items()},
    )
