"""Which machine this is, as a lease names it."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from groundwire import durability

_MACHINE_ID = Path("/etc/machine-id")
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_SALT = b"groundwire lease: "


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine.

    Attributes:
        id: What tells it from others; a hash, since the id itself is nobody else's business.
        boot: What tells this start of its kernel from any other; empty if it says nothing.
        host: Its name, for people.
    """

    id: str
    boot: str
    host: str


def this_machine(note: Path | None) -> Machine:
    """Return the machine that runs this process.

    Args:
        note: Where a made-up id is kept on systems that have none; None: it is made up each time.
    """
    return Machine(_hashed(_machine_id() or _made_up(note)), _hashed(_boot_id()), _host())


def _machine_id() -> str:
    with suppress(OSError, UnicodeDecodeError):
        return _MACHINE_ID.read_text(encoding="ascii").strip()
    return ""


def _made_up(note: Path | None) -> str:
    if note is None:
        return uuid.uuid4().hex
    with suppress(OSError, UnicodeDecodeError):
        return note.read_text(encoding="ascii").strip()
    made = uuid.uuid4().hex
    with suppress(OSError):
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        durability.write(note, f"{made}\n".encode(), mode=0o600)
    return made


def _boot_id() -> str:
    with suppress(OSError, UnicodeDecodeError):
        return _BOOT_ID.read_text(encoding="ascii").strip()
    if sys.platform == "darwin":  # pragma: no cover -- only there
        with suppress(OSError, subprocess.SubprocessError):
            words = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
            found = subprocess.run(words, capture_output=True, text=True, check=True, timeout=5)  # noqa: S603 -- fixed words
            return found.stdout.strip()
    return ""


def _host() -> str:
    return socket.gethostname()[:200]


def _hashed(text: str) -> str:
    return hashlib.sha256(_SALT + text.encode()).hexdigest()[:32] if text else ""
