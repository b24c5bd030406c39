"""Documents made in another process, ahead of their use.

So neither the time nor the memory that the making takes is counted as the writer's.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from typing import TYPE_CHECKING, Self

from eval.bench.articles import read
from eval.bench.scale.texts import Maker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.pool import AsyncResult
    from pathlib import Path
    from types import TracebackType

    from groundwire.domain.documents import Document

WAITING = 3
"""Batches that are made ahead."""
_makers: list[Maker] = []


def maker_of(folders: Sequence[Path]) -> Maker:
    """Return a maker of documents out of the articles of folders or JSON lists."""
    return Maker([article for folder in folders for article in read(folder)])


class Ahead:
    """Makes documents in another process."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Start the process; it reads the articles of these folders."""
        context = multiprocessing.get_context("spawn")
        self._pool = context.Pool(1, _start, (tuple(folders),))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._pool.terminate()
        self._pool.join()

    def batches(self, first: int, size: int) -> Iterator[list[Document]]:
        """Yield documents from number ``first`` on, so many at a time, without end."""
        waiting: deque[AsyncResult[list[Document]]] = deque()
        while True:
            while len(waiting) < WAITING:
                waiting.append(self._pool.apply_async(_made, (first, size)))
                first += size
            yield waiting.popleft().get()


def _start(folders: Sequence[Path]) -> None:
    _makers.append(maker_of(folders))


def _made(first: int, size: int) -> list[Document]:
    return [_makers[0].document(number) for number in range(first, first + size)]
