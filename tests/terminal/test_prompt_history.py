"""The history file: private, shared, bounded, and never the reason for a failure."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from groundwire.interfaces.repl.history import LIMIT, MemoryHistory, SharedHistory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.driver import Terminal

    Start = Callable[..., Terminal]

WRITER = """
import sys
from pathlib import Path
from groundwire.interfaces.repl.history import SharedHistory
history = SharedHistory(Path(sys.argv[1]), limit=150)
for n in range(100):
    history.append_string(f"{sys.argv[2]} {n} " + "é\\n" * n)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "groundwire" / "history"


def kept(file: Path) -> list[str]:
    return list(SharedHistory(file).load_history_strings())[::-1]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_is_private_before_anything_is_written(file: Path) -> None:
    SharedHistory(file)
    assert (mode(file), mode(file.parent), file.read_bytes()) == (0o600, 0o700, b"")


def test_a_file_that_others_could_read_is_made_private(file: Path) -> None:
    file.parent.mkdir(parents=True, mode=0o755)
    file.write_text('"old"\n', encoding="utf-8")
    file.chmod(0o644)
    history = SharedHistory(file)
    history.append_string("new")
    assert (mode(file), mode(file.parent)) == (0o600, 0o700)
    assert kept(file) == ["old", "new"]


@pytest.mark.parametrize("make", [SharedHistory, lambda _file: MemoryHistory()])
def test_what_begins_with_a_space_is_not_kept(
    file: Path, make: Callable[[Path], SharedHistory | MemoryHistory]
) -> None:
    history = make(file)
    for text in (" secret", "open", " \nsecret"):
        history.append_string(text)
    assert history.get_strings() == ["open"]
    assert list(history.load_history_strings()) == ["open"]
    assert not file.exists() or b"secret" not in file.read_bytes()


@pytest.mark.parametrize(
    "text", ["two\nlines\n", "\u2028 \u0085 \x1b[2J\x00", "Kœnig 金 🗞", '"\\', "half \ud83d"]
)
def test_any_text_is_one_harmless_line(file: Path, text: str) -> None:
    SharedHistory(file).append_string(text)
    assert kept(file) == [text.replace("\ud83d", "?")]
    written = file.read_bytes()
    assert written.count(b"\n") == 1
    assert written[:-1].decode("ascii").isprintable()


def test_the_newest_entries_are_kept(file: Path) -> None:
    file.parent.mkdir(parents=True)
    lines = (json.dumps(f"entry {n}") for n in range(LIMIT + 5))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    entries = kept(file)
    assert (len(entries), entries[0], entries[-1]) == (LIMIT, "entry 5", f"entry {LIMIT + 4}")
    assert len(file.read_bytes().splitlines()) == LIMIT
    assert mode(file) == 0o600
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    "damage",
    [b"\x00\xff\xfe\n", b"not json\n", b'{"a": 1}\n', b"[" * 100_000 + b"\n", b'"torn', b'""\n'],
)
def test_damage_costs_its_own_line_only(file: Path, damage: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(b'"before"\n' + damage)
    history = SharedHistory(file)
    history.append_string("after")
    assert kept(file) == ["before", "after"]
    assert history.trouble == ""


def unreadable(file: Path) -> None:
    file.mkdir(parents=True)


def not_a_folder(file: Path) -> None:
    file.parent.parent.mkdir(parents=True)
    file.parent.write_text("", encoding="utf-8")


@pytest.mark.parametrize("spoil", [unreadable, not_a_folder])
def test_without_a_file_the_history_lasts_as_long_as_the_chat(
    file: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(file)
    history = SharedHistory(file)
    assert history.trouble.startswith(f"history is not kept: {file}: ")
    history.append_string("here")
    assert list(history.load_history_strings()) == ["here"]


def test_a_very_long_text_stays_in_the_chat(file: Path) -> None:
    history = SharedHistory(file)
    history.append_string("x" * 100_000)
    assert len(history.get_strings()) == 1
    assert list(history.load_history_strings()) == history.get_strings()
    assert file.read_bytes() == b""


def test_chats_that_write_at_once_neither_tear_nor_lose_a_line(file: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in ("a", "b")
    ]
    assert [writer.wait(50) for writer in writers] == [0, 0]
    entries = kept(file)
    assert sorted(entries) == sorted(
        f"{name} {n} " + "é\n" * n for name in "ab" for n in range(100)
    )
    for name in "ab":
        own = [entry for entry in entries if entry.startswith(name)]
        assert own == [f"{name} {n} " + "é\n" * n for n in range(100)]


def test_a_chat_sees_at_its_next_prompt_what_another_kept(prompt: Start, file: Path) -> None:
    first = prompt("--history", str(file))
    second = prompt("--history", str(file))
    first.type("asked in the first\r")
    first.wait_for('read "asked in the first"')
    second.type("asked in the second\r")
    second.wait_for('read "asked in the second"')
    second.wait_line(">")
    second.press("up", "up")
    second.wait_line("> asked in the first")
    second.type(" again\r")
    second.wait_for('first again"')
    first.wait_line(">")
    first.type(" private\r")
    first.wait_for('read " private"')
    first.wait_line(">")
    first.press("up")
    first.wait_line("> asked in the first again")
    assert kept(file) == ["asked in the first", "asked in the second", "asked in the first again"]


def test_a_file_that_cannot_be_used_is_told_and_the_chat_goes_on(prompt: Start, file: Path) -> None:
    unreadable(file)
    terminal = prompt("--history", str(file), columns=200)
    assert "history is not kept" in terminal.transcript
    terminal.type("still here\r")
    terminal.wait_for('read "still here"')
    terminal.wait_line(">")
    terminal.press("up")
    terminal.wait_line("> still here")
