"""Copy families in the catalog: which rows come and go, and what follows from them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groundwire.domain.retrieval import Scope
from groundwire.index import generations, writing
from groundwire.index.inspect import findings
from tests.unit.index import made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from groundwire.domain.documents import Document
    from groundwire.index.snapshot import Snapshot
    from groundwire.index.store import IndexStore, Writer

MONDAY, TUESDAY, FRIDAY = date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 8)


@dataclass(frozen=True)
class Letters:
    """A print for which texts are copies if they have two letters in common."""

    text: str

    @property
    def size(self) -> int:
        return len(set(self.text))

    @property
    def bands(self) -> NDArray[np.int64]:
        return np.array(sorted(map(ord, set(self.text))), dtype=np.int64)

    def may_share(self, bands: int, size: int) -> bool:
        assert bands <= min(self.size, size)
        return bands > 1

    def shared_with(self, text: str) -> int:
        return len(set(self.text) & set(text))


def doc(path: str, text: str, day: date | None = None, *, root: str = made.ROOT) -> Document:
    return made.document(path, text, published=day, root=root)


def write(writer: Writer, *documents: Document) -> None:
    for each in documents:
        passages = made.cut(each)
        writer.put(each, passages, made.vectors(passages), made=Letters(each.text))


def sync(store: IndexStore, *documents: Document) -> None:
    with store.writer(made.identity(), made.canary()) as writer:
        write(writer, *documents)


def families(snapshot: Snapshot, scope: Scope | None = None) -> list[list[str]]:
    found = snapshot.families(scope or Scope())
    return [[member.path for member in family.members] for family in found]


def read(store: IndexStore) -> list[list[str]]:
    with store.snapshot() as snapshot:
        return families(snapshot)


def rows(tmp_path: Path, table: str) -> int:
    catalog = tmp_path / "index" / made.identity().digest() / generations.CATALOG
    with closing(sqlite3.connect(catalog)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 -- ours


A = doc("a", "abcdef", MONDAY)
B = doc("b", "abcx", TUESDAY)
C = doc("c", "efyz", FRIDAY)
ALONE = doc("alone", "mno", FRIDAY)


def test_copies_of_one_report_are_one_family_though_they_share_nothing(store: IndexStore) -> None:
    sync(store, A, B, C, ALONE)
    assert read(store) == [["a", "b", "c"]]


def test_a_digest_makes_no_family_of_the_reports_in_it(store: IndexStore) -> None:
    sync(store, doc("one", "abcd", MONDAY), doc("two", "xyz", TUESDAY))
    sync(store, doc("digest", "abcdxyz", FRIDAY))
    assert read(store) == [["one", "digest"]]


def test_of_one_day_the_longest_is_what_the_others_are_cut_from(store: IndexStore) -> None:
    sync(store, doc("one", "abcd", MONDAY), doc("two", "xyz", MONDAY))
    sync(store, doc("whole", "abcdxyz", MONDAY))
    assert read(store) == [["whole", "one", "two"]]


def test_a_copy_of_a_copy_belongs_to_the_family(store: IndexStore) -> None:
    sync(store, A, doc("b", "abcxyz", TUESDAY), doc("c", "xyz", FRIDAY))
    assert read(store) == [["a", "b", "c"]]


def test_the_earliest_is_the_origin_and_the_undated_come_last(store: IndexStore) -> None:
    late = [doc(name, "abc" + name, day) for name, day in (("x", None), ("z", FRIDAY))]
    sync(store, *late, doc("y", "abcy", FRIDAY), doc("w", "abcw", TUESDAY))
    assert read(store) == [["w", "y", "z", "x"]]
    with store.snapshot() as snapshot:
        ids = [each.id for each in late]
        origin = snapshot.find("w")[0].id
        assert snapshot.origins([*ids, ALONE.id]) == dict.fromkeys(ids, origin)


def test_a_scope_leaves_members_out_and_keeps_who_belongs_together(store: IndexStore) -> None:
    sync(store, A, B, C, ALONE)
    with store.snapshot() as snapshot:
        assert families(snapshot, Scope(since=TUESDAY)) == [["b", "c"]]
        assert families(snapshot, Scope(documents=("b", "alone"))) == []
        assert snapshot.origins([B.id]) == {B.id: A.id}


def test_identical_texts_are_one_family_with_one_print(store: IndexStore, tmp_path: Path) -> None:
    sync(store, A, doc("a", "abcdef", MONDAY, root="/other"), doc("0", "abcdef"))
    assert read(store) == [["a", "a", "0"]]
    assert rows(tmp_path, "prints") == 1
    assert rows(tmp_path, "copies") == 0


def test_who_leaves_takes_along_what_was_known(store: IndexStore, tmp_path: Path) -> None:
    sync(store, A, B, C, doc("again", "abcdef", FRIDAY))
    assert read(store) == [["a", "b", "again", "c"]]
    with store.writer(made.identity(), None) as writer:
        writer.remove([A.id])
    assert read(store) == [["b", "again", "c"]]
    with store.writer(made.identity(), None) as writer:
        writer.remove([doc("again", "any").id])
    assert read(store) == []
    with store.writer(made.identity(), None) as writer:
        writer.remove([B.id, C.id])
    assert [rows(tmp_path, each) for each in ("prints", "bands", "copies")] == [0, 0, 0]


def test_a_document_that_changes_changes_family(store: IndexStore) -> None:
    sync(store, A, B, doc("m", "mnop", MONDAY))
    sync(store, doc("b", "mnx", TUESDAY))
    assert read(store) == [["m", "b"]]


def test_a_document_without_a_print_is_of_no_family(
    store: IndexStore, put: Callable[..., None]
) -> None:
    put(A, B)
    assert read(store) == []


def test_families_are_read_once_a_revision(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(store, A, B)
    assert read(store) == [["a", "b"]]
    monkeypatch.setattr("groundwire.index.families.families", lambda _: pytest.fail("read again"))
    assert read(store) == [["a", "b"]]


def test_the_doctor_sees_prints_of_no_text(store: IndexStore, tmp_path: Path) -> None:
    sync(store, A, B)
    store.close()
    assert {each.status for each in findings(store._folder) if each.check == "rows"} == {"ok"}
    catalog = tmp_path / "index" / made.identity().digest() / generations.CATALOG
    with closing(sqlite3.connect(catalog)) as connection, connection:
        connection.execute(
            "DELETE FROM prints WHERE text_hash = (SELECT max(text_hash) FROM prints)"
        )
    found = {each.check: each for each in findings(store._folder)}
    assert "prints of no text" in found["rows"].message
    assert found["rows"].fix


def test_a_commit_that_fails_leaves_the_families_as_they_were(
    store: IndexStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(store, A, B)
    before = [rows(tmp_path, each) for each in ("prints", "bands", "copies")]
    insert = writing._insert_row

    def killed(*args: object) -> None:
        insert(*args)  # type: ignore[arg-type]  # passed on as they came
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_insert_row", killed)
    with pytest.raises(KeyboardInterrupt):
        sync(store, C, doc("b", "other", FRIDAY))
    monkeypatch.undo()
    assert [rows(tmp_path, each) for each in ("prints", "bands", "copies")] == before
