"""Small DOCX, ODT and EPUB files, made part by part."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF = (
    f'xmlns:office="{_OPEN}office:1.0" xmlns:text="{_OPEN}text:1.0" '
    f'xmlns:table="{_OPEN}table:1.0" xmlns:draw="{_OPEN}drawing:1.0" '
    f'xmlns:style="{_OPEN}style:1.0" xmlns:meta="{_OPEN}meta:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

WORD_STYLES = """
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="House"><w:name w:val="House head"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="L"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"""


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of the given parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx_parts(body: str, *, core: str = "", footnotes: str = "") -> dict[str, str | bytes]:
    """Return the parts of a DOCX file with the given body, core properties and footnotes."""
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "footnotes")
    )
    main = f'<Relationship Id="r" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    return {
        "_rels/.rels": f"<Relationships>{main}</Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_WORD}>{WORD_STYLES}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {_WORD}>{footnotes}</w:footnotes>",
        "docProps/core.xml": f"<coreProperties>{core}</coreProperties>",
    }


def odt_parts(body: str, *, meta: str = "", styles: str = "") -> dict[str, str | bytes]:
    """Return the parts of an ODT file with the given body, metadata and automatic styles."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>"
        ),
        "meta.xml": (
            f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta></office:document-meta>"
        ),
    }


def epub_parts(
    chapters: dict[str, str], *, metadata: str = "", contents: str = ""
) -> dict[str, str | bytes]:
    """Return the parts of an EPUB file: chapters by file name, metadata, list items of the nav."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
        ),
        "OPS/book.opf": (
            '<package xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://o">'
            f"<metadata>{metadata}</metadata><manifest>{items}"
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
            f"</manifest><spine>{spine}</spine></package>"
        ),
        "OPS/nav.xhtml": (
            '<html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>'
            f"{contents}</ol></nav></body></html>"
        ),
    }
    for name, body in chapters.items():
        parts[f"OPS/{name}"] = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
            f"<head><title>no words of the book</title></head><body>{body}</body></html>"
        )
    return parts
