"""Are the licences of all locked packages known and permitted? Part of ``make check``.

A package says its licence as an SPDX expression, in free words or by a classifier, in this order.
What is permitted is a list; whatever is not on it fails, unless the package stands among the
exceptions with a reason.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tests.architecture.packages import DEVELOPMENT, locked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.architecture.packages import Package

PERMITTED = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CNRI-Python"}
    | {"HPND", "ISC", "LLVM-exception", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Unlicense"}
    | {"ZPL-2.1", "Zlib", "matplotlib"}
)
"""Licences under which a program that uses the package may be passed on under any terms; the
Mozilla one asks only for changes to the package's own files, and there are none."""

WORDS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License Version 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "ISC license": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "ZPL 2.1": "ZPL-2.1",
    "Zope Public License": "ZPL-2.1",
}
"""What packages write instead of an SPDX name."""

BY_HAND = {
    "matplotlib": ("matplotlib", "its own licence, in the manner of Python's"),
    "pypdfium2": ("Apache-2.0 OR BSD-3-Clause", "PDFium inside it is under BSD-3-Clause, too"),
    "uvloop": ("MIT OR Apache-2.0", "two licences, of which either may be chosen"),
    "tld": ("MPL-1.1", "of three licences the only one without conditions for what uses it"),
}
"""Licences read in the packages themselves, each with what makes that necessary."""

EXCEPTIONS = {
    "pyte": "LGPL-3.0: a screen for the tests, in no installation of the product",
    "tld": "MPL-1.1: used unchanged; it asks for changes to its own files only",
}
"""Packages whose licence is not permitted in general, each with why it is here."""

_NAME = re.compile(r"[A-Za-z0-9.+-]+")


def licence(package: Package) -> str:
    """Return a package's licence as an SPDX expression; empty if it is not known."""
    if package.name in BY_HAND:
        return BY_HAND[package.name][0]
    if package.expression:
        return package.expression
    said = (WORDS.get(each, each) for each in package.words)
    return next((each for each in said if not names(each) - known()), "")


def known() -> frozenset[str]:
    """Return all SPDX names that this check understands, permitted or not."""
    return PERMITTED | frozenset(WORDS.values())


def names(expression: str) -> set[str]:
    """Return the licences that an expression names."""
    return set(_NAME.findall(expression)) - {"AND", "OR", "WITH"}


def permitted(expression: str) -> bool:
    """Return whether an expression allows a choice of permitted licences alone."""
    if not expression:
        return False
    outer = re.sub(r"\(([^()]*)\)", lambda inner: _verdict(inner[1]), expression)
    return all(
        any(names(choice) <= PERMITTED for choice in part.split(" OR "))
        for part in outer.split(" AND ")
    )


def _verdict(inner: str) -> str:
    return "MIT" if permitted(inner) else "not-permitted"


def problems(packages: Iterable[Package]) -> Iterator[str]:
    """Yield a line for each package that may not be here, and each exception without a use."""
    used = set()
    for package in packages:
        found = licence(package)
        if permitted(found):
            continue
        if package.name in EXCEPTIONS:
            used.add(package.name)
            continue
        told = found or f"unknown ({', '.join(package.words) or 'it says nothing'})"
        yield f"{package.name} {package.version}: {told}"
    yield from (
        f"{name}: an exception that nothing needs" for name in EXCEPTIONS if name not in used
    )


def main() -> int:
    """Print what is wrong; return the exit status."""
    packages = locked()
    found = list(problems(packages))
    for line in found:
        sys.stdout.write(f"{line}\n")
    users = sum(bool(each.needed - DEVELOPMENT) for each in packages)
    sys.stdout.write(f"licences of {len(packages)} packages, {users} of them for users: ")
    sys.stdout.write(f"{len(found)} problems\n" if found else "all permitted\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
