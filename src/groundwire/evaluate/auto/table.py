"""The report on a folder as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.evaluate.auto.weak import weaknesses
from groundwire.evaluate.table import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.evaluate.auto.report import Report, Score

_NAMED = 5
_NONE = "-"


def table(report: Report) -> str:
    """Return scores, weak places and the threshold as text for a terminal or a log."""
    rows = [["what went well", "share", "95% interval", "cases"]]
    blocks = [
        columns(rows + [_row(score) for score in report.scores()]),
        "Where these documents are weak\n" + "\n".join(f"- {line}" for line in weak_lines(report)),
        "The threshold of abstention\n" + "\n".join(f"- {line}" for line in fit_lines(report)),
    ]
    return "\n\n".join(blocks)


def weak_lines(report: Report) -> tuple[str, ...]:
    """Return where the documents are weak, in words; one line that says so if they are not."""
    return tuple(_weak(report)) or ("No group of documents does clearly worse than the others.",)


def fit_lines(report: Report) -> tuple[str, ...]:
    """Return which threshold fits, what to expect of it and what was done, in words."""
    fitted = report.judgement.fitted
    if fitted is None:
        return (report.why,)
    low, high = fitted.gain
    questions = f"{fitted.answerable} questions with an answer, {fitted.unanswerable} without one"
    held = f"{fitted.balanced_accuracy:.3f} held out, the default's"
    return (
        f"fitted {fitted.threshold:.2f}, default {fitted.default:.2f}: {questions}",
        f"of what the fitted one declines, {fitted.precision:.0%} has no answer",
        f"of what has no answer, it declines {fitted.recall:.0%}",
        f"balanced accuracy {held} {fitted.default_balanced_accuracy:.3f}",
        f"the difference lies between {low:+.3f} and {high:+.3f}",
        report.why,
    )


def _row(score: Score) -> list[str]:
    if score.value is None or score.interval is None:
        return [score.meaning, _NONE, _NONE, "0"]
    between = f"{score.interval.low:.3f} to {score.interval.high:.3f}"
    return [score.meaning, f"{score.value:.3f}", between, str(score.cases)]


def _weak(report: Report) -> Iterator[str]:
    for each in weaknesses(report.judgement):
        verb = "found first" if each.measure == "found" else "answered from the right document"
        yield (
            f"{each.by} {each.group}: {each.right} of {each.tried} {verb}, "
            f"of the others {each.others:.0%}"
        )
    lost = report.never_found()
    if lost:
        yield f"{len(lost)} not found by their own headline: {_listed([i.path for i in lost])}"
    for what, infos in report.lacking().items():
        if infos:
            use = _USE[what]
            yield f"{len(infos)} without {what} ({use}): {_listed([i.path for i in infos])}"
    if report.skipped:
        named = [f"{failure.path} ({failure.reason})" for failure in report.skipped]
        yield f"{len(named)} files could not be read: {_listed(named)}"


_USE = {
    "date": "no filter of dates finds them",
    "title": "they go by their file's name",
    "outlet": "no filter of outlets finds them",
}


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
