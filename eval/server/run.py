"""Runs tests and the eval with the vectors on a Chroma server: ``make test-server``.

The server is that of the installed package. It is started on a free port of this machine with a
folder of its own, and both are gone afterwards. The eval runs with an embedded Chroma, too: its
figures must be the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.server.running import ChromaServer, ServerStartError

if TYPE_CHECKING:
    from collections.abc import Sequence

VARIABLE = "GROUNDWIRE_INDEX__URL"
SUITES = (
    "tests/contract",
    *(
        f"tests/integration/test_{name}.py"
        for name in (
            "backup",
            "chroma_server",
            "chroma_server_addresses",
            "chroma_server_desk",
            "chroma_server_wire",
            "cli_asking",
            "cli_doctor",
            "cli_documents",
            "desk_comparing",
            "desk_sync",
            "extractive_answers",
            "filters_in_questions",
            "index_chroma",
            "summaries",
            "sync_folders",
            "sync_members",
            "timelines",
        )
    ),
)
INSIDE = (
    "what_was_backed_up_answers_in_the_same_bytes",
    "a_backup_while_a_writer_works_is_of_one_moment",
)
"""Tests that look into the folder of an embedded Chroma."""
CASES = ("eval/cases", "--corpus", "eval/corpus")

_PYTEST = (sys.executable, "-m", "pytest", "-q", "-k", f"not ({' or '.join(INSIDE)})")


def main() -> int:
    """Run everything; return the worst exit status."""
    with tempfile.TemporaryDirectory(prefix="groundwire-") as folder:
        try:
            with ChromaServer(Path(folder) / "chroma") as server:
                _tell(f"A Chroma server answers at {server.url}")
                tests = _run([*_PYTEST, *SUITES], server.url)
                on_server, served = _evaluate(Path(folder) / "server.json", server.url)
        except ServerStartError as error:
            _tell(str(error))
            return 1
        embedded, kept = _evaluate(Path(folder) / "embedded.json", None)
    differing = differences(kept, served)
    for line in differing:
        _tell(line)
    figures = len(kept.get("metrics", {}))
    _tell(f"eval: {figures - len(differing)} of {figures} figures are the same on the server")
    return max(tests, on_server, embedded, int(bool(differing) or not figures))


def differences(embedded: dict[str, Any], served: dict[str, Any]) -> list[str]:
    """Return one line for each figure of the eval that is another on the server."""
    before, after = embedded.get("metrics", {}), served.get("metrics", {})
    return [
        f"{name}: {_value(before, name)} embedded, {_value(after, name)} on the server"
        for name in sorted(before.keys() | after.keys())
        if _value(before, name) != _value(after, name)
    ]


def _value(metrics: dict[str, Any], name: str) -> object:
    return metrics.get(name, {}).get("value")


def _evaluate(output: Path, url: str | None) -> tuple[int, dict[str, Any]]:
    words = ["-m", "groundwire", "eval", *CASES, "--output", str(output)]
    code = _run([sys.executable, *words, "--html", str(output.with_suffix(".html"))], url)
    return code, json.loads(output.read_bytes()) if output.exists() else {}


def _run(words: Sequence[str], url: str | None) -> int:
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}  # noqa: TID251  # handed on to the commands that are run
    if url is not None:
        environment[VARIABLE] = url
    return abs(subprocess.run(words, env=environment, check=False).returncode)  # noqa: S603  # our own words


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
