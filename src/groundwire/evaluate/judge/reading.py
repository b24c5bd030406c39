"""How the judge reads characters: its own normal form of text, and of Markdown."""

from __future__ import annotations

import html
import re
import unicodedata

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
    }
)
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_MARKUP = re.compile(r"[*_`~\\]")
_BULLET = re.compile(r"^[ \t>]*(?:[-*+][ \t]+)?", re.MULTILINE)

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PRIVATE = 0xF000
_SHIELDED = re.compile(f"[{chr(_PRIVATE)}-{chr(_PRIVATE + 127)}]")
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+[^()]*)?\)|\[[^\[\]]*\])"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:[ \t]*\S+.*$", re.MULTILINE)
_ADDRESS = re.compile(r"<([a-z][a-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINE_MARKS = re.compile(
    r"^[ \t]*(?:#{1,6}(?=[ \t])|[=-]{2,}[ \t]*$|(?:`{3}|~{3}).*$|\|?[ \t:|-]+\|[ \t:|-]*$)",
    re.MULTILINE,
)


def readable(text: str) -> str:
    """Return a text as the judge compares it.

    Composed (NFC); one kind of quotation mark, dash and space; without invisible characters; runs
    of white space are one space. Letters are never replaced by ones that look like them.
    """
    kept = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Co", "Cs"})
    return " ".join(unicodedata.normalize("NFC", kept).translate(_SIGNS).split())


def comparable(text: str) -> str:
    """Return text without what Markdown may put around or before words.

    Applied to a quote and to its file alike: whichever of the two still holds an asterisk or a
    bullet, the other loses it as well.
    """
    bare = _MARKUP.sub("", _BULLET.sub("", text)).replace("|", " ")
    return readable(bare)


def turning(text: str) -> frozenset[str]:
    """Return the characters of a text that reorder what follows them on screen."""
    return _TURNING.intersection(text)


def unmarked(markdown: str) -> str:
    """Return the words that a reader of Markdown sees, line for line.

    Front matter, comments, addresses of links and tags go; labels and alternative texts stay.
    """
    text = _FRONT_MATTER.sub("", markdown, count=1)
    text = _ESCAPED.sub(lambda found: chr(_PRIVATE + ord(found[1])), text)
    text = _DEFINITION.sub("", _UNSEEN.sub("", text))
    text = _LINE_MARKS.sub("", text)
    before = ""
    while before != text:
        before, text = text, _LINK.sub(r"\1", text)
    text = html.unescape(_TAG.sub("", _ADDRESS.sub(r"\1", text)))
    return _SHIELDED.sub(lambda found: chr(ord(found[0]) - _PRIVATE), text)
