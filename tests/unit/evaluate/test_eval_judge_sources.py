"""The judge's own reader of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire.evaluate.judge.judging import Cited, judge
from groundwire.evaluate.judge.reading import comparable, readable, turning, unmarked
from groundwire.evaluate.judge.sources import Sources
from tests.fakes.corpus_passages import ROOT, documents, true_sentences

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, name: str, data: str | bytes) -> str | None:
    content = data.encode() if isinstance(data, str) else data
    (folder / name).write_bytes(content)
    return Sources(folder).text_of(name)


def test_front_matter_is_no_text(tmp_path: Path) -> None:
    assert written(tmp_path, "a.md", "---\ntitle: Old\n---\n\nNew *words*.\n") == "New words."
    assert written(tmp_path, "b.md", "\ufeff---\r\ntitle: Old\r\n---\r\nNew.") == "New."


def test_plain_text_is_read_as_it_is(tmp_path: Path) -> None:
    assert written(tmp_path, "a.txt", "---\ntitle: Old\n---\n[a](b)") == "--- title: Old --- [a](b)"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# A *bold* head\n\nand\nlines", "A bold head and lines"),
        ("Head\n====\n\ntext", "Head text"),
        ("see [the page](https://a.example/x_(y) 'title') now", "see the page now"),
        ("![a ship](ship.png) at sea", "a ship at sea"),
        ("see [the page][1] now\n\n[1]: https://a.example/", "see the page now"),
        ("mail <https://a.example/>", "mail https://a.example/"),
        ("AT&amp;T &lt;b&gt; &pound;5", "AT&T <b> £5"),
        ("a <b class='x'>bold</b> word<!-- not\nthis -->", "a bold word"),
        ("* one\n+ two\n  - three\n1. four", "one two three 1. four"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a b 1 2"),
        (r"five \* six \[no link\](x)", "five six [no link](x)"),
        ("> quoted\n> words", "quoted words"),
        ("```python\nx = 1\n```", "x = 1"),
        ("a ~~struck~~ `code` word", "a struck code word"),
    ],
)
def test_markdown_is_read_as_its_reader_sees_it(markdown: str, words: str) -> None:
    assert comparable(unmarked(markdown)) == words


def test_encodings(tmp_path: Path) -> None:
    text = "Café – £5"
    assert written(tmp_path, "a.txt", text.encode("utf-16")) == "Café - £5"
    assert written(tmp_path, "b.txt", text.encode("cp1252")) == "Café - £5"
    assert written(tmp_path, "c.txt", "Cafe\u0301".encode()) == "Café"


def test_what_is_not_a_readable_file_of_the_folder_is_none(tmp_path: Path) -> None:
    inside = tmp_path / "corpus"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("outside", encoding="utf-8")
    assert written(inside, "page.html", "<p>text</p>") is None
    assert Sources(inside).text_of("missing.md") is None
    assert Sources(inside).text_of("../secret.txt") is None
    assert Sources(inside).text_of(str(tmp_path / "secret.txt")) is None
    assert Sources(tmp_path / "nowhere").text_of("a.md") is None


def test_a_folder_named_like_a_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    assert Sources(tmp_path).text_of("folder.md") is None


def test_invisible_signs_do_not_part_words() -> None:
    assert readable("co\u00adun\u200bcil\u00a0said\u2060") == "council said"
    assert readable("“a”—‘b’…") == "\"a\"-'b'..."


def test_letters_that_look_alike_stay_different() -> None:
    assert readable("c\u043euncil") != readable("council")


def test_signs_that_reorder_are_found() -> None:
    assert turning("a\u202eb\u2066") == {"\u202e", "\u2066"}
    assert turning("plain") == frozenset()


def test_every_document_of_the_sample_corpus_is_found_in_its_file() -> None:
    sources = Sources(ROOT)
    for document in documents():
        text = sources.text_of(document.path)
        assert text is not None
        for paragraph in document.text.split("\n\n"):
            assert comparable(paragraph) in text, document.path


def test_every_sentence_of_the_sample_corpus_grounds_itself() -> None:
    sources = Sources(ROOT)
    texts = {document.id: document.text for document in documents()}
    for true in true_sentences():
        passage = true.hits[0].passage
        span = true.span.shift(passage.span.start)
        path = true.hits[0].document.path
        own = Cited(
            true.text, span.start, span.end, texts[passage.document_id], sources.text_of(path)
        )
        found = judge(true.text, [own])
        assert found.grounded, (true.text, found.reasons)
        assert found.in_source
