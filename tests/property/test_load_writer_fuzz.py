"""Broken word-processing files and books: a document or a reason, never anything else."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.docx import load_docx
from groundwire.ingest.loaders.epub import load_epub
from groundwire.ingest.loaders.odt import load_odt
from groundwire.ingest.loaders.rtf import load_rtf
from groundwire.text.normalize import normalize
from tests.unit.ingest.package_files import docx_parts, epub_parts, odt_parts, package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from groundwire.ingest.loaders.base import Loaded

WORD = docx_parts(
    '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Title</w:t></w:r></w:p>'
    '<w:p><w:r><w:t>Words</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>6</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    core="<title>A</title><created>2021-03-04</created>",
    footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote>',
)
OPEN = odt_parts(
    "<text:h>Title</text:h><text:p>Words<text:note><text:note-body><text:p>Note</text:p>"
    "</text:note-body></text:note></text:p><text:list><text:list-item><text:p>Item</text:p>"
    "</text:list-item></text:list>",
    meta="<dc:title>A</dc:title><meta:creation-date>2021-03-04</meta:creation-date>",
)
BOOK = epub_parts(
    {
        "a.xhtml": "<h1>One</h1><p id='i'>Words <a href='#n'><sup>1</sup></a></p>",
        "b.xhtml": "<p>b</p>",
    },
    metadata="<dc:title>A</dc:title><dc:date>2021-03-04</dc:date>",
    contents='<li><a href="a.xhtml#i">Chapter</a></li><li><a href="b.xhtml">Last</a></li>',
)
RICH = (
    rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}}{\stylesheet{\s1 heading 1;}}"
    rb"{\info{\title T}{\creatim\yr2021\mo3\dy4}}\pard\s1 Title\par\pard\f0 \'cf\'f0\u8364?"
    rb"{\footnote Note}\par\trowd\intbl a\cell b\cell\row{\*\shpinst{\shptxt Box\par}}\bin2 xx}"
)
PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b"<", b">", b"/>", b"&#0;", b"&x;", b"<!DOCTYPE a>", b"\xff\xfe", b"]]>"]),
    st.sampled_from([b"{", b"}", b"\\", b"\\'", b"\\u-1 ", b"\\bin99 ", b"\\cell", b"\\footnote "]),
)
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 2, 9, 80]), PIECES), min_size=1, max_size=6
)


def broken(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Replace some bytes at each place by others."""
    for place, length, piece in edits:
        start = int(place * len(data))
        data = data[:start] + piece + data[start + length :]
    return data


def check(load: Callable[[bytes, str], Loaded], data: bytes) -> None:
    with suppress(LoadError):
        check_loaded(load(data, "a"))


def check_loaded(loaded: Loaded) -> None:
    assert loaded.text == normalize(loaded.text)
    assert loaded.title.strip()
    places = [place.span for place in loaded.locators]
    for spans in (loaded.headings, places):
        ends = [0, *(span.end for span in spans)]
        assert all(span.start >= end for span, end in zip(spans, ends, strict=False))
        assert ends[-1] <= len(loaded.text)


@pytest.mark.parametrize(
    ("load", "parts"),
    [(load_docx, WORD), (load_odt, OPEN), (load_epub, BOOK)],
    ids=["docx", "odt", "epub"],
)
@settings(max_examples=60, deadline=None)
@given(edits=EDITS, choice=st.integers(0, 99))
def test_a_broken_part_of_a_package(
    load: Callable[[bytes, str], Loaded],
    parts: Mapping[str, str | bytes],
    edits: list[tuple[float, int, bytes]],
    choice: int,
) -> None:
    name = sorted(parts)[choice % len(parts)]
    content = parts[name]
    data = content.encode() if isinstance(content, str) else content
    check(load, package({**parts, name: broken(data, edits)}))


@pytest.mark.parametrize(
    ("load", "data"),
    [
        (load_docx, package(WORD)),
        (load_odt, package(OPEN)),
        (load_epub, package(BOOK)),
        (load_rtf, RICH),
    ],
    ids=["docx", "odt", "epub", "rtf"],
)
@settings(max_examples=60, deadline=None)
@given(edits=EDITS)
def test_a_broken_file(
    load: Callable[[bytes, str], Loaded], data: bytes, edits: list[tuple[float, int, bytes]]
) -> None:
    check(load, broken(data, edits))
