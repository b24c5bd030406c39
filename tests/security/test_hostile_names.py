"""Names and places of files that try to lead somewhere else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.ingest.discover import FoundFile, discover
from groundwire.ingest.loaders.base import LoadError, Members
from groundwire.ingest.loaders.registry import load
from groundwire.ingest.reading import read_file
from groundwire.interfaces.render.escape import printable
from tests.security.hostile import DIRECTIONS, ESCAPES, UNSEEN, zipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.security.conftest import Ran

WORDS = "Ann Lee met 17 farmers in Busan on 3 May 2019."


@pytest.fixture
def found(tmp_path: Path) -> FoundFile:
    """Return a file of a folder as it was found."""
    (tmp_path / "documents").mkdir()
    path = tmp_path / "documents" / "a.txt"
    path.write_text(WORDS)
    return FoundFile(path, "a.txt", len(WORDS))


def test_a_file_that_became_a_link_is_not_read(found: FoundFile, tmp_path: Path) -> None:
    assert read_file(found) == WORDS.encode()
    other = tmp_path / "secret.txt"
    other.write_text("secret")
    found.path.unlink()
    found.path.symlink_to(other)
    with pytest.raises(LoadError, match="cannot be read"):
        read_file(found)


def test_a_file_that_became_a_pipe_keeps_nobody_waiting(found: FoundFile) -> None:
    found.path.unlink()
    os.mkfifo(found.path)
    with pytest.raises(LoadError, match="no file any more"):
        read_file(found)


def test_devices_sockets_and_pipes_in_a_folder_are_no_documents(found: FoundFile) -> None:
    folder = found.path.parent
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    read = {file.relative: file.problem for file in discover(folder)}
    assert "pipe.txt" not in read
    assert read["a.txt"] == ""
    assert "not followed" in read["zero.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "/etc/passwd.txt",
        "C:\\Windows\\a.txt",
        "..\\..\\a.txt",
        "a/./../../b.txt",
        f"a{DIRECTIONS[0]}txt.exe.txt",
        f"a{UNSEEN[0]}b.txt",
        "line\nbreak.txt",
        f"{'deep/' * 2_000}a.txt",
        f"{'long' * 5_000}.txt",
    ],
)
def test_names_in_an_archive_stay_in_it_and_on_one_line(name: str) -> None:
    content = load(zipped({name: WORDS.encode()}), "a.zip")
    assert isinstance(content, Members)
    (member,) = (document.member for document in content.documents)
    parts = member.split("/")
    assert member.isprintable()
    assert len(member) < 200
    assert not member.startswith("/")
    assert ".." not in parts
    assert "\\" not in member


def test_names_of_files_are_shown_without_their_tricks(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "documents").mkdir()
    tricks = (*ESCAPES, *DIRECTIONS, *UNSEEN, "\n", "\r")
    for trick in tricks:
        (tmp_path / "documents" / f"story{trick}.exe.txt").write_text(WORDS)
        (tmp_path / "documents" / f"empty{trick}.txt").write_text("")
    with Desk.open(tmp_path / "index") as desk:
        report = desk.sync([tmp_path / "documents"])
    assert len(report.failures) == len(tricks)
    for words in (("docs",), ("index",), ("ask", "How many farmers did Ann Lee meet?")):
        told = command("--index-dir", tmp_path / "index", *words)
        assert told.out == printable(told.out)
        assert told.err == printable(told.err)
        assert ".exe.txt" in told.out or "empty" in told.err
        assert "\n.exe" not in told.out
