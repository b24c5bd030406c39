"""Which files of a folder count as documents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.ingest.discover import covers, discover

if TYPE_CHECKING:
    from pathlib import Path


def plant(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some words.")


def names(root: Path) -> list[str]:
    return [file.relative for file in discover(root) if not file.problem]


def problems(root: Path) -> dict[str, str]:
    return {file.relative: file.problem for file in discover(root) if file.problem}


def test_files_are_found_in_order_with_size_and_path(tmp_path: Path) -> None:
    plant(tmp_path, "b.txt", "a/z.md", "a/b/c.HTML", "d.text", "e.markdown", "f.htm")
    found = list(discover(tmp_path))
    relatives = [file.relative for file in found]
    assert relatives == ["a/b/c.HTML", "a/z.md", "b.txt", "d.text", "e.markdown", "f.htm"]
    assert all(file.size == len("Some words.") and file.path.is_absolute() for file in found)


@pytest.mark.parametrize(
    "name",
    [
        "photo.jpg",
        "no_suffix",
        ".hidden.txt",
        ".git/config.txt",
        ".venv/readable.txt",
        "web/node_modules/x/notes.md",
        "__pycache__/a.txt",
        "README.md",
        "deep/README.en.md",
        "deep/readme.txt",
        "LICENSE.txt",
        "LICENSE-MIT.txt",
        "Licence.md",
        "CHANGELOG.md",
    ],
)
def test_other_files_are_left_out(tmp_path: Path, name: str) -> None:
    plant(tmp_path, name, "kept.txt")
    assert names(tmp_path) == ["kept.txt"]


@pytest.mark.parametrize("name", ["licence-fees-rise.md", "Readmeadow.txt", "changelogged.html"])
def test_stories_whose_names_only_begin_like_a_readme_are_found(tmp_path: Path, name: str) -> None:
    plant(tmp_path, name)
    assert names(tmp_path) == [name]


def test_an_index_and_a_virtual_environment_are_not_searched(tmp_path: Path) -> None:
    plant(tmp_path, "index/CURRENT", "index/0123456789ab/dump.txt", "env/pyvenv.cfg", "env/a.txt")
    plant(tmp_path, "news/CURRENT", "news/story.txt")
    assert names(tmp_path) == ["news/story.txt"]


def test_a_named_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    plant(tmp_path, "README.md")
    assert names(tmp_path / "README.md") == ["README.md"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert list(discover(tmp_path)) == []


@pytest.mark.parametrize("name", ["missing", "a\0b", "x" * 5000])
def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFoundError, match="no such file or folder"):
        discover(tmp_path / name)


def test_a_pipe_is_no_root_and_no_document(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert list(discover(tmp_path)) == []
    with pytest.raises(NotFoundError, match="neither a file nor a folder"):
        discover(tmp_path / "pipe.txt")


def test_a_link_out_of_the_root_is_reported_and_not_followed(tmp_path: Path) -> None:
    plant(tmp_path, "elsewhere/secret.txt", "root/story.txt")
    (tmp_path / "root/file.txt").symlink_to(tmp_path / "elsewhere/secret.txt")
    (tmp_path / "root/folder").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "root") == ["story.txt"]
    assert problems(tmp_path / "root") == {
        "file.txt": "a link that leaves the folder, not followed",
        "folder": "a link that leaves the folder, not followed",
    }


def test_links_inside_the_root_and_loops_are_harmless(tmp_path: Path) -> None:
    plant(tmp_path, "a/story.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "again.txt").symlink_to(tmp_path / "a/story.txt")
    (tmp_path / "one.txt").symlink_to(tmp_path / "two.txt")
    (tmp_path / "two.txt").symlink_to(tmp_path / "one.txt")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nothing.md")
    assert names(tmp_path) == ["a/story.txt"]
    assert problems(tmp_path) == dict.fromkeys(
        ("gone.md", "one.txt", "two.txt"), "a link that leads nowhere, not followed"
    )


def test_a_link_may_be_the_root_itself(tmp_path: Path) -> None:
    plant(tmp_path, "real/story.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert names(tmp_path / "link") == ["story.txt"]


def test_a_looping_link_is_no_root(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(NotFoundError):
        discover(tmp_path / "loop")


def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:  # noqa: PTH123 -- a path of bytes
        stream.write(b"words")
    assert problems(tmp_path) == {"caf\ufffd.txt": "its name is not valid UTF-8"}
    with pytest.raises(UsageError, match="not valid UTF-8"):
        discover(tmp_path / os.fsdecode(b"caf\xe9.txt"))


@pytest.mark.parametrize(
    ("name", "covered"),
    [
        ("a/story.txt", True),
        ("a", True),
        ("", True),
        ("a/README.md", False),
        (".hidden/story.txt", False),
        (".hidden", False),
        ("a/picture.png", False),
    ],
)
def test_a_root_covers_what_a_sync_of_it_finds(tmp_path: Path, name: str, *, covered: bool) -> None:
    plant(tmp_path, "a/story.txt", "a/README.md", ".hidden/story.txt", "a/picture.png")
    assert covers(tmp_path, tmp_path / name) is covered


def test_a_root_does_not_cover_its_parent_or_its_neighbour(tmp_path: Path) -> None:
    plant(tmp_path, "a/story.txt", "ab/story.txt")
    assert not covers(tmp_path / "a", tmp_path)
    assert not covers(tmp_path / "a", tmp_path / "ab")
