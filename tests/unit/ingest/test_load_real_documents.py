"""Files that LibreOffice 7.4 and pandoc 2.17 wrote: the same words out of every format."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.ingest.loaders.docx import load_docx
from groundwire.ingest.loaders.epub import load_epub
from groundwire.ingest.loaders.odt import load_odt
from groundwire.ingest.loaders.rtf import load_rtf

if TYPE_CHECKING:
    from groundwire.ingest.loaders.base import Loaded, Loader

FILES = Path(__file__).parents[2] / "data" / "formats"
LOADERS: dict[str, Loader] = {
    ".docx": load_docx,
    ".epub": load_epub,
    ".odt": load_odt,
    ".rtf": load_rtf,
}
WRITTEN = """\
The harbour file

What was found

Before and INSERTED WORDS after, with a note and a comment. Spaces tab
new line linked words. Emoji 😀 naïve Ω.

(1) The note itself.

Anchor paragraph.

BOXED WORDS here.

Second boxed.

- First item

- Nested item

- Second item

Port | Sailings

Ayr | 6 daily

Spanning both

The end, “quoted” – said Ms Quist.

(2) An endnote."""


def read(name: str) -> Loaded:
    return LOADERS[Path(name).suffix]((FILES / name).read_bytes(), name)


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice.odt", "libreoffice.rtf"])
def test_a_document_with_tracked_changes_boxes_and_notes(name: str) -> None:
    loaded = read(name)
    assert loaded.text == WRITTEN
    headings = [span.of(loaded.text) for span in loaded.headings]
    assert headings == ["The harbour file", "What was found"]
    said = (loaded.title, loaded.author, loaded.published)
    assert said == ("The harbour file", "Mara Quist", date(2021, 3, 4))


@pytest.mark.parametrize("name", ["pandoc.docx", "pandoc.epub", "pandoc.rtf"])
def test_a_document_that_was_converted(name: str) -> None:
    loaded = read(name)
    for words in (
        "The review covered 400 ports. It was led by the harbour office.",
        "Only those with a ferry.\n\nSecond paragraph of the note.",
        "- First point\n\n- Second point",
        "Port | Sailings\n\nAyr | 6\n\nLeith | 12",
        "“We are glad,” said the harbour master.",
        "Line one\nLine two with £50 and 3 %.",
    ):
        assert words in loaded.text
    headings = [span.of(loaded.text) for span in loaded.headings]
    assert headings[-3:] == ["What was found", "Costs", "What is next"]


def test_chapters_of_a_converted_book_are_places() -> None:
    loaded = read("pandoc.epub")
    labels = [place.label for place in loaded.locators]
    assert labels == ["Harbour review", "What was found", "Costs", "What is next"]
    assert loaded.locators[-1].span.of(loaded.text).startswith("What is next\n\nNothing is decided")
    assert (loaded.language, loaded.published) == ("en-gb", date(2020, 5, 6))
