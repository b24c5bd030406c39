"""Import cost is architecture: what a command must not import."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
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


NOT_BEFORE_THE_PROMPT = (*ENGINE, "pydantic", "tokenizers", "onnx", "datasketch", "sqlalchemy")


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


def test_the_prompt_of_the_chat_waits_for_no_engine(tmp_path: Path) -> None:
    program = tmp_path / "chat.py"
    program.write_text(
        "import sys\n"
        "from groundwire.interfaces.repl import prompt, starting\n"
        "starting.HEAD_START_S = 60  # nothing is loaded while this looks\n"
        "def read(self, default=''):\n"
        "    print('READ', *sorted({m.partition('.')[0] for m in sys.modules}), flush=True)\n"
        "prompt.Prompt.read = read\n"
        "from groundwire.interfaces.cli.app import run\n"
        "run(['--index-dir', 'none'])\n"
    )
    environment = {"HOME": str(tmp_path), "TERM": "xterm", "PYTHONPATH": os.pathsep.join(sys.path)}
    said, _ = pexpect.run(
        f"{sys.executable} {program}",
        env=environment,
        cwd=str(tmp_path),
        withexitstatus=True,
        timeout=50,
        encoding="utf-8",
    )
    there = set(said.partition("READ ")[2].split())
    assert "prompt_toolkit" in there
    assert not there & set(NOT_BEFORE_THE_PROMPT)


@pytest.mark.parametrize("words", ["show", "summarize", "ask --scope", "sessions show"])
def test_completion_imports_no_engine(tmp_path: Path, words: str) -> None:
    given = {
        "HOME": str(tmp_path),
        "_GROUNDWIRE_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(["groundwire", *words.split(), ""]),
        "COMP_CWORD": str(1 + len(words.split())),
    }
    code = f"import os\nos.environ.update({given!r})\n"
    code += "from groundwire.interfaces.cli.app import run\nrun([])"
    assert not imported_by(code) & {*ENGINE, "prompt_toolkit", "rich", "tokenizers"}


def test_the_model_runtime_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    program = f"import os\nos.environ['HOME'] = {str(tmp_path)!r}\n"
    assert "onnxruntime" in imported_by(f"{program}import groundwire.models\nimport onnxruntime")
    assert list(tmp_path.rglob("*")) == []


def test_the_check_notices_an_import() -> None:
    assert "numpy" in imported_by("import numpy")
