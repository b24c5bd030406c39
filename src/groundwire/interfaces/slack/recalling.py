"""Telling people of answers that do not stand any more, in the threads that they were given in."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from typing import TYPE_CHECKING, Final

from groundwire.domain.errors import GroundwireError
from groundwire.interfaces.slack.means import frames_of, kind_of
from groundwire.interfaces.slack.occasions import Whereabouts
from groundwire.interfaces.slack.outgoing import messages
from groundwire.interfaces.slack.recall_notice import Due, notice_of, place_in
from groundwire.interfaces.slack.routing import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundwire.domain.documents import Document
    from groundwire.domain.recalls import Cause, Recall
    from groundwire.domain.retrieval import Scope
    from groundwire.interfaces.slack.failures import Fate
    from groundwire.interfaces.slack.means import Means
    from groundwire.interfaces.slack.outgoing import Reply

_log = logging.getLogger("groundwire.slack")

NOTICES: Final = 20
"""Notices at a time; the rest comes the next time."""

TRIES: Final = 3
"""How often a notice is tried that Slack refuses for a reason of which we know nothing."""

_LAST_WORDS_SECONDS = 5.0
_LONGEST = 3_600.0
"""Seconds until the next try at most, after many that failed."""


class RecallTeller:
    """Tells people, from a thread of its own, once of each recall; see ``tell``."""

    def __init__(self, means: Means, *, seconds: float, pause: float) -> None:
        """Look every ``seconds``, once ``start`` was called, and ``pause`` between two notices."""
        self._means = means
        self._seconds = seconds
        self._pause = pause
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="slack-recalls", daemon=True)
        self._settled: set[int] = set()
        self._held: set[int] = set()
        self._refused: Counter[int] = Counter()
        self._listings: dict[Scope, tuple[frozenset[str], frozenset[str]]] = {}

    def start(self) -> None:
        """Look now and from now on."""
        self._thread.start()

    def close(self) -> None:
        """Stop; a notice that is being posted may take a few seconds more."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(_LAST_WORDS_SECONDS)

    def tell(self) -> bool:
        """Post a notice for what is recalled, and note that it was told once Slack has it.

        Recalls of one thread share a notice. One is not told where the thread may not see the
        document now: it is held until the bot starts with other rules. One whose thread is gone,
        or that Slack keeps refusing, is given up with a line in the log.

        Returns:
            Whether all went well: if not, it is tried again later.
        """
        self._listings.clear()
        try:
            self._note(())
            found = self._means.desk.recalls(untold="slack")
            due = [each for recall in found if (each := self._due(recall))]
        except GroundwireError as error:
            _log.warning("recalls: %s", error.code)
            return False
        well = True
        for number, group in enumerate(_grouped(due)):
            if self._end.wait(self._pause if number else 0.0):
                break
            fate = self._told(group)
            if fate == "unheard":
                return False
            well &= fate != "refused"
        return well

    def _serve(self) -> None:
        wait = 0.0
        while not self._end.wait(wait):
            try:
                well = self.tell()
            except Exception as error:  # noqa: BLE001  whatever happens, the next time may go well
                _log.error("recalls: %s; %s", kind_of(error), frames_of(error))
                well = False
            wait = self._seconds if well else min(max(wait, self._seconds) * 2, _LONGEST)

    # -- who may be told -------------------------------------------------------------------------

    def _due(self, recall: Recall) -> Due | None:
        """Return a recall with what may be said of it; None where nothing is to be said now."""
        if recall.id in self._settled or recall.id in self._held:
            return None
        where = Whereabouts.read(recall.entry.issued.place)
        if where is None:
            self._give_up((recall.id,), "", "no place")
            return None
        scope = self._means.scope_of(where.channel, where.user)
        causes = () if scope is None else self._visible(recall.causes, where, scope)
        if not causes:
            self._held.add(recall.id)
            _log.info("recall held: channel=%s may not see the document", where.channel)
            return None
        return Due(recall, where, causes)

    def _visible(
        self, causes: Sequence[Cause], where: Whereabouts, scope: Scope
    ) -> tuple[Cause, ...]:
        """Return the causes whose documents are in a scope.

        A removed document is in no listing any more: it counts as seen where the scope is what it
        was when the answer was given.
        """
        if scope.is_everything():
            return tuple(causes)
        ids, paths = self._listed(scope)
        same = scope.to_dict() == where.scope

        def seen(cause: Cause) -> bool:
            if cause.now.standing == "removed":
                return same
            renamed = cause.now.path != cause.cited.path
            return cause.cited.document_id in ids or (renamed and cause.now.path in paths)

        return tuple(filter(seen, causes))

    def _listed(self, scope: Scope) -> tuple[frozenset[str], frozenset[str]]:
        """Return ids and paths of the documents of a scope, listed once each time round."""
        if scope not in self._listings:
            found = self._means.desk.docs(scope)
            ids, paths = (info.id for info in found), (info.path for info in found)
            self._listings[scope] = frozenset(ids), frozenset(paths)
        return self._listings[scope]

    # -- telling ---------------------------------------------------------------------------------

    def _told(self, group: Sequence[Due]) -> Fate:
        """Post one notice, unless it stands there already."""
        where = group[0].where
        place = Place(where.team, where.channel, where.thread)
        marks: frozenset[str] | None = frozenset()
        if where.thread and not where.alone:
            marks = self._means.messenger.marks(place)
        new = [each for each in group if marks is not None and each.mark not in marks]
        fate: Fate = "gone" if marks is None else "posted"
        if new:
            fate = self._post(place, new)
        self._settle([each.recall.id for each in group], where.channel, fate)
        return fate

    def _post(self, place: Place, new: Sequence[Due]) -> Fate:
        means, where = self._means, new[0].where
        notice = self._notice(new)
        if where.alone:
            return means.privately.notice(where.channel, "", where.user, notice)
        return means.messenger.notice(place, notice, [each.mark for each in new])

    def _settle(self, ids: Sequence[int], channel: str, fate: Fate) -> None:
        """Note what became of a notice."""
        if fate == "posted":
            _log.info("recalled channel=%s answers=%d", channel, len(ids))
            self._note(ids)
        elif fate == "gone":
            self._give_up(ids, channel, "the thread is gone")
        elif fate == "refused":
            self._refused.update(ids)
            given_up = [each for each in ids if self._refused[each] >= TRIES]
            if given_up:
                self._give_up(given_up, channel, "refused")

    def _give_up(self, ids: Sequence[int], channel: str, reason: str) -> None:
        _log.warning("recalls not told: %d channel=%s reason=%s", len(ids), channel, reason)
        self._note(ids)

    def _note(self, ids: Iterable[int]) -> None:
        """Note that recalls are told. Where that cannot be written, they are not told again."""
        self._settled.update(ids)
        if not self._settled:
            return
        try:
            self._means.desk.told(sorted(self._settled), "slack")
        except GroundwireError as error:
            _log.warning("recalls: it cannot be noted that they are told: %s", error.code)
        else:
            self._settled.clear()

    def _notice(self, due: Sequence[Due]) -> Reply:
        return notice_of(due, self._place)

    def _place(self, cause: Cause) -> str:
        """Return where a cause's text stands now; empty if the index has moved on."""
        span = cause.now.span
        for name in (cause.cited.document_id, cause.now.path):
            document = self._document(name)
            if span and document and span.of(document.text) == cause.now.text:
                return place_in(document, span)
        return ""

    def _document(self, name: str) -> Document | None:
        try:
            return self._means.desk.show(name)
        except GroundwireError:
            return None


def _grouped(due: Iterable[Due]) -> list[tuple[Due, ...]]:
    """Return the first groups of recalls that are told in one place, as many as go out at once."""
    places: dict[tuple[str, str, str], list[Due]] = {}
    for each in due:
        alone = each.where.user if each.where.alone else ""
        places.setdefault((each.where.channel, each.where.thread, alone), []).append(each)
    return [fitting(each) for each in list(places.values())[:NOTICES]]


def fitting(due: Sequence[Due]) -> tuple[Due, ...]:
    """Return the first of some recalls, as many as fit into one message."""
    count = len(due)
    while count > 1 and len(messages(notice_of(due[:count], _somewhere))) > 1:
        count = count // 2
    return tuple(due[:count])


def _somewhere(_cause: Cause) -> str:
    return "in an unknown place"
