"""The YAML block between ``---`` lines that a Markdown file may begin with."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime

import yaml

_LIMIT = 64 * 1024
_FENCED = re.compile(r"---[ \t]*\n(?:(.*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"([A-Za-z_][\w-]*):[ \t]+(.+)")
_DATE_FORMATS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y/%m/%d")
_NOTHING = frozenset({"", "~", "null"})


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """Part a Markdown text into what its front matter says and its body.

    Text that only begins like front matter (no closing line within 64 KiB, no mapping) is body.
    YAML that cannot be read, such as a title with a bare colon, is read line by line instead.
    Aliases are never expanded: a few lines of them can stand for gigabytes.

    Args:
        text: The file's text with line feeds as newlines.

    Returns:
        The fields by lower-case name, and the text below the front matter.
    """
    found = _FENCED.match(text[:_LIMIT])
    if found is None:
        return {}, text
    inner = (found[1] or "").strip()
    try:
        fields = yaml.load(inner, Loader=_StringsLoader)  # noqa: S506 -- makes text, never objects
    except (yaml.YAMLError, RecursionError):
        fields = dict(filter(None, map(_field, inner.splitlines())))
    if inner and not (isinstance(fields, dict) and fields):
        return {}, text
    return {str(key).lower(): value for key, value in (fields or {}).items()}, text[found.end() :]


def text_of(value: object) -> str:
    """Return a field as text: a scalar as it is, a list with commas, anything else as nothing."""
    if isinstance(value, list):
        return ", ".join(filter(None, (text_of(item) for item in value if isinstance(item, str))))
    if isinstance(value, str) and value.strip().lower() not in _NOTHING:
        return value.strip()
    return ""


def date_of(value: object) -> date | None:
    """Return a field as a date: ISO 8601, with or without a time, or ``20 June 2019`` and such."""
    text = text_of(value)
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    for form in _DATE_FORMATS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 -- only the day is kept
    return None


def _field(line: str) -> tuple[str, object] | None:
    """Read one ``name: value`` line, quotes and brackets taken off."""
    found = _LINE.fullmatch(line.rstrip())
    return (found[1], found[2].strip("\"'[] \t")) if found else None


class _StringsLoader(yaml.BaseLoader):
    """YAML whose every value is text, so that ``no``, ``12:30`` and ``010`` stay as written."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse an alias; compose anything else as usual."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read in front matter")
        return super().compose_node(parent, index)
