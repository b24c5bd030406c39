"""Measure an index of growing size: python -m eval.bench.scale --work DIR --sizes 10000 100000.

Stopped, it goes on where it stood when it is called again.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.bench.articles import case_questions
from eval.bench.process import run
from eval.bench.scale.ahead import Ahead, maker_of
from eval.bench.scale.build import NOTES, SAMPLED, Build, Noted
from eval.bench.scale.summary import stored_bytes, summarized
from eval.bench.scale.texts import SEED, questions
from eval.bench.scale.vectors import Sample

if TYPE_CHECKING:
    from eval.bench.scale.texts import Maker

HERE = Path(__file__).parent
EVAL = HERE.parents[1]
ASKED = 100
TRIED = 6_000
"""Passages that are added to an index of each size, at one go, for the rates to be compared."""
ABOUT = 1_500
"""An index of a size has up to so many passages more."""
GROWING = "growing"
SIZES = (10_000, 100_000, 1_000_000)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="a folder: 20 KB a passage")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages")
    parser.add_argument("--articles", type=Path, help="further articles to make documents of")
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    parser.add_argument("--grow", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def asked(maker: Maker, documents: int) -> list[str]:
    """Return the questions: of the sample corpus, and of made documents all over the index."""
    draw = random.Random(SEED)  # noqa: S311 -- not a secret
    chosen = [maker.document(draw.randrange(documents)) for _ in range(ASKED)]
    return [*case_questions(EVAL / "cases" / "core.jsonl", 40), *questions(chosen)]


def grow(given: argparse.Namespace) -> None:
    """Add documents up to a size; this is a process of its own, so that its memory is known."""
    with Ahead(folders(given)) as ahead:
        build = Build(given.work, ahead)
        build.grow(given.grow, build.sample())
        build.close()


def folders(given: argparse.Namespace) -> list[Path]:
    """Return where articles are read from."""
    return [EVAL / "corpus", *([given.articles] if given.articles else [])]


def fill(given: argparse.Namespace) -> None:
    """Grow the index from size to size, and keep a copy at each but the largest."""
    growing = given.work / GROWING
    for size in sorted(given.sizes):
        kept = folder(given, size)
        if not (kept / f"{size}.done").exists():
            grown(given, growing, size)
            if kept != growing:
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(growing, kept)
            (kept / f"{size}.done").touch()


def measured(given: argparse.Namespace, size: int, maker: Maker) -> dict[str, Any]:
    """Ask questions of the index of a size, and then add some more to it, or to a copy."""
    kept = folder(given, size)
    listed = given.work / "questions.json"
    listed.write_text(json.dumps(asked(maker, size // 6)), encoding="utf-8")
    index = str(kept / "index")
    serving = [sys.executable, "-m", "eval.bench.scale.serving", index, str(listed)]
    served = json.loads(run(serving).output)
    tried = kept
    if kept.name != GROWING:
        tried = given.work / "tried"
        shutil.rmtree(tried, ignore_errors=True)
        shutil.copytree(kept, tried)
    before = Noted.all(tried / NOTES, most=size + ABOUT)
    bytes_of = stored_bytes(tried / "index")
    grown(given, tried, before[-1].passages + TRIED)
    added = Noted.all(tried / NOTES)[len(before) :]
    rate = Sample.read(tried / SAMPLED).rate
    if tried != kept:
        shutil.rmtree(tried)
    return summarized(before, added, served, rate) | {"bytes": bytes_of}


def grown(given: argparse.Namespace, work: Path, size: int) -> None:
    """Let another process add documents to the index in a folder."""
    more = ["--articles", str(given.articles)] if given.articles else []
    words = ["-m", "eval.bench.scale", "--work", str(work), "--grow", str(size)]
    run([sys.executable, *words, *more])


def folder(given: argparse.Namespace, size: int) -> Path:
    """Return where the index of a size is."""
    last = size == max(given.sizes)
    return Path(given.work / (GROWING if last else f"at-{size}"))


def main() -> int:
    """Measure every size, one right after the other."""
    given = arguments()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.grow:
        grow(given)
        return 0
    fill(given)
    maker = maker_of(folders(given))
    results = {}
    for size in sorted(given.sizes):
        results[str(size)] = measured(given, size, maker)
        print(json.dumps(results[str(size)], indent=2), flush=True)
    given.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
