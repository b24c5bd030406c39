"""Outlets that a question names: "according to The Verge", "'Fortune' reported"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAIL = re.compile(r" \| | - |: ")
_DOMAIN = re.compile(r"\.(?:com|org|net|co\.uk)$", re.IGNORECASE)
_ACRONYM_LENGTH = 4
_ARTICLE = "The "


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """A place in a question where outlets are named.

    Attributes:
        span: Where, in the question.
        sources: The outlets that the name may mean, as documents give them.
    """

    span: Span
    sources: frozenset[str]


class Outlets:
    """The outlets of an index, findable in a question by the names people use.

    An outlet is found by its full name, by what stands before a tail such as ``| World``, and
    without ``.com``, and without "The" if several words are left. Case counts: "fortune" is no
    outlet, and "Time" at the start of a sentence would be one, which costs a little and never
    leaves anything out.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        """Learn the names.

        Args:
            sources: Outlets as the documents give them.
        """
        self._sources: dict[str, set[str]] = {}
        for source in sources:
            for name in outlet_names(source):
                self._sources.setdefault(name, set()).add(source)
        longest_first = sorted(self._sources, key=len, reverse=True)
        alternatives = "|".join(re.escape(name) for name in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None

    def find(self, question: str) -> tuple[NamedOutlet, ...]:
        """Return the outlets that a question names, in order, longest names first."""
        if self._pattern is None:
            return ()
        return tuple(
            NamedOutlet(Span(*match.span()), frozenset(self._sources[match.group()]))
            for match in self._pattern.finditer(question)
        )


def outlet_names(source: str) -> frozenset[str]:
    """Return the names that people use for an outlet."""
    head = _TAIL.split(source)[0].strip()
    names = {source, head, _DOMAIN.sub("", head)}
    names |= {
        name.upper()
        for name in tuple(names)
        if name.isalpha() and name.istitle() and len(name) <= _ACRONYM_LENGTH
    }
    names |= {name.removeprefix(_ARTICLE) for name in names if name.count(" ") > 1}
    return frozenset(name for name in names if name)
