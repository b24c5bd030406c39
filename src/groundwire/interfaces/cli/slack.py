"""``slack run``, ``slack serve``, ``slack manifest`` and ``slack check``."""

from __future__ import annotations

import importlib.util
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import MissingExtraError, NotFoundError
from groundwire.interfaces.render.escape import one_line

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals
    from groundwire.interfaces.slack.options import SlackOptions
    from groundwire.settings.schema import Secret

HEALTH_FILE = "slack-health.json"

slack = typer.Typer(no_args_is_help=True, help="Answer in Slack.")


@slack.command()
def run(context: typer.Context) -> None:
    """Answer mentions, threads and direct messages (Socket Mode) until a signal comes."""
    options: Globals = context.obj
    _answer(options, _options(options))


@slack.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=0, max=65_535)] = 3000,
) -> None:
    """Answer over HTTP, behind a proxy that ends TLS; needs SLACK_SIGNING_SECRET."""
    options: Globals = context.obj
    _answer(options, _options(options, listen=(host, port)))


def _answer(options: Globals, slack_options: SlackOptions) -> None:
    """Answer in Slack until a signal comes."""
    from groundwire.interfaces.slack.clients import require_slack
    from groundwire.interfaces.slack.runner import run as serve_slack
    from groundwire.records.conversations import Conversations
    from groundwire.records.database import open_database

    require_slack(slack_options)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING if options.quiet else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    options.desk.docs()
    database = open_database(options.loaded.settings.data_folder() / "groundwire.sqlite3")
    serve_slack(
        options.desk,
        Conversations(database),
        slack_options,
        on_ready=lambda who: options.streams.message(f"connected as @{who.name} in {who.team}"),
    )


@slack.command()
def manifest(
    context: typer.Context,
    http: Annotated[
        str, typer.Option(metavar="URL", help="Where Slack reaches the bot, for slack serve.")
    ] = "",
) -> None:
    """Print the app manifest to paste into Slack."""
    options: Globals = context.obj
    from groundwire.interfaces.slack.manifest import manifest_text

    options.streams.result(manifest_text(http).rstrip())


@slack.command()
def check(
    context: typer.Context,
    copy: Annotated[
        Path | None,
        typer.Option("--manifest", help="The app's manifest from Slack as a JSON file."),
    ] = None,
    *,
    http: Annotated[bool, typer.Option("--http", help="Check for slack serve.")] = False,
) -> None:
    """Check tokens, scopes, events and the socket; one line a finding."""
    options: Globals = context.obj
    from groundwire.interfaces.slack.check import check as look

    findings = look(_options(options, listen=("", 0) if http else None), _text_of(copy))
    for finding in findings:
        fix = f"; {finding.fix}" if finding.fix else ""
        line = f"{finding.status:8} {finding.check}: {finding.message}{fix}"
        options.streams.result(one_line(line))
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(1)


def _text_of(path: Path | None) -> str | None:
    """Return what a file says.

    Raises:
        NotFoundError: It cannot be read.
    """
    try:
        return None if path is None else path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise NotFoundError(f"{path}: cannot be read") from None


def _options(options: Globals, *, listen: tuple[str, int] | None = None) -> SlackOptions:
    """Return the values for the Slack door; a token that is not set is empty.

    Raises:
        MissingExtraError: The Slack packages are not installed.
    """
    if importlib.util.find_spec("slack_bolt") is None:
        raise MissingExtraError("slack", "groundwire slack")
    from groundwire.interfaces.slack.options import SlackOptions
    from groundwire.interfaces.slack.scopes import scopes_of

    settings = options.loaded.settings.slack
    return SlackOptions(
        bot_token=_revealed(settings.bot_token),
        app_token=_revealed(settings.app_token),
        signing_secret=_revealed(settings.signing_secret),
        listen=listen,
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


def _revealed(secret: Secret | None) -> str:
    """Return a secret in clear; empty if it is not set."""
    return "" if secret is None else secret.get_secret_value()
