"""``doctor``."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import SettingsError
from groundwire.domain.reports import Finding
from groundwire.interfaces.cli.asking import JsonOption
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.interfaces.cli.globals import Globals

OnlineOption = Annotated[
    bool, typer.Option("--online", help="Call the language model once, to see that it answers.")
]
_NARROW = 40
_UTF_8 = frozenset({"utf-8", "utf8"})


def doctor(
    context: typer.Context, *, online: OnlineOption = False, json: JsonOption = False
) -> None:
    """Check everything, and print the command that mends each finding. Exits with 1 on problems."""
    options: Globals = context.obj
    findings = (*_installation(options, online=online), _terminal())
    if json:
        from groundwire.interfaces.cli.streams import as_json

        listed = [finding.to_dict() for finding in findings]
        typer.echo(as_json({"schema": 1, "findings": listed}))
    else:
        for finding in findings:
            typer.echo(_line(finding).encode(_encoding(), "replace").decode(_encoding()))
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(1)


def _installation(options: Globals, *, online: bool) -> Iterator[Finding]:
    """Yield what the desk's doctor finds; on the defaults where the settings cannot be used."""
    from groundwire.desk.build import Parts
    from groundwire.desk.doctor import examine
    from groundwire.settings import settings_of

    try:
        settings = options.loaded.settings
    except SettingsError as error:
        yield Finding("settings", "problem", str(error), error.hint)
        yield Finding("settings", "warning", "what follows is of the default settings", error.hint)
        given = {} if options.index_dir is None else {"index.dir": options.index_dir}
        settings = settings_of(given)
    parts = Parts(settings)
    try:
        yield from examine(parts, config=options.config, online=online)
    finally:
        parts.store.close()


def _terminal() -> Finding:
    """Return what can be shown on this terminal."""
    encoding = _encoding()
    if encoding.lower() not in _UTF_8:
        message = f"it shows {encoding}: dashes, quotation marks and names are replaced"
        return Finding("terminal", "warning", message, "run: export LC_ALL=C.UTF-8")
    if not sys.stdout.isatty():
        return Finding("terminal", "ok", f"output goes to a pipe or a file, as {encoding}")
    kind = os.environ.get("TERM", "")  # noqa: TID251 -- a fact of the terminal, not a setting
    columns = shutil.get_terminal_size().columns
    if columns < _NARROW:
        message = f"{columns} columns are too few for tables"
        return Finding("terminal", "warning", message, f"widen it to {_NARROW} columns or more")
    if kind in {"", "dumb"}:
        message = f"TERM is {kind or 'not set'}: plain text, no menu, no colour"
        return Finding("terminal", "warning", message, "run: export TERM=xterm-256color")
    colour = "no colour (NO_COLOR)" if os.environ.get("NO_COLOR") else "colour"  # noqa: TID251 -- the same
    return Finding("terminal", "ok", f"{kind}, {encoding}, {columns} columns, {colour}")


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"


def _line(finding: Finding) -> str:
    fix = f"; {finding.fix}" if finding.fix else ""
    return f"{finding.status:8} {one_line(f'{finding.check}: {finding.message}{fix}')}"
