"""Web pages: ``.html`` and ``.htm``, their main text by trafilatura."""

from __future__ import annotations

import json
import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from groundwire.ingest.loaders.base import Loaded, LoadError, date_from, one_line, title_from
from groundwire.ingest.loaders.blocks import Block, compose, fold
from groundwire.ingest.loaders.encoding import decode
from groundwire.ingest.loaders.prose import html_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafilatura.settings import Document as Extracted

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LANGUAGE = re.compile(
    r"""<html\b[^>]*?\blang\s*=\s*["']?([a-z]{2,3}(?:-[a-z0-9]+)*)""", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
_LINKED_DATA = re.compile(r"<script\b[^<>]{0,300}\bld\+json\b[^<>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\b", re.IGNORECASE)
_MENDABLE = 8_000
"""Characters of linked data that is no JSON up to which trafilatura may try to mend it."""
_COMMENTS = 100
_FURNITURE = re.compile(
    r"<(?:nav|aside|footer|form|button|iframe|input|menu|script)\b|\brole\s*=\s*[\"']?navigation",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_MOST_LINKS = 0.02
"""Links for a word: in running text there is one in fifty words at most."""
_HEAD_BYTES = 4096
_BLOCKS = frozenset({"head", "p", "list", "item", "quote", "table", "row", "code", "div"})
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")


def load_html(data: bytes, name: str) -> Loaded:
    """Read the main text of a page and what the page says about itself.

    Menus, footers and comments are left out. A page that has none of them, such as a converter
    writes, is read whole: an extractor that looks for an article drops lists and tables of it.
    Nothing is fetched.

    Raises:
        LoadError: The page has no main text.
    """
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    page = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    page = _without_broken_data(_XML_DECLARATION.sub("", page, count=1))
    if not page.strip():
        raise LoadError("empty")
    extracted = _extract(page)
    blocks = html_blocks(page) if _is_bare(page) else _blocks(extracted.body)
    text, headings = compose(blocks)
    if not text:
        raise LoadError("no main text found")
    language = _LANGUAGE.search(page[:_HEAD_BYTES])
    return Loaded(
        title=one_line(extracted.title or "") or title_from(name),
        source=one_line(extracted.sitename or ""),
        author=one_line(extracted.author or ""),
        published=date_from(extracted.date or "") or date_from(name),
        language=language[1].lower() if language else "",
        text=text,
        headings=headings,
    )


def _without_broken_data(page: str) -> str:
    """Return a page without long blocks of linked data that are no JSON, or full of comments.

    Trafilatura reads them with patterns that take seconds for 60 kB of opening brackets.
    """
    parts, position = [], 0
    while (opening := _LINKED_DATA.search(page, position)) is not None:
        end = _SCRIPT_END.search(page, opening.end())
        stop = end.start() if end else len(page)
        data = page[opening.end() : stop]
        parts.append(page[position : opening.end()])
        if len(data) <= _MENDABLE or (data.count("<!--") <= _COMMENTS and _is_json(data)):
            parts.append(data)
        position = stop
    return "".join((*parts, page[position:]))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_bare(page: str) -> bool:
    """Return whether a page consists of its text: no menus, forms or bars, and few links."""
    if _FURNITURE.search(page):
        return False
    links = len(_LINK.findall(page))
    return links <= _MOST_LINKS * len(_TAGS.sub(" ", page).split())


def _extract(page: str) -> Extracted:
    """Run trafilatura on one page, without letting it print."""
    with _silenced():
        from trafilatura import bare_extraction  # already logs while it is imported

        try:
            # The extensive date search guesses from any number on the page: no date is better.
            extracted = bare_extraction(
                page,
                with_metadata=True,
                include_comments=False,
                date_extraction_params={"extensive_search": False, "original_date": True},
            )
        except Exception as error:  # a parser of hostile pages may raise anything
            raise LoadError(f"the page cannot be parsed ({type(error).__name__})") from error
    if extracted is None or isinstance(extracted, dict):
        raise LoadError("no main text found")
    return extracted


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep the extraction libraries from logging, and put their levels back."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _blocks(element: Any) -> Iterator[Block]:  # noqa: ANN401 -- an lxml element, which has no types
    """Yield the blocks of one part of trafilatura's tree, in order."""
    if element.tag == "row":
        yield Block(" | ".join(fold(_words(cell)) for cell in element))
    elif element.tag == "item":
        yield from _item(element)
    elif element.tag == "code":
        yield Block("".join(element.itertext()).strip("\n"))
    elif any(child.tag in _BLOCKS for child in element):
        yield Block(fold(element.text or ""))
        for child in element:
            yield from _blocks(child)
            yield Block(fold(child.tail or ""))
    else:
        is_heading = element.tag == "head"
        words = _words(element)
        yield Block(fold(words) if is_heading else words, is_heading)


def _item(item: Any) -> Iterator[Block]:  # noqa: ANN401 -- an lxml element, which has no types
    """Yield one list item and the lists inside it."""
    nested = [child for child in item if child.tag == "list"]
    for child in nested:
        item.remove(child)
    yield Block(f"- {fold(_words(item))}")
    for child in nested:
        yield from _blocks(child)


def _words(element: Any) -> str:  # noqa: ANN401 -- an lxml element, which has no types
    """Return the text inside an element, with a newline for each forced break."""
    words = [_SPACE.sub(" ", element.text or "")]
    for child in element:
        words.append("\n" if child.tag == "lb" else _words(child))
        words.append(_SPACE.sub(" ", child.tail or ""))
    return "".join(words)
