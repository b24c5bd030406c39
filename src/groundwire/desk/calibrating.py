"""The threshold of abstention that was fitted to an index: reading it, and keeping another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.answer.threshold import in_force
from groundwire.desk.opened import Opened
from groundwire.domain.errors import StoreError

if TYPE_CHECKING:
    from groundwire.domain.calibration import Calibration
    from groundwire.index.writer import Writer


class Calibrated(Opened):
    """A desk whose threshold of abstention can be fitted to its index."""

    def calibration(self) -> Calibration | None:
        """Return the calibration of the index that is in force; None: the default is.

        Raises:
            IndexMissingError: Nothing was indexed yet.
        """
        with self._parts.store.snapshot() as snapshot:
            found = snapshot.calibration()
        return found if found is not None and in_force(found) else None

    def calibrate(self, fitted: Calibration | None, *, generation: str | None = None) -> None:
        """Keep a calibration in the index, or drop the one there is.

        Args:
            fitted: The calibration; None: from now on the default threshold counts.
            generation: Name of the index generation that it was fitted to; None: any.

        Raises:
            IndexLockedError: Another process is writing.
            StoreError: The index cannot be written to, or another generation is live by now.
        """
        manifest = self._parts.store.manifest()
        with self._parts.store.writer(manifest.identity, None) as writer:
            if generation not in {None, self._parts.store.stamp()[0]}:
                message = "the index was built anew meanwhile, so that the threshold is of another"
                raise StoreError(message, hint="run: groundwire eval --auto")
            writer.calibrate(fitted)


def drop_outdated(writer: Writer) -> None:
    """Drop the calibration that a rebuild took over, if it was fitted with other coefficients."""
    found = writer.calibration()
    if found is not None and not in_force(found):
        writer.calibrate(None)
