from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from groundwire.domain.spans import Span
from groundwire.text.normalize import normalize
from groundwire.text.quotes import best_alignment, find_quote
from groundwire.text.tokens import (
    STOPWORDS,
    content_spans,
    content_words,
    names,
    numbers,
    stem,
    words,
)

WORD = st.sampled_from(
    [
        *(
            "Kim",
            "unable",
            "able",
            "can\u2019t",
            "can",
            "1,000",
            "3.5",
            "90%",
            "U.S.",
            "G20",
            "it's",
        ),
        *(
            "\u201cyes\u201d",
            "\u2014",
            "-",
            "and\u2026",
            "...",
            "(so)",
            "caf\u00e9",
            "x\u0302",
            "\U0001f600",
        ),
        *("\u4e2d\u56fd\u3002", "Xi", "two", "million", "$5m", "\u0130zmir", "talks", "The"),
    ]
)
GAP = st.sampled_from([" ", "  ", "\n", "\t", "\u00a0", "\r\n"])
RAW = st.lists(st.tuples(WORD | st.text(max_size=4), GAP), min_size=1, max_size=25).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
NORMAL = RAW.map(normalize)
FEW = settings(max_examples=150, deadline=None)
FOLDS = (
    ("[\u201c\u201d]", '"'),
    ("\u2019", "'"),
    ("[\u2014\u2010-\u2015]+|-+", "-"),
    ("\u2026", "..."),
)


def folded(text: str) -> str:
    """Return a text without the differences that a quote may have."""
    for pattern, plain in FOLDS:
        text = re.sub(pattern, plain, text)
    return " ".join(text.split())


def between_words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"\S+", text)]


@given(NORMAL, st.data())
@FEW
def test_a_slice_between_words_is_found(text: str, data: st.DataObject) -> None:
    solid = between_words(text)
    assume(solid)
    first = data.draw(st.integers(0, len(solid) - 1))
    last = data.draw(st.integers(first, len(solid) - 1))
    quote = text[solid[first].start : solid[last].end]
    assume(any(char.isalnum() for char in quote))
    found = find_quote(folded(quote), text)
    assert found is not None
    assert folded(found.of(text)) == folded(quote)


@given(NORMAL.filter(bool), st.data())
@FEW
def test_any_slice_is_found_as_itself_or_not_at_all(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    found = find_quote(quote, text)
    if found is not None:
        assert folded(found.of(text)) in folded(quote)
        before, after = text[: found.start][-1:], text[found.end :][:1]
        inner = found.of(text)
        assert not (
            before.isascii() and before.isalnum() and inner[0].isascii() and inner[0].isalnum()
        )
        assert not (
            after.isascii() and after.isalnum() and inner[-1].isascii() and inner[-1].isalnum()
        )


@given(RAW, NORMAL)
@FEW
def test_what_is_found_is_inside_the_text_and_trimmed(quote: str, text: str) -> None:
    found = find_quote(quote, text)
    if found is not None:
        assert found.end <= len(text)
        assert found.of(text) == found.of(text).strip()


@given(RAW)
@FEW
def test_numbers_are_canonical(text: str) -> None:
    for number in numbers(text):
        assert re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d*[1-9])?", number, re.ASCII)
        assert numbers(number) == (number,)


@given(st.decimals(0, 10**12, places=3, allow_nan=False, allow_infinity=False))
@FEW
def test_a_figure_is_read_as_its_value(value: Decimal) -> None:
    (grouped,) = numbers(f"{value:,}")
    (plain,) = numbers(f"{value:f}")
    assert Decimal(grouped) == Decimal(plain) == value


@given(RAW)
@FEW
def test_words_are_stable(text: str) -> None:
    assert all(word == word.casefold() for word in words(text))
    assert all(words(text))
    assert set(content_words(text)) <= {stem(word) for word in words(text)}


@given(RAW)
@FEW
def test_names_stand_in_the_text(text: str) -> None:
    spaced = " ".join(text.split())
    assert all(name in spaced for name in names(text))


@given(RAW, RAW)
@FEW
def test_alignment_is_symmetric_and_bounded(left: str, right: str) -> None:
    there, back = best_alignment(left, [right]), best_alignment(right, [left])
    assert there == back
    assert 0 <= there[1] <= 1


@FEW
@given(RAW | st.text(max_size=60))
def test_content_words_stand_apart_in_order(text: str) -> None:
    spans = content_spans(text)
    assert all(span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    found = [span.of(text) for span in spans]
    assert all(word == "US" or word.casefold() not in STOPWORDS for word in found)
    assert all(word[0].isalnum() and not re.search(r"\s", word) for word in found)
