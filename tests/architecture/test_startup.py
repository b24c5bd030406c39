"""Import cost is architecture: what a command must not import."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ENGINE = (
    "chromadb",
    "langchain",
    "langchain_core",
    "numpy",
    "onnxruntime",
    "sentence_transformers",
    "slack_bolt",
    "torch",
    "trafilatura",
    "transformers",
)


def imported_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh process has after running some code."""
    program = (
        f"{code}\nimport sys\nprint(' '.join(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=50
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import groundwire",
        "import groundwire.interfaces.cli.app",
        "from groundwire.interfaces.cli.app import run\nrun(['--help'])",
        "from groundwire.interfaces.cli.app import run\nrun(['ask', '--help'])",
        "from groundwire.interfaces.cli.app import run\nrun(['--version'])",
    ],
)
def test_starting_imports_no_engine(code: str) -> None:
    assert not imported_by(code) & set(ENGINE)


def test_the_model_runtime_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    program = f"import os\nos.environ['HOME'] = {str(tmp_path)!r}\n"
    assert "onnxruntime" in imported_by(f"{program}import groundwire.models\nimport onnxruntime")
    assert list(tmp_path.rglob("*")) == []


def test_the_check_notices_an_import() -> None:
    assert "numpy" in imported_by("import numpy")
