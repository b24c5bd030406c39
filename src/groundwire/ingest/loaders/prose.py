"""Text that may be plain or hold markup, as fields of exports and messages do."""

from __future__ import annotations

import codecs
import html
import re
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.blocks import Block
from groundwire.ingest.loaders.xhtml import read_blocks, read_body

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|li|ul|ol|h[1-6]|table|td|blockquote|font|body)\s*>"
    r"|<(?:br|hr|img|p|div)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[!/?a-z][^<>]*>", re.IGNORECASE)


def prose(text: str) -> Iterable[Block]:
    """Return the blocks of a text, read as HTML where it holds tags of it.

    Raises:
        LoadError: It is HTML that is too large or nested too deeply.
    """
    if _MARKUP.search(text):
        return html_blocks(text)
    return (Block(html.unescape(text) if _ENTITY.search(text) else text),)


def html_blocks(markup: str) -> Iterable[Block]:
    """Return the blocks of a piece of HTML, or of a page, all words of it.

    Raises:
        LoadError: It is too large or nested too deeply.
    """
    markup = _DECLARATION.sub("", markup.replace("\0", ""), count=1)
    page = markup if _PAGE.search(markup) else f"<html><body>{markup}</body></html>"
    # The mark outranks an encoding that the markup declares and that is no longer its own.
    body = read_body(codecs.BOM_UTF8 + page.encode("utf-8", "replace"))
    if body is None:
        raise LoadError("no text in its HTML")
    return tuple(block for block in read_blocks(body, frozenset()) if isinstance(block, Block))


def without_tags(text: str) -> str:
    """Return a line such as a title without the tags and entities that it may hold."""
    return html.unescape(_TAG.sub("", html.unescape(text)))
