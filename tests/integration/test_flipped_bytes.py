"""A catalog that a bad disk has altered: every command says one line, and a rebuild heals it."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.index import generations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.integration.conftest import Ran

QUESTION = "What did the bridge at Ford 3 cost?"
WORDS = "The council met on Tuesday, and the ferry to Aldermoor was late again. " * 6
PAGE = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, encoder_cache_dir: Path) -> Path:
    """A folder with an index of eight documents, never altered."""
    assert encoder_cache_dir.is_absolute()
    folder = tmp_path_factory.mktemp("sound")
    (folder / "news").mkdir()
    for number in range(8):
        text = f"The bridge at Ford {number} cost £{number}m.\n\n{WORDS}"
        (folder / "news" / f"{number}.txt").write_text(text, encoding="utf-8")
    with Desk.open(folder / "ix") as desk:
        desk.sync([folder / "news"])
    return folder / "ix"


@pytest.fixture
def index(sound: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound, tmp_path / "ix")


def commands(tmp_path: Path) -> Iterator[tuple[str | Path, ...]]:
    yield ("ask", QUESTION)
    yield ("search", "bridge")
    yield ("docs",)
    yield ("docs", "--families")
    yield ("show", "3.txt")
    yield ("check", "The bridge at Ford 3 cost £3m.")
    yield ("summarize", "*.txt")
    yield ("compare", "3.txt", "4.txt")
    yield ("quote", "The bridge at Ford 3 cost £3m.")
    yield ("backup", tmp_path / "b.tar.gz", "--force", "--index-only")
    yield ("index",)


def alter(index: Path, change: Callable[[bytearray], None]) -> None:
    catalog = index / generations.read_current(index) / generations.CATALOG
    content = bytearray(catalog.read_bytes())
    change(content)
    catalog.write_bytes(content)


def ask_everything(command: Callable[..., Ran], index: Path, tmp_path: Path) -> None:
    """Run every command, and check that what fails is one line and one of advice."""
    for words in commands(tmp_path):
        ran = command("--index-dir", index, "-q", *words)
        assert ran.code in {0, 1, 2, 4}, (words, ran.err)
        assert "something went wrong inside" not in ran.err
        if ran.code:
            error, *rest = ran.err.splitlines()
            assert error.startswith("groundwire: "), (words, ran.err)
            assert len(rest) <= 1


def rebuild(command: Callable[..., Ran], index: Path) -> None:
    report = command("--index-dir", index, "index", "--rebuild", "--json").json
    assert len(report["added"]) == 8
    with Desk.open(index) as desk:
        assert [each for each in desk.doctor() if each.status == "problem"] == []
        assert desk.ask(QUESTION).claims[0].text == "The bridge at Ford 3 cost £3m."


@pytest.mark.parametrize("seed", range(3))
def test_pages_of_noise_are_named_and_healed(
    command: Callable[..., Ran], index: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- places, not secrets

    def overwrite(content: bytearray) -> None:
        for _ in range(seed + 1):
            start = PAGE * chance.randrange(len(content) // PAGE)
            content[start : start + PAGE] = chance.randbytes(PAGE)

    alter(index, overwrite)
    ask_everything(command, index, tmp_path)
    with Desk.open(index) as desk:
        named = [each for each in desk.doctor() if each.status == "problem"]
    assert any("index" in each.message or "damaged" in each.message for each in named)
    rebuild(command, index)


@pytest.mark.parametrize("seed", range(100, 102))
def test_flipped_bits_break_no_command_and_are_healed(
    command: Callable[..., Ran], index: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- places, not secrets

    def flip(content: bytearray) -> None:
        for _ in range(40):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    alter(index, flip)
    ask_everything(command, index, tmp_path)
    rebuild(command, index)
