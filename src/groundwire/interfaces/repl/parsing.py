"""Reading a turn: the arguments of commands, and documents that are mentioned in a question."""

from __future__ import annotations

import re
import shlex
from datetime import date
from typing import TYPE_CHECKING

from groundwire.domain.errors import UsageError
from groundwire.interfaces.repl import naming

if TYPE_CHECKING:
    from collections.abc import Callable

_APOSTROPHE = re.compile(r"\w'\w")


def words(text: str) -> list[str]:
    """Return the arguments of a command, quoted ones in one piece.

    Quotation marks that do not pair, such as an apostrophe, are characters like others.
    """
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    if _APOSTROPHE.search(text):
        lexer.quotes = '"'
    try:
        return list(lexer)
    except ValueError:
        return text.split()


def names(text: str) -> list[str]:
    """Return the documents that are named as arguments, with or without ``@``."""
    return [word.removeprefix("@") for word in words(text) if word != "@"]


def mentioned(question: str, find: Callable[[str], str | None]) -> tuple[str, tuple[str, ...]]:
    """Return a question without the documents that it mentions, and these.

    ``@name`` at either end of a question goes; inside it, it becomes "the document". A word with
    an ``@`` that names no document stays.

    Args:
        question: As it was typed.
        find: Returns what names a document for a scope, or None where there is none.
    """
    found: list[str] = []
    texts: list[str] = []
    start = 0
    for mention in naming.mentions(question):
        identifier = find(mention.name)
        if identifier is not None:
            found.append(identifier)
            texts.append(question[start : mention.start])
            start = mention.end
    if not found:
        return question, ()
    texts.append(question[start:])
    return _joined(texts), tuple(dict.fromkeys(found))


def _joined(texts: list[str]) -> str:
    """Return the texts between mentions as one, with words for the mentions that it needs."""
    joined = texts[0]
    for number, text in enumerate(texts[1:], start=1):
        inside = joined.strip() and "".join(texts[number:]).strip(" .,;:!?")
        joined += f"the document{text}" if inside else text
    return " ".join(re.sub(r"\s+([.,;:!?])", r"\1", joined).split())


def day(text: str) -> date:
    """Return the day that an argument means.

    Raises:
        UsageError: It is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is not a date such as 2019-06-20") from None
