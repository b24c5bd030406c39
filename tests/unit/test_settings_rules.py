"""``slack.channels`` as a table of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.settings.loading import load_settings

if TYPE_CHECKING:
    from pathlib import Path


def loaded(folder: Path, text: str) -> tuple[str, ...]:
    path = folder / "config.toml"
    path.write_text(text)
    return load_settings(path, cwd=folder).settings.slack.channels


def test_a_table_says_the_same_as_a_list(tmp_path: Path) -> None:
    table = """
        [slack.channels]
        C1 = "all"
        C2 = "public/* | source:Harbour Wire"
        C3 = {scope = ["a/*", "b/*"], sources = ["Harbour Wire"]}
    """
    assert loaded(tmp_path, table) == (
        "C1 = all",
        "C2 = public/* | source:Harbour Wire",
        "C3 = a/* | b/* | source:Harbour Wire",
    )
    assert loaded(tmp_path, '[slack]\nchannels = ["C1"]') == ("C1",)


def test_a_variable_holds_the_table_as_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWIRE_SLACK__CHANNELS", '{"C1": {"scope": ["public/*"]}}')
    assert loaded(tmp_path, "") == ("C1 = public/*",)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("3", "C1: should be all, none, a pattern or a table"),
        ("{}", "C1: a scope without documents"),
        ("{scope = []}", "C1: a scope without documents"),
        ('{scope = "a"}', "C1: scope: should be a list of texts"),
        ('{scopes = ["a"]}', "C1: scopes: unknown; known are scope and sources"),
    ],
)
def test_a_rule_that_is_not_understood_is_an_error(tmp_path: Path, rule: str, words: str) -> None:
    with pytest.raises(SettingsError, match=r"slack\.channels") as caught:
        loaded(tmp_path, f"[slack.channels]\nC1 = {rule}")
    assert words in str(caught.value)
