"""Runs of the real ``groundwire eval`` over real case files: clean, and with a fault planted."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from groundwire.interfaces.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Iterator

EVAL = Path(__file__).parents[3] / "eval"
CASES, CORPUS = EVAL / "cases", EVAL / "corpus"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a fault is tried on.

    Attributes:
        questions: Name of the question file, without its ending.
        ids: Which questions of it; none: all of them.
        kinds: Which kinds of question; none: all of them.
        beside: Name of a labelled set that is judged too.
        labelled: Which lines of that set; none: all of them.
        folder: The folder of the corpus; empty: the whole corpus.
    """

    questions: str
    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    beside: str = ""
    labelled: tuple[str, ...] = ()
    folder: str = ""

    def wants(self, line: dict[str, Any]) -> bool:
        """Return whether a question is asked."""
        return (not self.ids or line["id"] in self.ids) and (
            not self.kinds or line["kind"] in self.kinds
        )

    def holds(self, line: dict[str, Any]) -> bool:
        """Return whether a line of the labelled set is judged."""
        return not self.labelled or line["id"] in self.labelled


@dataclass(frozen=True, slots=True)
class Ran:
    """How one evaluation ended.

    Attributes:
        code: The exit code.
        report: The JSON that was written.
    """

    code: int
    report: dict[str, Any]

    @property
    def reasons(self) -> list[str]:
        """Why the run failed."""
        found: list[str] = self.report["reasons"]
        return found

    def complaints(self) -> Iterator[str]:
        """Yield what was wrong with each case, summary and line."""
        for each in (*self.report["cases"], *self.report["beside"]):
            yield from each.get("complaints", ())  # held-back cases tell none
        yield from (each["expected"] for each in self.report["problems"])


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one trial; nothing outside of them is written.

    Attributes:
        cases: The question file, alone in its folder but for the labelled set.
        corpus: A copy of the documents, at the same path in every run.
        index: The index that the clean run made.
        baseline: The scores that runs are held against.
    """

    cases: Path
    corpus: Path
    index: Path
    baseline: Path

    def evaluate(self, *words: str, index: Path | None = None) -> Ran:
        """Run the command, with the clean run's index unless another is given."""
        report = self.cases.parent.parent / "report.json"
        report.unlink(missing_ok=True)
        options = {
            "--corpus": self.corpus,
            "--baseline": self.baseline,
            "--index-dir": index or self.index,
            "--output": report,
        }
        named = [str(word) for option in options.items() for word in option]
        code = run(["-q", "eval", str(self.cases), *named, *words])
        return Ran(code, json.loads(report.read_text(encoding="utf-8")))


class Bench:
    """Runs each trial once without a fault and keeps its place."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder that everything is written to."""
        self._folder = folder
        self._places: dict[Trial, Place] = {}
        self._corpora: dict[str, tuple[Path, Path]] = {}

    def place(self, trial: Trial) -> Place:
        """Return the place of a trial, after a clean run that passed and made its baseline."""
        if trial not in self._places:
            place = self._prepared(trial)
            ran = place.evaluate("--update-baseline")
            assert ran.code == 0, ran.reasons
            self._places[trial] = place
        return self._places[trial]

    def _prepared(self, trial: Trial) -> Place:
        folder = self._folder / f"trial-{len(self._places)}"
        cases = folder / "cases"
        cases.mkdir(parents=True, exist_ok=True)
        questions = cases / f"{trial.questions}.jsonl"
        wanted = [line for line in _lines(trial.questions) if trial.wants(json.loads(line))]
        questions.write_text("\n".join(wanted), encoding="utf-8")
        if trial.beside:
            chosen = [each for each in _lines(trial.beside) if trial.holds(json.loads(each))]
            (cases / f"{trial.beside}.jsonl").write_text("\n".join(chosen), encoding="utf-8")
        corpus, index = self._corpus(trial.folder)
        return Place(questions, corpus, index, folder / "baseline.json")

    def _corpus(self, folder: str) -> tuple[Path, Path]:
        """Return a copy of a folder of the corpus, and where its index is."""
        if folder not in self._corpora:
            place = self._folder / f"corpus-{folder}"
            shutil.copytree(CORPUS / folder, place / "documents" / folder)
            self._corpora[folder] = (place / "documents", place / "index")
        return self._corpora[folder]


def _lines(name: str) -> list[str]:
    return (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
