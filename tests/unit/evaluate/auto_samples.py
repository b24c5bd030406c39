"""A folder of six made-up reports, told by a desk that can only be read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from groundwire.domain.documents import Document, DocumentId, DocumentInfo
from groundwire.domain.families import Family
from groundwire.evaluate.auto.material import read_material

if TYPE_CHECKING:
    from groundwire.evaluate.auto.material import Material

FERRY = (
    "Marta Quell announced that the ferry to Sallow will sail again from the new harbour. "
    "The operator carried 2,400 passengers across the bay during the long festival weekend. "
    "On 3 May 2024, Sallow Ferries opened a second office beside the old fish market."
)
COUNCIL = (
    "Marta Quell told the council that the harbour budget is too small for another pier. "
    "The inspectors found nine broken lamps along the northern breakwater in Port Eddery."
)
BRIDGE = (
    "Jonas Ferring rejected the engineers' plan for a wooden bridge over the river Lanner. "
    "“The timber will not last ten winters here,” Jonas Ferring said, citing old surveys."
)
REPORTS = {
    "ferry.md": ("Ferry to Sallow sails again", "Harbour Wire", date(2024, 5, 4), FERRY),
    "council.md": ("Council hears budget plea", "Bay Courier", date(2024, 5, 9), COUNCIL),
    "bridge.md": ("Bridge plan rejected", "Harbour Wire", date(2024, 6, 1), BRIDGE),
    "copy.md": ("Ferry sails again", "Sallow Post", date(2024, 5, 5), FERRY),
    "plain.md": ("plain", "", None, "Nothing here is long enough. It is so."),
}


def document(path: str) -> Document:
    title, source, published, text = REPORTS[path]
    return Document(
        id=DocumentId(f"id-{path}"),
        root="/news",
        path=path,
        title=title,
        source=source,
        author="",
        published=published,
        language="",
        text=text,
        content_hash="",
    )


class Folder:
    """A desk that can only be read."""

    def docs(self) -> tuple[DocumentInfo, ...]:
        return tuple(DocumentInfo.of(document(path), 1) for path in REPORTS)

    def families(self) -> tuple[Family, ...]:
        infos = {info.path: info for info in self.docs()}
        return (Family(infos["ferry.md"], (infos["copy.md"],)),)

    def show(self, document_id: str) -> Document:
        return document(document_id.removeprefix("id-"))


def material() -> Material:
    return read_material(Folder())
