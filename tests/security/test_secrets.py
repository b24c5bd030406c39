"""Secrets and private files: who sees them, and where they are written."""

from __future__ import annotations

import io
import os
import stat
import tarfile
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.ingest import process
from tests.security.hostile import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.security.conftest import Ran

SECRETS = {
    "OPENAI_API_KEY": "sk-kestrel-1111",
    "ANTHROPIC_API_KEY": "sk-kestrel-2222",
    "SLACK_BOT_TOKEN": "xoxb-kestrel-3333",
    "SLACK_APP_TOKEN": "xapp-kestrel-4444",
    "SLACK_SIGNING_SECRET": "kestrel-5555",
}
QUESTION = "How many farmers did Ann Lee meet?"


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let new files be open to everybody unless somebody says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def used(
    command: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_umask: None,
) -> list[Ran]:
    """Return what commands printed that were run with secrets in the environment."""
    del open_umask
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "documents").mkdir()
    for name, text in DOCUMENTS.items():
        (tmp_path / "documents" / name).write_text(text, encoding="utf-8")
    index = ("--index-dir", tmp_path / "index", "-vv")
    return [
        command(*index, *words)
        for words in (
            ("index", tmp_path / "documents"),
            ("ask", "--continue", QUESTION),
            ("ask", "--continue", "--json", QUESTION),
            ("sessions", "export", "1"),
            ("config", "show"),
            ("config", "check"),
            ("doctor",),
            ("ledger", "list"),
            ("slack", "run", "--nonsense"),
            ("backup", tmp_path / "home" / "all.backup"),
        )
    ]


def written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def test_no_secret_is_printed_written_or_backed_up(used: list[Ran], tmp_path: Path) -> None:
    for ran in used:
        assert "kestrel" not in ran.out + ran.err
    files = written(tmp_path)
    assert any(path.suffix == ".sqlite3" for path in files)
    for path in files:
        assert b"kestrel" not in path.read_bytes(), path
    assert used[-1].code == 0, used[-1].err
    with tarfile.open(tmp_path / "home" / "all.backup") as archive:
        for member in archive:
            file = archive.extractfile(member) or io.BytesIO()
            assert b"kestrel" not in file.read(), member.name


def test_what_people_said_is_theirs_alone_whatever_the_umask(
    used: list[Ran], tmp_path: Path
) -> None:
    assert used
    private = written(tmp_path / "home")
    assert {"all.backup", "groundwire.sqlite3"} <= {path.name for path in private}
    for path in private:
        mode = stat.S_IMODE(path.stat().st_mode)
        folder = stat.S_IMODE(path.parent.stat().st_mode)
        assert not mode & 0o077 or not folder & 0o077, f"{path}: {mode:o} in {folder:o}"


def test_a_secret_on_the_command_line_is_refused(command: Callable[..., Ran]) -> None:
    for words in (("--bot-token", "xoxb-kestrel"), ("--signing-secret", "kestrel")):
        ran = command("slack", "run", *words)
        assert ran.code == 2
        assert "kestrel" not in ran.out


def test_the_child_that_reads_files_inherits_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GROUNDWIRE_SLACK__BOT_TOKEN", "xoxb-kestrel")
    given = process._environment()
    assert "kestrel" not in repr(given)


def test_nothing_is_left_in_the_folder_for_temporary_files(
    hostile_index: Path,
    command: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import tempfile

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert command("--index-dir", hostile_index, "doctor").code in {0, 1}
    with Desk.open(hostile_index) as desk:
        desk.ask(QUESTION)
    assert list(folder.iterdir()) == []
