"""Small PDF files, made piece by piece."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BODY = 11.0
_FONTS = {"F": "Helvetica", "B": "Helvetica-Bold"}


def show(words: str, x: float, y: float, size: float = BODY, font: str = "F") -> str:
    """Return the operators that draw words at a place."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def set_lines(
    lines: Iterable[str], x: float = 72, y: float = 700, *, size: float = BODY, step: float = 13
) -> str:
    """Return the operators that draw lines under each other."""
    return "\n".join(show(line, x, y - n * step, size) for n, line in enumerate(lines))


def wrapped(words: str, width: int = 70) -> list[str]:
    """Return words broken into lines of about that many characters, none at a hyphen."""
    return textwrap.wrap(words, width, break_on_hyphens=False)


def pdf(
    pages: Sequence[str],
    info: Mapping[str, str] | None = None,
    *,
    extra: str = "",
    catalog: str = "",
    resources: str = "",
) -> bytes:
    """Return a PDF file.

    Args:
        pages: The content of each page, in operators; Latin-1.
        info: What the document says about itself.
        extra: An object that stands before all others, such as a picture; it is number 1.
        catalog: More entries of the catalog.
        resources: More resources of each page.
    """
    objects = [extra or "<<>>"]
    fonts = " ".join(
        f"/{key} <</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"
        for key, name in _FONTS.items()
    )
    kids: list[int] = []
    parent = 2 + 2 * len(pages)
    for content in pages:
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            f"/Resources<</Font<<{fonts}>>{resources}>>>>"
        )
        kids.append(len(objects))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects.append(f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>")
    objects.append(f"<</Type/Catalog/Pages {parent} 0 R{catalog}>>")
    fields = " ".join(f"/{key} ({value})" for key, value in (info or {}).items())
    objects.append(f"<<{fields}>>")
    return _assembled(objects, root=parent + 1)


def _assembled(objects: Sequence[str], root: int) -> bytes:
    """Write the objects one after the other, then where each of them is."""
    data = b"%PDF-1.7\n"
    places: list[int] = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root {root} 0 R/Info {root + 1} 0 R>>"
    table = f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(data)}\n%%EOF"
    return data + table.encode()
