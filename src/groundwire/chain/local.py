"""A GGUF model on this machine, as a LangChain chat model. Imports LangChain: import it on demand.

The model runs in a child process behind a port of 127.0.0.1 that answers only to a key drawn for
it; LangChain's OpenAI client talks to it, so that time-outs and hanging up are those of any model.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path  # noqa: TC003 -- pydantic reads the field's type
from typing import IO, TYPE_CHECKING, Any, cast

from langchain_core.language_models.chat_models import (  # noqa: TID253 -- this module is imported on demand
    BaseChatModel,
)
from pydantic import PrivateAttr

from groundwire.chain.gguf import context_length
from groundwire.domain.errors import MissingExtraError, ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from langchain_core.messages import BaseMessage
    from langchain_core.outputs import ChatGenerationChunk, ChatResult

Connect = Callable[[str, str], BaseChatModel]

_ANSWER_TOKENS = 512  # a small model may repeat itself for ever


def open_local_model(path: Path, window: int, connect: Connect) -> BaseChatModel:
    """Return the chat model of a GGUF file; it is loaded when it is first asked.

    Args:
        path: The file.
        window: Tokens that prompt and answer may have together, at most.
        connect: Opens a client of an OpenAI-compatible server, from its address and key.

    Raises:
        SettingsError: The file cannot be read, or is no GGUF file.
        MissingExtraError: The extra ``local`` is not installed.
    """
    if find_spec("xllamacpp") is None or find_spec("langchain_openai") is None:
        raise MissingExtraError("local", f"gguf:{path}")
    return GgufChatModel(path=path, window=min(window, context_length(path)), connect=connect)


class GgufChatModel(BaseChatModel):
    """A model from a file, run by llama.cpp in a child process.

    Attributes:
        path: The GGUF file.
        window: Tokens that prompt and answer may have together.
        connect: Opens a client of an OpenAI-compatible server, from its address and key.
    """

    path: Path
    window: int
    connect: Connect
    _llama: LlamaProcess = PrivateAttr()
    _client: BaseChatModel | None = PrivateAttr(default=None)

    def model_post_init(self, context: Any, /) -> None:  # noqa: ANN401 -- as pydantic has it
        """Prepare the process; nothing is started."""
        del context
        self._llama = LlamaProcess(self.path, self.window)

    @property
    def _llm_type(self) -> str:
        return "gguf"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:  # noqa: ANN401 -- LangChain's own
        return self._opened()._generate(messages, *args, **kwargs)  # noqa: SLF001 -- one chat model stands in for another

    def _stream(
        self,
        messages: list[BaseMessage],
        *args: Any,  # noqa: ANN401 -- LangChain's own
        **kwargs: Any,  # noqa: ANN401 -- the same
    ) -> Iterator[ChatGenerationChunk]:
        yield from self._opened()._stream(messages, *args, **kwargs)  # noqa: SLF001 -- as above

    async def _astream(
        self,
        messages: list[BaseMessage],
        *args: Any,  # noqa: ANN401 -- LangChain's own
        **kwargs: Any,  # noqa: ANN401 -- the same
    ) -> AsyncIterator[ChatGenerationChunk]:
        opened = await asyncio.to_thread(self._opened)
        async for chunk in opened._astream(messages, *args, **kwargs):  # noqa: SLF001 -- as above
            yield chunk

    def _opened(self) -> BaseChatModel:
        """Return a client of the process, which is started if it does not run."""
        address, key, fresh = self._llama.start()
        if fresh or self._client is None:
            self._client = self.connect(f"{address}/v1", key)
        return self._client


class LlamaProcess:
    """The child process that runs a model. Thread-safe; it ends with this object."""

    def __init__(self, path: Path, window: int) -> None:
        """Keep what to run; start nothing."""
        self._path = path
        self._window = window
        self._lock = threading.Lock()
        self._running: subprocess.Popen[str] | None = None
        self._address = ""
        self._key = ""

    def start(self) -> tuple[str, str, bool]:
        """Return the address and the key of the process, and whether it was started only now.

        Raises:
            ModelUnavailableError: The model cannot be loaded.
        """
        with self._lock:
            if self._running is not None and self._running.poll() is None:
                return self._address, self._key, False
            self._key = secrets.token_hex(16)
            told = {
                "path": str(self._path),
                "window": self._window,
                "key": self._key,
                "answer_tokens": _ANSWER_TOKENS,
            }
            child = _spawn()
            weakref.finalize(self, _end, child)
            self._running = child
            self._address = _introduced(child, told, self._path)
            return self._address, self._key, True


def _spawn() -> subprocess.Popen[str]:
    """Start the child, out of reach of Ctrl-C and of modules that lie in this folder."""
    command = [sys.executable, "-P", "-m", "groundwire.chain.llama_child"]
    return subprocess.Popen(  # noqa: S603 -- our own module, by our own interpreter
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def _introduced(child: subprocess.Popen[str], told: dict[str, object], path: Path) -> str:
    """Tell the child what to run, and return the address that it answers with."""
    try:
        to, back = cast("IO[str]", child.stdin), cast("IO[str]", child.stdout)
        to.write(json.dumps(told) + "\n")
        to.flush()
        return str(json.loads(back.readline())["address"])
    except (OSError, ValueError, KeyError):
        _end(child)
    raise ModelUnavailableError(
        f"the language model gguf:{path} cannot be loaded",
        hint="check that the file is whole and that there is memory for it, or lower model.window",
    )


def _end(child: subprocess.Popen[str]) -> None:
    """End the child, which has nothing to save."""
    child.kill()
    child.communicate()
