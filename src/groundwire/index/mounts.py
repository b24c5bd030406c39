"""Whether a folder lies where one machine alone can have it mounted."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_OF_ONE_KERNEL = frozenset(
    {"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "tmpfs", "xfs"}
)
"""File systems that two kernels cannot have mounted at once without destroying them."""
_ESCAPED = re.compile(r"\\([0-7]{3})")


def of_one_kernel(folder: Path) -> bool:
    """Return whether only one running kernel can write to a folder; False where nobody says.

    Shared folders, and all kinds of file systems that are not known here, are not such.
    """
    with suppress(OSError, UnicodeDecodeError):
        return _kind(folder.resolve(), _MOUNTS.read_text(encoding="utf-8")) in _OF_ONE_KERNEL
    return False


def _kind(folder: Path, mounts: str) -> str:
    """Return the kind of file system that a folder lies in, as the kernel names it.

    Source: proc(5), "/proc/[pid]/mountinfo": the mount point is the fifth field, and the kind
    follows a hyphen. Of several mounts at one place the last one is seen.
    """
    kind, deepest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:  # noqa: PLR2004 -- the mount point is the fifth
            point = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4]))
            if folder.is_relative_to(point) and len(point.parts) >= deepest:
                kind, deepest = after.split(" ")[0], len(point.parts)
    return kind
