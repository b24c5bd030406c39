"""The whole chain as one LangChain runnable, for people who build with LangChain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groundwire.chain.passages import NumberedPassage
from groundwire.chain.writer import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langchain_core.documents import Document
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from groundwire.chain.answer import AnswerPrompt


def answer_runnable(
    retriever: BaseRetriever, model: BaseChatModel, prompt: AnswerPrompt
) -> Runnable[str, str]:
    """Return retriever → prompt → chat model → parser: a question in, a draft out.

    The draft is what the model wrote, with its ``[n]`` markers, and is not checked against
    anything: ``Desk.ask`` checks. Errors and tracing are LangChain's own, and so are further
    tries: ``with_retry``.

    Args:
        retriever: Gives documents whose metadata may have ``title``, ``source`` and ``published``.
        model: Any chat model.
        prompt: Packs question and passages for the model.
    """
    from langchain_core.output_parsers import StrOutputParser
    from langchain_core.runnables import RunnableLambda, RunnableParallel, RunnablePassthrough

    def render(given: dict[str, Any]) -> list[BaseMessage]:
        return messages(prompt.render(given["question"], _numbered(given["documents"])))

    found = RunnableParallel(question=RunnablePassthrough(), documents=retriever)
    return found | RunnableLambda(render) | model | StrOutputParser()


def _numbered(documents: Sequence[Document]) -> tuple[NumberedPassage, ...]:
    """Return retrieved documents as passages, numbered from 1 in their order."""
    return tuple(
        NumberedPassage(
            n,
            title=str(document.metadata.get("title") or ""),
            source=str(document.metadata.get("source") or ""),
            published=str(document.metadata.get("published") or ""),
            text=document.page_content,
        )
        for n, document in enumerate(documents, 1)
    )
