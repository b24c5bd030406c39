"""What cases are made of: the documents of an index, their sentences and the names in them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from groundwire.text.instructions import instruction_spans
from groundwire.text.names import names
from groundwire.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from groundwire.domain.documents import Document, DocumentId, DocumentInfo
    from groundwire.domain.families import Family
    from groundwire.domain.spans import Span

_Item = TypeVar("_Item")

MOST_DOCUMENTS = 1500
"""Documents that are read; of a larger index they are drawn by their contents."""

_WHOLE = re.compile(r"[\"“]?[A-Z0-9].*[.!?][\"'”’]?")
_ODD = re.compile(
    r"[|@{}<>\[\]\\*#_]|https?:|www\.|\b(?:I|we|you|our|your|my|me|us|let's)\b|:\s*$", re.IGNORECASE
)
_FEWEST_WORDS, _MOST_WORDS = 8, 40
_MOST_TOLD = 24


class Read(Protocol):
    """The part of a desk that tells what is indexed."""

    def docs(self) -> tuple[DocumentInfo, ...]:
        """Return the indexed documents."""

    def families(self) -> tuple[Family, ...]:
        """Return the copy families."""

    def show(self, document: str) -> Document:
        """Return a document with its text."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that something can be asked about.

    Attributes:
        document: Its document.
        span: Where it stands there.
        text: The sentence on one line.
        names: The names in it, in order.
    """

    document: DocumentInfo
    span: Span
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What is read of an index.

    Attributes:
        documents: The documents that were read, in an order that their contents give.
        told: Sentences by document.
        mentions: By name the documents that print it.
        copies: By document all that belong to its copy family, itself among them.
        words: By word, without case, how many of the documents print it.
        total: How many documents the index holds.
    """

    documents: tuple[DocumentInfo, ...]
    told: Mapping[DocumentId, tuple[Told, ...]]
    mentions: Mapping[str, frozenset[DocumentId]]
    copies: Mapping[DocumentId, frozenset[DocumentId]]
    words: Mapping[str, int]
    total: int

    @property
    def sources(self) -> tuple[str, ...]:
        """The outlets that documents give, sorted."""
        return tuple(sorted({each.source for each in self.documents if each.source}))

    def same(self, document: DocumentId) -> frozenset[DocumentId]:
        """Return a document and its copies."""
        return self.copies.get(document, frozenset((document,)))


def read_material(desk: Read, *, most: int = MOST_DOCUMENTS) -> Material:
    """Return what an index holds, read once."""
    infos = desk.docs()
    first = sorted(infos, key=lambda info: drawn(info.path, info.title))[:most]
    texts = {info.id: desk.show(info.id).text for info in first}
    documents = sorted(first, key=lambda info: drawn(texts[info.id], info.path))
    mentions: dict[str, set[DocumentId]] = defaultdict(set)
    words: dict[str, int] = defaultdict(int)
    told: dict[DocumentId, tuple[Told, ...]] = {}
    for info in documents:
        told[info.id] = tuple(_told(info, texts[info.id]))
        for name in names(texts[info.id]):
            mentions[name].add(info.id)
        for word in set(re.findall(r"[\w'’-]+", texts[info.id].casefold())):
            words[word] += 1
    members = (frozenset(each.id for each in family.members) for family in desk.families())
    copies = {member: family for family in members for member in family}
    held = {name: frozenset(ids) for name, ids in mentions.items()}
    return Material(tuple(documents), told, held, copies, words, len(infos))


def drawn(*parts: str) -> int:
    """Return a number that words give: as good as drawn by chance, and always the same."""
    joined = "\0".join(parts).encode("utf-8", "replace")
    return int.from_bytes(hashlib.sha256(joined).digest()[:8], "big")


def pick(items: Sequence[_Item], *parts: str) -> _Item:
    """Return one of some items, drawn by words."""
    return items[drawn(*parts) % len(items)]


def _told(info: DocumentInfo, text: str) -> Iterator[Told]:
    """Yield the sentences of a document that are whole; of many, some drawn by their words."""
    whole = [(span, plain) for span, plain in _whole(text) if not _ODD.search(plain)]
    kept = sorted(whole, key=lambda each: drawn(each[1]))[:_MOST_TOLD]
    for span, plain in sorted(kept, key=lambda each: each[0]):
        yield Told(info, span, plain, names(plain))


def _whole(text: str) -> Iterator[tuple[Span, str]]:
    orders = instruction_spans(text)
    for span in sentences(text):
        plain = " ".join(span.of(text).split())
        if not _FEWEST_WORDS <= plain.count(" ") + 1 <= _MOST_WORDS:
            continue
        if not _WHOLE.fullmatch(plain) or _unclosed(plain):
            continue
        if not any(span.overlaps(order) for order in orders):
            yield span, plain


def _unclosed(text: str) -> bool:
    curled = text.count("“") != text.count("”")
    return curled or text.count('"') % 2 == 1 or text.count("(") != text.count(")")
