"""Where a folder is weak: groups of documents that are found or answered worse than the rest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from groundwire.domain.documents import DocumentId, DocumentInfo
    from groundwire.evaluate.auto.judging import Judgement

_FEWEST = 8
_Z = 1.96
_SHORT, _LONG = 1500, 12000


@dataclass(frozen=True, slots=True)
class Weakness:
    """A group of documents that does worse than the others, beyond what chance gives.

    Attributes:
        by: What its documents share: ``outlet``, ``folder``, ``kind of file``, ``length``,
            ``language`` or ``month``.
        group: Which of them.
        measure: ``found`` or ``answered``.
        right: How often it went well.
        tried: How often it was tried.
        others: The share of the other documents.
    """

    by: str
    group: str
    measure: str
    right: int
    tried: int
    others: float

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form of a weakness."""
        return {
            "by": self.by,
            "group": self.group,
            "measure": self.measure,
            "right": self.right,
            "tried": self.tried,
            "others": round(self.others, 4),
        }


def weaknesses(judgement: Judgement) -> tuple[Weakness, ...]:
    """Return the groups that are found, or answered, clearly worse than all others."""
    infos = {info.id: info for info in judgement.material.documents}
    found = [(each.document.id, each.named) for each in judgement.sought]
    answered = [
        (put.question.group, put.answered and put.right)
        for put in judgement.asked
        if put.question.answerable
    ]
    return tuple(
        weakness
        for measure, tried in (("found", found), ("answered", answered))
        for by, of in _BY.items()
        for weakness in _worse(by, of, measure, tried, infos)
    )


def _worse(
    by: str,
    of: Callable[[DocumentInfo], str],
    measure: str,
    tried: Sequence[tuple[DocumentId, bool]],
    infos: Mapping[DocumentId, DocumentInfo],
) -> Iterator[Weakness]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for document, right in tried:
        groups[of(infos[document])].append(right)
    for group in sorted(groups):
        here = groups[group]
        rest = [right for other, each in groups.items() if other != group for right in each]
        if group and len(here) >= _FEWEST and rest and _between(here)[1] < _between(rest)[0]:
            yield Weakness(by, group, measure, sum(here), len(here), sum(rest) / len(rest))


def _between(tried: Sequence[bool]) -> tuple[float, float]:
    """Return Wilson's 95% interval of the share that went well (Wilson 1927, JASA 22).

    Many groups are looked at, so intervals that touch say nothing.
    """
    share, z2 = sum(tried) / len(tried), _Z**2 / len(tried)
    spread = _Z * sqrt(share * (1 - share) / len(tried) + z2 / (4 * len(tried)))
    middle = share + z2 / 2
    return (middle - spread) / (1 + z2), (middle + spread) / (1 + z2)


def _length(info: DocumentInfo) -> str:
    if info.characters < _SHORT:
        return "short (under 1,500 characters)"
    return "long (over 12,000 characters)" if info.characters > _LONG else "of middle length"


def _folder(info: DocumentInfo) -> str:
    parts = PurePosixPath(info.path).parts
    return parts[0] if len(parts) > 1 else ""


_BY: dict[str, Callable[[DocumentInfo], str]] = {
    "outlet": lambda info: info.source,
    "folder": _folder,
    "kind of file": lambda info: PurePosixPath(info.path).suffix,
    "length": _length,
    "language": lambda info: info.language,
    "month": lambda info: f"{info.published:%Y-%m}" if info.published else "no date",
}
