"""Whatever a model writes, what the gate lets out is cited to exact characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.claims import Claim
from groundwire.ground.gate import Gate
from groundwire.text.normalize import normalize
from tests.fakes.passages import hit

SOURCE = (
    "“We stay,” Ms Oh, 41, said on 3 May. About 90% of the men may not sail, she said. It rained."
)
WORDS = (
    *SOURCE.split(),
    "not",
    "it",
    "£5m",
    "½",
    "“",
    "<b>",
    "\u0301",
    "Lagos",
    "and",
    "the",
    "[9]",
)


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_what_is_said_is_cited_and_adds_no_word(draft: str) -> None:
    passage = hit(SOURCE, start=7).passage
    result = Gate().judge(draft, (1,), (hit(SOURCE, start=7),))
    if isinstance(result, Claim):
        quotes = [c.span.shift(-passage.span.start).of(passage.text) for c in result.citations]
        assert quotes == [citation.quote for citation in result.citations]
        drafted = normalize(draft).casefold().split()
        words = " ".join(quotes).casefold() + " the a an that and"
        if result.verdict.label == "supported":
            assert all(word.strip(".,“”’") in words for word in drafted if word.isalpha())
