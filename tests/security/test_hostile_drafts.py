"""What a language model sends beside words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.language_models.chat_models import (  # noqa: TID253 -- a fake derives from it
    BaseChatModel,
)
from langchain_core.messages import AIMessageChunk  # noqa: TID253 -- the same
from langchain_core.outputs import ChatGenerationChunk  # noqa: TID253 -- the same

from groundwire.chain.answer import AnswerChain, AnswerPrompt
from groundwire.chain.passages import NumberedPassage
from groundwire.chain.writer import Limits, Writer
from groundwire.prompting import load_prompt

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from langchain_core.outputs import ChatResult

PASSAGES = (NumberedPassage(1, "A visit", "Harbour Post", "2019-06-20", "Kim left on Sunday."),)
CALL = {"name": "run", "args": '{"command": "true"}', "id": "1", "index": 0}


class CallingModel(BaseChatModel):
    """Calls a tool, shows a picture and thinks aloud, and says one sentence in between."""

    given: list[dict[str, Any]] = []  # noqa: RUF012 -- pydantic copies defaults

    @property
    def _llm_type(self) -> str:
        return "calling"

    def _generate(self, *_: object, **__: object) -> ChatResult:
        raise NotImplementedError

    async def _astream(self, *_: object, **options: object) -> AsyncIterator[ChatGenerationChunk]:
        self.given.append(dict(options))
        blocks: list[Any] = [
            {"type": "thinking", "thinking": "secret thoughts"},
            {"type": "tool_use", "id": "1", "name": "run", "input": {"command": "true"}},
            {"type": "image_url", "image_url": {"url": "http://192.0.2.7/seen.png"}},
            {"type": "text", "text": "Kim left on Sunday. [1]"},
        ]
        chunks: list[Any] = [{**CALL, "type": "tool_call_chunk"}]
        yield ChatGenerationChunk(message=AIMessageChunk(content=blocks, tool_call_chunks=chunks))


def test_calls_pictures_and_thoughts_are_not_read_and_no_tool_is_offered() -> None:
    model = CallingModel()
    writer = Writer(model, "calling:model", Limits(5, 5, 10, 0))
    prompt = AnswerPrompt(load_prompt("answer.v2"), 8_192, 8_000)
    said = "".join(AnswerChain(writer, prompt).stream("Who left?", PASSAGES))
    assert said == "Kim left on Sunday. [1]"
    assert not any("tool" in name for options in model.given for name in options)
