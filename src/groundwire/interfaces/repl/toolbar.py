"""The line under the prompt: what is asked, with what, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prompt_toolkit.utils import get_cwidth

from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BETWEEN = " · "
_CUT = "…"
_SHORT = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """What the toolbar tells.

    Attributes:
        documents: How many documents the index holds; None while that is not known.
        scope: What questions are limited to, in words; empty for nothing.
        model: What writes the answers.
        session: The name of the session; empty while nothing was said or nothing is kept.
        took_s: How long the last answer took; None before the first.
    """

    documents: int | None
    scope: str = ""
    model: str = ""
    session: str = ""
    took_s: float | None = None

    def text(self, columns: int) -> str:
        """Return the toolbar in one line that is not wider than the screen.

        Where it is narrow, words are shortened first, then the session and the model are cut and
        left out, and then the scope is cut: it says what an answer leaves out.
        """
        scope = one_line(self.scope)
        line = _joined(self._counted(), scope or "everything", *self._others())
        if get_cwidth(line) <= columns:
            return line
        for others, least in self._narrower(scope or "all"):
            room = columns - get_cwidth(_joined(self._counted("docs"), "-", *others)) + 1
            if room >= least:
                return _joined(self._counted("docs"), cut(scope or "all", room), *others)
        return cut(_joined(self._counted("docs"), scope or "all"), columns)

    def _others(self) -> tuple[str, str, str]:
        took = f"{self.took_s:.1f} s" if self.took_s is not None else ""
        return one_line(self.model), one_line(self.session), took

    def _narrower(self, scope: str) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield what stands beside the scope, each time less, and what the scope needs for it."""
        model, session, took = self._others()
        whole = get_cwidth(scope)
        for width in range(max(_SHORT, get_cwidth(session)), _SHORT - 1, -1):
            yield (model, cut(session, width), took), whole
        yield (cut(model, 2 * _SHORT), cut(session, _SHORT), took), whole
        yield (model, took), whole
        yield (cut(model, _SHORT), took), whole
        yield (took,), min(whole, _SHORT)

    def _counted(self, noun: str = "") -> str:
        noun = noun or ("document" if self.documents == 1 else "documents")
        return f"{self.documents} {noun}" if self.documents is not None else ""


def cut(text: str, columns: int) -> str:
    """Return as much of a line as fits into some columns, with a ``…`` where it was cut."""
    if get_cwidth(text) <= columns:
        return text
    kept = ""
    width = get_cwidth(_CUT)
    for character in text:
        width += get_cwidth(character)
        if width > columns:
            break
        kept += character
    return kept.rstrip() + _CUT if columns > 0 else ""


def drawn(bar: Callable[[], Bar], columns: Callable[[], int], encoding: str) -> Callable[[], str]:
    """Return a function that lays the toolbar out for the screen as it is now.

    Args:
        bar: What the toolbar tells.
        columns: How wide the screen is.
        encoding: What the screen can show; where it has no ``·``, plain signs stand for it.
    """
    plain = {} if _shows(encoding) else str.maketrans({"·": "|", "…": "~"})
    return lambda: bar().text(columns()).translate(plain)


def _joined(*parts: str) -> str:
    return _BETWEEN.join(part for part in parts if part)


def _shows(encoding: str) -> bool:
    try:
        (_BETWEEN + _CUT).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
