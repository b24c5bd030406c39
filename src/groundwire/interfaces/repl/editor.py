"""The user's own editor, for a long question."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL = ("editor", "nano", "vi")


def edited(text: str) -> str | None:
    """Return what the user makes of a text in ``$VISUAL``, ``$EDITOR`` or an editor that is there.

    The file that is edited is private and gone afterwards.

    Returns:
        The text without the newline that editors end a file with; None if the editor was left with
        a failure, which is how it says that nothing is to be done.

    Raises:
        UsageError: No editor could be started.
    """
    descriptor, name = tempfile.mkstemp(prefix="groundwire-", suffix=".md")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        if _left_with(name) != 0:
            return None
        return Path(name).read_text(encoding="utf-8", errors="replace").removesuffix("\n")
    finally:
        Path(name).unlink(missing_ok=True)


def _left_with(name: str) -> int:
    for command in _commands():
        try:
            return subprocess.call([*command, name])  # noqa: S603 -- the editor that the user names
        except OSError:
            continue  # not there, or no program: the next one
    raise UsageError("no editor could be started", hint="set $VISUAL or $EDITOR")


def _commands() -> Iterator[list[str]]:
    named = (os.environ.get(name) for name in ("VISUAL", "EDITOR"))  # noqa: TID251 -- the terminal's, no settings
    for command in (*named, *_USUAL):
        if command and command.strip():
            try:
                yield shlex.split(command)
            except ValueError:
                yield [command]
