"""Chat models by one setting."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from groundwire.chain.models import ModelOptions, open_chat_model
from groundwire.domain.errors import MissingExtraError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk-do-not-show-me"


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from langchain.chat_models import base

    for module in ("langchain_openai", "langchain_ollama", "langchain_community.chat_models"):
        monkeypatch.setitem(sys.modules, module, None)
    base._get_chat_model_creator.cache_clear()
    yield
    base._get_chat_model_creator.cache_clear()


@pytest.mark.parametrize(
    "spec", ["", "gpt-5", "openai:", "openai: ", "mistral:x", ":x", "Ollama:x"]
)
def test_an_unknown_model_lists_the_known(spec: str) -> None:
    with pytest.raises(SettingsError, match="not a language model") as caught:
        open_chat_model(spec, ModelOptions(api_key=KEY))
    assert caught.value.hint == "known: openai:MODEL, ollama:MODEL"


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize("provider", ["openai", "ollama"])
def test_a_missing_package_names_its_extra(provider: str) -> None:
    with pytest.raises(MissingExtraError, match=f"{provider}:m") as caught:
        open_chat_model(f"{provider}:m", ModelOptions(api_key=KEY))
    assert caught.value.hint == f"run: pip install 'groundwire[{provider}]'"


def test_openai_itself_needs_a_key() -> None:
    with pytest.raises(SettingsError, match="no key") as caught:
        open_chat_model("openai:m", ModelOptions())
    assert "OPENAI_API_KEY" in caught.value.hint


@pytest.mark.parametrize(
    "base_url",
    ["", "127.0.0.1:8080", "file:///etc/passwd", "http://", "http://user:pw@", "http://a:b"],
)
def test_an_address_that_is_none_is_refused_unrepeated(base_url: str) -> None:
    with pytest.raises(SettingsError, match="no http address") as caught:
        open_chat_model("openai:m", ModelOptions(base_url=base_url))
    assert "pw" not in f"{caught.value} {caught.value.hint}"


def test_options_do_not_show_the_key() -> None:
    assert KEY not in repr(ModelOptions(api_key=KEY))


def test_importing_the_room_imports_no_langchain() -> None:
    code = (
        "import sys, groundwire.chain.answer, groundwire.chain.models, groundwire.chain.parse,"
        " groundwire.chain.runnable\n"
        "print([m for m in sys.modules if m.startswith(('lang', 'openai', 'ollama'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
