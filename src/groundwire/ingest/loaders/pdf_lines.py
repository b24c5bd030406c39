"""Lines of a PDF page, and which of them are rows of a table."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from groundwire.ingest.loaders.pdf_characters import HYPHEN, read_runs
from groundwire.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundwire.ingest.loaders.pdf_characters import Character

_HYPHENS = ("-", "\u2010")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", HYPHEN: "-"}
)
_SAME_BASELINE = 0.3  # of the size
_GAP = 1.2  # of the size: wider than any space between two words but in the widest-set lines
_WIDE_GAP = 4.0  # of the size: never between two words


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a line that no wide gap parts, and where they begin and end."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one baseline. Places are in points from the lower left corner of the page.

    Attributes:
        page: Number of the page, from 1.
        stretches: The words, in order.
        bottom: The baseline.
        size: Size of most of its characters.
        bold: Whether they are all bold, by the names of their fonts.
        is_row: It is a row of a table, and its stretches are the cells.
    """

    page: int
    stretches: tuple[Stretch, ...]
    bottom: float
    size: float
    bold: bool
    is_row: bool = False

    @property
    def text(self) -> str:
        """The words, `` | `` between the cells of a row."""
        return (" | " if self.is_row else " ").join(part.text for part in self.stretches)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.stretches[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.stretches[-1].right

    @property
    def is_broken(self) -> bool:
        """Whether it ends in a hyphen, so that its last word may go on in the next line."""
        end = self.stretches[-1].text[-2:]
        return end.endswith(_HYPHENS) and end[0].isalpha()


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order in which they are drawn, which is that of reading.

    Attributes:
        lines: Without those that stand outside the page.
        bottom: Its lower end, in points.
        top: Its upper end.
    """

    lines: tuple[Line, ...]
    bottom: float
    top: float


def read_page(page: Any, number: int) -> Page:  # noqa: ANN401 -- pypdfium2 has no types
    """Return the lines of a page.

    Args:
        page: A ``pypdfium2.PdfPage``.
        number: Its number, from 1.

    Raises:
        LoadError: It has too many characters.
    """
    runs, (left, bottom, right, top) = read_runs(page)
    lines: list[Line] = []
    for run in runs:
        stretches = tuple(_stretches(run.characters, run.size))
        if stretches and bottom < run.bottom < top:
            lines.append(Line(number, stretches, run.bottom, run.size, run.bold))
    seen = [line for line in lines if line.right > left and line.left < right]
    return Page(tuple(_with_rows(_merged(seen))), bottom, top)


def _stretches(run: Sequence[Character], size: float) -> Iterator[Stretch]:
    """Part a run of characters at its wide gaps."""
    begin, right = 0, math.inf
    for place, character in enumerate(run):
        if character.text.isspace():
            continue
        if character.left - right > _GAP * size:
            yield from _stretch(run[begin:place])
            begin = place
        right = character.right
    yield from _stretch(run[begin:])


def _stretch(run: Sequence[Character]) -> Iterator[Stretch]:
    """Yield a run of characters as a stretch, unless nothing of it can be read."""
    drawn = [character for character in run if not character.text.isspace()]
    spelled = "".join(character.text for character in run).translate(_LIGATURES)
    whole = spelled.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = " ".join(normalize(whole).split())
    if text and drawn:
        yield Stretch(text, drawn[0].left, max(character.right for character in drawn))


def _merged(lines: Sequence[Line]) -> list[Line]:
    """Join what stands on one baseline, drawn piece after piece from left to right."""
    merged: list[Line] = []
    for line in lines:
        before = merged[-1] if merged else None
        if (
            before is None
            or abs(before.bottom - line.bottom) > _SAME_BASELINE * line.size
            or line.left < before.right - line.size
        ):
            merged.append(line)
        elif line.left - before.right > _GAP * line.size:
            merged[-1] = replace(before, stretches=(*before.stretches, *line.stretches))
        else:
            *parts, last = before.stretches
            first, *others = line.stretches
            one = Stretch(f"{last.text} {first.text}", last.left, first.right)
            merged[-1] = replace(before, stretches=(*parts, one, *others))
    return merged


def _with_rows(lines: Sequence[Line]) -> list[Line]:
    """Mark the rows of tables: lines whose gaps stand under each other, or are very wide."""
    none: tuple[tuple[float, float], ...] = ()
    gaps = [none, *map(_gaps, lines), none]
    found: list[Line] = []
    for line, above, own, below in zip(lines, gaps, gaps[1:], gaps[2:], strict=False):
        is_row = any(
            right - left > _WIDE_GAP * line.size
            or any(left < end and begin < right for begin, end in (*above, *below))
            for left, right in own
        )
        found.append(replace(line, is_row=True) if is_row else line)
    return found


def _gaps(line: Line) -> tuple[tuple[float, float], ...]:
    """Return where the wide gaps of a line begin and end."""
    pairs = zip(line.stretches, line.stretches[1:], strict=False)
    return tuple((before.right, after.left) for before, after in pairs)
