"""A reply that is shown sentence by sentence, each after its check.

Slack lets a message grow while it is "streaming". It ends such a message by itself after a while,
and it refuses to let one grow beyond a size that it does not document. So every message of a reply
knows its whole text: when growing fails, the message is replaced by it, which can be repeated
without harm; and before it is full, the next sentence opens another one.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.clients import error_code
from groundwire.interfaces.slack.escaping import shortened
from groundwire.interfaces.slack.failures import unanswered
from groundwire.interfaces.slack.limits import FALLBACK_CHARACTERS, MESSAGE_CHARACTERS
from groundwire.interfaces.slack.outgoing import glue_before, markdown_pieces
from groundwire.interfaces.slack.threads import unheard_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from slack_sdk import WebClient

    from groundwire.interfaces.slack.outgoing import Sentence
    from groundwire.interfaces.slack.routing import Place

    Block = dict[str, Any]

_log = logging.getLogger("groundwire.slack")

STREAM_BYTES = 9_000
"""Bytes of one streamed message; Slack was seen to refuse from about 10,600 on."""

FLUSH_CHARACTERS = 256
"""Characters that are sent without waiting for more."""

FLUSH_SECONDS = 0.75
"""Seconds between two calls that let a message grow: about a hundred a minute are allowed."""

_PIECE_CHARACTERS = 2_000
"""Characters of a piece of a sentence: four bytes each, they fit into one message."""


@dataclass(slots=True)
class _Message:
    """One message of the reply.

    Attributes:
        ts: Its time stamp.
        shown: What Slack has of it.
        text: What it shall hold.
        growing: Whether Slack still lets it grow.
    """

    ts: str
    shown: str
    text: str
    growing: bool = True


class Stream:
    """Shows sentences in a thread as they come; safe to use from two threads.

    Nothing is posted before the first sentence. A stream that cannot be opened says so by
    ``failed``, and then nothing was shown of it.
    """

    def __init__(  # noqa: PLR0913 -- where, for whom and how
        self,
        client: WebClient,
        growing: WebClient,
        place: Place,
        person: str,
        since: str,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Stream into a thread.

        Args:
            client: Calls Slack, and tries again when a call fails.
            growing: Calls Slack, and tries again only when Slack says so: a sentence that was
                taken although the connection broke would be there twice.
            place: The thread.
            person: Id of the person who asked, for whom it is streamed.
            since: Time stamp of the question.
            clock: Gives seconds.
        """
        self._client = client
        self._growing = growing
        self._place = place
        self._person = person
        self._since = since
        self._clock = clock
        self._message: _Message | None = None
        self._said: list[Sentence] = []
        self._flushed = 0.0
        self._lock = threading.RLock()
        self.failed = False

    @property
    def begun(self) -> bool:
        """Whether something is shown."""
        return self._message is not None

    @property
    def room(self) -> int:
        """How many characters fit under what is shown."""
        return MESSAGE_CHARACTERS - len(self._message.text if self._message else "")

    @property
    def said(self) -> tuple[Sentence, ...]:
        """The sentences so far."""
        return tuple(self._said)

    def add(self, sentence: Sentence) -> None:
        """Show one more sentence, at once or with those that follow soon."""
        with self._lock:
            if self.failed:
                return
            for piece in markdown_pieces(sentence, _PIECE_CHARACTERS):
                self._take(piece)
            self._said.append(sentence)
            message = self._message
            if message and len(message.text) - len(message.shown) >= FLUSH_CHARACTERS:
                self.flush()

    def flush(self) -> None:
        """Send what waits, if the last call is long enough ago; called now and then."""
        with self._lock:
            message = self._message
            if message is None or message.text == message.shown:
                return
            if self._clock() - self._flushed >= FLUSH_SECONDS:
                self._grow(message)

    def finish(self, blocks: Sequence[Block] = ()) -> None:
        """Send what waits, with these blocks under it, and end the message."""
        with self._lock:
            if self._message is not None:
                self._end(self._message, blocks)

    def stop(self, note: str) -> None:
        """End the message in the middle, with a note in Markdown under it; it is not answered."""
        with self._lock:
            if self._message is not None:
                self._message.text += f"\n\n{note}"
                self._end(self._message, ())

    def drop(self) -> None:
        """End the message as it stands, in one try: Slack has mostly done so already."""
        from slack_sdk.errors import SlackClientError

        with self._lock:
            self.failed = True
            if self._message is None or not self._message.growing:
                return
            self._message.growing = False
            try:
                self._client.chat_stopStream(channel=self._place.channel, ts=self._message.ts)
            except (SlackClientError, OSError) as error:
                _log.debug("stream was ended already: %s", error_code(error))

    def _take(self, piece: str) -> None:
        """Put one piece behind the others, in a new message where the last one is full."""
        message = self._message
        if message is None:
            self._open(piece)
            return
        longer = f"{message.text}{glue_before(piece)}{piece}"
        if len(longer.encode()) <= STREAM_BYTES:
            message.text = longer
            return
        self._end(message, ())
        self._open(piece)

    def _open(self, text: str) -> None:
        """Open a message with its first words. One that follows another is posted if need be."""
        from slack_sdk.errors import SlackClientError

        channel, thread = self._place.channel, self._place.thread
        try:
            opened = self._growing.chat_startStream(
                channel=channel,
                thread_ts=thread,
                markdown_text=text,
                recipient_team_id=self._place.team,
                recipient_user_id=self._person,
            )
            message = _Message(str(opened["ts"]), text, text)
        except (SlackClientError, OSError) as error:
            _log.info("no stream in channel=%s: %s", channel, error_code(error))
            unheard = unanswered(error)
            ts = unheard_in(self._client, self._place, self._since, text) if unheard else ""
            if ts:
                message = _Message(ts, text, text)
            elif self._message is None:
                self.failed = True
                return
            else:
                posted = self._client.chat_postMessage(
                    channel=channel, thread_ts=thread, markdown_text=text
                )
                message = _Message(str(posted["ts"]), text, text, growing=False)
        self._message, self._since = message, message.ts
        self._flushed = self._clock()

    def _grow(self, message: _Message) -> None:
        """Let a message grow to its whole text."""
        from slack_sdk.errors import SlackClientError

        self._flushed = self._clock()
        text, more = message.text, message.text[len(message.shown) :]
        if message.growing:
            try:
                self._growing.chat_appendStream(
                    channel=self._place.channel, ts=message.ts, markdown_text=more
                )
            except (SlackClientError, OSError) as error:
                _log.info("stream ended early: %s", error_code(error))
                message.growing = False
                self._stop_quietly(message)
        if not message.growing and not self._replaced(message):
            return
        message.shown = text

    def _end(self, message: _Message, blocks: Sequence[Block]) -> None:
        """Bring a message to its end, whatever state Slack has it in."""
        from slack_sdk.errors import SlackClientError

        more = message.text[len(message.shown) :]
        if message.growing:
            message.growing = False
            try:
                self._client.chat_stopStream(
                    channel=self._place.channel,
                    ts=message.ts,
                    markdown_text=more or None,
                    blocks=list(blocks) or None,
                )
            except (SlackClientError, OSError) as error:
                _log.info("stream ended early: %s", error_code(error))
            else:
                message.shown = message.text
                return
        elif not more and not blocks:
            return
        self._replace(message, blocks)
        message.shown = message.text

    def _replace(self, message: _Message, blocks: Sequence[Block]) -> None:
        """Replace a message by its whole text, as often as need be."""
        channel, ts = self._place.channel, message.ts
        if blocks:
            body = {"type": "markdown", "text": message.text}
            text = shortened(message.text, FALLBACK_CHARACTERS)
            self._client.chat_update(channel=channel, ts=ts, text=text, blocks=[body, *blocks])
        else:
            self._client.chat_update(channel=channel, ts=ts, markdown_text=message.text)

    def _replaced(self, message: _Message) -> bool:
        """Replace a message in the middle of an answer; where it fails, its end tries again."""
        from slack_sdk.errors import SlackClientError

        try:
            self._replace(message, ())
        except (SlackClientError, OSError) as error:
            _log.info("stream not replaced yet: %s", error_code(error))
            return False
        return True

    def _stop_quietly(self, message: _Message) -> None:
        """End a stream of which it is not known whether Slack has ended it."""
        from slack_sdk.errors import SlackClientError

        try:
            self._client.chat_stopStream(channel=self._place.channel, ts=message.ts)
        except (SlackClientError, OSError) as error:
            _log.debug("stream was ended already: %s", error_code(error))
