"""A scripted language model on loopback: real HTTP, SSE and NDJSON, nothing intelligent.

It speaks the dialects the product talks to, streamed or whole: :mod:`tests.fakes.llm_dialects`.
Each request plays the next reply of a script, the last one again and again, and is recorded.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Literal, Self

from tests.fakes.llm_dialects import DIALECTS, OPENAI

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from tests.fakes.llm_dialects import Dialect


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request.

    Attributes:
        pieces: The text, as it is streamed.
        end: How it ends: as it should; with a dropped connection; with bytes that are no JSON;
            with an error inside the stream; or not at all, until the client hangs up, silently
            or with a comment now and then that keeps the line open.
        status: The HTTP status; from 400 on, ``pieces`` are the error's message.
        headers: Further response headers.
        pause_s: Seconds before each piece.
        endless: Whether the pieces are repeated until the client hangs up.
    """

    pieces: tuple[str, ...] = ()
    end: Literal["done", "cut", "garbage", "error", "hang", "ping"] = "done"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pause_s: float = 0
    endless: bool = False


def says(*pieces: str, pause_s: float = 0) -> Reply:
    """Stream the pieces and end well."""
    return Reply(pieces, pause_s=pause_s)


def fails(status: int, message: str = "no", **headers: str) -> Reply:
    """Answer with an HTTP error; ``retry_after=…`` becomes the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply((message,), status=status, headers=named)


def garbage(*pieces: str) -> Reply:
    """Stream the pieces, and then something that is no JSON."""
    return Reply(pieces, end="garbage")


def cut_off(*pieces: str) -> Reply:
    """Stream the pieces, and then drop the connection in the middle of the body."""
    return Reply(pieces, end="cut")


def breaks(*pieces: str) -> Reply:
    """Stream the pieces, and then report an error inside the stream."""
    return Reply(pieces, end="error")


def hangs(*pieces: str) -> Reply:
    """Stream the pieces, and then say nothing until the client hangs up."""
    return Reply(pieces, end="hang")


def pings(*pieces: str) -> Reply:
    """Stream the pieces, and then only comments, as servers do that are overloaded."""
    return Reply(pieces, end="ping")


def endless(piece: str) -> Reply:
    """Stream the piece for ever."""
    return Reply((piece,), endless=True)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent.

    Attributes:
        path: The path of the URL.
        headers: Names in lower case.
        body: The JSON object.
    """

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def model(self) -> str:
        """The model that was asked for."""
        return str(self.body.get("model"))

    @property
    def messages(self) -> list[dict[str, str]]:
        """The chat messages, as role and content."""
        return [{"role": m["role"], "content": m["content"]} for m in self.body["messages"]]


class LlmServer:
    """Plays a script on a free port of 127.0.0.1, as a context manager.

    Attributes:
        requests: What came in, in order.
        hung_up: Set once a client closed a connection that was still being written to.
    """

    def __init__(self, *script: Reply) -> None:
        """Keep the script; with none, every request is answered with an empty text."""
        self._script: Iterator[Reply] = chain(script, repeat(script[-1] if script else says()))
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self.requests: list[Request] = []
        self.hung_up = threading.Event()
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        """Start to listen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop, also in the middle of replies."""
        self._closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def url(self) -> str:
        """The root of the server: what the clients of Ollama and Anthropic want."""
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def openai_url(self) -> str:
        """The root of the OpenAI-compatible API."""
        return f"{self.url}/v1"

    def take(self, request: Request) -> Reply:
        """Record a request and return what to do with it."""
        with self._lock:
            self.requests.append(request)
            return next(self._script)

    def wait(self, seconds: float) -> bool:
        """Pause; return whether the server is being closed."""
        return self._closing.wait(seconds) if seconds else self._closing.is_set()


class _Http(ThreadingHTTPServer):
    """The HTTP server, which knows whose script it plays."""

    daemon_threads = True

    def __init__(self, llm: LlmServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.llm = llm


class _Handler(BaseHTTPRequestHandler):
    """Reads one request a connection, so that no client keeps a socket open, and plays a reply."""

    server: _Http
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, json.loads(body or b"{}"))
        reply = self.server.llm.take(request)
        try:
            self._play(request, reply)
        except (BrokenPipeError, ConnectionResetError):
            self.server.llm.hung_up.set()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- overridden
        """Say nothing on stderr."""

    def _play(self, request: Request, reply: Reply) -> None:
        dialect = DIALECTS.get(request.path)
        if reply.status >= 400 or dialect is None:
            self._send_error(dialect or OPENAI, reply)
        elif request.body.get("stream", dialect.streams_unasked):
            self._stream(dialect, request, reply)
        else:
            self._send_json(200, dialect.whole(request.model, "".join(reply.pieces)), {})

    def _send_error(self, dialect: Dialect, reply: Reply) -> None:
        status = reply.status if reply.status >= 400 else 404
        self._send_json(status, dialect.error("".join(reply.pieces)), reply.headers)

    def _send_json(self, status: int, body: object, headers: Mapping[str, str]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, dialect: Dialect, request: Request, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", dialect.media_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        self._chunk(dialect.begin(request.model))
        rounds = repeat(reply.pieces) if reply.endless else (reply.pieces,)
        for piece in chain.from_iterable(rounds):
            if self.server.llm.wait(reply.pause_s):
                break
            self._chunk(dialect.piece(request.model, piece))
        self._finish(dialect, request, reply.end)

    def _finish(self, dialect: Dialect, request: Request, end: str) -> None:
        if end in {"hang", "ping"}:
            self._wait_for_hang_up(dialect.comment if end == "ping" else b"")
        if end in {"cut", "hang", "ping"}:
            return  # without the closing chunk: the body is incomplete
        if end == "garbage":
            self._chunk(dialect.garbage)
        elif end == "error":
            self._chunk(dialect.failure)
        else:
            self._chunk(dialect.end(request.model))
        self.wfile.write(b"0\r\n\r\n")

    def _wait_for_hang_up(self, comment: bytes) -> None:
        self.connection.settimeout(0.02)
        while not self.server.llm.wait(0):
            self._chunk(comment)
            try:
                gone = self.connection.recv(1) == b""
            except TimeoutError:
                continue
            if gone:
                self.server.llm.hung_up.set()
                return

    def _chunk(self, content: bytes) -> None:
        if content:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
