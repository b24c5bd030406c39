"""The one normal form of document text; every offset in the project indexes it."""

from __future__ import annotations

import re
import unicodedata

_NEWLINE = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Invisible: C0 and C1 controls except \n and \t, soft hyphen, zero-width space, word joiner, byte
# order mark, and the marks that reorder text on screen. The joiners U+200C and U+200D stay: emoji
# and Persian spelling need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060\u2066-\u2069\ufeff]"
)
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_TRAILING_BLANKS = re.compile(r"(?<![ \t])[ \t]++(?=\n)")
_BLANK_LINES = re.compile(r"\n{3,}")


def normalize(raw: str) -> str:
    r"""Return ``raw`` in the project's normal form.

    Every kind of line end becomes ``\n``, every kind of space except the tab a plain space.
    Control characters, soft hyphens, zero-width spaces, byte order marks and bidirectional controls
    are removed, lone surrogates become U+FFFD, and the text is composed (NFC). Blanks at the end of
    a line go, two empty lines or more become one, and nothing blank stands at either end of
    the whole. Quotation marks, dashes and ellipses are kept, because quotes must be exact.

    Args:
        raw: Decoded text of any origin.

    Returns:
        The normal form; ``normalize(normalize(raw)) == normalize(raw)``.
    """
    text = _NEWLINE.sub("\n", raw)
    if not text.isascii():
        text = _ODD_SPACE.sub(" ", _SURROGATE.sub("\ufffd", text))
    # Composition comes after removal: what stood between a letter and its accent is gone by then.
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _TRAILING_BLANKS.sub("", text)
    return _BLANK_LINES.sub("\n\n", text).strip()
