"""Groundwire's warm timings, in one process, through its public API.

groundwire_pipeline.py search INDEX QUESTIONS CONFIG   prints {"milliseconds": [...]}
groundwire_pipeline.py ask INDEX QUESTIONS CONFIG      the same, for whole answers
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from groundwire import Desk

K = 5


def timings(verb: str, index: str, questions: list[str], config: Path) -> list[float]:
    """Return how many milliseconds each question took; the first, which warms up, is left out."""
    taken = []
    with Desk.open(index, config) as desk:
        for question in [questions[0], *questions]:
            started = time.perf_counter()
            if verb == "ask":
                desk.ask(question)
            else:
                desk.search(question, top_k=K)
            taken.append(1000 * (time.perf_counter() - started))
    return taken[1:]


def main(verb: str, index: str, questions: str, config: str) -> None:
    """Run one verb and print its timings."""
    asked = json.loads(Path(questions).read_text(encoding="utf-8"))
    print(json.dumps({"milliseconds": timings(verb, index, asked, Path(config))}))


if __name__ == "__main__":
    main(*sys.argv[1:])
