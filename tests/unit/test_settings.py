"""Where settings come from, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.settings import load_settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start every test without variables, and with a home of its own."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "OPENAI_API_KEY", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def test_precedence_is_command_line_variable_project_user_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = write(tmp_path / "config.toml", "[retrieval]\ntop_k = 1\ncandidates = 20\n")
    assert load_settings(user, cwd=tmp_path).settings.retrieval.top_k == 1
    write(tmp_path / "docs" / "groundwire.toml", "[retrieval]\ntop_k = 2\n")
    inside = tmp_path / "docs" / "deep"
    inside.mkdir()
    assert load_settings(user, cwd=inside).settings.retrieval.top_k == 2
    monkeypatch.setenv("GROUNDWIRE_RETRIEVAL__TOP_K", "3")
    assert load_settings(user, cwd=inside).settings.retrieval.top_k == 3
    loaded = load_settings(user, {"retrieval.top_k": 4}, cwd=inside)
    assert loaded.settings.retrieval.top_k == 4
    assert loaded.settings.retrieval.candidates == 20
    assert loaded.origins["retrieval.top_k"] == "command line"
    assert loaded.origins["retrieval.candidates"] == str(user)
    assert "index.dir" not in loaded.origins


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[retrieval]\ntpo_k = 3\n", "retrieval.tpo_k: unknown setting", "retrieval.top_k?"),
        ("[retrieval]\ntop_k = 'many'\n", "retrieval.top_k: should be a valid integer", ""),
        ("[retrieval]\ntop_k = 0\n", "retrieval.top_k: should be greater than", ""),
        ("retrieval = 3\n", "retrieval: this is a table", ""),
        ("[llm]\nname = 'x'\n", "llm: this is a value", ""),
        ("top_k = = 3\n", "config.toml: ", ""),
    ],
)
def test_what_is_wrong_is_one_line_that_names_file_and_key(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    user = write(tmp_path / "config.toml", text)
    with pytest.raises(SettingsError) as caught:
        load_settings(user, cwd=tmp_path)
    assert str(caught.value).startswith(str(user))
    assert message in str(caught.value)
    assert hint in caught.value.hint
    assert "pydantic" not in str(caught.value)


def test_a_misspelt_variable_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWIRE_RETRIEVAL__TPO_K", "3")
    with pytest.raises(SettingsError, match=r"GROUNDWIRE_RETRIEVAL__TPO_K: retrieval\.tpo_k"):
        load_settings(cwd=tmp_path)


def test_a_missing_config_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        load_settings(tmp_path / "none.toml", cwd=tmp_path)


@pytest.mark.parametrize(
    "text", ["llm = 'openai:x'\n", "[model]\nbase_url = 'http://evil'\n", "[index]\ndir = '/'\n"]
)
def test_a_file_beside_documents_may_not_set_models_addresses_or_paths(
    tmp_path: Path, text: str
) -> None:
    write(tmp_path / "groundwire.toml", text)
    with pytest.raises(SettingsError, match="may set only answer, display, retrieval"):
        load_settings(cwd=tmp_path)


def test_a_secret_needs_a_private_file_and_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = write(tmp_path / "config.toml", "[model]\napi_key = 'hunter2'\n", mode=0o644)
    with pytest.raises(SettingsError, match="other users can read") as caught:
        load_settings(user, cwd=tmp_path)
    assert "chmod 600" in caught.value.hint
    user.chmod(0o600)
    loaded = load_settings(user, cwd=tmp_path)
    assert "hunter2" not in repr(loaded)
    key = loaded.settings.model.api_key
    assert key is not None
    assert key.get_secret_value() == "hunter2"
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    assert "xoxb-secret" not in repr(load_settings(cwd=tmp_path))


def test_lists_in_variables_are_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWIRE_SLACK__CHANNELS", '["C1", "C2"]')
    assert load_settings(cwd=tmp_path).settings.slack.channels == ("C1", "C2")
    monkeypatch.setenv("GROUNDWIRE_SLACK__CHANNELS", "[C1")
    with pytest.raises(SettingsError, match="GROUNDWIRE_SLACK__CHANNELS: not JSON"):
        load_settings(cwd=tmp_path)


def test_the_index_is_where_it_was_set_or_here_or_in_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings(cwd=tmp_path).settings
    assert settings.index_folder(tmp_path) == settings.data_folder() / "index"
    assert tmp_path / "home" in settings.data_folder().parents
    (tmp_path / "index").mkdir()
    assert settings.index_folder(tmp_path) == tmp_path / "index"
    named = load_settings(overrides={"index.dir": "/somewhere"}, cwd=tmp_path).settings
    assert named.index_folder(tmp_path) == Path("/somewhere")
