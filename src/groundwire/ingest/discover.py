"""Find the files of a root that can be documents.

What is found does not depend on the order in which a file system lists its entries. Left out are

- hidden files and folders, ``node_modules``, ``__pycache__``, virtual environments and folders
  that hold an index (a file ``CURRENT`` beside generations);
- files that no loader knows, by their suffix;
- files about the folder and not of it: ``README``, ``LICENSE`` and ``CHANGELOG``, whatever follows
  the name. Named as a root itself, such a file is a document like any other;
- symbolic links. A link that stays inside the root leads to a file that is found where it lies; one
  that leaves the root, loops or leads nowhere is reported as a problem and not followed.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from groundwire.domain.errors import NotFoundError, UsageError
from groundwire.ingest.loaders.registry import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
_GENERATION = re.compile(r"[0-9a-f]{12}")
_ABOUT_THE_FOLDER = re.compile(
    r"(?:README|LICEN[CS]E|CHANGELOG)(?:[._-].*)?\.\w+|(?i:readme|licen[cs]e|changelog)\.\w+"
)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file of a root.

    Attributes:
        path: Where the file is, absolute.
        relative: Path from the root with forward slashes; the file's name if it is the root.
        size: Size in bytes; 0 where there is a problem.
        problem: Why the file or folder cannot be read, in one line; empty if it seems it can.
    """

    path: Path
    relative: str
    size: int
    problem: str = ""


def discover(root: Path) -> Iterator[FoundFile]:
    """Yield the files of a root, sorted by path, folder by folder.

    Args:
        root: A folder, or a file, which is then yielded whatever its name.

    Raises:
        NotFoundError: There is no such file or folder.
    """
    mode = mode_of(root)
    if stat.S_ISDIR(mode):
        return _walk(root, "", root.resolve())
    return iter((FoundFile(root, root.name, root.stat().st_size),))


def mode_of(root: Path) -> int:
    """Return the mode bits of a file or folder that is to be a root.

    Raises:
        NotFoundError: There is no such path, it cannot be looked at, or it is neither.
        UsageError: Its name cannot be stored.
    """
    name = _printable(str(root))
    try:
        mode = root.stat().st_mode
    except PermissionError as error:
        raise NotFoundError(f"cannot be read: {name} (permission denied)") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise NotFoundError(
            f"no such file or folder: {name}",
            hint="check the path; it is relative to the current folder",
        ) from error
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise NotFoundError(f"neither a file nor a folder: {name}")
    if name != str(root):
        raise UsageError(f"the path is not valid UTF-8: {name}")
    return mode


def covers(root: Path, path: Path) -> bool:
    """Return whether syncing the folder ``root`` finds what a sync of ``path`` would find.

    Args:
        root: A folder, resolved.
        path: A file or folder, resolved.
    """
    if root == path or not path.is_relative_to(root) or not root.is_dir():
        return root == path
    *folders, last = path.relative_to(root).parts
    inside = root
    for name in folders if path.is_file() else [*folders, last]:
        inside /= name
        if _is_skipped_folder(inside):
            return False
    return path.is_dir() or _is_document_name(last)


def _walk(folder: Path, prefix: str, root: Path) -> Iterator[FoundFile]:
    """Yield the files under one folder; ``prefix`` is its relative path, with a final slash."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield FoundFile(folder, _printable(prefix or folder.name), 0, reason_of(error))
        return
    for entry in entries:
        if entry.is_symlink():
            yield from _link(entry, prefix, root)
        elif entry.is_dir(follow_symlinks=False):
            path = Path(entry.path)
            if not _is_skipped_folder(path):
                yield from _walk(path, f"{prefix}{entry.name}/", root)
        elif entry.is_file(follow_symlinks=False) and _is_document_name(entry.name):
            yield _file(entry, prefix)


def _file(entry: os.DirEntry[str], prefix: str) -> FoundFile:
    """Describe one file of a folder."""
    relative = f"{prefix}{entry.name}"
    if _printable(relative) != relative:
        problem = "its name is not valid UTF-8"
        return FoundFile(Path(entry.path), _printable(relative), 0, problem)
    try:
        size = entry.stat(follow_symlinks=False).st_size
    except OSError as error:
        return FoundFile(Path(entry.path), relative, 0, reason_of(error))
    return FoundFile(Path(entry.path), relative, size)


def _link(entry: os.DirEntry[str], prefix: str, root: Path) -> Iterator[FoundFile]:
    """Report a symbolic link that would have led to documents from elsewhere."""
    if entry.name.startswith("."):
        return
    path = Path(entry.path)
    try:
        target = path.resolve(strict=True)
        problem = "" if target.is_relative_to(root) else "a link that leaves the folder"
        worth_telling = target.is_dir() or _is_document_name(entry.name)
    except (OSError, RuntimeError):  # RuntimeError: how Python 3.11 and 3.12 report a loop
        problem = "a link that leads nowhere"
        worth_telling = _is_document_name(entry.name)
    if problem and worth_telling:
        yield FoundFile(path, _printable(f"{prefix}{entry.name}"), 0, f"{problem}, not followed")


def _is_skipped_folder(folder: Path) -> bool:
    """Return whether a folder inside a root holds no documents of the user's own."""
    if folder.name.startswith(".") or folder.name in _SKIPPED_FOLDERS:
        return True
    try:
        if (folder / "pyvenv.cfg").is_file():
            return True
        return (folder / "CURRENT").is_file() and any(
            _GENERATION.fullmatch(inner.name) for inner in folder.iterdir()
        )
    except OSError:
        return False


def _is_document_name(name: str) -> bool:
    """Return whether a file found in a folder is a document, by its name."""
    if name.startswith(".") or _ABOUT_THE_FOLDER.fullmatch(name):
        return False
    return PurePath(name).suffix.lower() in SUFFIXES


def reason_of(error: OSError) -> str:
    """Say in one line why the system refused to read something."""
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    return f"cannot be read: {(error.strerror or type(error).__name__).lower()}"


def _printable(path: str) -> str:
    """Return a path with the bytes that are not UTF-8 replaced."""
    return os.fsencode(path).decode("utf-8", "replace")
