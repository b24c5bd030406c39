"""Writes the bill of materials: every locked package, as CycloneDX 1.6. ``make sbom``.

The same lock gives the same bytes: there is no time in it, and its serial number is made from what
it lists. What users need is ``required``, what an extra brings ``optional``, and what only makers
need ``excluded``.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.architecture.licences import licence, names
from tests.architecture.packages import CHECKOUT, DEVELOPMENT, RUNTIME, locked

if TYPE_CHECKING:
    from tests.architecture.packages import Package

_PROPERTY = "groundwire:needed-for"


def bill(packages: tuple[Package, ...], version: str) -> dict[str, Any]:
    """Return the bill of materials of a version of the product."""
    components = [_component(package) for package in packages]
    content = json.dumps([version, components], sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"pkg:pypi/groundwire@{version}",
                "name": "groundwire",
                "version": version,
                "purl": f"pkg:pypi/groundwire@{version}",
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": components,
    }


def _component(package: Package) -> dict[str, Any]:
    purl = f"pkg:pypi/{package.name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        "scope": _scope(package.needed),
        "licenses": [_licence(licence(package))],
        "properties": [{"name": _PROPERTY, "value": name} for name in sorted(package.needed)],
    }


def _scope(needed: frozenset[str]) -> str:
    if RUNTIME in needed:
        return "required"
    return "optional" if needed - DEVELOPMENT else "excluded"


def _licence(expression: str) -> dict[str, Any]:
    single = len(names(expression)) == 1
    if single and expression != "matplotlib":
        return {"license": {"id": expression}}
    return {"license": {"name": expression}} if single else {"expression": expression}


def main(target: str = "sbom.cdx.json") -> int:
    """Write the file and say so."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = locked()
    made = json.dumps(bill(packages, project["version"]), indent=2, ensure_ascii=False)
    Path(target).write_text(f"{made}\n", encoding="utf-8")
    sys.stdout.write(f"{target}: {len(packages)} packages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
