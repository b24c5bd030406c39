"""The packages that are locked, what each is needed for, and the licence that it names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
RUNTIME = "runtime"
BENCH = "bench"
"""The extra of the pipeline that is compared with: ``make bench`` installs it. Left out here."""
DEVELOPMENT = frozenset({"dev"})
"""Extras whose packages no user of the product has."""


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package.

    Attributes:
        name: Its normalised name.
        version: The version in the lock.
        needed: ``runtime``, and the extras that bring it; empty for the makers' own tools.
        expression: The SPDX expression that it gives; empty if it gives none.
        words: What else it says about its licence: a field of free text, and classifiers.
    """

    name: str
    version: str
    needed: frozenset[str]
    expression: str = ""
    words: tuple[str, ...] = ()


def locked(checkout: Path = CHECKOUT) -> tuple[Package, ...]:
    """Return the locked packages in the order of their names.

    Raises:
        LookupError: One is not installed, or in another version: run ``make setup``.
    """
    lines = (checkout / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line.partition("#")[0])
    versions = {canonicalize_name(name): version.split()[0] for name, version in pinned.items()}
    needed, compared = _needed(checkout), _compared(checkout)
    return tuple(
        _package(name, versions[name], frozenset(needed.get(name, ())))
        for name in sorted(versions)
        if name in needed or name not in compared
    )


def _package(name: str, version: str, needed: frozenset[str]) -> Package:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError as error:
        raise LookupError(f"{name} is locked and not installed") from error
    if about["Version"].partition("+")[0] != version:
        raise LookupError(f"{name} is locked at {version} and installed at {about['Version']}")
    said = _field(about, "License").partition("\n")[0].strip()
    kinds = (each for each in about.get_all("Classifier") or () if each.startswith("License ::"))
    words = tuple(filter(None, (said, *(kind.rpartition(" :: ")[2] for kind in kinds))))
    return Package(name, version, needed, _field(about, "License-Expression"), words)


def _field(about: metadata.PackageMetadata, name: str) -> str:
    """Return a field of a package's description; empty where it has none."""
    return "".join(about.get_all(name) or ()).strip()


def _project(checkout: Path) -> dict[str, Any]:
    text = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    project: dict[str, Any] = tomllib.loads(text)["project"]
    return project


def _compared(checkout: Path) -> frozenset[str]:
    """Return the packages that the bench extra names."""
    requirements = _project(checkout)["optional-dependencies"][BENCH]
    return frozenset(canonicalize_name(Requirement(each).name) for each in requirements)


def _needed(checkout: Path) -> dict[str, set[str]]:
    """Return for each package that something needs what that is: the product or an extra of it."""
    project = _project(checkout)
    needed: dict[str, set[str]] = {}
    starts = {RUNTIME: project["dependencies"], **project["optional-dependencies"]}
    del starts[BENCH]
    for purpose, requirements in starts.items():
        seen: set[tuple[str, str]] = set()
        waiting = [Requirement(each) for each in requirements]
        while waiting:
            wanted = waiting.pop()
            name = canonicalize_name(wanted.name)
            for extra in ("", *wanted.extras):
                if (name, extra) not in seen:
                    seen.add((name, extra))
                    needed.setdefault(name, set()).add(purpose)
                    waiting.extend(_behind(name, extra))
    return needed


def _behind(name: str, extra: str) -> list[Requirement]:
    """Return what a package needs here, for an extra of it."""
    try:
        given = metadata.requires(name) or ()
    except metadata.PackageNotFoundError:
        return []
    found = map(Requirement, given)
    return [each for each in found if not each.marker or each.marker.evaluate({"extra": extra})]
