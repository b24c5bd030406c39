"""Making text of documents, models and files harmless on a page."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Return text with every control, invisible and direction-changing character shown as ``�``.

    Markup is not touched: the template escapes it. Newlines and tabs stay.
    """
    return _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
