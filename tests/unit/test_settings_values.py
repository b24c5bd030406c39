"""Values that fit and do not, one setting changed, and files looked at for a check-up."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.settings import (
    Settings,
    changed_settings,
    full_key,
    known_settings,
    load_settings,
    settings_of,
    sources,
    values_of,
)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start every test with a home of its own."""
    for name in ("SLACK_BOT_TOKEN", "OPENAI_API_KEY", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def test_the_defaults_fit_and_every_setting_has_a_meaning() -> None:
    for key, value in values_of(Settings()).items():
        setting = known_settings()[key]
        assert setting.fitted(value) == value
        assert setting.meaning.endswith(".")
    assert settings_of(values_of(Settings())) == Settings()


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("top_k", "4", 4),
        ("retrieval.filters", "off", False),
        ("terminal.save", "no", False),
        ("editing_mode", "vi", "vi"),
        ("llm", "ollama:small", "ollama:small"),
        ("llm", "none", None),
        ("pager", "", None),
        ("slack.channels", '["C1"]', ("C1",)),
        ("timeout_s", "2.5", 2.5),
        ("data_dir", "/kept", Path("/kept")),
    ],
)
def test_one_setting_is_changed_and_says_so(
    tmp_path: Path, key: str, typed: str, value: object
) -> None:
    before = load_settings(overrides={"display.width": 60}, cwd=tmp_path)
    after = changed_settings(before, key, typed)
    full = full_key(key)
    assert values_of(after.settings)[full] == value
    assert after.origins == {"display.width": "command line", full: "/set"}
    assert after.settings.display.width == 60
    assert "/set" not in before.origins.values()


@pytest.mark.parametrize(
    ("key", "typed", "message", "hint"),
    [
        ("tpo_k", "4", "tpo_k: unknown setting", "retrieval.top_k?"),
        ("top_k", "many", "retrieval.top_k: should be a valid integer, not 'many'", ""),
        ("top_k", "0", "should be greater than or equal to 1", ""),
        ("width", "1000", "should be less than or equal to 400", ""),
        ("timeout_s", "0", "should be greater than 0", ""),
        ("timeout_s", "inf", "should be a valid number", ""),
        ("color", "mauve", "should be one of auto, always, never", ""),
        ("terminal.save", "perhaps", "should be true or false", ""),
        ("channels", "C1", "should be a list of texts", ""),
        ("channels", "[1]", "should be a list of texts", ""),
        ("channels", "[", "not a list in JSON", ""),
        ("prompt", "none", "should be a text", ""),
        ("bot_token", "xoxb-typed", "a secret cannot be set here", "0600"),
    ],
)
def test_what_does_not_fit_changes_nothing(
    tmp_path: Path, key: str, typed: str, message: str, hint: str
) -> None:
    before = load_settings(cwd=tmp_path)
    with pytest.raises(SettingsError) as caught:
        changed_settings(before, key, typed)
    assert message in str(caught.value)
    assert hint in caught.value.hint
    assert "xoxb-typed" not in str(caught.value)


def test_a_word_for_a_number_in_a_file_is_told_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[display]\nwidth = true\n")
    with pytest.raises(SettingsError, match=r"config\.toml: display\.width: .*integer, not True"):
        load_settings(path, cwd=tmp_path)


def test_a_file_beside_documents_cannot_name_a_program(tmp_path: Path) -> None:
    (tmp_path / "groundwire.toml").write_text("[terminal]\npager = 'rm -r'\n")
    with pytest.raises(SettingsError, match="may set only answer, display, retrieval"):
        load_settings(cwd=tmp_path)


def test_each_file_is_looked_at_by_itself(tmp_path: Path) -> None:
    user, project = tmp_path / "config.toml", tmp_path / "groundwire.toml"
    user.write_text("[retrieval]\ntop_k = 0\n")
    project.write_text("[display]\nwidth = 70\n")
    bad, good = sources(user, tmp_path)
    assert "top_k" in bad.problem
    assert (good.path, good.problem) == (project, "")
    user.write_text("[model]\napi_key = 'hunter2'\n")
    user.chmod(0o600)
    kept = sources(user, tmp_path)[0]
    assert (kept.secrets, kept.private, kept.problem) == (True, True, "")
    user.chmod(0o644)
    assert "other users can read" in sources(user, tmp_path)[0].problem
    assert "no such file" in sources(tmp_path / "none.toml", tmp_path)[0].problem
    assert "hunter2" not in repr(load_settings(project, cwd=tmp_path))
