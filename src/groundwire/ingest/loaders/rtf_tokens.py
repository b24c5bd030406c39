"""The tokens of RTF, its character sets, and which of its groups hold words."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import LoadError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TOKENS = 2_000_000
"""A long novel has some 500,000; each takes a few microseconds."""
STANDARD_CODEC = "cp1252"

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,12})? ?|\\'[0-9a-fA-F]{2}|\\(.)|([{}])|([^\\{}\r\n\0]+)"
    r"|[\r\n\0\\]",
    re.DOTALL,
)
_NOTHING = frozenset("\r\n\0\\")

CHARACTERS = {
    "line": "\n",
    "softline": "\n",
    "tab": " ",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "zwj": "\u200d",
    "zwnj": "\u200c",
}
"""Control words that stand for a character."""

SYMBOLS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": " "}
"""Characters that a backslash before them turns into another, or into themselves."""

READ = frozenset(
    {"footnote", "shpinst", "shptxt", "do", "dptxbxtext", "moMath", "userprops", "fldrslt"}
)
"""Groups with words that may be marked as ones to skip where they are not known."""

UNREAD = frozenset(
    {"colortbl", "pict", "nonshppict", "shprslt", "fldinst", "filetbl", "template", "nextfile"}
    | {"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"}
    | {"ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sp", "tc", "xe", "rxe"}
    | {"annotation", "atnid", "atnauthor", "bkmkstart", "bkmkend", "nonesttables", "private"}
    | {"listtext", "pntext", "pntxta", "pntxtb", "objdata", "objclass", "objname", "objalias"}
    | {"operator", "subject", "keywords", "comment", "doccomm", "company", "manager", "category"}
    | {"hlinkbase", "printim", "buptim"}
)
"""Groups whose words no reader sees, or sees as part of every page."""

_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
_WHOLE_FILE = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def tokens(source: str) -> Iterator[tuple[str, str, int | None]]:
    r"""Yield the tokens of RTF, given as one character for each byte.

    Yields:
        Kind, text and number: ``("word", "par", None)`` for ``\par``, ``("symbol", "~", None)``,
        ``("group", "{", None)``, and ``("text", "é", None)`` for ``\'e9`` as for bytes written as
        they are. Embedded binary data is passed over.

    Raises:
        LoadError: There are too many.
    """
    position = 0
    for _ in range(MAX_TOKENS):
        found = _TOKEN.match(source, position)
        if found is None:
            return
        position = found.end()
        word, number, symbol, brace, text = found.groups()
        if word == "bin":
            position += max(0, int(number or 0))
        elif word:
            yield "word", word, int(number) if number else None
        elif symbol:
            yield ("word", "par", None) if symbol in "\r\n" else ("symbol", symbol, None)
        elif brace:
            yield "group", brace, None
        elif found[0] not in _NOTHING:
            yield "text", text or chr(int(found[0][-2:], 16)), None
    raise LoadError("has too much markup")


def codec_of(word: str, number: int | None) -> str | None:
    r"""Return the Python codec that a control word such as ``\ansicpg1251`` names, if it does."""
    if word == "fcharset":
        return _CHARSETS.get(number or 0)
    if word in {"ansicpg", "cpg"}:
        name = {10000: "mac_roman", 65001: "utf-8"}.get(number or 0, f"cp{number}")
        with suppress(LookupError):
            return codecs.lookup(name).name
    return _WHOLE_FILE.get(word)
