"""Punctuation that comes in several shapes, written as escapes because the shapes look alike."""

from __future__ import annotations

DOUBLE_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033'
"""Straight, curly, low, angled and the double prime."""

SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc\uff07"
"""Straight, curly, low, the prime, the accents used as quotes, and the letter apostrophe."""

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""Hyphens, dashes and minus; the plain hyphen leads, as a character class needs."""

APOSTROPHES = "'\u2019"
"""What stands inside a word: "Xi's"."""

OPENING_QUOTES = "\"'\u201c\u2018\u00ab\u201e\u201a\u2039"
"""Marks that may open a quotation."""

CLOSING_QUOTES = "\"'\u201d\u2019\u00bb"
"""Marks that may close a quotation."""

WIDE_STOPS = "\u3002\uff01\uff1f\uff61"
"""Terminators of Chinese and Japanese, which no space follows."""

WIDE_CLOSERS = "\u300d\u300f\uff09\u3011"
"""Brackets and quotation marks that close in Chinese and Japanese."""

WIDE_LETTERS = "\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Ranges of kana and ideographs, for a character class: scripts that put no space between words."""
