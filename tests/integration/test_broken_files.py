"""A hundred broken files in a folder: a hundred lines that say why, and the good ones are read."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.data.broken.making import plant
from tests.fuzz.seeds import SEEDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.integration.conftest import Ran

_BROKEN = 100
_SPOKEN_BY_PROGRAMS = re.compile(
    r"error|exception|traceback|errno|0x[0-9a-f]|\bNone\b|codec|<class|invalid|\bUTF\b|\bbytes\b",
    re.IGNORECASE,
)
_WHY = {
    "password.pdf": "is protected by a password",
    "password.odt": "is protected by a password",
    "password.zip": "no documents in it (a.txt: is protected by a password)",
    "protected.epub": "is protected: its chapters are encrypted",
    "encrypted.eml": "is encrypted",
    "scanned.pdf": "no text: its 3 pages look scanned",
    "download-page.pdf": "not a PDF file, or a damaged one",
    "first-half.docx": "no DOCX file, or a damaged one",
    "empty.mbox": "empty",
    "picture.csv": "not text",
    "half-a-line.json": "damaged JSON",
    "map-of-a-site.rss": "XML, but not a feed of articles",
    "nothing-in-it.rss": "a feed without entries",
    "only-link.zip": "no documents in it (a.txt: a link, not followed)",
    "huge-member.zip": "no documents in it (a.txt: unpacks to more than 200 times its size)",
    "laughs.docx": "word/document.xml: declares entities, which are not read",
    "deep.rss": "nested too deeply",
    "too-large.txt": "larger than 20 MiB",
    "link-outside.pdf": "a link that leaves the folder, not followed",
    "link-to-nowhere.txt": "a link that leads nowhere, not followed",
    "link-to-itself.md": "a link that leads nowhere, not followed",
}


@pytest.mark.timeout(300)
def test_a_hundred_broken_files_among_good_ones(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    folder = tmp_path / "years of files"
    folder.mkdir()
    broken = plant(folder)
    for suffix, seeds in SEEDS.items():
        (folder / f"good{suffix}").write_bytes(seeds[0])
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.pdf").mkdir()

    done = command("--index-dir", tmp_path / "index", "index", "--json", folder)

    assert len(broken) == _BROKEN
    told = {failure["path"]: failure["reason"] for failure in done.json["failures"]}
    of_the_good = {path for path in told if path.startswith("good")}
    lines = {path: reason for path, reason in told.items() if path not in of_the_good}
    assert sorted(lines) == list(broken)
    assert len(done.json["failures"]) == _BROKEN + len(of_the_good)
    for path, reason in lines.items():
        assert reason.isprintable(), path
        assert 0 < len(reason) <= 200, path
        assert not _SPOKEN_BY_PROGRAMS.search(reason), reason
    assert {path: lines[path] for path in _WHY} == _WHY
    files = {path.partition("/")[0] for path in done.json["added"]}
    assert files == {f"good{suffix}" for suffix in SEEDS}


@pytest.mark.timeout(300)
def test_the_lines_are_printed_and_the_good_file_answers(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    broken = plant(folder)
    (folder / "good.txt").write_text("The harbour board voted on Tuesday to rebuild the old quay.")
    done = command("--index-dir", tmp_path / "index", "index", folder)
    printed = f"{done.out}\n{done.err}".splitlines()
    for name in broken:
        assert sum(f" {name}: " in line for line in printed) == 1, name
    answer = command("--index-dir", tmp_path / "index", "ask", "When did the harbour board vote?")
    assert "voted on Tuesday" in answer.out
