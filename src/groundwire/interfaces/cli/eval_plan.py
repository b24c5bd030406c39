"""What ``eval`` runs, and what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.evaluate.baseline import Expected
    from groundwire.evaluate.suite import Suite, Wanted

CASES = Path("eval/cases")
CORPUS = Path("eval/corpus")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run, and what it is held against.

    Attributes:
        suite: The cases.
        place: Where they are.
        corpus: The documents.
        scores: The baseline file.
        before: What it holds; empty without one.
        update: Whether this run becomes the baseline instead of being held against it.
        usual: Where the report goes unless something else is asked for, without a suffix.
    """

    suite: Suite
    place: Path
    corpus: Path
    scores: Path
    before: Mapping[str, Expected]
    update: bool
    usual: Path


def given(cases: Path | None) -> Path:
    """Return where the cases are; without an argument, the project's own.

    Raises:
        UsageError: Nothing was given, and there are none here.
    """
    if cases is not None:
        return cases
    if not CASES.is_dir():
        raise UsageError(
            f"there is no {CASES} here",
            hint="give CASES, or judge any folder without labels with --auto",
        )
    return CASES


def planned(
    place: Path, corpus: Path, split: Wanted, baseline: Path | None, *, update: bool
) -> Plan:
    """Return what is to be run.

    Args:
        place: The cases.
        corpus: The documents.
        split: Which half of the cases.
        baseline: The baseline file; None for the one that belongs to the cases.
        update: Whether the run becomes the baseline.

    Raises:
        NotFoundError: There are no such cases, documents or baseline.
        UsageError: One of them cannot be read.
    """
    from groundwire.evaluate.baseline import load_baseline
    from groundwire.evaluate.suite import load_suite

    suite = load_suite(place, split)
    if not corpus.exists():
        raise NotFoundError(f"{corpus}: no such folder", hint="give it with: --corpus DIR")
    name = suite.name if split == "all" else f"{suite.name}.{split}"
    folder = _from_here(suite.folder.resolve().parent)
    scores = baseline or folder / "baselines" / f"{name}.json"
    wanted = scores.exists() or (baseline is not None and not update)
    before = load_baseline(scores) if wanted else {}
    return Plan(suite, place, corpus, scores, before, update, folder / "reports" / name)


def _from_here(folder: Path) -> Path:
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
