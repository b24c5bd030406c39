"""Every loader, by the suffix of the file; and the wire that its result goes over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.ingest.loaders.base import LoadError, Members
from groundwire.ingest.loaders.columns import Columns
from groundwire.ingest.loaders.registry import load
from groundwire.ingest.wire import (
    OutOfMemoryError,
    Request,
    WireError,
    packed_reply,
    packed_request,
    read_reply,
    read_request,
)
from groundwire.text.normalize import normalize
from tests.fuzz.mutating import mutated
from tests.fuzz.seeds import PIECES, SEEDS
from tests.fuzz.targets import Target, plainly, promise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from groundwire.domain.spans import Span
    from groundwire.ingest.loaders.base import Loaded

LONGEST_REASON = 200
_UNSAFE = {"", ".", ".."}


def targets() -> Iterator[Target]:
    """Yield a target for each format, and two for the wire."""
    for suffix, seeds in SEEDS.items():
        make = partial(mutated, seeds=seeds, pieces=PIECES[suffix])
        run = plainly(partial(read, f"2019-06-20 a{suffix}"))
        yield Target(f"load{suffix}", "loaders", make, run, seeds)
    for name, take, frames in (
        ("wire-reply", _take_reply, _replies()),
        ("wire-request", _take_request, (packed_request(_request()),)),
    ):
        make = partial(mutated, seeds=frames, pieces=(b"\0" * 8, b'"', b"[", b"{}", b"null", b"1"))
        yield Target(name, "loaders", make, plainly(take), frames)


def read(name: str, data: bytes) -> object:
    """Read a file, and check what came of it.

    Returns:
        What was read, or the reason why nothing was.
    """
    try:
        loaded = load(data, name)
    except (LoadError, GroundwireError) as error:
        check_reason(str(error))
        return f"refused: {error}"
    check(loaded)
    promise(read_reply(taking(b"".join(packed_reply(loaded)))) == loaded, "the wire changed it")
    return loaded


def check(loaded: Loaded | Members) -> None:
    """Check what a file gave.

    Raises:
        BrokenPromiseError: It is not what a loader may return.
    """
    documents = loaded.documents if isinstance(loaded, Members) else (loaded,)
    promise(documents, "no documents")
    for document in documents:
        check_document(document)
    if isinstance(loaded, Members):
        names = [document.member for document in documents]
        promise(len(set(names)) == len(names), "two members of one name")
        for name in (*names, *(name for name, _ in loaded.problems)):
            promise(name.isprintable(), f"a name that cannot be printed: {name!r}")
            parts = name.split("/") if name else []
            promise(not _UNSAFE.intersection(parts), f"a name that leads elsewhere: {name!r}")
        for _, reason in loaded.problems:
            check_reason(reason)


def check_document(document: Loaded) -> None:
    """Check one document.

    Raises:
        BrokenPromiseError: It is not what a loader may return.
    """
    promise(document.text, "no text")
    promise(document.text == normalize(document.text), "text that is not normalised")
    for field in (document.title, document.source, document.author, document.language):
        promise(field == " ".join(field.split()), f"not one line: {field!r}")
    promise(document.title, "no title")
    _check_spans(document.headings, document.text)
    _check_spans((place.span for place in document.locators), document.text)


def _check_spans(spans: Iterable[Span], text: str) -> None:
    last = 0
    for span in spans:
        promise(span.start >= last, "spans that overlap or are out of order")
        last = span.end
    promise(last <= len(text), "a span outside the text")


def check_reason(reason: str) -> None:
    """Check what people are told of a file that cannot be read.

    Raises:
        BrokenPromiseError: It is nothing to put into a report.
    """
    promise(reason.strip(), "no reason")
    promise(len(reason) <= LONGEST_REASON, f"a reason of {len(reason)} characters")
    promise(reason.isprintable(), f"a reason that cannot be printed: {reason!r}")


def _replies() -> tuple[bytes, ...]:
    return tuple(
        b"".join(packed_reply(load(SEEDS[suffix][0], f"a{suffix}")))
        for suffix in (".txt", ".pdf", ".mbox")
    )


def _request() -> Request:
    return Request("a.csv", 12, 30.0, Columns(text="body"))


def taking(data: bytes) -> Callable[[int], bytes]:
    """Return what takes so many bytes of some data, as a pipe that ends would."""
    place = 0

    def take(count: int) -> bytes:
        nonlocal place
        if not 0 <= count <= len(data) - place:
            raise WireError("the end")
        place += count
        return data[place - count : place]

    return take


def _take_reply(data: bytes) -> object:
    try:
        return read_reply(taking(data))
    except (LoadError, WireError, OutOfMemoryError) as error:
        return repr(error)


def _take_request(data: bytes) -> object:
    try:
        return read_request(taking(data))
    except WireError as error:
        return repr(error)
