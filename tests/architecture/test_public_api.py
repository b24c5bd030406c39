"""What ``from groundwire import …`` gives."""

from __future__ import annotations

import inspect

import pytest

import groundwire
from groundwire.desk.desk import Desk


def test_every_public_name_can_be_imported() -> None:
    assert [name for name in groundwire.__all__ if not hasattr(groundwire, name)] == []


def test_public_names_are_the_domain_s_own() -> None:
    assert sorted(groundwire._HOME_OF) == sorted(groundwire.__all__)
    assert groundwire.Desk is Desk


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Desks'"):
        _ = groundwire.Desks


@pytest.mark.parametrize(
    ("verb", "parameters"),
    [
        ("open", ["index_dir", "config"]),
        ("sync", ["self", "paths", "rebuild", "on_progress", "cancel"]),
        ("forget", ["self", "paths"]),
        ("docs", ["self", "scope"]),
        ("show", ["self", "document"]),
        ("search", ["self", "question", "top_k", "scope", "filters"]),
        ("ask", ["self", "question", "history", "scope", "filters", "occasion"]),
        (
            "ask_events",
            ["self", "question", "history", "scope", "cancel", "filters", "occasion"],
        ),
        ("answer", ["self", "question", "history", "scope", "filters", "occasion"]),
        ("recalls", ["self", "healed", "untold"]),
        ("told", ["self", "ids", "door"]),
        ("verify", ["self", "name", "anchor"]),
        ("check", ["self", "claim", "evidence", "scope"]),
        ("condense", ["self", "question", "history"]),
        ("summarize", ["self", "target", "sentences", "words", "style", "scope", "occasion"]),
        (
            "summarize_events",
            ["self", "target", "sentences", "words", "style", "scope", "cancel", "occasion"],
        ),
        ("compare", ["self", "left", "right", "scope", "occasion"]),
        ("comparison", ["self", "left", "right", "scope", "occasion"]),
        ("quote", ["self", "text", "scope"]),
        ("families", ["self", "scope"]),
        ("doctor", ["self"]),
    ],
)
def test_verbs_keep_their_parameters(verb: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(Desk, verb)).parameters) == parameters
