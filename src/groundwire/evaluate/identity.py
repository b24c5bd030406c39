"""What was judged: the version, the settings, the prompts, the models and the documents.

Enough to tell whether two runs can be compared, and why they may differ. Nothing of the machine
is in it: no secret, no address of a server, and of a path only its last part.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from groundwire.answer.linear import coefficients
from groundwire.prompting import prompt_root
from groundwire.settings import Secret, is_secret, values_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from groundwire.domain.answers import Answer
    from groundwire.domain.documents import Document, DocumentInfo
    from groundwire.settings import Settings

_SECTIONS = frozenset({"llm", "encoder", "retrieval", "answer", "model"})
_ADDRESS = "model.base_url"
_FOLDERS = re.compile(r"(?:(?<=:)|^)[~./][^:]*/(?=[^/]+$)")


class Holds(Protocol):
    """The part of a desk that says what it holds."""

    def docs(self) -> tuple[DocumentInfo, ...]:
        """Return the entries of the indexed documents."""

    def show(self, document: str) -> Document:
        """Return the document of an id."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What was judged.

    Attributes:
        version: Version of Groundwire.
        settings: The settings that an answer depends on, by dotted key.
        prompts: SHA-256 of each prompt file that can be used, by its name.
        documents: How many documents the index holds.
        contents: SHA-256 of their paths and texts: equal for the same documents anywhere.
        coefficients: SHA-256 of the extractive engine's fitted models.
    """

    version: str
    settings: Mapping[str, object]
    prompts: Mapping[str, str]
    documents: int
    contents: str
    coefficients: str

    def to_dict(self, answers: Sequence[Answer]) -> dict[str, object]:
        """Return the JSON form, with what the answers say of where they come from.

        Args:
            answers: What came back; the engines are counted, because a model that cannot be
                reached leaves its questions to the extractive engine.
        """
        found = [answer.provenance for answer in answers]
        first = found[0] if found else None
        models = dict.fromkeys(each.model for each in found if each.model)
        return {
            "version": self.version,
            "engines": dict(Counter(each.engine for each in found)),
            "model": ", ".join(without_folders(model) for model in models) or None,
            "encoder": without_folders(first.encoder) if first else None,
            "coefficients": self.coefficients,
            "index": {
                "generation": first.generation if first else None,
                "revision": first.revision if first else None,
                "documents": self.documents,
                "contents": self.contents,
            },
            "prompts": dict(self.prompts),
            "settings": dict(self.settings),
        }


def identify(desk: Holds, settings: Settings, version: str) -> Identity:
    """Return what is judged when a desk is.

    Raises:
        PromptError: The prompt files are missing.
    """
    infos = desk.docs()
    entries = sorted((info.path, desk.show(info.id).content_hash) for info in infos)
    contents = hashlib.sha256("".join(f"{path}\0{of}\0" for path, of in entries).encode())
    return Identity(
        version,
        in_force(settings),
        prompt_hashes(),
        len(infos),
        contents.hexdigest(),
        coefficients(),
    )


def in_force(settings: Settings) -> dict[str, object]:
    """Return the settings that an answer depends on, by dotted key, without secrets and places."""
    return {
        key: without_folders(str(value)) if isinstance(value, (str, Path)) else value
        for key, value in values_of(settings).items()
        if key.partition(".")[0] in _SECTIONS
        and key != _ADDRESS
        and not (is_secret(key) or isinstance(value, Secret))
    }


def prompt_hashes() -> dict[str, str]:
    """Return the SHA-256 of each prompt file, by its name such as ``answer.v2``."""
    return {
        file.stem: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(prompt_root().glob("*.v*.md"))
    }


def without_folders(name: str) -> str:
    """Return the name of a model without the folders that it lies in.

    ``gguf:/home/ann/small.gguf`` is ``gguf:small.gguf``; a name on a hub stays as it is.
    """
    return _FOLDERS.sub("", name)


def told(path: Path) -> str:
    """Return a path as it is told in a report: from the current folder, or its last part."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.resolve().name
