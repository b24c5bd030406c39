"""Rich Text Format: ``.rtf``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from groundwire.ingest.loaders.base import Loaded, LoadError, date_from, one_line, title_from
from groundwire.ingest.loaders.blocks import compose
from groundwire.ingest.loaders.docx_styles import GENERATED_STYLE, HEADING_STYLE
from groundwire.ingest.loaders.openings import dateline, headline
from groundwire.ingest.loaders.packages import made_on, own_author, own_title
from groundwire.ingest.loaders.rtf_flow import BODY_LEVEL, SHOWN, Flow, State
from groundwire.ingest.loaders.rtf_tokens import (
    CHARACTERS,
    READ,
    STANDARD_CODEC,
    SYMBOLS,
    UNREAD,
    codec_of,
    tokens,
)

if TYPE_CHECKING:
    from groundwire.ingest.loaders.blocks import Block

_START = b"{\\rtf"
_DEEPEST = 500  # groups in one another; word processors write some twenty
_MOST_FALLBACK = 16  # characters that stand for one of Unicode's; more would hide text
_BOXES = frozenset({"shptxt", "dptxbxtext"})
_PLACES = {"fonttbl": "fonts", "stylesheet": "styles", "info": "info", "userprops": "info"}
_FIELDS = frozenset({"title", "author", "creatim", "revtim", "propname", "staticval"})
_TIMES = frozenset({"creatim", "revtim"})
_TIME_PARTS = {"yr": "", "mo": "-", "dy": "-", "hr": "T", "min": ":", "sec": ":"}
_ENDS = frozenset({"par", "sect", "page", "column", "nestcell", "cell", "row"})
_PARAGRAPH_WORDS = frozenset({"pard", "s", "outlinelevel", "ls", "intbl"})
_HIDING = frozenset({"v", "deleted", "mvf"})
_LONGEST_NAME = 100
_CODEC_WORDS = frozenset({"ansicpg", "mac", "pc", "pca"})
_KNOWN = UNREAD.union(
    READ, CHARACTERS, _BOXES, _PLACES, _FIELDS, _TIME_PARTS, _ENDS, _PARAGRAPH_WORDS, _HIDING
).union(_CODEC_WORDS, {"u", "uc", "plain", "f", "fcharset", "cpg"})


def load_rtf(data: bytes, name: str) -> Loaded:
    """Read Rich Text Format (``.rtf``) as its reader would see it.

    What is tracked as deleted, hidden text, comments, headers and footers of pages, and generated
    tables of contents are left out; text boxes and the results of fields are read. A footnote
    follows the paragraph or table that refers to it.

    Raises:
        LoadError: It is no RTF, hostile, or without text.
    """
    start = data.find(_START)
    if start < 0 or data[:start].strip(b"\xef\xbb\xbf \t\r\n"):
        raise LoadError("not an RTF file")
    reader = _Reader()
    text, headings = compose(reader.read(data[start:].decode("latin-1")))
    if not text:
        raise LoadError("no text")
    # A heading further down is no title where the first line reads like one.
    opens = headings and (headings[0].start == 0 or not headline(text))
    first_heading = one_line(headings[0].of(text)) if opens else ""
    made = made_on(reader.field("creatim"), reader.field("revtim"))
    return Loaded(
        title=own_title(reader.field("title"))
        or first_heading
        or headline(text)
        or title_from(name),
        source=one_line(reader.property("source")),
        author=own_author(reader.field("author")),
        published=date_from(reader.property("published"))
        or date_from(name)
        or dateline(text)
        or made,
        language=one_line(reader.property("language")).lower(),
        text=text,
        headings=headings,
    )


class _Reader:
    """Goes through the tokens of one file."""

    def __init__(self) -> None:
        """Start in the body, in the commonest character set."""
        self._state = State()
        self._stack: list[State] = []
        self._flows = [Flow(depth=0)]
        self._bytes: list[str] = []
        self._to_skip = 0
        self._optional = False
        self._noted = 0
        self._standard = STANDARD_CODEC
        self._font = 0
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._styles: dict[int, str] = {}
        self._fields: list[tuple[str, list[str]]] = []

    def read(self, source: str) -> list[Block]:
        """Return the blocks of a file, in order."""
        for kind, text, number in tokens(source):
            if kind == "text":
                self._literal(text)
                continue
            self._flush()
            if kind == "group":
                if not self._group(text):
                    break
            elif kind == "symbol":
                self._symbol(text)
            else:
                self._word(text, number)
        self._flush()
        while len(self._flows) > 1:
            self._end_flow()
        self._end_paragraph()
        self._flows[0].end_row()
        return self._flows[0].blocks

    def field(self, name: str) -> str:
        """Return what the file's information says under a name, or an empty string."""
        return next(("".join(words) for key, words in self._fields if key == name), "").strip()

    def property(self, name: str) -> str:
        """Return a property that a person or a converter added, or an empty string."""
        pairs = zip(self._fields, self._fields[1:], strict=False)
        values = (value for (_, key), (_, value) in pairs if "".join(key).strip().lower() == name)
        return "".join(next(values, [])).strip()

    def _literal(self, text: str) -> None:
        """Take characters of the file, unless they stand for one of Unicode's before them."""
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        if skipped < len(text) and self._state.place != "unread":
            self._bytes.append(text[skipped:])

    def _flush(self) -> None:
        """Decode the bytes that were taken: one character may have several, in either form."""
        if self._bytes:
            raw = "".join(self._bytes).encode("latin-1")
            self._bytes.clear()
            self._put(raw.decode(self._state.codec, "replace"))

    def _put(self, text: str) -> None:
        """Put text where it belongs."""
        place = self._state.place
        if place == "body":
            if not self._state.hidden:
                self._flows[-1].pieces.append(text)
        elif place == "styles":
            name = self._styles.get(self._state.style, "")
            self._styles[self._state.style] = (name + text)[:_LONGEST_NAME]
        elif place in _FIELDS:
            self._fields[-1][1].append(text)

    def _group(self, brace: str) -> bool:
        """Open or close a group. Returns whether the file goes on after it."""
        self._to_skip = 0
        self._optional = False
        if brace == "{":
            if len(self._stack) >= _DEEPEST:
                raise LoadError("nested too deeply")
            self._stack.append(self._state)
            return True
        if self._flows[-1].depth == len(self._stack) and len(self._flows) > 1:
            self._end_flow()
        if self._stack:
            self._state = self._stack.pop()
        return bool(self._stack)

    def _symbol(self, symbol: str) -> None:
        """Read a backslash and the character after it."""
        if symbol == "*":
            self._optional = True
        elif self._to_skip:
            self._to_skip -= 1
        elif symbol in SYMBOLS:
            self._put(SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        """Read a control word that changes where text goes, or another."""
        optional, self._optional = self._optional, False
        if self._state.place == "unread" or self._passed(word):
            return
        if word not in _KNOWN and not optional:
            return
        if word in _FIELDS and self._state.place == "info":
            self._state = replace(self._state, place=word)
            self._fields.append((word, []))
        elif word in UNREAD or (optional and word not in READ):
            self._flows[-1].listed |= word in {"listtext", "pntext"}
            self._state = replace(self._state, place="unread")
        elif word in _PLACES:
            self._state = replace(self._state, place=_PLACES[word])
        elif word == "footnote" or word in _BOXES:
            self._flows.append(Flow(depth=len(self._stack), is_note=word == "footnote"))
            self._state = replace(
                self._state, style=0, level=BODY_LEVEL, listed=False, in_table=False
            )
        else:
            self._format(word, number)

    def _passed(self, word: str) -> bool:
        """Return whether a word stands for one of Unicode's characters before it."""
        passed = self._to_skip > 0 and word not in {"u", "uc"}
        self._to_skip -= passed
        return passed

    def _format(self, word: str, number: int | None) -> None:
        """Read a control word that stands for text, ends some, or changes how it is set."""
        if word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif word == "u":
            self._put(chr((number or 0) % 0x10000))
            self._to_skip = self._state.fallback
        elif word in _ENDS:
            self._end(word)
        elif word in _TIME_PARTS:
            if self._state.place in _TIMES:
                self._put(f"{_TIME_PARTS[word]}{number or 0:02d}")
        elif word in _PARAGRAPH_WORDS:
            self._set_paragraph(word, number)
        else:
            self._set_characters(word, number)

    def _set_paragraph(self, word: str, number: int | None) -> None:
        """Change what is known of the paragraph."""
        state = self._state
        match word:
            case "pard":
                changed = replace(state, style=0, level=BODY_LEVEL, listed=False, in_table=False)
            case "s":
                changed = replace(state, style=number or 0)
            case "outlinelevel":
                changed = replace(state, level=number or 0)
                if state.place == "styles":
                    self._levels[state.style] = number or 0
            case "ls":
                changed = replace(state, listed=number != 0)
            case _:
                changed = replace(state, in_table=number != 0)
        self._state = changed

    def _set_characters(self, word: str, number: int | None) -> None:
        """Change how characters are shown or decoded."""
        state = self._state
        if word in _HIDING:
            hidden = state.hidden - {word} if number == 0 else state.hidden | {word}
            self._state = replace(state, hidden=hidden)
        elif word == "plain":
            self._state = replace(state, hidden=SHOWN, codec=self._standard)
        elif word == "uc":
            self._state = replace(state, fallback=max(0, min(number or 0, _MOST_FALLBACK)))
        elif word == "f" and state.place == "fonts":
            self._font = number or 0
        elif word == "f":
            self._state = replace(state, codec=self._fonts.get(number or 0, self._standard))
        elif word in {"fcharset", "cpg"}:
            self._fonts[self._font] = codec_of(word, number) or self._standard
        elif word in _CODEC_WORDS:
            self._standard = codec_of(word, number) or self._standard
            self._state = replace(state, codec=self._standard)

    def _end(self, word: str) -> None:
        """End a paragraph, cell or row."""
        if word != "row":
            self._end_paragraph(in_table=word == "cell")
        if word == "cell":
            self._flows[-1].end_cell()
        elif word == "row":
            self._flows[-1].end_row()

    def _end_paragraph(self, *, in_table: bool = False) -> None:
        """End the paragraph that is being read, if only the file does."""
        state = self._state
        style = self._styles.get(state.style, "").strip("; \n")
        level = min(state.level, self._levels.get(state.style, BODY_LEVEL))
        self._flows[-1].end_paragraph(
            heading=level < BODY_LEVEL or HEADING_STYLE.fullmatch(style) is not None,
            listed=state.listed,
            in_table=in_table or state.in_table,
            kept=GENERATED_STYLE.fullmatch(style) is None,
        )

    def _end_flow(self) -> None:
        """Put a note or text box behind the paragraph that it belongs to."""
        self._end_paragraph()
        flow = self._flows.pop()
        flow.end_row()
        blocks = flow.blocks
        if flow.is_note and blocks:
            self._noted += 1
            blocks[0] = replace(blocks[0], text=f"({self._noted}) {blocks[0].text}")
        self._flows[-1].put_after(blocks)
