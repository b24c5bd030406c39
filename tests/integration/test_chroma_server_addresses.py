"""Addresses of Chroma servers, and what answers there that is no Chroma."""

from __future__ import annotations

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from eval.server.running import HOST, free_port
from groundwire.domain.errors import StoreError
from groundwire.index.server import Address, shown
from groundwire.index.vectors import ChromaVectors, VectorsBrokenError
from tests.integration.serving import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "s3cret"  # noqa: S105  # made up


class Strange(BaseHTTPRequestHandler):
    """Says one thing, whatever is asked."""

    status: ClassVar[int] = 200
    body: ClassVar[bytes] = b""
    heard: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.heard.append((self.path, self.headers.get("Authorization", "")))
        self.send_response(self.status)
        if self.status in {301, 302}:
            self.send_header("Location", "http://192.0.2.1/")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_POST = do_GET  # noqa: N815  # the name that the library looks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def strange() -> Iterator[tuple[type[Strange], str]]:
    class Handler(Strange):
        heard: ClassVar[list[tuple[str, str]]] = []

    listening = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Handler, f"{HOST}:{listening.server_address[1]}"
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b"<html>\n<body>Not\nFound</body></html>"),
        (410, b'{"error":"Unimplemented","message":"The v1 API is deprecated."}'),
        (401, b'{"error":"AuthError","message":"Unauthorized"}'),
        (200, b"hello"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b"null"),
        (200, b""),
        (301, b""),
        (500, b"\x1b[31mred\x1b[0m \xff" + b"x" * 100_000),
        (503, b""),
    ],
)
def test_what_is_no_chroma_of_this_version_is_one_line(
    tmp_path: Path, strange: tuple[type[Strange], str], status: int, body: bytes
) -> None:
    handler, host = strange
    handler.status, handler.body = status, body
    with pytest.raises(StoreError, match=r"cannot be used: .") as caught:
        write(tmp_path / "index", f"http://{host}")
    line = str(caught.value)
    assert line.isprintable()
    assert len(line) < 300
    assert "start the Chroma server" in caught.value.hint


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8000",
        "127.0.0.1",
        "ftp://127.0.0.1",
        "http://",
        f"http://ada:{SECRET}@:8000",
        "http://127.0.0.1:port",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:8000?collection=x",
        "http://127.0.0.1:8000/#x",
        "http://[::1",
        "",
    ],
)
def test_what_is_no_address_is_one_line(tmp_path: Path, url: str) -> None:
    with pytest.raises((ValueError, VectorsBrokenError)) as caught:
        Address.parse(url)
    assert SECRET not in str(caught.value)
    if url:
        with pytest.raises(StoreError, match="cannot be used") as told:
            write(tmp_path / "index", url)
        assert SECRET not in str(told.value)
        assert str(told.value).isprintable()


def test_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"on http://127\.0\.0\.1:\d+ cannot be used"):
        write(tmp_path / "index", f"http://{HOST}:{free_port()}")


def test_an_address_has_a_path_a_name_a_tenant_and_a_database(
    tmp_path: Path, strange: tuple[type[Strange], str]
) -> None:
    handler, host = strange
    handler.status = 403
    url = f"http://ada:{SECRET}%40x@{host}/vectors/?tenant=desk&database=news"
    with pytest.raises(VectorsBrokenError) as caught:
        ChromaVectors(tmp_path, "some", url)
    assert SECRET not in str(caught.value)
    path, authorization = handler.heard[0]
    assert path == "/vectors/api/v2/tenants/desk/databases/news/collections/some"
    assert authorization == f"Basic {base64.b64encode(f'ada:{SECRET}@x'.encode()).decode()}"
    with pytest.raises(StoreError) as told:
        write(tmp_path / "index", url)
    assert SECRET not in str(told.value)
    assert "ada" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://host", "http://host:8000"),
        ("https://host", "https://host:443"),
        ("http://[::1]:9/", "http://[::1]:9"),
        (f"https://ada:{SECRET}@host:7/a?tenant=t", "https://host:7/a"),
        (f"ada:{SECRET}@host", "index.url"),
    ],
)
def test_an_address_is_shown_without_secrets(url: str, expected: str) -> None:
    assert shown(url) == expected


def test_a_token_from_the_environment_is_sent(
    tmp_path: Path, strange: tuple[type[Strange], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, host = strange
    handler.status = 403
    provider = "chromadb.auth.token_authn.TokenAuthClientProvider"
    monkeypatch.setenv("CHROMA_CLIENT_AUTH_PROVIDER", provider)
    monkeypatch.setenv("CHROMA_CLIENT_AUTH_CREDENTIALS", SECRET)
    with pytest.raises(VectorsBrokenError) as caught:
        ChromaVectors(tmp_path, "some", f"http://{host}")
    assert handler.heard[0][1] == f"Bearer {SECRET}"
    assert SECRET not in str(caught.value)
