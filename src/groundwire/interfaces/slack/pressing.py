"""Buttons under answers: what a sentence rests on, sharing, and whether it was of help."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from groundwire.domain.errors import GroundwireError, NotFoundError, StoreError
from groundwire.interfaces.slack.buttons import DOWN, UP, Buttons
from groundwire.interfaces.slack.escaping import escape_mrkdwn, shortened
from groundwire.interfaces.slack.evidence import choices_of, citation_of, evidence_blocks
from groundwire.interfaces.slack.limits import SOURCE_CHARACTERS
from groundwire.interfaces.slack.means import ENTRY
from groundwire.interfaces.slack.modals import evidence_view, notice_view, reason_view
from groundwire.interfaces.slack.occasions import Whereabouts
from groundwire.interfaces.slack.outgoing import Reply, Sentence
from groundwire.interfaces.slack.routing import Place
from groundwire.interfaces.slack.sharing import enter_shared
from groundwire.interfaces.slack.stored import Kept, read_back

if TYPE_CHECKING:
    from groundwire.domain.conversations import Liking
    from groundwire.domain.documents import Document
    from groundwire.domain.retrieval import Scope
    from groundwire.interfaces.slack.interactions import Press, Reason
    from groundwire.interfaces.slack.means import Means
    from groundwire.records.answers import PostedAnswer

_log = logging.getLogger("groundwire.slack")

EVIDENCE_TITLE = "Evidence"
FORGOTTEN = "I no longer keep this answer. Please ask again."
NOT_AVAILABLE = "The documents behind this answer are not available here."
THANKS = "Thank you. Whoever runs me can see this."
OTHER_RULES = "This channel's documents have changed since this answer. Please ask again here."
DOES_NOT_STAND = "A document behind this answer has changed since. Please ask again."
NO_RECORDS = "I cannot use my records at the moment. Please try again in a few minutes."
CANNOT_POST = "I cannot post in this channel. Invite me to it, and then share the answer."


class Pressing:
    """Does what buttons ask for; safe to use from several threads."""

    def __init__(self, means: Means) -> None:
        """Work with these means."""
        self._means = means
        self._sharing: set[str] = set()
        self._lock = threading.Lock()

    # -- evidence --------------------------------------------------------------------------------

    def evidence(self, press: Press) -> None:
        """Show what an answer rests on to whoever pressed, in a modal."""
        self._means.privately.open(press.trigger, self._evidence(press, press.value, ""))

    def other_source(self, press: Press) -> None:
        """Show another citation in the open modal."""
        self._means.privately.change(press.view, self._evidence(press, press.answer, press.value))

    def _evidence(self, press: Press, answer: str, chosen: str) -> dict[str, Any]:
        """Return the modal with the chosen citation, or the first that may be seen here."""
        means = self._means
        scope = means.scope_of(press.channel, press.user)
        if scope is None:
            return notice_view(EVIDENCE_TITLE, means.refusal(press.channel, press.user))
        posted = self._found(answer)
        if posted is None:
            return notice_view(EVIDENCE_TITLE, FORGOTTEN)
        kept = Kept.read(posted.result)
        seen = self._in_scope(kept, scope)
        choices = tuple(
            choice
            for choice in choices_of(kept)
            if (found := citation_of(kept, choice.value)) and found[1].doc_id in seen
        )
        values = [choice.value for choice in choices]
        chosen = chosen if chosen in values else (values[0] if values else "")
        found = citation_of(kept, chosen)
        document = self._document(found[1].doc_id) if found else None
        if found is None or document is None:
            return notice_view(EVIDENCE_TITLE, NOT_AVAILABLE)
        about = {"answer": answer, "channel": press.channel, "thread": press.thread}
        return evidence_view(evidence_blocks(document, *found), choices, chosen, about)

    def _in_scope(self, kept: Kept, scope: Scope) -> frozenset[str]:
        """Return those of an answer's documents that are in a scope."""
        if scope.is_everything():
            return kept.documents
        try:
            return kept.documents & {info.id for info in self._means.desk.docs(scope)}
        except GroundwireError as error:
            _log.warning("evidence: %s", error.code)
            return frozenset()

    def _document(self, name: str) -> Document | None:
        try:
            return self._means.desk.show(name)
        except GroundwireError as error:
            _log.info("evidence: %s", error.code)
            return None

    def _found(self, answer: str) -> PostedAnswer | None:
        try:
            return self._means.answers.find(answer)
        except StoreError as error:
            _log.error("records: an answer cannot be read: %s", error.code)
            return None

    # -- was it of help --------------------------------------------------------------------------

    def feedback(self, press: Press) -> None:
        """Note whether an answer was of help; the last press counts. Where not, ask why."""
        verdict, _, answer = press.value.partition(":")
        if verdict not in {UP, DOWN} or self._means.refusal(press.channel, press.user):
            return
        noted = self._rated(answer, press.user, cast("Liking", verdict))
        _log.info("feedback verdict=%s noted=%s", verdict, noted)
        if noted and verdict == DOWN:
            about = {"channel": press.channel, "thread": press.thread}
            self._means.privately.open(press.trigger, reason_view(answer, about))
        else:
            self._whisper(press, THANKS if noted else FORGOTTEN)

    def reason(self, reason: Reason) -> None:
        """Note why an answer was of no help."""
        if reason.text:
            self._rated(reason.answer, reason.user, "down", reason.text)

    def _rated(self, answer: str, user: str, verdict: Liking, reason: str = "") -> bool:
        try:
            return self._means.answers.rate(answer, user, verdict, reason)
        except StoreError as error:
            _log.error("records: feedback cannot be kept: %s", error.code)
            return False

    def _whisper(self, press: Press, sentence: str) -> None:
        reply = Reply((Sentence(sentence),))
        self._means.privately.whisper(press.channel, press.thread, press.user, reply)

    # -- sharing ---------------------------------------------------------------------------------

    def share(self, press: Press) -> None:
        """Post the answer that only its asker saw, and take theirs away."""
        answer = press.value
        with self._lock:
            if answer in self._sharing:
                return
            self._sharing.add(answer)
        refused = self._share(press, answer)
        if refused:
            self._means.privately.tell(press.response_url, refused)
            self._sharing.discard(answer)
        else:
            self._means.privately.forget(press.response_url)

    def _share(self, press: Press, answer: str) -> str:
        """Post an answer in its channel, and return why not where it cannot be."""
        means = self._means
        scope = means.scope_of(press.channel, press.user)
        if scope is None:
            return means.refusal(press.channel, press.user)
        posted = self._found(answer)
        reply = read_back(posted.reply, Buttons(answer)) if posted else None
        if posted is None or reply is None:
            return FORGOTTEN
        if dict(posted.scope) != scope.to_dict():
            return OTHER_RULES
        name = means.messenger.name_of(press.user)
        asked = " ".join(posted.question.split())
        shared = shortened(escape_mrkdwn(f"Shared by {name} · asked: {asked}"), SOURCE_CHARACTERS)
        reply = replace(reply, footer=(*reply.footer, shared))
        return self._post_shared(press, str(posted.result.get(ENTRY, "")), reply, scope)

    def _post_shared(self, press: Press, entry: str, reply: Reply, scope: Scope) -> str:
        """Post what is shared, once it is in the ledger; return why not where it cannot be."""
        desk = self._means.desk
        where = Whereabouts(
            channel=press.channel, thread=press.thread, user=press.user, scope=scope.to_dict()
        )
        try:
            again = enter_shared(desk, entry, where) if entry else ""
            if entry and not again:
                return DOES_NOT_STAND
            place = Place("", press.channel, press.thread)
            if self._means.messenger.reply(place, reply):
                return ""
            if again:
                desk.ledger.erase(again)
        except NotFoundError:
            return FORGOTTEN
        except StoreError as error:
            _log.error("records: an answer cannot be shared: %s", error.code)
            return NO_RECORDS
        return CANNOT_POST
