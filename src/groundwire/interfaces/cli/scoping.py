"""The filters that every question takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from groundwire.domain.errors import UsageError
from groundwire.domain.retrieval import Scope
from groundwire.interfaces.cli import completing

if TYPE_CHECKING:
    from collections.abc import Mapping

ScopeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scope",
        help="Only documents with this path, id or glob.",
        metavar="GLOB",
        autocompletion=completing.documents,
    ),
]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", help="Only this outlet.", metavar="NAME")
]
SinceOption = Annotated[
    str | None, typer.Option("--since", help="Published on or after.", metavar="DATE")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", help="Published on or before.", metavar="DATE")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="Ignore what came later.", metavar="DATE")
]

NoFiltersOption = Annotated[
    bool, typer.Option("--no-filters", help="Read no filter out of the question.")
]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filter options as they were typed."""

    documents: tuple[str, ...]
    sources: tuple[str, ...]
    since: str | None
    until: str | None
    as_of: str | None

    def scope(self) -> Scope:
        """Return the scope they mean.

        Raises:
            UsageError: A date is not one, or the window ends before it starts.
        """
        try:
            return Scope(
                self.documents,
                self.sources,
                _date("--since", self.since),
                _date("--until", self.until),
                _date("--as-of", self.as_of),
            )
        except ValueError as error:
            raise UsageError(str(error)) from None


def filters(parameters: Mapping[str, Any]) -> Scope:
    """Return the scope that a command's parameters mean."""
    return Filters(
        tuple(parameters.get("scope") or ()),
        tuple(parameters.get("source") or ()),
        parameters.get("since"),
        parameters.get("until"),
        parameters.get("as_of"),
    ).scope()


def reads_filters(parameters: Mapping[str, Any]) -> bool | None:
    """Return whether the question is read for filters; None: as the settings say."""
    return False if parameters.get("no_filters") else None


def _date(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option}: {text!r} is not a date such as 2019-06-20") from None
