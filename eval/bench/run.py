"""Measure Groundwire beside the ordinary LangChain pipeline, in one run on this machine."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("langchain_chroma", "langchain_huggingface", "langchain_text_splitters")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpus",
        type=Path,
        help="a folder of .txt and .md files, or a JSON list of {title, body, ...};"
        " by default, articles recombined from eval/corpus",
    )
    parser.add_argument("--out", type=Path, default=ROOT / "eval" / "reports" / "bench.json")
    parser.add_argument("--documents", type=int, help="how many documents, at most")
    parser.add_argument("--runs", type=int, help="runs of each side; medians are reported")
    parser.add_argument("--passages", type=int, help="size of the large index")
    parser.add_argument("--quick", action="store_true", help="a small corpus and few runs")
    return parser.parse_args()


def main() -> int:
    """Run the comparison, print it as a table and save it as JSON."""
    sys.path.insert(0, str(ROOT))
    from eval.bench.comparison import Plan, compare
    from eval.bench.results import save, table

    given = arguments()
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
        print("  run: pip install 'groundwire[bench]'", file=sys.stderr)
        return 2
    plan = Plan.of(
        quick=given.quick, documents=given.documents, runs=given.runs, passages=given.passages
    )
    results = compare(plan, given.corpus)
    print(table(results))
    save(results, given.out)
    print(f"saved to {given.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
