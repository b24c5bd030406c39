"""Records in JSON: ``.jsonl``, ``.ndjson`` and ``.json``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import Loaded, LoadError
from groundwire.ingest.loaders.columns import Columns, Record, read_records
from groundwire.ingest.loaders.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.ingest.loaders.base import Members

MAX_RECORDS = 200_000
"""Records of one file: more are data for a database and not for readers."""
MAX_FIELDS = 2_000_000
"""Fields of all records of one file."""

_DEEPEST = 6
_OPENING = re.compile(r"\s*[\[{]")


def load_jsonl(data: bytes, name: str, columns: Columns | None = None) -> Loaded | Members:
    """Read JSON records, one a line (``.jsonl``, ``.ndjson``).

    Fields inside fields are named with a dot, such as ``source.name``. What makes a document of a
    record is as for ``load_delimited``; lines that cannot be read are problems.

    Args:
        data: The whole content of the file.
        name: The file's name.
        columns: Which fields to use, as far as they are not to be guessed by their names.

    Raises:
        LoadError: No line can be read, there are too many, or a field that was asked for is
            missing.
    """
    records: list[Record] = []
    problems: list[tuple[str, str]] = []
    budget = _Budget()
    for number, line in enumerate(decode(data).split("\n"), 1):
        if not line.strip():
            continue
        label = f"row {number}"
        try:
            records.append(Record(label, budget.fields(_parsed(line))))
        except _NoRecordError as error:
            problems.append((label, str(error)))
        if len(records) + len(problems) > MAX_RECORDS:
            raise LoadError(f"has more than {MAX_RECORDS:,} records")
    if not records:
        raise LoadError("empty" if not problems else f"no JSON records ({problems[0][1]})")
    return read_records(records, name, columns or Columns(), problems)


def load_json(data: bytes, name: str, columns: Columns | None = None) -> Loaded | Members:
    """Read a list of JSON records (``.json``), or an object that holds one, or one article.

    The rest is as for ``load_jsonl``; ``row 12`` is the twelfth record of the list.

    Raises:
        LoadError: It is not JSON, holds no records, or is as ``load_jsonl`` refuses.
    """
    try:
        content = _parsed(decode(data))
    except _NoRecordError as error:
        raise LoadError(str(error)) from error
    found = content if isinstance(content, list) else _list_inside(content)
    if len(found) > MAX_RECORDS:
        raise LoadError(f"has more than {MAX_RECORDS:,} records")
    records: list[Record] = []
    problems: list[tuple[str, str]] = []
    budget = _Budget()
    for number, item in enumerate(found, 1):
        try:
            records.append(Record(f"row {number}", budget.fields(item)))
        except _NoRecordError as error:
            problems.append((f"row {number}", str(error)))
    if not records:
        raise LoadError("no records in its JSON")
    loaded = read_records(records, name, columns or Columns(), problems)
    if found == [content] and isinstance(loaded, Loaded):
        raise LoadError("no list of records in its JSON")  # settings of a program, most often
    return loaded


class _NoRecordError(Exception):
    """A value is no record; the text says why."""


class _Budget:
    """Makes fields of records, until there are too many in all."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self._left = MAX_FIELDS

    def fields(self, value: object) -> dict[str, str]:
        """Return the fields of a record as text.

        Raises:
            _NoRecordError: The value is not an object, or too deep.
            LoadError: All records together have too many fields.
        """
        if not isinstance(value, dict):
            raise _NoRecordError("not a JSON object")
        found: dict[str, list[str]] = {}
        for path, text in _flat(value, "", _DEEPEST):
            self._left -= 1
            if self._left < 0:
                raise LoadError(f"has more than {MAX_FIELDS:,} fields")
            found.setdefault(path, []).append(text)
        return {path: ", ".join(texts) for path, texts in found.items()}


def _parsed(text: str) -> object:
    """Parse one JSON value, numbers as text, exactly as they are written.

    Raises:
        _NoRecordError: It is no JSON, or nested too deeply.
    """
    try:
        value: object = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as error:
        raise _NoRecordError("nested too deeply") from error
    except ValueError as error:
        reason = "damaged JSON" if _OPENING.match(text) else "not JSON"
        raise _NoRecordError(reason) from error
    return value


def _list_inside(content: object) -> list[object]:
    """Return the longest list of objects that an object holds, or the object as the only one."""
    if not isinstance(content, dict):
        return []
    lists = [
        value
        for value in content.values()
        if isinstance(value, list) and any(isinstance(item, dict) for item in value)
    ]
    return max(lists, key=len, default=[content])


def _flat(value: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield what is inside a value, with the path to it.

    Raises:
        _NoRecordError: It is too deep.
    """
    if depth < 0:
        raise _NoRecordError("nested too deeply")
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key), depth - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _flat(inner, path, depth - 1)
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is not None:
        yield path, str(value)
