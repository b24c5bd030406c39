"""Files of many documents, and files that are moved, in a real index."""

from __future__ import annotations

import mailbox
import shutil
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.reports import Moved, SyncFailure
from groundwire.ingest import discover, group
from groundwire.ingest.loaders.mail import load_mbox
from groundwire.ingest.loaders.registry import load
from tests.integration.syncing import Bench, story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.ingest.loaders.base import Loaded, Members


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.store.close()


def mails(path: Path, *subjects: str) -> Path:
    """Write a mailbox with a message for each subject."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    box = mailbox.mbox(path)
    for day, subject in enumerate(subjects, 1):
        message = EmailMessage()
        message["Subject"] = subject
        message["From"] = "Ada Fenn <ada@example.org>"
        message["Date"] = f"{day:02} Mar 2024 10:00:00 +0000"
        message.set_content(f"The council spoke about {subject}. Nobody voted.\n")
        box.add(message)
    box.close()
    return path


def read(data: bytes, name: str) -> Loaded | Members:
    """Read mailboxes and whatever else is read."""
    return load_mbox(data, name, load) if name.endswith(".mbox") else load(data, name)


def ids(bench: Bench) -> dict[str, str]:
    with bench.store.snapshot() as snapshot:
        return {info.path: info.id for info in snapshot.documents()}


@pytest.fixture
def box(bench: Bench) -> Path:
    """A mailbox, named as the root, for folders know no mailboxes by this loader."""
    return mails(bench.folder / "council.mbox", "roads", "schools", "parks")


def test_each_message_is_a_document_of_its_file(bench: Bench, box: Path) -> None:
    report = bench.sync(box, load=read)
    assert report.added == (
        "council.mbox/2024-03-01 roads",
        "council.mbox/2024-03-02 schools",
        "council.mbox/2024-03-03 parks",
    )
    with bench.store.snapshot() as snapshot:
        document = snapshot.document(snapshot.find("2024-03-02 schools")[0].id)
    assert document.file == "council.mbox"
    assert "spoke about schools" in document.text


def test_an_unchanged_mailbox_is_not_parsed_again(bench: Bench, box: Path) -> None:
    added = bench.sync(box, load=read).added

    def never(_data: bytes, name: str) -> Loaded | Members:
        raise AssertionError(name)

    assert bench.sync(box, load=never).unchanged == tuple(sorted(added))


def test_of_a_mailbox_that_grew_only_the_new_message_is_written(bench: Bench, box: Path) -> None:
    bench.sync(box, load=read)
    mails(box, "roads", "schools", "parks", "bins")
    report = bench.sync(box, load=read)
    assert report.added == ("council.mbox/2024-03-04 bins",)
    assert len(report.unchanged) == 3
    assert (report.changed, report.removed) == ((), ())
    assert [text for text in bench.encoder.texts if "council" in text] == [
        "The council spoke about bins. Nobody voted."
    ]


def test_a_message_that_is_gone_leaves_the_index(bench: Bench, box: Path) -> None:
    bench.sync(box, load=read)
    mails(box, "roads")
    report = bench.sync(box, load=read)
    assert report.removed == ("council.mbox/2024-03-02 schools", "council.mbox/2024-03-03 parks")
    assert list(ids(bench)) == ["council.mbox/2024-03-01 roads"]


def test_a_mailbox_that_cannot_be_read_any_more_leaves_with_all_its_messages(
    bench: Bench, box: Path
) -> None:
    bench.sync(box, load=read)
    box.write_bytes(b"nothing of the kind")
    report = bench.sync(box, load=read)
    assert report.failures == (SyncFailure("council.mbox", "not a mailbox"),)
    assert len(report.removed) == 3
    assert ids(bench) == {}


def test_problems_inside_a_file_are_told_again_while_it_is_unchanged(
    bench: Bench, box: Path
) -> None:
    message = EmailMessage()
    message["Subject"] = "minutes"
    message["Date"] = "09 Mar 2024 10:00:00 +0000"
    message.set_content("The minutes are attached.\n")
    message.add_attachment(b"\0\1", maintype="x", subtype="y", filename="minutes.xyz")
    opened = mailbox.mbox(box)
    opened.add(message)
    opened.close()
    first = bench.sync(box, load=read)
    assert first.failures == (
        SyncFailure("council.mbox/2024-03-09 minutes/minutes.xyz", "no loader for .xyz"),
    )
    second = bench.sync(box, load=read)
    assert second.failures == first.failures
    assert len(second.unchanged) == 4


def test_a_mailbox_that_was_cut_off_in_the_middle_is_gone_on_with(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "_GROUP", 2)
    box = mails(bench.folder / "big.mbox", *(f"item {number}" for number in range(7)))

    def stop(call: int) -> None:
        if call == 3:
            raise KeyboardInterrupt

    bench.encoder.at_call = stop
    with pytest.raises(KeyboardInterrupt):
        bench.sync(box, load=read)
    assert len(ids(bench)) == 4
    report = bench.sync(box, load=read)
    assert (len(report.added), len(report.unchanged)) == (3, 4)
    fresh = Bench(tmp_path, "fresh")
    fresh.sync(box, load=read)
    assert fresh.contents() == bench.contents()
    fresh.store.close()


def test_a_renamed_file_keeps_its_vectors_and_is_found_by_its_old_id(bench: Bench) -> None:
    old = bench.write("trade.md", story("Trade"))
    bench.write("sport.md", story("Sport"))
    bench.sync(bench.folder)
    before = ids(bench)["trade.md"]
    (bench.folder / "2024").mkdir()
    old.rename(bench.folder / "2024" / "commerce.md")
    report = bench.sync(bench.folder)
    assert report.moved == (Moved("trade.md", "2024/commerce.md"),)
    assert (report.added, report.removed, report.encoded) == ((), (), 0)
    assert report.documents == 2
    now = ids(bench)
    with bench.store.snapshot() as snapshot:
        assert snapshot.moved(before) == now["2024/commerce.md"]  # type: ignore[arg-type]  # a text
    assert bench.contents()["complete"]


def test_a_file_that_moves_to_and_fro_is_followed(bench: Bench) -> None:
    here = bench.write("a.md", story("Trade"))
    there = bench.folder / "b.md"
    bench.sync(bench.folder)
    first = ids(bench)["a.md"]
    for target in (there, here, there):
        (there if target is here else here).rename(target)
        report = bench.sync(bench.folder)
        assert (len(report.moved), report.encoded) == (1, 0)
        with bench.store.snapshot() as snapshot:
            assert snapshot.moved(first) == ids(bench)[target.name]  # type: ignore[arg-type]


def test_what_became_of_a_document_outlives_a_rebuild(bench: Bench) -> None:
    old = bench.write("a.md", story("Trade"))
    bench.sync(bench.folder)
    first = ids(bench)["a.md"]
    old.rename(bench.folder / "b.md")
    bench.sync(bench.folder)
    bench.rebuild(bench.folder)
    with bench.store.snapshot() as snapshot:
        assert snapshot.moved(first) == ids(bench)["b.md"]  # type: ignore[arg-type]


def test_a_document_that_is_gone_goes_by_its_own_id(bench: Bench) -> None:
    old = bench.write("a.md", story("Trade"))
    bench.write("b.md", story("Sport"))
    bench.sync(bench.folder)
    first = ids(bench)["a.md"]
    old.unlink()
    assert bench.sync(bench.folder).removed == ("a.md",)
    with bench.store.snapshot() as snapshot:
        assert snapshot.moved(first) == first  # type: ignore[arg-type]


def test_a_copy_is_no_move(bench: Bench) -> None:
    old = bench.write("a.md", story("Trade"))
    bench.sync(bench.folder)
    shutil.copy(old, bench.folder / "b.md")
    report = bench.sync(bench.folder)
    assert (report.added, report.unchanged, report.moved) == (("b.md",), ("a.md",), ())


def test_of_two_equal_files_each_is_moved_once(bench: Bench) -> None:
    for name in ("a.md", "b.md"):
        bench.write(name, story("Trade"))
    bench.sync(bench.folder)
    (bench.folder / "a.md").rename(bench.folder / "c.md")
    (bench.folder / "b.md").rename(bench.folder / "d.md")
    report = bench.sync(bench.folder)
    assert report.moved == (Moved("a.md", "c.md"), Moved("b.md", "d.md"))
    assert sorted(ids(bench)) == ["c.md", "d.md"]


def test_a_moved_mailbox_moves_its_messages(
    bench: Bench, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discover, "SUFFIXES", frozenset({".md", ".mbox"}))
    bench.sync(bench.folder, load=read)
    box.rename(bench.folder / "archive.mbox")
    report = bench.sync(bench.folder, load=read)
    assert [moved.path for moved in report.moved] == [
        "archive.mbox/2024-03-01 roads",
        "archive.mbox/2024-03-02 schools",
        "archive.mbox/2024-03-03 parks",
    ]
    assert (report.encoded, report.removed) == (0, ())


def test_a_move_that_is_stopped_leaves_the_document_somewhere(bench: Bench) -> None:
    old = bench.write("a.md", story("Trade"))
    bench.sync(bench.folder)
    old.rename(bench.folder / "b.md")

    def stop(_call: int) -> None:
        raise KeyboardInterrupt

    bench.encoder.at_call = stop
    with pytest.raises(KeyboardInterrupt):
        bench.sync(bench.folder)
    assert list(ids(bench)) == ["a.md"]
    bench.encoder.at_call = lambda _call: None
    assert len(bench.sync(bench.folder).moved) == 1


def test_files_that_were_not_touched_are_not_read(bench: Bench) -> None:
    bench.write("a.md", story("Trade"))
    bench.write("b.md", story("Sport"))
    bench.sync(bench.folder)
    bench.write("a.md", story("Trades"))
    bench.write("b.md", story("Sports"))
    bench.write("c.md", story("Parks"))
    report = bench.sync(bench.folder, touched=lambda path: path.name == "a.md")
    assert (report.changed, report.unchanged, report.added) == (("a.md",), ("b.md",), ("c.md",))
