"""Files that a power cut finds old or new, never torn and never gone.

A rename is durable in two steps: what is in the file reaches the disk before the file takes its
name, and the folder, which holds the name, after it.
"""

from __future__ import annotations

import os
import stat
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

AS_THE_USER_HAS_IT = 0o666


def write(path: Path, content: bytes, *, mode: int = AS_THE_USER_HAS_IT) -> None:
    """Replace a file's content, all at once and durably; what fails leaves the old one.

    Args:
        path: The file.
        content: All that is to be in it.
        mode: What others may do with it, less what the user's umask takes away.

    Raises:
        OSError: The folder cannot be written to, or the disk is full.
    """
    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        take_place(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def take_place(fresh: Path, path: Path) -> None:
    """Give a file or folder that has reached the disk another name, durably.

    Raises:
        OSError: It cannot be renamed.
    """
    fresh.replace(path)
    sync(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, durably; one that is there is left as it is.

    Raises:
        OSError: It cannot be made.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in reversed(missing):
        sync(each.parent)


def sync(path: Path) -> None:
    """Wait until a file's content, or the names in a folder, have reached the disk.

    Raises:
        OSError: They do not reach it.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Do the same for everything in a folder, itself last.

    Raises:
        OSError: Something does not reach the disk.
    """
    inside = sorted(folder.rglob("*"), key=lambda path: len(path.parts), reverse=True)
    for path in (*inside, folder):
        if stat.S_IFMT(path.lstat().st_mode) in {stat.S_IFREG, stat.S_IFDIR}:
            sync(path)
