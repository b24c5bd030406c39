from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundwire.domain.spans import Span
from groundwire.text.normalize import normalize
from groundwire.text.paragraphs import paragraphs
from groundwire.text.sentences import sentences

FRAGMENTS = st.sampled_from(
    [
        *(
            "\r",
            "\r\n",
            "\n",
            "\n\n",
            "\n\n\n",
            "\t",
            " ",
            "  ",
            "\u00a0",
            "\u2028",
            "\x00",
            "\ufeff",
        ),
        *("\u0301", "\u00e9", "e\u0301", "\U0001f600", "\U00020000", "\ud800", "\u00ad", "\u202e"),
        *(
            "Mr.",
            "U.S.",
            "J.K.",
            "p.m.",
            "No.",
            "etc.",
            "3.5",
            "1,000",
            "...",
            "\u2026",
            ". . .",
            "?!",
        ),
        *(
            '"',
            "'",
            "\u201c",
            "\u201d",
            "\u2019",
            "\u00ab",
            "\u00bb",
            "(",
            ")",
            "[1]",
            "- ",
            "1. ",
            "# ",
        ),
        *("The", "He", "said", "trade", "Trump", "Beijing", "iPhone", "www.example.com", "a", "I"),
        *("\u3002", "\u4e2d\u56fd", "\u300d", ". ", "! ", "? ", ".", "x" * 90, "word " * 12),
    ]
)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=6), max_size=40).map("".join)
NORMAL = TEXTS.map(normalize)
FEW = settings(max_examples=150, deadline=None)


def solid(text: str) -> str:
    return "".join(text.split())


def assert_tiles(text: str, spans: tuple[Span, ...], part: Span | None = None) -> None:
    """Check that spans are in order, apart, trimmed, and lose nothing but white space."""
    whole = part.of(text) if part else text
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert solid("".join(span.of(text) for span in spans)) == solid(whole)
    assert all(part.contains(span) for span in spans if part)


@given(TEXTS)
@example("a \u0301")
@example("a\n\ufeff \n\u200b\n\nb")
@FEW
def test_normalize_is_idempotent(raw: str) -> None:
    assert normalize(normalize(raw)) == normalize(raw)


@given(TEXTS)
@FEW
def test_normal_text_holds_nothing_odd(raw: str) -> None:
    text = normalize(raw)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert " \n" not in text
    assert "\t\n" not in text
    assert all(char in " \t\n" or not char.isspace() for char in text)
    assert text.encode().decode() == text


@given(NORMAL)
@FEW
def test_paragraphs_tile(text: str) -> None:
    assert_tiles(text, paragraphs(text))


@given(NORMAL)
@FEW
def test_paragraphs_hold_no_empty_line(text: str) -> None:
    assert all("\n\n" not in span.of(text) for span in paragraphs(text))


@given(NORMAL)
@FEW
def test_sentences_tile(text: str) -> None:
    assert_tiles(text, sentences(text))


@given(NORMAL)
@FEW
def test_sentences_lie_in_one_paragraph_and_are_bounded(text: str) -> None:
    whole = paragraphs(text)
    starts = [paragraph.start for paragraph in whole]
    for sentence in sentences(text):
        assert whole[bisect_right(starts, sentence.start) - 1].contains(sentence)
        assert len(sentence) <= 1200


@given(NORMAL.filter(bool), st.data())
@FEW
def test_sentences_of_a_part_tile_the_part(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert_tiles(text, sentences(text, part), part)


@given(st.lists(st.sampled_from(["word", "word,", "word;", "x" * 700, "\n"]), max_size=600))
@settings(max_examples=30, deadline=None)
def test_long_runs_lose_nothing(pieces: list[str]) -> None:
    text = normalize(" ".join(pieces))
    found = sentences(text)
    assert_tiles(text, found)
    assert all(len(span) <= 1200 for span in found)
