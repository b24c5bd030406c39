"""What passes between a sync and the program that reads its files."""

from __future__ import annotations

import io
import json
import struct
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.documents import Locator
from groundwire.domain.spans import Span
from groundwire.ingest import wire
from groundwire.ingest.loaders.base import Loaded, LoadError, Members
from groundwire.ingest.loaders.columns import Columns
from groundwire.ingest.wire import OutOfMemoryError, Request, WireError

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = Loaded(
    title="Ferry “late” \U0001f6a2",
    source="Harbour Wire",
    author="Ann Lee",
    published=date(2019, 6, 20),
    language="en-gb",
    text="Head\n\nThe ferry was late.\n\nNobody said why. \ud800",
    headings=(Span(0, 4),),
    locators=(Locator(Span(0, 25), "p. 1"), Locator(Span(27, 44), "p. 2")),
    member="box/2019-06-20 Ferry",
)
BARE = Loaded("t", "", "", None, "", "words", ())


def taking(data: bytes) -> Callable[[int], bytes]:
    """Return a function that takes bytes as from a pipe that then closes."""
    stream = io.BytesIO(data)

    def take(size: int) -> bytes:
        found = stream.read(size)
        if len(found) < size:
            raise WireError("closed")
        return found

    return take


def frame(value: object) -> bytes:
    payload = json.dumps(value).encode()
    return struct.pack(">Q", len(payload)) + payload


def passed(content: Loaded | Members) -> Loaded | Members:
    """Return what arrives of a reply."""
    return wire.read_reply(taking(b"".join(wire.packed_reply(content))))


@pytest.mark.parametrize(
    "content",
    [
        FULL,
        BARE,
        Members((FULL,), (("", "3 of its 9 pages look scanned"),)),
        Members((FULL, replace(BARE, member="b")), (("c", "empty"), ("d", "no text"))),
        Members((replace(BARE, member="a"),)),
    ],
)
def test_what_was_read_arrives_as_it_is(content: Loaded | Members) -> None:
    assert passed(content) == content


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1), st.text(), st.dates(), st.data())
def test_any_text_arrives(text: str, label: str, day: date, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    loaded = Loaded(label, label, label, day, label, text, (span,), (Locator(span, "p"),), label)
    assert passed(loaded) == loaded


@pytest.mark.parametrize("columns", [None, Columns(), Columns(text="body", id="№")])
def test_a_request_arrives_as_it_is(columns: Columns | None) -> None:
    request = Request("früh \ud800.csv", 7, 60.0, columns)
    data = wire.packed_request(request)
    arrived = wire.read_request(taking(data))
    assert arrived == replace(request, columns=columns)


def test_a_refusal_and_a_shortage_arrive() -> None:
    with pytest.raises(LoadError, match=r"^no text$"):
        wire.read_reply(taking(wire.packed_refusal("no text")))
    with pytest.raises(OutOfMemoryError):
        wire.read_reply(taking(wire.packed_shortage()))


def test_a_reply_over_the_limit_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = b"".join(wire.packed_reply(FULL))
    monkeypatch.setattr(wire, "MAX_REPLY", 2**20)
    assert passed(FULL) == FULL
    large = Members((replace(BARE, text="a" * 2**20), FULL))
    with pytest.raises(LoadError, match="more than 1 MiB of text"):
        passed(large)
    monkeypatch.setattr(wire, "MAX_REPLY", 10)
    monkeypatch.setattr(wire, "MAX_REQUEST", 10)
    with pytest.raises(WireError, match="a frame of"):
        wire.read_reply(taking(frames))


def described(**changes: object) -> dict[str, object]:
    plain = {"title": "t", "source": "", "author": "", "published": "", "language": ""}
    rest = {"text": "words", "headings": [], "locators": [], "member": ""}
    return {"document": {**plain, **rest, **changes}}


def test_a_described_document_is_one() -> None:
    assert wire.read_reply(taking(frame(described()) + frame({"one": True}))) == BARE


@pytest.mark.parametrize(
    "value",
    [
        described(text=7),
        described(title=None),
        described(published="soon"),
        described(headings=[[0, 6]]),
        described(headings=[[3, 3]]),
        described(headings=[[-1, 3]]),
        described(headings=[[0, True]]),
        described(headings=[[0]]),
        described(headings=5),
        described(locators=[[0, 3]]),
        described(locators=[[0, 3, 4]]),
        described(locators=[[0, 99, "p. 1"]]),
        {"document": {"text": "words"}},
        {"document": ["text"]},
        {"document": None},
        {"problem": "ab"},
        {"problem": ["a", 3]},
        {"problem": ["a"]},
        {"refused": 3},
        {"one": True},
        {"code": "print()"},
        {},
        {"one": True, "many": True},
        [],
        "many",
    ],
)
def test_a_reply_that_was_not_agreed_on_is_refused(value: object) -> None:
    with pytest.raises(WireError):
        wire.read_reply(taking(frame(value) + frame({"one": True})))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0",
        struct.pack(">Q", 2**63) + b"{}",
        struct.pack(">Q", 9) + b"{}",
        struct.pack(">Q", 2) + b"{]",
        struct.pack(">Q", 2) + b"\xff\xff",
        struct.pack(">Q", 50_000) + b"[" * 50_000,
        frame(described()) + frame(described()) + frame({"one": True}),
        frame({"problem": ["a", "b"]}) + frame({"one": True}),
    ],
)
def test_nonsense_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        wire.read_reply(taking(data))


@pytest.mark.parametrize("value", [{}, {"name": "a", "size": "b"}, {"name": 1, "size": 1}, []])
def test_a_request_that_was_not_agreed_on_is_refused(value: object) -> None:
    whole = {"seconds": 1, "columns": None, **value} if isinstance(value, dict) else value
    with pytest.raises(WireError):
        wire.read_request(taking(frame(whole)))


def test_a_problem_that_arrives_is_one_line() -> None:
    data = frame({"problem": ["a", "two\nlines"]}) + frame({"many": True})
    assert wire.read_reply(taking(data)) == Members((), (("a", "two lines"),))
