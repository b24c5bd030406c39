"""Whatever the text, passages are slices that tile it; whatever the bytes, loading never raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.documents import Document, DocumentId
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.blocks import Block, compose
from groundwire.ingest.loaders.encoding import decode
from groundwire.ingest.passages import segment
from groundwire.text.normalize import normalize
from tests.fakes.loading import load_one

if TYPE_CHECKING:
    from groundwire.domain.spans import Span

WORDS = st.sampled_from(
    ["The", "U.S.", "said", "3.5%", '"No."', "(a)", "x" * 400, "é", "end.", "。"]
)
PROSE = st.lists(st.one_of(WORDS, st.sampled_from(["\n", "\n\n", "- ", "\t"])), max_size=400)
TEXTS = st.one_of(st.text(max_size=3000), PROSE.map(" ".join), PROSE.map("".join))


def documents(text: str, headings: tuple[Span, ...]) -> Document:
    return Document(
        id=DocumentId("d"),
        root="/r",
        path="a.txt",
        title="Title",
        source="",
        author="",
        published=None,
        language="",
        text=text,
        content_hash="",
        headings=headings,
    )


def check(text: str, headings: tuple[Span, ...]) -> None:
    passages = segment(documents(text, headings))
    assert passages
    last = 0
    covered = [False] * len(text)
    for passage in passages:
        assert passage.text == passage.span.of(text)
        assert passage.span.start >= last
        assert passage.text == passage.text.strip()
        assert len(passage.text) <= 1200
        last = passage.span.end
        covered[passage.span.start : passage.span.end] = [True] * len(passage.span)
    titled = [any(s.start <= i < s.end for s in headings) for i in range(len(text))]
    only_headings = all(t or c.isspace() for t, c in zip(titled, text, strict=True))
    for character, inside, title in zip(text, covered, titled, strict=True):
        if not character.isspace():
            assert inside is (only_headings or not title)
    numbers = [passage.paragraph for passage in passages]
    assert numbers == sorted(numbers)
    assert numbers[0] == 1
    assert len({passage.id for passage in passages}) == len(passages)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_passages_tile_any_text(raw: str) -> None:
    text = normalize(raw)
    if text:
        check(text, ())


@settings(max_examples=80, deadline=None)
@given(st.lists(st.builds(Block, TEXTS.map(lambda raw: raw[:600]), st.booleans()), max_size=12))
def test_passages_tile_any_page_and_leave_its_headings_out(blocks: list[Block]) -> None:
    text, headings = compose(blocks)
    assert normalize(text) == text
    expected = [normalize(block.text).strip() for block in blocks if block.is_heading]
    assert [span.of(text) for span in headings] == list(filter(None, expected))
    if text:
        check(text, headings)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except LoadError:
        return
    assert "\0" not in text


@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=600).map(str.encode),
        st.lists(
            st.sampled_from(
                [
                    "---\n",
                    "# ",
                    "> ",
                    "- ",
                    "|",
                    "a: b\n",
                    "<p>",
                    "</p>",
                    "<",
                    "`",
                    "*",
                    "w ",
                    "\n",
                    "&",
                ]
            ),
            max_size=80,
        ).map(lambda parts: "".join(parts).encode()),
    )
)
def test_any_file_is_loaded_or_refused(suffix: str, data: bytes) -> None:
    try:
        loaded = load_one(data, f"name{suffix}")
    except LoadError:
        return
    assert loaded.title
    assert normalize(loaded.text) == loaded.text
    assert all(span.of(loaded.text).strip() for span in loaded.headings)
