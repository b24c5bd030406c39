"""``eval``."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from groundwire.domain.errors import UsageError
from groundwire.interfaces.cli.asking import JsonOption
from groundwire.interfaces.cli.eval_plan import CASES, CORPUS, given, planned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.desk.desk import Desk
    from groundwire.evaluate.paired import Comparison
    from groundwire.evaluate.report import Report
    from groundwire.evaluate.saved import SavedRun
    from groundwire.interfaces.cli.eval_plan import Plan
    from groundwire.interfaces.cli.globals import Globals

_INTERRUPTED = 130
_PAGE = ".html"

CasesArgument = Annotated[
    Path | None,
    typer.Argument(
        help="A file of questions, one JSON object a line, or a folder of them; with --auto the "
        "folder of documents.",
        show_default=str(CASES),
    ),
]
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
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Write the JSON here; by default to reports/ beside the cases' folder.",
        metavar="FILE",
    ),
]
HtmlOption = Annotated[
    Path | None,
    typer.Option("--html", help="Write the page here; by default beside the JSON.", metavar="FILE"),
]
UpdateOption = Annotated[
    bool, typer.Option("--update-baseline", help="Make these scores the baseline.")
]
SplitOption = Annotated[
    Literal["dev", "test", "all"],
    typer.Option(
        "--split", help="Which cases to run; words of test cases are told for test alone."
    ),
]
CompareOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option(
        "--compare", help="Compare two saved runs instead of running.", metavar="BEFORE AFTER"
    ),
]
AutoOption = Annotated[
    bool,
    typer.Option(
        "--auto",
        help="Judge a folder without labels, or the index as it is, and fit the threshold of "
        "abstention to it.",
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="With --auto: report the threshold and keep the old one.")
]


def evaluate(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    cases: CasesArgument = None,
    *,
    corpus: CorpusOption = CORPUS,
    split: SplitOption = "all",
    baseline: BaselineOption = None,
    update_baseline: UpdateOption = False,
    compare: CompareOption = None,
    output: OutputOption = None,
    html: HtmlOption = None,
    auto: AutoOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Ask a set of questions and exit with 1 if an answer is ungrounded or quality dropped.

    The corpus is indexed into a temporary folder, or into --index-dir where that is given. The
    model that the settings name is the one that is measured.
    """
    options: Globals = context.obj
    if output is not None and output.suffix == _PAGE:
        raise UsageError(f"{output}: the JSON goes there", hint="the page's place is --html FILE")
    if dry_run and not auto:
        raise UsageError("--dry-run belongs to --auto", hint="groundwire eval --auto --dry-run")
    if auto:
        from groundwire.interfaces.cli.auto_evaluating import judge_folder

        judge_folder(options, cases, dry_run=dry_run, output=output, html=html, json=json)
        return
    if compare is not None:
        _compare(options, compare, output, html, json=json)
        return
    plan = planned(given(cases), corpus, split, baseline, update=update_baseline)
    report, content = _measured(options, plan)
    _tell(options, plan, content, (output, html), json=json)
    _end(options, plan, report)


def _end(options: Globals, plan: Plan, report: Report) -> None:
    """Leave with the run's verdict; a run that is to be the baseline, and passed, becomes it."""
    if report.interrupted:
        options.streams.message("stopped; this is what was measured until then")
        raise typer.Exit(_INTERRUPTED)
    if report.reasons():
        raise typer.Exit(1)
    if plan.update:
        from groundwire.evaluate.baseline import save_baseline

        save_baseline(plan.scores, report.scores, plan.before)
        options.streams.message(f"wrote {plan.scores}")


def _measured(options: Globals, plan: Plan) -> tuple[Report, dict[str, object]]:
    """Index the corpus, ask everything, and return the report with its JSON form."""
    with ExitStack() as stack:
        if options.index_dir is None:
            options.index_dir = Path(stack.enter_context(TemporaryDirectory()))
        desk = stack.enter_context(options.desk)
        with options.streams.progress() as tell:
            synced = desk.sync([plan.corpus], on_progress=tell)
        if synced.cancelled:
            raise KeyboardInterrupt
        for failure in synced.failures:
            options.streams.message(f"skipped {failure.path}: {failure.reason}")
        report = _asked(options, desk, plan)
        return report, report.to_dict()


def _asked(options: Globals, desk: Desk, plan: Plan) -> Report:
    from groundwire import __version__
    from groundwire.evaluate.beside import Beside, judge_beside
    from groundwire.evaluate.entries import Texts
    from groundwire.evaluate.identity import identify, told
    from groundwire.evaluate.judge.sources import Sources
    from groundwire.evaluate.report import Conditions, Report
    from groundwire.evaluate.runner import run

    conditions = Conditions(
        suite=plan.suite.name,
        split=plan.suite.split,
        cases=told(plan.place),
        corpus=told(plan.corpus),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        identity=identify(desk, options.loaded.settings, __version__),
    )
    sources = Sources(plan.corpus)
    with options.streams.progress() as tell:
        done = run(desk, plan.suite.questions, sources, tell)
    beside = Beside()
    if not done.interrupted:
        with options.streams.progress() as tell:
            beside = judge_beside(desk, plan.suite, sources, tell)
    before = {} if plan.update else plan.before
    return Report(done, beside, before, conditions, Texts(desk.show))


def _compare(
    options: Globals,
    runs: tuple[Path, Path],
    output: Path | None,
    html: Path | None,
    *,
    json: bool,
) -> None:
    """Print how the second run differs from the first, and write it where that is asked for."""
    from groundwire.evaluate.paired import compare_runs
    from groundwire.evaluate.reading import load_run
    from groundwire.evaluate.table import comparison_table
    from groundwire.interfaces.cli.streams import as_json
    from groundwire.interfaces.render.escape import printable

    before, after = (load_run(path) for path in runs)
    found = compare_runs(before, after)
    if json:
        options.streams.json(found.to_dict())
    else:
        options.streams.result(printable(comparison_table(found)))
    if output is not None:
        _write(options, output, as_json(found.to_dict()))
    if html is not None:
        _write(options, html, _page(options, after, found))


def _tell(
    options: Globals,
    plan: Plan,
    content: Mapping[str, object],
    asked: tuple[Path | None, Path | None],
    *,
    json: bool,
) -> None:
    """Print the run, and write its JSON and its page.

    Where they go without being asked may not be writable; that costs a line, not the run.
    """
    from groundwire.evaluate.reading import read_run
    from groundwire.evaluate.table import table
    from groundwire.interfaces.cli.streams import as_json
    from groundwire.interfaces.render.escape import printable

    run = read_run(content)
    if json:
        options.streams.json(content)
    else:
        options.streams.result(printable(table(run)))
    output, html = asked
    kept = output or plan.usual.with_name(f"{plan.usual.name}.json")
    page = html or kept.with_name(f"{kept.stem}{_PAGE}")
    _keep(options, kept, as_json(content), asked=output is not None)
    _keep(options, page, _page(options, run), asked=output is not None or html is not None)


def _keep(options: Globals, path: Path, text: str, *, asked: bool) -> None:
    """Write a part of the report; where nobody asked for it there, a failure costs a line."""
    try:
        _write(options, path, text)
    except UsageError as error:
        if asked:
            raise
        options.streams.message(f"not written: {error}")


def _page(options: Globals, run: SavedRun, comparison: Comparison | None = None) -> str:
    from groundwire.evaluate.html.page import page

    cache = options.loaded.settings.cache_folder()
    return page(run, comparison=comparison, cache=cache)


def _write(options: Globals, path: Path, text: str) -> None:
    from groundwire.interfaces.cli.files import write_text

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    write_text(path, text)
    options.streams.message(f"wrote {path}")
