"""The commands with vectors on a real Chroma server: asking, indexing, backing up, restoring."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from eval.server.running import ChromaServer
from groundwire import Desk
from groundwire.index import generations
from groundwire.index.dense import DenseSearch
from groundwire.index.inspect import findings
from tests.integration.conftest import CORPUS
from tests.integration.serving import asks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.integration.conftest import Ran

ASKED_FOR = "GROUNDWIRE_INDEX__URL" in os.environ  # noqa: TID251  # as `make test-server` sets it
pytestmark = pytest.mark.skipif(not ASKED_FOR, reason="starts servers again and again")

QUESTIONS = (
    "What did the bridge at Ford 3 cost?",
    "What cost £5m?",
    "When was the ferry late?",
)
TALKS = (
    "What share of North Korea's trade goes through China?",
    "When did Xi arrive in Pyongyang?",
    "Who met Xi at the airport?",
    "When was the quay line approved?",
    "What did the council decide?",
    "Who wrote about the summit?",
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma") / "server") as server:
        yield server


@pytest.fixture
def server(running: ChromaServer, monkeypatch: pytest.MonkeyPatch) -> ChromaServer:
    """The server that the settings name."""
    if not running.running():
        running.start()
    monkeypatch.setenv("GROUNDWIRE_INDEX__URL", running.url)
    return running


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(6):
        story(folder, number)
    return folder


def story(folder: Path, number: int) -> None:
    text = f"The bridge at Ford {number} cost £{number}m in all.\n\nThe ferry was late on Tuesday."
    (folder / f"{number}.md").write_text(text, encoding="utf-8")


def told(folder: Path, server: ChromaServer) -> dict[str, str]:
    """Return what the check-up says about an index."""
    return {each.check: each.status for each in findings(folder, vector_url=server.url)}


def answers(command: Callable[..., Ran], index: Path) -> list[Any]:
    """Return answers as anybody would compare them: without ids and times."""
    found = []
    for question in QUESTIONS:
        answer = command("--index-dir", index, "ask", "--json", question).json
        found.append((answer["outcome"], answer["answer"], answer["claims"]))
    return found


def test_answers_are_those_of_an_embedded_index(
    command: Callable[..., Ran],
    server: ChromaServer,
    docs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert command("--index-dir", tmp_path / "on", "index", docs).code == 0
    served = answers(command, tmp_path / "on")
    assert not list((tmp_path / "on").glob("*/chroma"))
    assert told(tmp_path / "on", server)["chroma"] == "ok"
    monkeypatch.delenv("GROUNDWIRE_INDEX__URL")
    assert command("--index-dir", tmp_path / "in", "index", docs).code == 0
    assert answers(command, tmp_path / "in") == served
    assert served[0][0] == "answered"


def test_a_server_away_is_one_line_for_who_writes_and_nothing_for_who_asks(
    command: Callable[..., Ran], server: ChromaServer, docs: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    assert command("--index-dir", index, "index", docs).code == 0
    before = answers(command, index)
    server.kill()
    assert answers(command, index) == before
    assert command("--index-dir", index, "index").code == 0
    doctor = command("--index-dir", index, "doctor")
    assert doctor.code == 1
    (line,) = [each for each in doctor.out.splitlines() if " chroma: " in each]
    assert line.startswith("problem")
    story(docs, 6)
    failed = command("--index-dir", index, "index")
    assert failed.code == 1
    assert "Chroma server" in failed.err
    assert "Traceback" not in failed.err
    assert answers(command, index) == before
    server.start()
    assert command("--index-dir", index, "index").code == 0
    assert set(told(index, server).values()) == {"ok"}


def test_a_backup_is_restored_with_its_vectors_on_the_server(
    command: Callable[..., Ran], server: ChromaServer, docs: Path, tmp_path: Path
) -> None:
    index, file = tmp_path / "index", tmp_path / "desk.tar.gz"
    command("--index-dir", index, "index", docs)
    before = answers(command, index)
    saved = command("--index-dir", index, "backup", file)
    assert saved.code == 0, saved.err
    other = tmp_path / "other"
    restored = command("--index-dir", other, "restore", file, "--index-only")
    assert restored.code == 0, restored.err
    assert answers(command, other) == before
    assert told(other, server)["chroma"] == "ok"
    assert told(index, server)["chroma"] == "ok"
    collections = server.collections()
    story(docs, 7)
    assert command("--index-dir", other, "index").code == 0
    assert told(index, server)["chroma"] == "ok", "the two have a collection each"
    assert server.collections() == collections


def test_a_restore_needs_no_server_and_the_next_index_fills_it(
    command: Callable[..., Ran], server: ChromaServer, docs: Path, tmp_path: Path
) -> None:
    index, file = tmp_path / "index", tmp_path / "desk.tar.gz"
    command("--index-dir", index, "index", docs)
    before = answers(command, index)
    command("--index-dir", index, "backup", file)
    server.kill()
    shutil.rmtree(index)
    restored = command("--index-dir", index, "restore", file, "--index-only")
    assert restored.code == 0, restored.err
    assert answers(command, index) == before
    server.start()
    assert told(index, server)["chroma"] == "problem"
    assert command("--index-dir", index, "index").code == 0
    assert told(index, server)["chroma"] == "ok"


def test_a_rebuild_leaves_one_collection_after_the_next_write(
    command: Callable[..., Ran], server: ChromaServer, docs: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    others = set(server.collections())
    command("--index-dir", index, "index", docs)
    command("--index-dir", index, "index", "--rebuild")
    command("--index-dir", index, "index")
    assert len(set(server.collections()) - others) == 1
    assert len(generations.all_generations(index)) == 1
    assert told(index, server)["chroma"] == "ok"


def test_searches_that_all_go_through_the_server_give_the_same_answers(
    server: ChromaServer, tmp_path: Path
) -> None:
    with Desk.open(tmp_path / "index") as desk:
        desk.sync([CORPUS])
        expected = [desk.ask(each).text for each in TALKS]
        store = desk._parts.store
        store._dense = DenseSearch(server.url, exact_limit=1)
        assert [desk.ask(each).text for each in TALKS] == expected
        assert asks(store._dense)
