"""Python and the installed packages, against the versions that they need to have."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from itertools import zip_longest
from typing import TYPE_CHECKING

from groundwire.domain.reports import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST_TRIED = (3, 13)
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*\(?([^;)]*)\)?\s*(?:;\s*(.*))?")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")
_CLAUSE = re.compile(r"(===|==|!=|~=|>=|<=|>|<)\s*v?(\d+(?:\.\d+)*)")
_RELEASE = re.compile(r"v?(\d+(?:\.\d+)*)")
_AT_WORK = frozenset({"openai", "anthropic", "ollama", "local", "slack"})


def python() -> Iterator[Finding]:
    """Yield whether this Python is one that is supported."""
    here = sys.version_info[:2]
    running = f"Python {sys.version.split()[0]}"
    wanted = metadata.metadata("groundwire")["Requires-Python"] or ""
    if not fits(running.removeprefix("Python "), wanted):
        yield Finding("python", "problem", f"{running}, {wanted} is needed", f"install {wanted}")
    elif here > _LAST_TRIED:
        tried = ".".join(map(str, _LAST_TRIED))
        yield Finding("python", "warning", f"{running} was not tried; {tried} was", "")
    else:
        yield Finding("python", "ok", running)


def packages() -> Iterator[Finding]:
    """Yield every package that is missing or of a version that does not fit."""
    fitting = 0
    for line in metadata.requires("groundwire") or ():
        match = _REQUIREMENT.match(line)
        if match is None:
            continue
        name, wanted, marker = match.group(1), match.group(2).strip(), match.group(3) or ""
        extra = _EXTRA.search(marker)
        if extra is not None and extra.group(1) not in _AT_WORK:
            continue
        found = _version(name)
        if found is not None and fits(found, wanted):
            fitting += 1
        elif found is not None or extra is None:
            there = f"{found} is installed" if found else "it is not installed"
            message = f"{name} {wanted} is needed, {there}"
            fix = f"run: pip install '{name}{wanted}'"
            yield Finding("packages", "warning" if extra else "problem", message, fix)
    yield Finding("packages", "ok", f"{fitting} packages of versions that fit")


def fits(version: str, wanted: str) -> bool:
    """Return whether a version is inside a specifier, by the numbers of its release.

    Args:
        version: Such as ``2.13.0+cpu``; what follows the numbers is not looked at.
        wanted: Clauses that all must hold, such as ``>=1.5.9,<1.6``; empty fits everything.
    """
    match = _RELEASE.match(version)
    if match is None:
        return False
    return all(
        _holds(_numbers(match.group(1)), sign, _numbers(number), number)
        for sign, number in _CLAUSE.findall(wanted)
    )


def _holds(here: tuple[int, ...], sign: str, there: tuple[int, ...], written: str) -> bool:
    pairs = list(zip_longest(here, there, fillvalue=0))
    mine, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    if sign == "~=":
        kept = len(_numbers(written)) - 1
        return mine >= theirs and mine[:kept] == theirs[:kept]
    order = (mine > theirs) - (mine < theirs)
    return {
        "==": order == 0,
        "===": order == 0,
        "!=": order != 0,
        ">=": order >= 0,
        "<=": order <= 0,
        ">": order > 0,
        "<": order < 0,
    }[sign]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
