"""Prompts, the language model and Slack."""

from __future__ import annotations

import importlib.util
import time
from typing import TYPE_CHECKING

from groundwire.desk.build import COMBINING_PROMPT, SUMMARY_PROMPT
from groundwire.domain.errors import GroundwireError, install_hint
from groundwire.domain.reports import Finding
from groundwire.prompting import RenderedPrompt, load_prompt, prompt_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundwire.desk.build import Parts
    from groundwire.settings import Secret, Settings

_MODEL = "language model"
_PACKAGES = {
    "openai": ("langchain_openai", "openai"),
    "anthropic": ("langchain_anthropic", "anthropic"),
    "ollama": ("langchain_ollama", "ollama"),
    "gguf": ("xllamacpp", "local"),
}
_CALL = RenderedPrompt("Answer with one word.", "Are you there? Say yes.")


def prompts(settings: Settings) -> Iterator[Finding]:
    """Yield whether every prompt file can be used, and those that the settings name are there."""
    used = {settings.model.prompt, SUMMARY_PROMPT, COMBINING_PROMPT, "condense.v1"}
    names = {file.stem for file in prompt_root().glob("*.v*.md")}
    good = []
    for name in sorted(names | used):
        try:
            prompt = load_prompt(name)
        except GroundwireError as error:
            fix = error.hint or "reinstall groundwire"
            yield Finding("prompts", "problem" if name in used else "warning", str(error), fix)
        else:
            good.append(f"{prompt.name} ({prompt.hash[:8]})")
    yield Finding("prompts", "ok", ", ".join(good))


def language_model(parts: Parts, *, online: bool) -> Iterator[Finding]:
    """Yield whether the language model can be used; it is called only if ``online``."""
    spec = parts.settings.llm
    if spec is None:
        yield Finding(_MODEL, "ok", "none: answers are the documents' own sentences")
        return
    package, extra = _PACKAGES.get(spec.partition(":")[0], ("", ""))
    if package and importlib.util.find_spec(package) is None:
        yield Finding(_MODEL, "problem", f"{spec} needs {package}", install_hint(extra))
        return
    if not online:
        _ = parts.chat_model
        message = f"{spec}: package, key and address look right; --online calls it"
        yield Finding(_MODEL, "ok", message)
        return
    started = time.monotonic()
    parts.writer.write(_CALL)
    yield Finding(_MODEL, "ok", f"{spec} answered in {time.monotonic() - started:.1f} s")


def slack(settings: Settings) -> Iterator[Finding]:
    """Yield whether Slack's tokens are there and of the right kind; nothing is sent."""
    tokens = {
        "SLACK_BOT_TOKEN": (settings.slack.bot_token, "xoxb-"),
        "SLACK_APP_TOKEN": (settings.slack.app_token, "xapp-"),
    }
    if not any(token for token, _ in tokens.values()):
        yield Finding("slack", "ok", "not set up")
        return
    wrong = [finding for name, pair in tokens.items() for finding in _token(name, *pair)]
    yield from wrong
    if any(importlib.util.find_spec(name) is None for name in ("slack_bolt", "slack_sdk")):
        message = "slack_bolt and slack_sdk are not installed"
        yield Finding("slack", "problem", message, install_hint("slack"))
    elif not wrong:
        yield Finding("slack", "ok", "both tokens look right; groundwire slack check tries them")


def _token(name: str, token: Secret | None, beginning: str) -> Iterator[Finding]:
    """Yield what is wrong with a token; nothing of it is repeated."""
    if token is None:
        message = f"{name} is missing"
    elif not token.get_secret_value().startswith(beginning):
        message = f"{name} does not begin with {beginning}"
    elif token.get_secret_value() != token.get_secret_value().strip():
        message = f"{name} has spaces around it"
    else:
        return
    yield Finding("slack", "problem", message, "see: groundwire slack manifest")
