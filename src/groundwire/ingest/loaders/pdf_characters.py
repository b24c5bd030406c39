"""Characters of a PDF page and where they stand, as PDFium tells it."""

from __future__ import annotations

import math
from collections import Counter
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from groundwire.ingest.loaders.base import LoadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_PAGE_CHARACTERS = 200_000
"""Characters of one page. A newspaper's broadsheet has some 30,000."""

HYPHEN = "\x02"
"""How PDFium marks a hyphen that it takes to end a line."""

_LINE_ENDS = frozenset(b"\r\n")
_NO_CHARACTERS = frozenset({0, 0xFFFE, 0xFFFF})
_ASKEW = math.radians(3)
_BOLD = (b"bold", b"black", b"heavy")
_FONT_NAME_BYTES = 128
_SAMPLES = 5
_RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
"""A figure that is raised is an exponent or names a note: as a plain one it would be a digit more
of the number before it."""
_RAISE = 0.15  # of the size
_SMALL = 0.85  # of the size
_WORD_GAP = 0.15  # of the size

Box = tuple[float, float, float, float]
"""Left, lower, right and upper end, in points; the first two are the smaller ones."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character, and where it begins and ends."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that PDFium takes for one line.

    Attributes:
        characters: In order, spaces among them.
        bottom: The baseline.
        size: Size of most characters.
        bold: Whether they are all bold, by the names of their fonts.
    """

    characters: tuple[Character, ...]
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A character as it was drawn: its number on the page, and its box there."""

    text: str
    index: int
    box: Box


def read_runs(page: Any) -> tuple[list[Run], Box]:  # noqa: ANN401 -- pypdfium2 has no types
    """Return the runs of a page in the order in which they are drawn, and the page's own box.

    The page is turned so that most of its text stands upright, and what is then askew, such as a
    watermark, is left out.

    Args:
        page: A ``pypdfium2.PdfPage``.

    Raises:
        LoadError: It has too many characters.
    """
    view = page.get_textpage()
    try:
        drawn = [run for run in _drawn(view) if any(not c.text.isspace() for c in run)]
        quarters = [_quarter(view, run) for run in drawn]
        weights: Counter[int] = Counter()
        for run, quarter in zip(drawn, quarters, strict=True):
            weights[quarter] += len(run) if quarter >= 0 else 0
        most = max(weights, key=weights.__getitem__, default=0)
        chosen = [run for run, quarter in zip(drawn, quarters, strict=True) if quarter == most >= 0]
        runs = [found for run in chosen if (found := _run(view, run, most)) is not None]
    finally:
        view.close()
    if most > 0:  # PDFium orders lines as if they stood upright
        runs.sort(key=lambda run: (-round(run.bottom), run.characters[0].left))
    return runs, _turned(page.get_bbox(), max(most, 0))


def _drawn(view: Any) -> Iterator[list[_Drawn]]:  # noqa: ANN401 -- pypdfium2 has no types
    """Yield the characters of each line as PDFium parts them."""
    import pypdfium2.raw as pdfium

    count = view.count_chars()
    if count > MAX_PAGE_CHARACTERS:
        raise LoadError(f"a page has more than {MAX_PAGE_CHARACTERS:,} characters")
    run: list[_Drawn] = []
    box = pdfium.FS_RECTF()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(view, index)
        if code in _LINE_ENDS:
            yield run
            run = []
        elif code not in _NO_CHARACTERS:
            pdfium.FPDFText_GetLooseCharBox(view, index, byref(box))
            low, high = sorted((box.bottom, box.top))
            run.append(_Drawn(chr(code), index, (box.left, low, box.right, high)))
            if code == ord(HYPHEN):
                yield run
                run = []
    yield run


def _quarter(view: Any, run: Sequence[_Drawn]) -> int:  # noqa: ANN401 -- pypdfium2 has no types
    """Return by how many quarters of a turn a run is turned to the left; -1 if by none."""
    import pypdfium2.raw as pdfium

    first = next(character.index for character in run if not character.text.isspace())
    angle = -pdfium.FPDFText_GetCharAngle(view, first)  # PDFium's y axis points down
    quarters = round(angle / (math.pi / 2))
    return quarters % 4 if abs(angle - quarters * math.pi / 2) < _ASKEW else -1


def _turned(box: Box, quarters: int) -> Box:
    """Turn a box to the right by so many quarters, about the lower left corner of the page."""
    left, bottom, right, top = box
    for _ in range(quarters):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top


def _run(view: Any, run: Sequence[_Drawn], quarters: int) -> Run | None:  # noqa: ANN401
    """Return a run turned upright; None where its places are no numbers."""
    import pypdfium2.raw as pdfium

    drawn = [character.index for character in run if not character.text.isspace()]
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(view, drawn[0], byref(x), byref(y))
    looks = [_look(view, index) for index in drawn[:: len(drawn) // _SAMPLES + 1]]
    size = Counter(size for size, _ in looks).most_common(1)[0][0]
    _, bottom, _, _ = _turned((x.value, y.value, x.value, y.value), quarters)
    characters: list[Character] = []
    for character in run:
        left, _, right, _ = _turned(character.box, quarters)
        raised = character.text in _RAISED and _is_raised(view, character.index, y.value, size)
        text = _RAISED[character.text] if raised else character.text
        characters.append(Character(text, left, right))
    if quarters:
        characters = _in_order(characters, size)
    places = (bottom, size, characters[0].left, characters[-1].right)
    if not all(map(math.isfinite, places)):
        return None
    return Run(tuple(characters), bottom, size, all(bold for _, bold in looks))


def _is_raised(view: Any, index: int, baseline: float, size: float) -> bool:  # noqa: ANN401
    """Return whether a character is small and stands above the baseline, as an exponent does."""
    import pypdfium2.raw as pdfium

    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(view, index, byref(x), byref(y))
    return y.value > baseline + _RAISE * size and _look(view, index)[0] < _SMALL * size


def _in_order(characters: Sequence[Character], size: float) -> list[Character]:
    """Return the characters of a turned run from left to right, with spaces where there are gaps.

    PDFium orders the words of such a run as if it stood upright.
    """
    drawn = [character for character in characters if not character.text.isspace()]
    drawn.sort(key=lambda character: character.left)
    ordered = drawn[:1]
    for before, after in pairwise(drawn):
        if after.left - before.right > _WORD_GAP * size:
            ordered.append(Character(" ", before.right, after.left))
        ordered.append(after)
    return ordered


def _look(view: Any, index: int) -> tuple[float, bool]:  # noqa: ANN401 -- pypdfium2 has no types
    """Return a character's size in points, and whether its font is bold by its name."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(view, index, byref(matrix))
    size = pdfium.FPDFText_GetFontSize(view, index) * math.hypot(matrix.c, matrix.d)
    name = create_string_buffer(_FONT_NAME_BYTES)
    pdfium.FPDFText_GetFontInfo(view, index, name, _FONT_NAME_BYTES, byref(c_int()))
    return round(size, 1), any(word in name.value.lower() for word in _BOLD)
