"""The configuration without its secrets: everything else is as it was."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.settings import load_settings, portable_config

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """
llm = "openai:x"  # a remark
[index]
dir = "/a \\"quoted\\" folder\\\\with \\u007f and 📰"
url = "http://user:pass-word@127.0.0.1:8000"
[retrieval]
top_k = 12
filters = false
[model]
total_s = 1.5
api_key = "hidden-1"
anthropic_api_key = "hidden-2"
[slack]
signing_secret = "hidden-3"
bot_token = "hidden-4"
users = ["U1", "U2"]
[slack.channels]
"C 1" = "public/*"
"""


def test_all_but_secrets_is_kept(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    config.chmod(0o600)
    text = portable_config(config)
    assert text is not None
    expected = tomllib.loads(CONFIG)
    expected["index"]["url"] = "http://user@127.0.0.1:8000"
    del expected["model"]["api_key"], expected["model"]["anthropic_api_key"]
    del expected["slack"]["signing_secret"], expected["slack"]["bot_token"]
    assert tomllib.loads(text) == expected
    assert "hidden" not in text
    assert "pass-word" not in text
    config.write_text(text, encoding="utf-8")
    assert load_settings(config, cwd=tmp_path).settings.retrieval.top_k == 12


def test_there_need_not_be_one(tmp_path: Path) -> None:
    assert portable_config(tmp_path / "none") is None
    (tmp_path / "empty").write_text("")
    assert portable_config(tmp_path / "empty") == ""


def test_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("= 3")
    with pytest.raises(SettingsError, match="wrong: cannot be read"):
        portable_config(tmp_path / "wrong")
