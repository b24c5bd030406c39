"""``index``, ``docs``, ``show``, ``forget``, ``doctor``, ``config`` and ``chat``."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.integration.conftest import CORPUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.conftest import Ran

STORY = "The bridge at Tolcaster opened on Monday. It cost £4m, the council said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "news"
    path.mkdir()
    (path / "bridge.txt").write_text(STORY, encoding="utf-8")
    return path


def test_a_folder_is_indexed_kept_up_and_forgotten(
    command: Callable[..., Ran], folder: Path, tmp_path: Path
) -> None:
    index = ("--index-dir", tmp_path / "ix")
    first = command(*index, "index", folder, "--json").json
    assert (first["added"], first["encoded"] > 0) == (["bridge.txt"], True)
    again = command(*index, "index", "--json").json
    assert (again["unchanged"], again["encoded"]) == (["bridge.txt"], 0)
    (folder / "new.md").write_text("# Ferry\n\nThe ferry to Aldermoor stops in May.\n")
    (folder / "bridge.txt").write_text(STORY.replace("£4m", "£5m"), encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    third = command(*index, "index", "--json").json
    assert (third["added"], third["changed"]) == (["new.md"], ["bridge.txt"])
    assert [failure["path"] for failure in third["failures"]] == ["bad.txt"]
    assert "£5m" in command(*index, "ask", "What did the bridge cost?").out
    (folder / "bridge.txt").unlink()
    assert command(*index, "index", "--json").json["removed"] == ["bridge.txt"]
    assert command(*index, "forget", folder, "--json").json["removed"] == ["new.md"]
    assert command(*index, "docs", "--json").json["documents"] == []
    assert command(*index, "ask", "What did the bridge cost?").code == 4


def test_documents_are_listed_and_shown(sample: Callable[..., Ran]) -> None:
    listed = sample("docs", "--json").json["documents"]
    assert len(listed) == len([p for p in CORPUS.rglob("*.md") if p.name != "README.md"])
    assert {"doc_id", "path", "title", "source", "published"} <= set(listed[0])
    beat = sample("docs", "city-council/*").out.splitlines()
    assert beat
    assert all("city-council/" in line for line in beat)
    paragraph = sample("show", "2019-06-20-xi-arrives-pyongyang.md", "¶ 2").out
    assert paragraph.startswith("Xi was met at the airport")


def test_no_index_yet(command: Callable[..., Ran], tmp_path: Path) -> None:
    for argv in (["ask", "Who?"], ["search", "x"], ["docs"], ["show", "x"], ["index"]):
        ran = command("--index-dir", tmp_path / "none", *argv)
        assert ran.code == 4, argv
        assert "run: groundwire index" in ran.err
    assert not (tmp_path / "none").exists()


def test_an_index_of_another_model_lists_what_differs(
    sample: Callable[..., Ran], sample_index: Path, tmp_path: Path
) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(sample_index, copy)
    manifest = next(copy.glob("*/manifest.json"))
    manifest.write_text(manifest.read_text().replace("onnx-int8", "onnx-fp32"))
    ran = sample("--index-dir", copy, "ask", "Who met Xi?")
    assert ran.code == 4
    assert "backend: onnx-fp32 → onnx-int8" in ran.err
    assert "groundwire index" in ran.err


def test_the_doctor_finds_nothing_wrong(sample: Callable[..., Ran]) -> None:
    ran = sample("doctor", "--json")
    assert ran.code == 0
    findings = ran.json["findings"]
    assert {finding["status"] for finding in findings} == {"ok"}
    assert len(findings) >= 8


def test_the_doctor_finds_a_damaged_index(
    command: Callable[..., Ran], sample_index: Path, tmp_path: Path
) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(sample_index, copy)
    catalog = next(copy.glob("*/catalog.sqlite3"))
    with catalog.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 8))
    ran = command("--index-dir", copy, "doctor")
    assert ran.code == 1
    assert "problem" in ran.out
    assert "Traceback" not in ran.err


def test_config_shows_origins_and_masks_secrets(
    command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    shown = command("config", "show").out
    assert "slack.bot_token = '***'  (SLACK_BOT_TOKEN)" in shown
    assert "xoxb-very-secret" not in shown
    path = Path(command("config", "init").out.strip())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert command("config", "path").out.strip() == str(path)
    assert command("config", "init").code == 2
    assert command("config", "check").out.startswith("ok:")


def test_chat_from_a_pipe_is_one_turn_a_line(
    sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = (
        "/why\nWho met Xi at the airport?\n/sources\n/why\n/docs\n/nonsense\n\n/quit\nnever asked\n"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(turns))
    ran = sample("chat")
    assert ran.code == 0
    assert "There is no answer yet." in ran.err
    assert "Kim Jong Un" in ran.out
    assert "answered; sufficiency" in ran.out
    assert "city-council/" in ran.out
    assert "/nonsense: unknown command" in ran.err
    assert "never asked" not in ran.out + ran.err


def test_chat_from_a_pipe_stops_at_the_first_failure(
    command: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Who?\nWhat?\n"))
    assert command("--index-dir", tmp_path / "none", "chat").code == 4


def run_shell(line: str, **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **extra}  # noqa: TID251 -- a child gets what this process has
    shell = ["bash", "-c", f"set -o pipefail; {line}"]
    return subprocess.run(
        shell, env=environment, capture_output=True, text=True, timeout=50, check=False
    )


def test_a_closed_pipe_is_silent(sample_index: Path) -> None:
    ask = f"{sys.executable} -m groundwire --index-dir {sample_index}"
    ran = run_shell(f"{ask} search --top-k 100 Trump | head -1")
    assert ran.stderr == ""
    assert ran.stdout.startswith("1. ")


def test_a_c_locale_and_a_dumb_terminal_lose_nothing(sample_index: Path) -> None:
    ask = f"{sys.executable} -m groundwire --index-dir {sample_index} ask"
    ran = run_shell(f"{ask} 'How much did the Arnault family pledge?'", LC_ALL="C", TERM="dumb")
    assert ran.returncode == 0
    assert "\x1b" not in ran.stdout
    assert ran.stdout.strip()


def test_a_question_imports_no_torch(sample_index: Path) -> None:
    program = (
        "import sys\nfrom groundwire.interfaces.cli.app import run\n"
        f"run(['--index-dir', {str(sample_index)!r}, 'ask', 'Who met Xi at the airport?'])\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'langchain_core'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=50, check=True
    )
    assert "Kim Jong Un" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "heavy: []"
