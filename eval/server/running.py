"""A Chroma server of the installed package, on a free port of this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"
_START_S = 60.0
_DATABASE = "tenants/default_tenant/databases/default_database"
_CHROMA = "import sys; from chromadb.cli.cli import app; sys.argv[0] = 'chroma'; app()"


class ServerStartError(Exception):
    """The server ended, or did not answer in time."""


class ChromaServer:
    """A server process: started at a port, killed, started again at the same one.

    Attributes:
        folder: Where its files are.
        url: Its address.
    """

    def __init__(self, folder: Path) -> None:
        """Choose a port; nothing is started.

        Args:
            folder: Where it keeps its files, and what it prints, in ``server.log``.
        """
        self.folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://{HOST}:{self._port}"

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.kill()

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            ServerStartError: It does not.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        words = ["run", "--host", HOST, "--port", str(self._port), "--path", str(self.folder)]
        log = self.folder / "server.log"
        with log.open("ab") as printed:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and words
                [sys.executable, "-c", _CHROMA, *words], stdout=printed, stderr=printed
            )
        ends = time.monotonic() + _START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > ends:
                self.kill()
                raise ServerStartError(f"the Chroma server did not start, see {log}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def running(self) -> bool:
        """Return whether it was started and did not end."""
        return self._process is not None and self._process.poll() is None

    def collections(self) -> list[str]:
        """Return the names of the collections that it keeps."""
        connection = HTTPConnection(HOST, self._port, timeout=5)
        try:
            connection.request("GET", f"/api/v2/{_DATABASE}/collections")
            return sorted(each["name"] for each in json.load(connection.getresponse()))
        finally:
            connection.close()

    def _answers(self) -> bool:
        connection = HTTPConnection(HOST, self._port, timeout=5)
        try:
            connection.request("GET", "/api/v2/heartbeat")
            return connection.getresponse().status == 200  # noqa: PLR2004  # OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])
