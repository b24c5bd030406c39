"""What the first lines of a document say where its format says nothing."""

from __future__ import annotations

from datetime import date

import pytest

from groundwire.ingest.loaders.docx import load_docx
from groundwire.ingest.loaders.openings import dateline, headline
from groundwire.ingest.loaders.rtf import load_rtf
from tests.unit.ingest.package_files import docx_parts, package

BODY = "The gate shut on Monday. Nobody was hurt."


@pytest.mark.parametrize(
    "line", ["2019-06-20", "20 June 2019", "Published on June 20, 2019", "Thursday, 20 June 2019"]
)
def test_a_line_that_is_a_date_is_the_day(line: str) -> None:
    assert dateline(f"The gate\n\nAnn Lee\n\n{line}\n\n{BODY}") == date(2019, 6, 20)


@pytest.mark.parametrize("line", ["The storm of 20 June 2019", "2019", "20 June to 21 June 2019"])
def test_a_line_that_only_names_a_date_is_not(line: str) -> None:
    assert dateline(f"The gate\n\n{line}\n\n{BODY}") is None


def test_a_date_far_down_is_not_the_day_of_publication() -> None:
    assert dateline("\n\n".join(["A line."] * 9 + ["2019-06-20"])) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The gate shuts\n\n{BODY}", "The gate shuts"),
        (f"{BODY}\n\nMore.", ""),
        ("The gate shuts", ""),
        (f"***\n\n{BODY}", ""),
        (f"{'long ' * 30}\n\n{BODY}", ""),
    ],
)
def test_a_first_line_that_reads_like_a_headline(text: str, expected: str) -> None:
    assert headline(text) == expected


def test_a_word_file_is_dated_by_its_dateline() -> None:
    lines = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("The gate", "20 June 2019", BODY)
    )
    assert load_docx(package(docx_parts(lines)), "gate.docx").published == date(2019, 6, 20)


def test_rich_text_is_called_by_its_first_line_before_a_heading_below() -> None:
    pars = (r"{\pard\qc\b\fs36 The gate shuts\par}", r"{\pard 2019-06-20\par}")
    heading = r"{\pard\outlinelevel1 What happens next\par}"
    source = r"{\rtf1 " + "".join(pars) + r"{\pard " + BODY + r"\par}" + heading + "}"
    loaded = load_rtf(source.encode(), "gate.rtf")
    assert (loaded.title, loaded.published) == ("The gate shuts", date(2019, 6, 20))
