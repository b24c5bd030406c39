"""The chat: lines that are typed, questions and commands, on the small index."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.repl.commands import find
from tests.fakes.chat import Around, chat
from tests.fuzz import words
from tests.fuzz.asking import desk_in
from tests.fuzz.targets import Target, UnusableInputError, promise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from tests.fuzz.targets import Run

_COMMANDS = (
    *("help", "sources", "open 1", "why", "docs", "families", "search", "summarize", "timeline"),
    *(
        "compare",
        "quote",
        "check",
        "scope",
        "since",
        "until",
        "as-of",
        "source",
        "filters",
        "retry",
    ),
    *("feedback up", "new", "sessions", "resume", "export a.md", "set", "config", "quit", "s", "/"),
    *("summarize topic:", "summarize all bullets", "scope @notre-dame/*", "since 2022-01-01"),
    *("set retrieval.top_k", "set answer.sentences", "export a.html", "export a.json", "resume 0"),
)
_REACH_OUT = {"edit", "reindex", "copy", "open"}
"""Commands that start programs, or read and write elsewhere."""


def targets() -> Iterator[Target]:
    """Yield the one target."""
    yield Target("chat", "queries", _lines, _chat)


class _Around(Around):
    """The surroundings of a chat that writes nothing outside the run's folder."""

    def write(self, path: Path, text: str) -> None:
        promise(path.name, "a file without a name")
        promise(text.strip(), "an export of nothing")


def _lines(random: Random) -> bytes:
    """Return turns of a chat."""
    turns = []
    for _ in range(random.choice((1, 2, 4))):
        line = words.text(random)
        choice = random.random()
        if choice < 0.7:
            line = (
                f"/{random.choice(_COMMANDS)} {random.choice((line, random.choice(words.names())))}"
            )
        elif choice < 0.8:
            line = f"/{random.choice(_COMMANDS)}"
        turns.append(line)
    return words.packed(turns)


@contextmanager
def _chat(folder: Path) -> Iterator[Run]:
    with desk_in(folder) as desk:
        desk.ask("When did the tram open?")
        around = _Around(folder)
        around.desk = desk  # type: ignore[assignment]  # the real one in place of the script

        def run(data: bytes) -> object:
            kinds = []
            for line in _texts(data):
                if _name(line) in _REACH_OUT:
                    continue
                try:
                    chat(around, line, interactive=False)
                    kinds.append("done")
                except GroundwireError as error:
                    kinds.append(type(error).__name__)
            around.out.results.clear()
            return kinds

        yield run
        around.close()


def _name(line: str) -> str:
    """Return the name of the command that a line is; empty if it is none."""
    line = line.strip()
    try:
        return find(line[1:].partition(" ")[0]).name if line.startswith("/") else ""
    except GroundwireError:
        return ""


def _texts(data: bytes) -> list[str]:
    try:
        texts = json.loads(data)
    except ValueError as error:
        raise UnusableInputError from error
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        raise UnusableInputError
    return texts
