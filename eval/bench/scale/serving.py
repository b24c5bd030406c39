"""Time searches and answers of an index in a process of its own.

serving.py INDEX QUESTIONS   prints what ``measure`` returns as JSON
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from eval.bench.scale.build import KILOBYTE, peak_bytes
from groundwire import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

K = 10
_STATUS = Path("/proc/self/status")


def measure(index: str, questions: list[str]) -> dict[str, object]:
    """Return milliseconds of each search and answer, once warm, and the memory they needed.

    Every question is asked once before it is timed, search and answer apart: what is measured is
    a process that has been serving for a while. That first time of each is told beside it.
    """
    found: dict[str, object] = {}
    with Desk.open(index) as desk:
        verbs: dict[str, Callable[[str], object]] = {
            "search": lambda question: desk.search(question, top_k=K),
            "ask": desk.ask,
        }
        for name, verb in verbs.items():
            first = [_timed(verb, question) for question in questions]
            warm = [_timed(verb, question) for question in questions]
            found[f"{name}_opening_ms"] = first[0][0]
            found[f"{name}_first_ms"] = [clock for clock, _ in first[1:]]
            found[f"{name}_ms"] = [clock for clock, _ in warm]
            found[f"{name}_cpu_ms"] = [cpu for _, cpu in warm]
        found["outcomes"] = [desk.ask(question).outcome for question in questions[:20]]
    return found | {"peak_bytes": peak_bytes(), "private_bytes": private_bytes()}


def private_bytes() -> int | None:
    """Return the memory of this process that is no file's; None where the system does not say."""
    if not _STATUS.exists():
        return None
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * KILOBYTE for line in lines if line.startswith("RssAnon"))


def _timed(verb: Callable[[str], object], question: str) -> tuple[float, float]:
    """Return the milliseconds that a verb took by the clock, and of processor time."""
    started, used = time.perf_counter(), time.process_time()
    verb(question)
    return 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - used)


def main(index: str, questions: str) -> None:
    """Measure and print."""
    print(json.dumps(measure(index, json.loads(Path(questions).read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main(*sys.argv[1:])
