"""The folder that a command is run in may be a stranger's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import ModelUnavailableError, SettingsError
from groundwire.index.vectors import ChromaVectors, _settings
from groundwire.models.export_process import run_export
from groundwire.settings.loading import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.security.conftest import Ran


@pytest.mark.parametrize(
    "content",
    [
        "a = " + "[" * 50_000,
        "a = " + "{b = " * 50_000,
        "a = " + "9" * 50_000,
        "a = '\0'",
        "\ufeff[",
    ],
)
def test_settings_that_cannot_be_read_are_one_line(content: str, tmp_path: Path) -> None:
    (tmp_path / "groundwire.toml").write_text(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(cwd=tmp_path)
    assert "\n" not in str(caught.value)


def test_a_configuration_that_anybody_can_change_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[display]\n")
    config.chmod(0o646)
    with pytest.raises(SettingsError, match="any user of this machine can change"):
        load_settings(config)
    config.chmod(0o644)
    assert load_settings(config).origins.keys() <= {"cache_dir"}


def test_a_dotenv_file_here_changes_nothing_of_chroma(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "chroma_product_telemetry_impl=stranger.Class\nchroma_sysdb_impl=stranger.Class\n"
        "chroma_otel_collection_endpoint=http://127.0.0.1:9/\nallow_reset=true\n"
    )
    vectors = ChromaVectors(tmp_path / "chroma", "stories")
    assert vectors.count() == 0
    settings = _settings()
    assert not settings.chroma_otel_collection_endpoint
    assert not settings.allow_reset
    vectors.close()


def test_modules_that_lie_here_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("json", "torch", "groundwire", "encodings"):
        (tmp_path / f"{name}.py").write_text("open('imported', 'w').close()\n")
    with pytest.raises(ModelUnavailableError):
        run_export("package:none_such", tmp_path / "cache", lambda _: None)
    assert not (tmp_path / "imported").exists()


def test_every_child_of_ours_is_started_out_of_reach_of_modules_that_lie_here() -> None:
    source = Path(__file__).parents[2] / "src"
    starts = [
        (path.name, line.strip())
        for path in source.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "sys.executable" in line
    ]
    assert starts
    assert [found for found in starts if '"-P"' not in found[1]] == []


def test_the_command_itself_imports_nothing_from_here(tmp_path: Path) -> None:
    for name in ("json", "typer", "sqlite3", "groundwire"):
        (tmp_path / f"{name}.py").write_text("open('imported', 'w').close()\n")
    ran = subprocess.run(
        [Path(sys.executable).with_name("groundwire"), "--version"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert ran.stdout
    assert not (tmp_path / "imported").exists()


def test_lines_of_a_batch_that_are_no_json_are_errors_in_their_place(
    command: Callable[..., Ran], hostile_index: Path, tmp_path: Path
) -> None:
    lines = ["[" * 100_000, '{"id": 1, "question": ' + "9" * 10_000 + "}", "{", '{"id": 2}', "\x00"]
    (tmp_path / "batch").write_text("\n".join(lines))
    ran = command("--index-dir", hostile_index, "ask", "--batch", tmp_path / "batch", "--json")
    assert ran.code == 1
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert len(answers) == len(lines)
    assert all("error" in answer for answer in answers)
