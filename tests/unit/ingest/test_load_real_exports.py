"""Files that other programs wrote: columns that LibreOffice 7.4 set, with running heads."""

from __future__ import annotations

from pathlib import Path

from groundwire.ingest.loaders.base import Loaded
from groundwire.ingest.loaders.pdf import load_pdf

FILES = Path(__file__).parents[2] / "data" / "formats"


def test_columns_of_a_real_document() -> None:
    name = "libreoffice-columns.pdf"
    loaded = load_pdf((FILES / name).read_bytes(), name)
    assert isinstance(loaded, Loaded)
    paragraphs = loaded.text.split("\n\n")
    assert paragraphs[0] == (
        "Two days after the world saw its first black hole, the name people were sharing was that "
        "of Katie Bouman."
    )
    assert (
        "To guard against seeing what they hoped to see, the researchers split into four groups "
        "that worked separately and did not compare notes until the end. All four found a ring."
    ) in paragraphs
    assert (
        "Like its predecessor, it is based on observations made in 2017 with a network of eight "
        "radio telescopes. More than 300 researchers from 80 institutes worked on it for five "
        "years."
    ) in paragraphs
    assert paragraphs[-7:-4] == [
        "Country | Population | Year",
        "Land0 | 0,000 | 1990",
        "Land1 | 7,000 | 1991",
    ]
    assert "Digest" not in loaded.text
    assert "Page" not in loaded.text
    assert loaded.title == "The Yearly Digest"
    assert [place.label for place in loaded.locators] == [
        f"p. {n + 1}" for n in range(len(loaded.locators))
    ]
    assert len(loaded.locators) >= 3
