"""Broken PDF files, tables, mail, feeds and archives: documents or a reason, nothing else."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.ingest.loaders.archive import load_zip
from groundwire.ingest.loaders.base import LoadError, Members
from groundwire.ingest.loaders.delimited import load_delimited
from groundwire.ingest.loaders.feeds import load_feed
from groundwire.ingest.loaders.jsonl import load_json, load_jsonl
from groundwire.ingest.loaders.mail import load_eml, load_mbox
from groundwire.ingest.loaders.pdf import load_pdf
from groundwire.ingest.loaders.plain import load_plain
from groundwire.text.normalize import normalize
from tests.unit.ingest.package_files import package
from tests.unit.ingest.pdf_files import pdf, set_lines, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundwire.ingest.loaders.base import Loaded

STORY = "The harbour board voted on Tuesday to rebuild the old quay that the storm had broken."
HEAD = b"From: Ann <a@x.example>\nSubject: =?utf-8?q?Qu=C3=A4?=\nDate: Thu, 20 Jun 2019 23:30 +09\n"
MIXED = (
    HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html; '
    b'charset="cp1252"\n\n<p>One</p><table><tr><td>a<td>b</table>\n--b\nContent-Type: text/plain; '
    b"format=flowed\nContent-Transfer-Encoding: quoted-printable\n\nTwo =\nsoft \nline\n--b\n"
    b'Content-Disposition: attachment; filename="a.txt"\nContent-Transfer-Encoding: base64\n\n'
    b"V29yZHM=\n--b\nContent-Type: message/rfc822\n\n" + HEAD + b"\nThree\n--b--\n"
)
PDF = pdf(
    [
        f"{show('Board', 72, 800, 20, 'B')}\n{set_lines([STORY[:50], STORY[50:]])}\n"
        f"{show('Ayr', 72, 500)}\n{show('7', 200, 500)}\n{show(str(n), 300, 30)}"
        for n in range(3)
    ],
    {"Title": "Quay", "CreationDate": "D:20190620080000Z"},
    catalog="/Lang(en)",
)
FEED = (
    b'<?xml version="1.0"?><rss xmlns:c="x"><channel><title>P</title><item><title>Q</title>'
    b"<pubDate>Thu, 20 Jun 2019 23:30:00 +0900</pubDate><c:encoded><![CDATA[<p>One<br>two &amp;"
    b"</p>]]></c:encoded></item><entry><content type='xhtml'><div>Three</div></content></entry>"
    b"</channel></rss>"
)
TABLE = f'id,title,text,date\n1,Quay,"{STORY}",2019-06-20\n2,Pier,{STORY},"5/6\n2019"\n'.encode()
PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b"<", b">", b"&x;", b"]]>", b"<!DOCTYPE a>", b"\xff\xfe", b"\0", b"\n\n"]),
    st.sampled_from([b'"', b",", b";", b"{", b"}", b"[", b"]", b":", b"\\u0000", b"1e999", b"NaN"]),
    st.sampled_from([b"--b\n", b"--b--", b"From ", b"Content-Type: ", b"=?x?b?", b"PK\x03\x04"]),
    st.sampled_from([b"obj", b"endobj", b" R", b"/", b"<<", b">>", b"stream", b"(", b")", b"-1 "]),
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 2, 9, 80]), PIECES), min_size=1, max_size=6
)


def load_member(data: bytes, name: str) -> Loaded | Members:
    if name.endswith(".eml"):
        return load_eml(data, name, load_member)
    return load_plain(data, name)


def broken(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Replace some bytes at each place by others."""
    for place, length, piece in edits:
        start = int(place * len(data))
        data = data[:start] + piece + data[start + length :]
    return data


def check(loaded: Loaded | Members) -> None:
    documents = loaded.documents if isinstance(loaded, Members) else (loaded,)
    assert documents
    for document in documents:
        check_document(document)
    if isinstance(loaded, Members):
        names = [document.member for document in documents]
        assert len(set(names)) == len(names)
        for name in (*names, *(name for name, _ in loaded.problems)):
            assert name.isprintable()
            assert not {"", ".", ".."}.intersection(name.split("/") if name else ())
        assert all(reason and "\n" not in reason for _, reason in loaded.problems)


def check_document(document: Loaded) -> None:
    assert document.text
    assert document.text == normalize(document.text)
    assert document.title.strip()
    for spans in (document.headings, [place.span for place in document.locators]):
        ends = [0, *(span.end for span in spans)]
        assert all(span.start >= end for span, end in zip(spans, ends, strict=False))
        assert ends[-1] <= len(document.text)


mail = partial(load_eml, load_member=load_member)
box = partial(load_mbox, load_member=load_member)
archive = partial(load_zip, load_member=load_member, suffixes=frozenset({".txt", ".eml"}))
FORMATS: dict[str, tuple[Callable[[bytes, str], Loaded | Members], bytes]] = {
    "pdf": (load_pdf, PDF),
    "csv": (load_delimited, TABLE),
    "jsonl": (load_jsonl, b'{"a": [1, {"b": 2.50}], "c": null}\n' * 3),
    "json": (load_json, json.dumps([{"title": "Q", "text": STORY, "date": 1561017600}]).encode()),
    "eml": (mail, MIXED),
    "mbox": (box, b"From a Thu Jun 20 08:00:00 2019\n" + MIXED + b"\n\nFrom b 8:00 2019\n" + HEAD),
    "rss": (load_feed, FEED),
    "zip": (archive, package({"a/b.txt": "One", "c.eml": MIXED, "d.zip": package({"e.txt": "T"})})),
}


@pytest.mark.parametrize(("load", "data"), FORMATS.values(), ids=FORMATS.keys())
def test_a_whole_file(load: Callable[[bytes, str], Loaded | Members], data: bytes) -> None:
    check(load(data, "a.file"))


@pytest.mark.parametrize(("load", "data"), FORMATS.values(), ids=FORMATS.keys())
@settings(max_examples=60, deadline=None)
@given(edits=EDITS)
def test_a_broken_file(
    load: Callable[[bytes, str], Loaded | Members],
    data: bytes,
    edits: list[tuple[float, int, bytes]],
) -> None:
    with suppress(LoadError):
        check(load(broken(data, edits), "a.file"))
