"""Measure how soon somebody in Slack sees a status and a first sentence, on the sample corpus.

The bot is the real one, on a real index; Slack is the fake of the tests on loopback, so the times
are ours alone, without the way to Slack and back.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]

if TYPE_CHECKING:
    from tests.slack.fake_slack import FakeSlack

QUESTIONS = (
    "Who met Xi at the airport in Pyongyang?",
    "How many people marched in Hong Kong on 9 June 2019?",
    "What is the latest estimate of the tram's cost?",
    "Why did the talks in Hanoi collapse?",
    "What did Putin say about the visit?",
    "Who is the chairman of the Suez Canal Authority?",
)
STATUS_GOAL_MS, SENTENCE_GOAL_MS = 300, 1_000


def main() -> int:
    """Ask in a direct message and in a channel, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--corpus", type=Path, default=ROOT / "eval" / "corpus")
    given = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    met = True
    with tempfile.TemporaryDirectory() as folder:
        for kind, times in measured(Path(folder), given.corpus, given.rounds).items():
            for what, goal, values in (
                ("first status", STATUS_GOAL_MS, [status for status, _ in times]),
                ("first sentence", SENTENCE_GOAL_MS, [sentence for _, sentence in times]),
            ):
                met &= max(values) < goal
                print(
                    f"{kind:8} {what:15} median {statistics.median(values):6.0f} ms"
                    f"   slowest {max(values):6.0f} ms   goal {goal} ms   n={len(values)}"
                )
    return 0 if met else 1


def measured(folder: Path, corpus: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Return, for each kind of place, milliseconds from event to status and to first sentence."""
    from groundwire import Desk
    from groundwire.interfaces.slack.app import build_bot
    from groundwire.records.conversations import Conversations
    from groundwire.records.database import open_database
    from tests.slack.conftest import options_for
    from tests.slack.fake_slack import FakeSlack

    with Desk.open(index_dir=folder / "index") as desk:
        desk.sync([corpus])
        slack = FakeSlack().start()
        with open_database(folder / "records.sqlite3") as database:
            bot = build_bot(desk, Conversations(database), options_for(slack))
            bot.connect()
            slack.wait(lambda: slack.connections > 0, "a websocket")
            _ask(slack, "im", QUESTIONS[0])
            times = {
                kind: [_ask(slack, kind, question) for _ in range(rounds) for question in QUESTIONS]
                for kind in ("im", "channel")
            }
            bot.close()
        slack.shut_down()
    return times


def _ask(slack: FakeSlack, kind: str, question: str) -> tuple[float, float]:
    channel = slack.channel(kind)
    started = time.monotonic()
    slack.mention(channel, question)
    slack.wait_for_messages(channel)
    status = slack.statuses(channel)[0].at
    said = [
        *slack.calls_of("chat.startStream", channel),
        *slack.calls_of("chat.postMessage", channel),
    ]
    return (status - started) * 1000, (min(call.at for call in said) - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
