"""The configuration file that ``config init`` writes."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from groundwire.settings import known_settings, load_settings, template

if TYPE_CHECKING:
    from pathlib import Path


def test_it_changes_nothing_until_a_line_is_uncommented(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(template())
    assert load_settings(path, cwd=tmp_path).origins == {}


def test_every_setting_stands_in_it_and_every_line_can_be_uncommented(tmp_path: Path) -> None:
    lines = [
        line.removeprefix("# ") if re.match(r"# \w+ = ", line) else line
        for line in template().splitlines()
    ]
    path = tmp_path / "config.toml"
    path.write_text("\n".join(lines))
    path.chmod(0o600)
    assert tomllib.loads(path.read_text())["retrieval"]["top_k"] == 10
    settings = load_settings(path, cwd=tmp_path).settings
    assert settings == load_settings(cwd=tmp_path).settings
    for key in known_settings():
        assert f"# {key.rpartition('.')[2]} = " in template()
