"""The bot as a process of its own, with a scripted desk: ``python -m tests.slack.bot_process``.

It prints ``ready`` once messages can arrive, and the error in one line if it cannot start.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.slack.options import SlackOptions
from groundwire.interfaces.slack.runner import run
from groundwire.records.conversations import Conversations
from groundwire.records.database import open_database
from tests.fakes.desk import ScriptedDesk
from tests.slack.fake_slack import APP_TOKEN

if TYPE_CHECKING:
    from groundwire.interfaces.slack.clients import Identity


def main(api_url: str, bot_token: str, records: str) -> int:
    """Run the bot until a signal comes and return the exit status."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    options = SlackOptions(bot_token, APP_TOKEN, api_url, grace=0.3)
    try:
        with open_database(Path(records)) as database:
            run(ScriptedDesk(), Conversations(database), options, on_ready=ready)
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
