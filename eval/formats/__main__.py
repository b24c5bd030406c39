"""``python -m eval.formats``: make files of all formats with real programs, read them, compare."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

from eval.formats.checking import problems
from eval.formats.making import PROGRAMS, articles, make
from groundwire.ingest.reader import Reader

CORPUS = Path("eval/corpus")
LEAST = 300


def main() -> int:
    """Return 0 if all files are read right, 1 if not, 2 if a program is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="Folder for the files.")
    parser.add_argument("--kept", action="store_true", help="Read files that were made before.")
    given = parser.parse_args()
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
        return 2
    folder = given.work / "files"
    if not given.kept:
        make(CORPUS, folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    by_suffix = Counter(path.suffix for path in files)
    started = time.monotonic()
    with Reader() as reader:
        found = list(problems(folder, articles(CORPUS), reader))
    took = time.monotonic() - started
    for line in found:
        print(line)
    listed = ", ".join(f"{count} {suffix}" for suffix, count in sorted(by_suffix.items()))
    print(f"{len(files)} files ({listed}), {len(found)} problems, read in {took:.1f} s")
    return 0 if not found and len(files) >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
