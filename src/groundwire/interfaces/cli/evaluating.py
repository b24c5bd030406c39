"""``eval``."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.interfaces.cli.asking import JsonOption

if TYPE_CHECKING:
    from groundwire.evaluate.beside import Beside
    from groundwire.evaluate.cases import CaseSet
    from groundwire.evaluate.report import Report
    from groundwire.evaluate.runner import Run
    from groundwire.interfaces.cli.globals import Globals
    from groundwire.settings import Settings

_CASES = Path("eval/cases/core.jsonl")
_CORPUS = Path("eval/corpus")
_SECTIONS = ("encoder", "retrieval", "answer")

CasesArgument = Annotated[Path, typer.Argument(help="Questions, one JSON object a line.")]
CorpusOption = Annotated[
    Path, typer.Option("--corpus", help="The documents that the cases are about.", metavar="DIR")
]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        help="Scores to compare with; by default baselines/NAME.json beside the cases' folder.",
        metavar="FILE",
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Also write the JSON here.", metavar="FILE")
]
UpdateOption = Annotated[
    bool, typer.Option("--update-baseline", help="Make these scores the baseline.")
]


def evaluate(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    cases: CasesArgument = _CASES,
    *,
    corpus: CorpusOption = _CORPUS,
    baseline: BaselineOption = None,
    output: OutputOption = None,
    update_baseline: UpdateOption = False,
    json: JsonOption = False,
) -> None:
    """Ask a set of questions and exit with 1 if an answer is ungrounded or quality dropped.

    The corpus is indexed into a temporary folder, or into --index-dir where that is given.
    """
    options: Globals = context.obj
    from groundwire import __version__
    from groundwire.evaluate.baseline import load_baseline, save_baseline
    from groundwire.evaluate.cases import load_cases
    from groundwire.evaluate.report import Conditions, Report

    found = load_cases(cases)
    scores = baseline or cases.parent.parent / "baselines" / f"{cases.stem}.json"
    wanted = scores.exists() or (baseline is not None and not update_baseline)
    before = load_baseline(scores) if wanted else {}
    run, beside = _run(options, found, corpus, cases.parent)
    for name, problem in beside.problems:
        options.streams.message(f"{name}: {problem}")
    settings = _in_force(options.loaded.settings)
    conditions = Conditions(__version__, str(cases), str(corpus), settings)
    report = Report(run, {} if update_baseline else before, conditions, beside.scores)
    _print(options, report, output, json=json)
    if report.reasons() or beside.problems:
        raise typer.Exit(1)
    if update_baseline:
        save_baseline(scores, report.scores, before)
        options.streams.message(f"wrote {scores}")


def _in_force(settings: Settings) -> dict[str, object]:
    """Return the settings that an answer depends on."""
    sections = {name: asdict(getattr(settings, name)) for name in _SECTIONS}
    return {"llm": settings.llm, **sections}


def _run(options: Globals, cases: CaseSet, corpus: Path, folder: Path) -> tuple[Run, Beside]:
    from groundwire.evaluate.beside import judge_beside
    from groundwire.evaluate.runner import run

    if not corpus.exists():
        raise NotFoundError(f"{corpus}: no such folder", hint="give it with: --corpus DIR")
    with ExitStack() as stack:
        if options.index_dir is None:
            options.index_dir = Path(stack.enter_context(TemporaryDirectory()))
        desk = stack.enter_context(options.desk)
        with options.streams.progress() as tell:
            synced = desk.sync([corpus], on_progress=tell)
        for failure in synced.failures:
            options.streams.message(f"skipped {failure.path}: {failure.reason}")
        with options.streams.progress() as tell:
            return run(desk, cases, tell), judge_beside(desk, folder)


def _print(options: Globals, report: Report, output: Path | None, *, json: bool) -> None:
    from groundwire.interfaces.cli.streams import as_json
    from groundwire.interfaces.render.escape import printable

    if output is not None:
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_text(as_json(report.to_dict()) + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{output}: cannot be written: {error}") from None
    if json:
        options.streams.json(report.to_dict())
        return
    from groundwire.evaluate.table import table

    options.streams.result(printable(table(report)))
