"""Progress where stderr is not a terminal."""

from __future__ import annotations

import pytest

from groundwire.domain.events import Progress, Status
from groundwire.interfaces.cli.streams import Streams


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [(False, ["exporting the encoder", "0 of 40", "20 of 40", "40 of 40"]), (True, [])],
)
def test_preparation_and_every_tenth_are_said_but_no_item(
    *, quiet: bool, expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    streams = Streams(color="never", width=80, quiet=quiet, plain=False)
    with streams.progress() as tell:
        tell(Status("exporting the encoder"))
        for done in (0, 1, 20, 21, 40):
            tell(Progress(done, 40))
            tell(Status(f"file {done}"))
    printed = capsys.readouterr()
    assert printed.err.splitlines() == expected
    assert printed.out == ""


def test_work_that_is_soon_done_is_not_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    streams = Streams(color="never", width=80, quiet=False, plain=False)
    with streams.progress(silent_s=60) as tell:
        tell(Status("reading"))
        tell(Progress(1, 1))
    assert capsys.readouterr().err == ""
