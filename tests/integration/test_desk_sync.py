"""A desk that syncs: stopped early, pointed at nothing, or overtaken by another process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire import Desk
from groundwire.desk.build import identity
from groundwire.domain.encoders import EncoderIdentity
from groundwire.domain.errors import (
    EncoderDriftError,
    IndexMismatchError,
    IndexMissingError,
    NoDocumentsError,
    NotFoundError,
)
from groundwire.domain.events import Progress, Status
from groundwire.index import generations
from groundwire.index.identity import Canary
from groundwire.index.store import IndexStore
from groundwire.ingest import group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groundwire.domain.events import Event
    from groundwire.domain.reports import SyncReport
    from tests.integration.conftest import Ran

OTHER = EncoderIdentity("other", "0" * 64, 4, 128, True, "torch", "")  # noqa: FBT003 -- its own order
OTHER_CANARY = Canary.of("a canary", np.array([1, 0, 0, 0], dtype=np.float32))
FILES = 6


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six files, committed one by one."""
    monkeypatch.setattr(group, "_GROUP", 1)
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.txt").write_text(f"The bridge at Ford {number} cost £{number}m.\n")
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "ix") as opened:
        yield opened


def current(tmp_path: Path) -> str:
    return generations.read_current(tmp_path / "ix")


def nearest(desk: Desk, question: str) -> str:
    """Return the passage that is found first."""
    return desk.search(question, top_k=1).hits[0].passage.text


def replaced_by_another_encoder(tmp_path: Path, news: Path) -> None:
    """Rebuild the index as a process with other settings does."""
    store = IndexStore(tmp_path / "ix")
    with store.writer(identity(OTHER), OTHER_CANARY) as writer:
        writer.add_root(str(news))
    store.close()


def cancelled(desk: Desk, *paths: Path, rebuild: bool = False) -> SyncReport:
    """Sync and cancel after two files."""
    cancel = threading.Event()

    def tell(event: Event) -> None:
        if isinstance(event, Progress) and event.done == 2:
            cancel.set()

    return desk.sync(paths, rebuild=rebuild, on_progress=tell, cancel=cancel)


def interrupted(desk: Desk, *paths: Path, rebuild: bool = False) -> None:
    """Sync and press Ctrl-C when two files are committed and the third is being encoded."""

    def tell(event: Event) -> None:
        if isinstance(event, Progress) and event.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.sync(paths, rebuild=rebuild, on_progress=tell)


def test_a_first_sync_that_is_cancelled_keeps_what_it_has(desk: Desk, news: Path) -> None:
    report = cancelled(desk, news)
    assert report.cancelled
    assert report.added == ("0.txt", "1.txt")
    assert "£1m" in nearest(desk, "What did the bridge at Ford 1 cost?")
    assert desk.sync().unchanged == report.added
    assert len(desk.docs()) == FILES


def test_a_first_sync_that_is_interrupted_keeps_what_it_has(desk: Desk, news: Path) -> None:
    interrupted(desk, news)
    assert [info.path for info in desk.docs()] == ["0.txt", "1.txt"]
    assert desk.sync().unchanged == ("0.txt", "1.txt")
    assert len(desk.docs()) == FILES


@pytest.mark.parametrize("stop", [cancelled, interrupted])
def test_a_rebuild_that_is_stopped_leaves_the_old_index(
    desk: Desk, news: Path, tmp_path: Path, stop: Callable[..., object]
) -> None:
    desk.sync([news])
    before, documents = current(tmp_path), desk.docs()
    stop(desk, rebuild=True)
    assert current(tmp_path) == before
    assert desk.docs() == documents
    assert "£4m" in nearest(desk, "What did the bridge at Ford 4 cost?")
    assert len(desk.sync().unchanged) == FILES
    assert len(desk.sync(rebuild=True).added) == FILES
    assert current(tmp_path) != before


@pytest.mark.parametrize("stop", [cancelled, interrupted])
def test_a_build_for_new_settings_that_is_stopped_is_continued(
    desk: Desk, news: Path, tmp_path: Path, stop: Callable[..., object]
) -> None:
    replaced_by_another_encoder(tmp_path, news)
    before = current(tmp_path)
    stop(desk)
    assert current(tmp_path) == before
    with pytest.raises(IndexMismatchError):
        desk.ask("What did the bridge at Ford 4 cost?")
    report = desk.sync()
    assert (report.unchanged, len(report.added)) == (("0.txt", "1.txt"), FILES - 2)
    assert "£4m" in nearest(desk, "What did the bridge at Ford 4 cost?")


def test_an_index_that_another_process_replaced_is_checked_anew(
    desk: Desk, news: Path, tmp_path: Path
) -> None:
    question = "What did the bridge at Ford 4 cost?"
    desk.sync([news])
    assert "£4m" in nearest(desk, question)
    replaced_by_another_encoder(tmp_path, news)
    for verb in (desk.ask, desk.search, desk.ask):
        with pytest.raises(IndexMismatchError, match=r"encoder\.name: other → package"):
            verb(question)
    with Desk.open(tmp_path / "ix") as other:
        other.sync()
    assert "£4m" in nearest(desk, question)


def test_an_encoder_that_drifted_is_noticed_while_running(
    desk: Desk, news: Path, tmp_path: Path
) -> None:
    desk.sync([news])
    desk.warm_up()
    manifest = desk._parts.store.manifest()
    turned = tuple(-value for value in manifest.canary.vector)
    store = IndexStore(tmp_path / "ix")
    with store.writer(manifest.identity, Canary(manifest.canary.text, turned), rebuild=True):
        pass
    store.close()
    with pytest.raises(EncoderDriftError):
        desk.search("bridge")


def test_an_unchanged_index_is_checked_once(
    desk: Desk, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sync([news])
    read: list[Path] = []
    manifest = generations.read_manifest

    def counted(folder: Path) -> generations.Manifest:
        read.append(folder)
        return manifest(folder)

    monkeypatch.setattr(generations, "read_manifest", counted)
    desk.warm_up()
    assert read
    del read[:]
    for _ in range(3):
        desk.ask("What did the bridge at Ford 4 cost?")
    (news / "0.txt").write_text("The bridge at Ford 0 is closed.")
    with Desk.open(desk.settings.index_folder()) as other:
        other.sync()
    del read[:]
    assert "closed" in nearest(desk, "Is the bridge at Ford 0 closed?")
    assert read == []


def test_progress_is_told_before_the_file_it_is_about(desk: Desk, news: Path) -> None:
    told: list[Event] = []
    desk.sync([news], on_progress=told.append)
    assert told[:2] == [Progress(0, FILES), Status("0.txt")]
    assert told[-1] == Progress(FILES, FILES)
    assert Status("") not in told


def test_a_missing_path_leaves_no_index_behind(
    desk: Desk, news: Path, tmp_path: Path, command: Callable[..., Ran]
) -> None:
    with pytest.raises(NotFoundError, match="no such file or folder"):
        desk.sync([news, tmp_path / "missing"])
    ran = command("--index-dir", tmp_path / "ix", "index", tmp_path / "missing")
    assert ran.code == 2
    assert ran.err.startswith("groundwire: no such file or folder")
    assert not (tmp_path / "ix").exists()
    with pytest.raises(IndexMissingError):
        desk.sync()
    assert not (tmp_path / "ix").exists()


def test_a_folder_without_documents_is_said_and_can_be_filled_later(
    desk: Desk, tmp_path: Path, command: Callable[..., Ran]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    ran = command("--index-dir", tmp_path / "ix", "index", empty)
    assert ran.code == 0
    assert ran.err.splitlines()[0] == f"skipped {empty}: no document was found in it"
    asked = command("--index-dir", tmp_path / "ix", "ask", "What did the bridge cost?")
    assert asked.code == 4
    assert asked.err.startswith("groundwire: no document is in the index")
    with pytest.raises(NoDocumentsError):
        desk.ask("What did the bridge cost?")
    (failure,) = desk.sync().failures
    assert failure.path == str(empty)
    (empty / "bridge.txt").write_text("The bridge cost £7m.")
    report = desk.sync()
    assert (report.added, report.failures) == (("bridge.txt",), ())
    assert "£7m" in nearest(desk, "What did the bridge cost?")
