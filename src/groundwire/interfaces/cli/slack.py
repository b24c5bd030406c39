"""``slack run``, ``slack manifest`` and ``slack check``."""

from __future__ import annotations

import importlib.util
import logging
import sys
from typing import TYPE_CHECKING

import typer

from groundwire.domain.errors import MissingExtraError, SettingsError
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals
    from groundwire.interfaces.slack.options import SlackOptions

HEALTH_FILE = "slack-health.json"

slack = typer.Typer(no_args_is_help=True, help="Answer in Slack.")


@slack.command()
def run(context: typer.Context) -> None:
    """Answer mentions, threads and direct messages (Socket Mode) until a signal comes."""
    options: Globals = context.obj
    slack_options = _options(options)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING if options.quiet else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    from groundwire.interfaces.slack.runner import run as serve
    from groundwire.records.conversations import Conversations
    from groundwire.records.database import open_database

    options.desk.docs()
    database = open_database(options.loaded.settings.data_folder() / "groundwire.sqlite3")
    serve(
        options.desk,
        Conversations(database),
        slack_options,
        on_ready=lambda who: options.streams.message(f"connected as {who}"),
    )


@slack.command()
def manifest(context: typer.Context) -> None:
    """Print the app manifest to paste into Slack."""
    options: Globals = context.obj
    from groundwire.interfaces.slack.manifest import manifest_text

    options.streams.result(manifest_text().rstrip())


@slack.command()
def check(context: typer.Context) -> None:
    """Check tokens, scopes and the socket; one line a finding."""
    options: Globals = context.obj
    slack_options = _options(options)
    from groundwire.interfaces.slack.check import check as look

    findings = look(slack_options)
    for finding in findings:
        fix = f"; {finding.fix}" if finding.fix else ""
        line = f"{finding.status:8} {finding.check}: {finding.message}{fix}"
        options.streams.result(one_line(line))
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(1)


def _options(options: Globals) -> SlackOptions:
    """Return the values for the Slack door.

    Raises:
        MissingExtraError: The Slack packages are not installed.
        SettingsError: A token is missing.
    """
    if importlib.util.find_spec("slack_bolt") is None:
        raise MissingExtraError("slack", "groundwire slack")
    from groundwire.interfaces.slack.options import SlackOptions
    from groundwire.interfaces.slack.scopes import scopes_of

    settings = options.loaded.settings.slack
    if settings.bot_token is None or settings.app_token is None:
        missing = "SLACK_BOT_TOKEN" if settings.bot_token is None else "SLACK_APP_TOKEN"
        raise SettingsError(f"{missing} is not set", hint="see README, “Slack”")
    return SlackOptions(
        bot_token=settings.bot_token.get_secret_value(),
        app_token=settings.app_token.get_secret_value(),
        api_url=settings.api_url,
        scopes=scopes_of(
            settings.channels,
            direct=settings.direct,
            default=settings.default,
            users=settings.users,
        ),
        per_minute=settings.per_minute,
        reply_mode=settings.reply_mode,
        workers=settings.workers,
        queue=settings.queue,
        remember_days=settings.remember_days,
        log_content=settings.log_content,
        health=settings.health or options.loaded.settings.data_folder() / HEALTH_FILE,
    )
