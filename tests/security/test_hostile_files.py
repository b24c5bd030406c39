"""Files that were made to fill memory, to read other files, or to call somebody."""

from __future__ import annotations

import resource
import socket
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest.loaders.base import Loaded, LoadError, Members
from groundwire.ingest.loaders.registry import load
from tests.security.hostile import external, laughs, overlapping, zipped
from tests.unit.ingest.package_files import docx_parts, package

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1024 * 1024
WORDS = b"Four words are here. "
OTHER = "the-words-of-another-file"


def outcome(data: bytes, name: str) -> Loaded | Members | str:
    """Return what a file gives, or the reason why it gives nothing."""
    try:
        return load(data, name)
    except LoadError as error:
        return str(error)


def said(content: Loaded | Members | str) -> str:
    """Return all the text that a file gave."""
    if isinstance(content, Loaded):
        return content.text
    if isinstance(content, Members):
        return "\n".join(document.text for document in content.documents)
    return ""


def grown_to() -> int:
    """Return the largest size that this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def markup(doctype: str) -> dict[str, bytes]:
    """Return one file of each format that is XML inside, with a document type and an entity."""
    body = "<w:p><w:r><w:t>Some words &e9; here.</w:t></w:r></w:p>"
    parts = docx_parts(body)
    parts["word/document.xml"] = f"{doctype}{parts['word/document.xml']!s}"
    words = f"<p>Some words &e9; here.</p><p>{WORDS.decode() * 40}</p>"
    item = f"<item><title>T</title><description>{words}</description></item>"
    return {
        "a.docx": package(parts),
        "a.rss": f"{doctype}<rss><channel>{item}</channel></rss>".encode(),
        "a.html": f"{doctype}<html><body><article>{words}</article></body></html>".encode(),
        "a.odt": package(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": f"{doctype}<document-content>{words}</document-content>",
            }
        ),
    }


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(zipped({"a.txt": WORDS * MIB}), id="flat"),
        pytest.param(zipped({"a.zip": zipped({"b.txt": WORDS * MIB})}), id="nested"),
        pytest.param(overlapping(3_000, WORDS * 5_000), id="overlapping"),
    ],
)
def test_a_zip_bomb_unpacks_no_further_than_its_limit(data: bytes) -> None:
    before = grown_to()
    assert len(said(outcome(data, "a.zip"))) <= len(WORDS) * 5_000
    assert grown_to() - before < 64


def test_archives_in_archives_have_an_end() -> None:
    data = zipped({"a.txt": WORDS})
    for _ in range(12):
        data = zipped({"a.zip": data})
    assert "archive inside" in str(outcome(data, "a.zip"))


@pytest.mark.parametrize("name", ["a.docx", "a.rss", "a.html", "a.odt"])
def test_entities_of_entities_are_not_expanded(name: str) -> None:
    before = grown_to()
    assert "laughter" not in said(outcome(markup(laughs())[name], name))
    assert grown_to() - before < 64


@pytest.mark.parametrize("name", ["a.docx", "a.rss", "a.html", "a.odt"])
def test_entities_neither_read_a_file_nor_call_anybody(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(OTHER)
    called: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, to: called.append(to))
    assert OTHER not in said(outcome(markup(external(other.as_uri()))[name], name))
    outcome(markup(external("http://127.0.0.1:9/called"))[name], name)
    assert called == []


DEEP = 40_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<html><body>" + b"<div>" * DEEP + WORDS + b"</div>" * DEEP),
        ("a.json", b"[" * DEEP + b"]" * DEEP),
        ("a.jsonl", b'{"a":' * DEEP + b"1" + b"}" * DEEP),
        ("a.rtf", b"{\\rtf1 " + b"{" * DEEP + WORDS + b"}" * DEEP + b"}"),
        ("a.eml", b"From: a@b.c\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 300 + WORDS),
        ("a.md", b"---\ntitle: " + b"[" * DEEP + b"\n---\n" + WORDS),
        ("b.md", b"> " * DEEP + WORDS),
        ("a.rss", b"<rss><channel>" + b"<item>" * DEEP + WORDS),
    ],
)
def test_nesting_without_end_is_read_flat_or_refused(name: str, data: bytes) -> None:
    content = outcome(data, name)
    assert isinstance(content, str) or WORDS.decode().strip() in said(content)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.jsonl", "a.eml", "a.html"])
def test_a_line_of_megabytes_is_read_or_refused(name: str) -> None:
    content = outcome(b"word " * (MIB // 2), name)
    assert isinstance(content, str) or said(content).startswith("word word")


def test_markup_that_takes_hours_to_read_is_refused() -> None:
    assert outcome(b"![a][" * 60_000, "a.md") == "has too much markup"
    assert outcome(b"*a_ " * MIB, "a.md") == "has too much markup"


def test_front_matter_makes_no_objects(tmp_path: Path) -> None:
    made = tmp_path / "made"
    order = (
        f"!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [{made}]]"
    )
    content = load(f"---\ntitle: {order}\n---\nSome words.".encode(), "a.md")
    assert said(content) == "Some words."
    assert not made.exists()


def test_numbers_of_a_hundred_thousand_digits_are_text() -> None:
    data = b'{"text": "Some words of a story that can be read", "n": ' + b"9" * 100_000 + b"}"
    assert "Some words" in said(outcome(data, "a.jsonl"))
