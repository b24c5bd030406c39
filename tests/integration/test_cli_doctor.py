"""``doctor``: when all is well, when everything is broken, and what it never says."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from groundwire import Desk
from groundwire.desk.doctor import alone
from groundwire.desk.doctoring.packages import fits
from groundwire.domain.reports import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.integration.conftest import Ran


def found(ran: Ran, check: str) -> list[dict[str, Any]]:
    return [one for one in ran.json["findings"] if one["check"] == check]


def config(text: str, mode: int = 0o600) -> Path:
    path = Path.home() / ".config" / "groundwire" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def test_everything_is_looked_at(sample: Callable[..., Ran]) -> None:
    ran = sample("doctor", "--json")
    assert ran.code == 0
    checks = {one["check"] for one in ran.json["findings"]}
    assert checks >= {
        *("python", "packages", "configuration", "weights", "encoder", "manifest", "database"),
        *("index identity", "files", "records", "prompts", "language model", "slack", "disk"),
        *("clock", "terminal"),
    }


def test_it_works_when_everything_is_broken(
    command: Callable[..., Ran], sample_index: Path, tmp_path: Path
) -> None:
    path = config("[model]\napi_key = 'hunter2'\n", mode=0o644)
    index = tmp_path / "index"
    shutil.copytree(sample_index, index)
    for catalog in index.glob("*/catalog.sqlite3"):
        catalog.write_bytes(os.urandom(4096))
    records = Path.home() / ".local" / "share" / "groundwire" / "groundwire.sqlite3"
    records.parent.mkdir(parents=True)
    records.write_bytes(b"no database at all" * 100)
    records.chmod(0o644)
    ran = command("--index-dir", index, "doctor", "--json")
    assert ran.code == 1
    assert f"chmod 600 {path}" in found(ran, "settings")[0]["fix"]
    assert found(ran, "database")[0]["status"] == "problem"
    modes, broken = found(ran, "records")
    assert modes["fix"] == f"run: chmod 600 {records}"
    assert broken["fix"].startswith(f"run: mv {records}")
    assert found(ran, "prompts")[0]["status"] == "ok"
    assert "hunter2" not in ran.out + ran.err
    assert all(one["fix"] for one in ran.json["findings"] if one["status"] == "problem")


def test_no_index_is_a_warning_and_no_problem(command: Callable[..., Ran]) -> None:
    ran = command("doctor")
    assert ran.code == 0
    assert "warning  index: no index in" in ran.out
    assert "run: groundwire index FOLDER" in ran.out


def test_files_that_changed_and_roots_that_are_gone(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    (docs / "a.md").write_text("The ferry sank on Monday, officials said.\n")
    command("--index-dir", index, "index", docs)
    (docs / "a.md").write_text("The ferry did not sink.\n")
    (docs / "b.md").write_text("Another story.\n")
    ran = command("--index-dir", index, "doctor", "--json")
    (files,) = found(ran, "files")
    assert "1 new (b.md), 1 changed (a.md)" in files["message"]
    assert (files["status"], files["fix"]) == ("warning", "run: groundwire index")
    docs.rename(tmp_path / "elsewhere")
    (gone,) = found(command("--index-dir", index, "doctor", "--json"), "files")
    assert f"groundwire forget {docs}" in gone["fix"]


@pytest.mark.parametrize(
    ("bot", "app", "message"),
    [
        ("xoxb-secret", "", "SLACK_APP_TOKEN is missing"),
        ("xapp-secret", "xapp-secret", "SLACK_BOT_TOKEN does not begin with xoxb-"),
        ("xoxb-secret", "xoxb-secret", "SLACK_APP_TOKEN does not begin with xapp-"),
        ("xoxb-secret ", "xapp-secret", "SLACK_BOT_TOKEN has spaces around it"),
    ],
)
def test_slack_tokens_are_looked_at_and_not_repeated(
    command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, bot: str, app: str, message: str
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", bot)
    monkeypatch.setenv("SLACK_APP_TOKEN", app)
    ran = command("doctor", "--json")
    assert [one["message"] for one in found(ran, "slack")] == [message]
    assert "secret" not in ran.out


@pytest.mark.parametrize(
    ("llm", "message", "fix"),
    [
        ("nobody:model", "not a language model", "known: "),
        ("openai:gpt", "no key for OpenAI", "set OPENAI_API_KEY"),
    ],
)
def test_a_language_model_that_cannot_be_used(
    command: Callable[..., Ran], llm: str, message: str, fix: str
) -> None:
    config(f"llm = '{llm}'\n")
    ran = command("doctor", "--json")
    assert ran.code == 1
    (finding,) = found(ran, "language model")
    assert message in finding["message"]
    assert fix in finding["fix"]


def test_only_online_is_the_model_called(command: Callable[..., Ran]) -> None:
    config("llm = 'openai:small'\n[model]\nbase_url = 'http://127.0.0.1:9/v1'\nmax_retries = 0\n")
    assert found(command("doctor", "--json"), "language model")[0]["status"] == "ok"
    (tried,) = found(command("doctor", "--online", "--json"), "language model")
    assert tried["status"] == "problem"


def test_records_of_a_newer_version_are_left_alone(command: Callable[..., Ran]) -> None:
    records = Path.home() / ".local" / "share" / "groundwire" / "groundwire.sqlite3"
    records.parent.mkdir(parents=True)
    with sqlite3.connect(records) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    records.chmod(0o600)
    before = records.read_bytes()
    (finding,) = found(command("doctor", "--json"), "records")
    assert finding["fix"] == "upgrade groundwire"
    assert records.read_bytes() == before


def test_a_check_that_fails_is_one_finding_and_says_no_secret() -> None:
    def broken() -> Iterator[Finding]:
        yield Finding("odd", "ok", "so far")
        raise RuntimeError("the key is hunter2")

    before, finding = alone("odd", broken)
    assert before.status == "ok"
    assert (finding.check, finding.status) == ("odd", "problem")
    assert "RuntimeError" in finding.message
    assert "hunter2" not in finding.message


@pytest.mark.parametrize(
    ("version", "wanted", "expected"),
    [
        ("1.5.9", ">=1.5.9,<1.6", True),
        ("1.6.0", ">=1.5.9,<1.6", False),
        ("2.13.0+cpu", ">=2.13,<2.14", True),
        ("0.1.0", "==0.1.0", True),
        ("1.4.9", "~=1.4.2", True),
        ("1.5", "~=1.4.2", False),
        ("3", "!=3.0", False),
        ("odd", "", False),
    ],
)
def test_versions(version: str, wanted: str, expected: bool) -> None:  # noqa: FBT001 -- a case
    assert fits(version, wanted) is expected


def test_the_desk_s_own_doctor_says_the_same(sample_index: Path) -> None:
    with Desk.open(sample_index) as desk:
        assert {one.status for one in desk.doctor()} == {"ok"}
