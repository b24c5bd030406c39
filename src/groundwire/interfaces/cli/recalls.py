"""``recalls`` and ``verify``: old answers, held against the documents of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import UsageError
from groundwire.domain.ledger import Anchor
from groundwire.interfaces.cli.asking import JsonOption

if TYPE_CHECKING:
    from groundwire.interfaces.cli.globals import Globals

DOES_NOT_STAND = 1
_HASH_DIGITS = 64

AnchorOption = Annotated[
    str | None,
    typer.Option(
        "--anchor", metavar="SEQ:LINK", help="What `ledger anchor` printed, kept elsewhere."
    ),
]


def recalls(
    context: typer.Context,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those whose quotes all stand again.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """List earlier answers that stood on what was changed or removed since."""
    options: Globals = context.obj
    found = options.desk.recalls(healed=everything)
    if json:
        options.streams.json({"schema": 1, "recalls": [each.to_dict() for each in found]})
    else:
        from groundwire.interfaces.render.recalls import count_words, recall_lines

        if found:
            options.streams.lines(recall_lines(found))
        options.streams.message(count_words(found))
    options.desk.told([each.id for each in found if each.healed is None], "cli")


def verify(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of an answer, or its beginning.")],
    *,
    anchor: AnchorOption = None,
    json: JsonOption = False,
) -> None:
    """Check an old answer today; exit with 1 if it does not stand as it was given."""
    options: Globals = context.obj
    found = options.desk.verify(name, anchor_of(anchor))
    if json:
        options.streams.json(found.to_dict())
    else:
        from groundwire.interfaces.render.recalls import verification_lines

        options.streams.lines(verification_lines(found))
    if not found.stands:
        raise typer.Exit(DOES_NOT_STAND)


def anchor_of(text: str | None) -> Anchor | None:
    """Return the anchor that was typed.

    Raises:
        UsageError: It is none.
    """
    if text is None:
        return None
    seq, _, link = text.strip().partition(":")
    digits = link.lower()
    right = seq.isascii() and seq.isdecimal() and len(digits) == _HASH_DIGITS
    if not right or not set(digits) <= set("0123456789abcdef"):
        hint = "as groundwire ledger anchor prints it: SEQ:LINK"
        raise UsageError(f"--anchor: {text!r} is no anchor", hint=hint)
    return Anchor(int(seq), digits)
