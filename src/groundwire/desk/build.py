"""The one place that builds everything from settings."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from groundwire.answer.condenser import Condenser
from groundwire.answer.extractive import ExtractiveAnswerer
from groundwire.answer.pipeline import AnswerPipeline
from groundwire.index.identity import LEXICAL, SCHEMA_VERSION, Canary, IndexIdentity
from groundwire.index.store import IndexStore
from groundwire.ingest.passages import SEGMENTATION
from groundwire.models.loading import open_encoder
from groundwire.retrieve.hybrid import HybridRetriever
from groundwire.summarize.pipeline import SummaryPipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from langchain_core.language_models import BaseChatModel
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from groundwire.answer.drafted import DraftedAnswerer
    from groundwire.chain.answer import AnswerPrompt
    from groundwire.chain.writer import Writer
    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.index.store import Stamp
    from groundwire.models.encoder import Encoder
    from groundwire.models.reranker import Reranker
    from groundwire.settings import Settings
    from groundwire.settings.schema import ModelSettings
    from groundwire.summarize.drafted import DraftedSummarizer

CANARY_TEXT = "A canary sings the same song every morning, or the miners go home."

SUMMARY_PROMPT = "summarize.v2"
COMBINING_PROMPT = "combine.v1"


class Parts:
    """The parts of a desk, each made when it is first needed and then kept. Thread-safe."""

    def __init__(self, settings: Settings, on_status: Callable[[str], None] | None = None) -> None:
        """Keep the settings, and whom to tell while the encoder is exported; open nothing."""
        self.settings = settings
        self._on_status = on_status
        self.store = IndexStore(
            settings.index_folder(),
            vector_url=settings.index.url,
            machine_note=settings.data_folder() / "machine-id",
        )
        self._lock = threading.RLock()
        self._encoder: Encoder | None = None
        self._checked: Stamp | None = None

    def encoder(self, on_status: Callable[[str], None] | None = None) -> Encoder:
        """Return the encoder, exported first if it never was; its vectors are not checked."""
        with self._lock:
            if self._encoder is None:
                settings = self.settings
                self._encoder = open_encoder(
                    settings.encoder.model,
                    settings.cache_folder(),
                    on_status=on_status or self._on_status,
                )
            return self._encoder

    def checked_encoder(self) -> Encoder:
        """Return the encoder after making sure that its vectors fit the live generation.

        That is checked once a generation, also when another process makes a new one live.

        Raises:
            IndexMissingError: Nothing was indexed yet.
            IndexMismatchError: The index was built with other settings.
            EncoderDriftError: The encoder gives other vectors than at indexing.
        """
        with self._lock:
            stamp = self.store.stamp()
            encoder = self.encoder()
            if stamp != self._checked:
                self.store.check_identity(identity(encoder.identity))
                canary = self.store.manifest().canary
                canary.check(encoder.encode_query(canary.text))
                # Taken before the checks: a generation that went live meanwhile is checked anew.
                self._checked = stamp
            return encoder

    def canary(self) -> Canary:
        """Return the vector of one fixed sentence, to be kept beside the index."""
        return Canary.of(CANARY_TEXT, self.encoder().encode_query(CANARY_TEXT))

    def retriever(self) -> HybridRetriever:
        """Return a retriever over the checked encoder."""
        return HybridRetriever(
            self.checked_encoder(),
            candidates=self.settings.retrieval.candidates,
            reranker=self._reranker,
        )

    def pipeline(self) -> AnswerPipeline:
        """Return the way from a question to an answer."""
        extractive = ExtractiveAnswerer(max_sentences=self.settings.answer.max_sentences)
        return AnswerPipeline(
            self.store,
            self.retriever(),
            extractive,
            self._drafted,
            self.condenser,
            top_k=self.settings.retrieval.top_k,
        )

    def summaries(self, encoder: Encoder) -> SummaryPipeline:
        """Return the way from a target to a summary.

        Args:
            encoder: The checked one, unless no index is needed.
        """
        candidates = self.settings.retrieval.candidates
        retriever = HybridRetriever(encoder, candidates=candidates)
        return SummaryPipeline(self.store, encoder, retriever, self._drafted_summary)

    @cached_property
    def _reranker(self) -> Reranker | None:
        if self.settings.encoder.reranker is None:
            return None
        from groundwire.models.reranker import open_reranker

        return open_reranker(self.settings.encoder.reranker, self.settings.cache_folder())

    @cached_property
    def _drafted(self) -> DraftedAnswerer | None:
        if self.settings.llm is None:
            return None
        from groundwire.answer.drafted import DraftedAnswerer
        from groundwire.chain.answer import AnswerChain

        return DraftedAnswerer(AnswerChain(self.writer, self._prompt), self.writer.name)

    @cached_property
    def _drafted_summary(self) -> DraftedSummarizer | None:
        if self.settings.llm is None:
            return None
        from groundwire.chain.summary import SummaryChain, SummaryPrompt
        from groundwire.prompting import load_prompt
        from groundwire.summarize.drafted import DraftedSummarizer

        chars = self.settings.model.context_chars
        reading, combining = (
            SummaryChain(self.writer, SummaryPrompt(load_prompt(name), self._window, chars))
            for name in (SUMMARY_PROMPT, COMBINING_PROMPT)
        )
        return DraftedSummarizer(reading, combining, self.writer.name)

    @property
    def _prompt(self) -> AnswerPrompt:
        from groundwire.chain.answer import AnswerPrompt
        from groundwire.prompting import load_prompt

        model = self.settings.model
        return AnswerPrompt(load_prompt(model.prompt), self._window, model.context_chars)

    @property
    def _window(self) -> int:
        from groundwire.chain.models import window_of

        return window_of(self.settings.llm or "", self.settings.model.window)

    def runnable(self, retriever: BaseRetriever) -> Runnable[str, str]:
        """Return retriever → prompt → chat model → parser, as the settings have them."""
        from groundwire.chain.runnable import answer_runnable

        return answer_runnable(retriever, self.chat_model, self._prompt)

    @cached_property
    def condenser(self) -> Condenser:
        """What makes follow-ups stand alone."""
        if self.settings.llm is None:
            return Condenser()
        from groundwire.chain.condense import CondenseChain
        from groundwire.prompting import load_prompt

        return Condenser(CondenseChain(self.writer, load_prompt("condense.v1")))

    @cached_property
    def writer(self) -> Writer:
        """The configured language model, under the time-outs of the settings.

        Raises:
            SettingsError: No language model is set, or it cannot be used.
        """
        from groundwire.chain.writer import Limits, Writer

        model = self.settings.model
        limits = Limits(model.first_word_s, model.timeout_s, model.total_s, model.max_retries)
        return Writer(self.chat_model, _called(self.settings.llm or ""), limits)

    @property
    def chat_model(self) -> BaseChatModel:
        """A new client of the configured language model; nothing is sent or loaded yet."""
        from groundwire.chain.models import ModelOptions, open_chat_model
        from groundwire.domain.errors import SettingsError

        model = self.settings.model
        if self.settings.llm is None:
            raise SettingsError("no language model is set", hint='set llm = "ollama:llama3.2"')
        options = ModelOptions(
            base_url=model.base_url,
            api_key=_key(self.settings.llm, model),
            timeout_s=max(model.first_word_s, model.timeout_s),
            window=model.window,
        )
        return open_chat_model(self.settings.llm, options)


def _called(llm: str) -> str:
    """Return what people call a model: a file goes by its name, wherever it lies."""
    provider, colon, model = llm.partition(":")
    return f"{provider}{colon}{Path(model).name}" if provider == "gguf" else llm


def _key(llm: str, model: ModelSettings) -> str | None:
    """Return the key for a server: a provider's usual one goes to its own server alone."""
    usual = {"openai": model.openai_api_key, "anthropic": model.anthropic_api_key}
    key = model.api_key
    if key is None and model.base_url is None:
        key = usual.get(llm.partition(":")[0])
    return key.get_secret_value() if key else None


def identity(encoder: EncoderIdentity) -> IndexIdentity:
    """Return what must be equal for an index to be usable with an encoder."""
    return IndexIdentity(SCHEMA_VERSION, encoder, SEGMENTATION, LEXICAL)
