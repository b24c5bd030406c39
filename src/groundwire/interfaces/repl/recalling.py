"""Commands on old answers: those that do not stand any more, and any one checked today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.errors import UsageError
from groundwire.interfaces.repl.running import call

if TYPE_CHECKING:
    from groundwire.interfaces.repl.repl import Repl


def recalls(repl: Repl, _rest: str) -> None:
    """List earlier answers that stood on what was changed or removed since."""
    from groundwire.interfaces.render.recalls import count_words, recall_lines

    repl.out.status("checking earlier answers")
    found = call(lambda _cancel, _tell: repl.desk.recalls(), lambda _event: None, repl.interrupts)
    repl.out.status("")
    if found:
        repl.out.lines(recall_lines(found))
    repl.out.message(count_words(found))
    repl.desk.told([each.id for each in found], "chat")
    repl.state.recalled = repl.state.recalled_told = 0


def verify(repl: Repl, rest: str) -> None:
    """Check an old answer today: the last one, or that of an id."""
    from groundwire.interfaces.render.recalls import verification_lines

    last = repl.state.last
    name = rest.strip() or (last.entry if last else "")
    if not name:
        raise UsageError("say which answer", hint="/verify ID; /recalls and /why give ids")
    repl.out.status("checking the answer")
    found = call(
        lambda _cancel, _tell: repl.desk.verify(name), lambda _event: None, repl.interrupts
    )
    repl.out.status("")
    repl.out.lines(verification_lines(found))
