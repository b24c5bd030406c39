"""Quotations cut from any text: they are found where they were cut."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.compare.quotes.marks import quoted_stretches
from groundwire.compare.quotes.quoting import check_quote
from groundwire.compare.quotes.words import quote_words
from groundwire.domain.errors import GroundwireError
from groundwire.text.normalize import normalize
from tests.fakes.quote_source import COUNCIL, FERRY, Reports

REPORTS = Reports()
TEXTS = {path: REPORTS.document(REPORTS.find(path)).text for path in ("ferry.md", "council.md")}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 10**6), st.integers(3, 25))
def test_words_cut_from_one_sentence_are_never_absent(path: str, place: int, count: int) -> None:
    text = TEXTS[path]
    lines = [line for line in text.split("\n") if len(quote_words(line)) > count]
    if not lines:
        return
    line = lines[place % len(lines)]
    words = quote_words(line)
    start = place % (len(words) - count)
    cut = line[words[start].start : words[start + count - 1].end]
    report = check_quote(cut.replace('"', "").replace("“", "").replace("”", ""), REPORTS)
    assert report.label in {"exact", "altered"}
    assert report.similarity == 1.0
    assert any(
        each.citation.quote == each.citation.span.of(TEXTS[each.citation.path])
        for each in report.places
        if each.citation.path in TEXTS
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_checked_or_refused_with_a_hint(text: str) -> None:
    try:
        report = check_quote(text, REPORTS)
    except GroundwireError as error:
        assert error.hint  # noqa: PT017 -- either is right
        return
    again = check_quote(text, REPORTS)
    assert report == again
    assert (report.label == "absent") == (not report.places)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_changed_word_is_shown(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- repeatable, nothing is secret
    said = "They will tell you that it is only a consultation and not a closure of the library"
    words = said.split()
    place = chance.randrange(len(words))
    changed = [*words[:place], "zebra", *words[place + 1 :]]
    source = Reports([("a.md", "A", None, f'"{said}," said Ann Berg.')], {})
    report = check_quote(f'"{" ".join(changed)}"', source)
    assert report.label == "altered"
    assert [(each.given, each.printed) for each in report.edits] == [("zebra", words[place])]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab \"'“”«»„‘’.,\n「」", max_size=60))
def test_stretches_do_not_overlap(text: str) -> None:
    plain = normalize(text)
    found = quoted_stretches(plain)
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))
    assert all(0 <= each.start < each.end <= len(plain) for each in found)


@given(st.sampled_from([FERRY, COUNCIL]), st.integers(0, 900), st.integers(0, 900))
@settings(max_examples=40, deadline=None)
def test_words_are_slices(text: str, start: int, end: int) -> None:
    part = text[min(start, end) : max(start, end)]
    words = quote_words(part, 7)
    assert all(part[word.start - 7 : word.end - 7].strip() for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)
