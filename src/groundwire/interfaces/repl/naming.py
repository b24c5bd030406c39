"""How documents are named in what is typed: as one word, or in double quotes.

A bare name is letters, digits and ``_ . / : , + % = ~ -``, and ends with a letter, a digit or a
``_``: punctuation after it belongs to the sentence. In quotes, a backslash stands before a quote or
another backslash. ``shlex.split`` reads the same names out of a command's arguments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 6
_BARE = r"[\w./:,+%=~-]*\w"
_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_AT = r"(?<![^\s(\[“\"'‘])@"
_MENTION = re.compile(f"{_AT}(?:{_QUOTED}|({_BARE}))", re.DOTALL)
_BEGUN_MENTION = re.compile(rf'{_AT}("(?:[^"\\]|\\.)*|[^\s"]*)\Z', re.DOTALL)
_WORD = re.compile(rf'{_QUOTED}|"(?:[^"\\]|\\.)*\Z|[^\s"]\S*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text with an ``@`` before it.

    Attributes:
        name: The name, without quotes. Whether any document is called so is not known here.
        start: Where the ``@`` stands in the text.
        end: Where the mention ends.
    """

    name: str
    start: int
    end: int


def quoted(name: str) -> str:
    """Return a name as it is typed after ``@`` or a command."""
    if re.fullmatch(_BARE, name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def unquoted(typed: str) -> str:
    """Return the name that was typed, whether or not its last quote is there yet."""
    if not typed.startswith('"'):
        return typed
    inner = re.sub(r"\\([\"\\])", lambda found: f"\0{found[1]}", typed[1:])
    return re.sub(r'(?<!\0)"\Z', "", inner).replace("\0", "")


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the ``@`` mentions of a text, in order; an e-mail address is none."""
    return tuple(
        Mention(unquoted(found[0][1:]), found.start(), found.end())
        for found in _MENTION.finditer(text)
    )


def begun_mention(text: str) -> str | None:
    """Return what stands between an ``@`` and the end of a text, if a name is being typed there."""
    found = _BEGUN_MENTION.search(text)
    return found[1] if found else None


def begun_names(arguments: str) -> tuple[str, ...]:
    """Return what may be the name that is being typed at the end of a command's arguments.

    A title has several words, and people do not quote it before they have found it: from the
    longest run of words that could be one name to the last word alone. A run has a few words, and
    does not reach back over a name in quotes.
    """
    words = [(found.start(), found[1] is not None) for found in _WORD.finditer(arguments)]
    ends_open = bool(arguments) and not arguments[-1].isspace()
    if not words or not ends_open or words[-1][1]:
        return ("",)
    first = max((place for place, (_, closed) in enumerate(words, 1) if closed), default=0)
    return tuple(arguments[start:] for start, _ in words[first:][-_LONGEST:])
