"""Looking over a whole installation."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.domain.reports import Finding
from groundwire.index.inspect import findings as index_findings
from groundwire.models.loading import cached_identity
from groundwire.prompting import load_prompt

if TYPE_CHECKING:
    from groundwire.desk.build import Parts

_PROVIDER_PACKAGES = {"openai": "langchain_openai", "ollama": "langchain_ollama"}


def examine(parts: Parts) -> tuple[Finding, ...]:
    """Return findings about the encoder, the index, the prompts and the language model."""
    return (*_encoder(parts), *_index(parts), _prompt(), _model(parts))


def _encoder(parts: Parts) -> tuple[Finding, ...]:
    name = parts.settings.encoder.model
    try:
        known = cached_identity(name, parts.settings.cache_folder())
    except GroundwireError as error:
        return (Finding("encoder", "problem", str(error), error.hint),)
    if known is None:
        message = f"{name} is not exported yet; the first index or question does it"
        return (Finding("encoder", "warning", message, "run: groundwire index FOLDER"),)
    return (Finding("encoder", "ok", f"{name} ({known.backend}, {known.dimension} dimensions)"),)


def _index(parts: Parts) -> tuple[Finding, ...]:
    folder = parts.settings.index_folder()
    if not parts.store.exists():
        message = f"no index in {folder}"
        return (Finding("index", "warning", message, "run: groundwire index FOLDER"),)
    looked = index_findings(folder, vector_url=parts.settings.index.url)
    try:
        parts.checked_encoder()
    except GroundwireError as error:
        return (*looked, Finding("index identity", "problem", str(error), error.hint))
    return (*looked, Finding("index identity", "ok", "the index fits the settings"))


def _prompt() -> Finding:
    try:
        prompt = load_prompt("answer.v1")
    except GroundwireError as error:
        return Finding("prompts", "problem", str(error), error.hint)
    return Finding("prompts", "ok", f"{prompt.id}.v{prompt.version} ({prompt.hash[:12]})")


def _model(parts: Parts) -> Finding:
    spec = parts.settings.llm
    if spec is None:
        return Finding("language model", "ok", "none: answers are the documents' own sentences")
    package = _PROVIDER_PACKAGES.get(spec.partition(":")[0])
    if package and importlib.util.find_spec(package) is None:
        extra = spec.partition(":")[0]
        fix = f"run: pip install 'groundwire[{extra}]'"
        return Finding("language model", "problem", f"{spec} needs {package}", fix)
    try:
        _ = parts.chat_model
    except GroundwireError as error:
        return Finding("language model", "problem", str(error), error.hint)
    return Finding("language model", "ok", f"{spec} (not called)")
