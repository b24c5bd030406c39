"""Portable documents: ``.pdf``, their text by PDFium."""

from __future__ import annotations

import re
from contextlib import closing
from ctypes import POINTER, cast, create_string_buffer
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwire.ingest.loaders.base import (
    Loaded,
    LoadError,
    Members,
    date_from,
    one_line,
    title_from,
)
from groundwire.ingest.loaders.openings import dateline
from groundwire.ingest.loaders.packages import made_on, own_author, own_title
from groundwire.ingest.loaders.pdf_lines import read_page
from groundwire.ingest.loaders.pdf_paragraphs import compose_pages
from groundwire.ingest.loaders.pdf_running import without_running_lines

if TYPE_CHECKING:
    from groundwire.ingest.loaders.pdf_lines import Page
    from groundwire.ingest.loaders.pdf_paragraphs import Composed

MAX_PAGES = 5_000
"""Pages of one file. The longest reports have some 3,000."""
MAX_CHARACTERS = 20_000_000
"""Characters of one file: ten times those of 3,000 full pages."""

_MOMENT = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\S*)")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_UNREADABLE_SHARE = 0.3
_NO_TITLE = re.compile(r".*\.(?:pdf|indd|qxd|tex|dvi|pptx?|xlsx?)", re.IGNORECASE)
_LONGEST_TITLE = 200
_MOST = 0.5
_ONE_SCAN = "no text: its page looks scanned"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LANGUAGE_BYTES = 64


def load_pdf(data: bytes, name: str) -> Loaded | Members:
    """Read the text of a portable document (``.pdf``), each page with its number.

    Lines become paragraphs, words broken at the end of a line are made whole, and running heads
    and page numbers are left out. Where most pages look scanned and some have text, that is read
    and the rest is a problem. Nothing in it is executed or fetched. PDFium is not safe for threads:
    only one may read at a time in a process.

    Raises:
        LoadError: It is damaged, protected by a password, too large, or without text, as scanned
            pages are.
    """
    found = _opened(data)
    composed = compose_pages(without_running_lines(found.pages))
    if not composed.text:
        raise LoadError(found.why_empty())
    if len(_PRIVATE.findall(composed.text)) > _UNREADABLE_SHARE * len(composed.text):
        raise LoadError("no text: its fonts do not say which characters they show")
    created = _day(found.said.get("creationdate", ""))
    loaded = Loaded(
        title=_title(found) or _first_heading(composed) or title_from(name),
        source="",
        author=own_author(found.said.get("author", "")),
        published=date_from(name)
        or dateline(composed.text)
        or made_on(created, _day(found.said.get("moddate", "")) or created),
        language=found.language,
        text=composed.text,
        headings=composed.headings,
        locators=composed.locators,
    )
    count = len(found.pages)
    if found.scanned < _MOST * count:
        return loaded
    reason = f"{found.scanned} of its {count} pages have no text and look scanned"
    return Members((loaded,), (("", reason),))


@dataclass(frozen=True, slots=True)
class _Found:
    """What PDFium reads in a file.

    Attributes:
        pages: The lines of each page.
        said: What the document says about itself, by names in lower case.
        language: Language code; empty if it does not say.
        scanned: How many pages show a picture and no line.
    """

    pages: list[Page]
    said: dict[str, str]
    language: str
    scanned: int

    def why_empty(self) -> str:
        """Say why there is no text: most often, each page is a picture of one."""
        if not self.scanned:
            return "no text"
        count = len(self.pages)
        return f"no text: its {count} pages look scanned" if count > 1 else _ONE_SCAN


def _opened(data: bytes) -> _Found:
    """Read a file with PDFium.

    Raises:
        LoadError: It is damaged, protected or too large.
    """
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            pages = _pages(document)
            said = {
                str(key).lower(): one_line(str(value))
                for key, value in document.get_metadata_dict().items()
            }
            blank = [index for index, page in enumerate(pages) if not page.lines]
            scanned = sum(_has_picture(document, index) for index in blank)
            return _Found(pages, said, _language(document), scanned)
    except LoadError:
        raise
    except Exception as error:  # a parser of hostile files may raise anything
        if "password" in str(error).lower():
            raise LoadError("is protected by a password") from error
        raise LoadError("not a PDF file, or a damaged one") from error


def _pages(document: Any) -> list[Page]:  # noqa: ANN401 -- pypdfium2 has no types
    """Return the lines of each page.

    Raises:
        LoadError: There are too many pages or characters.
    """
    if len(document) > MAX_PAGES:
        raise LoadError(f"has more than {MAX_PAGES:,} pages")
    pages: list[Page] = []
    characters = 0
    for index in range(len(document)):
        with closing(document[index]) as page:
            pages.append(read_page(page, index + 1))
        characters += sum(len(line.text) for line in pages[-1].lines)
        if characters > MAX_CHARACTERS:
            raise LoadError(f"has more than {MAX_CHARACTERS:,} characters")
    return pages


def _has_picture(document: Any, index: int) -> bool:  # noqa: ANN401 -- pypdfium2 has no types
    """Return whether a page shows a picture."""
    import pypdfium2.raw as pdfium

    with closing(document[index]) as page:
        return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))


def _language(document: Any) -> str:  # noqa: ANN401 -- pypdfium2 has no types
    """Return the code of the language that the document says it is in, or an empty string."""
    import pypdfium2.raw as pdfium

    buffer = create_string_buffer(_LANGUAGE_BYTES)
    pointer = cast(buffer, POINTER(pdfium.FPDF_WCHAR))
    length = pdfium.FPDFCatalog_GetLanguage(document, pointer, _LANGUAGE_BYTES)
    code = buffer.raw[: min(length, _LANGUAGE_BYTES)].decode("utf-16-le", "replace").rstrip("\0")
    return code.lower() if _LANGUAGE.fullmatch(code) else ""


def _title(found: _Found) -> str:
    """Return what the document calls itself, unless a program made that up."""
    title = own_title(found.said.get("title", ""))
    return "" if _NO_TITLE.fullmatch(title) else title


def _first_heading(composed: Composed) -> str:
    """Return the first heading of the first page, if it can be a title."""
    page = composed.locators[0].span
    inside = (span.of(composed.text) for span in composed.headings if span.end <= page.end)
    return next((one_line(text) for text in inside if len(text) <= _LONGEST_TITLE), "")


def _day(moment: str) -> str:
    """Turn a moment such as ``D:20190620080000Z`` into ``2019-06-20 080000Z``, the day first."""
    found = _MOMENT.match(moment)
    return f"{found[1]}-{found[2]}-{found[3]} {found[4]}" if found else ""
