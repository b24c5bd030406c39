"""Chat models by one setting."""

from __future__ import annotations

import struct
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from groundwire.chain.models import ModelOptions, open_chat_model, window_of
from groundwire.domain.errors import MissingExtraError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "sk-do-not-show-me"


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from langchain.chat_models import base

    for module in (
        "langchain_openai",
        "langchain_anthropic",
        "langchain_ollama",
        "langchain_community.chat_models",
        "openai",
        "xllamacpp",
    ):
        monkeypatch.setitem(sys.modules, module, None)
    base._get_chat_model_creator.cache_clear()
    yield
    base._get_chat_model_creator.cache_clear()


@pytest.mark.parametrize(
    "spec", ["", "gpt-5", "openai:", "openai: ", "mistral:x", ":x", "Ollama:x", "gguf:"]
)
def test_an_unknown_model_lists_the_known(spec: str) -> None:
    with pytest.raises(SettingsError, match="not a language model") as caught:
        open_chat_model(spec, ModelOptions(api_key=KEY))
    assert caught.value.hint == "known: openai:MODEL, anthropic:MODEL, ollama:MODEL, gguf:FILE"


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
def test_a_missing_package_names_its_extra(provider: str) -> None:
    with pytest.raises(MissingExtraError, match=f"{provider}:m") as caught:
        open_chat_model(f"{provider}:m", ModelOptions(api_key=KEY))
    assert caught.value.hint == f"run: pip install 'groundwire[{provider}]'"


@pytest.mark.usefixtures("nothing_installed")
def test_a_file_without_the_package_that_runs_it_names_its_extra(tmp_path: Path) -> None:
    with pytest.raises(MissingExtraError, match="gguf:") as caught:
        open_chat_model(f"gguf:{gguf(tmp_path)}", ModelOptions())
    assert caught.value.hint == "run: pip install 'groundwire[local]'"


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_the_providers_themselves_need_a_key(provider: str) -> None:
    with pytest.raises(SettingsError, match="no key") as caught:
        open_chat_model(f"{provider}:m", ModelOptions())
    assert f"{provider.upper()}_API_KEY" in caught.value.hint


def test_the_window_is_the_one_asked_for_or_less_if_the_file_says_so(tmp_path: Path) -> None:
    assert window_of("ollama:m", 4_096) == 4_096
    assert window_of(f"gguf:{gguf(tmp_path)}", 8_192) == 2_048
    assert window_of(f"gguf:{gguf(tmp_path)}", 1_024) == 1_024


@pytest.mark.parametrize(
    "content",
    [b"", b"GGUF", b"not a model", b"GGUF\x09\x00\x00\x00" + b"\xff" * 64],
    ids=["empty", "cut", "other", "version"],
)
def test_a_file_that_is_no_model_is_one_calm_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match="is not a whole GGUF file") as caught:
        window_of(f"gguf:{path}", 8_192)
    assert caught.value.hint
    with pytest.raises(SettingsError, match="cannot read the language model"):
        window_of(f"gguf:{tmp_path / 'none.gguf'}", 8_192)


def test_a_damaged_head_is_refused_wherever_it_breaks(tmp_path: Path) -> None:
    whole = gguf(tmp_path).read_bytes()
    path = tmp_path / "cut.gguf"
    for length in range(len(whole) - 4):
        path.write_bytes(whole[:length])
        with pytest.raises(SettingsError, match="is not a whole GGUF file"):
            window_of(f"gguf:{path}", 8_192)


def gguf(folder: Path) -> Path:
    """Write the head of a model with a window of 2,048 tokens, after fields of other kinds."""

    def text(value: bytes) -> bytes:
        return struct.pack("<Q", len(value)) + value

    fields = [
        text(b"general.name") + struct.pack("<I", 8) + text(b"tiny"),
        text(b"some.flags") + struct.pack("<IIQ3H", 9, 2, 3, 1, 2, 3),
        text(b"some.words") + struct.pack("<IIQ", 9, 8, 2) + text(b"a") + text(b"bc"),
        text(b"some.rate") + struct.pack("<If", 6, 0.5),
        text(b"llama.context_length") + struct.pack("<II", 4, 2_048),
    ]
    path = folder / "tiny.gguf"
    head = b"GGUF" + struct.pack("<IQQ", 3, 0, len(fields))
    path.write_bytes(head + b"".join(fields))
    return path


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
        " groundwire.chain.runnable, groundwire.chain.writer, groundwire.chain.condense,"
        " groundwire.chain.summary\n"
        "print([m for m in sys.modules if m.startswith(('lang', 'openai', 'ollama'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
