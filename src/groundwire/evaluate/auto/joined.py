"""Long questions that join the reports of two outlets on one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.evaluate.auto.cases import Question
from groundwire.evaluate.auto.material import drawn
from groundwire.evaluate.auto.wording import day, lower_first, opening, topic
from groundwire.text.names import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.domain.documents import DocumentInfo
    from groundwire.evaluate.auto.cases import Kind
    from groundwire.evaluate.auto.material import Material, Told

_SHORTEST = 6
_MOST_PRINTED = 12
"""Documents that print a name at most: a name that all print joins nothing."""


def joined(material: Material, most: int) -> tuple[Question, ...]:
    """Return questions on two reports of different outlets that print one rare name."""
    made: list[Question] = []
    used: set[str] = set()
    rare = (
        name
        for name, ids in material.mentions.items()
        if 1 < len(ids) <= _MOST_PRINTED and len(name) >= _SHORTEST
    )
    for name in sorted(rare, key=drawn):
        pair = _pair(material, name)
        if pair is None or not used.isdisjoint(told.document.id for told in pair):
            continue
        used.update(told.document.id for told in pair)
        made.append(_ask(name, *pair, turn=len(made)))
        if len(made) == most:
            break
    return tuple(made)


def _pair(material: Material, name: str) -> tuple[Told, Told] | None:
    """Return a sentence with the name in each of two documents of different outlets."""
    found: list[Told] = []
    ids = material.mentions[name]
    for info in (each for each in material.documents if each.id in ids and each.source):
        if any(_alike(material, info, one.document) for one in found):
            continue
        told = next(
            (o for o in material.told[info.id] if name in o.names and _clause(o, name)), None
        )
        if told is not None:
            found.append(told)
    if len(found) < 2:  # noqa: PLR2004 -- a pair
        return None
    return found[0], found[1]


def _alike(material: Material, one: DocumentInfo, other: DocumentInfo) -> bool:
    return one.source == other.source or one.id in material.same(other.id)


def _ask(name: str, one: Told, other: Told, *, turn: int) -> Question:
    number = turn % len(_FORMS)
    text = list(_forms(name, one, other))[number]
    outlets = tuple(_outlet(told.document) for told in (one, other))
    printed = {n for told in (one, other) for n in (*told.names, *names(told.document.title))}
    named = {n for n in printed if n in text and n not in outlets} | {name}
    documents = (one.document.id, other.document.id)
    kept = tuple(sorted(named, key=lambda each: (-len(each), each)))
    kind: Kind = "two reports" if number < _OF_REPORTS else "two sentences"
    return Question(text, kind, documents, (one.text, other.text), kept, outlets)


def _forms(name: str, one: Told, other: Told) -> Iterator[str]:
    for form in _FORMS:
        yield form.format(
            name=name,
            one=_outlet(one.document),
            other=_outlet(other.document),
            by=one.document.source,
            by_other=other.document.source,
            first=_report(one.document),
            second=_report(other.document),
            topic=topic(other.document.title),
            says=_masked(_clause(one, name), name),
            adds=_masked(_clause(other, name), name),
            claims=_clause(one, name),
            holds=_clause(other, name),
        )


def _clause(told: Told, name: str) -> str:
    reached = opening(told.text, told.text.find(name) + len(name) - 1)
    return lower_first(reached, told.names)


def _masked(text: str, name: str) -> str:
    return text.replace(name, "this name")


def _outlet(info: DocumentInfo) -> str:
    return info.source.removeprefix("The ")


def _report(info: DocumentInfo) -> str:
    about = f"the {_outlet(info)} report on {topic(info.title)}"
    return f"{about} published on {day(info.published)}" if info.published else about


_FORMS = (
    "Between {first} and {second}, was there a change in what is said about {name}?",
    "What do both {first} and the {other} article on {topic} say about {name}?",
    "Considering {first} and the {other} article on {topic}, what is said of {name} in both?",
    "Of which name does {by} tell that “{says}”, and {by_other} write that “{adds}”?",
    "Does the {one} article say that {claims}, while the {other} article says that {holds}?",
)
_OF_REPORTS = 3
"""How many of the forms name the reports alone; the others repeat their sentences."""
