"""Measures retrieval, answers, abstention and support on public data: ``make eval-public DATA=…``.

A development tool: the data has licences of its own and is not part of the project.
docs/public-data.md says what each figure means.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from eval.public import families, groundedness, news, paragraphs, rewriting, summaries
from eval.public.asking import OtherDocumentsError
from eval.public.corpora import FILES, missing_files
from eval.public.plan import Plan
from eval.public.report import Report, table
from eval.public.targets import PARTS
from groundwire import GroundwireError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SETS = tuple(FILES)
HOME = Path("eval/reports/public")
STOPPED = 130
_SETS: dict[str, Callable[[Plan], None]] = {
    "news": news.evaluate,
    "squad": paragraphs.squad,
    "clapnq": paragraphs.clapnq,
    "groundedness": groundedness.evaluate,
    "rewrite": rewriting.evaluate,
    "families": families.evaluate,
    "summaries": summaries.evaluate,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for, print the table, write the files; return the exit status.

    A run that is stopped gives the figures that it has, and says that they are not all.
    """
    options = _options(arguments)
    missing = missing_files(options.data, options.only)
    if missing:
        _tell(f"{options.data} has no {' or '.join(missing)}")
        return 2
    report = Report()
    plan = Plan(
        data=options.data,
        work=options.work,
        parts=frozenset(options.parts),
        limit=options.limit,
        jobs=options.jobs,
        report=report,
        tell=_tell,
    )
    report.facts["options"] = {
        "sets": list(options.only),
        "parts": sorted(plan.parts),
        "limit": plan.limit,
        "jobs": plan.jobs,
    }
    status = _measure(plan, options.only)
    rows = report.save(options.out)
    print(table(report))
    _tell(f"written: {options.out} and {rows}")
    return status


def _measure(plan: Plan, sets: Sequence[str]) -> int:
    seconds: dict[str, float] = {}
    plan.report.facts["seconds"] = seconds
    try:
        for name in sets:
            started = time.perf_counter()
            _SETS[name](plan)
            seconds[name] = round(time.perf_counter() - started, 1)
            plan.tell(f"{name}: {seconds[name]:.0f} s")
    except KeyboardInterrupt:
        plan.tell("stopped; what follows is not all")
        return STOPPED
    except (GroundwireError, OtherDocumentsError) as error:
        plan.tell(f"error: {error}")
        return 1
    plan.report.complete = True
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make eval-public", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data")
    parser.add_argument("--work", type=Path, default=HOME, help="where indexes are kept")
    parser.add_argument("--out", type=Path, help="the JSON file; by default in the work folder")
    parser.add_argument("--only", nargs="+", choices=SETS, default=SETS, help="sets to measure")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what of them")
    parser.add_argument("--limit", type=_positive, help="most questions of each sort")
    parser.add_argument("--jobs", type=_positive, default=os.cpu_count(), help="processes")
    found = parser.parse_args(arguments)
    found.data, found.work = found.data.resolve(), found.work.resolve()
    found.out = (found.out or found.work / "report.json").resolve()
    return found


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
