"""What went wrong with a language model, in one calm line.

The providers' clients are optional packages, so their exceptions are told apart by what they
share: an HTTP status, or the names of their classes. What they say is never repeated: it can hold
a key, or a passage.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from groundwire.domain.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOO_LONG = ("takes fewer words than it was sent", "lower model.context_chars")
_TOO_SLOW = ("took too long", "use a smaller model, or raise model.first_word_s")
_BROKE_OFF = ("broke off its answer", "ask again")
_UNREACHABLE = ("cannot be reached", "check that its server runs, and model.base_url")
_UNREADABLE = ("gave an answer that cannot be read", "check model.base_url")
_SERVER_FAILED = ("failed on its server", "ask again, or look at the server's log")
_EMPTY = ("gave an empty answer", "ask again, or use another model")
_UNKNOWN = ("could not answer", "check model.base_url and the model's name")

_BY_STATUS: dict[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("refused the request", "check the model's name and its window"),
    HTTPStatus.UNAUTHORIZED: (
        "did not accept the key",
        "check the key; docs/models.md says which is sent",
    ),
    HTTPStatus.PAYMENT_REQUIRED: ("is out of quota", "check the account"),
    HTTPStatus.FORBIDDEN: ("may not be used with this key", "check what the key allows"),
    HTTPStatus.NOT_FOUND: ("is not known to its server", "check llm and model.base_url"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _TOO_LONG,
    HTTPStatus.TOO_MANY_REQUESTS: ("is out of quota or busy", "wait a little, then ask again"),
}

# In this order: a time-out and a stream that breaks are connection errors too.
_BY_CLASS = {
    "TimeoutException": _TOO_SLOW,
    "APITimeoutError": _TOO_SLOW,
    "TimeoutError": _TOO_SLOW,
    "RemoteProtocolError": _BROKE_OFF,
    "ReadError": _BROKE_OFF,
    "ConnectError": _UNREACHABLE,
    "APIConnectionError": _UNREACHABLE,
    "ConnectionError": _UNREACHABLE,
    "JSONDecodeError": _UNREADABLE,
}


def explain(error: Exception, model: str) -> ModelUnavailableError:
    """Turn what a client raised into the error that people see.

    Args:
        error: Whatever was raised while the model was asked; our own errors are kept.
        model: What people call the model, such as ``ollama:llama3.2``; may be empty.
    """
    if isinstance(error, ModelUnavailableError):
        return error
    return _unavailable(model, _recognise(error))


def empty_answer(model: str) -> ModelUnavailableError:
    """Return the error of a model that said nothing."""
    return _unavailable(model, _EMPTY)


def _unavailable(model: str, what: tuple[str, str]) -> ModelUnavailableError:
    """Return an error that says what happened and what mends it."""
    said, hint = what
    return ModelUnavailableError(f"the language model {model} {said}", hint=hint)


def _recognise(error: Exception) -> tuple[str, str]:
    """Return what happened and what mends it."""
    names = set(class_names(error))
    if "ContextOverflowError" in names:
        return _TOO_LONG
    status = status_of(error)
    if status is not None:
        return _BY_STATUS.get(status, _SERVER_FAILED)
    return next((what for name, what in _BY_CLASS.items() if name in names), _UNKNOWN)


def status_of(error: Exception) -> int | None:
    """Return the HTTP status of a refusal, from 400 on; None for any other error."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status >= HTTPStatus.BAD_REQUEST else None


def class_names(error: BaseException | None) -> Iterator[str]:
    """Yield the names of the classes of an error and of whatever caused it."""
    while error is not None:
        yield from (kind.__name__ for kind in type(error).__mro__)
        error = error.__cause__
