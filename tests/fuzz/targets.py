"""What is fuzzed: something that takes bytes, and what must hold whatever they are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from random import Random

Group = Literal["loaders", "queries"]
MAX_INPUT = 64 * 1024
"""Bytes of the largest input."""


class BrokenPromiseError(Exception):
    """A result is not what it must be, though nothing was raised."""


class UnusableInputError(Exception):
    """The bytes are no input of this target; only shrinking makes such."""


Run = Callable[[bytes], object]
"""Takes an input and returns what came of it, the same each time. What it raises is a finding."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is fuzzed.

    Attributes:
        name: Its name, unique.
        group: What it is a part of.
        make: Makes an input of at most ``MAX_INPUT`` bytes.
        open: Prepares it, given a folder that is shared by all targets of a run.
        seeds: Inputs that are tried first, as they are.
    """

    name: str
    group: Group
    make: Callable[[Random], bytes]
    open: Callable[[Path], AbstractContextManager[Run]]
    seeds: tuple[bytes, ...] = ()


def plainly(run: Run) -> Callable[[Path], AbstractContextManager[Run]]:
    """Return what opens a target that needs no preparation."""

    @contextmanager
    def opened(_folder: Path) -> Iterator[Run]:
        yield run

    return opened


def promise(kept: object, words: str) -> None:
    """Raise if something is not as it must be.

    Raises:
        BrokenPromiseError: It is not.
    """
    if not kept:
        raise BrokenPromiseError(words)
