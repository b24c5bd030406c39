"""How one answer becomes visible: a status, then sentence by sentence or whole."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.clients import error_code
from groundwire.interfaces.slack.outgoing import Reply, plain_messages, under_messages
from groundwire.interfaces.slack.posting import StatusLine
from groundwire.interfaces.slack.replies import sentence_of
from groundwire.interfaces.slack.rich import texts_in

if TYPE_CHECKING:
    from groundwire.domain.claims import Claim
    from groundwire.interfaces.slack.means import Means
    from groundwire.interfaces.slack.routing import Ask
    from groundwire.interfaces.slack.streaming import Stream

_log = logging.getLogger("groundwire.slack")

STOPPED = "_(stopped: the bot is restarting)_"


class Showing:
    """Shows one answer. In a direct message it is streamed, unless settings say otherwise."""

    def __init__(self, means: Means, ask: Ask) -> None:
        """Show the answer to one question."""
        self._messenger = means.messenger
        self._ask = ask
        streamed = means.reply_mode == "stream" or (means.reply_mode == "auto" and ask.direct)
        self._stream: Stream | None = means.messenger.stream(ask) if streamed else None
        self._line = StatusLine(means.messenger, ask.place)
        self._at_work = False

    @property
    def begun(self) -> bool:
        """Whether a part of the answer is shown."""
        return self._stream is not None and self._stream.begun

    def tick(self) -> None:
        """Keep what is shown alive; called now and then from another thread.

        Whoever waits for longer than a moment in a direct message gets Slack's stop button.
        """
        if not self._at_work and self._ask.direct:
            self._at_work = True
            self._messenger.session(self._ask.place, "processing")
        self._line.renew()
        if self._stream is not None:
            self._stream.flush()

    def status(self, status: str) -> None:
        """Show what we are doing, until there is something better to show."""
        if not self.begun:
            self._line.show(status)

    def claim(self, claim: Claim) -> None:
        """Show one verified sentence."""
        from slack_sdk.errors import SlackClientError

        if self._stream is None or self._stream.failed:
            return
        try:
            self._stream.add(sentence_of(claim))
        except (SlackClientError, OSError) as error:
            _log.warning("stream given up: %s", error_code(error))
            self._stream.drop()

    def finish(self, reply: Reply) -> bool:
        """Show the whole answer, and return whether it stands there."""
        from slack_sdk.errors import SlackClientError

        stream = self._stream
        if stream is None or not stream.begun or stream.failed:
            return self._messenger.reply(self._ask.place, reply)
        said = stream.said
        try:
            if said != reply.sentences[: len(said)]:
                stream.finish()
                return self._messenger.reply(self._ask.place, reply)
            for sentence in reply.sentences[len(said) :]:
                stream.add(sentence)
            return self._end(stream, reply)
        except (SlackClientError, OSError) as error:
            _log.warning("stream given up: %s", error_code(error))
            stream.drop()
            return self._messenger.reply(self._ask.place, reply)

    def interrupt(self) -> bool:
        """End what is shown because the bot stops; return whether there was something to end."""
        from slack_sdk.errors import SlackClientError

        if self._stream is None or not self._stream.begun or self._stream.failed:
            return False
        try:
            self._stream.stop(STOPPED)
        except (SlackClientError, OSError) as error:
            _log.warning("stream given up: %s", error_code(error))
            return False
        return True

    def drop(self) -> None:
        """End what is shown, as it stands, because the asker pressed stop."""
        if self._stream is not None:
            self._stream.drop()

    def close(self) -> None:
        """Take the stop button away."""
        if self._at_work:
            self._messenger.session(self._ask.place, "active")

    def _end(self, stream: Stream, reply: Reply) -> bool:
        """End the stream with what stands under an answer; what does not fit follows it."""
        under = under_messages(reply)
        fits = under and sum(map(len, texts_in(under[0].blocks))) <= stream.room
        stream.finish(under[0].blocks if fits else ())
        rest = under[1:] if fits else under
        without_sentences = Reply((), reply.footer, reply.cards)
        return self._messenger.post(self._ask.place, rest, plain_messages(without_sentences))
