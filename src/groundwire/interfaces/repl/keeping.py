"""Commands on sessions: a new one, an old one, files, the clipboard, what was thought of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.repl import clipboard
from groundwire.interfaces.repl.questions import HISTORY
from groundwire.interfaces.repl.showing import whole

if TYPE_CHECKING:
    from groundwire.domain.conversations import ConversationInfo, Liking
    from groundwire.interfaces.repl.repl import Repl

_LISTED = 20


def new(repl: Repl, _rest: str) -> None:
    """Begin another session; filters stay as they are."""
    state = repl.state
    state.turns, state.last, state.took_s = [], None, None
    state.session, state.begun, state.title = None, "", ""
    repl.again = None
    repl.out.message("A new session: what was said before is not referred to any more.")


def sessions(repl: Repl, _rest: str) -> None:
    """List the latest sessions."""
    from groundwire.interfaces.render.sessions import listing_lines

    listed = repl.around.kept.listing(limit=_LISTED)
    if listed:
        repl.out.lines(listing_lines(listed))
    repl.out.message(f"{len(listed)} session{'s' * (len(listed) != 1)}; /resume ID goes on")


def resume(repl: Repl, rest: str) -> None:
    """Go on with a session that was kept."""
    if not rest:
        raise UsageError("say which session", hint="/sessions lists them")
    go_on(repl, repl.around.kept.find(rest.strip().strip('"')))


def go_on(repl: Repl, info: ConversationInfo) -> None:
    """Go on with a session: its turns are the history, and its last exchange is shown."""
    from groundwire.interfaces.render.sessions import exchange_lines

    kept, state = repl.around.kept, repl.state
    state.session, state.title = info.id, info.title
    state.turns = list(kept.turns(info.id, HISTORY))
    state.last, state.took_s, repl.again = None, None, None
    count = f"{info.exchanges} exchange{'s' * (info.exchanges != 1)}"
    repl.out.message(f"“{one_line(info.title)}”, {count}")
    exchanges = kept.exchanges(info.id)
    if exchanges:
        repl.out.lines(exchange_lines(exchanges[-1]))
        repl.out.result("")


def export(repl: Repl, rest: str) -> None:
    """Write this session to a file."""
    from groundwire.interfaces.render.export import exported, form_of

    if not rest:
        raise UsageError("say which file", hint="/export chat.md, chat.json or chat.html")
    path = Path(rest.strip().strip('"')).expanduser()
    form = form_of(path)
    kept = repl.around.kept
    info = _own(repl)
    repl.around.write(path, exported(info, kept.exchanges(info.id), form))
    repl.out.message(f"written to {path}")


def copy(repl: Repl, _rest: str) -> None:
    """Put the last result on the clipboard of the terminal, with its sources."""
    last = repl.state.last
    if last is None:
        repl.out.message("There is no answer yet.")
        return
    if not sys.stdout.isatty():
        raise UsageError("there is no terminal whose clipboard it could be")
    told = clipboard.sequence(whole(last.result), inside=_inside())
    if told is None:
        raise UsageError("it is too long for the clipboard", hint="/export FILE")
    sys.stdout.write(told)
    sys.stdout.flush()
    repl.out.message("Copied, if this terminal lets programs do so (OSC 52).")


def feedback(repl: Repl, rest: str) -> None:
    """Keep what somebody thought of the last result."""
    word, _, reason = rest.partition(" ")
    if word not in {"up", "down"}:
        raise UsageError("up or down", hint="/feedback down WHY")
    liking: Liking = "up" if word == "up" else "down"
    last, session = repl.state.last, repl.state.session
    if last is None or last.number is None or session is None:
        repl.out.message("There is no saved answer to say it of.")
        return
    repl.around.kept.feedback(session, last.number, liking, reason.strip())
    repl.out.message("Thank you: kept with the session, on this machine only.")


def _own(repl: Repl) -> ConversationInfo:
    session = repl.state.session
    if session is None:
        raise NotFoundError("nothing was said yet that could be exported")
    return repl.around.kept.find(session)


def _inside() -> str:
    """Return which multiplexer this terminal is in, if any."""
    environ = os.environ  # noqa: TID251 -- facts of the terminal, no settings
    if environ.get("TMUX"):
        return "tmux"
    return "screen" if environ.get("TERM", "").startswith("screen") else ""
