"""Chroma's place taken by a dictionary, so that most tests need not wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from groundwire.index.vectors import Fields

Row = tuple["NDArray[np.float32]", "Fields"]


class InMemoryVectors:
    """Keeps vectors by collection for as long as the process lives."""

    everything: ClassVar[dict[str, dict[str, Row]]] = {}

    def __init__(self, folder: Path, collection: str, url: str | None = None) -> None:
        self._key = collection
        self._rows = self.everything.setdefault(self._key, {})
        if url is None:
            folder.mkdir(parents=True, exist_ok=True)

    def upsert(
        self, ids: Sequence[str], vectors: NDArray[np.float32], fields: Sequence[Fields]
    ) -> None:
        self._rows.update(zip(ids, zip(vectors, fields, strict=True), strict=True))

    def delete(self, ids: Sequence[str]) -> None:
        for each in ids:
            self._rows.pop(each, None)

    def ids(self) -> set[str]:
        return set(self._rows)

    def count(self) -> int:
        return len(self._rows)

    def nearest(
        self, vector: NDArray[np.float32], top_k: int, where: Mapping[str, Any] | None
    ) -> tuple[str, ...]:
        fitting = {each: row for each, row in self._rows.items() if _fits(row[1], where)}
        ranked = sorted(fitting, key=lambda each: -float(np.dot(fitting[each][0], vector)))
        return tuple(ranked[:top_k])

    def close(self) -> None:
        """Keep everything."""

    def drop(self) -> None:
        self.everything.pop(self._key, None)


def _fits(fields: Fields, where: Mapping[str, Any] | None) -> bool:
    if where is None:
        return True
    ((name, wanted),) = where.items()
    if name == "$and":
        return all(_fits(fields, each) for each in wanted)
    ((operator, value),) = wanted.items()
    mine: Any = fields[name]
    match operator:
        case "$in":
            return mine in value
        case "$gte":
            return bool(mine >= value)
        case "$gt":
            return bool(mine > value)
        case _:
            assert operator == "$lte"
            return bool(mine <= value)
