"""Tables as text: ``.csv`` and ``.tsv``."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.loaders.columns import Columns, Record, read_records
from groundwire.ingest.loaders.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from groundwire.ingest.loaders.base import Loaded, Members

MAX_ROWS = 200_000
"""Rows of one file: more are data for a database and not for readers."""
MAX_CELL = 5_000_000
"""Characters of one cell. The longest articles have some 200,000."""
MAX_CELLS = 2_000_000
"""Cells of one file."""

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 20
_SAMPLE = 64 * 1024
_LONGEST_NAME = 60
_NUMBER = re.compile(r"[-+$€£¥]?\d[\d.,:/%\s-]*")
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def load_delimited(data: bytes, name: str, columns: Columns | None = None) -> Loaded | Members:
    """Read a table of text (``.csv``, ``.tsv``), its first row as the names of the columns.

    Where a column holds texts, each row is a document; else the table is one document with a line
    for each row, named by its number as a spreadsheet shows it.

    Args:
        data: The whole content of the file.
        name: The file's name; ``.tsv`` and ``.tab`` are divided by tabs.
        columns: Which columns to use, as far as they are not to be guessed by their names.

    Raises:
        LoadError: It is no text, no table, too large, or lacks a column that was asked for.
    """
    text = decode(data)
    stated = _SEP_LINE.match(text)
    text = text[stated.end() :] if stated else text
    tabs = PurePath(name).suffix.lower() in {".tsv", ".tab"}
    rows = _rows(text, stated[1] if stated else "\t" if tabs else _delimiter(text))
    if not rows:
        raise LoadError("empty")
    names = _names(rows[0][1])
    body = rows[1:] if names else rows
    if names and not body:
        raise LoadError("no rows below the names of its columns")
    records = [Record(f"row {number}", _fields(cells, names)) for number, cells in body]
    return read_records(records, name, columns or Columns())


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, each with its number from 1.

    Raises:
        LoadError: There are too many rows or cells, or a cell is too long.
    """
    before = csv.field_size_limit(MAX_CELL)
    found: list[tuple[int, list[str]]] = []
    cells = 0
    try:
        for number, row in enumerate(_reader(text, delimiter), 1):
            cells += len(row)
            if number > MAX_ROWS or cells > MAX_CELLS:
                raise LoadError(f"has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells")
            if any(map(str.strip, row)):
                found.append((number, row))
    except csv.Error as error:
        raise LoadError(f"not a table that can be read ({error})") from error
    finally:
        csv.field_size_limit(before)
    return found


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """Return the character that divides the first rows into the most columns, evenly."""
    sample = text[:_SAMPLE]
    best, mark = (0.0, 0), ","
    for delimiter in _DELIMITERS:
        widths: list[int] = []
        try:
            for row in _reader(sample, delimiter):
                if row:
                    widths.append(len(row))
                if len(widths) > _SAMPLE_ROWS:
                    break
        except csv.Error:
            continue
        if len(text) > len(sample) or len(widths) > _SAMPLE_ROWS:
            widths = widths[:-1] or widths  # the last may be cut off
        width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        rating = (count / max(len(widths), 1), width) if width > 1 else (0.0, 0)
        if rating > best:
            best, mark = rating, delimiter
    return mark


def _names(row: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns, made unique; nothing where the row holds values."""
    names = [name.strip() for name in row]
    given = [name for name in names if name]
    is_head = (
        len(given) > len(names) / 2
        and len({name.lower() for name in given}) == len(given)
        and all(len(name) <= _LONGEST_NAME and not _NUMBER.fullmatch(name) for name in given)
    )
    return tuple(names) if is_head else ()


def _fields(cells: Sequence[str], names: Sequence[str]) -> Mapping[str, str]:
    """Return the cells of a row by the names of their columns; nameless ones by their place."""
    fields: dict[str, str] = {}
    for place, cell in enumerate(cells):
        name = names[place] if place < len(names) else ""
        fields[name or " " * (place + 1)] = cell
    return fields
