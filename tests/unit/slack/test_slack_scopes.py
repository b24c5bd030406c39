"""Who may see what, as settings say it; and how often one person may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.domain.retrieval import Scope
from groundwire.interfaces.slack.rates import RateLimit, too_often
from groundwire.interfaces.slack.scopes import EVERYTHING, scopes_of

if TYPE_CHECKING:
    from groundwire.interfaces.slack.scopes import Rules, Scopes

PUBLIC = Scope(documents=("public/*",))


def seen(scopes: Scopes, channel: str, *, direct: bool = False) -> Scope | None:
    return scopes.scope_of(channel, "U1", direct=direct)


def test_without_settings_everybody_sees_everything() -> None:
    scopes = scopes_of()
    assert seen(scopes, "C1") == seen(scopes, "D1", direct=True) == EVERYTHING


def test_listed_ids_may_ask_of_everything_and_others_may_not() -> None:
    scopes = scopes_of(("C1",))
    assert seen(scopes, "C1") == EVERYTHING
    assert seen(scopes, "C2") is None
    assert seen(scopes, "D1", direct=True) == EVERYTHING


@pytest.mark.parametrize(
    "rules",
    [
        ("C1=public/*", "C2 = all", "C3 = none", "C4 = a/* | b/* | source: Harbour Wire"),
        {
            "C1": {"scope": ["public/*"]},
            "C2": "all",
            "C3": "none",
            "C4": {"scope": ["a/*", "b/*"], "sources": ["Harbour Wire"]},
        },
    ],
    ids=["texts", "a mapping"],
)
def test_each_channel_has_its_own_scope(rules: Rules) -> None:
    scopes = scopes_of(rules)
    assert seen(scopes, "C1") == PUBLIC
    assert seen(scopes, "C2") == EVERYTHING
    assert seen(scopes, "C3") is None
    assert seen(scopes, "C4") == Scope(documents=("a/*", "b/*"), sources=("Harbour Wire",))


def test_what_is_not_said_is_closed_once_a_channel_is_narrowed() -> None:
    scopes = scopes_of(("C1 = public/*",))
    assert seen(scopes, "C2") is None
    assert seen(scopes, "D1", direct=True) is None


def test_defaults_are_for_channels_and_direct_messages_that_are_not_listed() -> None:
    scopes = scopes_of(("C1 = all",), default="public/*", direct="source:Harbour Wire")
    assert seen(scopes, "C1") == EVERYTHING
    assert seen(scopes, "C2") == PUBLIC
    assert seen(scopes, "D1", direct=True) == Scope(sources=("Harbour Wire",))


def test_a_direct_message_is_no_channel_whatever_its_id() -> None:
    scopes = scopes_of(("C1 = all",), direct="none", default="all")
    assert seen(scopes, "C1", direct=True) is None


def test_only_listed_people_may_ask() -> None:
    scopes = scopes_of(users=("U1", "W2"))
    assert seen(scopes, "C1") == EVERYTHING
    assert scopes.scope_of("C1", "U9", direct=False) is None
    assert scopes.scope_of("D1", "", direct=True) is None


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"channels": ("#general",)}, "slack.channels: '#general' is no channel id"),
        ({"channels": ("D1",)}, "slack.channels: 'D1' is no channel id"),
        ({"channels": ("C1", "C1 = none")}, "slack.channels: C1 is there twice"),
        ({"channels": ("C1 = ",)}, "slack.channels: C1: a scope without documents"),
        ({"channels": ("C1 = a/* | ",)}, "slack.channels: C1: a scope without documents"),
        ({"channels": ("C1 = source:",)}, "slack.channels: C1: a scope without documents"),
        ({"channels": {"C1": {}}}, "slack.channels: C1: a scope without documents"),
        ({"channels": {"C1": {"scope": []}}}, "slack.channels: C1: a scope without documents"),
        ({"channels": {"C1": {"scopes": ["a"]}}}, "slack.channels: C1: scopes: unknown"),
        ({"channels": {"C1": {"scope": "a"}}}, "slack.channels: C1: scope: should be a list"),
        ({"channels": {"C1": 3}}, "slack.channels: C1: should be all, none, a text or a table"),
        ({"direct": "|"}, "slack.direct: a scope without documents"),
        ({"default": "source: "}, "slack.default: a scope without documents"),
        ({"users": ("ana",)}, "slack.users: 'ana' is no user id"),
    ],
)
def test_what_cannot_be_understood_opens_nothing(settings: dict[str, Rules], line: str) -> None:
    with pytest.raises(SettingsError) as caught:
        scopes_of(**settings)  # type: ignore[arg-type]  # as a person might write it
    assert str(caught.value).startswith(line)


def test_one_person_is_limited_and_another_is_not() -> None:
    now = 100.0
    rates = RateLimit(2, clock=lambda: now)
    assert rates.wait_for("U1") == rates.wait_for("U1") == 0.0
    assert rates.wait_for("U1") == 60.0
    assert rates.wait_for("U2") == 0.0
    now = 130.0
    assert rates.wait_for("U1") == 30.0
    now = 160.0
    assert rates.wait_for("U1") == 0.0


def test_a_question_that_was_not_taken_does_not_count() -> None:
    rates = RateLimit(1, clock=lambda: 0.0)
    assert rates.wait_for("U1") == 0.0
    rates.give_back("U1")
    assert rates.wait_for("U1") == 0.0
    rates.give_back("nobody")


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "1 second."), (29.6, "30 seconds.")])
def test_the_notice_says_how_long_to_wait(seconds: float, words: str) -> None:
    assert too_often(seconds).endswith(f"again in {words}")
