"""Drawing a figure as SVG that lives inside a page and takes the page's colours.

The only place that knows matplotlib.
"""

from __future__ import annotations

import atexit
import io
import logging
import os
import re
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

INK, MUTED, GRID = "#010101", "#020202", "#030303"
GOOD, BAD, BEFORE = "#040404", "#050505", "#060606"
_CSS = {
    INK: "currentColor",
    MUTED: "var(--muted)",
    GRID: "var(--line)",
    GOOD: "var(--good)",
    BAD: "var(--bad)",
    BEFORE: "var(--before)",
}
"""Colours that stand for those of the page: the page alone knows whether it is light or dark."""

_CONFIG = "MPLCONFIGDIR"
_LOOK: dict[RcKeyType, object] = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "axes.edgecolor": GRID,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlecolor": INK,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.labelcolor": INK,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "font.size": 10,
}
_UNWANTED = re.compile(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", re.DOTALL)
_FONT = re.compile(r"font(-family)?: ([0-9.]+px )?[^;\"]*(?:DejaVu|sans-serif)[^;\"]*")
_ID = re.compile(r' id="([^"]+)"')
_WIDE, _HIGH = 7.0, 3.2


class Sheet:
    """An empty figure with one pair of axes, and how it becomes SVG. Used while ``drawing``."""

    def __init__(self, name: str, *, high: float = _HIGH) -> None:
        """Make the figure.

        Args:
            name: A word that tells it from the other figures of the page.
            high: Height in inches; the width is 7.
        """
        from matplotlib.figure import Figure as Blank

        self._name = name
        self.figure: Figure = Blank(figsize=(_WIDE, high), layout="constrained")
        self.axes: Axes = self.figure.subplots()

    def svg(self, title: str, description: str) -> str:
        """Return the figure as an ``svg`` element with a name and a description.

        Args:
            title: What it shows, for those who cannot see it.
            description: What is to be seen in it.
        """
        from matplotlib import rc_context

        drawn = io.StringIO()
        with rc_context({"svg.hashsalt": self._name}):
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            self.figure.savefig(drawn, format="svg", transparent=True, metadata=nothing)
        return self._in_page(drawn.getvalue(), title, description)

    def _in_page(self, text: str, title: str, description: str) -> str:
        body = _UNWANTED.sub("", text[text.index("<svg") :])
        for colour, name in _CSS.items():
            body = body.replace(colour, name)
        body = _FONT.sub(lambda found: f"font-size: {found[2]}" if found[2] else "", body)
        body = self._with_own_ids(body)
        view = re.search(r'viewBox="[^"]+"', body)
        start = body.index(">") + 1
        name = f"{self._name}-title {self._name}-text"
        return (
            f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-labelledby="{name}"'
            f" {view[0] if view else ''}>"
            f'<title id="{self._name}-title">{escape(title)}</title>'
            f'<desc id="{self._name}-text">{escape(description)}</desc>{body[start:]}'
        )

    def _with_own_ids(self, body: str) -> str:
        """Keep only the ids that something refers to: others would clash with those of others."""
        used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', body))
        return _ID.sub(lambda found: found[0] if found[1] in used else "", body)


@contextmanager
def drawing(cache: Path | None) -> Iterator[None]:
    """Let figures be drawn, all of one look.

    Args:
        cache: Where matplotlib may keep its list of fonts; None: nowhere for long.
    """
    _load(cache)
    from matplotlib import rc_context

    with rc_context(_LOOK):
        yield


def _load(cache: Path | None) -> None:
    """Import matplotlib so that it writes into the cache given, or into a folder that goes away.

    Left alone, it writes into the home folder, and complains where that cannot be written.
    """
    if "matplotlib.font_manager" in sys.modules or os.environ.get(_CONFIG):  # noqa: TID251 -- matplotlib's own variable, not a setting
        return
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    os.environ[_CONFIG] = str(_writable(cache))  # noqa: TID251 -- matplotlib is told in no other way
    try:
        import matplotlib.figure  # noqa: F401 -- it looks for its folder now
    finally:
        del os.environ[_CONFIG]  # noqa: TID251 -- what is started later shall not see it


def _writable(cache: Path | None) -> Path:
    if cache is not None:
        folder = cache / "matplotlib"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            pass
        else:
            if os.access(folder, os.W_OK):
                return folder
    folder = Path(tempfile.mkdtemp(prefix="groundwire-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
