"""What the shell is told when somebody presses Tab: names of documents, sessions and settings.

A name comes from a file that anybody may have called anything. For bash it is escaped here, as
bash inserts what it is told as it stands. The scripts for other shells quote by themselves, not
always well, so a name with a character that means something to a shell is not told to them.
"""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import typer

from groundwire.domain.errors import GroundwireError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groundwire.settings import Settings

_VARIABLE = "_GROUNDWIRE_COMPLETE"
_MOST = 200
_TAME = re.compile(r"[\w ./,+@%–—’…-]*")
_SPECIAL = re.compile(r"([^\w@%+=:,./–—’…-])")
_SPECIAL_QUOTED = re.compile(r'(["\\$`!])')


def documents(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return paths of documents that begin with what was typed.

    Titles would be shown beside them by some shells, but typer loads rich for that.
    """
    from groundwire.index.overview import paths

    settings = _settings(ctx)
    if settings is None:
        return []
    return [path for path in paths(settings.index_folder(), incomplete, _MOST) if _sayable(path)]


def sessions(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return ids of sessions that begin with what was typed, with their titles."""
    from groundwire.interfaces.cli.records import RECORDS
    from groundwire.records.overview import named

    settings = _settings(ctx)
    if settings is None:
        return []
    found = named(settings.data_folder() / RECORDS, incomplete, _MOST)
    return [
        (session, "".join(character for character in title if _TAME.fullmatch(character)))
        for session, title in found
        if _sayable(session)
    ]


def setting_keys(incomplete: str) -> list[tuple[str, str]]:
    """Return keys of settings that begin with what was typed, with their meanings."""
    from groundwire.settings import known_settings

    known = known_settings().items()
    return [(key, setting.meaning) for key, setting in known if key.startswith(incomplete)]


def asked() -> bool:
    """Return whether the shell asks for anything: proposals, or the script that asks for them."""
    return bool(os.environ.get(_VARIABLE))  # noqa: TID251 -- what the shell says, not a setting


def asked_about() -> tuple[str, ...] | None:
    """Return the words before the one to complete, if the shell asks; None if it does not."""
    if not _shell():
        return None
    if _shell() == "bash":
        words = _words()
        return tuple(words[1 : _place()])
    line = os.environ.get("_TYPER_COMPLETE_ARGS", "")  # noqa: TID251 -- as below
    words = line.split()[1:]
    return tuple(words if line.endswith(" ") else words[:-1])


def answer(run: Callable[[], object]) -> int:
    """Answer the shell, and return the exit code.

    Args:
        run: Runs the command line; it prints its proposals, one a line.
    """
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace")
    code = 0
    try:
        with redirect_stdout(said):
            run()
    except SystemExit as ended:
        code = int(bool(ended.code))
    except Exception:  # noqa: BLE001 -- in the middle of somebody's line nothing is to be said
        return 1
    said.seek(0)
    text = said.read()
    if _shell() == "bash":
        text = "".join(f"{_for_bash(line)}\n" for line in text.splitlines())
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
    return code


def _shell() -> str:
    """Return the shell that asks; empty if none does."""
    asked = os.environ.get(_VARIABLE, "")  # noqa: TID251 -- what the shell says, not a setting
    return asked.removeprefix("complete_") if asked.startswith("complete_") else ""


def _words() -> list[str]:
    """Return the words of the line as bash has them, with their quotation marks."""
    return os.environ.get("COMP_WORDS", "").split("\n")  # noqa: TID251 -- as above


def _place() -> int:
    """Return the number of the word that bash wants completed."""
    place = os.environ.get("COMP_CWORD", "")  # noqa: TID251 -- as above
    return int(place) if place.isdecimal() else 0


def _for_bash(value: str) -> str:
    """Return a proposal as bash must have it, inside the quotation mark that was opened."""
    words, place = _words(), _place()
    typed = words[place] if place < len(words) else ""
    if typed.startswith('"'):
        return _SPECIAL_QUOTED.sub(r"\\\1", value)
    if typed.startswith("'"):
        return value.replace("'", "'\\''")
    return _SPECIAL.sub(r"\\\1", value)


def _sayable(name: str) -> bool:
    """Return whether the asking shell can be told a name."""
    return name.isprintable() and (_shell() == "bash" or _TAME.fullmatch(name) is not None)


def _settings(ctx: typer.Context) -> Settings | None:
    """Return the settings in effect for the line so far; None if they cannot be used."""
    from groundwire.settings import load_settings

    given = ctx.find_root().params
    config: Path | None = given.get("config")
    try:
        return load_settings(config, {"index.dir": given.get("index_dir")}).settings
    except GroundwireError:
        return None
