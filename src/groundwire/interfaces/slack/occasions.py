"""Where an answer stands in Slack, as the ledger keeps it: there it is recalled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from groundwire.domain.ledger import Occasion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.domain.retrieval import Scope
    from groundwire.interfaces.slack.interactions import Command
    from groundwire.interfaces.slack.routing import Place


class Whereabouts(BaseModel):
    """Where an answer stands, and who sees it there.

    Attributes:
        team: Workspace id.
        channel: The channel or direct message.
        thread: The thread that it stands in; empty for none.
        user: Who asked.
        alone: Whether nobody else sees it.
        scope: The JSON form of the scope that it was made from.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    team: str = ""
    channel: str = Field(min_length=1)
    thread: str = ""
    user: str = ""
    alone: bool = False
    scope: dict[str, Any] = Field(default_factory=dict)

    @classmethod
    def read(cls, place: Mapping[str, object]) -> Self | None:
        """Return what the ledger keeps; None where it has another form than this one knows."""
        try:
            return cls.model_validate(dict(place))
        except ValidationError:
            return None


def in_thread(place: Place, user: str, scope: Scope, *, alone: bool = False) -> Occasion:
    """Return the occasion of a result in a thread."""
    where = Whereabouts(
        team=place.team,
        channel=place.channel,
        thread=place.thread,
        user=user,
        alone=alone,
        scope=scope.to_dict(),
    )
    return Occasion("slack", place.key, where.model_dump())


def of_command(command: Command, scope: Scope) -> Occasion:
    """Return the occasion of what only the one who entered a command sees."""
    where = Whereabouts(
        team=command.team,
        channel=command.channel,
        user=command.user,
        alone=True,
        scope=scope.to_dict(),
    )
    return Occasion("slack", command.key, where.model_dump())
