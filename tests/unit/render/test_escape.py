"""Hostile text at the door to a terminal."""

from __future__ import annotations

import json

import pytest

from groundwire.interfaces.cli.streams import as_json
from groundwire.interfaces.render.escape import one_line, printable


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J", "\x9b31m", "\x07", "\r", "\x00", "\u202e", "\u2066", "\u2028", "\x7f"]
)
def test_nothing_that_moves_the_cursor_or_the_direction_gets_through(hostile: str) -> None:
    shown = printable(f"a{hostile}b")
    assert not set(hostile) & set(shown) & {"\x1b", "\x9b", "\x07", "\r", "\x00", "\u202e", "\x7f"}
    assert "\N{REPLACEMENT CHARACTER}" in shown


def test_words_newlines_and_tabs_stay() -> None:
    text = "“Ça va”, – 90 %\n\tdone 🙂"
    assert printable(text) == text
    assert one_line(text) == "“Ça va”, – 90 % done 🙂"


def test_json_is_safe_to_look_at_and_reads_back_the_same() -> None:
    value = {"text": "a\x1b[2J\x9bb\x7f “ü”"}
    text = as_json(value)
    assert json.loads(text) == value
    assert not any(ord(c) < 32 or 127 <= ord(c) <= 159 for c in text)
    assert "“ü”" in text
