"""Builds the wheel, installs it alone, uses it away from the checkout: part of ``make check``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
NEEDED = (
    "groundwire/_prompts/answer.v1.md",
    "groundwire/_prompts/answer.v2.md",
    "groundwire/_prompts/combine.v1.md",
    "groundwire/_prompts/condense.v1.md",
    "groundwire/_prompts/summarize.v1.md",
    "groundwire/_prompts/summarize.v2.md",
    "groundwire/answer/sentences.json",
    "groundwire/answer/sufficiency.json",
    "groundwire/evaluate/html/page.css",
    "groundwire/evaluate/html/page.html.j2",
    "groundwire/interfaces/slack/manifest.json",
    "groundwire/py.typed",
)
PROBE = """
from groundwire.prompting import load_prompt
import groundwire
assert "site-packages" in groundwire.__file__, groundwire.__file__
assert load_prompt("answer.v1").system.template
print(groundwire.__version__)
"""


def run(*command: str, cwd: Path) -> None:
    """Run a command and fail with its output if it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def main() -> None:
    """Build, look inside, install without dependencies, read a prompt."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = ("-m", "build", "--no-isolation", "--wheel", "--outdir", name, str(CHECKOUT))
        run(sys.executable, *build, cwd=CHECKOUT)
        wheel = next(folder.glob("*.whl"))
        missing = set(NEEDED) - set(zipfile.ZipFile(wheel).namelist())
        if missing:
            sys.exit(f"the wheel lacks {sorted(missing)}")
        run(sys.executable, "-m", "check_wheel_contents", str(wheel), cwd=folder)
        bare = folder / "venv"
        venv.create(bare, with_pip=False)
        python = str(bare / "bin" / "python")
        target = next((bare / "lib").glob("python3*")) / "site-packages"
        install = ("-m", "pip", "install", "--no-deps", "--no-index", "--target", str(target))
        run(sys.executable, *install, str(wheel), cwd=folder)
        run(python, "-c", PROBE, cwd=folder)
    sys.stdout.write("the wheel is complete\n")


if __name__ == "__main__":
    main()
