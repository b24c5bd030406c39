"""What is to be summarised: which documents a target means, in the order of reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.domain.errors import NoDocumentsError, NotFoundError
from groundwire.domain.summaries import GivenText, Topic
from groundwire.summarize.topics import documents_on, read_subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.retrieval import Scope
    from groundwire.domain.summaries import Target
    from groundwire.index.snapshot import Snapshot
    from groundwire.retrieve.hybrid import HybridRetriever
    from groundwire.summarize.topics import Subject

_WILDCARDS = frozenset("*?[")
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a target means in one revision of the index.

    Attributes:
        name: What is summarised, in words.
        infos: The documents, in the order in which they are to be read: for a topic the nearest
            first, else those of a folder, a glob or everything by day of publication.
        subject: The topic, if it is one.
    """

    name: str
    infos: tuple[DocumentInfo, ...]
    subject: Subject | None = None


def choose(snapshot: Snapshot, retriever: HybridRetriever, target: Target, scope: Scope) -> Chosen:
    """Return the documents that a target means.

    A name is an id, a path, the end of one, a title, a glob over paths, or a folder. A name that
    fits several documents and is no glob is refused, as ``show`` refuses it.

    Args:
        snapshot: The index.
        retriever: Finds the passages on a topic.
        target: What is to be summarised; None for everything.
        scope: Which documents may be used.

    Raises:
        NotFoundError: A name means no document of the scope, or several.
        NoDocumentsError: The index or the scope holds no document.
    """
    if isinstance(target, GivenText):
        message = "a given text is not looked for in the index"
        raise TypeError(message)
    allowed = snapshot.documents(scope)
    if not allowed:
        raise _no_documents(scope)
    if target is None:
        return Chosen(_everything(allowed, scope), by_day(allowed))
    if isinstance(target, Topic):
        subject = read_subject(snapshot, retriever, target.text)
        return Chosen(target.text, documents_on(snapshot, retriever, subject, scope), subject)
    names = (target,) if isinstance(target, str) else tuple(target)
    if not names:
        raise NotFoundError("no document is named", hint="run: groundwire docs")
    meant = {info.id: info for name in names for info in _named(snapshot, name)}
    infos = tuple(meant.values())
    return Chosen(infos[0].title if len(infos) == 1 else _listed(names), infos)


def _named(snapshot: Snapshot, name: str) -> tuple[DocumentInfo, ...]:
    """Return the documents that a name means, by day where it means a group."""
    if inside := _inside(snapshot.documents(), name):
        return by_day(inside)
    found = snapshot.find(name)
    if len(found) > 1 and not _WILDCARDS & set(name):
        listed = ", ".join(info.path for info in found[:_LISTED])
        raise NotFoundError(
            f"{len(found)} documents are called {name!r}: {listed}",
            hint="give the whole path, the id, or a glob",
        )
    if not found:
        raise NotFoundError(
            f"no document or folder is called {name!r}", hint="run: groundwire docs"
        )
    return by_day(found)


def _inside(infos: Sequence[DocumentInfo], name: str) -> tuple[DocumentInfo, ...]:
    """Return the documents in a folder: its path from a root, or the end of it."""
    folder = name.strip().removeprefix("./").strip("/")
    if not folder:
        return ()
    starting = tuple(info for info in infos if info.path.startswith(f"{folder}/"))
    return starting or tuple(info for info in infos if f"/{folder}/" in info.path)


def by_day(infos: Sequence[DocumentInfo]) -> tuple[DocumentInfo, ...]:
    """Return documents by day of publication, undated ones last, those of one day by path."""
    dated = sorted(
        (info for info in infos if info.published),
        key=lambda info: (info.published, info.path, info.id),
    )
    undated = sorted(
        (info for info in infos if not info.published), key=lambda info: (info.path, info.id)
    )
    return (*dated, *undated)


def _everything(infos: Sequence[DocumentInfo], scope: Scope) -> str:
    documents = f"{len(infos)} document{'s' * (len(infos) != 1)}"
    return f"all {documents}" if scope.is_everything() else f"{documents} in scope"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    listed = ", ".join(names[:_LISTED])
    return f"{listed} and {more} more" if more > 0 else listed


def _no_documents(scope: Scope) -> NoDocumentsError:
    return NoDocumentsError(
        "no document is in the index" if scope.is_everything() else "no document matches the scope",
        hint="run: groundwire docs (lists what is indexed)",
    )
