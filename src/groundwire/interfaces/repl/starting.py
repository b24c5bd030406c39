"""How a chat begins: what it says first, and what it loads while the first question is typed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.repl.narrowing import in_words

if TYPE_CHECKING:
    from groundwire.interfaces.repl.repl import Repl
    from groundwire.interfaces.repl.toolbar import Bar
    from groundwire.settings import Settings

HEAD_START_S = 0.1
"""The prompt is drawn first; loading at the same time would only slow it down."""

RECORDS = "groundwire.sqlite3"

EXTRACTIVE = "extractive engine"


def greet(repl: Repl) -> None:
    """Say in two lines what this is, with what, and how to get help and out.

    In a third one, what is known of earlier answers that do not stand any more.
    """
    from groundwire import __version__
    from groundwire.index.overview import count_documents
    from groundwire.interfaces.render.recalls import told_words
    from groundwire.records.overview import untold

    settings = repl.around.loaded.settings
    count = repl.state.documents = count_documents(settings.index_folder())
    if count is None:
        holds = "no index yet (/reindex FOLDER)"
    else:
        holds = f"{count} document{'s' * (count != 1)}"
    repl.out.message(f"groundwire {__version__} — {holds} — {model(settings)}")
    repl.out.message("/help, Ctrl-D to leave")
    state, index = repl.state, str(settings.index_folder().resolve())
    state.recalled = state.recalled_told = untold(settings.data_folder() / RECORDS, "chat", index)
    if state.recalled:
        repl.out.message(told_words(state.recalled, ": /recalls"))


def model(settings: Settings) -> str:
    """Return what writes the answers, in words; of a file only its name."""
    if settings.llm is None:
        return EXTRACTIVE
    provider, colon, name = settings.llm.partition(":")
    return f"{provider}{colon}{name.rpartition('/')[2]}" if provider == "gguf" else settings.llm


def bar(repl: Repl) -> Bar:
    """Return what stands under the prompt."""
    from groundwire.interfaces.repl.toolbar import Bar

    state = repl.state
    return Bar(
        documents=state.documents or 0,
        scope=in_words(state.scope),
        model=model(repl.around.loaded.settings),
        session=f"{state.preparing} …" if state.preparing else state.title,
        took_s=state.took_s,
    )


def warm_up(repl: Repl) -> threading.Thread:
    """Load in the background what the first question needs, then look for changes."""
    thread = threading.Thread(target=_warm_up, args=(repl,), daemon=True)
    thread.start()
    return thread


def _warm_up(repl: Repl) -> None:
    repl.over.wait(HEAD_START_S)
    try:
        repl.desk.warm_up()
        if repl.over.is_set():
            return
        from groundwire.desk.changes import changes_since

        repl.state.changed = len(changes_since(repl.around.loaded.settings, repl.over))
        if not repl.over.is_set():
            repl.state.recalled = len(repl.desk.recalls(untold="chat"))
    except GroundwireError:
        return  # the first question meets the same error and tells it
    finally:
        repl.state.preparing = ""


def prepare(repl: Repl, text: str) -> None:
    """Note what is made ready: under the prompt, or in place of an answer that waits for it."""
    repl.state.preparing = text
    if repl.busy:
        repl.out.status(text)
