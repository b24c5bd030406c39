"""What goes to a Chroma server, and one that is slow or wants something else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eval.server.running import ChromaServer
from groundwire.domain.errors import StoreError
from groundwire.domain.retrieval import Scope
from groundwire.index import vectors as vectors_module
from groundwire.index.dense import DenseSearch
from groundwire.index.inspect import findings
from tests.integration.serving import Wire, asks, write
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.index.store import IndexStore


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma") / "server") as running:
        yield running


@pytest.fixture
def wire(server: ChromaServer) -> Iterator[Wire]:
    opened = Wire(int(server.url.rpartition(":")[2]))
    yield opened
    opened.close()


def search(store: IndexStore, dense: DenseSearch) -> list[tuple[str, float]]:
    with store.snapshot() as snapshot:
        query = made.vector("story 3")[None, :]
        scope = Scope(documents=("00*",), sources=("The Courier",))
        return list(dense.search(snapshot._moment, query, top_k=[2], scope=scope)[0])


def test_no_text_goes_to_the_server(tmp_path: Path, wire: Wire) -> None:
    store = write(tmp_path / "index", wire.url)
    dense = DenseSearch(wire.url, exact_limit=1)
    assert search(store, dense)
    assert asks(dense)
    dense.close()
    sent = bytes(wire.sent)
    assert b'"embeddings"' in sent
    assert b'"query_embeddings"' in sent
    for secret in (b"story", b"version", b"shared line", b"A. Writer", b".md", b"/news"):
        assert secret not in sent
    bodies = [json.loads(each) for each in _bodies(sent) if b'"metadatas"' in each]
    assert bodies
    for body in bodies:
        assert body["documents"] is None
        assert body["uris"] is None
        assert {key for fields in body["metadatas"] for key in fields} == {
            "document_id",
            "source",
            "published",
        }
    store.close()


def _bodies(sent: bytes) -> Iterator[bytes]:
    while sent:
        head, _, rest = sent.partition(b"\r\n\r\n")
        size = next(
            (
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length")
            ),
            0,
        )
        yield rest[:size]
        sent = rest[size:]


def test_a_server_that_does_not_reply_holds_no_answer(
    tmp_path: Path, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = write(tmp_path / "index", wire.url)
    dense = DenseSearch(wire.url, exact_limit=1)
    found = search(store, dense)
    assert asks(dense)
    monkeypatch.setattr(vectors_module, "ANSWER_S", 0.3)
    wire.stalled.set()
    assert search(store, dense) == found
    assert not asks(dense)
    dense.close()
    store.close()


def test_a_server_that_does_not_reply_ends_a_sync_with_one_line(
    tmp_path: Path, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = write(tmp_path / "index", wire.url)
    monkeypatch.setattr(vectors_module, "WRITE_S", 0.3)
    monkeypatch.setattr("groundwire.index.server.ANSWER_S", 0.3)
    wire.stalled.set()
    with pytest.raises(StoreError, match="timed out") as caught:
        write(tmp_path / "index", wire.url, version=1)
    assert "\n" not in str(caught.value)
    with store.snapshot() as snapshot:
        assert {info.title for info in snapshot.documents()} == {"version0"}
    found = {each.check: each.status for each in findings(tmp_path / "index", vector_url=wire.url)}
    assert found["writes"] == "warning"
    wire.stalled.clear()
    monkeypatch.undo()
    write(tmp_path / "index", wire.url, version=1).close()
    mended = findings(tmp_path / "index", vector_url=wire.url)
    assert {each.status for each in mended} == {"ok"}
    store.close()


def test_tls_is_not_given_up(tmp_path: Path, server: ChromaServer) -> None:
    with pytest.raises(StoreError, match=r"(?i)ssl"):
        write(tmp_path / "index", server.url.replace("http:", "https:"))


def test_a_tenant_that_is_not_there_is_one_line(tmp_path: Path, server: ChromaServer) -> None:
    with pytest.raises(StoreError, match=r"cannot be used: ."):
        write(tmp_path / "index", f"{server.url}?tenant=nobody&database=nothing")
