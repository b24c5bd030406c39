from __future__ import annotations

import sqlite3
from itertools import product

import pytest

from groundwire.text.porter import stem

ROOTS = """
    a i y be by ye sk fee tre abl fit hop hopp trek rub rev ski sky say cry plays control general
    relat condition valenc hesit digit conform radic vile analog technolog poss incred vietnam
    predic operat feudal decis hope call form sens trip elect adjust angul homolog effect bowdl
    rat ceas roll rel negot sanction summ fizz buzz fall pass agr plast motor sing happ fil tann
    doxx oscill ambul yell enjoy employ quiet eight
"""
ENDINGS = """
    s es ies ss sses ed eed ing ings y ly bly ational tional enci ency anci izer izers logy logi
    bli alli ally entli ently eli ely ousli ously ization isation ation ator alism iveness fulness
    ousness aliti ality iviti ivity biliti bility icate ative alize iciti icity ical ful ness al
    ance ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e ee le
    lle ll l t te x xes w wed yed ying nated ating bling izing
"""
ODD = {"a" * 64 + "ing", "a" * 60 + "ing", "go", "is", "ing", "ed", "1990s", "g20s"}
ODD |= {"\u044f\u0431\u043b\u043e\u043a\u0438"}


@pytest.fixture(scope="module")
def indexed() -> dict[str, str]:
    """What FTS5's porter tokenizer makes of a large list of words."""
    made = {root + ending for root, ending in product(ROOTS.split(), ["", *ENDINGS.split()])}
    words = sorted(made | ODD)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5(t, tokenize = 'porter unicode61')")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(f, 'instance')")
    connection.executemany("INSERT INTO f (rowid, t) VALUES (?, ?)", enumerate(words))
    terms = {words[row]: term for term, row in connection.execute("SELECT term, doc FROM v")}
    connection.close()
    return terms


def test_stems_are_those_of_the_full_text_index(indexed: dict[str, str]) -> None:
    assert len(indexed) > 5000
    assert {word: stem(word) for word in indexed} == indexed


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sanctions", "sanction"),
        ("technologies", "technolog"),
        ("possibly", "possibl"),
        ("trekking", "trek"),
        ("agreed", "agre"),
        ("relational", "relat"),
        ("hopefulness", "hope"),
        ("happy", "happi"),
        ("us", "us"),
        ("", ""),
    ],
)
def test_known_stems(word: str, expected: str) -> None:
    assert stem(word) == expected
