"""What can go wrong around an index, met through the commands and the desk."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk
from groundwire.index import generations
from groundwire.models.weights import PUBLISHED_SHA256

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.conftest import Ran

ROOT = Path(__file__).parents[2]
QUESTION = "What did the bridge at Ford 3 cost?"
WORDS = "The council met on Tuesday, and the ferry to Aldermoor was late again. " * 6
REVISION = re.compile(r"in revision (\d+)\.")
NOBODY = 65534
MANY = 100  # files that take long enough to be interrupted, and yet are one group


def story(number: int, revision: int = 0) -> str:
    return f"The bridge at Ford {number} cost £{number}m in revision {revision}.\n\n{WORDS.strip()}"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    write(folder)
    return folder


@pytest.fixture
def index(tmp_path: Path, news: Path) -> Path:
    with Desk.open(tmp_path / "ix") as desk:
        desk.sync([news])
    return tmp_path / "ix"


def write(folder: Path, revision: int = 0, files: int = 8) -> None:
    """Replace files, each at once, as editors do."""
    for number in range(files):
        fresh = folder / ".fresh"
        fresh.write_text(story(number, revision), encoding="utf-8")
        fresh.replace(folder / f"{number}.txt")


def live(index: Path) -> Path:
    return index / generations.read_current(index)


def environment() -> dict[str, str]:
    """Return what a child process gets: all that this one has, and where the code is."""
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}  # noqa: TID251 -- passed on whole


def start(*words: str | Path) -> subprocess.Popen[str]:
    """Start Python in a process of its own."""
    return subprocess.Popen(
        [sys.executable, *map(str, words)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start_indexing(index: Path, *argv: str | Path) -> subprocess.Popen[str]:
    """Start ``groundwire index`` and return when it has the lock and begins to read files."""
    process = start("-m", "groundwire", "--index-dir", index, "index", *argv)
    assert process.stderr is not None
    assert any(line.startswith("0 of ") for line in process.stderr)
    return process


def assert_one_line(ran: Ran, code: int, beginning: str) -> None:
    """Check for one line of error, one of advice, and nothing else."""
    assert ran.code == code, ran.err
    assert ran.out == ""
    error, hint = (line for line in ran.err.splitlines() if " of " not in line[:8])
    assert error.startswith(f"groundwire: {beginning}")
    assert hint.startswith("  ")


def contents(index: Path) -> dict[str, object]:
    """Return what an index holds, however it came about."""
    with Desk.open(index) as desk, desk._parts.store.snapshot() as snapshot:
        passages = {info.path: snapshot.passages_of(info.id) for info in snapshot.documents()}
        ids = [passage.id for each in passages.values() for passage in each]
        dimension = desk._parts.store.manifest().identity.encoder.dimension
        sentences = snapshot.sentence_vectors(ids, dimension)
        return {
            "documents": [snapshot.document(info.id) for info in snapshot.documents()],
            "passages": passages,
            "vectors": snapshot.vectors(ids).round(3).tolist(),
            "sentences": {each: (rows * 127).round().tolist() for each, rows in sentences.items()},
            "words": snapshot.lexical(["revision", "Ford", "ferry", "3"], top_k=100),
        }


def problems(index: Path) -> list[str]:
    """Return what the doctor finds; that there is little room is what these tests arrange."""
    with Desk.open(index) as desk:
        found = desk.doctor()
    wrong = [each for each in found if each.status != "ok" and each.check != "disk"]
    return [f"{each.check}: {each.message}" for each in wrong]


def test_weights_with_a_wrong_hash_are_refused(
    command: Callable[..., Ran], index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(iter(PUBLISHED_SHA256)).removeprefix("package:")
    model = tmp_path / "packages" / name / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").write_text("")
    (model / "modules.json").write_text("[]")
    (model / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    monkeypatch.delitem(sys.modules, name, raising=False)
    for argv in (["ask", QUESTION], ["index"], ["index", "--rebuild"]):
        ran = command("--index-dir", index, *argv)
        assert_one_line(ran, 5, f"the weights of package:{name} are not the published ones")
    none = command("--index-dir", tmp_path / "none", "index", tmp_path / "news")
    assert none.code == 5
    assert not (tmp_path / "none").exists()


def test_a_damaged_database_is_named_and_rebuilt(command: Callable[..., Ran], index: Path) -> None:
    (live(index) / generations.CATALOG).write_bytes(b"no database" * 5000)
    for argv in (["ask", QUESTION], ["search", "bridge"], ["docs"], ["index"]):
        ran = command("--index-dir", index, *argv)
        assert_one_line(ran, 1, "the index is damaged: ")
        assert "groundwire index --rebuild" in ran.err
    rebuilt = command("--index-dir", index, "index", "--rebuild", "--json").json
    assert len(rebuilt["added"]) == 8
    assert problems(index) == []


def test_a_page_of_the_database_that_is_damaged_is_one_line(
    command: Callable[..., Ran], index: Path
) -> None:
    catalog = live(index) / generations.CATALOG
    size = catalog.stat().st_size
    with catalog.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    for argv in (["ask", QUESTION], ["search", "bridge"], ["docs"], ["index"]):
        assert_one_line(command("--index-dir", index, *argv), 1, "the index is damaged: ")


def test_a_damaged_chroma_is_asked_all_the_same_and_made_again(
    command: Callable[..., Ran], index: Path, news: Path
) -> None:
    chroma = live(index) / generations.CHROMA / "chroma.sqlite3"
    chroma.write_bytes(b"damaged" * 3000)
    found = command("--index-dir", index, "search", QUESTION, "--json").json["hits"]
    assert found[0]["path"] == "3.txt"
    assert [each.partition(":")[0] for each in problems(index)] == ["chroma"]
    (news / "3.txt").write_text(story(3, 1))
    report = command("--index-dir", index, "index", "--json").json
    assert (report["changed"], len(report["unchanged"])) == (["3.txt"], 7)
    assert problems(index) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_read_only_index_answers_and_is_not_written(news: Path) -> None:
    open_folder = Path(tempfile.mkdtemp(prefix="groundwire-test-"))
    try:
        open_folder.chmod(0o755)
        shutil.copytree(news, open_folder / "news")
        program = f"""
import os
from pathlib import Path
from groundwire import Desk
from groundwire.domain.errors import GroundwireError
folder = Path({str(open_folder)!r})
with Desk.open(folder / "ix") as desk:
    desk.sync([folder / "news"])  # imports and opens what nobody may not
    desk.ask({QUESTION!r})
    (folder / "ix").chmod(0o755)
    (folder / "news" / "3.txt").write_text("The bridge fell.")
    os.setgid({NOBODY})
    os.setuid({NOBODY})
    print(desk.search({QUESTION!r}).hits[0].passage.text.partition(".")[0])
    print(len(desk.docs()), desk.ask({QUESTION!r}).outcome in ("answered", "related"))
    for rebuild in (False, True):
        try:
            desk.sync(rebuild=rebuild)
        except GroundwireError as error:
            print(error.exit_code, error)
"""
        output, errors = start("-c", program).communicate()
        assert errors == ""
        refused = f"1 the index in {open_folder}/ix cannot be written to"
        first = "The bridge at Ford 3 cost £3m in revision 0"
        assert output.splitlines() == [first, "8 True", refused, refused]
    finally:
        shutil.rmtree(open_folder)


@pytest.mark.parametrize("room", [4_000, 60_000, 250_000])
def test_a_full_disk_is_one_line_and_keeps_the_last_commit(
    command: Callable[..., Ran], news: Path, small_disk: Path, room: int
) -> None:
    index = small_disk / "ix"
    assert command("--index-dir", index, "index", news).code == 0
    free = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(b"-" * (free - room))
    long = "\n\n".join(story(number) for number in range(100, 140))
    (news / "long.txt").write_text(long)
    assert_one_line(command("--index-dir", index, "index"), 1, "the disk is full: ")
    listed = command("--index-dir", index, "docs", "--json").json["documents"]
    assert [each["path"] for each in listed] == [f"{number}.txt" for number in range(8)]
    found = command("--index-dir", index, "search", QUESTION, "--json").json["hits"]
    assert found[0]["path"] == "3.txt"
    (small_disk / "ballast").unlink()
    assert command("--index-dir", index, "index", "--json").json["added"] == ["long.txt"]
    assert problems(index) == []


def test_a_file_that_may_not_grow_is_one_line(index: Path, news: Path) -> None:
    before = contents(index)
    (news / "long.txt").write_text("\n\n".join(story(number) for number in range(100, 115)))
    largest = max(path.stat().st_size for path in live(index).glob("c*.sqlite3"))
    process = subprocess.run(
        [sys.executable, "-m", "groundwire", "--index-dir", str(index), "-q", "index"],
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 1
    error, hint = process.stderr.splitlines()
    assert error.startswith("groundwire: ")
    assert "disk" in error
    assert hint
    assert contents(index) == before
    with Desk.open(index) as desk:
        assert desk.sync().added == ("long.txt",)
    assert problems(index) == []


@pytest.mark.timeout(180)
def test_ten_kills_of_the_command_and_a_sync_equal_a_fresh_build(
    command: Callable[..., Ran], news: Path, tmp_path: Path
) -> None:
    chance = random.Random(11)  # noqa: S311 -- moments, not secrets
    killed, ended = tmp_path / "killed", []
    for number in range(10):
        write(news, revision=number)
        process = start_indexing(killed, news)
        time.sleep(chance.uniform(0, 0.8))
        process.kill()
        process.communicate()
        ended.append(process.returncode)
    assert -signal.SIGKILL in ended
    assert command("--index-dir", killed, "index", news).code == 0
    assert command("--index-dir", tmp_path / "fresh", "index", news).code == 0
    assert contents(killed) == contents(tmp_path / "fresh")
    assert problems(killed) == []


def test_a_second_sync_is_told_who_writes(
    command: Callable[..., Ran], index: Path, news: Path
) -> None:
    write(news, revision=1, files=MANY)
    first = start_indexing(index, news)
    first.send_signal(signal.SIGSTOP)
    try:
        second = command("--index-dir", index, "index", news)
        searched = command("--index-dir", index, "search", QUESTION, "--json").json["hits"]
    finally:
        first.send_signal(signal.SIGCONT)
        first.communicate()
    assert first.returncode == 0
    assert_one_line(second, 1, f"the index in {index} is being written by process {first.pid} on ")
    assert searched[0]["path"] == "3.txt"
    assert command("--index-dir", index, "index", "--json").json["encoded"] == 0


def test_ctrl_c_leaves_an_index_that_goes_on(
    command: Callable[..., Ran], news: Path, tmp_path: Path
) -> None:
    write(news, files=MANY)
    process = start_indexing(tmp_path / "ix", news)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in errors
    asked = command("--index-dir", tmp_path / "ix", "ask", QUESTION)
    assert_one_line(asked, 4, "no document is in the index")
    assert len(command("--index-dir", tmp_path / "ix", "index", "--json").json["added"]) == MANY


REWRITING = """
import sys
from pathlib import Path
from groundwire import Desk
from tests.integration.test_desk_faults import write
index, news = map(Path, sys.argv[1:])
with Desk.open(index) as desk:
    for revision in range(1, 6):
        write(news, revision)
        desk.sync()
"""


def test_answers_given_while_another_process_syncs_are_of_one_revision(
    index: Path, news: Path
) -> None:
    words = [sys.executable, "-c", REWRITING, str(index), str(news)]
    revisions: list[int] = []
    with Desk.open(index) as desk:
        first = desk.ask(QUESTION).provenance.revision
    with Desk.open(index) as desk, subprocess.Popen(words, env=environment()) as writing:
        while writing.poll() is None:
            answer = desk.ask(f"What did the bridge at Ford {len(revisions) % 8} cost?")
            revision = answer.provenance.revision - first
            for claim in answer.claims:
                for citation in claim.citations:
                    text = story(int(citation.path.partition(".")[0]), revision)
                    assert citation.span.of(text) == citation.quote == claim.text
            nearest = answer.abstention.nearest if answer.abstention else ()
            for hit in (*nearest, *(source.hit for source in answer.sources)):
                text = story(int(hit.document.path.partition(".")[0]), revision)
                assert hit.passage.span.of(text) == hit.passage.text
            found = [hit.passage.text for hit in desk.search(QUESTION, top_k=50).hits]
            told = {int(number) for text in found for number in REVISION.findall(text)}
            assert len(found) == 8
            assert len(told) == 1
            revisions += [revision, *told]
    assert writing.returncode == 0
    assert revisions == sorted(revisions)
    assert len(set(revisions)) > 1
