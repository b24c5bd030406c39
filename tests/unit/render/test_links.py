"""Markers that lead to the cited file, on terminals that show it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.documents import Document, DocumentId
from groundwire.domain.errors import NotFoundError
from groundwire.interfaces.render.links import addresses, can_link, file_address, links_for
from groundwire.interfaces.render.terminal import print_answer
from tests.unit.render.screens import Screen, cited, console, written

if TYPE_CHECKING:
    from pathlib import Path


def document(root: Path, path: str, text: str = "x") -> Document:
    return Document(DocumentId(path), str(root), path, "T", "", "", None, "en", text, "h")


def test_a_file_has_an_address_whatever_its_name(tmp_path: Path) -> None:
    for name in ("plain.md", "[red]x[/red] $(rm);.md", "a\x1b]8;;b\x07.md", "Straße 50 %.md"):
        (tmp_path / name.replace("/", "")).write_text("x")
        address = file_address(document(tmp_path, name.replace("/", "")))
        assert address is not None
        assert address.startswith("file:///")
        assert address.isascii()
        assert address.isprintable()
        assert " " not in address


def test_a_root_that_is_the_file_itself_has_one_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    assert file_address(document(tmp_path / "a.md", "a.md")) == (tmp_path / "a.md").as_uri()


def test_a_file_that_is_gone_or_never_was_one_has_none(tmp_path: Path) -> None:
    assert file_address(document(tmp_path, "gone.md")) is None
    assert file_address(document(tmp_path, "a\x00b.md")) is None
    assert file_address(replace(document(tmp_path, "a.md"), root="given")) is None
    assert file_address(replace(document(tmp_path, "a.md"), root="https://evil.example")) is None


def test_only_sources_whose_files_exist_are_linked(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    found = addresses(cited().sources, lambda name: document(tmp_path, f"{name}.md"))
    assert found == {1: (tmp_path / "a.md").as_uri()}


def test_a_document_that_left_the_index_meanwhile_is_not_linked() -> None:
    def gone(name: str) -> Document:
        raise NotFoundError(f"{name} is no document")

    assert addresses(cited().sources, gone) == {}


def test_links_are_looked_up_for_terminals_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("x")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("VTE_VERSION", raising=False)

    def show(name: str) -> Document:
        return document(tmp_path, f"{name}.md")

    assert set(links_for(Screen(), cited().sources, show)) == {1}
    assert links_for(io.StringIO(), cited().sources, show) == {}


def test_every_marker_of_a_linked_source_is_a_link_and_no_other() -> None:
    on = console(80)
    print_answer(on, cited(), with_sources=True, links={1: "file:///stories/a.md"})
    text = written(on)
    assert text.count(";file:///stories/a.md\x1b\\") == 2
    assert text.count("\x1b]8;;\x1b\\") == 2
    assert text.count("\x1b]8;") == 4


@pytest.mark.parametrize(
    ("environment", "links"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "screen", "TMUX": "/tmp/tmux"}, True),  # noqa: S108 -- a value, not a file
        ({"TERM": "xterm", "VTE_VERSION": "6003"}, True),
        ({"TERM": "xterm", "VTE_VERSION": "4600"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "vt100"}, False),
        ({}, False),
    ],
)
def test_terminals_that_cannot_show_links_get_none(
    environment: dict[str, str],
    links: bool,  # noqa: FBT001 -- a parameter
) -> None:
    assert can_link(Screen(), environment) is links
    assert not can_link(io.StringIO(), environment)
