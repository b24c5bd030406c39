"""Records with named fields, such as rows of a table: documents, or lines of one document."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from groundwire.domain.documents import Locator
from groundwire.domain.spans import Span
from groundwire.ingest.loaders.base import (
    Loaded,
    LoadError,
    Members,
    date_from,
    one_line,
    title_from,
)
from groundwire.ingest.loaders.blocks import Block, compose, fold
from groundwire.ingest.loaders.front_matter import date_of
from groundwire.ingest.loaders.members import Names, safe_member
from groundwire.ingest.loaders.prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_GAP = "\n\n"
_GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "fulltext", "articletext", "articlebody", "article", "story"),
        *("contenthtml", "contenttext", "bodytext", "plaintext", "maintext", "transcript"),
        *("message", "selftext", "description", "summary", "abstract", "snippet", "excerpt"),
    ),
    "title": ("title", "headline", "heading", "subject", "hed", "name", "titletext"),
    "published": (
        *("published", "publishedat", "publisheddate", "publishdate", "publicationdate"),
        *("datepublished", "pubdate", "publishedon", "date", "firstpublished", "createdat"),
        *("timestamp", "datetime", "created", "createdutc", "day", "time"),
    ),
    "source": (
        *("source", "sourcename", "outlet", "publisher", "publication", "newspaper", "site"),
        *("sitename", "feed", "channel", "domain"),
    ),
    "author": ("author", "authors", "byline", "writer", "creator", "authorname", "by", "from"),
    "language": ("language", "lang", "languagecode", "locale"),
    "id": ("id", "articleid", "documentid", "docid", "guid", "uuid", "key", "number"),
    "url": ("url", "link", "permalink", "href", "weburl", "canonicalurl", "uri"),
}
_SURELY_TEXT = _GUESSES["text"].index("message")
_NOT_IN_A_NAME = re.compile(r"[\W_]+")
_LEAST_MEAN = 60
"""Characters that the texts of a table have on average where its columns only seem to say so."""
_LONGEST_TITLE = 100
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")
_IN_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_WITH_MONTH = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{4}\b")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that make a document of a row; each is guessed from its name where not given.

    Attributes:
        text: What the document says. Without it, the rows are lines of one document.
        title: Headline.
        published: Day of publication.
        source: Outlet.
        author: By-line.
        language: Language code.
        id: What names the row for good.
        url: Address; its host is the source where there is none.
    """

    text: str = ""
    title: str = ""
    published: str = ""
    source: str = ""
    author: str = ""
    language: str = ""
    id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A row: what people call it, such as ``row 12``, and its fields in order, all of them text."""

    label: str
    fields: Mapping[str, str]


def read_records(
    records: Sequence[Record],
    name: str,
    columns: Columns,
    problems: Sequence[tuple[str, str]] = (),
) -> Loaded | Members:
    """Make a document of each record where the names of the fields say so, else one of all.

    In one document of all, each record is a line, ``name: value`` for each field that has one with
    `` | `` between them, so that a line can be read and cited alone.

    Args:
        records: The rows that could be read.
        name: Name of the file.
        columns: The names of the fields to use, as far as they are not to be guessed.
        problems: The rows that could not be read, and why.

    Raises:
        LoadError: There is no text in them, or a column that was asked for is missing.
    """
    found = _found(records, columns)
    if found.text:
        return _documents(records, found, problems)
    table = _table(records, name)
    return Members((table,), tuple(problems)) if problems else table


def day_of(text: str) -> date | None:
    """Return the day that a field of an export names, if there is no doubt about it.

    Read are ISO 8601, RFC 5322 (``Thu, 20 Jun 2019 08:00:00 +0900``), days with the name of the
    month, seconds or milliseconds since 1970, and ``20.6.2019``, but not ``6/7/2019``, which is
    another day in another country.
    """
    text = text.strip()
    if epoch := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(epoch[1]), UTC).date()
    if numbers := _IN_FIGURES.match(text):
        return _in_figures(int(numbers[1]), int(numbers[3]), int(numbers[4]), numbers[2])
    if day := date_of(text) or date_from(text):
        return day
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(text).date() if _WITH_MONTH.search(text) else None
    return None


def _in_figures(first: int, second: int, year: int, mark: str) -> date | None:
    """Return a day written in figures, the year last, where only one reading makes sense."""
    month_first = second > _MONTHS
    day, month = (second, first) if month_first else (first, second)
    if mark != "." and day <= _MONTHS and day != month:
        return None
    with suppress(ValueError):
        return date(year, month, day)
    return None


def _found(records: Sequence[Record], columns: Columns) -> Columns:
    """Return the names of the columns as the records have them; empty for those that are missing.

    Raises:
        LoadError: A column that was asked for is missing.
    """
    names: dict[str, str] = {}
    for record in records:
        for name in record.fields:
            names.setdefault(_plain(name), name)
    chosen: dict[str, str] = {}
    for field in fields(Columns):
        asked = getattr(columns, field.name)
        if asked and _plain(asked) not in names:
            raise LoadError(f"has no column {one_line(asked, 60)}")
        guesses = (_plain(asked),) if asked else _GUESSES[field.name]
        chosen[field.name] = next((names[guess] for guess in guesses if guess in names), "")
    if not columns.text and not _holds_text(records, Columns(**chosen)):
        chosen["text"] = ""
    return Columns(**chosen)


def _holds_text(records: Sequence[Record], found: Columns) -> bool:
    """Return whether a column that is named like one for texts holds some."""
    if not found.text:
        return False
    sure = _plain(found.text) in _GUESSES["text"][:_SURELY_TEXT]
    if not sure and not found.title:
        return False
    lengths = [len(text) for r in records if (text := r.fields.get(found.text, "").strip())]
    return sum(lengths) >= _LEAST_MEAN * len(lengths) > 0


def _plain(name: str) -> str:
    """Return the name of a column without case, spaces and punctuation."""
    return _NOT_IN_A_NAME.sub("", name).lower()


def _documents(
    records: Sequence[Record], columns: Columns, problems: Sequence[tuple[str, str]]
) -> Members:
    """Make a document of each record."""
    names = Names()
    documents: list[Loaded] = []
    failed = list(problems)
    for record in records:
        given = {
            field.name: record.fields.get(getattr(columns, field.name), "").strip()
            for field in fields(Columns)
        }
        text, headings = compose(prose(given["text"]))
        title = one_line(given["title"]) or _beginning(text)
        member = names.unique(safe_member(given["id"] or title or record.label))
        if not text:
            failed.append((member, f"no text in {record.label}"))
            continue
        language = given["language"].replace("_", "-").lower()
        loaded = Loaded(
            title=title,
            source=one_line(given["source"]) or _host(given["url"]),
            author=one_line(given["author"]),
            published=day_of(given["published"]),
            language=language if _LANGUAGE.fullmatch(language) else "",
            text=text,
            headings=headings,
            locators=(Locator(Span(0, len(text)), record.label),),
            member=member,
        )
        documents.append(loaded)
    if not documents:
        raise LoadError("no text in any row")
    return Members(tuple(documents), tuple(failed))


def _beginning(text: str) -> str:
    """Return the first words of a text that has no title."""
    return one_line(text.split("\n", 1)[0], _LONGEST_TITLE)


def _host(url: str) -> str:
    """Return the site of an address, such as ``example.org``; empty where it has none."""
    with suppress(ValueError):
        return one_line((urlsplit(url).hostname or "").removeprefix("www."), _LONGEST_TITLE)
    return ""


def _table(records: Sequence[Record], name: str) -> Loaded:
    """Make one document of all records, a line of each."""
    texts: list[str] = []
    locators: list[Locator] = []
    offset = 0
    for record in records:
        text, _ = compose([Block(" | ".join(_cells(record)))])
        if text:
            locators.append(Locator(Span(offset, offset + len(text)), record.label))
            texts.append(text)
            offset += len(text) + len(_GAP)
    if not texts:
        raise LoadError("no text")
    return Loaded(
        title=title_from(name),
        source="",
        author="",
        published=date_from(name),
        language="",
        text=_GAP.join(texts),
        headings=(),
        locators=tuple(locators),
    )


def _cells(record: Record) -> Iterator[str]:
    """Yield the fields of a record that say something."""
    for name, value in record.fields.items():
        if words := fold(value):
            label = fold(name)
            yield f"{label}: {words}" if label else words
