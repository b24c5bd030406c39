"""Layout of replies: blocks, and cutting what is too long for one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwire.interfaces.render.lines import as_text
from groundwire.interfaces.slack.buttons import button_blocks
from groundwire.interfaces.slack.escaping import (
    escape_markdown,
    escape_mrkdwn,
    pieces_of,
    shortened,
)
from groundwire.interfaces.slack.limits import (
    BLOCKS_PER_MESSAGE,
    CONTEXT_ELEMENTS,
    FALLBACK_CHARACTERS,
    MESSAGE_CHARACTERS,
)
from groundwire.interfaces.slack.rich import rich_lines, texts_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from groundwire.interfaces.render.lines import Line
    from groundwire.interfaces.slack.buttons import Buttons

    Block = dict[str, Any]

_GROWTH = 5
"""How much longer escaping can make a text: the longest escape has five characters."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply.

    Attributes:
        text: Its words, unescaped.
        markers: Its citation markers, such as ``[1][3]``; empty if it cites nothing.
        item: Whether it stands in a line of its own, as in a list.
    """

    text: str
    markers: str = ""
    item: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, before any layout.

    Attributes:
        sentences: The answer.
        footer: Lines under it, already in mrkdwn: sources and notes.
        cards: What stands between: differences, the closest passages, evidence.
        buttons: What can be done with it; None for nothing.
    """

    sentences: tuple[Sentence, ...]
    footer: tuple[str, ...] = ()
    cards: tuple[tuple[Line, ...], ...] = ()
    buttons: Buttons | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message for Slack.

    Attributes:
        text: The words without layout, which notifications show.
        blocks: The layout; empty for a message of ``text`` alone.
    """

    text: str
    blocks: tuple[Block, ...] = ()


def messages(reply: Reply) -> tuple[Message, ...]:
    """Lay a reply out as blocks, in as many messages as Slack's limits need."""
    body = [{"type": "markdown", "text": text} for text in body_texts(reply.sentences)]
    return _messages([*body, *under_blocks(reply)], plain_text(reply.sentences))


def under_messages(reply: Reply) -> tuple[Message, ...]:
    """Lay out what stands under the sentences of a reply, as ``messages`` does."""
    return _messages(under_blocks(reply), "…")


def plain_messages(reply: Reply) -> tuple[Message, ...]:
    """Lay a reply out as text alone, in as many messages as it needs."""
    lines = [
        *(_plain(sentence) for sentence in reply.sentences),
        *(escape_mrkdwn(as_text(card)) for card in reply.cards),
        *reply.footer,
    ]
    pieces = (piece for line in lines for piece in pieces_of(line, FALLBACK_CHARACTERS))
    return tuple(Message(text) for text in _joined(pieces, "\n", FALLBACK_CHARACTERS))


def plain_text(sentences: Iterable[Sentence]) -> str:
    """Return sentences as one paragraph of mrkdwn."""
    return " ".join(_plain(sentence) for sentence in sentences)


def markdown_pieces(sentence: Sentence, limit: int) -> Iterator[str]:
    """Yield one sentence as Markdown, in several pieces if it has more than ``limit`` characters.

    It is cut before it is escaped, so no escape is cut in two.
    """
    bullet = "- " if sentence.item else ""
    room = limit - len(sentence.markers) - len(bullet) - 1
    escaped = escape_markdown(sentence.text)
    if len(escaped) <= room:
        yield bullet + " ".join(filter(None, (escaped, sentence.markers)))
        return
    pieces = map(escape_markdown, pieces_of(sentence.text, room // _GROWTH))
    yield from (f"{'' if number else bullet}{piece}" for number, piece in enumerate(pieces))
    if sentence.markers:
        yield sentence.markers


def body_texts(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Yield an answer as Markdown texts, each of which fits into a message."""
    text = ""
    for sentence in sentences:
        for piece in markdown_pieces(sentence, MESSAGE_CHARACTERS):
            glue = glue_before(piece) if text else ""
            if text and len(text) + len(glue) + len(piece) > MESSAGE_CHARACTERS:
                yield text
                text, glue = "", ""
            text = f"{text}{glue}{piece}"
    if text:
        yield text


def glue_before(piece: str) -> str:
    """Return what stands between a piece of Markdown and the one before it."""
    return "\n" if piece.startswith("- ") else " "


def under_blocks(reply: Reply) -> list[Block]:
    """Return what stands under the sentences of a reply: cards, footer, buttons."""
    cards = [rich_lines(card) for card in reply.cards]
    buttons = button_blocks(reply.buttons) if reply.buttons else []
    return [*cards, *_footer_blocks(reply.footer), *buttons]


def _messages(blocks: Iterable[Block], said: str) -> tuple[Message, ...]:
    return tuple(
        Message(shortened((number == 0 and said) or "…", FALLBACK_CHARACTERS), tuple(group))
        for number, group in enumerate(_grouped(blocks))
    )


def _plain(sentence: Sentence) -> str:
    """Return one sentence as mrkdwn."""
    return " ".join(filter(None, (escape_mrkdwn(sentence.text), sentence.markers)))


def _footer_blocks(lines: tuple[str, ...]) -> Iterator[Block]:
    """Yield the lines under an answer as context blocks."""
    for start in range(0, len(lines), CONTEXT_ELEMENTS):
        yield {
            "type": "context",
            "elements": [
                {"type": "mrkdwn", "text": line, "verbatim": True}
                for line in lines[start : start + CONTEXT_ELEMENTS]
            ],
        }


def _joined(pieces: Iterable[str], glue: str, limit: int) -> Iterator[str]:
    """Join pieces of at most ``limit`` characters into as few texts of at most ``limit``."""
    text = ""
    for piece in pieces:
        if text and len(text) + len(glue) + len(piece) > limit:
            yield text
            text = ""
        text = f"{text}{glue}{piece}" if text else piece
    if text:
        yield text


def _grouped(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Group blocks, in order, into messages that fit."""
    group: list[Block] = []
    size = 0
    for block in blocks:
        length = sum(map(len, texts_in(block)))
        if group and (len(group) == BLOCKS_PER_MESSAGE or size + length > MESSAGE_CHARACTERS):
            yield group
            group, size = [], 0
        group.append(block)
        size += length
    if group:
        yield group
