"""What the tests of a Chroma server have in common."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from eval.server.running import HOST
from groundwire.index.store import IndexStore
from tests.unit.index import made, processes

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.index.dense import DenseSearch


class Wire:
    """A connection in between: keeps what is sent, and can stop passing replies on."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server((HOST, 0))
        self._open: list[socket.socket] = []
        self.sent = bytearray()
        self.stalled = threading.Event()
        self.url = f"http://{HOST}:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for each in (self._listening, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection((HOST, self._port))
                self._open += [near, far]
                threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
                threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, outward: bool) -> None:  # noqa: FBT001  # one of two directions
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if outward:
                    self.sent += data
                elif self.stalled.is_set():
                    continue
                target.sendall(data)


def write(folder: Path, url: str | None, size: int = 5, version: int = 0) -> IndexStore:
    """Put documents into an index, all in one commit."""
    store = IndexStore(folder, vector_url=url)
    with store.writer(made.identity(), made.canary()) as writer:
        for each in processes.corpus(version, size):
            writer.put(each, made.cut(each), made.vectors(made.cut(each)))
    return store


def asks(dense: DenseSearch) -> bool:
    """Return whether the last search got its proposals from the server."""
    return getattr(dense._proposer, "_chroma", None) is not None
