"""The configuration file that ``config init`` writes."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from groundwire.interfaces.cli.configuring import template
from groundwire.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_it_changes_nothing_until_a_line_is_uncommented(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(template())
    assert load_settings(path, cwd=tmp_path).origins == {}


def test_every_setting_stands_in_it_and_every_line_can_be_uncommented(tmp_path: Path) -> None:
    lines = [
        line.removeprefix("# ")
        if line.startswith("# ") and " = " in line and '= ""' not in line
        else line
        for line in template().splitlines()[1:]
    ]
    path = tmp_path / "config.toml"
    path.write_text("\n".join(lines))
    assert tomllib.loads(path.read_text())["retrieval"]["top_k"] == 10
    settings = load_settings(path, cwd=tmp_path).settings
    assert settings == load_settings(cwd=tmp_path).settings
    for section in type(settings).model_fields:
        assert section in template()
