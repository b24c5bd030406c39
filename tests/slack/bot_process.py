"""The bot as a process of its own, with a scripted desk: ``python -m tests.slack.bot_process``.

It prints ``ready`` once messages can arrive, and the error in one line if it cannot start. While a
file ``hold`` lies beside its records, answers to questions with ``held`` in them do not end.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.domain.events import ClaimReady, Failed
from groundwire.interfaces.slack.options import SlackOptions
from groundwire.interfaces.slack.runner import run
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from tests.fakes.desk import ScriptedDesk
from tests.slack.fake_slack import APP_TOKEN

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from groundwire.domain.events import Event
    from groundwire.interfaces.slack.clients import Identity


class HeldDesk(ScriptedDesk):
    """Stops after the first sentence of an answer as long as a file is there."""

    def __init__(self, hold: Path) -> None:
        super().__init__()
        self._hold = hold

    def ask_events(
        self,
        question: str,
        *,
        cancel: threading.Event | None = None,
        **how: object,
    ) -> Iterator[Event]:
        told = super().ask_events(question, cancel=cancel, **how)  # type: ignore[arg-type]  # as it came
        for event in told:
            yield event
            if "held" in question and isinstance(event, ClaimReady):
                while self._hold.exists() and not (cancel and cancel.wait(0.01)):
                    pass
                if cancel and cancel.is_set():
                    yield Failed("cancelled", "stopped")
                    return


def main(api_url: str, bot_token: str, records: str) -> int:
    """Run the bot until a signal comes and return the exit status."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    folder = Path(records).parent
    options = SlackOptions(bot_token, APP_TOKEN, api_url, grace=0.3, health=folder / "health.json")
    try:
        with open_database(Path(records)) as database:
            desk = HeldDesk(folder / "hold")
            run(desk, Conversations(database), options, on_ready=ready)
    except GroundwireError as error:
        sys.stdout.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write("stopped\n")
    return 0


def ready(identity: Identity) -> None:
    """Say that messages can arrive."""
    sys.stdout.write(f"ready as {identity.name}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
