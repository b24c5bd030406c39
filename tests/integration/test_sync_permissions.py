"""Files that may not be read, tried as a user who is not root."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NOBODY = 65534
_IMPORTS = """
import json, os, sys
from pathlib import Path
from groundwire.domain.errors import NotFoundError
from groundwire.ingest.discover import discover
from groundwire.ingest.loaders.base import LoadError
from groundwire.ingest.reading import read_file
"""
_BECOME_NOBODY = f"""
os.setgid({_NOBODY})
os.setuid({_NOBODY})
"""
_CODE = """
root, found = Path(sys.argv[1]), {}
for file in discover(root):
    try:
        read_file(file)
        found[file.relative] = "read"
    except LoadError as error:
        found[file.relative] = str(error)
for name in ("locked/inner", "locked"):
    try:
        found["root " + name] = [file.problem for file in discover(root / name)]
    except NotFoundError as error:
        found["root " + name] = str(error)
print(json.dumps(found))
"""


def test_what_may_not_be_read_is_a_line_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("words")
    (tmp_path / "secret.txt").write_text("words")
    (tmp_path / "locked/inner").mkdir(parents=True)
    (tmp_path / "secret.txt").chmod(0o000)
    (tmp_path / "locked").chmod(0o000)
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents:
        if folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)
    code = _IMPORTS + (_BECOME_NOBODY if os.getuid() == 0 else "") + _CODE
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True, text=True
        )
    finally:
        (tmp_path / "locked").chmod(0o755)
    denied = "cannot be read: permission denied"
    assert json.loads(done.stdout) == {
        "good.txt": "read",
        "locked/": denied,
        "secret.txt": denied,
        "root locked": [denied],
        "root locked/inner": f"cannot be read: {tmp_path}/locked/inner (permission denied)",
    }
