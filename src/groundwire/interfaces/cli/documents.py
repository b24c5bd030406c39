"""``index``, ``forget``, ``docs`` and ``show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from groundwire.domain.errors import NotFoundError
from groundwire.interfaces.cli import completing
from groundwire.interfaces.cli.asking import JsonOption
from groundwire.interfaces.cli.scoping import (
    AsOfOption,
    SinceOption,
    SourceOption,
    UntilOption,
    filters,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundwire.domain.documents import Document
    from groundwire.domain.families import Family
    from groundwire.domain.reports import SyncReport
    from groundwire.domain.spans import Span
    from groundwire.interfaces.cli.globals import Globals

FamiliesOption = Annotated[
    bool, typer.Option("--families", help="List reports with the documents that copy them.")
]
PathsArgument = Annotated[list[str] | None, typer.Argument(help="Files and folders.")]
WatchOption = Annotated[
    bool, typer.Option("--watch", help="Go on, and follow the files as they change.")
]
RebuildOption = Annotated[
    bool, typer.Option("--rebuild", help="Build a new index beside the old one.")
]


def index(
    context: typer.Context,
    paths: PathsArgument = None,
    *,
    watch: WatchOption = False,
    rebuild: RebuildOption = False,
    json: JsonOption = False,
) -> None:
    """Bring the index up to date with files and folders; without a path, those from before."""
    options: Globals = context.obj
    if watch:
        from groundwire.interfaces.cli.watching import watch as follow

        follow(options, paths or None, rebuild=rebuild, json=json)
        return
    with options.streams.progress() as tell:
        report = options.desk.sync(paths or None, rebuild=rebuild, on_progress=tell)
    _report(options, report, json=json)


def forget(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="What was given to index before.")],
    *,
    json: JsonOption = False,
) -> None:
    """Take files and folders out of the index. The files themselves stay."""
    options: Globals = context.obj
    _report(options, options.desk.forget(paths), json=json)


def docs(  # noqa: PLR0913 -- one parameter an option
    context: typer.Context,
    glob: Annotated[
        str | None,
        typer.Argument(help="Only paths that match.", autocompletion=completing.documents),
    ] = None,
    *,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    families: FamiliesOption = False,
    json: JsonOption = False,
) -> None:
    """List the indexed documents: date, id, path, title, outlet."""
    options: Globals = context.obj
    scope = filters({**context.params, "scope": [glob] if glob else None})
    documents = options.desk.docs(scope)
    if families:
        _list_families(options, options.desk.families(scope), len(documents), json=json)
        return
    if json:
        options.streams.json({"schema": 1, "documents": [info.to_dict() for info in documents]})
        return
    from groundwire.interfaces.render.markdown import listing

    if documents:
        options.streams.result(listing(documents))
    options.streams.message(f"{len(documents)} documents")


def _list_families(
    options: Globals, families: Sequence[Family], documents: int, *, json: bool
) -> None:
    if json:
        listed = [family.to_dict() for family in families]
        members = sum(len(family.members) for family in families)
        alone = documents - members
        options.streams.json({"schema": 1, "families": listed, "alone": alone})
        return
    from groundwire.interfaces.render.families import families_count, families_listing

    if families:
        options.streams.result(families_listing(families))
    options.streams.message(families_count(families, documents))


def show(
    context: typer.Context,
    document: Annotated[
        str,
        typer.Argument(help="Id, path, title or glob.", autocompletion=completing.documents),
    ],
    paragraph: Annotated[
        str | None,
        typer.Argument(
            metavar="LOCATOR",
            help="A paragraph, such as 4 or '¶ 4', or a page or row, such as 'p. 3' or 'row 12'.",
        ),
    ] = None,
    *,
    json: JsonOption = False,
) -> None:
    """Print a document's text of record, or one paragraph, page or row of it."""
    options: Globals = context.obj
    found = options.desk.show(document)
    place = _paragraph(found, paragraph) if paragraph is not None else None
    if json:
        options.streams.json({"schema": 1, **_document_dict(found, place)})
        return
    from groundwire.interfaces.render.escape import printable

    options.streams.result(printable(place.of(found.text) if place else found.text))


def _paragraph(document: Document, locator: str) -> Span:
    from groundwire.text.paragraphs import paragraphs

    body = [
        span
        for span in paragraphs(document.text)
        if not any(heading.contains(span) for heading in document.headings)
    ]
    digits = locator.rpartition("¶")[2].strip()
    if digits.isdecimal() and 1 <= int(digits) <= len(body):
        return body[int(digits) - 1]
    wanted = locator.casefold().replace(" ", "")
    for place in document.locators:
        if place.label.casefold().replace(" ", "") == wanted:
            return place.span
    hint = f"its paragraphs are 1 to {len(body)}"
    if document.locators:
        first, last = document.locators[0].label, document.locators[-1].label
        hint += f", its places {first} to {last}"
    raise NotFoundError(f"{document.path} has no place {locator!r}", hint=hint)


def _document_dict(document: Document, place: Span | None) -> dict[str, object]:
    return {
        "doc_id": document.id,
        "path": document.path,
        "title": document.title,
        "source": document.source,
        "author": document.author,
        "published": document.published.isoformat() if document.published else None,
        "language": document.language,
        "text": document.text,
        "paragraph": {"start": place.start, "end": place.end} if place else None,
    }


def _report(options: Globals, report: SyncReport, *, json: bool) -> None:
    for failure in report.failures:
        options.streams.message(f"skipped {failure.path}: {failure.reason}")
    moved = f"{len(report.moved)} moved, " if report.moved else ""
    if json:
        options.streams.json(report.to_dict())
    else:
        options.streams.message(
            f"{report.documents} documents: {len(report.added)} added, "
            f"{len(report.changed)} changed, {moved}{len(report.removed)} removed, "
            f"{len(report.unchanged)} unchanged, {len(report.failures)} skipped"
        )
    if report.recalled:
        from groundwire.interfaces.render.recalls import told_words

        options.streams.message(told_words(report.recalled, "; run: groundwire recalls"))
    if report.cancelled:
        raise typer.Exit(130)
