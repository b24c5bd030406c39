"""Rows of a terminal drawn into a picture."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from pathlib import Path

    from eval.screens.terminal import Cell

SIZE = 26
FAMILY = "DejaVu Sans Mono"
_MARGIN = 36
_ROW = 1.28
_COLOURS = 64


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a terminal: its text, its background, and the palette that is used."""

    name: str
    text: str
    behind: str
    palette: dict[str, str]

    def colour(self, name: str, default: str) -> str:
        """Return the colour of a name, or of its six hexadecimal digits."""
        if name == "default":
            return default
        return self.palette.get(name, default if not _is_hex(name) else f"#{name}")


LIGHT = Theme(
    "light",
    "#24292f",
    "#ffffff",
    {
        "black": "#24292f",
        "red": "#cf222e",
        "green": "#116329",
        "brown": "#7d4e00",
        "blue": "#0969da",
        "magenta": "#8250df",
        "cyan": "#1b7c83",
        "white": "#6e7781",
        "brightblack": "#57606a",
    },
)
DARK = Theme(
    "dark",
    "#e6edf3",
    "#0d1117",
    {
        "black": "#484f58",
        "red": "#ff7b72",
        "green": "#3fb950",
        "brown": "#d29922",
        "blue": "#58a6ff",
        "magenta": "#bc8cff",
        "cyan": "#39c5cf",
        "white": "#b1bac4",
        "brightblack": "#6e7681",
    },
)


def found_font(style: str) -> str:
    """Return the file of the font, as fontconfig finds it.

    Args:
        style: ``Book`` or ``Bold``.
    """
    wanted = f"{FAMILY}:style={style}"
    found = subprocess.run(  # noqa: S603 -- fixed words
        ["fc-match", "--format", "%{file}", wanted],  # noqa: S607 -- wherever it is installed
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout


def draw(rows: list[list[Cell]], theme: Theme, fonts: tuple[str, str], path: Path) -> None:
    """Write a picture of some rows.

    Args:
        rows: The characters, each row as wide as the others.
        theme: Its colours.
        fonts: The files of the plain and the bold font.
        path: The PNG file to write.
    """
    plain, bold = (ImageFont.truetype(font, SIZE) for font in fonts)
    step, height = plain.getlength("M"), SIZE * _ROW
    width = round(step * max(map(len, rows))) + 2 * _MARGIN
    picture = Image.new("RGB", (width, round(height * len(rows)) + 2 * _MARGIN), theme.behind)
    canvas = ImageDraw.Draw(picture)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            at = (_MARGIN + x * step, _MARGIN + y * height)
            text, behind = _colours(cell, theme)
            if behind != theme.behind:
                canvas.rectangle((at[0], at[1], at[0] + step, at[1] + height), fill=behind)
            if cell.text.strip():
                canvas.text(at, cell.text, fill=text, font=bold if cell.bold else plain)
    picture.quantize(_COLOURS).save(path, optimize=True)


def _colours(cell: Cell, theme: Theme) -> tuple[str, str]:
    text = theme.colour(cell.colour, theme.text)
    behind = theme.colour(cell.behind, theme.behind)
    if cell.reverse:
        text, behind = behind, text
    return (_between(text, behind) if cell.faint else text), behind


def _between(text: str, behind: str) -> str:
    """Return the colour of faint text: most of the way from the background."""
    pairs = zip(bytes.fromhex(text[1:]), bytes.fromhex(behind[1:]), strict=True)
    return "#" + bytes((5 * one + 3 * other) // 8 for one, other in pairs).hex()


def _is_hex(name: str) -> bool:
    return len(name) == 6 and all(digit in "0123456789abcdef" for digit in name)  # noqa: PLR2004 -- RRGGBB
