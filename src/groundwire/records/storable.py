"""Text as the records can hold it."""

from __future__ import annotations

import re
from typing import Final

_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """Return text in which each half of a surrogate pair is ``�``: it cannot be written as UTF-8.

    Such halves come from bytes on a pipe that are no UTF-8, and from escapes in JSON.
    """
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
