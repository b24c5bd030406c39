"""Programs on real terminals: an index of the sample corpus, an own home, and all closed after."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from tests.terminal.driver import Terminal, terminal_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CHECKOUT = Path(__file__).parents[2]
CORPUS = CHECKOUT / "eval" / "corpus"
PROGRAM = Path(__file__).with_name("prompt_program.py")


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, encoder_cache_dir: Path) -> Path:
    """Return the folder of an index of the sample corpus."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    config = folder.with_name("config.toml")
    config.write_text(f'cache_dir = "{encoder_cache_dir}"\n', encoding="utf-8")
    with Desk.open(folder, config) as desk:
        desk.sync([CORPUS])
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home of the test's own; configuration, data and state are below it."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def terminal(home: Path) -> Iterator[Callable[..., Terminal]]:
    """Return a function that starts a program on a terminal."""
    opened: list[Terminal] = []

    def start(argv: Sequence[str], *, rows: int = 24, columns: int = 80, **env: str) -> Terminal:
        environment = terminal_environment(home, **env)
        opened.append(Terminal(argv, environment, rows=rows, columns=columns))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.fixture
def prompt(terminal: Callable[..., Terminal]) -> Callable[..., Terminal]:
    """Return a function that starts the program that only reads, and waits for its prompt."""

    def start(*options: str, rows: int = 24, columns: int = 80, **env: str) -> Terminal:
        opened = terminal(
            [sys.executable, str(PROGRAM), *options], rows=rows, columns=columns, **env
        )
        opened.wait_until(lambda: ">" in opened.cursor_row, "prompt")
        return opened

    return start


@pytest.fixture
def groundwire(
    terminal: Callable[..., Terminal], sample_index: Path, encoder_cache_dir: Path
) -> Callable[..., Terminal]:
    """Return a function that starts a command on the sample index, with the user's encoder."""

    def start(*argv: str, rows: int = 24, columns: int = 80, **env: str) -> Terminal:
        command = [sys.executable, "-m", "groundwire", "--index-dir", str(sample_index), *argv]
        variables = {"GROUNDWIRE_CACHE_DIR": str(encoder_cache_dir), **env}
        return terminal(command, rows=rows, columns=columns, **variables)

    return start
