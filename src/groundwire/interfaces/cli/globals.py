"""Options that every command takes, before or after its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundwire.desk.desk import Desk
    from groundwire.interfaces.cli.streams import Streams
    from groundwire.settings import LoadedSettings

_WITH_VALUE = frozenset({"--config", "--index-dir", "--color"})
_FLAGS = frozenset({"-q", "--quiet", "-v", "-vv", "--verbose", "--plain", "--no-stream"})


@dataclass
class Globals:
    """What the global options say, and what follows from it, made when first needed."""

    config: Path | None = None
    index_dir: Path | None = None
    quiet: bool = False
    verbose: int = 0
    color: str | None = None
    plain: bool = False
    stream: bool = True
    top_k: int | None = None
    preparing: Callable[[str], None] | None = None

    @cached_property
    def loaded(self) -> LoadedSettings:
        """The settings, with where each came from."""
        from groundwire.settings import load_settings

        index_dir = str(self.index_dir) if self.index_dir is not None else None
        overrides: dict[str, Any] = {
            "index.dir": index_dir,
            "display.color": self.color,
            "retrieval.top_k": self.top_k,
        }
        return load_settings(self.config, overrides)

    @cached_property
    def desk(self) -> Desk:
        """The desk on these settings."""
        from groundwire.desk.desk import Desk

        return Desk(self.loaded.settings, on_status=self._prepare)

    def close(self) -> None:
        """Close the desk, if one was opened."""
        if "desk" in self.__dict__:
            self.desk.close()

    def _prepare(self, text: str) -> None:
        """Say what has to be done before a first question: where a door listens, to the door."""
        if self.preparing is None:
            self.streams.message(f"{text} …")
        else:
            self.preparing(text)

    @cached_property
    def streams(self) -> Streams:
        """Where results and messages go."""
        from groundwire.interfaces.cli.streams import Streams

        display = self.loaded.settings.display
        return Streams(color=display.color, width=display.width, quiet=self.quiet, plain=self.plain)


ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Read this configuration file.", metavar="FILE")
]
IndexOption = Annotated[
    Path | None, typer.Option("--index-dir", help="Folder of the index.", metavar="DIR")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print only the result.")]
VerboseOption = Annotated[
    int, typer.Option("--verbose", "-v", count=True, help="Say more; -vv shows tracebacks.")
]
ColorOption = Annotated[
    str | None, typer.Option("--color", help="auto, always or never.", metavar="WHEN")
]
PlainOption = Annotated[bool, typer.Option("--plain", help="Plain text even on a terminal.")]
NoStreamOption = Annotated[
    bool, typer.Option("--no-stream", help="Print an answer only when it is whole.")
]


def globals_alone(arguments: Sequence[str]) -> Globals | None:
    """Return what global options say if they are all there is, each known and complete.

    Typer builds a validator for every option of a command; a chat without further options need
    not wait for that.
    """
    options = Globals()
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if word in _SAY:
            _SAY[word](options)
        elif name in _TAKE and (value or not equals):
            given = value if equals else next(words, "")
            if not given or given.startswith("-"):
                return None
            _TAKE[name](options, given)
        else:
            return None
    return options


def _louder(options: Globals, by: int) -> None:
    options.verbose += by


_SAY: dict[str, Callable[[Globals], None]] = {
    "-q": lambda options: setattr(options, "quiet", True),
    "--quiet": lambda options: setattr(options, "quiet", True),
    "-v": lambda options: _louder(options, 1),
    "--verbose": lambda options: _louder(options, 1),
    "-vv": lambda options: _louder(options, 2),
    "--plain": lambda options: setattr(options, "plain", True),
    "--no-stream": lambda options: setattr(options, "stream", False),
}
_TAKE: dict[str, Callable[[Globals, str], None]] = {
    "--config": lambda options, value: setattr(options, "config", Path(value)),
    "--index-dir": lambda options, value: setattr(options, "index_dir", Path(value)),
    "--color": lambda options, value: setattr(options, "color", value),
}


def command_of(arguments: Sequence[str]) -> str | None:
    """Return the first word that is neither a global option nor the value of one."""
    words = iter(arguments)
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def hoist(argv: list[str]) -> list[str]:
    """Return the arguments with the global options in front, wherever they stood.

    ``groundwire ask Q --index-dir D`` then means what it says. Nothing after ``--`` is moved.
    """
    end = argv.index("--") if "--" in argv else len(argv)
    front: list[str] = []
    rest: list[str] = []
    position = 0
    while position < end:
        word = argv[position]
        if word in _WITH_VALUE and position + 1 < end:
            front += argv[position : position + 2]
            position += 1
        elif word in _FLAGS or (word.partition("=")[0] in _WITH_VALUE and "=" in word):
            front.append(word)
        else:
            rest.append(word)
        position += 1
    return front + rest + argv[end:]
