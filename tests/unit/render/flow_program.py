"""Print sentences as they come on the terminal that this program runs on."""

from __future__ import annotations

import sys

from rich.console import Console

from groundwire.domain.spans import Span
from groundwire.ground.cite import number, quoted_claim
from groundwire.interfaces.render.flow import Flow
from tests.fakes.passages import hit

SENTENCES = 200


def main() -> None:
    """Print 200 sentences; after the first half, wait for a line."""
    flow = Flow(Console(highlight=False), bullets="bullets" in sys.argv)
    hits = [hit(f"Sentence number {n} says a little more of it.") for n in range(SENTENCES)]
    claims = number([quoted_claim(each, Span(0, len(each.passage.text))) for each in hits])
    for n, claim in enumerate(claims):
        if n == SENTENCES // 2 and "waits" in sys.argv:
            sys.stdin.readline()
        flow.add(claim)
    flow.close()


if __name__ == "__main__":
    main()
