"""Ids that sort by the time they were made: 26 characters of Crockford's base 32.

The layout is that of the ULID specification (github.com/ulid/spec): 48 bits of milliseconds since
1970, then 80 random bits. Two ids of one millisecond count the random bits up by one, so that the
ids of one process always rise.
"""

from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The digits of Crockford's base 32: no I, L, O and U."""

LENGTH: Final = 26

_RANDOM_BITS: Final = 80
_LARGEST: Final = 2 ** (48 + _RANDOM_BITS) - 1
_MISREAD: Final = str.maketrans("ILO", "110")


class Ids:
    """Makes ids, each later than the one before; safe to use from several threads."""

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        random: Callable[[int], int] = secrets.randbits,
    ) -> None:
        """Keep where the time and chance come from.

        Args:
            clock: Gives the time in seconds since 1970.
            random: Gives a number of as many random bits as it is asked for.
        """
        self._clock = clock
        self._random = random
        self._last = -1
        self._lock = threading.Lock()

    def make(self) -> str:
        """Return a new id. A clock that goes back does not make ids fall.

        Raises:
            OverflowError: The time lies after the year 10889.
        """
        with self._lock:
            stamp = max(0, int(self._clock() * 1000)) << _RANDOM_BITS
            if stamp >> _RANDOM_BITS > self._last >> _RANDOM_BITS:
                self._last = stamp | self._random(_RANDOM_BITS)
            else:
                self._last += 1
            return encoded(self._last)


def encoded(number: int) -> str:
    """Return a number of 128 bits in 26 digits.

    Raises:
        OverflowError: It has more bits, or a sign.
    """
    if not 0 <= number <= _LARGEST:
        message = f"{number} does not fit into 128 bits"
        raise OverflowError(message)
    shifts = range(5 * (LENGTH - 1), -1, -5)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in shifts)


def normal(text: str) -> str:
    """Return what somebody typed as the beginning of an id, in the digits that ids have.

    Case does not count, and I, L and O are read as the digits that they look like.

    Returns:
        The digits; empty if it cannot be the beginning of an id.
    """
    digits = text.strip().upper().translate(_MISREAD)
    return digits if len(digits) <= LENGTH and set(digits) <= set(ALPHABET) else ""
