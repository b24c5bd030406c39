"""What was found out about one revision, kept so that the next question need not ask again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from groundwire.domain.retrieval import EVERYTHING
from groundwire.index import calibration, families, lexical, reading, stored
from groundwire.index.catalog import get_meta
from groundwire.index.stemming import hash_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import date

    from groundwire.domain.calibration import Calibration
    from groundwire.domain.documents import DocumentId, DocumentInfo, PassageId
    from groundwire.domain.retrieval import Scope
    from groundwire.index.stemming import Term
    from groundwire.index.stored import Place, Size

_VIEWS = 64
"""How many views of one revision are kept at most."""
_KEPT = 50_000
"""How many answers of one kind are kept at most."""

_K = TypeVar("_K")
_V = TypeVar("_V")


class Counted(NamedTuple):
    """A term and how many passages contain it.

    Attributes:
        term: The term.
        passages: How many.
        stem: The one stem that it is found by; empty for a phrase and for no word at all.
    """

    term: Term
    passages: int
    stem: str


class Facts:
    """Facts about one revision of one generation, looked up when first asked for.

    Thread-safe: nothing in them ever changes, so two threads at worst look up the same. Every
    method takes a connection whose transaction sees that revision.
    """

    def __init__(self, view: Scope = EVERYTHING) -> None:
        """Know nothing yet.

        Args:
            view: The documents that are counted: what lies outside leaves no trace in any number.
        """
        self._view = view
        self._stems: dict[int, int] | None = None
        self._frequencies: dict[str, int] = {}
        self._phrases: dict[Term, int] = {}
        self._places: dict[PassageId, Place] = {}
        self._documents: dict[int, DocumentInfo] = {}
        self._size: Size | None = None
        self._sources: tuple[frozenset[str], date | None] | None = None
        self._token_dimension: int | None = None
        self._calibration: tuple[Calibration | None] | None = None
        self._families: tuple[tuple[DocumentId, ...], ...] | None = None
        self._origins: dict[DocumentId, DocumentId] | None = None
        self._sound: set[int] = set()

    def size(self, connection: sqlite3.Connection) -> Size:
        """Return how much the view holds."""
        self._size = self._size or stored.size(connection, self._view)
        return self._size

    def sources(self, connection: sqlite3.Connection) -> tuple[frozenset[str], date | None]:
        """Return the outlets that documents give, and the latest publication date."""
        self._sources = self._sources or reading.sources(connection, self._view)
        return self._sources

    def token_dimension(self, connection: sqlite3.Connection) -> int:
        """Return the length of a word piece's vector; 0 if there are none."""
        if self._token_dimension is None:
            self._token_dimension = int(get_meta(connection, "token_dimension"))
        return self._token_dimension

    def calibration(self, connection: sqlite3.Connection) -> Calibration | None:
        """Return the threshold that was fitted to the index, of the view or not; None if none."""
        if self._calibration is None:
            self._calibration = (calibration.readable(connection),)
        return self._calibration[0]

    def families(self, connection: sqlite3.Connection) -> tuple[tuple[DocumentId, ...], ...]:
        """Return the copy families of the view, members by age."""
        if self._families is None:
            self._families = families.families(connection, self._view)
        return self._families

    def origins(self, connection: sqlite3.Connection) -> dict[DocumentId, DocumentId]:
        """Return for each document that has a copy family its first printed member."""
        if self._origins is None:
            found = self.families(connection)
            self._origins = {member: family[0] for family in found for member in family}
        return self._origins

    def counted(self, connection: sqlite3.Connection, terms: Sequence[Term]) -> list[Counted]:
        """Return terms with how many passages contain them, in the order given.

        Some callers have stems at hand, and a stem may have another one: of a word's stem and the
        word as it is, that which more passages contain is meant.
        """
        forms = [(*term.tokens, term.text.lower()) for term in terms if len(term.tokens) == 1]
        found = _filled(
            self._frequencies,
            (form for pair in forms for form in pair),
            lambda missing: self._count(connection, missing),
        )
        phrases = _filled(
            self._phrases,
            (term for term in terms if len(term.tokens) > 1),
            lambda missing: {
                term: lexical.phrase_frequency(connection, term, self._view) for term in missing
            },
        )
        counted = []
        for term in terms:
            if len(term.tokens) == 1:
                stem = max(term.tokens[0], term.text.lower(), key=found.__getitem__)
                counted.append(Counted(term, found[stem], stem))
            else:
                counted.append(Counted(term, phrases.get(term, 0), ""))
        return counted

    def _count(self, connection: sqlite3.Connection, stems: Sequence[str]) -> dict[str, int]:
        """Return how many passages contain each stem; of a view all stems are counted at once."""
        if self._view.is_everything():
            return lexical.frequencies(connection, stems)
        if self._stems is None:
            self._stems = stored.stem_counts(connection, self._view)
        return {stem: self._stems.get(hash_of(stem), 0) for stem in stems}

    def places(
        self, connection: sqlite3.Connection, ids: Sequence[PassageId]
    ) -> dict[PassageId, Place]:
        """Return where those passages are that are in the catalog."""
        return _filled(self._places, ids, lambda missing: stored.places(connection, missing))

    def documents(
        self, connection: sqlite3.Connection, numbers: Iterable[int]
    ) -> dict[int, DocumentInfo]:
        """Return the entries of documents by number."""
        return _filled(self._documents, numbers, lambda missing: reading.infos(connection, missing))

    def check_texts(self, connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
        """Make sure, once for each document, that its text is the one that was indexed.

        Raises:
            IndexCorruptError: One is not: no word of it may be shown.
        """
        missing = set(numbers) - self._sound
        reading.check_texts(connection, missing)
        self._sound |= missing


class FactsCache:
    """The facts of the revision that was asked about last. Thread-safe."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._key: tuple[Hashable, int] | None = None
        self._facts: dict[Scope, Facts] = {}

    def at(self, generation: Hashable, revision: int, view: Scope = EVERYTHING) -> Facts:
        """Return the facts of a revision in view; a snapshot keeps its own, whoever asks next."""
        with self._lock:
            if self._key != (generation, revision):
                self._key, self._facts = (generation, revision), {}
            if view not in self._facts and len(self._facts) >= _VIEWS:
                self._facts.clear()
            return self._facts.setdefault(view, Facts(view))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._key, self._facts = None, {}


def _filled(
    kept: dict[_K, _V], wanted: Iterable[_K], ask: Callable[[list[_K]], Mapping[_K, _V]]
) -> dict[_K, _V]:
    """Return what is known about the wanted, and ask for the rest once."""
    found: dict[_K, _V] = {}
    missing: list[_K] = []
    for each in dict.fromkeys(wanted):
        answer = kept.get(each)
        if answer is None:
            missing.append(each)
        else:
            found[each] = answer
    if missing:
        new = ask(missing)
        if len(kept) + len(new) > _KEPT:
            kept.clear()
        kept.update(new)
        found.update(new)
    return found
