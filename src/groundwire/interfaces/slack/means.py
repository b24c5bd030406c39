"""What everything in the Slack door works with."""

from __future__ import annotations

import logging
import secrets
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from groundwire.domain.errors import GroundwireError, StoreError
from groundwire.interfaces.slack.buttons import Buttons
from groundwire.interfaces.slack.stored import written_down
from groundwire.records.answers import PostedAnswer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from groundwire.domain.answers import Answer
    from groundwire.domain.retrieval import Scope
    from groundwire.domain.summaries import Summary
    from groundwire.interfaces.slack.outgoing import Reply
    from groundwire.interfaces.slack.ports import DocumentDesk, QuestionDesk
    from groundwire.interfaces.slack.posting import Messenger
    from groundwire.interfaces.slack.privately import Privately
    from groundwire.interfaces.slack.routing import House
    from groundwire.records.answers import PostedAnswers
    from groundwire.records.conversations import Conversations

_log = logging.getLogger("groundwire.slack")

ReplyMode = Literal["auto", "stream", "post"]

ENTRY = "entry"
"""What a kept result has the id of its ledger entry under."""

_NO_DOCUMENTS = frozenset({"index", "index_missing", "no_documents"})


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Means:
    """Who answers, who may ask, where things are kept and said.

    Attributes:
        asker: Who answers questions.
        desk: Who summarizes, checks, lists and shows documents.
        house: Who we are, and who may see what.
        conversations: Where conversations are remembered.
        answers: Where posted answers are kept.
        messenger: Says things in threads.
        privately: Shows things to one person.
        reply_mode: ``stream`` shows answers sentence by sentence, ``post`` whole, ``auto`` streams
            in direct messages only.
        today: Gives the day that ages are counted to.
    """

    asker: QuestionDesk
    desk: DocumentDesk
    house: House
    conversations: Conversations
    answers: PostedAnswers
    messenger: Messenger
    privately: Privately
    reply_mode: ReplyMode = "auto"
    today: Callable[[], date] = _today

    def scope_of(self, channel: str, user: str) -> Scope | None:
        """Return which documents somebody may see in a channel; None: they may not ask there."""
        return self.house.scopes.scope_of(channel, user, direct=is_direct(channel))

    def refusal(self, channel: str, user: str) -> str:
        """Return the sentence for somebody who may not ask in a channel; empty where they may."""
        return self.house.refusal(channel, user, direct=is_direct(channel))


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, as it is kept with its answer.

    Attributes:
        conversation: Key of the conversation.
        question: What was asked.
        scope: Which documents could be used.
    """

    conversation: str
    question: str
    scope: Scope


def keep(
    means: Means,
    asked: Asked,
    result: Answer | Summary,
    lay_out: Callable[[Buttons | None], Reply],
    *,
    entry: str,
) -> Reply:
    """Keep a result and return its reply with buttons; without them where it cannot be kept.

    Args:
        means: Where answers are kept.
        asked: What was asked.
        result: The answer or summary.
        lay_out: Makes the reply, given the buttons under it.
        entry: Id of the result's entry in the ledger; empty for none.
    """
    name = means.answers.new_id()
    reply = lay_out(Buttons(name))
    if reply.buttons is None:
        return reply
    posted = PostedAnswer(
        name,
        asked.conversation,
        asked.question,
        asked.scope.to_dict(),
        {**result.to_dict(), ENTRY: entry},
        written_down(reply),
    )
    try:
        means.answers.keep(posted)
    except StoreError as error:
        _log.error("records: %s", type(error).__name__)
        return lay_out(None)
    return reply


def is_direct(channel: str) -> bool:
    """Return whether a channel is a direct message, by its id."""
    return channel.startswith("D")


def apology(kind: str) -> tuple[str, str]:
    """Return a calm sentence about a failure, and the number that the log knows it by."""
    error_id = secrets.token_hex(3)
    if kind in _NO_DOCUMENTS:
        return f"I have no documents to answer from yet (error {error_id}).", error_id
    sentence = "Something went wrong while I was reading the documents. "
    return f"{sentence}Please try again in a moment (error {error_id}).", error_id


def kind_of(error: Exception) -> str:
    """Return the name of an error without its message, which may hold anybody's words."""
    return error.code if isinstance(error, GroundwireError) else type(error).__name__


def frames_of(error: Exception) -> str:
    """Return where an error happened, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
