"""What lies around a chat, made of the global options: settings, desk, sessions, streams."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from groundwire.interfaces.cli.records import open_sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.desk.desk import Desk
    from groundwire.interfaces.cli.globals import Globals
    from groundwire.interfaces.cli.streams import Streams
    from groundwire.records.sessions import Sessions
    from groundwire.settings import LoadedSettings

_SHOWN_ONLY = ("display.", "terminal.")


class Surrounded:
    """A chat's surroundings: each thing is made when it is first asked for, once."""

    def __init__(self, options: Globals) -> None:
        """Keep the options."""
        self._options = options
        self._lock = threading.RLock()
        self._open = ExitStack()
        self._kept: Sessions | None = None

    @property
    def out(self) -> Streams:
        """Where results and messages go."""
        return self._options.streams

    @property
    def loaded(self) -> LoadedSettings:
        """The settings in effect, with where each came from."""
        return self._options.loaded

    @property
    def desk(self) -> Desk:
        """The desk on these settings; from any thread."""
        with self._lock:
            return self._options.desk

    @property
    def kept(self) -> Sessions:
        """The sessions; from any thread.

        Raises:
            StoreError: The records cannot be opened.
        """
        with self._lock:
            if self._kept is None:
                self._kept = self._open.enter_context(open_sessions(self._options))
            return self._kept

    def change(self, key: str, value: str) -> str:
        """Go on with one setting changed, and a desk on it; return the setting's full name.

        Raises:
            SettingsError: There is no such setting, or the value is not one for it.
        """
        from groundwire.settings.changing import changed_settings, full_key

        full = full_key(key)
        loaded = changed_settings(self._options.loaded, full, value)
        with self._lock:
            self._options.loaded = loaded
            if full.startswith(_SHOWN_ONLY):
                self._options.__dict__.pop("streams", None)
            elif (desk := self._options.__dict__.pop("desk", None)) is not None:
                desk.close()
        return full

    def settings_rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield each setting's name, value as a file has it, and origin; secrets are masked."""
        from groundwire.interfaces.cli.configuring import rows_of, written

        for key, value, origin in rows_of(self._options):
            yield key, written(value), origin

    def write(self, path: Path, text: str) -> None:
        """Write a file that only its owner can read.

        Raises:
            UsageError: It cannot be written there.
        """
        from groundwire.interfaces.cli.files import write_text

        write_text(path, text, private=True)

    def close(self) -> None:
        """Close the sessions, if they were opened."""
        self._open.close()
