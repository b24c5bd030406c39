"""Backups, and what they put back: through the commands, with the real encoder and Chroma."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from groundwire import Desk
from groundwire.domain.conversations import Turn
from groundwire.index import generations
from groundwire.index.inspect import findings
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.integration.conftest import Ran

QUESTION = "What did the bridge at Ford 3 cost?"
RECORDS = "groundwire.sqlite3"


def story(number: int) -> str:
    return f"The bridge at Ford {number} cost £{number}m in all.\n\nThe ferry was late on Tuesday."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(story(number), encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GROUNDWIRE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def index(tmp_path: Path, news: Path) -> Path:
    with Desk.open(tmp_path / "ix") as desk:
        desk.sync([news])
    return tmp_path / "ix"


def say(data: Path, text: str) -> None:
    with open_database(data / RECORDS) as database:
        Conversations(database).append("a thread", Turn("user", text))


def said(path: Path) -> list[str]:
    with open_database(path) as database:
        return [turn.text for turn in Conversations(database).turns("a thread")]


def answered(index: Path) -> str:
    """Return an answer as JSON, without what differs from one run to the next."""
    with Desk.open(index) as desk:
        found: dict[str, Any] = desk.ask(QUESTION).to_dict()
    for name in ("provenance", "timing_ms"):
        found.pop(name, None)
    return json.dumps(found, sort_keys=True)


def assert_refused(ran: Ran, code: int, words: str) -> None:
    assert ran.code == code, ran.err
    assert ran.out == ""
    error, hint = ran.err.splitlines()
    assert error.startswith("groundwire: ")
    assert words in error
    assert hint.startswith("  ")


def test_what_was_backed_up_answers_in_the_same_bytes(
    command: Callable[..., Ran], index: Path, data: Path, tmp_path: Path
) -> None:
    say(data, "Who paid?")
    backup = tmp_path / "b.tar.gz"
    written = command("--index-dir", index, "backup", backup, "--json").json
    names = ["records/groundwire.sqlite3", "index/manifest.json", "index/catalog.sqlite3"]
    assert [part["name"] for part in written["parts"]] == names
    assert written["absent"] == ["config"]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    expected = answered(index)
    other = tmp_path / "restored"
    (data / RECORDS).rename(tmp_path / "old")
    ran = command("--index-dir", other, "restore", backup)
    assert ran.code == 0, ran.err
    assert answered(other) == expected
    assert said(data / RECORDS) == ["Who paid?"]
    assert stat.S_IMODE((data / RECORDS).stat().st_mode) == 0o600
    assert [each for each in findings(other) if each.status != "ok"] == []
    report = command("--index-dir", other, "index", "--json").json
    assert (report["encoded"], len(report["unchanged"])) == (0, 6)
    assert sorted(path.name for path in other.iterdir()) == sorted(
        [".lock", "CURRENT", generations.read_current(other)]
    )


def test_nothing_is_replaced_unless_it_is_forced(
    command: Callable[..., Ran], index: Path, news: Path, data: Path, tmp_path: Path
) -> None:
    say(data, "the first")
    backup = tmp_path / "b.tar.gz"
    assert command("--index-dir", index, "backup", backup).code == 0
    assert_refused(command("--index-dir", index, "backup", backup), 2, f"{backup} exists")
    expected = answered(index)
    (news / "3.txt").write_text("Nothing is known of any bridge.")
    assert command("--index-dir", index, "index").code == 0
    say(data, "the second")
    live = generations.read_current(index)
    assert_refused(command("--index-dir", index, "restore", backup), 2, f"{index} exists")
    assert generations.read_current(index) == live
    ran = command("--index-dir", index, "restore", backup, "--force")
    assert ran.code == 0, ran.err
    assert answered(index) == expected
    assert generations.read_current(index) != live
    assert said(data / RECORDS) == ["the first"]
    assert said(data / f"{RECORDS}.before-restore") == ["the first", "the second"]
    assert command("--index-dir", index, "restore", backup, "--force").code == 0
    assert said(data / f"{RECORDS}.before-restore") == ["the first", "the second"]
    assert said(data / f"{RECORDS}.before-restore-2") == ["the first"]


def test_one_half_alone(
    command: Callable[..., Ran], index: Path, data: Path, tmp_path: Path
) -> None:
    say(data, "the first")
    only_index, only_records = tmp_path / "i.tar.gz", tmp_path / "r.tar.gz"
    at_index = ("--index-dir", index)
    parts = command(*at_index, "backup", only_index, "--index-only", "--json").json["parts"]
    assert {part["name"].partition("/")[0] for part in parts} == {"index"}
    parts = command(*at_index, "backup", only_records, "--records-only", "--json").json["parts"]
    assert [part["name"] for part in parts] == ["records/groundwire.sqlite3"]
    both = command(*at_index, "backup", tmp_path / "x", "--index-only", "--records-only")
    assert both.code == 2
    say(data, "the second")
    assert command("--index-dir", tmp_path / "there", "restore", only_index).code == 0
    assert said(data / RECORDS) == ["the first", "the second"]
    wrong = command("--index-dir", tmp_path / "there", "restore", only_index, "--records-only")
    assert_refused(wrong, 1, "it has nothing of what is wanted")
    assert command(*at_index, "restore", only_records, "--force").code == 0
    assert said(data / RECORDS) == ["the first"]


def test_nothing_to_back_up_is_said(
    command: Callable[..., Ran], data: Path, tmp_path: Path
) -> None:
    none = ("--index-dir", tmp_path / "none", "backup", tmp_path / "b.tar.gz")
    assert_refused(command(*none), 4, "no index in")
    assert command(*none, "--records-only").code == 2
    assert not (tmp_path / "b.tar.gz").exists()
    assert not data.exists()


@pytest.mark.usefixtures("data")
def test_the_configuration_goes_without_its_secrets(
    command: Callable[..., Ran], index: Path, tmp_path: Path
) -> None:
    config = tmp_path / "mine.toml"
    config.write_text(
        'llm = "openai:x"\n[model]\napi_key = "sk-very-secret"\n'
        'base_url = "http://me:my-password@127.0.0.1:9/v1"\n'
        '[slack]\nbot_token = "xoxb-secret"\nper_minute = 7\n[slack.channels]\nC1 = "public/*"\n'
    )
    config.chmod(0o600)
    backup = tmp_path / "b.tar.gz"
    assert command("--index-dir", index, "--config", config, "backup", backup).code == 0
    with tarfile.open(backup) as archive:
        file = archive.extractfile("config/config.toml")
        assert file is not None
        text = file.read().decode()
    assert "secret" not in text
    assert "my-password" not in text
    assert command("--index-dir", tmp_path / "there", "restore", backup).code == 0
    restored = tmp_path / "home" / ".config" / "groundwire" / "config.toml"
    assert stat.S_IMODE(restored.stat().st_mode) == 0o600
    shown = command("config", "show", "--json").json["settings"]
    assert shown["slack.per_minute"]["value"] == 7
    assert shown["slack.channels"]["value"] == ["C1 = public/*"]
    assert shown["model.base_url"]["value"] == "http://me@127.0.0.1:9/v1"
    assert shown["model.api_key"]["value"] is None
    ran = command("--index-dir", tmp_path / "there", "restore", backup, "--force")
    assert "stays as it was" in ran.err


def rewrite(index: Path, news: Path, revisions: list[int], end: threading.Event) -> None:
    with Desk.open(index) as desk:
        while not end.is_set():
            revisions.append(len(revisions))
            for number in range(6):
                (news / f"{number}.txt").write_text(f"{story(number)} Take {len(revisions)}.")
            desk.sync()


@pytest.mark.usefixtures("data")
def test_a_backup_while_a_writer_works_is_of_one_moment(
    command: Callable[..., Ran], index: Path, news: Path, tmp_path: Path
) -> None:
    revisions: list[int] = []
    end = threading.Event()
    writing = threading.Thread(target=rewrite, args=(index, news, revisions, end))
    backups: list[Path] = []
    codes: set[int] = set()
    writing.start()
    while len(revisions) < 3 or len(backups) < 3:
        backups.append(tmp_path / f"{len(backups)}.tar.gz")
        codes.add(command("--index-dir", index, "backup", backups[-1]).code)
    end.set()
    writing.join()
    assert codes == {0}
    for number, backup in enumerate(backups[-3:]):
        there = tmp_path / f"there{number}"
        assert command("--index-dir", there, "restore", backup, "--index-only").code == 0
        with Desk.open(there) as desk:
            texts = [desk.show(info.id).text for info in desk.docs()]
        assert len({text.partition(" Take ")[2] for text in texts}) == 1
        assert [each for each in findings(there) if each.status != "ok"] == []


def test_records_that_somebody_has_open_are_left_alone(
    command: Callable[..., Ran], index: Path, data: Path, tmp_path: Path
) -> None:
    say(data, "the first")
    backup = tmp_path / "b.tar.gz"
    assert command("--index-dir", index, "backup", backup, "--records-only").code == 0
    with open_database(data / RECORDS) as database:
        Conversations(database).append("a thread", Turn("user", "the second"))
        ran = command("restore", backup, "--force")
        assert_refused(ran, 1, "another process has the records in")
    assert said(data / RECORDS) == ["the first", "the second"]
    assert sorted(path.name for path in data.iterdir()) == [RECORDS]


def test_damaged_records_are_not_backed_up_and_can_be_replaced(
    command: Callable[..., Ran], data: Path, tmp_path: Path
) -> None:
    say(data, "the first")
    backup = tmp_path / "b.tar.gz"
    assert command("backup", backup, "--records-only").code == 0
    (data / RECORDS).write_bytes(b"damage" * 2000)
    assert command("backup", tmp_path / "c.tar.gz", "--records-only").code == 1
    assert not (tmp_path / "c.tar.gz").exists()
    assert command("restore", backup, "--force").code == 0
    assert said(data / RECORDS) == ["the first"]
    assert (data / f"{RECORDS}.before-restore").read_bytes().startswith(b"damage")


def test_a_restore_that_is_killed_leaves_the_old_or_the_new(
    command: Callable[..., Ran], index: Path, news: Path, data: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "b.tar.gz"
    say(data, "the first")
    assert command("--index-dir", index, "backup", backup).code == 0
    (news / "3.txt").write_text("Nothing is known of any bridge.")
    assert command("--index-dir", index, "index").code == 0
    say(data, "the second")
    possible = {answered(index)}
    words = ["--index-dir", str(index), "restore", str(backup), "--force"]
    for moment in (0.5, 0.7, 0.9, 1.1, 1.3):
        process = subprocess.Popen([sys.executable, "-m", "groundwire", *words], cwd=tmp_path)
        time.sleep(moment)
        process.kill()
        process.wait()
        assert said(data / RECORDS) in (["the first"], ["the first", "the second"])
        possible.add(answered(index))
    assert command(*words).code == 0
    possible.add(answered(index))
    assert len(possible) == 2
    assert said(data / RECORDS) == ["the first"]
    assert not (index / ".restore").exists()
    assert [each for each in findings(index) if each.status != "ok"] == []


def repacked(
    backup: Path, target: Path, change: Callable[[tarfile.TarInfo, bytes], list[Any]]
) -> Path:
    """Write a backup again, each member as ``change`` has it."""
    with tarfile.open(backup) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            for header, content in change(member, file.read()):
                new.addfile(header, io.BytesIO(content))
    return target


def member(name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE) -> tuple[Any, bytes]:
    header = tarfile.TarInfo(name)
    header.type, header.size, header.linkname = kind, len(content), "/etc/passwd"
    return header, content


def first(*extra: tuple[Any, bytes]) -> Callable[[tarfile.TarInfo, bytes], list[Any]]:
    """Put members right behind the manifest."""
    return lambda header, content: [
        (header, content),
        *(extra if header.name == "manifest.json" else ()),
    ]


def declaring(**fields: object) -> Callable[[tarfile.TarInfo, bytes], list[Any]]:
    """Change what the manifest says of the catalog."""

    def change(header: tarfile.TarInfo, content: bytes) -> list[Any]:
        if header.name == "manifest.json":
            said = json.loads(content)
            for part in said["parts"]:
                part.update(fields if part["name"] == CATALOG else {})
            content = json.dumps(said).encode()
            header.size = len(content)
        return [(header, content)]

    return change


def flipped(header: tarfile.TarInfo, content: bytes) -> list[Any]:
    if header.name.startswith("index/c"):
        middle = len(content) // 2
        content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    return [(header, content)]


def pax_bomb(header: tarfile.TarInfo, content: bytes) -> list[Any]:
    header.pax_headers = {"comment": "0" * (1 << 24)}
    return [(header, content)]


CATALOG = "index/catalog.sqlite3"
HOSTILE: dict[str, Callable[[tarfile.TarInfo, bytes], list[Any]]] = {
    "a flipped bit": flipped,
    "a path out of it": first(member("../../outside", b"x")),
    "an absolute path": first(member("/tmp/outside", b"x")),  # noqa: S108 -- never written
    "a link": first(member(CATALOG, kind=tarfile.SYMTYPE)),
    "a hard link": first(member(CATALOG, kind=tarfile.LNKTYPE)),
    "a device": first(member(CATALOG, kind=tarfile.CHRTYPE)),
    "a pipe": first(member(CATALOG, kind=tarfile.FIFOTYPE)),
    "a folder": first(member("index", kind=tarfile.DIRTYPE)),
    "a part twice": first(member("index/manifest.json", b"{}")),
    "control characters": first(member("a\x1b[2Jb\n", b"x")),
    "a part with a path": declaring(name="index/../../outside"),
    "a part of no size": declaring(size=-1),
    "a part that cannot be": declaring(size=1 << 62),
    "a part that is longer": declaring(size=4096),
    "another hash": declaring(sha256="0" * 64),
    "a bomb in a header": pax_bomb,
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, encoder_cache_dir: Path) -> Path:
    """A backup of an index."""
    assert encoder_cache_dir.is_absolute()
    folder = tmp_path_factory.mktemp("good")
    (folder / "1.txt").write_text(story(1))
    with Desk.open(folder / "ix") as desk:
        desk.sync([folder / "1.txt"])
        from groundwire.desk.backing import Wanted, back_up

        wanted = Wanted(records=False, config=False)
        back_up(desk.settings, folder / "b.tar.gz", wanted, config=None, force=False)
    return folder / "b.tar.gz"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_backup_is_refused_before_anything_is_changed(
    command: Callable[..., Ran], good: Path, tmp_path: Path, name: str
) -> None:
    hostile = repacked(good, tmp_path / "h.tar.gz", HOSTILE[name])
    there = tmp_path / "there"
    ran = command("--index-dir", there, "restore", hostile)
    assert_refused(ran, 1, "no backup that can be used: ")
    assert "\x1b" not in ran.err
    left = [path.name for path in there.iterdir()] if there.exists() else []
    assert left in ([], [".lock"])
    assert not (tmp_path / "outside").exists()


def test_files_that_are_no_backup_are_refused(
    command: Callable[..., Ran], good: Path, tmp_path: Path
) -> None:
    content = good.read_bytes()
    bomb = tmp_path / "bomb"
    with tarfile.open(bomb, "w:gz") as archive:
        archive.addfile(*_opened(member("manifest.json", b"0" * (1 << 26))))
    for number, wrong in enumerate(
        (
            b"",
            b"no archive",
            content[: len(content) // 2],
            content[:-20],
            content[:-8] + b"12345678",
            bomb.read_bytes(),
        )
    ):
        file = tmp_path / f"{number}.tar.gz"
        file.write_bytes(wrong)
        ran = command("--index-dir", tmp_path / "there", "restore", file)
        assert_refused(ran, 1, "no backup that can be used: ")
    none = command("--index-dir", tmp_path / "there", "restore", tmp_path / "none")
    assert none.code == 2
    assert command("--index-dir", tmp_path / "there", "restore", tmp_path).code == 2


def _opened(member: tuple[Any, bytes]) -> tuple[Any, io.BytesIO]:
    return member[0], io.BytesIO(member[1])


def test_a_catalog_with_tables_of_its_own_is_refused(
    command: Callable[..., Ran], good: Path, tmp_path: Path
) -> None:
    """Hashes alone do not help against somebody who makes them anew."""

    def trap(header: tarfile.TarInfo, content: bytes) -> list[Any]:
        if header.name == CATALOG:
            content = trapped
        if header.name == "manifest.json":
            said = json.loads(content)
            for part in said["parts"]:
                made = {"size": len(trapped), "sha256": hashlib.sha256(trapped).hexdigest()}
                part.update(made if part["name"] == CATALOG else {})
            content = json.dumps(said).encode()
        header.size = len(content)
        return [(header, content)]

    with tarfile.open(good) as archive:
        file = archive.extractfile(CATALOG)
        assert file is not None
        (tmp_path / "c").write_bytes(file.read())
    with sqlite3.connect(tmp_path / "c") as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON roots BEGIN DELETE FROM texts; END")
    connection.close()
    trapped = (tmp_path / "c").read_bytes()
    hostile = repacked(good, tmp_path / "h.tar.gz", trap)
    ran = command("--index-dir", tmp_path / "there", "restore", hostile)
    assert_refused(ran, 1, "has other tables than an index has")


def test_a_full_disk_is_one_line_and_changes_nothing(
    command: Callable[..., Ran], index: Path, data: Path, small_disk: Path, tmp_path: Path
) -> None:
    free = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(b"-" * (free - 60_000))
    say(data, "the first")
    full = command("--index-dir", index, "backup", small_disk / "b.tar.gz", "--force")
    assert_refused(full, 1, "disk is full")
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    backup = tmp_path / "b.tar.gz"
    assert command("--index-dir", index, "backup", backup).code == 0
    there = small_disk / "there"
    assert_refused(command("--index-dir", there, "restore", backup, "--index-only"), 1, "is full")
    assert not (there / "CURRENT").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount something read-only")
def test_a_read_only_disk_is_one_line(
    command: Callable[..., Ran], good: Path, small_disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)  # noqa: S607 -- where it is differs
    ran = command("--index-dir", small_disk / "ix", "restore", good)
    assert_refused(ran, 1, "cannot be written to")
