"""Broken files: valid ones with bytes, words or parts changed, moved, doubled and left out."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from tests.fuzz.targets import MAX_INPUT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_NUMBERS = (b"0", b"-1", b"1e999", b"NaN", b"65536", b"2147483648", b"99999999999999999999", b"0.1")
_ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "utf-7", "koi8-r", "gb18030")
_EVERYWHERE = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\r", b"\n\n", b" ", b"\t"),
    *("\u202e".encode(), "\u2028".encode(), "e\u0301".encode(), "\U0001f469\u200d".encode()),
    *("\u200b".encode(), "\ufeff".encode(), "\u0130".encode(), "\ufb01".encode(), "ß".encode()),
)


def mutated(random: Random, seeds: Sequence[bytes], pieces: Sequence[bytes]) -> bytes:
    """Return one of some valid files, broken.

    Args:
        random: Decides how.
        seeds: The valid files. Of a zip file mostly a part is broken, and packed again.
        pieces: What stands in such files and means something.
    """
    seed = random.choice((seeds[0], random.choice(seeds)))  # the first is small and quick
    if seed.startswith(b"PK") and random.random() < 0.8:
        return _broken_package(random, seed, pieces)[:MAX_INPUT]
    return broken(random, seed, seeds, pieces)[:MAX_INPUT]


def broken(random: Random, data: bytes, others: Sequence[bytes], pieces: Sequence[bytes]) -> bytes:
    """Return some bytes after one to eight changes."""
    if random.random() < 0.06:
        data = _lied_about(random, data)
    for _ in range(random.choice((1, 1, 2, 3, 5, 8))):
        data = random.choice(_CHANGES)(random, data, others, pieces)
    return data


def _lied_about(random: Random, data: bytes) -> bytes:
    encoding = random.choice(_ENCODINGS)
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def _broken_package(random: Random, seed: bytes, pieces: Sequence[bytes]) -> bytes:
    with zipfile.ZipFile(BytesIO(seed)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    contents = [content for _, content in parts]
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        place = random.randrange(len(parts))
        name, content = parts[place]
        choice = random.random()
        if choice < 0.85:
            parts[place] = (name, broken(random, content, contents, pieces))
        elif choice < 0.9 and len(parts) > 1:
            del parts[place]
        elif choice < 0.95:
            parts.append((name, random.choice(contents)))
        else:
            parts[place] = (random.choice(("../" + name, "/" + name, name * 9, "\0", "a")), content)
    return _packed(parts)


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name)  # without the time of day: the same bytes each time
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.filelist[:] = [
                each for each in archive.filelist if each.filename != info.filename
            ]
            archive.NameToInfo.pop(info.filename, None)
            archive.writestr(info, content)
    return buffer.getvalue()


def _place(random: Random, data: bytes) -> tuple[int, int]:
    """Return where a change begins and ends."""
    start = random.randint(0, len(data))
    return start, start + random.choice((0, 1, 1, 2, 4, 9, 30, 200, 2000))


def _replace(
    random: Random, data: bytes, others: Sequence[bytes], pieces: Sequence[bytes]
) -> bytes:
    start, end = _place(random, data)
    new = random.choice((b"", random.randbytes(random.randint(1, 6)), _piece(random, pieces)))
    return data[:start] + new + data[max(start, end) if others else start :]


def _insert(
    random: Random, data: bytes, _others: Sequence[bytes], pieces: Sequence[bytes]
) -> bytes:
    start, _ = _place(random, data)
    return data[:start] + _piece(random, pieces) + data[start:]


def _nest(random: Random, data: bytes, _others: Sequence[bytes], pieces: Sequence[bytes]) -> bytes:
    """Repeat a piece, of the format's or of the file's own, very often."""
    start, end = _place(random, data)
    piece = random.choice((_piece(random, pieces), data[start:end] or b" "))
    count = random.choice((3, 40, 1000, 20_000))
    room = max(MAX_INPUT - len(data), 1)
    return data[:start] + (piece * count)[:room] + data[start:]


def _cut(random: Random, data: bytes, _others: Sequence[bytes], _pieces: Sequence[bytes]) -> bytes:
    start, _ = _place(random, data)
    return data[:start] if random.random() < 0.5 else data[start:]


def _splice(
    random: Random, data: bytes, others: Sequence[bytes], _pieces: Sequence[bytes]
) -> bytes:
    other = random.choice(others) if others else data
    start, end = _place(random, other)
    here, _ = _place(random, data)
    return data[:here] + other[start:end] + data[here:]


def _swap(random: Random, data: bytes, _others: Sequence[bytes], _pieces: Sequence[bytes]) -> bytes:
    first, second, third = sorted(random.randint(0, len(data)) for _ in range(3))
    return data[:first] + data[second:third] + data[first:second] + data[third:]


def _flip(random: Random, data: bytes, _others: Sequence[bytes], _pieces: Sequence[bytes]) -> bytes:
    if not data:
        return b"\x00"
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 30))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _piece(random: Random, pieces: Sequence[bytes]) -> bytes:
    return random.choice(
        random.choice((pieces or _EVERYWHERE, pieces or _NUMBERS, _NUMBERS, _EVERYWHERE))
    )


_CHANGES = (_replace, _replace, _insert, _insert, _flip, _flip, _nest, _cut, _splice, _swap)
