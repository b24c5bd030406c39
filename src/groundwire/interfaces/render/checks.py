"""Checks of claims: as Markdown for a pipe, and the same words on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.markdown import describe, scope_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from groundwire.domain.checks import CheckReport
    from groundwire.domain.claims import VerdictLabel

_HEADS: dict[VerdictLabel, str] = {
    "quoted": "Supported, word for word.",
    "supported": "Supported.",
    "contradicted": "Contradicted.",
    "attribution_dropped": "Not supported as it stands: who said it, or how surely, is missing.",
    "unsupported": "Not supported: no passage says this.",
}
_CLOSE = "Not verified: a passage comes close, but does not say it in these words."
_COMES_CLOSE = 0.5
_STYLES = {True: "bold green", False: "bold yellow"}
_INDENT = 4


def check_markdown(check: CheckReport, *, with_sources: bool) -> str:
    """Return the verdict, why, the evidence, what is missing, and its sources."""
    parts = [
        headline(check),
        "\n".join(f"- {reason}" for reason in _reasons(check)),
        "\n".join([*_closest(check), *_quotes(check)]),
        scope_line(check.filters),
    ]
    if with_sources and check.sources:
        lines = (f"[{n}] {description}" for n, description in _described(check))
        parts.append("\n".join(("Sources:", *lines)))
    return "\n\n".join(part for part in parts if part)


def print_check(console: Console, check: CheckReport, *, with_sources: bool) -> None:
    """Print the same on a terminal."""
    console.print(Text(headline(check), style=_STYLES[check.supported]))
    for reason in _reasons(check):
        console.print(Padding(Text(f"- {reason}"), (0, 0, 0, _INDENT)))
    for line in _closest(check):
        console.print(Text(f"\n{line}", style="dim"))
    for one in check.evidence:
        text = Text(one_line(one.quote)).append(f" [{one.n}]", style="bold cyan")
        console.print(Padding(text, (1, 0, 0, _INDENT)))
    for n, description in _described(check) if with_sources else ():
        console.print(Text(f"\n[{n}] {description}", style="dim"))
    if scope_line(check.filters):
        console.print(Text(f"\n{scope_line(check.filters)}", style="dim"))


def headline(check: CheckReport) -> str:
    """Return the verdict in one sentence."""
    label = check.verdict.label
    close = label == "unsupported" and check.support >= _COMES_CLOSE and not check.missing
    return _CLOSE if close else _HEADS[label]


def _reasons(check: CheckReport) -> Iterator[str]:
    yield from map(one_line, check.verdict.reasons)
    if check.missing:
        yield f"in no passage found: {one_line(', '.join(check.missing))}"


def _closest(check: CheckReport) -> Iterator[str]:
    if check.verdict.label == "unsupported" and check.evidence:
        yield "Closest:"


def _quotes(check: CheckReport) -> Iterator[str]:
    yield from (f"> {one_line(one.quote)} [{one.n}]" for one in check.evidence)


def _described(check: CheckReport) -> Iterator[tuple[int, str]]:
    """Yield number and description of each source, with the places that are quoted."""
    for source in check.sources:
        places = dict.fromkeys(one.locator for one in check.evidence if one.n == source.n)
        yield source.n, describe(source.hit, ", ".join(places))
