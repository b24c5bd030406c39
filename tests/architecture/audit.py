"""Asks a public list of advisories about all locked packages. ``make audit``.

It ends with

- 0: every package was looked up, and no advisory stands against one of them;
- 1: there are advisories;
- 3: **not checked**, because the list could not be reached or its answer not be understood.

The list is OSV's, which has those of the Python Packaging Advisory Database and of GitHub. Names
and versions of the packages are sent there, and nothing else.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import TYPE_CHECKING, Any

from tests.architecture.packages import locked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.architecture.packages import Package

SOURCE = "https://api.osv.dev/v1/querybatch"
ACCEPTED: Mapping[str, str] = {}
"""Advisory → why it does not matter here. One that no package has fails."""

NONE, FOUND, NOT_CHECKED = 0, 1, 3
_PATIENCE_S = 20.0


class NotCheckedError(Exception):
    """There is no answer; the text is the reason."""


def advisories(packages: Sequence[Package], source: str) -> dict[str, list[str]]:
    """Return for each package with advisories their ids.

    Raises:
        NotCheckedError: The list cannot be reached, or its answer not be understood.
    """
    waiting: list[tuple[Package, str]] = [(package, "") for package in packages]
    found: dict[str, list[str]] = {}
    while waiting:
        more: list[tuple[Package, str]] = []
        answers = _asked([_query(package, page) for package, page in waiting], source)
        for (package, _), answer in zip(waiting, answers, strict=True):
            ids = [str(each["id"]) for each in answer.get("vulns") or ()]
            if ids:
                found.setdefault(f"{package.name} {package.version}", []).extend(ids)
            if answer.get("next_page_token"):
                more.append((package, str(answer["next_page_token"])))
        waiting = more
    return found


def _query(package: Package, page: str) -> dict[str, Any]:
    named = {"name": package.name, "ecosystem": "PyPI"}
    paged = {"page_token": page} if page else {}
    return {"package": named, "version": package.version, **paged}


def _asked(queries: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    body = json.dumps({"queries": queries}).encode()
    request = urllib.request.Request(source, body, {"Content-Type": "application/json"})  # noqa: S310 -- an address of our own
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_S) as reply:  # noqa: S310 -- the same
            answer = json.loads(reply.read())
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise NotCheckedError(f"no advisory source could be reached ({source}: {reason})") from None
    answers = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(answers, list) or len(answers) != len(queries):
        raise NotCheckedError(f"the answer of {source} cannot be understood")
    return [each if isinstance(each, dict) else {} for each in answers]


def main(source: str = SOURCE) -> int:
    """Print what was found at the source; return the exit status."""
    packages = locked()
    try:
        found = advisories(packages, source)
    except NotCheckedError as error:
        sys.stdout.write(f"not checked: {error}\n")
        return NOT_CHECKED
    told = [
        f"{package}: {each}"
        for package, ids in found.items()
        for each in ids
        if each not in ACCEPTED
    ]
    everything = {each for ids in found.values() for each in ids}
    told += [
        f"{each}: accepted, and there is no such advisory" for each in ACCEPTED.keys() - everything
    ]
    for line in told:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(packages)} packages were looked up at {source}: ")
    sys.stdout.write(f"{len(told)} advisories\n" if told else "no advisory\n")
    return FOUND if told else NONE


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
