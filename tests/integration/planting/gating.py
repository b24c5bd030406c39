"""Faults in the gate, tried with a scripted model that does not keep to the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.domain.claims import Claim, Verdict
from groundwire.ground import examine, gate
from groundwire.ground.cite import quoted_claim
from groundwire.ground.gate import Gate
from tests.fakes.llm_server import LlmServer, says
from tests.integration.planting.trials import Trial

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from groundwire.domain.retrieval import Hit
    from tests.fakes.llm_server import Reply, Request

DRAFTS = {
    "How many firefighters were sent to Notre-Dame?": (
        "At its height 28 hoses were trained on it by some 400 firefighters."
    ),
    "Christmas 2019 passed without a midnight Mass": (
        "At Christmas 2019 a midnight Mass was held in the cathedral, for the first time since "
        "1803."
    ),
    "How much sand had to be dug out": (
        "Peter Berdowski, chief executive of Evergreen, the parent company of the Dutch salvage "
        "firm Smit, confirmed that the ship was afloat."
    ),
    "What value of goods per day did Lloyd's List reckon": (
        "The blockage was holding up $9.6bn of goods a day."
    ),
    "How wide is the gate of the Sallow barrier": (
        "The gate will be painted green and gold by children of the town's schools."
    ),
}
"""For the opening words of a question, what the model makes of it."""

NUMBER, NEGATION, NAME, SOURCE, INVENTION = DRAFTS.values()

SCRIPTED = Trial(
    "core",
    ids=(
        "notre-dame-fact-01",
        "notre-dame-fact-04",
        "ever-given-fact-02",
        "ever-given-fact-03",
        "council-fact-01",
    ),
)


class Drafting(LlmServer):
    """Drafts a sentence that is not what the documents say, each with a mark of its own."""

    def take(self, request: Request) -> Reply:
        super().take(request)
        asked = request.messages[-1]["content"]
        drafts = (draft for opening, draft in DRAFTS.items() if opening in asked)
        return says(f"{next(drafts, 'NOT IN THE DOCUMENTS')} [1]")


def use(server: LlmServer, patch: pytest.MonkeyPatch) -> None:
    """Make the server the configured model."""
    patch.setenv("GROUNDWIRE_LLM", "openai:scripted")
    patch.setenv("GROUNDWIRE_MODEL__BASE_URL", server.openai_url)
    patch.setenv("GROUNDWIRE_MODEL__API_KEY", "not-a-key")


def the_gate_stands_open(patch: pytest.MonkeyPatch) -> None:
    """Whatever is drafted is taken to be supported by the best passage."""

    def judge(_self: Gate, sentence: str, _markers: object, hits: Sequence[Hit]) -> Claim:
        whole = quoted_claim(hits[0], hits[0].passage.span)
        return Claim(sentence, whole.citations, Verdict("supported", 1.0, "checks"))

    patch.setattr(Gate, "judge", judge)


def numbers_are_not_checked(patch: pytest.MonkeyPatch) -> None:
    """A number need not stand in the source."""
    _unchecked(patch, "foreign_values")


def names_are_not_checked(patch: pytest.MonkeyPatch) -> None:
    """A name need not stand in the source."""
    _unchecked(patch, "foreign_names", "foreign_words")


def negations_are_not_checked(patch: pytest.MonkeyPatch) -> None:
    """A sentence may deny what its source says, or the other way round."""
    _unchecked(patch, "turned")


def speakers_are_not_checked(patch: pytest.MonkeyPatch) -> None:
    """A sentence may leave out who says so."""
    _unchecked(patch, "lost_attribution")


def _unchecked(patch: pytest.MonkeyPatch, *checks: str) -> None:
    """Leave out checks, with the order of words and the scorer, which would make up for them."""
    for check in checks:
        patch.setattr(examine, check, lambda *_given: ())
    patch.setattr(examine, "follows", lambda *_given: True)
    patch.setattr(gate, "SUPPORTED", 0.0)


FAULTS = (
    (the_gate_stands_open, tuple(DRAFTS.values())),
    (numbers_are_not_checked, (NUMBER,)),
    (names_are_not_checked, (NAME,)),
    (negations_are_not_checked, (NEGATION,)),
    (speakers_are_not_checked, (SOURCE,)),
)
"""Faults, each with the drafted sentences that the eval must object to."""
