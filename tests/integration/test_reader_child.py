"""Files are read in a process of its own, and nothing that they do there stops their reader."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import CancelledError
from groundwire.ingest import process
from groundwire.ingest.loaders.base import Loaded, LoadError
from groundwire.ingest.loaders.columns import Columns
from groundwire.ingest.loaders.registry import load
from groundwire.ingest.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILES = sorted((Path(__file__).parents[1] / "data" / "formats").iterdir())
HOSTILE = "tests.data.hostile_reader"
STORY = "The ferry was late again on Monday, and nobody at the harbour office said why."
SMALL = {
    "a.csv": f"headline,text\nFerry,{STORY}\nTrain,{STORY}\n",
    "a.jsonl": f'{{"title": "Ferry", "text": "{STORY}", "date": "2019-06-20"}}\n{{broken\n',
    "a.eml": f"From: Ann Lee <a@example.org>\nSubject: Ferry\n\n{STORY}\n",
    "a.rss": f"<rss><channel><item><title>Ferry</title><description>{STORY}</description></item>"
    "<item><title>Nothing</title></item></channel></rss>",
    "a.html": f"<html lang='en'><body><h1>Ferry</h1><p>{STORY}</p></body></html>",
    "a.md": f"# Ferry\n\n{STORY}\n",
}


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Yield a reader whose files do what their names say, within a GiB."""
    monkeypatch.setattr(process, "PROGRAM", HOSTILE)
    with Reader(memory=1024**3) as reader:
        yield reader


def said(reader: Reader, name: str, data: bytes = b"words") -> str:
    """Return the text of a file, or why it was refused."""
    try:
        content = reader.load(data, f"{name}.pdf")
    except LoadError as error:
        return f"! {error}"
    assert isinstance(content, Loaded)
    return content.text


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that only waits to be noticed does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def soon(test: Callable[[], bool]) -> bool:
    """Return whether something becomes true within ten seconds."""
    end = time.monotonic() + 10
    while not test() and time.monotonic() < end:
        time.sleep(0.02)
    return test()


def test_what_is_read_is_the_same_as_in_this_process() -> None:
    files = {path.name: path.read_bytes() for path in FILES}
    files.update((name, text.encode()) for name, text in SMALL.items())
    with Reader() as reader:
        for name, data in files.items():
            assert reader.load(data, name) == load(data, name), name


def test_columns_reach_the_child() -> None:
    columns = Columns(text="What", title="Head")
    data = f"Head,Other,What\nFerry,none,{STORY}\n".encode()
    with Reader(columns) as reader:
        assert reader.load(data, "a.csv") == load(data, "a.csv", columns)
        with pytest.raises(LoadError, match="has no column What"):
            reader.load(b"a,b\n1,2\n", "b.csv")


def test_a_refusal_keeps_its_reason() -> None:
    with Reader() as reader:
        for data, name, reason in (
            (b"words", "a.pdf", "not a PDF file"),
            (b"", "a.pdf", "empty"),
            (b"words", "a.bin", "no loader for .bin"),
        ):
            with pytest.raises(LoadError, match=reason):
                reader.load(data, name)


def test_one_child_reads_many_files_and_a_refusal_does_not_end_it(hostile: Reader) -> None:
    first = said(hostile, "pid")
    assert said(hostile, "refuse") == "! not this one"
    assert said(hostile, "pid") == first
    assert said(hostile, "count") == "4"


def test_a_lack_of_memory_that_a_loader_took_for_damage_is_told(hostile: Reader) -> None:
    assert said(hostile, "disguised") == "! reading it needs more than 1,024 MiB of memory"


@pytest.mark.parametrize("name", ["loop", "hold", "sleep", "stop"])
def test_a_file_that_takes_too_long_is_given_up(hostile: Reader, name: str) -> None:
    assert said(hostile, "count") == "1"
    hostile._timeout_s = 0.7
    assert said(hostile, name) == "! reading it took longer than 1 seconds"
    hostile._timeout_s = 60
    assert said(hostile, "count") == "1"


@pytest.mark.parametrize("name", ["abort", "leave", "raise"])
def test_a_file_that_ends_the_child_is_one_line(hostile: Reader, name: str) -> None:
    assert said(hostile, name) == "! the program that reads it gave up"
    assert said(hostile, "count") == "1"


def test_a_file_that_needs_too_much_memory_is_one_line(hostile: Reader) -> None:
    assert said(hostile, "memory") == "! reading it needs more than 1,024 MiB of memory"
    assert said(hostile, "count") == "1"


def bomb() -> bytes:
    """Return a PDF of a kilobyte whose only page is 400 megabytes of spaces."""
    packer = zlib.compressobj(9)
    pieces = [packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)]
    stream = zlib.compress(pieces[0] + pieces[1] * 399 + packer.flush(), 9)
    return b"\n".join(
        (
            b"%PDF-1.4",
            b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
            b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
            b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>> endobj",
            b"4 0 obj <</Length %d/Filter[/FlateDecode/FlateDecode]>>stream" % len(stream),
            stream,
            b"endstream endobj",
            b"trailer <</Root 1 0 R>>",
        )
    )


def test_a_real_bomb_is_one_line() -> None:
    data = bomb()
    assert len(data) < 2000
    with Reader(memory=200 * 1024**2) as reader:
        with pytest.raises(LoadError, match=r"the program that reads it gave up"):
            reader.load(data, "bomb.pdf")
        page = SMALL["a.html"].encode()
        assert reader.load(page, "a.html") == load(page, "a.html")


def test_what_came_before_does_not_decide_about_a_file(hostile: Reader) -> None:
    assert said(hostile, "count") == "1"
    assert said(hostile, "second") == "the first"


def test_noise_does_not_reach_the_answers(hostile: Reader) -> None:
    assert said(hostile, "noise") == "read ''"
    assert said(hostile, "count") == "2"


def test_the_child_writes_no_file(hostile: Reader) -> None:
    assert said(hostile, "write") == "refused: OSError"


@pytest.mark.skipif(os.getuid() == 0, reason="the system sets root no limit of processes")
@pytest.mark.parametrize("name", ["start", "thread"])
def test_the_child_starts_no_program(hostile: Reader, name: str) -> None:
    assert said(hostile, name) in {
        "refused: BlockingIOError",
        "! the program that reads it gave up",
    }


def test_the_child_has_nothing_of_the_user(
    hostile: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    variables = said(hostile, "variables")
    assert "secret" not in variables
    assert "/home" not in variables.replace(sys.prefix, "").replace(str(Path.cwd()), "")
    assert said(hostile, "folder") == os.sep
    with (tmp_path / "open.txt").open("w") as stream:
        os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 -- takes no names
        hostile.close()
        descriptors = said(hostile, "descriptors")
    assert "open.txt" not in descriptors
    assert descriptors.count("pipe:") == 2


def test_large_files_and_large_texts_pass(hostile: Reader) -> None:
    content = hostile.load(b"a" * (20 * 1024**2), "large.pdf")
    assert isinstance(content, Loaded)
    assert content.title == f"{20 * 1024**2} bytes"
    assert len(content.text) == 6 * 10 * 1024**2


def test_a_file_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PROGRAM", HOSTILE)
    cancel = threading.Event()
    with Reader(cancel=cancel) as reader:
        pid = int(said(reader, "pid"))
        threading.Timer(0.2, cancel.set).start()
        with pytest.raises(CancelledError):
            reader.load(b"words", "sleep.pdf")
        assert not is_alive(pid)


def test_the_child_ends_with_its_reader(hostile: Reader) -> None:
    pid = int(said(hostile, "pid"))
    assert is_alive(pid)
    hostile.close()
    assert not is_alive(pid)


def test_plain_text_needs_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with Reader() as reader:
        for name in ("a.txt", "a.TEXT", "a.md", "a.markdown"):
            assert reader.load(STORY.encode(), name) == load(STORY.encode(), name)
        with pytest.raises(LoadError, match="cannot be started: no such file"):
            reader.load(b"words", "a.pdf")


def test_a_child_that_cannot_run_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PROGRAM", "no_such_module")
    with Reader() as reader, pytest.raises(LoadError, match="gave up"):
        reader.load(b"words", "a.pdf")


@pytest.mark.parametrize("deed", ["pid", "hold"])
def test_the_child_ends_when_its_reader_is_killed(deed: str) -> None:
    program = (
        "from groundwire.ingest import process, reader\n"
        f"process.PROGRAM = {HOSTILE!r}\n"
        "r = reader.Reader()\n"
        "print(r.load(b'words', 'pid.pdf').text, flush=True)\n"
        f"r.load(b'words', '{deed}.pdf')\n"
        "input()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    try:
        time.sleep(0.3)  # until the second file is being read
        assert is_alive(child)
        parent.kill()
        parent.communicate()
        assert soon(lambda: not is_alive(child))
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
