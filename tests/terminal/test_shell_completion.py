"""Tab in a real shell: names with spaces and with characters that mean something to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from groundwire import Desk
from groundwire.records.database import open_database
from groundwire.records.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = "[red]x $(touch ran) `touch ran` 'y' \"z\".md"
NAMES = ("a plain one.md", HOSTILE, "normal.md")
READY = "ready> "


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of documents with odd names."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "docs").mkdir()
    for number, name in enumerate(NAMES):
        (folder / "docs" / name).write_text(f"The ferry number {number} sank on Monday.\n")
    with Desk.open(folder / "index") as desk:
        desk.sync([folder / "docs"])
    return folder / "index"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with one saved session, and a ``groundwire`` on its path."""
    tool = tmp_path / "bin" / "groundwire"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m groundwire "$@"\n')
    tool.chmod(0o755)
    with open_database(tmp_path / ".local/share/groundwire/groundwire.sqlite3") as database:
        kept = Sessions(database, clock=lambda: 1e9)
        kept.save(kept.begin(), "Who sank?", "answer", "Nobody.", {})
    return tmp_path


@pytest.fixture
def shell(home: Path, index: Path) -> Iterator[pexpect.spawn[str]]:
    """Return a bash with the completion installed, in which ``groundwire`` shows its arguments."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash here")
    child = pexpect.spawn(
        "bash",
        ["--norc"],
        env={
            "HOME": str(home),
            "PATH": f"{home / 'bin'}:{os.environ['PATH']}",  # noqa: TID251 -- passed on
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "GROUNDWIRE_INDEX__DIR": str(index),
        },
        cwd=str(home),
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 400),
    )
    for line in (
        f"PS1='{READY}'; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'",
        "groundwire --show-completion > script.sh; source script.sh",
        "groundwire() { printf '<%s>' \"$@\"; echo; }",
    ):
        child.sendline(line)
        child.expect(f"\n{READY}")
    yield child
    child.close(force=True)


def completed(child: pexpect.spawn[str], typed: str) -> str:
    """Type something, press Tab and Enter, and return the arguments that the command got."""
    child.send(f"{typed}\t\r")
    child.expect(r"\n(<.*>)\r\n")
    found = str(child.match.group(1)) if child.match is not None else ""
    child.expect(READY)
    return found


@pytest.mark.parametrize(
    ("typed", "arguments"),
    [
        ("groundwire doct", "<doctor>"),
        ("groundwire summ", "<summarize>"),
        ("groundwire show norm", "<show><normal.md>"),
        ("groundwire show a", "<show><a plain one.md>"),
        (r"groundwire show a\ pl", "<show><a plain one.md>"),
        ("groundwire ask --scope norm", "<ask><--scope><normal.md>"),
        ("groundwire summarize normal.md a", "<summarize><normal.md><a plain one.md>"),
        (r"groundwire show \[", f"<show><{HOSTILE}>"),
        ("groundwire compare 'a plain one.md' norm", "<compare><a plain one.md><normal.md>"),
        ("groundwire config show retrieval.t", "<config><show><retrieval.top_k>"),
        ("groundwire show nothing-such", "<show><nothing-such>"),
    ],
)
def test_bash(shell: pexpect.spawn[str], home: Path, typed: str, arguments: str) -> None:
    assert completed(shell, typed) == arguments
    assert not (home / "ran").exists()


def test_bash_names_sessions(shell: pexpect.spawn[str]) -> None:
    assert completed(shell, "groundwire sessions show 0").startswith("<sessions><show><00")


@pytest.mark.parametrize("kind", ["zsh", "fish", "powershell"])
def test_a_name_that_means_something_is_not_told_to_other_shells(
    home: Path, index: Path, kind: str
) -> None:
    said = asked(home, index, kind, "groundwire show ")
    assert "normal.md" in said
    assert "a plain one.md" in said
    assert "touch" not in said


def test_titles_of_sessions_cannot_say_anything_to_a_shell(home: Path, index: Path) -> None:
    with open_database(home / ".local/share/groundwire/groundwire.sqlite3") as database:
        kept = Sessions(database, clock=lambda: 2e9)
        kept.save(kept.begin(), "\\$(touch ran)`touch ran`\"; '", "answer", "Nobody.", {})
    said = asked(home, index, "zsh", "groundwire sessions show ")
    assert "touch ran" in said
    assert not set("$`\\;") & set(said)


@pytest.mark.parametrize("broken", ["no index", "bad settings"])
def test_without_an_index_or_settings_nothing_is_proposed_and_nothing_said(
    home: Path, tmp_path: Path, broken: str
) -> None:
    if broken == "bad settings":
        file = home / ".config" / "groundwire" / "config.toml"
        file.parent.mkdir(parents=True)
        file.write_text("= =")
    assert asked(home, tmp_path / "none", "fish", "groundwire show ").strip() == ""


def asked(home: Path, index: Path, kind: str, line: str) -> str:
    """Return what a shell is told."""
    done = subprocess.run(
        [sys.executable, "-m", "groundwire"],
        env={
            "HOME": str(home),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONUTF8": "1",
            "GROUNDWIRE_INDEX__DIR": str(index),
            "_GROUNDWIRE_COMPLETE": f"complete_{kind}",
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert done.stderr == ""
    return done.stdout
