"""The head of a GGUF file: enough of it to know the model's window before it is loaded."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from groundwire.domain.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"GGUF"
_VERSIONS = {2, 3}  # version 1 counted in 32 bits and is long gone
_STRING, _ARRAY = 8, 9
_FORMATS = "BbHhIif?__Qqd"  # by type number; strings and arrays, 8 and 9, are read apart
_MOST_FIELDS = 10_000
_LONGEST_STRING = 1 << 24


def context_length(path: Path) -> int:
    """Return the window that a model was trained with, in tokens.

    Args:
        path: A GGUF file, of which only the head is read.

    Raises:
        SettingsError: There is no such file, or it is not one.
    """
    try:
        with path.open("rb") as file:
            return _context_length(file)
    except OSError as error:
        raise SettingsError(
            f"cannot read the language model {path}: {error.strerror}",
            hint='name the file in full: llm = "gguf:/path/to/model.gguf"',
        ) from None
    except (ValueError, struct.error):
        raise SettingsError(
            f"{path} is not a whole GGUF file",
            hint="get a model in that format, version 2 or 3",
        ) from None


def _context_length(file: BinaryIO) -> int:
    if file.read(4) != _MAGIC or _number(file, "I") not in _VERSIONS:
        raise ValueError
    _number(file, "Q")  # how many tensors
    for _ in range(min(_number(file, "Q"), _MOST_FIELDS)):
        key, kind = _string(file), _number(file, "I")
        if key.endswith(b".context_length") and kind < _STRING:
            return _number(file, _FORMATS[kind])
        _skip(file, kind)
    raise ValueError


def _number(file: BinaryIO, form: str) -> int:
    size = struct.calcsize(f"<{form}")
    return int(struct.unpack(f"<{form}", file.read(size))[0])


def _string(file: BinaryIO) -> bytes:
    size = _number(file, "Q")
    if size > _LONGEST_STRING:
        raise ValueError
    return file.read(size)


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        _string(file)
    elif kind == _ARRAY:
        inner, count = _number(file, "I"), _number(file, "Q")
        if count > _LONGEST_STRING:
            raise ValueError
        if inner in {_STRING, _ARRAY}:
            for _ in range(count):
                _skip(file, inner)
        else:
            file.seek(count * _size(inner), 1)
    else:
        file.seek(_size(kind), 1)


def _size(kind: int) -> int:
    if kind >= len(_FORMATS):
        raise ValueError
    return struct.calcsize(f"<{_FORMATS[kind]}")
