"""*Summarize this thread*: its own sentences, each with who wrote it and when."""

from __future__ import annotations

import logging
from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from groundwire.domain.events import Done, Failed
from groundwire.domain.retrieval import EVERYTHING
from groundwire.domain.summaries import GivenText, Summary
from groundwire.interfaces.slack.answering import RESTARTING
from groundwire.interfaces.slack.errands import report
from groundwire.interfaces.slack.escaping import escape_mrkdwn, shortened
from groundwire.interfaces.slack.limits import SOURCE_CHARACTERS
from groundwire.interfaces.slack.occasions import in_thread
from groundwire.interfaces.slack.outgoing import Reply, Sentence
from groundwire.interfaces.slack.threads import THREAD_MESSAGES
from groundwire.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundwire.domain.claims import Citation, Claim
    from groundwire.interfaces.slack.errands import Errands
    from groundwire.interfaces.slack.interactions import Shortcut
    from groundwire.interfaces.slack.means import Means
    from groundwire.interfaces.slack.threads import Said
    from groundwire.interfaces.slack.tickets import Cancel

_log = logging.getLogger("groundwire.slack")

UNREADABLE = "I cannot read this thread. Invite me to the channel, and try again."
EMPTY = "There is nothing in this thread that could be summarized."
SENTENCES = 5
"""Sentences of a thread's summary."""

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Digest:
    """A thread as one text.

    Attributes:
        text: What people wrote, a paragraph or more a message, in the project's normal form.
        starts: Where each message begins in it.
        messages: The messages that have words, oldest first.
    """

    text: str
    starts: tuple[int, ...]
    messages: tuple[Said, ...]

    def at(self, offset: int) -> Said:
        """Return the message that a character of the text stands in."""
        return self.messages[max(0, bisect_right(self.starts, offset) - 1)]


def digest_of(said: Iterable[Said]) -> Digest:
    """Return what people wrote in a thread as one text; what we wrote ourselves is left out."""
    starts, texts, messages, length = [], [], [], 0
    for each in said:
        text = "" if each.ours else normalize(each.text)
        if text:
            starts.append(length)
            texts.append(text)
            messages.append(each)
            length += len(text) + len(_BETWEEN)
    return Digest(_BETWEEN.join(texts), tuple(starts), tuple(messages))


def reply_to_thread(digest: Digest, summary: Summary) -> Reply:
    """Put a summary of a thread into words: sentences that cite messages, numbered in order."""
    numbers: dict[str, int] = {}
    cited: list[Said] = []
    lines = []
    for claim in summary.claims:
        own = []
        for message in _messages(digest, claim):
            if message.ts not in numbers:
                numbers[message.ts] = len(numbers) + 1
                cited.append(message)
            own.append(numbers[message.ts])
        lines.append(Sentence(claim.text, "".join(f"[{n}]" for n in dict.fromkeys(own)), item=True))
    footer = [_written(numbers[message.ts], message) for message in cited]
    return Reply(tuple(lines) or (Sentence(EMPTY),), (*footer, *_read(digest), *_warned(summary)))


class ThreadSummaries:
    """Sums threads up, for whoever asks alone."""

    def __init__(self, means: Means, errands: Errands) -> None:
        """Work with these means, as errands."""
        self._means = means
        self._errands = errands

    def run(self, shortcut: Shortcut) -> None:
        """Sum a thread up in its turn."""
        self._errands.take_shortcut(self._means, shortcut, partial(self._work, shortcut))

    def _work(self, shortcut: Shortcut, cancel: Cancel) -> None:
        means, place = self._means, shortcut.place
        tell = partial(means.privately.tell, shortcut.response_url)
        said = means.messenger.thread(place, means.house.user)
        digest = digest_of(said)
        if not digest.messages:
            tell(EMPTY if said else UNREADABLE)
            return
        result = self._summary(shortcut, digest, cancel)
        if isinstance(result, Summary):
            reply = reply_to_thread(digest, result)
            shown = means.privately.whisper(place.channel, place.thread, shortcut.user, reply)
            _log.info("thread summary channel=%s shown=%s", place.channel, shown)
        elif cancel.is_set():
            tell(RESTARTING)
        else:
            report(result.kind, "thread summary", tell)

    def _summary(self, shortcut: Shortcut, digest: Digest, cancel: Cancel) -> Summary | Failed:
        means, place = self._means, shortcut.place
        scope = means.scope_of(place.channel, shortcut.user)
        occasion = in_thread(place, shortcut.user, scope or EVERYTHING, alone=True)
        for event in means.desk.summarize_events(
            GivenText(digest.text),
            sentences=SENTENCES,
            scope=scope,
            cancel=cancel,
            occasion=occasion,
        ):
            if isinstance(event, Failed):
                return event
            if isinstance(event, Done) and isinstance(event.answer, Summary):
                return event.answer
        return Failed("internal", "the desk ended without a result")


def _messages(digest: Digest, claim: Claim) -> Iterator[Said]:
    """Yield the messages that a sentence rests on."""
    quoted: Sequence[Citation] = claim.citations
    yield from (digest.at(citation.span.start) for citation in quoted)


def _written(number: int, message: Said) -> str:
    """Return who wrote a message and when, which Slack shows in the reader's own time."""
    seconds = int(float(message.ts))
    when = f"<!date^{seconds}^{{date_short_pretty}}, {{time}}|a message>"
    author = escape_mrkdwn(shortened(" ".join(message.author.split()), SOURCE_CHARACTERS // 2))
    return f"*[{number}]* {author} · {when}"


def _read(digest: Digest) -> Iterator[str]:
    """Yield what was read."""
    people = len({message.author for message in digest.messages})
    messages = len(digest.messages)
    yield (
        f"Read: {messages:,} message{'s' * (messages != 1)} by {people} "
        f"{'person' if people == 1 else 'people'}. Only you can see this."
    )
    if messages >= THREAD_MESSAGES:
        yield f"Only the first {THREAD_MESSAGES:,} messages of the thread were read."


def _warned(summary: Summary) -> Iterator[str]:
    yield from (shortened(escape_mrkdwn(each), SOURCE_CHARACTERS) for each in summary.warnings)
