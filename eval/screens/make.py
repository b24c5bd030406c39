"""Make the pictures in docs/screens: a chat about the sample corpus, on a real terminal.

Run it as ``python -m eval.screens.make``; it needs the ``dev`` extra, and a DejaVu Sans Mono that
fontconfig knows or that ``--font`` and ``--bold`` name.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from eval.screens.drawing import DARK, LIGHT, draw, found_font
from eval.screens.terminal import Session

ROOT = Path(__file__).parents[2]
ROWS, COLUMNS = 44, 92
SCREENS = {
    "answer": ("Who met Xi at the airport in Pyongyang?", "[1]"),
    "conflict": ("How many people marched in Hong Kong on 9 June 2019?", "Candidate conflict"),
    "abstention": ("What did Putin say about the visit?", "Closest passages"),
}


def main() -> None:
    """Write one picture a screen and theme."""
    asked = _arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    fonts = (asked.font or found_font("Book"), asked.bold or found_font("Bold"))
    with tempfile.TemporaryDirectory() as folder:
        env = _environment(Path(folder), asked.cache)
        command = [str(Path(sys.executable).with_name("groundwire")), "--index-dir", f"{folder}/i"]
        subprocess.run([*command, "-q", "index", "eval/corpus"], cwd=ROOT, env=env, check=True)  # noqa: S603 -- this project's own command
        for name, (question, awaited) in SCREENS.items():
            session = Session([*command, "chat"], env, rows=ROWS, columns=COLUMNS)
            try:
                session.settle()
                session.say(question)
                session.wait_for(awaited)
                rows = session.cells()
            finally:
                session.close()
            for theme in (LIGHT, DARK):
                path = asked.out / f"{name}-{theme.name}.png"
                draw(rows, theme, fonts, path)
                print(f"{path.name}: {path.stat().st_size // 1024} KiB")


def _environment(home: Path, cache: Path) -> dict[str, str]:
    """Return an environment that knows nothing of the user but where the encoder is."""
    return {
        "PATH": os.environ["PATH"],  # noqa: TID251 -- what a program needs to run
        "HOME": str(home),
        "GROUNDWIRE_CACHE_DIR": str(cache),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screens")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "groundwire")
    parser.add_argument("--font", help="file of the plain font")
    parser.add_argument("--bold", help="file of the bold font")
    return parser.parse_args()


if __name__ == "__main__":
    main()
