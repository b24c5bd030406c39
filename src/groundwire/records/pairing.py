"""Turns of a chat service as exchanges: each question with the reply after it and its result."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from groundwire.domain.conversations import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from groundwire.domain.conversations import ExchangeKind

    Row = tuple[object, ...]
    Piece = tuple[float, str, str, Mapping[str, Any]]


def joined(turns: Iterable[Row], answers: Iterable[Row]) -> tuple[Exchange, ...]:
    """Return what was said as exchanges, numbered from 1, in the order of the clock.

    A question and the reply after it are one exchange, with the result of the posted answer of
    the same words. What was said with no question before, or asked with no reply, is an exchange
    with an empty half. An answer that was posted without a turn, such as one that only its asker
    saw, is an exchange of its own.

    Args:
        turns: Role, text and time of each turn, in order.
        answers: Time, question and result (as JSON) of each posted answer, in order.
    """
    posted = [_piece(*row) for row in answers]
    found: list[Piece] = []
    for said, asked, told in _pairs(turns):
        same = next((each for each in posted if each[1:3] == (asked, told)), None)
        if same is not None:
            posted.remove(same)
        found.append((said, asked, told, same[3] if same is not None else {}))
    found = sorted([*found, *posted], key=lambda piece: piece[0])
    return tuple(_exchange(number, *piece) for number, piece in enumerate(found, start=1))


def _pairs(turns: Iterable[Row]) -> Iterator[tuple[float, str, str]]:
    """Yield the time, the question and the reply after it; either may be empty."""
    waiting: tuple[float, str] | None = None
    for role, text, said in cast("Iterable[tuple[str, str, float]]", turns):
        if role == "assistant":
            yield said, waiting[1] if waiting is not None else "", text
            waiting = None
            continue
        if waiting is not None:
            yield *waiting, ""
        waiting = said, text
    if waiting is not None:
        yield *waiting, ""


def _piece(said: object, question: object, dumped: object) -> Piece:
    result = cast("dict[str, Any]", json.loads(str(dumped)))
    text = result.get("answer") or result.get("summary") or ""
    return cast("float", said), str(question), str(text), result


def _exchange(
    number: int, said: float, asked: str, told: str, result: Mapping[str, object]
) -> Exchange:
    kind: ExchangeKind = "summary" if "summary" in result else "answer"
    return Exchange(number, asked, kind, told, result, datetime.fromtimestamp(said, UTC))
