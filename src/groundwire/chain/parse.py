"""Reading a draft: from text that arrives in pieces to sentences with their ``[n]`` markers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from groundwire.text.normalize import normalize
from groundwire.text.sentences import sentences

REFUSAL = "NOT IN THE DOCUMENTS"
"""What the prompts ask a model to write if the passages do not answer."""

_MARKER = re.compile(
    r"[\[【]\s*(?P<numbers>(?:passages?\s*)?\d{1,2}"
    r"(?:\s*(?:[,;&–-]|and)\s*(?:passages?\s*)?\d{1,2})*)\s*[\]】]",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_CLOSERS = r"[\"'”’»)*_]*"
_MARKERS = rf"(?:\s*{_MARKER.pattern.replace('?P<numbers>', '?:')})+"
_SENTENCE_CLOSED = re.compile(
    rf"(?:[.!?…]{_CLOSERS}{_MARKERS}|{_MARKERS}[.!?…]{_CLOSERS})\s+(?=[^\s\[【])", re.IGNORECASE
)
_DECORATION = re.compile(
    r"\s*(?:>\s*)*(?:(?:[-*•·–]|\d{1,2}[.)]|#{1,6})\s+)*(?:answer\s*:\s*)?",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\*\*|__|`")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+)(?<=\S)\1(?![\w*])")
_SPACES = re.compile(r" {2,}")
_JOINS = frozenset(".,;:!?…)\"'”’»")
_THINKING = ("<think>", "</think>")


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft.

    Attributes:
        text: The sentence without markers and Markdown.
        markers: The passages it names, in order, each once; they may not exist.
    """

    text: str
    markers: tuple[int, ...]


class DraftReader:
    """Reads a draft as it arrives and gives each sentence out once it is complete.

    A line ends a sentence; so do its markers before the next one begins. Markers are ``[1]``,
    ``[1, 2]``, ``[1-3]``, ``[1][2]``, ``[passage 1]`` and ``【1】``; ``(1)`` is text, as sources
    number things that way. Markers belong to the sentence they follow, or, in a line that begins
    with one, to the sentence they precede. What stands between ``<think>`` tags is passed over.
    The sentences do not depend on how the draft was cut into pieces.
    """

    def __init__(self) -> None:
        """Begin at the start of a draft."""
        self._raw = ""
        self._thinking = False
        self._line = ""
        self._at_line_start = True
        self._held: DraftSentence | None = None

    def feed(self, piece: str) -> list[DraftSentence]:
        """Take the next piece and return the sentences that are complete now."""
        *lines, rest = _SPACES.sub(" ", self._line + self._said(piece)).split("\n")
        found: list[DraftSentence] = []
        for line in lines:
            found += self._read(line)
            self._at_line_start = True
        closed = _closed_part(rest, at_line_start=self._at_line_start)
        if closed:
            found += self._read(rest[:closed])
            self._at_line_start = False
        self._line = rest[closed:]
        return found

    def close(self) -> list[DraftSentence]:
        """Return what was left: the draft is over, and so is the reader."""
        rest = self._line + ("" if self._thinking else self._raw)
        found = self._read(rest)
        if self._held is not None:
            found.append(self._held)
        return found

    def _said(self, piece: str) -> str:
        """Return what a piece adds outside of thinking, as visible characters."""
        self._raw += "".join(_visible(char) for char in piece)
        said = ""
        while True:
            tag = _THINKING[self._thinking]
            before, found, after = self._raw.partition(tag)
            if not found:
                break
            said += "" if self._thinking else before + "\n"
            self._thinking = not self._thinking
            self._raw = after
        begun = next(n for n in range(len(tag) - 1, -1, -1) if self._raw.endswith(tag[:n]))
        whole = len(self._raw) - begun
        said += "" if self._thinking else self._raw[:whole]
        self._raw = self._raw[whole:]
        return said

    def _read(self, part: str) -> list[DraftSentence]:
        """Return the sentences of a line, or of a part of one, and keep back what may go on."""
        if self._at_line_start:
            part = _undecorated(part)
        alone = _numbers(part) if not _MARKER.sub("", part).strip() else ()
        if alone:
            return self._release(alone)
        found = _line_sentences(part, whole=self._at_line_start and _is_one_part(part))
        if not found:
            return []
        released = self._release(())
        if not found[-1].markers:
            self._held = found.pop()
        return released + found

    def _release(self, markers: tuple[int, ...]) -> list[DraftSentence]:
        """Return the sentence that was kept back, with the markers that followed it."""
        if self._held is None:
            return []
        released, self._held = replace(self._held, markers=markers), None
        return [released]


def sentences_with_markers(draft: str) -> tuple[DraftSentence, ...]:
    """Return the sentences of a whole draft; see :class:`DraftReader` for the rules."""
    reader = DraftReader()
    return (*reader.feed(draft), *reader.close())


def is_refusal(draft: str) -> bool:
    """Return whether a draft says that the passages do not answer."""
    said = sentences_with_markers(draft)[:1]
    words = said[0].text if said else ""
    return words.startswith(REFUSAL) or words.strip(" .!\"'“”").upper() == REFUSAL


def _closed_part(line: str, *, at_line_start: bool) -> int:
    """Return how many characters of an unfinished line are complete sentences."""
    if at_line_start and _is_one_part(_undecorated(line)):
        return 0
    return max((match.end() for match in _SENTENCE_CLOSED.finditer(line)), default=0)


def _is_one_part(line: str) -> bool:
    """Return whether a line is read as a whole: code, or one whose markers come first."""
    return line.startswith("`") or _MARKER.match(line) is not None


def _undecorated(line: str) -> str:
    """Return a line without list signs, heading signs and the word ``Answer:``."""
    return _DECORATION.sub("", line, count=1)


def _line_sentences(line: str, *, whole: bool) -> list[DraftSentence]:
    """Return the sentences of a line, or of a part of one, that has lost its decoration."""
    if line.startswith("```"):
        return []
    if whole:
        return _marked(line, markers_first=_MARKER.match(line) is not None)
    found, start = [], 0
    for match in _SENTENCE_CLOSED.finditer(line):
        found += _marked(line[start : match.end()], markers_first=False)
        start = match.end()
    return found + _marked(line[start:], markers_first=False)


def _marked(part: str, *, markers_first: bool) -> list[DraftSentence]:
    """Split a part into sentences and give each marker to the one it belongs to."""
    text, markers = _lift(normalize(_EMPHASIS.sub(r"\2", _STRONG.sub("", part))))
    spans = [span for span in sentences(text) if any(map(str.isalnum, span.of(text)))]
    numbers: list[list[int]] = [[] for _ in spans]
    for offset, named in markers if spans else ():
        if markers_first:
            index = sum(span.end <= offset for span in spans)
        else:
            index = sum(span.start < offset for span in spans) - 1
        numbers[min(max(index, 0), len(spans) - 1)] += named
    return [
        DraftSentence(" ".join(span.of(text).split()), tuple(dict.fromkeys(named)))
        for span, named in zip(spans, numbers, strict=True)
    ]


def _lift(text: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """Take the markers out of a text; return it with the offset and the numbers of each."""
    kept, start = "", 0
    markers = []
    for match in _MARKER.finditer(text):
        kept = (kept + text[start : match.start()]).rstrip()
        markers.append((len(kept), _numbers(match["numbers"])))
        start = match.end()
        if text[start : start + 1].strip() and text[start] not in _JOINS:
            kept += " "
    return kept + text[start:], markers


def _numbers(marker: str) -> tuple[int, ...]:
    """Return the numbers of a marker, ranges written out."""
    spread = _RANGE.sub(
        lambda ends: ",".join(map(str, range(int(ends[1]), int(ends[2]) + 1))) or ends[0], marker
    )
    return tuple(map(int, re.findall(r"\d+", spread)))


def _visible(char: str) -> str:
    """Return a character, a space for white space of an odd kind, nothing for what is unseen."""
    if char == "\n" or not char.isspace():
        unseen = unicodedata.category(char) in {"Cc", "Cf"} and char not in "\n\u200c\u200d"
        return "" if unseen else char
    return " "
