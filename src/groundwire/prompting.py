"""Prompt files: find them, check them, fill them in. Standard library only.

A prompt is a Markdown file, ``prompts/NAME.vN.md``: a TOML front matter between ``+++``
lines (``id``, ``version``, ``variables``), then the sections ``# system`` and ``# user``.
Placeholders are those of :class:`string.Template`; they are filled in one pass, so a ``$`` in
the text of a document stays a ``$``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from groundwire.domain.errors import PromptError

_NAME = re.compile(r"[a-z][a-z0-9_]*\.v[1-9][0-9]*")
_FRONT_MATTER = re.compile(
    r"\A\+\+\+\n(?P<toml>.*?)^\+\+\+\n(?P<body>.*)\Z", re.DOTALL | re.MULTILINE
)
_SECTION = re.compile(r"^# (system|user)[ \t]*\n", re.MULTILINE)
_FIELDS = {"id": str, "version": int, "variables": list}


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """A prompt with its variables filled in.

    Attributes:
        system: What the model is told about its task.
        user: What it is asked, with the passages.
    """

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A checked prompt file.

    Attributes:
        id: What it is for, such as ``answer``.
        version: Its number, from 1; old versions stay beside new ones.
        hash: SHA-256 of the file, so that a report is tied to the words that made it.
        system: The template of the system message.
        user: The template of the user message.
        variables: The names that ``render`` must be given, all of them used.
    """

    id: str
    version: int
    hash: str
    system: Template
    user: Template
    variables: tuple[str, ...]

    @property
    def name(self) -> str:
        """The id and version in one word, such as ``answer.v1``."""
        return f"{self.id}.v{self.version}"

    def render(self, **values: str) -> RenderedPrompt:
        """Fill in the variables, in a single pass.

        Raises:
            PromptError: A variable is missing, or one was given that the prompt does not declare.
        """
        missing = sorted(set(self.variables) - set(values))
        unknown = sorted(set(values) - set(self.variables))
        if missing or unknown:
            raise PromptError(f"prompt {self.name}: {_differences(missing, unknown)}")
        return RenderedPrompt(self.system.substitute(values), self.user.substitute(values))


def prompt_root(override: Path | None = None) -> Path:
    """Return the folder of the prompt files.

    Args:
        override: A folder of one's own; it wins over the prompts of the package and over those
            of the checkout.

    Raises:
        PromptError: There is no such folder.
    """
    if override is not None:
        if not override.is_dir():
            raise PromptError(f"no prompt folder {override}")
        return override
    packaged = Path(str(files("groundwire") / "_prompts"))
    checkout = Path(__file__).resolve().parents[2] / "prompts"
    for folder in (packaged, checkout):
        if folder.is_dir():
            return folder
    raise PromptError("the prompt files are missing", hint="reinstall groundwire")


def load_prompt(name: str, root: Path | None = None) -> Prompt:
    """Read and check a prompt file.

    Args:
        name: Id and version, such as ``answer.v1``.
        root: The folder to look in instead of the usual ones.

    Raises:
        PromptError: There is no such file, or it is malformed; the message says how.
    """
    if not _NAME.fullmatch(name):
        raise PromptError(f"not the name of a prompt: {name!r}", hint="write it like: answer.v1")
    folder = prompt_root(root)
    path = folder / f"{name}.md"
    try:
        content = path.read_bytes()
        text = content.decode()
    except FileNotFoundError:
        known = ", ".join(sorted(file.stem for file in folder.glob("*.v*.md"))) or "none"
        raise PromptError(f"no prompt {name} in {folder}", hint=f"there are: {known}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"cannot read {path}: {error}") from error
    prompt = _parse(text.replace("\r\n", "\n"), path, hashlib.sha256(content).hexdigest())
    if prompt.name != name:
        raise PromptError(f"{path}: the front matter names {prompt.name}")
    return prompt


def _parse(text: str, path: Path, digest: str) -> Prompt:
    """Turn the text of a prompt file into a prompt."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise PromptError(f"{path}: no front matter between +++ lines")
    name, version, variables = _read_front_matter(match["toml"], path)
    system, user = _read_sections(match["body"], path)
    used = set(system.get_identifiers()) | set(user.get_identifiers())
    undeclared, unused = sorted(used - set(variables)), sorted(set(variables) - used)
    if undeclared or unused:
        listed = [f"uses undeclared ${name}" for name in undeclared]
        listed += [f"declares ${name} and does not use it" for name in unused]
        raise PromptError(f"{path}: {', '.join(listed)}")
    return Prompt(name, version, digest, system, user, variables)


def _read_front_matter(toml: str, path: Path) -> tuple[str, int, tuple[str, ...]]:
    """Return id, version and variables."""
    try:
        fields = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise PromptError(f"{path}: the front matter is not TOML: {error}") from error
    missing, unknown = sorted(_FIELDS.keys() - fields), sorted(fields.keys() - _FIELDS)
    if missing or unknown:
        raise PromptError(f"{path}: front matter: {_differences(missing, unknown)}")
    for field, kind in _FIELDS.items():
        if type(fields[field]) is not kind:
            raise PromptError(f"{path}: {field} must be of type {kind.__name__}")
    variables = fields["variables"]
    if not all(isinstance(each, str) for each in variables):
        raise PromptError(f"{path}: variables must be a list of names")
    return fields["id"], fields["version"], tuple(variables)


def _read_sections(body: str, path: Path) -> tuple[Template, Template]:
    """Return the templates of the system and the user section."""
    before, *sections = _SECTION.split(body)
    if before.strip() or sections[::2] != ["system", "user"]:
        raise PromptError(f"{path}: one section '# system' and then one '# user' are needed")
    system, user = (Template(section.strip()) for section in sections[1::2])
    if not (system.is_valid() and user.is_valid()):
        raise PromptError(f"{path}: a $ that is no placeholder", hint="write $$ for a dollar sign")
    return system, user


def _differences(missing: list[str], unknown: list[str]) -> str:
    """Say which names are missing and which are not known."""
    parts = []
    if missing:
        parts.append(f"missing {', '.join(missing)}")
    if unknown:
        parts.append(f"unknown {', '.join(unknown)}")
    return "; ".join(parts)
