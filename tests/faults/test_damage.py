"""One altered value at a time: what is said, and that nothing of it is shown or carried on."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.desk.backing import Wanted, back_up
from groundwire.domain.errors import IndexCorruptError
from groundwire.index import damage, generations
from groundwire.index.catalog import get_meta
from groundwire.index.inspect import findings
from groundwire.index.lexical_audit import fits_texts
from tests.fakes.encoders import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTION = "What did the bridge at Ford cost?"
STORY = """The bridge at Ford cost £3m.

The council met on Tuesday, and the ferry to Aldermoor was late again. Nobody who waited at the
harbour had been told why, and the two boats that were sent for came an hour after the last train.
The mayor said that the timetable would be looked at in autumn, when the new pier is open.

A spokesman of the line blamed the fog, which had been forecast for three days. Fishermen sailed all
morning without any trouble, and the pilots of the port said that they had seen no fog at all.
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groundwire.desk.build.open_encoder", lambda *_, **__: HashingEncoder())


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two files, a copy of the first and nearly one, and their index."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "news").mkdir()
    for name, text in {
        "a.txt": STORY,
        "b.txt": "Forty people came to the harbour.",
        "copy.txt": STORY,
        "nearly.txt": f"{STORY}\nMore is not known.\n",
    }.items():
        (folder / "news" / name).write_text(text)
    with pytest.MonkeyPatch.context() as patch, Desk.open(folder / "ix") as opened:
        patch.setattr("groundwire.desk.build.open_encoder", lambda *_, **__: HashingEncoder())
        opened.sync([folder / "news"])
    return folder


@pytest.fixture
def desk(sound: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on a copy of the index."""
    with Desk.open(shutil.copytree(sound / "ix", tmp_path / "ix")) as opened:
        yield opened


def catalog(desk: Desk) -> Path:
    index = desk.settings.index_folder()
    return index / generations.read_current(index) / generations.CATALOG


def alter(desk: Desk, *statements: str) -> None:
    """Change the catalog as nobody may."""
    desk.close()
    with closing(sqlite3.connect(catalog(desk), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def problems(desk: Desk) -> dict[str, str]:
    found = findings(desk.settings.index_folder())
    assert all(each.fix for each in found if each.status != "ok")
    return {each.check: each.message for each in found if each.status != "ok"}


def test_what_was_just_written_is_sound(desk: Desk) -> None:
    assert problems(desk) == {}
    assert damage.damage(catalog(desk)) == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE texts SET text = replace(text, '£3m', '£4m') WHERE number = 1",
        "UPDATE documents SET title = 'Another' WHERE number = 1",
        "UPDATE documents SET published = '2020-01-01' WHERE number = 1",
        "UPDATE documents SET checksum = checksum + 1 WHERE number = 1",
        "UPDATE documents SET checksum = 'none' WHERE number = 1",
        'UPDATE passages SET "end" = "end" - 1 WHERE document = 1',
        "UPDATE passages SET heading = 'Another' WHERE document = 1",
        "UPDATE vectors SET vector = zeroblob(length(vector)) WHERE rowid = 1",
        "UPDATE sentences SET vectors = zeroblob(length(vectors)) WHERE rowid = 1",
        "UPDATE tokens SET vectors = zeroblob(length(vectors)) WHERE rowid = 1",
        "UPDATE stems SET hashes = zeroblob(length(hashes)) WHERE rowid = 1",
        "UPDATE prints SET bands = zeroblob(length(bands)) WHERE number = 1",
    ],
)
def test_every_part_of_a_document_is_covered(desk: Desk, statement: str) -> None:
    alter(desk, statement)
    assert damage.damage(catalog(desk)) == "a.txt is not stored as it was written"


@pytest.mark.parametrize(
    ("statement", "check", "words"),
    [
        ("UPDATE meta SET value = '-' WHERE key = 'revision'", "notes", "no number in revision"),
        ("UPDATE meta SET value = '9' WHERE key = 'token_dimension'", "notes", "another length"),
        ("UPDATE meta SET value = 'x' WHERE key = 'manifest'", "notes", "another manifest.json"),
        ("UPDATE roots SET root = root || 'x'", "notes", "other roots"),
        ("UPDATE files SET problems = '[1'", "notes", "cannot be read"),
        ("DELETE FROM copies WHERE one < other", "rows", "copies that do not fit"),
        ("DELETE FROM bands WHERE band IN (SELECT band FROM bands LIMIT 1)", "rows", "copies that"),
        ("UPDATE passages_fts_docsize SET sz = zeroblob(length(sz))", "lexical index", "other"),
    ],
)
def test_what_belongs_to_no_document_is_looked_at_too(
    desk: Desk, statement: str, check: str, words: str
) -> None:
    alter(desk, statement)
    assert words in problems(desk)[check]


def test_a_word_that_stands_in_no_text_is_found(desk: Desk) -> None:
    assert fits_texts(catalog(desk))
    alter(desk, "INSERT INTO passages_fts (rowid, body) VALUES (1, 'stray')")
    assert not fits_texts(catalog(desk))


def test_an_altered_text_is_neither_quoted_nor_shown(desk: Desk) -> None:
    assert desk.ask(QUESTION).claims
    alter(desk, "UPDATE texts SET text = replace(text, '£3m', '£4m')")
    for look in (desk.ask, desk.search, lambda _: desk.show("a.txt"), lambda _: desk.summarize()):
        with pytest.raises(IndexCorruptError, match="is not the one that was indexed") as caught:
            look(QUESTION)
        assert "groundwire index --rebuild" in (caught.value.hint or "")
    desk.sync(rebuild=True)
    assert desk.ask(QUESTION).claims[0].text == "The bridge at Ford cost £3m."


def test_an_altered_document_is_not_carried_on_by_a_sync(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "more" / "own.txt"
    file.parent.mkdir()
    file.write_text(STORY)
    desk.sync([file.parent])
    alter(desk, "DELETE FROM vectors WHERE rowid = (SELECT max(rowid) FROM vectors)")
    file.write_text(f"{STORY}\nThe mayor left.\n")
    with pytest.raises(IndexCorruptError, match=r"own\.txt is not stored as it was written"):
        desk.sync([file.parent])
    file.unlink()
    with pytest.raises(IndexCorruptError, match=r"own\.txt is not stored as it was written"):
        desk.sync([file.parent])
    desk.sync(rebuild=True)
    assert problems(desk) == {}


def test_an_altered_index_is_not_backed_up(desk: Desk, tmp_path: Path) -> None:
    wanted = Wanted(records=False, config=False)
    alter(desk, "UPDATE sentences SET vectors = zeroblob(length(vectors)) WHERE rowid = 1")
    with pytest.raises(IndexCorruptError, match=r"a\.txt is not stored as it was written"):
        back_up(desk.settings, tmp_path / "b.tar.gz", wanted, config=None, force=False)
    desk.sync(rebuild=True)
    alter(desk, "INSERT INTO passages_fts (rowid, body) VALUES (1, 'stray')")
    with pytest.raises(IndexCorruptError, match="other words than the texts"):
        back_up(desk.settings, tmp_path / "b.tar.gz", wanted, config=None, force=False)
    assert not (tmp_path / "b.tar.gz").exists()


def test_what_makes_code_stumble_is_told_as_damage(desk: Desk) -> None:
    alter(desk, "UPDATE documents SET headings = '[[' , published = '2020-13-40'")
    with pytest.raises(IndexCorruptError, match="is not stored as it was written"):
        desk.docs()


def test_an_error_of_ours_is_not_told_as_damage(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), damage.blamed(catalog(desk)):
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), desk._parts.store.snapshot():
        raise ZeroDivisionError


def test_the_manifest_is_bound_to_its_catalog(desk: Desk) -> None:
    manifest = catalog(desk).with_name(generations.MANIFEST)
    manifest.write_text(manifest.read_text().replace("canary sings", "canary songs"))
    assert "another manifest.json" in problems(desk)["notes"]
    with closing(sqlite3.connect(catalog(desk))) as connection:
        assert len(get_meta(connection, "manifest")) == 64


def test_chroma_with_another_vector_is_named_and_made_again(desk: Desk) -> None:
    from groundwire.index.vectors import ChromaVectors

    folder = catalog(desk).parent / generations.CHROMA
    with closing(sqlite3.connect(catalog(desk))) as connection:
        collection = get_meta(connection, "collection")
    chroma = ChromaVectors(folder, collection)
    (first, *_) = sorted(chroma.ids())
    vector, fields = chroma.read([first])[first]
    chroma.upsert([first], -vector[None, :], [fields])
    chroma.close()
    assert problems(desk)["chroma"] == "1 have other vectors or fields"
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    folder.rmdir()
    desk.sync()
    assert problems(desk) == {}
