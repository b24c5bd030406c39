"""Mail: ``.eml`` messages and ``.mbox`` mailboxes."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import Loaded, LoadError, Members, date_from, title_from
from groundwire.ingest.loaders.blocks import Block, compose
from groundwire.ingest.loaders.mail_parts import read_message
from groundwire.ingest.loaders.members import (
    Names,
    adopted,
    adopted_problems,
    dated_member,
    safe_member,
)
from groundwire.ingest.loaders.prose import html_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.ingest.loaders.mail_parts import Message
    from groundwire.ingest.loaders.members import MemberLoader

MAX_MESSAGES = 50_000
"""Messages of one mailbox: as many as ten years of a busy desk."""

# A line that parts two messages ends in the moment at which the second came.
_SEPARATOR = re.compile(
    rb"^From [^\r\n]{0,300}?\d{1,2}:\d\d[^\r\n]{0,60}?\d{4}[^\r\n]{0,20}\r?$", re.MULTILINE
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def load_eml(data: bytes, name: str, load_member: MemberLoader) -> Loaded | Members:
    """Read a mail message (``.eml``): its own words and the documents attached to it.

    Quoted replies and signatures are part of the text, as they were sent. The message itself
    has no name as a member, what is attached to it has that of its file.

    Args:
        data: The whole content of the file.
        name: The file's name.
        load_member: Reads an attachment.

    Raises:
        LoadError: It is no message, has too many parts, or neither it nor what is attached to it
            has any text.
    """
    message = read_message(data)
    if not message.attachments:
        return _document(message, name, "")
    content = _content(message, name, load_member, "")
    if not content.documents:
        raise LoadError(content.problems[0][1])
    return content


def load_mbox(data: bytes, name: str, load_member: MemberLoader) -> Members:
    """Read a mailbox (``.mbox``), each message as ``load_eml`` does.

    A message is named by its day and subject, what is attached to it by both and its own name.

    Args:
        data: The whole content of the file.
        name: The file's name.
        load_member: Reads an attachment.

    Raises:
        LoadError: It is no mailbox, has too many messages, or no text.
    """
    names = Names()
    documents: list[Loaded] = []
    problems: list[tuple[str, str]] = []
    for number, raw in enumerate(_messages(data), 1):
        if number > MAX_MESSAGES:
            raise LoadError(f"has more than {MAX_MESSAGES:,} messages")
        try:
            message = read_message(raw)
        except LoadError as error:
            problems.append((names.unique(f"message {number}"), str(error)))
            continue
        member = names.unique(dated_member(message.sent, message.subject))
        content = _content(message, name, load_member, member)
        documents.extend(content.documents)
        problems.extend(content.problems)
    if not documents:
        raise LoadError(problems[0][1] if problems else "not a mailbox")
    return Members(tuple(documents), tuple(problems))


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages of a mailbox, without the lines that part them."""
    data = data.removeprefix(BOM_UTF8).lstrip()
    marks = [mark for mark in _SEPARATOR.finditer(data) if _follows_blank_line(data, mark.start())]
    ends = [*(mark.start() for mark in marks), len(data)][1:]
    for mark, end in zip(marks, ends, strict=True):
        yield _QUOTED_FROM.sub(rb"\1", data[mark.end() : end].lstrip(b"\r\n"))


def _follows_blank_line(data: bytes, place: int) -> bool:
    return place == 0 or data[max(place - 3, 0) : place].endswith((b"\n\n", b"\n\r\n"))


def _content(message: Message, name: str, load_member: MemberLoader, member: str) -> Members:
    """Return a message and what is attached to it."""
    documents: list[Loaded] = []
    problems: list[tuple[str, str]] = []
    names = Names()
    try:
        documents.append(_document(message, name, member))
    except LoadError as error:
        if not message.attachments:
            problems.append((member, str(error)))
    for attachment in message.attachments:
        own = names.unique(safe_member(attachment.name))
        inner = f"{member}/{own}" if member else own
        try:
            content = load_member(attachment.data, attachment.name)
        except LoadError as error:
            problems.append((inner, str(error)))
            continue
        documents.extend(adopted(inner, content))
        problems.extend(adopted_problems(inner, content))
    return Members(tuple(documents), tuple(problems))


def _document(message: Message, name: str, member: str) -> Loaded:
    """Return a message's own words as a document.

    Raises:
        LoadError: It has none.
    """
    text, headings = compose(_blocks(message))
    if not text:
        raise LoadError("no text")
    return Loaded(
        title=message.subject or title_from(name),
        source=message.source,
        author=message.author,
        published=message.sent or date_from(name),
        language=message.language,
        text=text,
        headings=headings,
        member=member,
    )


def _blocks(message: Message) -> Iterator[Block]:
    """Yield the blocks of a message's bodies, in order."""
    for text, is_html in message.bodies:
        if is_html:
            yield from html_blocks(text)
        else:
            yield Block(text)
