"""Running an export in a process of its own.

It needs torch and sentence-transformers, which take seconds to import and hundreds of megabytes
that they never give back, and which write to the terminal as they please. The process that chats
stays free of all three.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from groundwire.domain.errors import GroundwireError, ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

_START = (
    "import json, sys; name, cache_dir, path = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from groundwire.models.export_process import main; main(name, cache_dir)"
)


def run_export(name: str, cache_dir: Path, on_status: Callable[[str], None]) -> None:
    """Export an encoder into the cache, in another process, and wait for it.

    Args:
        name: ``package:…``, a folder or a hub name.
        cache_dir: The user's cache folder.
        on_status: Told what is being done, in a few words.

    Raises:
        ModelUnavailableError: The export failed; the message says why.
    """
    arguments = json.dumps([name, str(cache_dir.absolute()), sys.path])
    failure: dict[str, str] | None = None
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as noise,
        subprocess.Popen(  # noqa: S603 - this very interpreter, with arguments of ours
            # -P: a file json.py in the current folder is not the module that is meant.
            [sys.executable, "-P", "-c", _START, arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=noise,
            encoding="utf-8",
        ) as process,
    ):
        try:
            for line in process.stdout or ():
                event: dict[str, str] = json.loads(line)
                if "status" in event:
                    on_status(event["status"])
                else:
                    failure = event
        except BaseException:
            process.kill()
            raise
        if process.wait() != 0 and failure is None:
            failure = {"message": _last_line(noise), "hint": ""}
    if failure is not None:
        raise ModelUnavailableError(
            f"the encoder {name} cannot be prepared: {failure['message']}", hint=failure["hint"]
        )


def main(name: str, cache_dir: str) -> None:
    """Export in this process; report on standard output, one JSON object a line."""
    from groundwire.models.export import export

    # What the libraries print goes to standard error, so that only reports are read.
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def report(**event: str) -> None:
        reports.write(json.dumps(event) + "\n")

    try:
        export(name, Path(cache_dir), lambda text: report(status=text))
    except GroundwireError as error:
        report(message=str(error), hint=error.hint)
    except OSError as error:
        report(message=str(error), hint="set cache_dir to a folder with space that can be written")


def _last_line(noise: IO[str]) -> str:
    noise.seek(0)
    lines = [line.strip() for line in noise if line.strip()]
    return lines[-1] if lines else "the process was stopped"
