"""A home of its own for every test, a way to run commands, and an index of hostile documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.interfaces.cli.app import run
from tests.security.hostile import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoder_cache_dir: Path) -> Path:
    """Keep the user's own files out of the tests, but not the encoder."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("GROUNDWIRE_CACHE_DIR", str(encoder_cache_dir))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
    for name in ("SLACK_BOT_TOKEN", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Return a function that runs one command line in this process."""

    def call(*argv: str | Path) -> Ran:
        code = run([str(word) for word in argv])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return call


@pytest.fixture(scope="session")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of documents that were written to do harm."""
    base = tmp_path_factory.mktemp("hostile")
    (base / "documents").mkdir()
    for name, text in DOCUMENTS.items():
        (base / "documents" / name).write_text(text, encoding="utf-8")
    with Desk.open(base / "index") as desk:
        assert len(desk.sync([base / "documents"]).added) == len(DOCUMENTS)
    return base / "index"
