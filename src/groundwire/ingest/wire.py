"""What passes between a sync and the program that reads its files: frames of JSON, and bytes.

A frame is its length in eight bytes, then a JSON object in UTF-8. A request is one frame and the
bytes of the file; the reply is a frame for each document and each problem, then one that ends it.
Nothing that arrives is executed or trusted: each value is checked before it is used.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from groundwire.domain.documents import Locator
from groundwire.domain.spans import Span
from groundwire.ingest.loaders.base import Loaded, LoadError, Members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundwire.ingest.loaders.columns import Columns

MAX_REQUEST = 64 * 1024
"""Bytes of a request's frame: a name and those of some columns."""
MAX_REPLY = 256 * 1024 * 1024
"""Bytes of all frames of a reply. The largest collection that is read has 200 MiB."""

_LENGTH = struct.Struct(">Q")


class WireError(Exception):
    """What arrived is not what was agreed on."""


class OutOfMemoryError(Exception):
    """The program that reads a file says that it may not use enough memory for it."""


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read.

    Attributes:
        name: Its name, with its suffix.
        size: How many bytes of it follow.
        seconds: How long reading it may take.
        columns: Which columns of tables to use; None if all are to be guessed.
    """

    name: str
    size: int
    seconds: float
    columns: Columns | None = None


def packed_request(request: Request) -> bytes:
    """Return the frame of a request."""
    return _frame(asdict(request))


def read_request(take: Callable[[int], bytes]) -> Request:
    """Read the frame of a request.

    Args:
        take: Returns so many bytes, or raises an error.

    Raises:
        WireError: It is no request.
    """
    from groundwire.ingest.loaders.columns import Columns  # with parsers that a sync does not need

    given = _Frames(take, MAX_REQUEST).next()
    try:
        columns = given["columns"]
        return Request(
            name=_text(given["name"]),
            size=_count(given["size"]),
            seconds=float(given["seconds"]),
            columns=Columns(**{key: _text(columns[key]) for key in columns}) if columns else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WireError(f"not a request: {error!r}") from error


def packed_reply(content: Loaded | Members) -> Iterator[bytes]:
    """Yield the frames of a reply; one that is too large ends as a refusal."""
    total = 0
    for value in _values(content):
        frame = _frame(value)
        total += len(frame)
        if total > MAX_REPLY:
            yield packed_refusal(f"gives more than {MAX_REPLY // 2**20} MiB of text")
            return
        yield frame


def packed_refusal(reason: str) -> bytes:
    """Return the frame that ends a reply with the reason why a file cannot be read."""
    return _frame({"refused": reason})


def packed_shortage() -> bytes:
    """Return the frame that ends a reply because there was not enough memory."""
    return _frame({"shortage": True})


def read_reply(take: Callable[[int], bytes]) -> Loaded | Members:
    """Read all frames of a reply.

    Args:
        take: Returns so many bytes, or raises an error.

    Raises:
        LoadError: The file cannot be read.
        OutOfMemoryError: Reading it needs too much memory.
        WireError: It is no reply, or too large.
    """
    frames = _Frames(take, MAX_REPLY + MAX_REQUEST)
    documents: list[Loaded] = []
    problems: list[tuple[str, str]] = []
    while True:
        kind, given = frames.next_pair()
        try:
            match kind:
                case "document":
                    documents.append(_document(given))
                case "problem":
                    problems.append(_problem(given))
                case _:
                    return _ended(kind, given, documents, problems)
        except (KeyError, TypeError, ValueError) as error:
            raise WireError(f"not a reply: {error!r}") from error


def _ended(
    kind: str, given: object, documents: list[Loaded], problems: list[tuple[str, str]]
) -> Loaded | Members:
    """Return what a reply gave whose last frame is of such a kind."""
    if kind == "refused":
        raise LoadError(_text(given))
    if kind == "shortage":
        raise OutOfMemoryError
    if kind == "one" and len(documents) == 1 and not problems:
        return documents[0]
    if kind == "many":
        return Members(tuple(documents), tuple(problems))
    raise WireError(f"no end of a reply: {kind}")


def _values(content: Loaded | Members) -> Iterator[dict[str, object]]:
    """Yield what the frames of a reply say."""
    if isinstance(content, Loaded):
        yield {"document": _described(content)}
        yield {"one": True}
        return
    for document in content.documents:
        yield {"document": _described(document)}
    for problem in content.problems:
        yield {"problem": problem}
    yield {"many": True}


def _described(loaded: Loaded) -> dict[str, object]:
    """Return a document in the types of JSON."""
    return {
        "title": loaded.title,
        "source": loaded.source,
        "author": loaded.author,
        "published": loaded.published.isoformat() if loaded.published else "",
        "language": loaded.language,
        "text": loaded.text,
        "headings": [(span.start, span.end) for span in loaded.headings],
        "locators": [(place.span.start, place.span.end, place.label) for place in loaded.locators],
        "member": loaded.member,
    }


def _document(given: Any) -> Loaded:  # noqa: ANN401 -- whatever JSON held
    """Return a document that was described so.

    Raises:
        KeyError: Something is missing.
        TypeError: Something has another type.
        ValueError: Something cannot be, such as a heading outside the text.
    """
    text = _text(given["text"])
    published = _text(given["published"])
    return Loaded(
        title=_text(given["title"]),
        source=_text(given["source"]),
        author=_text(given["author"]),
        published=date.fromisoformat(published) if published else None,
        language=_text(given["language"]),
        text=text,
        headings=tuple(_span(start, end, text) for start, end in given["headings"]),
        locators=tuple(
            Locator(_span(start, end, text), _text(label))
            for start, end, label in given["locators"]
        ),
        member=_text(given["member"]),
    )


def _problem(given: Any) -> tuple[str, str]:  # noqa: ANN401 -- whatever JSON held
    member, reason = given
    return _text(member), str(LoadError(_text(reason)))


def _span(start: object, end: object, text: str) -> Span:
    span = Span(_count(start), _count(end))
    if span.end > len(text):
        raise ValueError("a place outside the text")
    return span


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a number")
    return value


def _frame(value: object) -> bytes:
    # A lone surrogate is no UTF-8, but it may stand in a name or a text, and must come back.
    payload = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTH.pack(len(payload)) + payload


class _Frames:
    """The frames that arrive, of so many bytes in all at most."""

    def __init__(self, take: Callable[[int], bytes], limit: int) -> None:
        self._take = take
        self._left = limit

    def next_pair(self) -> tuple[str, Any]:
        """Read a frame with one name, and return it with its value."""
        found = self.next()
        if len(found) != 1:
            raise WireError("not one name")
        return next(iter(found.items()))

    def next(self) -> dict[str, Any]:
        """Read one frame.

        Raises:
            WireError: It is too large, or no JSON object.
        """
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        self._left -= length
        if self._left < 0:
            raise WireError(f"a frame of {length} bytes")
        try:
            value = json.loads(self._take(length).decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError) as error:
            raise WireError("not JSON") from error
        if not isinstance(value, dict):
            raise WireError("not a JSON object")
        return value
