"""Small made-up documents with random vectors, and an index of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundwire.domain.documents import Document, DocumentId, Passage, PassageId
from groundwire.domain.encoders import EncoderIdentity
from groundwire.domain.spans import Span
from groundwire.index.identity import LEXICAL, SCHEMA_VERSION, Canary, IndexIdentity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

DIMENSION = 16
TOKEN_DIMENSION = 4
ROOT = "/news"


@dataclass(frozen=True)
class Print:
    """A print by which the stories 0 to 4 are copies of one another, 5 to 9, and so on."""

    text: str
    size: int = 1

    @property
    def bands(self) -> NDArray[np.int64]:
        number = next(int(word) for word in self.text.split() if word.isdigit())
        return np.array([number // 5], dtype=np.int64)

    def may_share(self, bands: int, size: int) -> bool:
        return bands == size == 1

    def shared_with(self, text: str) -> int:
        return int(bool(self.bands == Print(text).bands))


def identity(name: str = "made-up") -> IndexIdentity:
    encoder = EncoderIdentity(
        name,
        weights_sha256="0" * 64,
        dimension=DIMENSION,
        max_tokens=128,
        normalize=True,
        backend="onnx-int8",
        graph_sha256="",
        token_dimension=TOKEN_DIMENSION,
    )
    return IndexIdentity(SCHEMA_VERSION, encoder, "paragraphs 1", LEXICAL)


def canary() -> Canary:
    return Canary.of("a canary", vector("a canary"))


def vector(text: str) -> NDArray[np.float32]:
    """Return a unit vector that depends on nothing but the text."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    numbers = np.random.default_rng(seed).standard_normal(DIMENSION)
    return np.asarray(numbers / np.linalg.norm(numbers), dtype=np.float32)


def vectors(passages: Sequence[Passage]) -> NDArray[np.float32]:
    if not passages:
        return np.empty((0, DIMENSION), dtype=np.float32)
    return np.stack([vector(passage.text) for passage in passages])


def sentences(passages: Sequence[Passage]) -> list[NDArray[np.float32]]:
    """Return for each passage the vectors of its words, as if they were sentences."""
    return [np.stack([vector(word) for word in each.text.split()]) for each in passages]


def tokens(passages: Sequence[Passage]) -> list[tuple[NDArray[np.int8], ...]]:
    """Return for each word of each passage as many piece vectors as the word has vowels."""
    return [tuple(_pieces(word) for word in each.text.split()) for each in passages]


def _pieces(word: str) -> NDArray[np.int8]:
    numbers = [vector(f"{word} {place}") for place, each in enumerate(word) if each in "aeiou"]
    stacked = np.array(numbers, dtype=np.float32).reshape(-1, DIMENSION)
    return np.round(stacked[:, :TOKEN_DIMENSION] * 127).astype(np.int8)


def document(  # noqa: PLR0913  # a test names what matters to it
    path: str,
    text: str,
    *,
    root: str = ROOT,
    title: str = "",
    source: str = "The Courier",
    published: date | None = None,
) -> Document:
    return Document(
        id=DocumentId(digest(root, path)),
        root=root,
        path=path,
        title=title or path,
        source=source,
        author="A. Writer",
        published=published,
        language="en",
        text=text,
        content_hash=digest(text),
    )


def cut(made: Document) -> list[Passage]:
    """Return one passage for each line of a document's text."""
    passages: list[Passage] = []
    start = 0
    for number, line in enumerate(made.text.split("\n"), start=1):
        span = Span(start, start + len(line))
        identifier = PassageId(digest(made.id, str(span), line))
        passages.append(Passage(identifier, made.id, span, line, "", number))
        start = span.end + 1
    return passages


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
