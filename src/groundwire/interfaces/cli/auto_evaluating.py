"""``eval --auto``: an eval of any folder, and the threshold of abstention fitted to it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError

if TYPE_CHECKING:
    from groundwire.desk.desk import Desk
    from groundwire.domain.reports import SyncFailure
    from groundwire.evaluate.auto.judging import Judgement
    from groundwire.evaluate.auto.report import Report
    from groundwire.interfaces.cli.globals import Globals

_TOO_FEW = "nothing was fitted: too few questions could be made of these documents"
_ELSEWHERE = (
    "the index holds other documents than this folder: it is judged in a temporary one, and no "
    "threshold is kept; --index-dir DIR keeps both"
)


@dataclass(frozen=True, slots=True)
class _Site:
    """What is judged, and whether a threshold may be kept there."""

    desk: Desk
    name: str
    skipped: tuple[SyncFailure, ...]
    lasting: bool


def judge_folder(  # noqa: PLR0913 -- one parameter an option
    options: Globals,
    folder: Path | None,
    *,
    dry_run: bool,
    output: Path | None,
    html: Path | None,
    json: bool,
) -> None:
    """Judge a folder, or the index as it is, and keep the threshold that fits it.

    A folder is synced into the index if that is empty, holds this folder alone, or is named by
    ``--index-dir``; otherwise into a temporary one, where no threshold is kept.

    Args:
        options: The global options.
        folder: The documents; None: what the index holds.
        dry_run: Whether the threshold is reported and not kept.
        output: Where the JSON is written too.
        html: Where a page is written too.
        json: Whether JSON is printed instead of a table.

    Raises:
        NotFoundError: There is no such folder.
        IndexMissingError: Nothing was indexed, and no folder was given.
        NoDocumentsError: There is no document to judge.
    """
    from groundwire.answer.threshold import default_threshold
    from groundwire.evaluate.auto.judging import judge

    if folder is not None and not folder.exists():
        raise NotFoundError(f"{folder}: no such folder")
    with ExitStack() as stack:
        site = _site(options, folder, stack)
        with options.streams.progress() as tell:
            judgement = judge(site.desk, default_threshold(), tell)
        report = _report(site, judgement, keep=site.lasting and not dry_run)
    _write(options, report, output, html, json=json)


def _site(options: Globals, folder: Path | None, stack: ExitStack) -> _Site:
    if folder is None:
        desk = stack.enter_context(options.desk)
        return _Site(desk, str(options.loaded.settings.index_folder()), (), lasting=True)
    lasting = options.index_dir is not None or _is_of(options, folder)
    if not lasting:
        options.streams.message(_ELSEWHERE)
        desk = stack.enter_context(_temporary(options, stack))
    else:
        desk = stack.enter_context(options.desk)
    with options.streams.progress() as tell:
        synced = desk.sync([folder], on_progress=tell)
    return _Site(desk, str(folder), synced.failures, lasting)


def _is_of(options: Globals, folder: Path) -> bool:
    """Return whether the user's index is empty or of this folder alone."""
    from groundwire.index.overview import overview

    found = overview(options.loaded.settings.index_folder())
    return found is None or set(found.files) <= {str(folder.resolve())}


def _temporary(options: Globals, stack: ExitStack) -> Desk:
    from dataclasses import replace

    from groundwire.desk.desk import Desk

    settings = options.loaded.settings
    aside = stack.enter_context(TemporaryDirectory())
    return Desk(replace(settings, index=replace(settings.index, dir=Path(aside))))


def _report(site: _Site, judgement: Judgement, *, keep: bool) -> Report:
    from groundwire.answer.linear import coefficients
    from groundwire.domain.calibration import Calibration
    from groundwire.evaluate.auto.report import Report

    fitted = judgement.fitted
    made = datetime.now(UTC).isoformat(timespec="seconds")
    stored = False
    if fitted is None:
        why = _TOO_FEW
    elif not fitted.better:
        why = "the default is kept: the fitted one is not better beyond what chance gives"
        if keep and site.desk.calibration() is not None:
            site.desk.calibrate(None, generation=judgement.generation)
            why = f"{why}; the one that was stored before is dropped"
    elif keep:
        calibration = Calibration(
            threshold=fitted.threshold,
            coefficients=coefficients(),
            made=made,
            documents=judgement.material.total,
            answerable=fitted.answerable,
            unanswerable=fitted.unanswerable,
            precision=fitted.precision,
            recall=fitted.recall,
            balanced_accuracy=fitted.balanced_accuracy,
            default_balanced_accuracy=fitted.default_balanced_accuracy,
        )
        site.desk.calibrate(calibration, generation=judgement.generation)
        stored, why = True, "the fitted one is stored in the index and in force from now on"
    else:
        why = "the fitted one is better; nothing was stored"
    return Report(judgement, site.name, made, site.skipped, stored, why)


def _write(
    options: Globals, report: Report, output: Path | None, html: Path | None, *, json: bool
) -> None:
    from groundwire.evaluate.auto.page import page
    from groundwire.evaluate.auto.table import table
    from groundwire.interfaces.cli.files import write_text
    from groundwire.interfaces.cli.streams import as_json
    from groundwire.interfaces.render.escape import printable

    for path, text in ((output, as_json(report.to_dict())), (html, page(report))):
        if path is not None:
            write_text(path, text)
            options.streams.message(f"wrote {path}")
    if json:
        options.streams.json(report.to_dict())
    else:
        options.streams.result(printable(table(report)))
