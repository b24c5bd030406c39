"""The health file, the counters behind it, and what is kept for a moment."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from groundwire.domain.events import Done, Failed, Status
from groundwire.interfaces.slack import asked
from groundwire.interfaces.slack.counters import BOUNDS, Counters
from groundwire.interfaces.slack.health import HealthFile
from groundwire.interfaces.slack.routing import Ask, Place
from groundwire.interfaces.slack.strays import STRAYS, Strays
from groundwire.interfaces.slack.watching import WatchedDesk
from tests.fakes.desk import LETTER_STORY, ScriptedDesk, answered, silent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from groundwire.domain.events import Event


def test_the_health_file_is_whole_and_private_and_says_when_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "health.json"
    health = HealthFile(path, lambda: {"queue": 3}, seconds=0.01)
    health.start()
    first = json.loads(path.read_text())
    assert (first["schema"], first["running"], first["queue"]) == (1, True, 3)
    for _ in range(50):
        assert json.loads(path.read_text())["pid"] == first["pid"]
    assert path.stat().st_mode & 0o777 == 0o600
    health.close()
    assert json.loads(path.read_text())["running"] is False
    assert [each.name for each in path.parent.iterdir()] == ["health.json"]


def test_a_health_file_that_cannot_be_written_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "groundwire.slack")
    (tmp_path / "file").touch()
    health = HealthFile(tmp_path / "file" / "health.json", dict, seconds=60)
    health.start()
    health.close()
    ours = [record for record in caplog.records if record.name == "groundwire.slack"]
    assert [record.levelno for record in ours] == [logging.WARNING]


def test_latency_falls_into_the_step_that_it_fits() -> None:
    counters = Counters()
    for bound in BOUNDS:
        counters.took(bound)
        counters.took(bound + 0.001)
    counts = counters.counts()
    assert counts.latency == (1, *[2] * (len(BOUNDS) - 1), 1)
    assert sum(counts.latency) == 2 * len(BOUNDS)
    told = counts.to_dict()
    assert told["latency_s"] == {**{f"{b:g}": 2 for b in BOUNDS}, "0.25": 1, "more": 1}
    assert "answered=0" in str(counts)


def test_a_watched_desk_counts_how_questions_end() -> None:
    counters = Counters()

    class Ends(ScriptedDesk):
        def ask_events(self, question: str, **_: Any) -> Iterator[Event]:  # noqa: ANN401  as given
            yield Status("reading")
            if question == "boom":
                raise RuntimeError
            ends: dict[str, Event] = {
                "answered": Done(answered("?", LETTER_STORY)),
                "silent": Done(silent("?", LETTER_STORY)),
                "failed": Failed("store", "broken"),
                "stopped": Failed("cancelled", "stopped"),
            }
            yield ends[question]

    desk = WatchedDesk(Ends(), counters)
    for question in ("answered", "silent", "failed", "stopped"):
        assert len(list(desk.ask_events(question))) == 2
    with pytest.raises(RuntimeError):
        list(desk.ask_events("boom"))
    totals = counters.counts().totals
    assert (totals["answered"], totals["abstained"], totals["failed"]) == (1, 1, 2)


def test_what_came_too_early_is_given_back_once_in_order_and_forgotten() -> None:
    now = 0.0
    strays = Strays(clock=lambda: now)
    for ts in ("5.0", "3.0", "1.0"):
        strays.keep("a", ts, {"ts": ts})
    strays.keep("b", "4.0", {"ts": "b"})
    assert strays.after("a", "2.0") == [{"ts": "3.0"}, {"ts": "5.0"}]
    assert strays.after("a", "2.0") == []
    now = 61.0
    assert strays.after("b", "0.0") == []
    for number in range(STRAYS + 1):
        strays.keep("c", f"{number:04}", {"ts": number})
    assert len(strays.after("c", "")) == STRAYS


def test_a_question_is_read_as_it_was_written() -> None:
    ask = Ask(Place("T1", "C1", "1.0"), "2.0", "why?", "U1", direct=False)
    assert asked.read(asked.written(ask)) == ask


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"place": {}}', '{"place": 3}', "null"])
def test_what_another_version_wrote_is_passed_over(text: str) -> None:
    assert asked.read(text) is None
