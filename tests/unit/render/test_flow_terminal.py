"""The same on a real pseudo-terminal of ten rows, also while its window is dragged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal.driver import Terminal, terminal_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
WORDS = " ".join(f"Sentence number {n} says a little more of it." for n in range(200)).split()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Return a way to start the program on a terminal of ten rows."""
    started: list[Terminal] = []

    def start(*options: str) -> Terminal:
        argv = [sys.executable, "-m", "tests.unit.render.flow_program", *options]
        env = terminal_environment(tmp_path, PYTHONPATH=f"{ROOT}:{ROOT / 'src'}")
        started.append(Terminal(argv, env, rows=10, columns=60))
        return started[-1]

    yield start
    for terminal in started:
        terminal.close()


def words(terminal: Terminal) -> list[str]:
    """Return every word in the scrollback and on the screen, markers and bullets aside."""
    return [word for word in terminal.transcript.split() if word[0] not in "[-"]


@pytest.mark.parametrize("options", [(), ("bullets",)])
def test_everything_stands_once_and_in_order(
    program: Callable[..., Terminal], options: tuple[str, ...]
) -> None:
    terminal = program(*options)
    assert terminal.wait_end() == 0
    assert words(terminal) == WORDS


def test_a_window_that_is_widened_midway_loses_and_repeats_nothing(
    program: Callable[..., Terminal],
) -> None:
    terminal = program("waits")
    terminal.wait_for("number 99")
    terminal.resize(10, 90)
    terminal.press("enter")
    assert terminal.wait_end() == 0
    assert words(terminal) == WORDS
    assert max(map(len, terminal.scrollback)) > 60
