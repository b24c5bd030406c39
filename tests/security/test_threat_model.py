"""The threat model names a test for each of its lines, and no test is left out of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "docs" / "security.md"
LINE = re.compile(r"\*\*T(\d+)\*\*(.*?)(?=^\*\*T\d+\*\*|^#|\Z)", re.DOTALL | re.MULTILINE)
TEST = re.compile(r"`(test_\w+)(?:\.py)?::(test_\w+)`")


def lines() -> list[tuple[int, str]]:
    """Return the numbered lines of the threat model."""
    return [(int(number), text) for number, text in LINE.findall(MODEL.read_text("utf-8"))]


def defined_in(path: Path) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_lines_are_numbered_without_a_gap() -> None:
    numbers = [number for number, _ in lines()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 40


def test_each_line_names_tests_that_are_there() -> None:
    files = {path.stem: path for path in (ROOT / "tests").rglob("test_*.py")}
    there = {name: defined_in(path) for name, path in files.items()}
    for number, text in lines():
        named = TEST.findall(text)
        assert named, f"T{number} names no test"
        missing = [f"{file}::{test}" for file, test in named if test not in there.get(file, ())]
        assert missing == [], f"T{number}"


def test_no_test_of_this_folder_is_left_out() -> None:
    named = {test for _, text in lines() for _, test in TEST.findall(text)}
    here = {
        test
        for path in Path(__file__).parent.glob("test_*.py")
        if path.name != Path(__file__).name
        for test in defined_in(path)
    }
    assert here - named == set()
