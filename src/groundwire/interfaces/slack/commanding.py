"""``/groundwire``: questions whose answer only the asker sees, until they share it."""

from __future__ import annotations

import logging
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from groundwire.domain.events import Done, Failed
from groundwire.domain.summaries import Summary, Topic
from groundwire.interfaces.slack.answering import RESTARTING, TOO_LONG
from groundwire.interfaces.slack.errands import report
from groundwire.interfaces.slack.escaping import escape_mrkdwn, shortened
from groundwire.interfaces.slack.incoming import plain
from groundwire.interfaces.slack.limits import QUESTION_CHARACTERS, SOURCE_CHARACTERS
from groundwire.interfaces.slack.means import Asked, keep
from groundwire.interfaces.slack.occasions import of_command
from groundwire.interfaces.slack.outgoing import Reply, Sentence
from groundwire.interfaces.slack.replies import reply_of, reply_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from groundwire.domain.answers import Answer
    from groundwire.domain.documents import DocumentInfo
    from groundwire.domain.events import Event
    from groundwire.domain.retrieval import Scope
    from groundwire.domain.summaries import Target
    from groundwire.interfaces.slack.buttons import Buttons
    from groundwire.interfaces.slack.errands import Errands
    from groundwire.interfaces.slack.interactions import Command
    from groundwire.interfaces.slack.means import Means
    from groundwire.interfaces.slack.tickets import Cancel

_log = logging.getLogger("groundwire.slack")

ON_IT = "On it…"
USAGE = (
    "/groundwire ask QUESTION: an answer from the documents, which only you see until you share it."
    "\n/groundwire summarize DOCUMENT or TOPIC: what the documents say of it."
    "\n/groundwire docs [PATTERN]: the documents that are searched here."
    "\nYou can also mention me in a channel, or write to me directly."
)
NO_DOCUMENTS = "There is no such document here."
NOTHING_TO_SUMMARIZE = "Say what to summarize: a document's title or path, or a topic."
LISTED = 30
"""Documents that ``docs`` lists."""

SENTENCES = 5
"""Sentences of a summary."""


class Commanding:
    """Carries commands out. Every answer is ephemeral."""

    def __init__(self, means: Means, errands: Errands) -> None:
        """Work with these means, as errands."""
        self._means = means
        self._errands = errands
        self._verbs: dict[str, Callable[[Command, Scope, Cancel], None]] = {
            "ask": self._ask,
            "summarize": self._summarize,
            "docs": self._docs,
        }

    def run(self, command: Command) -> None:
        """Carry a command out in its turn."""
        tell = partial(self._means.privately.tell, command.response_url)
        refusal = self._means.refusal(command.channel, command.user)
        if refusal:
            tell(refusal)
        elif command.verb == "help":
            tell(USAGE)
        else:
            work = partial(self._work, command)
            self._errands.take(command.trigger, command.user, work, tell)

    def _work(self, command: Command, cancel: Cancel) -> None:
        scope = self._means.scope_of(command.channel, command.user)
        if scope is None:
            refusal = self._means.refusal(command.channel, command.user)
            self._means.privately.tell(command.response_url, refusal)
            return
        words = plain(command.words, self._means.messenger.name_of)
        if len(words) > QUESTION_CHARACTERS:
            self._means.privately.tell(command.response_url, TOO_LONG)
            return
        self._verbs[command.verb](replace(command, words=words), scope, cancel)

    def _ask(self, command: Command, scope: Scope, cancel: Cancel) -> None:
        if not command.words:
            self._means.privately.tell(command.response_url, USAGE)
            return
        events = self._means.asker.ask_events(
            command.words, scope=scope, cancel=cancel, occasion=of_command(command, scope)
        )
        self._answer(command, scope, _end(events), cancel)

    def _summarize(self, command: Command, scope: Scope, cancel: Cancel) -> None:
        """Summarize a document, or what the documents say of a topic where none has that name."""
        if not command.words:
            self._means.privately.tell(command.response_url, NOTHING_TO_SUMMARIZE)
            return
        targets: tuple[Target, ...] = (command.words, Topic(command.words))
        result: Done | Failed = Failed("internal", "nothing was summarized")
        for target in targets:
            events = self._means.desk.summarize_events(
                target,
                sentences=SENTENCES,
                scope=scope,
                cancel=cancel,
                occasion=of_command(command, scope),
            )
            result = _end(events)
            if not (isinstance(result, Failed) and result.kind == "not_found"):
                break
        self._answer(command, scope, result, cancel)

    def _docs(self, command: Command, scope: Scope, _cancel: Cancel) -> None:
        """List the documents of the scope, newest first."""
        found = [
            info
            for info in self._means.desk.docs(scope)
            if not command.words or _named(info, command.words)
        ]
        if not found:
            self._means.privately.tell(command.response_url, NO_DOCUMENTS)
            return
        reply = Reply((Sentence(_count(len(found))),), tuple(_listed(found)))
        self._means.privately.answer(command.response_url, reply)

    def _answer(
        self, command: Command, scope: Scope, result: Done | Failed, cancel: Cancel
    ) -> None:
        """Show a result with a button to share it, or say that there is none."""
        tell = partial(self._means.privately.tell, command.response_url)
        if isinstance(result, Failed):
            if cancel.is_set():
                tell(RESTARTING)
            else:
                report(result.kind, f"command {command.verb}", tell)
            return
        asked = Asked(command.key, command.words, scope)
        lay_out = partial(self._laid_out, result.answer, scope)
        reply = keep(self._means, asked, result.answer, lay_out, entry=result.entry)
        shown = self._means.privately.answer(command.response_url, reply)
        _log.info("command verb=%s channel=%s shown=%s", command.verb, command.channel, shown)

    def _laid_out(self, result: Answer | Summary, scope: Scope, buttons: Buttons | None) -> Reply:
        buttons = replace(buttons, share=True, feedback=False) if buttons else None
        if isinstance(result, Summary):
            return reply_of(result, buttons=buttons)
        return reply_to(result, today=self._means.today(), asked=scope, buttons=buttons)


def _end(events: Iterable[Event]) -> Done | Failed:
    """Return how some work ended."""
    for event in events:
        if isinstance(event, Done | Failed):
            return event
    return Failed("internal", "the desk ended without a result")


def _named(info: DocumentInfo, pattern: str) -> bool:
    """Return whether a document's path fits a pattern, or its name has these words."""
    folded = pattern.casefold()
    names = (info.path.casefold(), info.title.casefold(), info.source.casefold())
    return fnmatchcase(info.path, pattern) or any(folded in name for name in names)


def _count(number: int) -> str:
    said = f"{number:,} document{'s' * (number != 1)}"
    return f"{said}; the newest {LISTED} are:" if number > LISTED else f"{said}:"


def _listed(found: Iterable[DocumentInfo]) -> Iterable[str]:
    """Yield a line of mrkdwn for each of the newest documents."""
    dated = sorted(found, key=lambda info: str(info.published or ""), reverse=True)
    for info in dated[:LISTED]:
        day = info.published.isoformat() if info.published else "undated"
        words = " · ".join(
            " ".join(part.split()) for part in (day, info.source, info.title) if part
        )
        yield shortened(escape_mrkdwn(words), SOURCE_CHARACTERS)
