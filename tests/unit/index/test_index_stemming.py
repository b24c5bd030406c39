"""Words are cut, folded and stemmed exactly as FTS5 does it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundwire.index.catalog import TOKENIZE
from groundwire.index.stemming import Stemmer, hash_of

LETTERS = "abcdeéilnoøsßтьǅÅ1½²'’-.·\u0301\u0308ぁ首ﬁ"
TEXTS = st.lists(
    st.text(max_size=12)
    | st.text(LETTERS, max_size=12)
    | st.sampled_from(["ing", "ed", "ational", "sses", "’s", "'s", "-"]),
    max_size=8,
).map("".join)


def asked_of_fts5(text: str) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.text_factory = lambda stored: stored.decode(errors="replace")
        connection.execute(f"CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = '{TOKENIZE}')")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)")
        connection.execute("INSERT INTO t VALUES (?)", (text,))
        return [row[0] for row in connection.execute('SELECT term FROM v ORDER BY "offset"')]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("Agreements’ naïve U.S. 90-day café's 3.5% RELATIONAL Smørrebrøding Straße")
@example("首相は会談 Президента говорили e\u0301te\u0301 \u0301alone Ⅷ ½ ² ﬁne ǅ İstanbul")
@example("xaぁed doéed byøs ßs " + "long" * 20 + " " + "længe" * 20 + "s")
def test_tokens_are_those_of_fts5(text: str) -> None:
    term = Stemmer().term(text)
    assert list(term.tokens) == asked_of_fts5(term.text)
    assert Stemmer().hashes(text) == [hash_of(token) for token in term.tokens]


def test_what_cannot_be_stored_parts_words() -> None:
    assert Stemmer().term("one\0two\ud800three").tokens == ("on", "two", "three")
    assert len(Stemmer().hashes("one\ud800two")) == 2


def test_a_closed_stemmer_can_be_used_again() -> None:
    stemmer = Stemmer()
    assert stemmer.term("Élan vital").tokens == ("elan", "vital")
    stemmer.close()
    assert stemmer.term("Übung").tokens == ("ubung",)
    stemmer.close()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_hashes_are_the_same_in_every_process(seed: str) -> None:
    code = "from groundwire.index.stemming import Stemmer; print(Stemmer().hashes('Oil fell é'))"
    command = [sys.executable, "-c", code]
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == str(Stemmer().hashes("Oil fell é"))
