"""Chat models by one setting, such as ``openai:gpt-5-mini`` or ``ollama:llama3.2``.

Every address and key is passed to the client in so many words. Left out, the clients would look
for them in the environment, and a key meant for one server could go to another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from groundwire.domain.errors import MissingExtraError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from langchain_core.language_models.chat_models import BaseChatModel

OPENAI_URL = "https://api.openai.com/v1"
OLLAMA_URL = "http://127.0.0.1:11434"

_NO_KEY = "none"  # the OpenAI client insists on one; local servers ignore it
_OLLAMA_WINDOW = 8192  # tokens; Ollama's own default cuts the start of a long prompt off, silently


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How a chat model is reached.

    Attributes:
        base_url: Address of the server; None for the provider's usual one. With ``openai:`` it
            is the root of any OpenAI-compatible API, such as ``http://127.0.0.1:8080/v1``.
        api_key: The key, never shown; None for a server that needs none.
        timeout_s: Seconds to wait for a connection, and for each next word.
        max_retries: How often an OpenAI-compatible request is sent again after a failure that may
            pass, with growing pauses. Ollama's client does not retry.
        temperature: 0 for the likeliest words.
    """

    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout_s: float = 60
    max_retries: int = 2
    temperature: float = 0


def open_chat_model(spec: str, options: ModelOptions) -> BaseChatModel:
    """Return the LangChain chat model that a setting names; nothing is sent yet.

    Args:
        spec: Provider and model, such as ``openai:gpt-5-mini`` or ``ollama:llama3.2:3b``.
        options: How to reach it.

    Raises:
        SettingsError: The provider is not known, or the address or key cannot be used.
        MissingExtraError: The provider's package is not installed.
    """
    provider, _, model = spec.partition(":")
    if provider not in _ARGUMENTS or not model.strip():
        known = ", ".join(f"{name}:MODEL" for name in _ARGUMENTS)
        raise SettingsError(f"not a language model: {spec!r}", hint=f"known: {known}")
    if options.base_url is not None:
        _check_address(options.base_url)
    arguments = _ARGUMENTS[provider](options)
    from langchain.chat_models import init_chat_model

    try:
        opened: BaseChatModel = init_chat_model(
            model.strip(),
            model_provider=provider,
            temperature=options.temperature,
            **arguments,
        )
    except ImportError as error:
        raise MissingExtraError(provider, f"{provider}:{model}") from error
    return opened


def _openai(options: ModelOptions) -> dict[str, Any]:
    """Return what the OpenAI client is given."""
    if options.api_key is None and options.base_url is None:
        raise SettingsError(
            "no key for OpenAI",
            hint="set OPENAI_API_KEY, or the base_url of a server that needs no key",
        )
    return {
        "base_url": options.base_url or OPENAI_URL,
        "api_key": options.api_key or _NO_KEY,
        "timeout": options.timeout_s,
        "max_retries": options.max_retries,
        "use_responses_api": False,  # other servers do not have it
    }


def _ollama(options: ModelOptions) -> dict[str, Any]:
    """Return what the Ollama client is given."""
    client: dict[str, Any] = {"timeout": options.timeout_s}
    if options.api_key is not None:
        client["auth"] = _bearer(options.api_key)
    return {
        "base_url": options.base_url or OLLAMA_URL,
        "client_kwargs": client,
        "num_ctx": _OLLAMA_WINDOW,
        "reasoning": False,  # a draft is copied sentences: nothing to think about aloud
    }


def _bearer(key: str) -> Callable[[Any], Any]:
    """Return a signer of requests: as a header, the key would be part of the model's repr."""

    def sign(request: Any) -> Any:  # noqa: ANN401 -- the request type is the HTTP client's own
        request.headers["Authorization"] = f"Bearer {key}"
        return request

    return sign


def _check_address(base_url: str) -> None:
    """Refuse an address that no request can go to, without repeating a password in it."""
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            "the base_url of the language model is no http address",
            hint="write it like: http://127.0.0.1:8080/v1",
        )


_ARGUMENTS: dict[str, Callable[[ModelOptions], dict[str, Any]]] = {
    "openai": _openai,
    "ollama": _ollama,
}
