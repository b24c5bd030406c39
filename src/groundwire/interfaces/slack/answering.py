"""One question, from the answer pool to the posted reply."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import TYPE_CHECKING

from groundwire.domain.answers import Answer
from groundwire.domain.conversations import Turn
from groundwire.domain.events import ClaimReady, Done, Failed, Found
from groundwire.interfaces.slack.incoming import plain
from groundwire.interfaces.slack.limits import HISTORY_TURNS, QUESTION_CHARACTERS
from groundwire.interfaces.slack.means import Asked, apology, frames_of, keep, kind_of
from groundwire.interfaces.slack.occasions import in_thread
from groundwire.interfaces.slack.replies import reply_to
from groundwire.interfaces.slack.routing import HELP
from groundwire.interfaces.slack.showing import Showing
from groundwire.interfaces.slack.ticking import ticking

if TYPE_CHECKING:
    from groundwire.interfaces.slack.buttons import Buttons
    from groundwire.interfaces.slack.means import Means
    from groundwire.interfaces.slack.outgoing import Reply
    from groundwire.interfaces.slack.routing import Ask
    from groundwire.interfaces.slack.tickets import Cancel

_log = logging.getLogger("groundwire.slack")

_Ended = tuple[Answer, str] | Failed
"""An answer with the id of its entry in the ledger, or why there is none."""

READING = "is reading the documents…"
WRITING = "is writing the answer…"
RESTARTING = "I am being restarted. Please ask me again in a minute."
TOO_LONG = (
    f"I can read questions of up to {QUESTION_CHARACTERS:,} characters. Please shorten yours."
)


class Answerer:
    """Answers questions, one call each, from any thread. It always says something."""

    def __init__(self, means: Means) -> None:
        """Answer with these means."""
        self._means = means

    def answer(self, ask: Ask, cancel: Cancel) -> None:
        """Answer one question in its thread, or say why not.

        Args:
            ask: The question.
            cancel: Set when the bot is being stopped, or the asker pressed stop: then nothing
                more is said.
        """
        started = time.monotonic()
        showing = Showing(self._means, ask)
        try:
            if cancel.is_set():
                outcome = self._ended(ask, showing, cancel)
            else:
                outcome = self._work(ask, showing, cancel)
        except Exception as error:  # noqa: BLE001  whatever happens, the asker is told
            self._report(ask, showing, kind_of(error), frames_of(error))
            return
        finally:
            showing.close()
        milliseconds = round((time.monotonic() - started) * 1000)
        _log.info(
            "question ts=%s channel=%s characters=%d outcome=%s ms=%d",
            *(ask.ts, ask.place.channel, len(ask.text), outcome, milliseconds),
        )

    def _work(self, ask: Ask, showing: Showing, cancel: Cancel) -> str:
        """Ask the desk, post what it says, remember both; return how it went."""
        means, place = self._means, ask.place
        question = plain(ask.text, means.messenger.name_of)
        if not 0 < len(question) <= QUESTION_CHARACTERS:
            means.messenger.say(place, TOO_LONG if question else HELP)
            return "unasked"
        scope = means.house.scopes.scope_of(place.channel, ask.user, direct=ask.direct)
        if scope is None:
            refusal = means.house.refusal(place.channel, ask.user, direct=ask.direct)
            means.messenger.say(place, refusal)
            return "refused"
        asked = Asked(place.key, question, scope)
        with ticking(showing.tick):
            result = self._ask(ask, asked, showing, cancel)
        if isinstance(result, Failed):
            if cancel.is_set():
                return self._ended(ask, showing, cancel)
            self._report(ask, showing, result.kind, "see: groundwire doctor")
            return f"failed:{result.kind}"
        answer, entry = result
        if not self._show(asked, answer, entry, showing):
            return "unposted"
        turns = (Turn("user", question), Turn("assistant", answer.text))
        means.conversations.append(place.key, *turns)
        return answer.outcome

    def _ask(self, ask: Ask, asked: Asked, showing: Showing, cancel: Cancel) -> _Ended:
        """Follow the desk's work to its end, showing how far it is."""
        showing.status(READING)
        occasion = in_thread(ask.place, ask.user, asked.scope)
        for event in self._means.asker.ask_events(
            asked.question,
            history=self._history(ask),
            scope=asked.scope,
            cancel=cancel,
            occasion=occasion,
        ):
            match event:
                case Done(answer=Answer() as answer, entry=entry):
                    return answer, entry
                case Failed():
                    return event
                case ClaimReady(claim):
                    showing.claim(claim)
                case Found():
                    showing.status(WRITING)
                case _:
                    pass
        return Failed("internal", "the desk ended without a result")

    def _history(self, ask: Ask) -> tuple[Turn, ...]:
        """Return what was said before.

        Where that is nothing although the thread is older than the question, we were called into
        it: then it is read, once, and remembered.
        """
        means, key = self._means, ask.place.key
        turns = means.conversations.turns(key, last=HISTORY_TURNS)
        if turns or ask.ts == ask.place.thread:
            return turns
        before = [
            said
            for said in means.messenger.thread(ask.place, means.house.user)
            if float(said.ts) < float(ask.ts)
        ]
        turns = tuple(
            Turn("assistant", said.text)
            if said.ours
            else Turn("user", f"{said.author}: {said.text}")
            for said in before[-HISTORY_TURNS:]
        )
        if turns:
            means.conversations.append(key, *turns)
        return turns

    def _show(self, asked: Asked, answer: Answer, entry: str, showing: Showing) -> bool:
        """Keep and show an answer."""
        lay_out = partial(_laid_out, answer, asked, self._means)
        return showing.finish(keep(self._means, asked, answer, lay_out, entry=entry))

    def _ended(self, ask: Ask, showing: Showing, cancel: Cancel) -> str:
        """Leave an answer in the middle. Who pressed stop knows why; others are told."""
        if cancel.by_person:
            showing.drop()
            return "stopped"
        if not showing.interrupt():
            self._means.messenger.say(ask.place, RESTARTING)
        return "restarting"

    def _report(self, ask: Ask, showing: Showing, kind: str, details: str) -> None:
        """Tell the asker calmly, and the log what happened, without anybody's words in it."""
        sentence, error_id = apology(kind)
        _log.error(
            "error %s: %s in channel=%s ts=%s; %s",
            *(error_id, kind, ask.place.channel, ask.ts, details),
        )
        showing.drop()
        self._means.messenger.say(ask.place, sentence)


def _laid_out(answer: Answer, asked: Asked, means: Means, buttons: Buttons | None) -> Reply:
    return reply_to(answer, today=means.today(), asked=asked.scope, buttons=buttons)
