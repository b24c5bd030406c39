"""Words as the lexical index holds them: cut, folded and stemmed as FTS5's tokenizer does it.

FTS5 gives its tokens away only through a table, which takes too long for every passage. So what it
makes of a character is asked once a character, and stems are made by ``text.porter``; FTS5 is asked
again only for the few words that this does not settle.
"""

from __future__ import annotations

import sqlite3
import threading
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from groundwire.index.catalog import TOKENIZE
from groundwire.text.porter import stem

if TYPE_CHECKING:
    from collections.abc import Callable

_CACHED = 100_000
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to look for.

    Attributes:
        text: As it was given, fit for SQLite. Queries carry this form, for stemming a stem
            again gives another word.
        tokens: Its stems, in order; none if it has no letter or digit.
    """

    text: str
    tokens: tuple[str, ...]

    def quoted(self) -> str:
        """Return the FTS5 query for these words next to each other; no operator gets through."""
        return '"' + self.text.replace('"', '""') + '"'


class Stemmer:
    """Cuts and stems words as the lexical index does. Thread-safe."""

    def __init__(self) -> None:
        """Prepare; the table that FTS5 is asked through is made when first needed."""
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._folding = _Folding(self._folded)
        self._stem = lru_cache(maxsize=_CACHED)(self._stemmed)
        self._hash = lru_cache(maxsize=_CACHED)(lambda word: hash_of(self._stem(word)))

    def term(self, text: str) -> Term:
        """Return a text as a term."""
        clean = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
        return Term(clean, tuple(self._stem(word) for word in self._words(clean)))

    def hashes(self, text: str) -> list[int]:
        """Return the hashes of the stems of a text's words, in order, duplicates kept."""
        return [self._hash(word) for word in self._words(text)]

    def close(self) -> None:
        """Let go of the table."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _words(self, text: str) -> list[str]:
        return text.translate(self._folding).split()

    def _stemmed(self, word: str) -> str:
        if word.isascii():
            return stem(word)
        # Suffixes are ASCII. Where there may be one, FTS5 measures the rest in bytes, not letters.
        return self._ask(word)[0] if word[-1].isascii() else word

    def _folded(self, character: str) -> str | None:
        """Return what becomes of a character: another, a space if it parts words, None if none."""
        tokens = self._ask(f"a{character}b")
        return tokens[0][1:-1] or None if len(tokens) == 1 else " "

    def _ask(self, text: str) -> tuple[str, ...]:
        with self._lock:
            connection = self._connection = self._connection or _stemming_table()
            connection.execute("INSERT INTO words (rowid, word) VALUES (1, ?)", (text,))
            rows = connection.execute('SELECT term FROM seen ORDER BY "offset"').fetchall()
            connection.execute("DELETE FROM words")
        return tuple(row[0] for row in rows)


class _Folding(dict[int, str | None]):
    """What becomes of characters, for ``str.translate``; filled as they are met."""

    def __init__(self, ask: Callable[[str], str | None]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, code: int) -> str | None:
        found = " " if code in _SURROGATES else self._ask(chr(code))
        self[code] = found
        return found


def hash_of(token: str) -> int:
    """Return the 32 bits that stand for a stem, the same in every process."""
    return zlib.crc32(token.encode())


def _stemming_table() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    # FTS5 may take one byte of a letter away with a suffix.
    connection.text_factory = lambda stored: stored.decode(errors="replace")
    connection.execute(f"CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = '{TOKENIZE}')")
    connection.execute("CREATE VIRTUAL TABLE seen USING fts5vocab (words, instance)")
    return connection
