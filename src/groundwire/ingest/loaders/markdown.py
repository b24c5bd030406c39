"""Markdown with front matter: ``.md`` and ``.markdown``."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import Loaded, LoadError, date_from, one_line, title_from
from groundwire.ingest.loaders.blocks import Block, compose, fold
from groundwire.ingest.loaders.encoding import decode
from groundwire.ingest.loaders.front_matter import date_of, split_front_matter, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode

_TITLES = ("title", "headline")
_SOURCES = ("source", "outlet", "publisher")
_AUTHORS = ("author", "authors", "byline")
_DATES = ("published", "date", "publication_date")
_LANGUAGES = ("language", "lang")

_DEEPEST = 100  # what is nested deeper is dropped by the parser, whose own limit of 20 is low
_MOST_BRACKETS = 50_000  # where none closes, the parser takes 0.3 ms for each
_MOST_MARKS = 1_000_000  # 0.02 ms for each of the others
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def load_markdown(data: bytes, name: str) -> Loaded:
    """Read Markdown, rendered to the words that a reader would see.

    Title, source, author, date and language come from the front matter. Without them the title is
    the first heading or the file's name, and the date the one that the file's name begins with.

    Raises:
        LoadError: There is no text below the front matter, or too much markup in it.
    """
    raw = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    fields, body = split_front_matter(raw.lstrip("\n"))
    text, headings = compose(_blocks(body))
    if not text:
        raise LoadError("no text below the front matter" if fields else "empty")
    first_heading = headings[0].of(text) if headings else ""
    published = next(filter(None, (date_of(fields.get(key)) for key in _DATES)), None)
    return Loaded(
        title=one_line(_first(fields, _TITLES) or first_heading) or title_from(name),
        source=one_line(_first(fields, _SOURCES)),
        author=one_line(_first(fields, _AUTHORS)),
        published=published or date_from(name),
        language=one_line(_first(fields, _LANGUAGES)).lower(),
        text=text,
        headings=headings,
    )


def _first(fields: dict[str, object], keys: Sequence[str]) -> str:
    """Return the first of several fields that says something, as text."""
    return next(filter(None, (text_of(fields.get(key)) for key in keys)), "")


def _blocks(body: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text, in order."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    if body.count("[") > _MOST_BRACKETS or sum(map(body.count, "*_`<|")) > _MOST_MARKS:
        raise LoadError("has too much markup")
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    try:
        yield from _walk(SyntaxTreeNode(parser.parse(body)))
    except RecursionError as error:
        raise LoadError("nested too deeply") from error


def _walk(node: SyntaxTreeNode) -> Iterator[Block]:
    """Yield the blocks of one part of the tree."""
    match node.type:
        case "heading":
            yield Block(fold(_words(node)), is_heading=True)
        case "paragraph":
            yield Block(_words(node))
        case "tr":
            yield Block(" | ".join(fold(_words(cell)) for cell in node.children))
        case "list_item":
            yield from _item(node)
        case "fence" | "code_block":
            yield Block(node.content.strip("\n"))
        case "html_block":
            yield Block(_html_text(node.content))
        case _:
            for child in node.children:
                yield from _walk(child)


def _item(node: SyntaxTreeNode) -> Iterator[Block]:
    """Yield the blocks of a list item, its bullet or number before the first."""
    marker = f"{node.info}{node.markup} " if node.info else "- "
    for child in node.children:
        for block in _walk(child):
            if block.is_heading:
                yield block
            else:
                yield Block(marker + block.text)
                marker = ""


def _words(node: SyntaxTreeNode) -> str:
    """Return the words inside a node: labels of links, alternative texts of images."""
    match node.type:
        case "text" | "text_special" | "code_inline":
            return node.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline":
            return "\n" if _BREAK.fullmatch(node.content) else ""
        case _:
            return "".join(map(_words, node.children))


def _html_text(markup: str) -> str:
    """Return the words of a block of raw HTML, without comments, scripts and tags."""
    for begin, end in _UNSEEN:
        first, *others = begin.split(markup)
        markup = first + "".join(after for other in others for after in end.split(other, 1)[1:])
    return "\n".join(filter(None, map(fold, html.unescape(_TAG.sub(" ", markup)).splitlines())))
