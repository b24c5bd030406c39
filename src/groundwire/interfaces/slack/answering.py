"""One question, from the answer pool to the posted reply."""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer
from groundwire.domain.conversations import Turn
from groundwire.domain.errors import GroundwireError
from groundwire.domain.events import Done, Failed, Found
from groundwire.interfaces.slack.incoming import plain
from groundwire.interfaces.slack.limits import HISTORY_TURNS, QUESTION_CHARACTERS
from groundwire.interfaces.slack.posting import StatusLine
from groundwire.interfaces.slack.replies import reply_to
from groundwire.interfaces.slack.routing import HELP

if TYPE_CHECKING:
    import threading

    from groundwire.interfaces.slack.ports import QuestionDesk
    from groundwire.interfaces.slack.posting import Messenger
    from groundwire.interfaces.slack.routing import Ask
    from groundwire.records.conversations import Conversations

_log = logging.getLogger("groundwire.slack")

READING = "is reading the documents…"
WRITING = "is writing the answer…"
RESTARTING = "I am being restarted. Please ask me again in a minute."
TOO_LONG = (
    f"I can read questions of up to {QUESTION_CHARACTERS:,} characters. Please shorten yours."
)
_NO_DOCUMENTS = frozenset({"index", "index_missing", "no_documents"})


class Answerer:
    """Answers questions, one call each, from any thread. It always says something."""

    def __init__(
        self, desk: QuestionDesk, conversations: Conversations, messenger: Messenger
    ) -> None:
        """Ask ``desk``, remember in ``conversations``, speak through ``messenger``."""
        self._desk = desk
        self._conversations = conversations
        self._messenger = messenger

    def answer(self, ask: Ask, cancel: threading.Event) -> None:
        """Answer one question in its thread, or say why not.

        Args:
            ask: The question.
            cancel: Set when the bot is being stopped.
        """
        started = time.monotonic()
        try:
            if cancel.is_set():
                self._messenger.say(ask.place, RESTARTING)
                return
            outcome = self._work(ask, cancel)
        except Exception as error:  # noqa: BLE001  whatever happens, the asker is told
            self._report(ask, _kind_of(error), _frames(error))
            return
        milliseconds = round((time.monotonic() - started) * 1000)
        _log.info(
            "question ts=%s channel=%s characters=%d outcome=%s ms=%d",
            *(ask.ts, ask.place.channel, len(ask.text), outcome, milliseconds),
        )

    def _work(self, ask: Ask, cancel: threading.Event) -> str:
        """Ask the desk, post what it says, remember both; return how it went."""
        question = plain(ask.text, self._messenger.name_of)
        if not 0 < len(question) <= QUESTION_CHARACTERS:
            self._messenger.say(ask.place, TOO_LONG if question else HELP)
            return "unasked"
        history = self._conversations.turns(ask.place.key, last=HISTORY_TURNS)
        result = self._ask(ask, question, history, cancel)
        if isinstance(result, Failed):
            if cancel.is_set():
                self._messenger.say(ask.place, RESTARTING)
            else:
                self._report(ask, result.kind, "see: groundwire doctor")
            return f"failed:{result.kind}"
        if not self._messenger.reply(ask.place, reply_to(result)):
            return "unposted"
        turns = (Turn("user", question), Turn("assistant", result.text))
        self._conversations.append(ask.place.key, *turns)
        return result.outcome

    def _ask(
        self, ask: Ask, question: str, history: tuple[Turn, ...], cancel: threading.Event
    ) -> Answer | Failed:
        """Follow the desk's work to its end, showing how far it is."""
        line = StatusLine(self._messenger, ask.place)
        status = READING
        for event in self._desk.ask_events(question, history=history, cancel=cancel):
            match event:
                case Done(answer=Answer() as answer):
                    return answer
                case Failed():
                    return event
                case Found():
                    status = WRITING
                case _:
                    pass
            line.show(status)
        return Failed("internal", "the desk ended without a result")

    def _report(self, ask: Ask, kind: str, details: str) -> None:
        """Tell the asker calmly, and the log what happened, without anybody's words in it."""
        error_id = secrets.token_hex(3)
        _log.error(
            "error %s: %s in channel=%s ts=%s; %s",
            *(error_id, kind, ask.place.channel, ask.ts, details),
        )
        if kind in _NO_DOCUMENTS:
            sentence = f"I have no documents to answer from yet (error {error_id})."
        else:
            sentence = (
                "Something went wrong while I was reading the documents. "
                f"Please try again in a moment (error {error_id})."
            )
        self._messenger.say(ask.place, sentence)


def _kind_of(error: Exception) -> str:
    """Return the name of an error without its message, which may hold anybody's words."""
    return error.code if isinstance(error, GroundwireError) else type(error).__name__


def _frames(error: Exception) -> str:
    """Return where an error happened, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
