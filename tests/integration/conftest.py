"""An index of the sample corpus, made once, and a way to run commands on it."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from groundwire import Desk
from groundwire.interfaces.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CORPUS = Path(__file__).parents[2] / "eval" / "corpus"


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 -- whatever the command printed
        """The one JSON object on stdout."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoder_cache_dir: Path) -> None:
    """Keep the user's own configuration and data out of the tests, but not the encoder."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GROUNDWIRE_CACHE_DIR", str(encoder_cache_dir))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "SLACK_BOT_TOKEN", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of the sample corpus."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    with Desk.open(folder) as desk:
        desk.sync([CORPUS])
    return folder


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Return a function that runs one command line in this process."""

    def call(*argv: str | Path) -> Ran:
        code = run([str(word) for word in argv])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return call


@pytest.fixture
def sample(command: Callable[..., Ran], sample_index: Path) -> Callable[..., Ran]:
    """Return a function that runs one command line on the sample index."""

    def call(*argv: str | Path) -> Ran:
        return command("--index-dir", sample_index, *argv)

    return call


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of eight megabytes, where one may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    words = [str(mount), "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if mount is None or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield disk
    subprocess.run([str(shutil.which("umount")), "--lazy", str(disk)], check=True)
