"""Two documents for a comparison, from the index or from files beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.compare.comparison import compare
from groundwire.desk.naming import the_one
from groundwire.desk.reading import reader_of
from groundwire.domain.documents import DocumentInfo
from groundwire.domain.errors import UsageError
from groundwire.domain.retrieval import Scope
from groundwire.ingest.discover import discover
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.passages import segment
from groundwire.ingest.reading import documents_of, read_file
from groundwire.retrieve.accounts import account_of, read_accounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from groundwire.desk.build import Parts
    from groundwire.domain.comparisons import Comparison
    from groundwire.domain.documents import Document
    from groundwire.domain.spans import Span
    from groundwire.ingest.reader import Reader
    from groundwire.models.encoder import Encoder
    from groundwire.retrieve.accounts import Account


@dataclass(frozen=True, slots=True)
class Compared:
    """Two documents held side by side, and where they came from.

    Attributes:
        comparison: What was found.
        documents: The documents, as they were read.
        indexed: Whether both are of the index.
    """

    comparison: Comparison
    documents: tuple[Document, ...]
    indexed: bool


def compare_documents(parts: Parts, left: str, right: str, scope: Scope) -> Compared:
    """Return two documents held side by side.

    Args:
        parts: The desk's parts.
        left: A document of the index, named as for ``show``, or else the path of a file, which is
            read as it is now. Without an index, two files can be compared.
        right: The other one.
        scope: Which documents of the index may be meant.

    Raises:
        NotFoundError: No document of the scope, or several, are called so.
        UsageError: A file cannot be read, or is no document.
        IndexMissingError: A name is no file, and there is no index.
    """
    names = tuple(dict.fromkeys((left, right)))
    files = [name for name in names if not _is_listed(parts, name, scope) and _is_file(name)]
    with reader_of(parts.settings) as reader:
        documents = {name: _document(Path(name).expanduser(), reader) for name in files}
    accounts: dict[str, Account] = {}
    if len(files) < len(names):
        accounts |= _indexed(parts, [name for name in names if name not in files], scope)
    if files:
        encoder = parts.checked_encoder() if accounts else parts.encoder()
        accounts |= {name: _account(document, encoder) for name, document in documents.items()}
    sides = accounts[left], accounts[right]
    comparison = compare(*sides, same_family=not sides[0].independent_of(sides[1]))
    return Compared(comparison, tuple(side.document for side in sides), indexed=not files)


def account_called(parts: Parts, name: str) -> Account:
    """Return the account of a document of the index, named as for ``show``.

    Raises:
        NotFoundError: No document, or several, are called so.
    """
    return _indexed(parts, [name], Scope())[name]


def _is_listed(parts: Parts, name: str, scope: Scope) -> bool:
    """Return whether the index has a document of just this name: a part of one may be a file's."""
    if not parts.store.exists():
        return False
    with parts.store.snapshot(scope) as snapshot:
        found = snapshot.find(name)
    wanted = name.strip().removeprefix("./")
    return any(
        wanted in {info.id, info.path, info.title} or info.path.endswith(f"/{wanted}")
        for info in found
    )


def _is_file(name: str) -> bool:
    try:
        return Path(name).expanduser().is_file()
    except (OSError, ValueError, RuntimeError):  # a name that cannot be a path, or of no user
        return False


def _indexed(parts: Parts, names: Sequence[str], scope: Scope) -> dict[str, Account]:
    """Return the accounts of documents of the index."""
    dimension = parts.checked_encoder().identity.dimension
    with parts.store.snapshot(scope) as snapshot:
        infos = {name: the_one(snapshot.find(name), name) for name in names}
        origins = snapshot.origins([info.id for info in infos.values()])
        read = read_accounts(snapshot, list(infos.values()), dimension, origins)
        return dict(zip(infos, read, strict=True))


def _document(path: Path, reader: Reader) -> Document:
    """Return the document that a file makes now.

    Raises:
        UsageError: It cannot be read, or there is no text in it.
    """
    file = next(discover(path))
    try:
        data = read_file(file)
        digest = hashlib.sha256(data).hexdigest()
        documents, _ = documents_of(path.parent, file, reader.load(data, path.name), digest)
    except LoadError as error:
        raise UsageError(
            f"{file.relative}: {error}", hint="give a text, Markdown or HTML file"
        ) from error
    if len(documents) > 1:
        raise UsageError(
            f"{file.relative} holds {len(documents)} documents",
            hint="index it and name one of them",
        )
    return documents[0]


def _account(document: Document, encoder: Encoder) -> Account:
    """Return the account of a document that is not in the index."""
    passages = segment(document)
    info = DocumentInfo.of(document, len(passages))

    def encode(texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[NDArray[np.float32]]:
        return [encoding.parts for encoding in encoder.encode_parts(texts, parts)]

    return account_of(document, info, passages, encode)
