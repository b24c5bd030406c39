"""Many short processes, each a fork of one that has imported everything.

A command line that starts Python anew would spend most of its life importing.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING

from groundwire.desk import build
from groundwire.domain.errors import GroundwireError
from tests.fakes.encoders import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def preload() -> None:
    """Import what the forks would each import for themselves; nothing is opened."""
    import chromadb.api.rust
    import filelock

    import groundwire.answer.candidates
    import groundwire.desk.syncing
    import groundwire.ingest.sync
    import groundwire.interfaces.cli.documents

    del chromadb, filelock, groundwire
    # Quick, and its vectors do not depend on what is encoded along with a text.
    vars(build)["open_encoder"] = lambda *_args, **_more: HashingEncoder()


def start(action: Callable[[], int], log: Path) -> int:
    """Run something in a process of its own and return its id."""
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        with log.open("w", encoding="utf-8") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        code = action()
    except GroundwireError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        code = 1
    except BaseException:  # noqa: BLE001 -- the parent reads it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def said_by(action: Callable[[], int], log: Path) -> tuple[int, str]:
    """Run something in a process of its own; return how it ended and what it said."""
    _, status = os.waitpid(start(action, log), 0)
    return os.waitstatus_to_exitcode(status), log.read_text(encoding="utf-8", errors="replace")
