"""``doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from groundwire.interfaces.cli.asking import JsonOption
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals


def doctor(context: typer.Context, *, json: JsonOption = False) -> None:
    """Check the installation and the index, and print what mends each finding."""
    options: Globals = context.obj
    findings = options.desk.doctor()
    if json:
        listed = [finding.to_dict() for finding in findings]
        options.streams.json({"schema": 1, "findings": listed})
    else:
        for finding in findings:
            fix = f"; {finding.fix}" if finding.fix else ""
            line = f"{finding.status:8} {finding.check}: {finding.message}{fix}"
            options.streams.result(one_line(line))
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(1)
