"""Who holds a lease, as its file says."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from groundwire.index.machine import Machine

SIZE = 1024
"""Bytes of the file, always: it is renewed in place, which needs no room on a full disk."""


@dataclass(frozen=True, slots=True)
class Holder:
    """What a lease says.

    Attributes:
        token: What no other lease has.
        machine: Id of the machine, hashed.
        boot: Id of this start of its kernel; empty if it tells none.
        host: The machine's name.
        pid: The process.
        taken: When it took the lease, by its own clock, as ISO 8601; only for people.
        renewed: When it last renewed it, the same way.
        beat: How often it has renewed it.
    """

    token: str
    machine: str
    boot: str
    host: str
    pid: int
    taken: str
    renewed: str
    beat: int = 0

    def __str__(self) -> str:
        """Return the holder in words."""
        return f"process {self.pid} on {self.host} since {self.taken}"

    @classmethod
    def on(cls, machine: Machine) -> Self:
        """Return a new holder: this process."""
        now = _now()
        token = uuid.uuid4().hex
        return cls(token, machine.id, machine.boot, machine.host, os.getpid(), now, now)

    def renewing(self) -> Self:
        """Return the holder as the file says it after one more renewal."""
        return replace(self, renewed=_now(), beat=self.beat + 1)

    def shares_kernel_with(self, other: Holder) -> bool:
        """Return whether one file lock keeps both apart, because the same kernel runs them."""
        if self.boot and other.boot:
            return self.boot == other.boot
        return self.shares_machine_with(other)

    def shares_machine_with(self, other: Holder) -> bool:
        """Return whether both say that they are of the same machine; a copy of it says so, too."""
        return (self.machine, self.host) == (other.machine, other.host)

    def to_bytes(self) -> bytes:
        """Return the content of the file."""
        return json.dumps(asdict(self)).encode().ljust(SIZE - 1) + b"\n"


def parsed(content: bytes) -> Holder | None:
    """Return what a file says; None if that cannot be understood or shown."""
    try:
        fields: dict[str, Any] = json.loads(content)
        values = [fields[name] for name in Holder.__dataclass_fields__]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    fits = all(isinstance(each, int) or _readable(each) for each in values)
    return Holder(*values) if fits and isinstance(fields["beat"], int) else None


def _readable(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
