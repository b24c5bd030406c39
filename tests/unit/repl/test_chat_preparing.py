"""What is made ready in the background is said under the prompt, or where an answer waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.interfaces.repl.repl import Repl
from groundwire.interfaces.repl.starting import bar, prepare
from tests.fakes.chat import Typed

if TYPE_CHECKING:
    from tests.fakes.chat import Around


def test_at_the_prompt_it_stands_in_the_toolbar_and_nothing_is_printed(around: Around) -> None:
    repl = Repl(around, Typed(), interactive=True)
    prepare(repl, "exporting the encoder")
    assert "exporting the encoder …" in bar(repl).text(100)
    assert around.out.statuses == []


def test_while_an_answer_waits_it_is_the_status(around: Around) -> None:
    repl = Repl(around, Typed(), interactive=True)
    prepare(repl, "exporting the encoder")
    repl.turn("Who?")
    assert around.out.statuses[0] == "exporting the encoder"
    repl.busy = True
    prepare(repl, "quantizing the encoder")
    assert around.out.statuses[-1] == "quantizing the encoder"
