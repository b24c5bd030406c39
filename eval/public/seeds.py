"""Compares two reports on one event and checks what an editor would note: a folder with two files.

``python -m eval.public.seeds FOLDER``. The reports have a licence of their own and are not part of
the project: what is looked for is named by single words and values. Needs no index.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire import Desk, GroundwireError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.domain.comparisons import Comparison, Difference, Statement

_FILES = 2


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that a comparison must note, and whether it does."""

    what: str
    holds: bool


def checks(found: Comparison) -> Iterator[Noted]:
    """Yield what must be noted of the two reports, and whether it is.

    Args:
        found: The report of the shorter kind on the left, the agency's own on the right.
    """
    yield Noted("independent reports, undated: no updates", _are_reports(found))
    exact = {"14 years", "more than a decade"}
    yield Noted("the years since the last visit: a detail", _gives(found.details, exact))
    yield Noted("… and no conflict", not _gives(found.conflicts, exact))
    differing = (*found.conflicts, *found.details)
    quotes = [each for each in differing if each.kind == "quote"]
    yield Noted("the word for the letter", _gives(quotes, {"beautiful", "nice"}))
    for word in ("Hong Kong", "aid", "clamping", "routine", "prospects"):
        there = _tells(found.only_right, word), _tells(found.only_left, word)
        yield Noted(f"only in the right one: {word}", there == (True, False))
    shared = [value for each in found.agreements for value in each.shared]
    yield Noted("the share of trade: agreed", any("90%" in value for value in shared))
    yield Noted("nothing twice", not _repeated(found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the comparison and the checks; return 1 if one fails."""
    parser = argparse.ArgumentParser(prog="python -m eval.public.seeds", description=__doc__)
    parser.add_argument("folder", type=Path, help="holds the two reports as .txt, in this order")
    files = sorted(parser.parse_args(arguments).folder.glob("*.txt"))
    if len(files) != _FILES:
        sys.stderr.write(f"{_FILES} text files are needed, not {len(files)}\n")
        return 2
    try:
        found, seconds = _compared(files)
    except GroundwireError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    print("\n".join(_printed(found)))
    noted = tuple(checks(found))
    print("\n".join(f"{'ok  ' if each.holds else 'FAIL'} {each.what}" for each in noted))
    print(f"{1000 * seconds:.0f} ms with reading and encoding")
    return 0 if all(each.holds for each in noted) else 1


def _compared(files: Sequence[Path]) -> tuple[Comparison, float]:
    with tempfile.TemporaryDirectory() as empty, Desk.open(empty) as desk:
        desk.compare(*map(str, files))
        started = time.perf_counter()
        found = desk.compare(*map(str, files))
        return found, time.perf_counter() - started


def _are_reports(found: Comparison) -> bool:
    return found.label == "reports" and not found.updates and not found.changes


def _gives(differences: Iterable[Difference], wanted: set[str]) -> bool:
    """Return whether a difference is of two values that hold two given ones."""
    return any(
        {value for value in wanted for each in found.statements if value in each.value_text}
        == wanted
        for found in differences
    )


def _tells(statements: Iterable[Statement], word: str) -> bool:
    return any(word in each.value_text for each in statements)


def _repeated(found: Comparison) -> bool:
    """Return whether something that only one report tells is shown beside the other, too."""
    beside = [each for pair in found.agreements for each in (pair.left, pair.right)]
    beside += [each for difference in found.conflicts for each in difference.statements]
    shown = {(each.citation.document_id, each.citation.span) for each in beside}
    whole = [each for each in (*found.only_left, *found.only_right) if each.value is None]
    return any((each.citation.document_id, each.citation.span) in shown for each in whole)


def _printed(found: Comparison) -> Iterator[str]:
    """Yield the comparison line by line."""
    yield f"{found.left.path} | {found.right.path}: {found.label}"
    for agreement in found.agreements:
        yield f"\nboth ({agreement.similarity:.2f}) {', '.join(agreement.shared)}"
        yield from (f"    {each.citation.quote}" for each in (agreement.left, agreement.right))
    for difference in (*found.conflicts, *found.updates, *found.details):
        yield f"\n{difference.label}, {difference.kind}: {difference.about}"
        for each in difference.statements:
            yield f"    {each.value_text}  <  {each.citation.quote}"
    for side, statements in (("left", found.only_left), ("right", found.only_right)):
        yield f"\nonly {side}"
        yield from (f"    {each.value_text}" for each in statements)
    yield ""


if __name__ == "__main__":
    sys.exit(main())
