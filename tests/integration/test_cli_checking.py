"""``check`` and ``Desk.check`` on the sample corpus."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from groundwire import Desk, GroundwireError, Scope
from groundwire.domain.conversations import Turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.integration.conftest import Ran

TRUE = (
    "China accounts for more than 90 percent of North Korea's foreign trade by most estimates, "
    "though UN sanctions that Beijing itself voted for have cut deeply into that commerce."
)
FALSE = "China accounts for more than 60 percent of North Korea's foreign trade."
ABSENT = "Germany beat Argentina in the final of the 2014 World Cup."


def test_a_supported_claim_shows_where_it_stands(sample: Callable[..., Ran]) -> None:
    check = sample("check", "--json", TRUE).json
    assert (check["schema"], check["verdict"], check["supported"]) == (1, "quoted", True)
    assert check["claim"] == TRUE
    (citation,) = check["evidence"]
    text = sample("show", citation["doc_id"], "--json").json["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"] == TRUE
    assert check["sources"][0]["n"] == citation["n"] == 1
    assert {"score", "judge", "reasons", "support", "missing", "filters"} <= set(check)


def test_a_contradicted_claim_says_with_what(sample: Callable[..., Ran]) -> None:
    check = sample("check", "--json", FALSE).json
    assert (check["verdict"], check["missing"]) == ("contradicted", ["60 percent"])
    assert check["reasons"] == ["the source says 90 percent, not 60 percent"]
    printed = sample("check", FALSE).out
    assert printed.startswith("Contradicted.\n")
    assert "\x1b" not in printed
    assert "\x1b[" in sample("check", FALSE, "--color", "always").out
    assert "Sources:" not in sample("check", "-q", FALSE).out


def test_a_claim_on_something_else_is_not_supported(sample: Callable[..., Ran]) -> None:
    check = sample("check", "--json", ABSENT).json
    assert check["verdict"] == "unsupported"
    assert {"2014", "Argentina"} <= set(check["missing"])
    assert check["support"] < 0.5


@pytest.mark.parametrize(("claim", "code"), [(TRUE, 0), (FALSE, 3), (ABSENT, 3)])
def test_the_exit_status_tells_if_asked(sample: Callable[..., Ran], claim: str, code: int) -> None:
    assert sample("check", claim).code == 0
    assert sample("check", claim, "--exit-status").code == code


def test_a_scope_narrows_where_evidence_is_looked_for(sample: Callable[..., Ran]) -> None:
    check = sample("check", "--json", TRUE, "--scope", "notre-dame/*").json
    assert check["supported"] is False
    assert all(one["path"].startswith("notre-dame/") for one in check["evidence"])
    assert check["filters"]["documents"] == ["notre-dame/*"]


def test_a_claim_can_come_through_a_pipe(
    sample: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(TRUE))
    assert sample("check", "--exit-status").out.startswith("Supported, word for word.")


def test_errors_are_one_line(
    sample: Callable[..., Ran], command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    empty = sample("check", "")
    assert (empty.code, empty.out) == (2, "")
    assert empty.err.startswith("groundwire: there is no claim\n")
    nowhere = sample("check", TRUE, "--scope", "nothing/*", "--json")
    assert (nowhere.code, nowhere.json["error"]["code"]) == (4, "no_documents")
    assert command("--index-dir", "none", "check", TRUE).code == 4


def test_the_desk_gives_the_same_check_twice(sample_index: Path) -> None:
    with Desk.open(sample_index) as desk:
        assert desk.check(FALSE) == desk.check(FALSE)
        assert desk.check(FALSE).filters == Scope()
        with pytest.raises(GroundwireError, match="no document"):
            desk.check(FALSE, scope=Scope(documents=("nothing/*",)))


def test_a_given_text_can_be_the_evidence(sample_index: Path) -> None:
    text = "Officials met. The council approved the tram at £84m on Tuesday."
    with Desk.open(sample_index) as desk:
        said = desk.check("The council approved the tram at £84m on Tuesday.", evidence=text)
        other = desk.check("The council approved the tram at £94m on Tuesday.", evidence=text)
    assert said.verdict.label == "quoted"
    citation = said.evidence[0]
    assert text[citation.span.start : citation.span.end] == citation.quote
    assert other.verdict.label == "contradicted"


def test_a_follow_up_is_condensed_by_the_desk(sample_index: Path) -> None:
    history = (Turn("user", "Who met Xi at the airport?"), Turn("assistant", "Kim did."))
    with Desk.open(sample_index) as desk:
        assert "Xi" in desk.condense("When did he arrive?", history)
        assert desk.condense("Who owns the Ever Given?", history) == "Who owns the Ever Given?"


def test_a_claim_as_long_as_an_article_is_refused_in_one_line(sample: Callable[..., Ran]) -> None:
    ran = sample("check", "29 February 2019" * 3000)
    assert (ran.code, ran.out) == (2, "")
    assert "at most 4,000 characters" in ran.err
    assert "one sentence at a time" in ran.err
