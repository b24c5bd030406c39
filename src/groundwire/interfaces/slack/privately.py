"""What one person alone sees: ephemeral messages, answers to commands, modals."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from groundwire.interfaces.slack.clients import error_code, library_log
from groundwire.interfaces.slack.escaping import escape_mrkdwn
from groundwire.interfaces.slack.failures import fate_of
from groundwire.interfaces.slack.outgoing import Message, messages

if TYPE_CHECKING:
    from typing import Any

    from slack_sdk import WebClient

    from groundwire.interfaces.slack.failures import Fate
    from groundwire.interfaces.slack.outgoing import Reply

_log = logging.getLogger("groundwire.slack")

RESPONSES = 5
"""How often a ``response_url`` may be used."""

REST = "The rest is too long to be shown here. Ask me in a direct message to see all of it."


class Privately:
    """Shows things to one person. It raises nothing: what cannot be shown is logged."""

    def __init__(self, client: WebClient) -> None:
        """Show things through a client that tries hard."""
        self._client = client

    def answer(self, response_url: str, reply: Reply) -> bool:
        """Answer a command with a whole reply, in at most ``RESPONSES`` messages.

        Returns:
            Whether all of it was shown.
        """
        laid_out = messages(reply)
        if len(laid_out) > RESPONSES:
            laid_out = (*laid_out[: RESPONSES - 1], Message(REST))
        return all(self._respond(response_url, _payload(each)) for each in laid_out)

    def tell(self, response_url: str, sentence: str) -> bool:
        """Answer a command with one plain sentence."""
        return self._respond(response_url, {"text": escape_mrkdwn(sentence)})

    def forget(self, response_url: str) -> bool:
        """Delete the message whose button was pressed."""
        return self._respond(response_url, {"delete_original": True})

    def whisper(self, channel: str, thread: str, user: str, reply: Reply) -> bool:
        """Show a whole reply to one person in a thread; in the channel where there is none.

        Returns:
            Whether all of it was shown.
        """
        return self.notice(channel, thread, user, reply) == "posted"

    def notice(self, channel: str, thread: str, user: str, reply: Reply) -> Fate:
        """Show a whole reply to one person, as ``whisper``, and return what became of it."""
        from slack_sdk.errors import SlackClientError

        try:
            for message in messages(reply):
                self._client.chat_postEphemeral(
                    channel=channel,
                    user=user,
                    thread_ts=thread or None,
                    text=message.text,
                    blocks=list(message.blocks) or None,
                )
        except (SlackClientError, OSError) as error:
            _log.error("cannot whisper in channel=%s: %s", channel, error_code(error))
            return fate_of(error)
        return "posted"

    def open(self, trigger: str, view: dict[str, Any]) -> bool:
        """Open a modal for whoever just pressed or chose something."""
        from slack_sdk.errors import SlackClientError

        try:
            self._client.views_open(trigger_id=trigger, view=view)
        except (SlackClientError, OSError) as error:
            _log.error("cannot open a modal: %s", error_code(error))
            return False
        return True

    def change(self, view_id: str, view: dict[str, Any]) -> bool:
        """Show something else in an open modal."""
        from slack_sdk.errors import SlackClientError

        try:
            self._client.views_update(view_id=view_id, view=view)
        except (SlackClientError, OSError) as error:
            _log.error("cannot change a modal: %s", error_code(error))
            return False
        return True

    def _respond(self, response_url: str, payload: dict[str, Any]) -> bool:
        """Use a ``response_url`` once."""
        from slack_sdk.webhook import WebhookClient

        webhook = WebhookClient(
            response_url,
            timeout=self._client.timeout,
            proxy=self._client.proxy,
            retry_handlers=list(self._client.retry_handlers),
            logger=library_log(),
        )
        try:
            response = webhook.send_dict(payload)
        except OSError as error:
            _log.error("cannot answer a command: %s", error_code(error))
            return False
        if response.status_code != 200:  # noqa: PLR2004  HTTP's own number
            _log.error("cannot answer a command: status %d", response.status_code)
            return False
        return True


def _payload(message: Message) -> dict[str, Any]:
    payload: dict[str, Any] = {"response_type": "ephemeral", "text": message.text}
    if message.blocks:
        payload["blocks"] = list(message.blocks)
    return payload
