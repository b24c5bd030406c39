"""Labelled sets: JSON lines that people judged by hand, half of them held out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from groundwire.evaluate.cases import Problem, Split, Text, problems_of
from groundwire.evaluate.lines import object_of, text_of

if TYPE_CHECKING:
    from pathlib import Path


class LabelledLine(BaseModel):
    """What every line of a labelled set has.

    Attributes:
        id: Its name, unique in its file.
        split: Which half it belongs to.
        why: Why it is labelled as it is, for people.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Text
    split: Split
    why: str = ""


LineT = TypeVar("LineT", bound=LabelledLine)


@dataclass(frozen=True, slots=True)
class Labelled(Generic[LineT]):
    """The lines that can be used, and what is wrong with the others.

    Attributes:
        lines: Each with its number in the file, from 1.
        problems: By line.
    """

    lines: tuple[tuple[int, LineT], ...]
    problems: tuple[Problem, ...] = ()


def load_labelled(path: Path, shape: type[LineT], *, split: Split | None = None) -> Labelled[LineT]:
    """Read a labelled set; a malformed line is a problem and the others still load.

    Args:
        path: The file.
        shape: What a line looks like.
        split: The half to keep; both if None.

    Raises:
        NotFoundError: There is no such file.
        UsageError: It cannot be read as UTF-8 text.
    """
    read: dict[str, tuple[int, LineT]] = {}
    problems: list[Problem] = []
    for number, text in enumerate(text_of(path).split("\n"), 1):
        if not text.strip():
            continue
        line = _parse(number, text, shape)
        if isinstance(line, tuple):
            problems += line
        elif line.id in read:
            expected = f"expected an id of its own; line {read[line.id][0]} has {line.id!r} too"
            problems.append(Problem(number, "id", expected))
        else:
            read[line.id] = number, line
    kept = (each for each in read.values() if split in {None, each[1].split})
    return Labelled(tuple(kept), tuple(problems))


def _parse(number: int, text: str, shape: type[LineT]) -> LineT | tuple[Problem, ...]:
    """Return what one line holds, or everything that is wrong with it."""
    try:
        return shape.model_validate(object_of(text))
    except ValidationError as error:
        return tuple(problems_of(number, error))
    except ValueError as error:
        return (Problem(number, "line", str(error)),)
