"""The commands of the chat: their names, what they take, what they do."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundwire.domain.errors import UsageError
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.render.lines import EMPTY, Line, faint
from groundwire.interfaces.repl import keeping, looking, making, managing, narrowing, recalling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.interfaces.repl.repl import Repl

Completes = Literal["", "documents", "sessions", "commands", "settings", "lengths"]


class UnknownCommandError(UsageError):
    """No command has this name; also a pipe goes on after it."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        name: Its name, without the slash.
        usage: Its arguments, as help shows them.
        help: What it does, in one line.
        run: Does it, given the chat and what stands after the name.
        completes: What its arguments name.
    """

    name: str
    usage: str
    help: str
    run: Callable[[Repl, str], None]
    completes: Completes = ""


def show_help(repl: Repl, rest: str) -> None:
    """Print what can be typed, or what one command does."""
    repl.out.lines(_one_help(find(rest.removeprefix("/"))) if rest else _all_help())


COMMANDS: tuple[Command, ...] = (
    Command("help", "[COMMAND]", "this help, or one command's", show_help, "commands"),
    Command("sources", "[N]", "the full passages behind the last answer", looking.sources),
    Command("open", "N", "the article behind [N], at the cited place", looking.open_at),
    Command("why", "", "how the last answer came about, with its numbers", looking.why),
    Command("docs", "[WORDS]", "the documents in scope", looking.docs),
    Command("families", "", "reports with the documents that copy them", looking.families),
    Command("search", "WORDS", "the passages nearest to some words; no answer", looking.search),
    Command(
        "summarize",
        "DOCUMENT…|topic:WORDS|all [short|medium|long] [bullets|tldr|timeline]",
        "a summary, every sentence cited, and what it leaves out",
        making.summarize,
        "documents",
    ),
    Command(
        "timeline",
        "DOCUMENT…|topic:WORDS|all",
        "what happened, by day",
        making.timeline,
        "documents",
    ),
    Command("compare", "A B", "two documents side by side", making.compare, "documents"),
    Command("quote", "“WORDS,” said SPEAKER", "is this quotation exact?", making.quote),
    Command("check", "CLAIM", "do the documents support this claim?", making.check),
    Command(
        "scope", "[@DOCUMENT…|clear]", "limit questions to documents", narrowing.scope, "documents"
    ),
    Command("since", "DATE|clear", "only what was published on or after", narrowing.since),
    Command("until", "DATE|clear", "only what was published on or before", narrowing.until),
    Command("as-of", "DATE|clear", "ignore what came later", narrowing.as_of),
    Command("source", "OUTLET|clear", "only this outlet", narrowing.source),
    Command(
        "filters",
        "[lift|on|off]",
        "what the last question was read as; lift asks it again without",
        narrowing.filters,
    ),
    Command("retry", "", "ask the last question again", managing.retry),
    Command("edit", "[TEXT]", "write a question in $VISUAL or $EDITOR", managing.edit),
    Command("copy", "", "the last answer to the clipboard", keeping.copy),
    Command("feedback", "up|down [WHY]", "say what you think of the last answer", keeping.feedback),
    Command("recalls", "", "earlier answers that do not stand any more", recalling.recalls),
    Command("verify", "[ID]", "check the last answer, or an old one, today", recalling.verify),
    Command("new", "", "begin a new session", keeping.new),
    Command("sessions", "", "the latest sessions", keeping.sessions),
    Command("resume", "ID", "go on with a session", keeping.resume, "sessions"),
    Command("export", "FILE", "this session as .md, .json or .html", keeping.export),
    Command("reindex", "[PATH…]", "bring the index up to date with the files", managing.reindex),
    Command("set", "KEY VALUE", "change a setting until you leave", managing.change, "settings"),
    Command("config", "[WORDS]", "the settings, and where each came from", managing.config),
    Command("quit", "", "leave; Ctrl-D does too", managing.leave),
)

_OTHER_NAMES = {"exit": "quit"}


def find(word: str) -> Command:
    """Return the command with this name, or the only one that begins so.

    Raises:
        UnknownCommandError: There is none, or there are several; the hint names them.
    """
    wanted = _OTHER_NAMES.get(word, word)
    fits = [command for command in COMMANDS if command.name.startswith(wanted)] if wanted else []
    exact = [command for command in fits if command.name == wanted]
    if len(exact or fits) == 1:
        return (exact or fits)[0]
    shown = one_line(f"/{word}")
    if fits:
        names = ", ".join(f"/{command.name}" for command in fits)
        raise UnknownCommandError(f"{shown}: several commands begin so", hint=names)
    names_known = [command.name for command in COMMANDS]
    close = difflib.get_close_matches(wanted, names_known, n=1, cutoff=0.5)
    hint = f"did you mean /{close[0]}? /help lists all" if close else "/help lists all; // asks it"
    raise UnknownCommandError(f"{shown}: unknown command", hint=hint)


def _all_help() -> Iterator[Line]:
    yield Line(
        (("Ask a question and press Enter. Every sentence of an answer is cited.", "plain"),)
    )
    yield Line((("@document in a question asks that document alone.", "plain"),))
    yield EMPTY
    for command in COMMANDS:
        yield Line((_usage(command), (f"  {command.help}", "plain")))
    yield EMPTY
    keys = "Ctrl-C stops an answer, Ctrl-D leaves, Alt-Enter begins a new line, Ctrl-R looks back."
    yield faint(keys)
    yield faint("Beginnings of names do: /su. A question that begins with a slash: //text")


def _one_help(command: Command) -> Iterator[Line]:
    yield Line((_usage(command), (f"  {command.help}", "plain")))


def _usage(command: Command) -> tuple[str, Literal["marker"]]:
    return f"/{command.name} {command.usage}".rstrip(), "marker"
