"""Folders go into a real index, and stay in line with it."""

from __future__ import annotations

import os
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.domain.reports import SyncFailure, SyncReport
from groundwire.ingest import group
from groundwire.ingest.passages import segment
from groundwire.ingest.sync import SyncProgress, check_roots, forget_roots
from tests.integration.syncing import Bench, story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.store.close()


def test_a_folder_is_added_and_a_second_sync_does_nothing(bench: Bench) -> None:
    bench.write("trade.md", story("Trade"))
    bench.write("sub/sport.txt", "A sports day\n\nEverybody ran.")
    report = bench.sync(bench.folder)
    assert report.added == ("sub/sport.txt", "trade.md")
    assert report.encoded == len(bench.encoder.texts) == 4
    assert bench.contents()["complete"]

    again = bench.sync(bench.folder)
    assert again == SyncReport(unchanged=("sub/sport.txt", "trade.md"))
    assert bench.encoder.texts == []
    assert bench.sync() == again


def test_what_is_stored_is_what_was_read(bench: Bench) -> None:
    bench.write("trade.md", story("Trade"))
    bench.sync(bench.folder)
    with bench.store.snapshot() as snapshot:
        (info,) = snapshot.documents()
        document = snapshot.document(info.id)
    assert (document.title, document.source, document.path) == ("Trade", "Ledger", "trade.md")
    assert document.root == str(bench.folder.resolve())
    assert info.passages == len(segment(document)) == 3
    assert bench.encoder.texts == [passage.text for passage in segment(document)]
    assert document.text == story("Trade").partition("---\n\n")[2].replace(" \n", "\n").strip()


def test_a_changed_file_encodes_only_its_changed_passages(bench: Bench) -> None:
    bench.write("sport.md", story("Sport"))
    bench.write("trade.md", story("Trade"))
    bench.sync(bench.folder)
    bench.write("trade.md", story("Trade").replace("Trade number 2", "Trade item 2"))
    report = bench.sync(bench.folder)
    assert (report.changed, report.unchanged) == (("trade.md",), ("sport.md",))
    assert [text.split(" was ")[0] for text in bench.encoder.texts] == ["Trade item 2"]
    assert report.encoded == 1
    assert bench.contents()["complete"]


def test_a_touched_file_is_unchanged(bench: Bench) -> None:
    path = bench.write("trade.md", story("Trade"))
    bench.sync(bench.folder)
    os.utime(path, (1, 1))
    assert bench.sync(bench.folder).unchanged == ("trade.md",)


def test_a_vanished_file_is_removed(bench: Bench) -> None:
    path = bench.write("trade.md", story("Trade"))
    bench.write("sport.md", story("Sport"))
    bench.sync(bench.folder)
    path.unlink()
    assert bench.sync(bench.folder).removed == ("trade.md",)
    with bench.store.snapshot() as snapshot:
        assert [info.path for info in snapshot.documents()] == ["sport.md"]


def test_an_empty_folder_is_a_root_without_documents(bench: Bench) -> None:
    assert bench.sync(bench.folder) == SyncReport()
    with bench.store.snapshot() as snapshot:
        assert snapshot.roots() == (str(bench.folder.resolve()),)
        assert snapshot.documents() == ()


def test_a_missing_path_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.write("trade.md", story("Trade"))
    bench.sync(bench.folder)
    bench.write("sport.md", story("Sport"))
    with pytest.raises(NotFoundError, match="no such file or folder"):
        bench.sync(bench.folder, tmp_path / "missing")
    with bench.store.snapshot() as snapshot:
        assert [info.path for info in snapshot.documents()] == ["trade.md"]


def test_paths_are_checked_before_anything_is_opened(tmp_path: Path) -> None:
    assert check_roots([str(tmp_path)]) == (tmp_path,)
    with pytest.raises(NotFoundError, match="no such file or folder"):
        check_roots([tmp_path, tmp_path / "missing"])


def test_no_path_and_no_roots_is_an_error(bench: Bench) -> None:
    with pytest.raises(UsageError, match="no folder to index"):
        bench.sync()


def test_bad_files_are_lines_and_the_rest_is_indexed(bench: Bench) -> None:
    bench.write("good.md", story("Good"))
    bench.write("empty.txt", b"")
    bench.write("blank.md", b" \n\n")
    bench.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    bench.write("page.html", b"<html><body><script>x</script></body></html>")
    bench.write("latin.txt", "Le président a parlé à Genève.".encode("cp1252"))
    with (bench.folder / "huge.txt").open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    (bench.folder / "loop.txt").symlink_to(bench.folder / "loop.txt")
    report = bench.sync(bench.folder)
    assert report.added == ("good.md", "latin.txt")
    assert report.failures == (
        SyncFailure("blank.md", "empty"),
        SyncFailure("empty.txt", "empty"),
        SyncFailure("huge.txt", "larger than 20 MiB"),
        SyncFailure("loop.txt", "a link that leads nowhere, not followed"),
        SyncFailure("page.html", "no main text found"),
        SyncFailure("picture.txt", "not text"),
    )
    with bench.store.snapshot() as snapshot:
        latin = snapshot.document(snapshot.find("latin.txt")[0].id)
    assert latin.text == "Le président a parlé à Genève."


def test_a_file_that_went_bad_is_taken_out(bench: Bench) -> None:
    bench.write("trade.md", story("Trade"))
    bench.sync(bench.folder)
    bench.write("trade.md", b"\0\0\0")
    report = bench.sync(bench.folder)
    assert report.removed == ("trade.md",)
    assert report.failures == (SyncFailure("trade.md", "not text"),)
    bench.write("trade.md", story("Trade"))
    assert bench.sync(bench.folder).added == ("trade.md",)


def test_a_file_that_goes_while_syncing_is_a_line(bench: Bench) -> None:
    path = bench.write("b.md", story("Trade"))
    bench.write("a.md", story("Sport"))

    def remove(progress: SyncProgress) -> None:
        if progress.current == "a.md":
            path.unlink(missing_ok=True)

    report = bench.sync(bench.folder, on_progress=remove)
    assert report.added == ("a.md",)
    assert report.failures == (SyncFailure("b.md", "cannot be read: no such file or directory"),)


def test_a_missing_root_keeps_its_documents_until_it_is_forgotten(bench: Bench) -> None:
    bench.write("trade.md", story("Trade"))
    bench.sync(bench.folder)
    moved = bench.folder.rename(bench.folder.with_name("unmounted"))
    report = bench.sync()
    (failure,) = report.failures
    assert failure.path == str(bench.folder.resolve())
    assert failure.reason.endswith("its documents were kept")
    assert report.removed == ()
    with bench.writer() as writer:
        assert forget_roots(writer, [bench.folder]).removed == ("trade.md",)
    moved.rename(bench.folder)
    assert bench.sync(bench.folder).added == ("trade.md",)


def test_forgetting_what_is_no_root_is_an_error(bench: Bench) -> None:
    bench.write("sub/trade.md", story("Trade"))
    bench.sync(bench.folder)
    with bench.writer() as writer:
        with pytest.raises(NotFoundError, match="it is part of"):
            forget_roots(writer, [bench.folder, bench.folder / "sub"])
        with pytest.raises(NotFoundError, match="not a root"):
            forget_roots(writer, [bench.folder.parent])
    assert bench.sync().unchanged == ("sub/trade.md",)


def test_a_path_inside_a_root_is_synced_as_part_of_it(bench: Bench) -> None:
    inner = bench.write("sub/trade.md", story("Trade"))
    bench.sync(bench.folder)
    for path in (inner, inner.parent, bench.folder / "sub" / ".."):
        assert bench.sync(path).unchanged == ("sub/trade.md",)
    both = bench.sync(inner.parent, bench.folder, bench.folder)
    assert both.unchanged == ("sub/trade.md",)
    with bench.store.snapshot() as snapshot:
        assert snapshot.roots() == (str(bench.folder.resolve()),)


def test_a_root_inside_a_new_root_becomes_part_of_it(bench: Bench) -> None:
    bench.write("sub/trade.md", story("Trade"))
    bench.sync(bench.folder / "sub")
    report = bench.sync(bench.folder)
    assert (report.added, report.removed) == (("sub/trade.md",), ("trade.md",))
    with bench.store.snapshot() as snapshot:
        assert snapshot.roots() == (str(bench.folder.resolve()),)
        assert [info.path for info in snapshot.documents()] == ["sub/trade.md"]


def test_a_readme_can_be_a_root_beside_the_folder_that_skips_it(bench: Bench) -> None:
    bench.write("trade.md", story("Trade"))
    readme = bench.write("README.md", "# About\n\nThese are stories.")
    assert bench.sync(bench.folder).added == ("trade.md",)
    assert bench.sync(readme).added == ("README.md",)
    assert sorted(bench.sync().unchanged) == ["README.md", "trade.md"]


def test_progress_counts_files_and_passages(bench: Bench) -> None:
    for name in "abc":
        bench.write(f"{name}.md", story(name.upper()))
    seen: list[SyncProgress] = []
    bench.sync(bench.folder, on_progress=seen.append)
    assert seen[-1] == SyncProgress(done=3, total=3, current="", encoded=9)
    assert {progress.total for progress in seen} == {3}
    assert [progress.encoded for progress in seen] == sorted(p.encoded for p in seen)
    assert {"a.md", "b.md", "c.md"} <= {progress.current for progress in seen}


def fill(bench: Bench, files: int = 8) -> None:
    for number in range(files):
        bench.write(f"{number}.md", story(f"Topic {number}"))


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("call", [1, 2, 4])
def test_cancelled_and_resumed_equals_fresh(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    monkeypatch.setattr(group, "_GROUP", 6)
    fill(bench)
    cancel = threading.Event()
    bench.encoder.at_call = lambda number: cancel.set() if number == call else None
    stopped = bench.sync(bench.folder, cancel=cancel)
    assert stopped.cancelled
    assert len(stopped.added) == 2 * (call - 1)
    resumed = bench.sync(bench.folder)
    assert resumed.unchanged == stopped.added
    assert resumed.encoded + stopped.encoded == 24

    fresh = Bench(tmp_path, "fresh")
    assert not fresh.sync(fresh.folder).cancelled
    assert fresh.contents() == bench.contents()
    fresh.store.close()


def test_an_interrupt_keeps_the_groups_before_it(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "_GROUP", 6)
    fill(bench)
    bench.sync(bench.write("0.md", story("Topic 0")))
    bench.encoder.at_call = lambda number: interrupt() if number == 3 else None
    with pytest.raises(KeyboardInterrupt):
        bench.sync(bench.folder)
    report = bench.sync(bench.folder)
    assert len(report.unchanged) == 2
    assert len(report.added) == 6
    fresh = Bench(tmp_path, "fresh")
    fresh.sync(fresh.folder)
    assert fresh.contents() == bench.contents()
    fresh.store.close()


def test_a_root_that_was_never_filled_is_synced_along(bench: Bench, tmp_path: Path) -> None:
    bench.write("trade.md", story("Trade"))
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(bench.folder / "trade.md", other / "copy.md")
    with bench.writer() as writer:
        writer.add_root(str(bench.folder.resolve()))
        writer.commit()
    assert sorted(bench.sync(other).added) == ["copy.md", "trade.md"]


def test_a_root_that_was_never_filled_is_absorbed_like_any_other(bench: Bench) -> None:
    path = bench.write("sub/trade.md", story("Trade"))
    with bench.writer() as writer:
        writer.add_root(str(path.parent.resolve()))
        writer.commit()
    assert bench.sync(bench.folder).added == ("sub/trade.md",)
    assert bench.sync().unchanged == ("sub/trade.md",)
    with bench.store.snapshot() as snapshot:
        assert snapshot.roots() == (str(bench.folder.resolve()),)
