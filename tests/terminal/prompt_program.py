"""Reads turns with the prompt alone, and prints what was read: keys are tested without the rest."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from groundwire.domain.conversations import ConversationInfo
from groundwire.domain.documents import DocumentId, DocumentInfo
from groundwire.interfaces.repl.prompt import Interrupted, Prompt, PromptSettings
from groundwire.interfaces.repl.toolbar import Bar


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    help: str
    completes: str


COMMANDS = (
    Command("/help", "what there is", "commands"),
    Command("/docs", "the documents", ""),
    Command("/summarize", "a short text on a document", "documents"),
    Command("/resume", "go on with a session", "sessions"),
    Command("/set", "change a setting", "settings"),
)
HOSTILE = "[red]x[/red] $(rm).md"
DOCUMENTS = tuple(
    DocumentInfo(DocumentId(f"{n:016x}"), path, title, "Harbour Wire", "", day, "en", 900, 3)
    for n, (path, title, day) in enumerate(
        (
            ("pyongyang/letter.md", "A letter from Kim", date(2019, 6, 23)),
            ("two words.md", "Two words", None),
            (HOSTILE, "[bold]Markup[/bold]", None),
            ('he said "no".md', "He said no", None),
            ("bell\x07\x1b[2J.md", "Bell\x07 and \x1b[2Jclear", None),
        ),
        start=1,
    )
)
SAID = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
SESSIONS = (ConversationInfo("01KABCDEFGHJKMNPQRSTVWXYZ0", "Who is Lee?", SAID, SAID, 2),)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--vi", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--never", action="store_true", help="as index lookups that hang")
    parser.add_argument("--color", default="auto")
    parser.add_argument("--history", type=Path)
    parser.add_argument("--default", default="")
    options = parser.parse_args()

    def documents() -> tuple[DocumentInfo, ...]:
        if options.never:
            threading.Event().wait()
        return DOCUMENTS

    prompt = Prompt(
        PromptSettings("vi" if options.vi else "emacs", options.color, plain=options.plain),
        commands=COMMANDS,
        documents=documents,
        sessions=lambda: SESSIONS,
        toolbar=lambda: Bar(5, "Harbour Wire since March", "extractive", "Who is Lee?", 0.41),
        history_file=options.history,
        keys=("display.color", "retrieval.top_k"),
    )
    if prompt.trouble:
        sys.stderr.write(f"{prompt.trouble}\n")
    while True:
        try:
            text = prompt.read(options.default)
        except Interrupted as interrupted:
            sys.stderr.write(f"{interrupted}\n")
            continue
        if text is None:
            sys.stdout.write("left\n")
            return 0
        sys.stdout.write(f"read {json.dumps(text)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
