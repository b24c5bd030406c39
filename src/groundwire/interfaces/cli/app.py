"""The command line: commands, global options, and how errors end."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, cast

import typer

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.cli.completing import answer, asked, asked_about
from groundwire.interfaces.cli.globals import (
    ColorOption,
    ConfigOption,
    Globals,
    IndexOption,
    NoStreamOption,
    PlainOption,
    QuietOption,
    VerboseOption,
    command_of,
    globals_alone,
    hoist,
)
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
_TRACEBACK = 2

_CHAT = "chat"
_COMMANDS = {
    _CHAT: "chatting",
    "ask": "asking",
    "search": "asking",
    "check": "checking",
    "summarize": "summarizing",
    "compare": "comparing",
    "quote": "comparing",
    "index": "documents",
    "forget": "documents",
    "docs": "documents",
    "show": "documents",
    "recalls": "recalls",
    "verify": "recalls",
    "backup": "backup",
    "restore": "backup",
    "doctor": "doctoring",
    "eval": "evaluating",
}
"""The module of each command, in the order of ``--help``."""
_GROUPS = {
    "config": "configuring",
    "ledger": "ledger",
    "sessions": "sessions",
    "slack": "slack",
}


def command_line(words: Sequence[str]) -> typer.Typer:
    """Return the command line for some words: with the command that they name, or with all.

    A prompt or a proposal for a shell must not wait until every other command is imported.
    """
    named = command_of(words)
    known = {**_COMMANDS, **_GROUPS}
    app = typer.Typer(
        name="groundwire",
        help="Answers questions about a folder of documents, every sentence cited.",
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(start)
    for name in (named,) if named in known else known:
        module = import_module(f"groundwire.interfaces.cli.{known[name]}")
        if name in _GROUPS:
            app.add_typer(getattr(module, name), name=name)
        else:
            app.command(name)(getattr(module, name if name != "eval" else "evaluate"))
    return app


def _plain_chat(arguments: list[str]) -> Globals | None:
    """Return the options of a chat that is started with global options alone."""
    if asked() or sys.stdin is None or not sys.stdin.isatty():
        return None
    rest = arguments[:-1] if arguments and arguments[-1] == _CHAT else arguments
    return globals_alone(rest)


def _obey(arguments: list[str]) -> None:
    options = _plain_chat(arguments)
    if options is None:
        command_line(arguments)(args=arguments, prog_name="groundwire", standalone_mode=True)
        return
    from groundwire.interfaces.cli.chatting import chat

    chat(cast("typer.Context", SimpleNamespace(obj=options)))


def _version(*, wanted: bool) -> None:
    if wanted:
        from groundwire import __version__

        sys.stdout.write(f"groundwire {__version__}\n")
        raise typer.Exit


def start(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    *,
    config: ConfigOption = None,
    index_dir: IndexOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = 0,
    color: ColorOption = None,
    plain: PlainOption = False,
    no_stream: NoStreamOption = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Answers questions about a folder of documents, every sentence cited."""
    context.obj = options = Globals(config, index_dir, quiet, verbose, color, plain, not no_stream)
    context.call_on_close(options.close)
    if context.invoked_subcommand is None:
        if not sys.stdin.isatty():
            sys.stderr.write("groundwire: there is no command; see: groundwire --help\n")
            raise typer.Exit(2)
        from groundwire.interfaces.cli.chatting import chat

        chat(context)


def run(argv: list[str]) -> int:
    """Run one command line and return its exit code.

    Errors that a user can cause are one line and a hint on stderr, or with ``--json`` an
    object on stdout; only ``-vv`` shows a traceback.
    """
    if (typed := asked_about()) is not None:
        return answer(lambda: command_line(typed)(args=argv, prog_name="groundwire"))
    return _run(hoist(argv))


def _run(arguments: list[str]) -> int:
    verbosity = sum(word.count("v") for word in arguments if word in {"-v", "-vv"})
    try:
        _obey(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except GroundwireError as error:
        return _failed(error, as_json="--json" in arguments, trace=verbosity >= _TRACEBACK)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Nobody reads any more; without this Python complains once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 -- a fault of ours is told calmly, too
        return _failed(
            GroundwireError(
                f"something went wrong inside ({type(error).__name__})",
                hint="-vv shows where; please report it",
            ),
            as_json="--json" in arguments,
            trace=verbosity >= _TRACEBACK,
        )
    return 0


def _failed(error: GroundwireError, *, as_json: bool, trace: bool) -> int:
    if trace:
        traceback.print_exc()
    if as_json:
        from groundwire.interfaces.cli.streams import as_json as dumped

        sys.stdout.write(dumped(error.to_dict()) + "\n")
    else:
        sys.stderr.write(f"groundwire: {one_line(str(error))}\n")
        if error.hint:
            sys.stderr.write(f"  {one_line(error.hint)}\n")
    return error.exit_code
