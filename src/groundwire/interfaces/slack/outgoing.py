"""Layout of replies: escaping, blocks, and cutting what is too long for one message.

Everything a document or a person wrote is literal text here: it can neither notify anybody, nor
link, nor format. Slack has two languages, Markdown in ``markdown`` blocks and mrkdwn elsewhere, and
each has its own escapes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwire.interfaces.slack.limits import (
    BLOCKS_PER_MESSAGE,
    CONTEXT_ELEMENTS,
    FALLBACK_CHARACTERS,
    MESSAGE_CHARACTERS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Block = dict[str, Any]

_MARKDOWN = re.compile(r"[\\`*\[\]~|]|(?<![^\W_])_|_(?![^\W_])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_GROWTH = 5
"""How much longer escaping can make a text: the longest escape has five characters."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply.

    Attributes:
        text: Its words, unescaped.
        markers: Its citation markers, such as ``[1][3]``; empty if it cites nothing.
    """

    text: str
    markers: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, before any layout.

    Attributes:
        sentences: The answer.
        footer: Lines under it, already in mrkdwn: sources and notes.
    """

    sentences: tuple[Sentence, ...]
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message for Slack.

    Attributes:
        text: The words without layout, which notifications show.
        blocks: The layout; empty for a message of ``text`` alone.
    """

    text: str
    blocks: tuple[Block, ...] = ()


def escape_mrkdwn(text: str) -> str:
    """Return text that mrkdwn shows as it is, without mentions and links."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_markdown(text: str) -> str:
    """Return one line of text that Markdown shows as it is.

    White space becomes single spaces, so nothing but the first characters can start a list, a
    heading or a quote. ``&`` stays: Slack reads no token from an entity, and shows ``&`` as it is.
    """
    text = _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))
    text = _NUMBERED.sub(r"\1\\\2", text)
    text = re.sub(r"^[#+\-=]", r"\\\g<0>", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def messages(reply: Reply) -> tuple[Message, ...]:
    """Lay a reply out as blocks, in as many messages as Slack's limits need."""
    blocks = [*_body_blocks(reply.sentences), *_footer_blocks(reply.footer)]
    said = plain_text(reply.sentences)
    return tuple(
        Message(shortened(said if number == 0 else "…", FALLBACK_CHARACTERS), tuple(group))
        for number, group in enumerate(_grouped(blocks))
    )


def plain_messages(reply: Reply) -> tuple[Message, ...]:
    """Lay a reply out as text alone, in as many messages as it needs."""
    lines = [*(_plain(sentence) for sentence in reply.sentences), *reply.footer]
    pieces = (piece for line in lines for piece in pieces_of(line, FALLBACK_CHARACTERS))
    return tuple(Message(text) for text in _joined(pieces, "\n", FALLBACK_CHARACTERS))


def plain_text(sentences: Iterable[Sentence]) -> str:
    """Return sentences as one paragraph of mrkdwn."""
    return " ".join(_plain(sentence) for sentence in sentences)


def shortened(text: str, limit: int) -> str:
    """Return the text, cut with an ellipsis if it has more than ``limit`` characters.

    An entity is kept whole or left out: half of one would show its letters.
    """
    if len(text) <= limit:
        return text
    return re.sub(r"&\w{0,3}$", "", text[: limit - 1]).rstrip() + "…"


def pieces_of(text: str, limit: int) -> Iterator[str]:
    """Cut a text at spaces into pieces of at most ``limit`` characters, losing no word."""
    while len(text) > limit:
        cut = text.rfind(" ", 1, limit + 1)
        cut = cut if cut > 0 else limit
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _plain(sentence: Sentence) -> str:
    """Return one sentence as mrkdwn."""
    return " ".join(filter(None, (escape_mrkdwn(sentence.text), sentence.markers)))


def _markdown(sentence: Sentence) -> Iterator[str]:
    """Yield one sentence as Markdown, in several pieces if it fills more than a message.

    It is cut before it is escaped, so no escape is cut in two.
    """
    room = MESSAGE_CHARACTERS - len(sentence.markers) - 1
    escaped = escape_markdown(sentence.text)
    if len(escaped) <= room:
        yield " ".join(filter(None, (escaped, sentence.markers)))
        return
    yield from map(escape_markdown, pieces_of(sentence.text, room // _GROWTH))
    if sentence.markers:
        yield sentence.markers


def _body_blocks(sentences: Iterable[Sentence]) -> Iterator[Block]:
    """Yield the answer as Markdown blocks, each of which fits into a message."""
    pieces = (piece for sentence in sentences for piece in _markdown(sentence))
    for text in _joined(pieces, " ", MESSAGE_CHARACTERS):
        yield {"type": "markdown", "text": text}


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
        length = _length(block)
        if group and (len(group) == BLOCKS_PER_MESSAGE or size + length > MESSAGE_CHARACTERS):
            yield group
            group, size = [], 0
        group.append(block)
        size += length
    if group:
        yield group


def _length(block: Block) -> int:
    """Return the number of characters of text in a block."""
    texts = (element["text"] for element in block.get("elements", ()))
    return len(block.get("text", "")) + sum(map(len, texts))
