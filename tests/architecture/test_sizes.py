"""The size check notices what is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.architecture.sizes import MAX_FILE, MAX_FUNCTION, too_long

if TYPE_CHECKING:
    from pathlib import Path


def test_a_long_file_and_a_long_function_are_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def f():\n" + "    x = 1\n" * MAX_FUNCTION + "\n" * MAX_FILE)
    assert [line.rpartition("/")[2] for line in too_long(path)] == [
        f"long.py: {1 + MAX_FUNCTION + MAX_FILE} lines",
        f"long.py:1: f has {1 + MAX_FUNCTION} lines",
    ]


def test_a_docstring_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "documented.py"
    path.write_text('def f():\n    """One.' + "\n" * MAX_FUNCTION + '    """\n    return 1\n')
    assert too_long(path) == []
