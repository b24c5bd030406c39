"""What somebody could ask, made from the documents that they may see."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.slack.escaping import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from groundwire.domain.documents import DocumentInfo
    from groundwire.interfaces.slack.means import Means

_log = logging.getLogger("groundwire.slack")

TITLE = "Ask about the documents, for example:"
PROMPTS = 4
"""Suggestions that Slack shows."""

LABEL_CHARACTERS = 60
_FALLBACK = ("What can I ask?", "help")


class Suggestions:
    """Suggests questions when somebody opens our messages."""

    def __init__(self, means: Means) -> None:
        """Work with these means."""
        self._means = means

    def opened(self, body: Mapping[str, Any]) -> None:
        """Suggest questions to whoever opened the tab with our messages."""
        event = body["event"]
        channel, user = str(event.get("channel") or ""), str(event.get("user") or "")
        if event.get("tab") != "messages" or not channel:
            return
        scope = self._means.house.scopes.scope_of(channel, user, direct=True)
        if scope is None:
            return
        try:
            documents = self._means.desk.docs(scope)
        except GroundwireError as error:
            _log.info("no suggestions: %s", error.code)
            return
        prompts = tuple(suggested(documents)) or (_FALLBACK,)
        self._means.messenger.prompts(channel, TITLE, prompts)


def suggested(documents: Iterable[DocumentInfo]) -> Iterator[tuple[str, str]]:
    """Yield a label and a question on each of the newest documents of different outlets."""
    newest = sorted(documents, key=lambda info: str(info.published or ""), reverse=True)
    firsts: dict[str, DocumentInfo] = {}
    for info in newest:
        firsts.setdefault(info.source or info.path, info)
    chosen = list(firsts.values())
    chosen += [info for info in newest if info not in chosen]
    for info in chosen[:PROMPTS]:
        title = " ".join((info.title or info.path).split())
        yield shortened(title, LABEL_CHARACTERS), f"Tell me more: {title}"
