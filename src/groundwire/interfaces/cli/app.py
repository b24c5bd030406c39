"""The command line: commands, global options, and how errors end."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated

import typer

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.cli import (
    asking,
    chatting,
    checking,
    comparing,
    configuring,
    doctoring,
    documents,
    evaluating,
    slack,
    summarizing,
)
from groundwire.interfaces.cli.globals import (
    ColorOption,
    ConfigOption,
    Globals,
    IndexOption,
    NoStreamOption,
    PlainOption,
    QuietOption,
    VerboseOption,
    hoist,
)
from groundwire.interfaces.render.escape import one_line

INTERRUPTED = 130
_TRACEBACK = 2

app = typer.Typer(
    name="groundwire",
    help="Answers questions about a folder of documents, every sentence cited.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    chatting.chat,
    asking.ask,
    asking.search,
    checking.check,
    summarizing.summarize,
    comparing.compare,
    comparing.quote,
    documents.index,
    documents.forget,
    documents.docs,
    documents.show,
    doctoring.doctor,
):
    app.command()(command)
app.command("eval")(evaluating.evaluate)
app.add_typer(configuring.config, name="config")
app.add_typer(slack.slack, name="slack")


def _version(*, wanted: bool) -> None:
    if wanted:
        from groundwire import __version__

        sys.stdout.write(f"groundwire {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
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
    context.obj = Globals(config, index_dir, quiet, verbose, color, plain, not no_stream)
    if context.invoked_subcommand is None:
        if not sys.stdin.isatty():
            sys.stderr.write("groundwire: there is no command; see: groundwire --help\n")
            raise typer.Exit(2)
        chatting.chat(context)


def run(argv: list[str]) -> int:
    """Run one command line and return its exit code.

    Errors that a user can cause are one line and a hint on stderr, or with ``--json`` an
    object on stdout; only ``-vv`` shows a traceback.
    """
    arguments = hoist(argv)
    verbosity = sum(word.count("v") for word in arguments if word in {"-v", "-vv"})
    try:
        app(args=arguments, prog_name="groundwire", standalone_mode=True)
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
