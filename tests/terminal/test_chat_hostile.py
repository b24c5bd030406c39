"""Documents whose names and texts try to take the terminal over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.driver import Terminal

NAMES = ("[red]x[/red] $(rm).md", 'it\'s "so".md', "--help.md")
FILLER = "\nThe harvest of that year was a good one, the ministry said later.\n" * 8
ATTACKS = ("\x1b[2J\x1b]0;owned\x07", "\x1b]52;c;b3duZWQ=\x07", "\u202e", "[/bold][blink]")


@pytest.fixture
def hostile_index(home: Path, encoder_cache_dir: Path) -> Path:
    """Return the folder of an index of hostile documents."""
    documents = home / "documents"
    documents.mkdir()
    for number, name in enumerate(NAMES, start=1):
        met = f"met {10 * number} farmers in Busan on 3 May 2019.\n"
        text = f"Ann Lee {''.join(ATTACKS)} {met}{FILLER}"
        (documents / name).parent.mkdir(exist_ok=True)
        (documents / name).write_text(
            f"# Farmers {number} {ATTACKS[0]}\n\n{text}", encoding="utf-8"
        )
    config = home / "config.toml"
    config.write_text(f'cache_dir = "{encoder_cache_dir}"\n', encoding="utf-8")
    with Desk.open(home / "index", config) as desk:
        assert len(desk.sync([documents]).added) == len(NAMES)
    return home / "index"


@pytest.mark.parametrize("options", [(), ("--plain",)], ids=["rich", "plain"])
def test_they_are_named_shown_and_opened_without_harm(
    groundwire: Callable[..., Terminal], hostile_index: Path, options: tuple[str, ...]
) -> None:
    chat = groundwire(
        "--index-dir", str(hostile_index), *options, columns=160, rows=50, PAGER="cat"
    )
    for typed, told in (
        (f'/scope "{NAMES[0]}"', f"Scope: {NAMES[0]}"),
        ("How many farmers did Ann Lee meet in Busan?", "met 10 farmers"),
        ("/sources", "met 10 farmers"),
        ("/open 1", "Cited: "),
        ("/why", "Made by"),
        ('/scope @"it\'s \\"so\\".md"', 'Scope: it\'s "so".md'),
        ("/retry", "met 20 farmers"),
        ("/scope clear", "Scope: everything"),
        ('@"--help.md" How many farmers did Ann Lee meet?', "met 30 farmers"),
        ("/sessions", "1 session"),
    ):
        chat.wait_until(lambda: chat.cursor_row.startswith(">"), "prompt")
        chat.type(f"{typed}\r")
        chat.wait_for(told)
        chat.wait_line(">")
    for attack in ATTACKS[:3]:
        assert attack.encode() not in chat.raw
    assert "[/bold][blink]" in chat.transcript
    assert "Traceback" not in chat.transcript
