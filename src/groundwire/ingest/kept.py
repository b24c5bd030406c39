"""What the index holds of the roots that are synced, file by file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from groundwire.index.files import StoredFile
    from groundwire.index.writer import Writer
    from groundwire.index.writing import Known

_Place = tuple[str, str]
"""A root, and the path of a file in it."""


class Former(NamedTuple):
    """A document as it was stored at the path that its file had before.

    Attributes:
        path: That path.
        known: What is known of it.
    """

    path: str
    known: Known


class Kept:
    """The stored documents of the roots of one sync, and the files that are gone from them."""

    def __init__(self, writer: Writer) -> None:
        """Know no root yet."""
        self._writer = writer
        self._files: dict[_Place, StoredFile] = {}
        self._documents: defaultdict[_Place, dict[str, Known]] = defaultdict(dict)
        self._gone: set[_Place] = set()
        self._by_digest: defaultdict[str, list[_Place]] = defaultdict(list)

    def look(self, root: str, here: Collection[str]) -> None:
        """Read what is stored of a root.

        Args:
            root: The root.
            here: The paths of its files now.
        """
        for path, file in self._writer.files(root).items():
            self._files[root, path] = file
            if path not in here:
                self._gone.add((root, path))
                self._by_digest[file.digest].append((root, path))
        for path, known in self._writer.known(root).items():
            self._documents[root, known.file][path] = known
            if known.file not in here:
                self._gone.add((root, known.file))

    def file(self, root: str, path: str) -> StoredFile | None:
        """Return a file whose documents are all stored; None if they are not."""
        return self._files.get((root, path))

    def documents(self, root: str, path: str) -> Mapping[str, Known]:
        """Return the stored documents of a file by their paths."""
        return self._documents.get((root, path), {})

    def former(self, root: str, path: str, digest: str) -> dict[str, Former]:
        """Return what a new file's documents are stored as by their paths, if it was moved here.

        It was if a file with the same bytes is gone; of several, one of the same root. What is
        returned counts as gone no more.

        Args:
            root: The root that the file is in.
            path: Its path.
            digest: SHA-256 of its bytes.
        """
        places = self._by_digest.get(digest)
        if not places:
            return {}
        place = next((each for each in places if each[0] == root), places[0])
        places.remove(place)
        before = self._documents.pop(place, {})
        return {
            path + old.removeprefix(place[1]): Former(old, known) for old, known in before.items()
        }

    def gone(self) -> Iterator[tuple[str, str, Mapping[str, Known]]]:
        """Yield the files that are gone, by root and path, with the documents left of them."""
        for root, path in sorted(self._gone):
            yield root, path, self._documents.get((root, path), {})
