"""One target, tried with one input after the other: what was found, and in the fewest bytes."""

from __future__ import annotations

import gc
import hashlib
import resource
import signal
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.fuzz.targets import BrokenPromiseError, UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fuzz.targets import Run, Target

SECONDS = 5.0
"""Seconds of computing that an input may take."""
KILLED_AFTER = 2 * SECONDS
"""Seconds of computing after which the process is ended, whatever it is in."""
MEMORY = 1024**3
"""Bytes of address space that an input may take."""
REPEATED = 8
"""One input in so many is tried twice."""

_SHRINKING_S = 20.0
_SHRINKING_TRIES = 400


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that broke something.

    Attributes:
        kind: What broke, the same for every input that breaks it there.
        story: How, for people.
        data: The input.
    """

    kind: str
    story: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one input.

    Attributes:
        digest: Hash of the result.
        finding: What broke; None if nothing did.
    """

    digest: str
    finding: Finding | None = None


def inputs(target: Target, seed: int, first: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield the inputs of a target without end: each depends on its number and the seed alone.

    Args:
        target: What they are for.
        seed: Other seeds give other inputs.
        first: The number to begin with.
    """
    number = first
    while True:
        if number < len(target.seeds):
            yield number, target.seeds[number]
        else:
            yield number, target.make(Random(f"{seed} {target.name} {number}"))  # noqa: S311 -- no secret
        number += 1


def attempt(run: Run, data: bytes, *, repeat: bool = False) -> Tried:
    """Try one input.

    Args:
        run: The target.
        data: The input.
        repeat: Whether to try it twice and hold the results against each other.
    """
    began = time.process_time()
    try:
        digest = _digest(run(data))
        took = time.process_time() - began
        if took > SECONDS:
            return _found("slow", f"{took:.1f} s", data)
        if repeat and _digest(run(data)) != digest:
            return _found("differs", "another result for the same input", data)
    except UnusableInputError:
        return Tried("unusable")
    except Exception as error:  # noqa: BLE001 -- whatever is raised is what is looked for
        return _found(_kind(error), "".join(traceback.format_exception(error)[-12:]), data)
    return Tried(digest)


def bounded(run: Run) -> Run:
    """Return a target that ends the process with an input that takes too long, whatever it does."""

    def bounded_run(data: bytes) -> object:
        signal.setitimer(signal.ITIMER_PROF, KILLED_AFTER)
        try:
            return run(data)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    return bounded_run


def limit_memory() -> None:
    """Let this process use no more than what it has and ``MEMORY``."""
    gc.collect()
    if not sys.platform.startswith("linux"):  # elsewhere there is no telling how much it has
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


def shrunk(run: Run, finding: Finding) -> Finding:
    """Return a finding with as little of its input as still breaks the same."""
    if finding.kind in {"slow", "differs"}:
        return finding
    until, tries, best, size = time.monotonic() + _SHRINKING_S, _SHRINKING_TRIES, finding, 0
    while size != len(best.data):
        size = len(best.data)
        step = max(size // 2, 1)
        while step >= 1:
            start = 0
            while start < len(best.data):
                tries -= 1
                if tries < 0 or time.monotonic() > until:
                    return best
                less = best.data[:start] + best.data[start + step :]
                again = attempt(run, less).finding
                if again is not None and again.kind == finding.kind:
                    best = again
                else:
                    start += step
            step //= 2
    return best


def _found(kind: str, story: str, data: bytes) -> Tried:
    return Tried(kind, Finding(kind, story, data))


def _digest(result: object) -> str:
    return hashlib.sha256(repr(result).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _kind(error: Exception) -> str:
    """Return the class of an error and the place in the product, or the promise, that broke."""
    if isinstance(error, BrokenPromiseError):
        return f"broken promise: {str(error)[:40]}"
    place = ""
    with suppress(AttributeError):
        for frame in traceback.extract_tb(error.__traceback__):
            if "groundwire" in frame.filename:
                place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"{type(error).__name__} {place}".strip()
