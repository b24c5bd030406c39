"""Fails when a file has more than 300 lines or a function more than 40: part of ``make check``."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

MAX_FILE = 300
MAX_FUNCTION = 40


def too_long(path: Path) -> list[str]:
    """Return one line for each limit that a file breaks; docstrings of functions do not count."""
    source = path.read_text(encoding="utf-8")
    lines = source.count("\n")
    found = [f"{path}: {lines} lines"] if lines > MAX_FILE else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring(node)
            if length > MAX_FUNCTION:
                found.append(f"{path}:{node.lineno}: {node.name} has {length} lines")
    return found


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None or first.end_lineno is None:
        return 0
    return first.end_lineno - first.lineno + 1


def main() -> int:
    """Print what is too long and return 1 if anything is."""
    source = Path(__file__).parents[2] / "src"
    found = [line for path in sorted(source.rglob("*.py")) for line in too_long(path)]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
