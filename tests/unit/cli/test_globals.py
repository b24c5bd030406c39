"""Global options may stand anywhere."""

from __future__ import annotations

import pytest

from groundwire.interfaces.cli.globals import hoist


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("ask Q --index-dir D", "--index-dir D ask Q"),
        ("ask --color=never Q -q", "--color=never -q ask Q"),
        ("--plain ask Q", "--plain ask Q"),
        ("ask -- --plain", "ask -- --plain"),
        ("ask Q --index-dir", "ask Q --index-dir"),
        ("", ""),
    ],
)
def test_they_are_moved_to_the_front(given: str, expected: str) -> None:
    assert hoist(given.split()) == expected.split()
