"""Prompt files: found, checked, filled in once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwire.domain.errors import PromptError
from groundwire.prompting import load_prompt, prompt_root

if TYPE_CHECKING:
    from pathlib import Path

    from groundwire.prompting import Prompt

GOOD = """+++
id = "greet"
version = 2
variables = ["name", "place"]
+++

# system

You greet. It costs $$5.

# user

Greet ${name} of $place.
"""


def write(folder: Path, text: str, name: str = "greet.v2") -> Path:
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def test_reads_front_matter_and_sections(tmp_path: Path) -> None:
    prompt = load_prompt("greet.v2", write(tmp_path, GOOD))
    assert (prompt.id, prompt.version, prompt.name) == ("greet", 2, "greet.v2")
    assert prompt.variables == ("name", "place")
    assert prompt.hash == hashlib.sha256(GOOD.encode()).hexdigest()
    rendered = prompt.render(name="Ada", place="Bath")
    assert rendered.system == "You greet. It costs $5."
    assert rendered.user == "Greet Ada of Bath."


def test_windows_line_ends_change_nothing_but_the_hash(tmp_path: Path) -> None:
    (tmp_path / "greet.v2.md").write_bytes(GOOD.replace("\n", "\r\n").encode())
    prompt = load_prompt("greet.v2", tmp_path)
    assert prompt.render(name="Ada", place="Bath").user == "Greet Ada of Bath."
    assert prompt.hash != hashlib.sha256(GOOD.encode()).hexdigest()


@pytest.fixture(scope="module")
def greet(tmp_path_factory: pytest.TempPathFactory) -> Prompt:
    return load_prompt("greet.v2", write(tmp_path_factory.mktemp("prompts"), GOOD))


@given(name=st.text(), place=st.sampled_from(["$name", "${name}", "$$", "$", "%s {0}"]))
@settings(max_examples=50, deadline=None)
def test_a_dollar_in_a_value_is_inert(greet: Prompt, name: str, place: str) -> None:
    assert greet.render(name=name, place=place).user == f"Greet {name} of {place}."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "Ada"}, "missing place"),
        ({"name": "Ada", "place": "Bath", "age": "36"}, "unknown age"),
        ({}, "missing name, place"),
    ],
)
def test_missing_and_extra_variables_are_named(
    greet: Prompt, values: dict[str, str], said: str
) -> None:
    with pytest.raises(PromptError, match=said):
        greet.render(**values)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("+++\n", "---\n", "no front matter"),
        ('id = "greet"', "id = greet", "not TOML"),
        ('id = "greet"\n', "", "missing id"),
        ("version = 2", 'version = "2"', "version must be of type int"),
        ("version = 2", "version = true", "version must be of type int"),
        ("version = 2", "version = 2\nauthor = 1", "unknown author"),
        ('["name", "place"]', '["name", 1]', "list of names"),
        ('["name", "place"]', '["name"]', r"uses undeclared \$place"),
        ('["name", "place"]', '["name", "place", "age"]', r"declares \$age"),
        ("# system", "# System", "section"),
        ("# user\n", "# user\n\nhi\n\n# user\n", "section"),
        ("# system\n", "stray\n\n# system\n", "section"),
        ("costs $$5", "costs $5", "no placeholder"),
        ("version = 2", "version = 3", r"names greet\.v3"),
    ],
)
def test_malformed_files_say_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(PromptError, match=said) as caught:
        load_prompt("greet.v2", write(tmp_path, GOOD.replace(old, new)))
    assert str(tmp_path) in str(caught.value)


def test_swapped_sections_are_refused(tmp_path: Path) -> None:
    swapped = GOOD.replace("# user", "# x").replace("# system", "# user").replace("# x", "# system")
    with pytest.raises(PromptError, match="section"):
        load_prompt("greet.v2", write(tmp_path, swapped))


def test_an_unknown_prompt_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"no prompt greet\.v9") as caught:
        load_prompt("greet.v9", write(tmp_path, GOOD))
    assert caught.value.hint == "there are: greet.v2"


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "greet.v2.md").write_bytes(b"+++\n\xff\xfe")
    with pytest.raises(PromptError, match="cannot read"):
        load_prompt("greet.v2", tmp_path)


@pytest.mark.parametrize(
    "name", ["../greet.v2", "greet", "greet.v0", "Greet.v2", "", "greet.v2.md"]
)
def test_a_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(PromptError, match="not the name of a prompt"):
        load_prompt(name, write(tmp_path, GOOD))


def test_the_override_wins_and_must_exist(tmp_path: Path) -> None:
    assert prompt_root(tmp_path) == tmp_path
    with pytest.raises(PromptError, match="no prompt folder"):
        prompt_root(tmp_path / "gone")


def test_every_shipped_prompt_loads() -> None:
    names = sorted(path.stem for path in prompt_root().glob("*.v*.md"))
    assert "answer.v1" in names
    for name in names:
        assert load_prompt(name).name == name
