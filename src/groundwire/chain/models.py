"""Chat models by one setting, such as ``openai:gpt-5-mini`` or ``gguf:/models/small.gguf``.

Every address and key is passed to the client in so many words. Left out, the clients would look
for them in the environment, and a key meant for one server could go to another. A server on this
machine is asked directly, whatever proxy the environment names; only Anthropic's client cannot be
told so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from groundwire.domain.errors import MissingExtraError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from langchain_core.language_models.chat_models import BaseChatModel

OPENAI_URL = "https://api.openai.com/v1"
ANTHROPIC_URL = "https://api.anthropic.com"
OLLAMA_URL = "http://127.0.0.1:11434"

_NO_KEY = "none"  # two of the clients insist on one; local servers ignore it
_ANSWER_TOKENS = 1024  # Anthropic's servers insist on a limit
_GGUF = "gguf"


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How a chat model is reached.

    Attributes:
        base_url: Address of the server; None for the provider's usual one. With ``openai:`` it
            is the root of any OpenAI-compatible API, such as ``http://127.0.0.1:8080/v1``.
        api_key: The key, never shown; None for a server that needs none.
        timeout_s: Seconds to wait for a connection, and for each next byte.
        window: Tokens that fit into the model; Ollama and a GGUF file are opened with as many.
        temperature: 0 for the likeliest words.
    """

    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout_s: float = 60
    window: int = 8192
    temperature: float = 0


def open_chat_model(spec: str, options: ModelOptions) -> BaseChatModel:
    """Return the LangChain chat model that a setting names; nothing is sent or loaded yet.

    Its client does not repeat a request that failed.

    Args:
        spec: Provider and model, such as ``openai:gpt-5-mini``, ``ollama:llama3.2:3b`` or
            ``gguf:/models/small.gguf``.
        options: How to reach it.

    Raises:
        SettingsError: The provider is not known, or the address, key or file cannot be used.
        MissingExtraError: The provider's package is not installed.
    """
    provider, _, model = spec.partition(":")
    if provider not in {*_ARGUMENTS, _GGUF} or not model.strip():
        known = ", ".join([*(f"{name}:MODEL" for name in _ARGUMENTS), f"{_GGUF}:FILE"])
        raise SettingsError(f"not a language model: {spec!r}", hint=f"known: {known}")
    if provider == _GGUF:
        from groundwire.chain.local import open_local_model

        def connect(address: str, key: str) -> BaseChatModel:
            reached = replace(options, base_url=address, api_key=key)
            return open_chat_model("openai:local", reached)

        return open_local_model(Path(model.strip()).expanduser(), options.window, connect)
    if options.base_url is not None:
        _check_address(options.base_url)
    try:
        arguments = _ARGUMENTS[provider](options)
        from langchain.chat_models import init_chat_model

        opened: BaseChatModel = init_chat_model(
            model.strip(), model_provider=provider, temperature=options.temperature, **arguments
        )
    except ImportError as error:
        raise MissingExtraError(provider, f"{provider}:{model}") from error
    return opened


def window_of(spec: str, window: int) -> int:
    """Return the tokens that fit into a model: those asked for, or fewer if its file says so.

    Raises:
        SettingsError: The model's file cannot be read.
    """
    provider, _, model = spec.partition(":")
    if provider != _GGUF:
        return window
    from groundwire.chain.gguf import context_length

    return min(window, context_length(Path(model.strip()).expanduser()))


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
        "stream_chunk_timeout": None,  # whoever streams has time-outs of its own
        "max_retries": 0,
        "use_responses_api": False,  # other servers do not have it
        **_openai_connections(options),
    }


def _openai_connections(options: ModelOptions) -> dict[str, Any]:
    """Return HTTP clients of the model's own: LangChain would share one across event loops."""
    from openai import DefaultAsyncHttpxClient, DefaultHttpxClient

    url = options.base_url or OPENAI_URL
    common: dict[str, Any] = {"base_url": url, "timeout": options.timeout_s}
    common["trust_env"] = not _is_loopback(url)
    return {
        "http_client": DefaultHttpxClient(**common),
        "http_async_client": DefaultAsyncHttpxClient(**common),
    }


def _anthropic(options: ModelOptions) -> dict[str, Any]:
    """Return what the Anthropic client is given."""
    if options.api_key is None and options.base_url is None:
        raise SettingsError(
            "no key for Anthropic",
            hint="set ANTHROPIC_API_KEY, or the base_url of a server that needs no key",
        )
    return {
        "base_url": options.base_url or ANTHROPIC_URL,
        "api_key": options.api_key or _NO_KEY,
        "timeout": options.timeout_s,
        "max_retries": 0,
        "max_tokens": _ANSWER_TOKENS,
    }


def _ollama(options: ModelOptions) -> dict[str, Any]:
    """Return what the Ollama client is given."""
    url = options.base_url or OLLAMA_URL
    client: dict[str, Any] = {"timeout": options.timeout_s, "trust_env": not _is_loopback(url)}
    if options.api_key is not None:
        client["auth"] = _bearer(options.api_key)
    return {
        "base_url": url,
        "client_kwargs": client,
        "num_ctx": options.window,  # Ollama's own default cuts a long prompt's start off, silently
        "reasoning": False,  # a draft is copied sentences: nothing to think about aloud
    }


def _bearer(key: str) -> Callable[[Any], Any]:
    """Return a signer of requests: as a header, the key would be part of the model's repr."""

    def sign(request: Any) -> Any:  # noqa: ANN401 -- the request type is the HTTP client's own
        request.headers["Authorization"] = f"Bearer {key}"
        return request

    return sign


def _is_loopback(url: str) -> bool:
    """Return whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
    "anthropic": _anthropic,
    "ollama": _ollama,
}
