"""What a writer does to an index, and what it leaves alone."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.errors import (
    EncoderDriftError,
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    StoreError,
)
from groundwire.index import generations, writing
from groundwire.index.identity import Canary
from groundwire.index.inspect import findings
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.domain.documents import Document
    from groundwire.index.store import IndexStore, Writer
    from tests.unit.index.memory import InMemoryVectors

    Put = Callable[..., None]

A = made.document("a.md", "first line\nsecond line")
B = made.document("b.md", "third line")


def write(writer: Writer, *documents: Document) -> None:
    for each in documents:
        passages = made.cut(each)
        writer.put(each, passages, made.vectors(passages))


def paths(store: IndexStore) -> list[str]:
    with store.snapshot() as snapshot:
        return [info.path for info in snapshot.documents()]


def revision(store: IndexStore) -> int:
    with store.snapshot() as snapshot:
        return snapshot.revision


def test_no_index_is_an_error_that_says_so(store: IndexStore, tmp_path: Path) -> None:
    assert not store.exists()
    with pytest.raises(IndexMissingError, match="no index in"), store.snapshot():
        pass
    with pytest.raises(IndexMissingError):
        store.manifest()
    assert not (tmp_path / "index").exists()


def test_each_commit_is_visible_at_once(store: IndexStore, put: Put) -> None:
    put(A)
    with store.writer(made.identity(), made.canary()) as writer:
        write(writer, B)
        assert paths(store) == ["a.md"]
        writer.commit()
        assert paths(store) == ["a.md", "b.md"]


def test_a_first_index_appears_when_it_is_finished(store: IndexStore) -> None:
    with store.writer(made.identity(), made.canary()) as writer:
        write(writer, A)
        writer.commit()
        assert not store.exists()
    assert paths(store) == ["a.md"]


def test_writing_nothing_changes_no_revision(store: IndexStore, put: Put) -> None:
    put(A)
    before = revision(store)
    with store.writer(made.identity(), made.canary()) as writer:
        writer.add_root(made.ROOT)
        writer.remove([B.id])
        writer.commit()
        writer.commit()
    assert revision(store) == before
    put(B)
    assert revision(store) == before + 1


def test_a_changed_document_leaves_nothing_behind(
    store: IndexStore, put: Put, memory: type[InMemoryVectors]
) -> None:
    put(A, B)
    changed = made.document("a.md", "second line\nfourth line", title="New")
    put(changed)
    with store.snapshot() as snapshot:
        assert snapshot.document(A.id) == changed
        assert snapshot.frequencies(["first", "second", "fourth", "new"]) == {
            "first": 0,
            "second": 1,
            "fourth": 1,
            "new": 2,
        }
        wanted = {passage.id for each in (changed, B) for passage in made.cut(each)}
    assert [set(rows) for rows in memory.everything.values()] == [wanted]
    assert {each.status for each in findings(store._folder) if each.check != "chroma"} == {"ok"}


def test_a_root_takes_its_documents_along(store: IndexStore, put: Put) -> None:
    other = made.document("c.md", "elsewhere", root="/other")
    put(A, other)
    with store.writer(made.identity(), None) as writer:
        writer.add_root("/other")
        assert writer.roots() == (made.ROOT, "/other")
        assert writer.known(made.ROOT) == {"a.md": (A.id, A.content_hash, "a.md")}
        writer.remove_root(made.ROOT)
        assert writer.roots() == ("/other",)
    with store.snapshot() as snapshot:
        assert snapshot.roots() == ("/other",)
    assert paths(store) == ["c.md"]


def test_vectors_are_given_back_for_what_is_stored(store: IndexStore, put: Put) -> None:
    put(A)
    wanted = [passage.id for each in (A, B) for passage in made.cut(each)]
    with store.writer(made.identity(), None) as writer:
        found = writer.vectors_of(wanted)
    assert set(found) == {passage.id for passage in made.cut(A)}
    for passage in made.cut(A):
        assert found[passage.id] == pytest.approx(made.vector(passage.text), abs=1e-3)


def test_what_does_not_fit_together_is_refused(store: IndexStore) -> None:
    passages = made.cut(A)
    with store.writer(made.identity(), made.canary()) as writer:
        with pytest.raises(ValueError, match="shape"):
            writer.put(A, passages, made.vectors(passages)[:1])
        with pytest.raises(ValueError, match="shape"):
            writer.put(A, passages, np.zeros((2, 3), dtype=np.float32))
        with pytest.raises(ValueError, match="is not a slice"):
            writer.put(A, made.cut(B), made.vectors(made.cut(B)))
        wide = np.zeros((1, made.DIMENSION + 1), dtype=np.float32)
        for sentences in ([], made.sentences(passages)[:1], [wide, wide], [wide[0], wide[0]]):
            with pytest.raises(ValueError, match="sentences of shapes"):
                writer.put(A, passages, made.vectors(passages), sentences)
    assert paths(store) == []


def test_a_document_without_passages_is_kept(store: IndexStore) -> None:
    with store.writer(made.identity(), made.canary()) as writer:
        writer.put(A, [], made.vectors([]))
    assert paths(store) == ["a.md"]


def test_a_failed_block_keeps_what_was_committed(store: IndexStore, put: Put) -> None:
    put(A)

    def fail() -> None:
        with store.writer(made.identity(), made.canary()) as writer:
            write(writer, B)
            writer.commit()
            writer.remove([A.id])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert paths(store) == ["a.md", "b.md"]
    put()
    assert "ok" in {each.status for each in findings(store._folder) if each.check == "writes"}


def test_work_that_is_suspended_replaces_no_live_generation(store: IndexStore, put: Put) -> None:
    put(A)
    for rebuild, identity in ((True, made.identity()), (False, made.identity("other"))):
        with store.writer(identity, made.canary(), rebuild=rebuild) as writer:
            write(writer, B)
            writer.commit()
            write(writer, made.document("c.md", "never committed"))
            writer.suspend()
        assert paths(store) == ["a.md"]
        store.check_identity(made.identity())
    with store.writer(made.identity("other"), made.canary()) as writer:
        assert set(writer.known(made.ROOT)) == {"b.md"}
    assert paths(store) == ["b.md"]


def test_work_on_the_live_generation_can_be_suspended_too(store: IndexStore, put: Put) -> None:
    put(A)
    with store.writer(made.identity(), made.canary()) as writer:
        write(writer, B)
        writer.suspend()
    assert paths(store) == ["a.md"]


@pytest.mark.parametrize("first", [True, False])
def test_an_interrupt_suspends_the_work_and_is_passed_on(
    store: IndexStore, put: Put, *, first: bool
) -> None:
    if not first:
        put(A)

    def interrupted() -> None:
        with store.writer(made.identity(), made.canary(), rebuild=not first) as writer:
            write(writer, B)
            writer.commit()
            write(writer, made.document("c.md", "never committed"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert paths(store) == (["b.md"] if first else ["a.md"])
    assert {each.status for each in findings(store._folder) if each.check != "chroma"} == {"ok"}


def test_a_new_generation_has_another_stamp(store: IndexStore, put: Put, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        store.stamp()
    put(A)
    first = store.stamp()
    put(B)
    assert store.stamp() == first
    with store.writer(made.identity(), made.canary(), rebuild=True):
        pass
    second = store.stamp()
    with store.writer(made.identity(), made.canary(), rebuild=True):
        pass
    assert len({first, second, store.stamp()}) == 3
    (tmp_path / "index" / store.stamp()[0] / generations.MANIFEST).unlink()
    with pytest.raises(IndexCorruptError, match=r"manifest\.json"):
        store.stamp()


def test_another_identity_is_refused_for_reading(store: IndexStore, put: Put) -> None:
    put(A)
    store.check_identity(made.identity())
    with pytest.raises(IndexMismatchError) as caught:
        store.check_identity(made.identity("other"))
    assert caught.value.differences == {"encoder.name": ("made-up", "other")}


def test_another_identity_makes_a_generation_beside_the_live_one(
    store: IndexStore, put: Put, tmp_path: Path
) -> None:
    put(A)
    old = store.manifest().identity.digest()
    with store.writer(made.identity("other"), made.canary()) as writer:
        assert writer.roots() == (made.ROOT,)
        assert writer.known(made.ROOT) == {}
        write(writer, B)
        writer.commit()
        assert paths(store) == ["a.md"]
    assert paths(store) == ["b.md"]
    assert generations.orphans(tmp_path / "index") == (old,)
    with store.writer(made.identity("other"), None):
        pass
    assert generations.orphans(tmp_path / "index") == ()


def test_a_rebuild_begins_anew_under_another_name(store: IndexStore, put: Put) -> None:
    put(A)
    names = []
    for _ in range(3):
        with store.writer(made.identity(), made.canary(), rebuild=True) as writer:
            assert writer.roots() == (made.ROOT,)
            assert writer.known(made.ROOT) == {}
            write(writer, B)
        with store.snapshot() as snapshot:
            names.append(snapshot.generation)
        assert paths(store) == ["b.md"]
    digest = made.identity().digest()
    assert names == [f"{digest}-2", digest, f"{digest}-2"]


def test_a_generation_that_was_cut_off_is_continued(store: IndexStore, put: Put) -> None:
    put(A)

    def cut_off() -> None:
        with store.writer(made.identity("other"), made.canary()) as writer:
            write(writer, A)
            writer.commit()
            write(writer, B)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_off()
    with store.writer(made.identity("other"), made.canary()) as writer:
        assert set(writer.known(made.ROOT)) == {"a.md"}


def test_it_is_not_continued_with_an_encoder_that_drifted(store: IndexStore) -> None:
    def cut_off() -> None:
        with store.writer(made.identity(), made.canary()) as writer:
            write(writer, A)
            writer.commit()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_off()
    drifted = Canary.of("a canary", made.vector("something else"))
    with store.writer(made.identity(), drifted) as writer:
        assert writer.known(made.ROOT) == {}


def test_a_drifted_encoder_may_not_write_beside_older_vectors(store: IndexStore, put: Put) -> None:
    put(A)
    drifted = Canary.of("a canary", made.vector("something else"))
    with pytest.raises(EncoderDriftError), store.writer(made.identity(), drifted):
        pass
    assert paths(store) == ["a.md"]


def test_going_back_to_older_settings_uses_what_is_there(store: IndexStore, put: Put) -> None:
    put(A)
    with store.writer(made.identity("other"), made.canary()) as writer:
        writer.remove_root(made.ROOT)
        writer.add_root("/other")
    with store.writer(made.identity(), made.canary()) as writer:
        assert writer.roots() == ("/other",)
    assert paths(store) == []


def test_a_damaged_catalog_is_named_and_can_be_rebuilt(
    store: IndexStore, put: Put, tmp_path: Path
) -> None:
    put(A)
    store.close()
    catalog = tmp_path / "index" / made.identity().digest() / generations.CATALOG
    catalog.write_bytes(b"no database" * 2000)
    for _ in range(2):
        with pytest.raises(IndexCorruptError, match=r"catalog\.sqlite3"), store.snapshot():
            pass
    with (
        pytest.raises(IndexCorruptError, match=r"catalog\.sqlite3"),
        store.writer(made.identity(), made.canary()),
    ):
        pass
    assert [each.check for each in findings(tmp_path / "index") if each.status != "ok"] == [
        "database"
    ]
    with store.writer(made.identity(), made.canary(), rebuild=True) as writer:
        assert writer.roots() == (made.ROOT,)
        write(writer, B)
    assert paths(store) == ["b.md"]


@pytest.mark.parametrize("content", ["", "../../etc\n", "0123456789ab\n"])
def test_a_damaged_current_is_named(
    store: IndexStore, put: Put, tmp_path: Path, content: str
) -> None:
    put(A)
    (tmp_path / "index" / "CURRENT").write_text(content)
    with pytest.raises(IndexCorruptError, match="CURRENT"), store.snapshot():
        pass
    assert findings(tmp_path / "index")[0].status == "problem"


def test_a_damaged_manifest_is_named(store: IndexStore, put: Put, tmp_path: Path) -> None:
    put(A)
    (tmp_path / "index" / made.identity().digest() / "manifest.json").write_text("{}")
    with pytest.raises(IndexCorruptError, match=r"manifest\.json"):
        store.manifest()


def test_a_folder_that_was_made_anew_is_noticed(
    store: IndexStore, put: Put, tmp_path: Path
) -> None:
    put(A)
    assert paths(store) == ["a.md"]
    shutil.rmtree(tmp_path / "index")
    put(B)
    assert paths(store) == ["b.md"]


def test_two_threads_read_at_once(store: IndexStore, put: Put) -> None:
    put(A)
    with store.snapshot() as one, store.snapshot() as other:
        assert one.count() == other.count() == 2


def test_a_commit_that_fails_leaves_the_last_one(
    store: IndexStore, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(A)
    insert = writing.insert_document

    def full(*args: object) -> None:
        insert(*args)  # type: ignore[arg-type]  # passed on as they came
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(writing, "insert_document", full)
    with pytest.raises(StoreError, match="the disk is full"):
        put(made.document("a.md", "other words"))
    with store.snapshot() as snapshot:
        assert snapshot.document(A.id) == A


def test_the_doctor_sees_tables_that_disagree(store: IndexStore, put: Put, tmp_path: Path) -> None:
    put(A, B)
    store.close()
    catalog = tmp_path / "index" / made.identity().digest() / generations.CATALOG
    with sqlite3.connect(catalog) as connection:
        connection.execute("DELETE FROM vectors WHERE rowid = 1")
        connection.execute("DELETE FROM sentences")
        connection.execute("UPDATE texts SET text = 'short'")
    connection.close()
    found = {each.check: each for each in findings(tmp_path / "index")}
    assert found["counts"].status == "problem"
    assert "2 vectors, 0 with sentences" in found["counts"].message
    assert found["documents"].status == "problem"
    assert (
        found["documents"].message == "2 documents are not stored as they were written: a.md, b.md"
    )
    assert found["documents"].fix
