"""The threshold of abstention: the one that was fitted to the index, or the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.answer.threshold import default_threshold, in_force
from groundwire.domain.reports import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.desk.build import Parts

_CHECK = "threshold"
_FIT = "run: groundwire eval --auto"
_GROWN = 1.5
"""How many times the documents that it was fitted to make a threshold worth fitting anew."""


def threshold(parts: Parts) -> Iterator[Finding]:
    """Yield which threshold decides whether a question is answered, and whether it still fits."""
    from groundwire.index.calibration import DamagedCalibrationError, of_folder
    from groundwire.index.overview import count_documents

    if not parts.store.exists():
        return
    folder = parts.settings.index_folder()
    try:
        found = of_folder(folder)
    except DamagedCalibrationError as error:
        message = f"the fitted threshold in the index is damaged and not used: {error}"
        yield Finding(_CHECK, "warning", message, _FIT)
        return
    if found is None:
        yield Finding(_CHECK, "ok", f"the default, {default_threshold():.2f}; {_FIT} may fit one")
        return
    made = found.made[:10]
    if not in_force(found):
        message = f"that of {made} was fitted for another version of groundwire and is not used"
        yield Finding(_CHECK, "warning", message, _FIT)
        return
    if (count_documents(folder) or 0) > _GROWN * found.documents:
        message = f"that of {made} was fitted to {found.documents} documents; there are more now"
        yield Finding(_CHECK, "warning", message, _FIT)
        return
    told = (
        f"{found.threshold:.2f}, fitted on {made} to {found.documents} documents: "
        f"of declined questions {found.precision:.0%} have no answer, "
        f"of those without one {found.recall:.0%} are declined"
    )
    yield Finding(_CHECK, "ok", told)
