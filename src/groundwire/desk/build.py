"""The one place that builds everything from settings."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from groundwire.answer.extractive import ExtractiveAnswerer
from groundwire.answer.pipeline import AnswerPipeline
from groundwire.index.identity import LEXICAL, SCHEMA_VERSION, Canary, IndexIdentity
from groundwire.index.store import IndexStore
from groundwire.ingest.passages import SEGMENTATION
from groundwire.models.loading import open_encoder
from groundwire.retrieve.hybrid import HybridRetriever
from groundwire.summarize.extractive import ExtractiveSummarizer

if TYPE_CHECKING:
    from collections.abc import Callable

    from langchain_core.language_models import BaseChatModel

    from groundwire.answer.drafted import DraftedAnswerer
    from groundwire.domain.encoders import EncoderIdentity
    from groundwire.index.store import Stamp
    from groundwire.models.encoder import Encoder
    from groundwire.settings import Settings

CANARY_TEXT = "A canary sings the same song every morning, or the miners go home."


class Parts:
    """The parts of a desk, each made when it is first needed and then kept. Thread-safe."""

    def __init__(self, settings: Settings, on_status: Callable[[str], None] | None = None) -> None:
        """Keep the settings, and whom to tell while the encoder is exported; open nothing."""
        self.settings = settings
        self._on_status = on_status
        self.store = IndexStore(settings.index_folder(), vector_url=settings.index.url)
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
            self.checked_encoder(), candidates=self.settings.retrieval.candidates
        )

    def pipeline(self) -> AnswerPipeline:
        """Return the way from a question to an answer."""
        extractive = ExtractiveAnswerer(max_sentences=self.settings.answer.max_sentences)
        return AnswerPipeline(
            self.store,
            self.retriever(),
            extractive,
            self._drafted(),
            top_k=self.settings.retrieval.top_k,
        )

    def summarizer(self) -> ExtractiveSummarizer:
        """Return the summarizer."""
        return ExtractiveSummarizer(self.checked_encoder())

    def _drafted(self) -> DraftedAnswerer | None:
        if self.settings.llm is None:
            return None
        from groundwire.answer.drafted import DraftedAnswerer
        from groundwire.chain.answer import AnswerChain
        from groundwire.prompting import load_prompt

        chain = AnswerChain(
            self.chat_model,
            load_prompt("answer.v1"),
            name=self.settings.llm,
            context_chars=self.settings.model.context_chars,
        )
        return DraftedAnswerer(chain, self.settings.llm)

    @cached_property
    def chat_model(self) -> BaseChatModel:
        """The configured language model."""
        from groundwire.chain.models import ModelOptions, open_chat_model
        from groundwire.domain.errors import SettingsError

        model = self.settings.model
        if self.settings.llm is None:
            raise SettingsError("no language model is set", hint='set llm = "ollama:llama3.2"')
        key = model.api_key.get_secret_value() if model.api_key else None
        options = ModelOptions(
            base_url=model.base_url,
            api_key=key,
            timeout_s=model.timeout_s,
            max_retries=model.max_retries,
        )
        return open_chat_model(self.settings.llm, options)


def identity(encoder: EncoderIdentity) -> IndexIdentity:
    """Return what must be equal for an index to be usable with an encoder."""
    return IndexIdentity(SCHEMA_VERSION, encoder, SEGMENTATION, LEXICAL)
