"""From bytes to characters, never failing on a wrong byte."""

from __future__ import annotations

import codecs
import re

from groundwire.ingest.loaders.base import LoadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_CONTROL_SHARE = 0.02
_COMMONEST = "cp1252"
_SAMPLE_BYTES = 32 * 1024
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the characters of a file, with newlines as they are.

    A byte order mark decides, then the encoding that the file declares, then UTF-8, then what
    charset-normalizer makes of a sample. Single wrong bytes become U+FFFD.

    Args:
        data: The file's bytes.
        declared: Encoding that the file itself names, if it does; an unknown name is ignored.

    Raises:
        LoadError: The bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > _CONTROL_SHARE * len(data):
        raise LoadError("not text")
    for encoding in filter(None, (_known(declared), "utf-8")):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = data.decode("utf-8", "replace")
    if _mostly_right(text):
        return text
    return _checked(data.decode(_guess(data), "replace"))


def _checked(text: str) -> str:
    """Refuse what holds NUL characters after decoding."""
    if "\0" in text:
        raise LoadError("not text")
    return text


def _known(declared: str | None) -> str | None:
    """Return the Python name of a declared encoding, or None if there is no such text encoding."""
    try:
        name = codecs.lookup(declared or "").name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    # Pages that declare Latin-1 or ASCII are read as Windows-1252 by every browser.
    return _COMMONEST if name in {"iso8859-1", "ascii"} else name


def _mostly_right(text: str) -> bool:
    """Return whether a text decoded as UTF-8 is UTF-8 with a few wrong bytes."""
    wrong = text.count("\ufffd")
    right = sum(1 for character in text if character > "\x7f") - wrong
    return right > 4 * wrong


def _guess(data: bytes) -> str:
    """Return the most likely encoding of bytes that are not UTF-8.

    Where Windows-1252 fits as well as any other, it is taken: it is by far the commonest, and a
    short text in a Western language fits half a dozen encodings.
    """
    from charset_normalizer import from_bytes

    first = _NOT_ASCII.search(data)
    middle = first.start() if first else 0
    begin = data.rfind(b"\n", 0, middle) + 1
    begin = max(begin, middle - _SAMPLE_BYTES // 2)
    matches = from_bytes(data[begin : begin + _SAMPLE_BYTES])
    best = matches.best()
    if best is None:
        return _COMMONEST
    equals = (match for match in matches if match.chaos <= best.chaos)
    if any(_COMMONEST in match.could_be_from_charset for match in equals):
        return _COMMONEST
    return best.encoding
