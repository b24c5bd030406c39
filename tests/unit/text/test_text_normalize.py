from __future__ import annotations

import pytest

from groundwire.text.normalize import normalize

CASES = [
    pytest.param("one\r\ntwo\rthree\n", "one\ntwo\nthree", id="line ends"),
    pytest.param("a\u2028b\u2029c\x0bd\x0ce\x85f", "a\nb\nc\nd\ne\nf", id="rare line ends"),
    pytest.param("cafe\u0301", "caf\u00e9", id="composed"),
    pytest.param("e\u00ad\u0301", "\u00e9", id="composed after a removal"),
    pytest.param("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef", id="controls"),
    pytest.param("col\tcol", "col\tcol", id="tab kept"),
    pytest.param("\ufeffTitle\u2060 of\u200b it", "Title of it", id="zero width"),
    pytest.param("line  \t\nnext \n", "line\nnext", id="trailing blanks"),
    pytest.param("a\n\n\n\n\nb", "a\n\nb", id="many empty lines"),
    pytest.param("a\n \n\t\n\nb", "a\n\nb", id="lines of blanks"),
    pytest.param(" \n\t text \n ", "text", id="outer white space"),
    pytest.param("10\u00a0km\u2009away\u3000now\u202fhere", "10 km away now here", id="odd spaces"),
    pytest.param("abc\u202ecba\u202c \u200fx\u2066y\u2069", "abccba xy", id="bidi controls"),
    pytest.param("nego\u00adtiation", "negotiation", id="soft hyphen"),
    pytest.param("bad\ud800end", "bad\ufffdend", id="lone surrogate"),
    pytest.param(
        "\u201cQuote\u201d \u2013 it\u2019s\u2026",
        "\u201cQuote\u201d \u2013 it\u2019s\u2026",
        id="typography kept",
    ),
    pytest.param("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680", id="joiner kept"),
    pytest.param("  indented\n    more", "indented\n    more", id="indent of inner lines kept"),
    pytest.param("", "", id="empty"),
    pytest.param(" \r\n\ufeff\t", "", id="nothing but white space"),
]


@pytest.mark.parametrize(("raw", "expected"), CASES)
def test_normal_form(raw: str, expected: str) -> None:
    assert normalize(raw) == expected


@pytest.mark.parametrize(("raw", "expected"), CASES)
def test_normal_form_is_stable(raw: str, expected: str) -> None:
    assert normalize(normalize(raw)) == expected
