"""Suites: a folder of question files and labelled sets, or one question file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.evaluate.cases import CaseSet, Problem, load_cases
from groundwire.evaluate.lines import object_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.evaluate.cases import Case, Split

Wanted = Literal["dev", "test", "all"]
"""Which half of a suite: what may be looked at while tuning, what is held back, or both."""

PAIRS, QUOTES, SUMMARIES = "pairs.jsonl", "quotes.jsonl", "summaries.jsonl"
LABELLED = frozenset({PAIRS, QUOTES, SUMMARIES, "timeline.jsonl", "changes.jsonl"})
"""Names of files with shapes of their own. Every other ``*.jsonl`` holds questions."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Questions, and where labelled sets may lie beside them.

    Attributes:
        name: Name of the folder, or of the file without its ending: its baseline is called so.
        questions: The cases of the wanted half, and what is wrong with the files in either half.
        folder: Where the labelled sets are.
        split: Which half was wanted.
    """

    name: str
    questions: CaseSet
    folder: Path
    split: Wanted = "all"

    @property
    def half(self) -> Split | None:
        """The half, as ``load_labelled`` takes it; None for both."""
        return None if self.split == "all" else self.split


def load_suite(path: Path, split: Wanted = "all") -> Suite:
    """Read a question file or a folder of them; a malformed line is a problem, the others load.

    Ids are unique in a folder, its labelled sets included.

    Args:
        path: The file or the folder.
        split: Which half of the questions to keep.

    Raises:
        NotFoundError: There is no such file, or no question file in the folder.
        UsageError: A file cannot be read as UTF-8 text, or holds no questions but labels.
    """
    if path.is_dir():
        return Suite(path.resolve().name, _half(_folder(path), split), path, split)
    if path.name in LABELLED:
        raise UsageError(f"{path}: a labelled set, not questions", hint=f"give {path.parent}")
    return Suite(path.stem, _half(load_cases(path), split), path.parent, split)


def _folder(path: Path) -> CaseSet:
    """Return the cases of all question files of a folder, by the names of the files."""
    files = sorted(path.glob("*.jsonl"))
    asked = [file for file in files if file.name not in LABELLED]
    if not asked:
        raise NotFoundError(f"{path}: no question file (*.jsonl) in this folder")
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    for file in asked:
        loaded = load_cases(file, file=file.name)
        problems += loaded.problems
        for case in loaded.cases:
            if (first := cases.setdefault(case.id, case)) is not case:
                problems.append(_taken(case.id, case.line, file.name, first))
    for file in files:
        if file.name in LABELLED:
            problems += _ids_taken(file, cases)
    return CaseSet(tuple(cases.values()), tuple(problems))


def _ids_taken(file: Path, cases: dict[str, Case]) -> Iterator[Problem]:
    """Yield the lines of a labelled set whose id is a question's; what else is wrong is not."""
    for number, line in enumerate(text_of(file).split("\n"), 1):
        try:
            found = object_of(line).get("id")
        except ValueError:
            continue
        if isinstance(found, str) and found in cases:
            yield _taken(found, number, file.name, cases[found])


def _taken(case_id: str, line: int, file: str, first: Case) -> Problem:
    expected = f"expected an id of its own; {first.file}, line {first.line} has {case_id!r} too"
    return Problem(line, "id", expected, file)


def _half(found: CaseSet, split: Wanted) -> CaseSet:
    kept = (case for case in found.cases if split in {"all", case.split})
    return replace(found, cases=tuple(kept))
