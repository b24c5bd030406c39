"""Finding quotes in texts and facts in answers.

The rooms under judgement have a normaliser and an aligner of their own. This one shares nothing
with them, so a fault there cannot hide itself here.
"""

from __future__ import annotations

import re

from groundwire.domain.spans import Span

_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u00ad": None,
    }
)


def fold(text: str) -> str:
    """Return text as it is compared: one case, plain quotes and dashes, single spaces."""
    return " ".join(text.translate(_PLAIN).casefold().split())


def says(text: str, fact: str) -> bool:
    """Return whether a fact stands in a text as whole words and whole numbers.

    ``24`` stands in “24 jobs” and in “in 24.”, but not in “240”, “2,400” or “24.5”.
    """
    wanted = fold(fact)
    before = r"(?<![^\W_])(?<!\d[.,])" if wanted[:1].isalnum() else ""
    after = r"(?![^\W_])(?![.,]\d)" if wanted[-1:].isalnum() else ""
    return re.search(before + re.escape(wanted) + after, fold(text)) is not None


def says_anywhere(text: str, words: str) -> bool:
    """Return whether the words occur at all, even as part of longer ones."""
    return fold(words) in fold(text)


def locate(quote: str, text: str) -> tuple[Span, ...]:
    """Return every place where a quote stands in a text.

    Characters must be equal; any run of white space matches any other, because a paragraph may
    be wrapped in its file and not in the text of record.
    """
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text)) if pattern else ()
