"""Reading files without trusting them: every format with a structure in a program of its own.

Parsers of PDF, mail, XML and archives are large and meet files that were made to break them. They
run in a child process with limits, one for many files, which is ended and replaced when a file is
too much for it. Nothing that a file does to it can stop a sync: it is a line in the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.registry import (
    MAX_BYTES,
    PLAIN_SUFFIXES,
    check,
    load,
    suffix_of,
)
from groundwire.ingest.process import ReadingProcess
from groundwire.ingest.wire import OutOfMemoryError, Request, WireError

if TYPE_CHECKING:
    import threading
    from types import TracebackType

    from groundwire.ingest.loaders.base import Loaded, Members
    from groundwire.ingest.loaders.columns import Columns

TIMEOUT_S = 60.0
"""Seconds for a file of up to 20 MiB; a larger one gets as much longer as it is larger."""
MEMORY = 2 * 1024**3
"""Bytes of address space, libraries included. The largest files that are read need half of it."""


class Reader:
    """Reads files, the risky ones in a child process that is started for the first of them.

    A context manager, for one thread at a time. Without ``with``, ``close`` ends the child.
    """

    def __init__(
        self,
        columns: Columns | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        memory: int = MEMORY,
        cancel: threading.Event | None = None,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            columns: Which columns of tables to use, as far as they are not to be guessed.
            timeout_s: Seconds that reading a file of up to 20 MiB may take.
            memory: Bytes of address space that the child may use.
            cancel: When set, the file that is being read is given up.
        """
        self._columns = columns
        self._timeout_s = timeout_s
        self._memory = memory
        self._cancel = cancel
        self._child: ReadingProcess | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child."""
        self.close()

    def close(self) -> None:
        """End the child, if there is one; a further file would start another."""
        child, self._child = self._child, None
        if child is not None:
            child.stop()

    def load(self, data: bytes, name: str) -> Loaded | Members:
        """Read a file's bytes with the loader for its name.

        Args:
            data: The whole content of the file.
            name: The file's name, with its suffix.

        Raises:
            LoadError: It is refused, or too much for the limits; the reason is for people.
            CancelledError: The event was set meanwhile.
        """
        check(data, name)
        if suffix_of(name) in PLAIN_SUFFIXES:
            return load(data, name, self._columns)
        seconds = self._timeout_s * max(1.0, len(data) / MAX_BYTES)
        try:
            return self._read_safely(Request(name, len(data), seconds, self._columns), data)
        except TimeoutError as error:
            raise LoadError(f"reading it took longer than {seconds:.0f} seconds") from error
        except OutOfMemoryError as error:
            mib = self._memory // 2**20
            raise LoadError(f"reading it needs more than {mib:,} MiB of memory") from error
        except WireError as error:
            raise LoadError("the program that reads it gave up") from error

    def _read_safely(self, request: Request, data: bytes) -> Loaded | Members:
        """Let a child read a file; a second one, where the first is lost and had read others.

        What the files before left behind must not decide about this one.
        """
        is_fresh = self._child is None
        try:
            return self._read(request, data)
        except (OutOfMemoryError, WireError):
            if is_fresh:
                raise
        return self._read(request, data)

    def _read(self, request: Request, data: bytes) -> Loaded | Members:
        """Let the child read a file, and end it where that did not go well."""
        try:
            if self._child is None:
                self._child = ReadingProcess(self._memory)
            return self._child.read(request, data, self._cancel)
        except LoadError:
            raise
        except BaseException:
            self.close()
            raise
