"""The columns of tables, as a configuration names them."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.errors import SettingsError
from groundwire.ingest.loaders.columns import Columns
from groundwire.settings import load_settings, template
from groundwire.settings.schema import IngestSettings
from groundwire.settings.toml import read_toml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the user's own configuration out."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


def test_every_column_that_loaders_use_can_be_set() -> None:
    assert [field.name for field in fields(IngestSettings)] == [
        f"{field.name}_column" for field in fields(Columns)
    ]


def test_columns_come_from_a_file_or_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[ingest]\ntext_column = "Body text"\ntitle_column = ""\n')
    monkeypatch.setenv("GROUNDWIRE_INGEST__PUBLISHED_COLUMN", "Tag")
    given = load_settings(file, cwd=tmp_path).settings.ingest
    assert given == IngestSettings(text_column="Body text", published_column="Tag")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("text_column = 3", "ingest.text_column: should be a text"),
        ("txt_column = 'x'", "ingest.txt_column: unknown setting"),
        ("columns = {text = 'x'}", "ingest.columns: unknown setting"),
    ],
)
def test_what_is_no_column_is_one_line(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[ingest]\n{line}\n")
    with pytest.raises(SettingsError, match=message):
        load_settings(file, cwd=tmp_path)


def test_a_file_beside_documents_names_no_columns(tmp_path: Path) -> None:
    (tmp_path / "groundwire.toml").write_text('[ingest]\ntext_column = "x"\n')
    with pytest.raises(SettingsError, match="a file beside documents may set only"):
        load_settings(cwd=tmp_path)


def test_the_file_to_start_with_names_them() -> None:
    lines = template().splitlines()
    section = lines[lines.index("[ingest]") : lines.index("[retrieval]")]
    given = tomllib.loads("\n".join(line.removeprefix("# ") for line in section if " = " in line))
    assert given == {field.name: "" for field in fields(IngestSettings)}


@pytest.mark.parametrize("odd", ["x = " + "9" * 5000, "x = 2024-02-31"])
def test_values_that_python_refuses_are_one_line(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(odd)
    with pytest.raises(SettingsError, match=str(path)):
        read_toml(path)
