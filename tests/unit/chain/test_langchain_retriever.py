"""The retriever and the whole chain, as people who build with LangChain meet them."""

from __future__ import annotations

from datetime import date

from groundwire.chain.answer import AnswerPrompt
from groundwire.chain.retriever import HybridRetriever
from groundwire.chain.runnable import answer_runnable
from groundwire.domain.documents import DocumentId, DocumentInfo, Passage, PassageId
from groundwire.domain.retrieval import Hit, Ranking
from groundwire.domain.spans import Span
from groundwire.prompting import load_prompt


def hit(rank: int, text: str, published: date | None = date(2019, 6, 20)) -> Hit:
    document = DocumentInfo(
        DocumentId(f"d{rank}"), f"{rank}.md", "Visit", "Post", "", published, "en", 99, 1
    )
    span = Span(7, 7 + len(text))
    passage = Passage(PassageId(f"p{rank}"), document.id, span, text, "", 1)
    return Hit(passage, document, 1 / rank, rank, ("dense",), 0.5)


def search(question: str) -> Ranking:
    return Ranking(question, (hit(1, "Kim left."), hit(2, "Lee stayed.", None)))


def test_hits_become_documents_best_first() -> None:
    documents = HybridRetriever(search=search).invoke("Who left?")
    assert [d.page_content for d in documents] == ["Kim left.", "Lee stayed."]
    assert documents[0].id == "p1"
    assert documents[0].metadata == {
        "doc_id": "d1",
        "passage_id": "p1",
        "start": 7,
        "end": 16,
        "title": "Visit",
        "source": "Post",
        "published": "2019-06-20",
        "path": "1.md",
        "score": 1.0,
    }
    assert documents[1].metadata["published"] is None


def test_the_whole_chain_turns_a_question_into_a_draft() -> None:
    from langchain_core.language_models import FakeListChatModel

    model = FakeListChatModel(responses=["Kim left. [1]"])
    runnable = answer_runnable(
        HybridRetriever(search=search), model, AnswerPrompt(load_prompt("answer.v2"))
    )
    assert runnable.invoke("Who left?") == "Kim left. [1]"
    assert "".join(runnable.stream("Who left?")) == "Kim left. [1]"


def test_the_model_of_the_whole_chain_sees_the_passages() -> None:
    from langchain_core.language_models import ParrotFakeChatModel

    retriever = HybridRetriever(search=search)
    runnable = answer_runnable(
        retriever, ParrotFakeChatModel(), AnswerPrompt(load_prompt("answer.v2"))
    )
    repeated = runnable.invoke("Who left?")
    for said in ("BEGIN PASSAGE [1]\n(Visit | Post | 2019-06-20)\nKim left.\n", "Who left?"):
        assert said in repeated
    assert "BEGIN PASSAGE [2]\n(Visit | Post)\nLee stayed.\n" in repeated


def test_any_retriever_does() -> None:
    from langchain_core.documents import Document
    from langchain_core.language_models import ParrotFakeChatModel
    from langchain_core.retrievers import BaseRetriever

    class Fixed(BaseRetriever):
        def _get_relevant_documents(self, query: str, **_: object) -> list[Document]:
            return [Document(f"About {query}")]

    runnable = answer_runnable(
        Fixed(), ParrotFakeChatModel(), AnswerPrompt(load_prompt("answer.v2"))
    )
    assert "BEGIN PASSAGE [1]\nAbout Kim?\n" in runnable.invoke("Kim?")
