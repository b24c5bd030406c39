"""Errors of clients, told apart without importing the clients."""

from __future__ import annotations

import json

import pytest

from groundwire.chain.failures import empty_answer, explain
from groundwire.domain.errors import ModelUnavailableError


class StatusError(Exception):
    def __init__(self, status_code: int) -> None:
        super().__init__("sk-secret")
        self.status_code = status_code


class APIConnectionError(Exception):
    """Named like the one of a provider."""


class RemoteProtocolError(Exception):
    """Named like the one of an HTTP client."""


class ContextOverflowError(Exception):
    """Named like LangChain's."""

    status_code = 400


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StatusError(400), "refused the request"),
        (StatusError(401), "did not accept the key"),
        (StatusError(402), "is out of quota"),
        (StatusError(403), "may not be used with this key"),
        (StatusError(404), "is not known to its server"),
        (StatusError(413), "takes fewer words than it was sent"),
        (StatusError(429), "is out of quota or busy"),
        (StatusError(418), "failed on its server"),
        (StatusError(503), "failed on its server"),
        (StatusError(-1), "could not answer"),
        (ContextOverflowError(), "takes fewer words than it was sent"),
        (TimeoutError(), "took too long"),
        (ConnectionRefusedError(), "cannot be reached"),
        (APIConnectionError(), "cannot be reached"),
        (caused(APIConnectionError(), RemoteProtocolError()), "broke off its answer"),
        (caused(APIConnectionError(), TimeoutError()), "took too long"),
        (json.JSONDecodeError("x", "sk-secret", 0), "gave an answer that cannot be read"),
        (ValueError("sk-secret"), "could not answer"),
    ],
)
def test_one_calm_line_and_a_hint(error: Exception, said: str) -> None:
    told = explain(error, "openai:m")
    assert str(told) == f"the language model openai:m {said}"
    assert told.hint
    assert "sk-secret" not in f"{told!r} {told.hint}"


def test_an_error_of_our_own_is_kept() -> None:
    own = ModelUnavailableError("the language model gguf:x cannot be loaded", hint="look")
    assert explain(own, "gguf:x") is own


def test_a_model_without_a_name() -> None:
    assert str(empty_answer("")) == "the language model gave an empty answer"
