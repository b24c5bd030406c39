"""Opening a desk, and closing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from groundwire.desk.build import Parts
from groundwire.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from groundwire.settings import Settings


class Opened:
    """What a desk is made of, from settings to the closing of files."""

    def __init__(
        self, settings: Settings, *, on_status: Callable[[str], None] | None = None
    ) -> None:
        """Build a desk on settings that are already loaded; most callers want ``open``.

        Args:
            settings: The settings.
            on_status: Told in words what is done when a question has to wait for more than its
                answer: the export of an encoder that was never used here.
        """
        self._parts = Parts(settings, on_status)

    @classmethod
    def open(cls, index_dir: Path | str | None = None, config: Path | None = None) -> Self:
        """Return a desk.

        Args:
            index_dir: The index's folder; by default as the settings say.
            config: A configuration file instead of the user's own.

        Raises:
            SettingsError: A setting is wrong.
        """
        overrides = {"index.dir": str(index_dir) if index_dir is not None else None}
        return cls(load_settings(config, overrides).settings)

    def __enter__(self) -> Self:
        """Return the desk itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the desk."""
        self.close()

    def close(self) -> None:
        """Let go of the index's files."""
        self._parts.store.close()

    @property
    def settings(self) -> Settings:
        """The settings in effect."""
        return self._parts.settings

    def warm_up(self) -> None:
        """Load what the first question needs; for a background thread."""
        self._parts.checked_encoder()
