"""Have real programs write the sample articles in every format.

LibreOffice, pandoc, mutt, sqlite3, jq, zip and Hugo have to be installed. They run in a folder of
their own, with a home of their own, and reach no network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

PROGRAMS = ("pandoc", "soffice", "mutt", "sqlite3", "jq", "zip", "hugo", "pdftotext")
"""What has to be installed."""

_TIMEOUT_S = 600
_BY_PANDOC = ("docx", "odt", "rtf", "epub", "html")
_BY_LIBREOFFICE = {"odt": "docx", "docx": "odt", "rtf": "docx", "epub": "docx", "pdf": "odt"}
"""What LibreOffice writes, and of which of pandoc's files."""


@dataclass(frozen=True, slots=True)
class Article:
    """A sample article.

    Attributes:
        name: Name of its file without the day and the suffix.
        title: Headline.
        author: By-line.
        source: Outlet.
        published: Day of publication.
        text: Its text in Markdown, without front matter.
    """

    name: str
    title: str
    author: str
    source: str
    published: date
    text: str


def articles(corpus: Path) -> tuple[Article, ...]:
    """Return the sample articles, by name."""
    return tuple(sorted(_articles(corpus), key=lambda article: article.name))


def make(corpus: Path, folder: Path) -> None:
    """Fill a folder with files; one that exists is emptied first.

    Raises:
        subprocess.CalledProcessError: A program failed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    work = folder / ".work"
    work.mkdir(parents=True)
    known = articles(corpus)
    _documents(known, work, folder)
    _mail(known, work, folder)
    _tables(known, work, folder)
    _feed(known, work, folder)
    for made in (work, *folder.rglob(".home")):
        shutil.rmtree(made, ignore_errors=True)


def _articles(corpus: Path) -> Iterator[Article]:
    for path in corpus.glob("*/*.md"):
        _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
        said = yaml.safe_load(front)
        yield Article(
            name=path.stem[len("2019-01-01-") :],
            title=said["title"],
            author=said.get("author", ""),
            source=said["source"],
            published=said["published"],
            text=text.strip(),
        )


def _documents(known: Sequence[Article], work: Path, folder: Path) -> None:
    """Write each article with pandoc, and those files again with LibreOffice."""
    pandoc, office = folder / "pandoc", folder / "libreoffice"
    pandoc.mkdir()
    office.mkdir()
    for article in known:
        source = work / f"{article.name}.md"
        said = {"title": article.title, "author": article.author, "lang": "en"}
        said["date"] = article.published.isoformat()
        front = yaml.safe_dump(said, allow_unicode=True)
        source.write_text(f"---\n{front}---\n\n{article.text}\n", encoding="utf-8")
        for suffix in _BY_PANDOC:
            target = pandoc / f"{article.name}.{suffix}"
            run(work, "pandoc", "-s", "-f", "markdown", source, "-o", target)
    for suffix, made_of in _BY_LIBREOFFICE.items():
        made = [pandoc / f"{article.name}.{made_of}" for article in known]
        run(work, "soffice", "--headless", "--convert-to", suffix, "--outdir", office, *made)
    long = work / "everything.md"
    long.write_text("\n\n".join(article.text for article in known), encoding="utf-8")
    run(work, "pandoc", long, "-o", work / "everything.odt")
    run(
        work,
        "soffice",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        office,
        work / "everything.odt",
    )


def _mail(known: Sequence[Article], work: Path, folder: Path) -> None:
    """Have mutt send the articles into a mailbox, and export them from there one by one."""
    mail = folder / "mutt"
    mail.mkdir()
    box = mail / "desk.mbox"
    box.touch()
    for article in known:
        body = work / f"{article.name}.txt"
        body.write_text(article.text + "\n", encoding="utf-8")
        settings = (
            "set copy=yes",
            f'set record="{box}"',
            'set sendmail="/bin/true"',
            'set realname="Ada Fenn"',
            "set from=ada@harbour.example",
            "set mbox_type=mbox",
            "set charset=utf-8",
        )
        given = [part for setting in settings for part in ("-e", setting)]
        with body.open() as stream:
            run(
                work,
                *("mutt", "-n", "-F", "/dev/null", *given),
                *("-s", article.title, "--", "desk@harbour.example"),
                stdin=stream,
            )
    _export(box, work, mail)


def _export(box: Path, work: Path, mail: Path) -> None:
    """Write each message of a mailbox into a file, as a mail program stores it in a Maildir."""
    out = work / "maildir"
    keys = f"<tag-pattern>~A<enter><copy-message><kill-line>{out}<enter>"
    settings = (
        "set mbox_type=Maildir",
        "set confirmcreate=no",
        "set confirmappend=no",
        "set auto_tag=yes",
        "set wait_key=no",
        "set quit=yes",
        f"push {keys}<untag-pattern>~A<enter><quit>",
    )
    given = [part for setting in settings for part in ("-e", setting)]
    for name in ("cur", "new", "tmp"):
        (out / name).mkdir(parents=True)
    run(work, "mutt", "-n", "-F", "/dev/null", *given, "-R", "-f", box, terminal=True)
    for number, message in enumerate(sorted(out.glob("*/*")), 1):
        shutil.copy(message, mail / f"{number:03}.eml")


def _tables(known: Sequence[Article], work: Path, folder: Path) -> None:
    """Write the articles as rows: with sqlite3, with jq, and with LibreOffice's spreadsheet."""
    tables = folder / "tables"
    tables.mkdir()
    database = work / "articles.sqlite3"
    columns = "id, headline, byline, outlet, published, body"
    rows = ", ".join(
        "(" + ", ".join(_quoted(part) for part in row) + ")"
        for row in (
            (each.name, each.title, each.author, each.source, str(each.published), each.text)
            for each in known
        )
    )
    (work / "fill.sql").write_text(
        f"CREATE TABLE articles ({columns}); INSERT INTO articles VALUES {rows};"  # noqa: S608 -- own articles
    )
    run(work, "sqlite3", database, f".read {work / 'fill.sql'}")
    select = f"SELECT {columns} FROM articles"  # noqa: S608 -- constants
    # Its tab-separated form knows no quotes, so no line may end inside a field.
    flat = select.replace("body", "replace(body, char(10), ' ') AS body")
    for mode, name in (("csv", "sqlite.csv"), ("tabs", "sqlite.tsv"), ("json", "sqlite.json")):
        query = flat if mode == "tabs" else select
        said = run(work, "sqlite3", "-header", f"-{mode}", database, query)
        (tables / name).write_bytes(said)
    lines = run(work, "jq", "-c", ".[]", tables / "sqlite.json")
    (tables / "jq.jsonl").write_bytes(lines)
    for suffix in ("ods", "csv"):
        made = tables / "sqlite.csv" if suffix == "ods" else work / "sqlite.ods"
        out = work if suffix == "ods" else work / "office"
        run(work, "soffice", "--headless", "--convert-to", suffix, "--outdir", out, made)
    shutil.copy(work / "office" / "sqlite.csv", tables / "libreoffice.csv")
    run(folder, "zip", "-q", "-r", folder / "pandoc.zip", "pandoc", "-i", "*.html")


def _feed(known: Sequence[Article], work: Path, folder: Path) -> None:
    """Have Hugo build a site of the articles, and keep its feed and its pages."""
    site = work / "site"
    posts = site / "content" / "posts"
    posts.mkdir(parents=True)
    (site / "hugo.toml").write_text(
        'baseURL = "https://harbour.example/"\ntitle = "Harbour Wire"\nlanguageCode = "en"\n'
    )
    (site / "config.toml").write_text((site / "hugo.toml").read_text())
    for article in known:
        said = {"title": article.title, "date": article.published.isoformat()}
        front = yaml.safe_dump(said, allow_unicode=True)
        (posts / f"{article.name}.md").write_text(f"---\n{front}---\n\n{article.text}\n")
    layouts = site / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(
        "<html lang=en><head><title>{{ .Title }}</title>"
        '<meta property="article:published_time" content="{{ .Date }}">'
        "</head><body><article><h1>{{ .Title }}</h1>{{ .Content }}</article></body></html>"
    )
    (layouts / "list.html").write_text("<html><body>{{ .Title }}</body></html>")
    run(site, "hugo", "--quiet")
    pages = folder / "hugo"
    pages.mkdir()
    shutil.copy(site / "public" / "posts" / "index.xml", pages / "posts.rss")
    for article in known:
        built = site / "public" / "posts" / article.name / "index.html"
        shutil.copy(built, pages / f"{article.name}.html")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def run(
    folder: Path, *command: object, stdin: object = subprocess.DEVNULL, terminal: bool = False
) -> bytes:
    """Run a program in a folder and return what it prints.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    home = next((each for each in folder.parents if each.name == ".work"), folder) / ".home"
    home.mkdir(exist_ok=True)
    given = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "TERM": "xterm"}
    words = [str(each) for each in command]
    if terminal:
        words = ["script", "-qec", " ".join(_shell(word) for word in words), "/dev/null"]
    done = subprocess.run(  # noqa: S603 -- programs of this list
        words,
        cwd=folder,
        env=given,
        stdin=stdin,  # type: ignore[call-overload]  # a file or DEVNULL
        capture_output=True,
        check=True,
        timeout=_TIMEOUT_S,
    )
    return bytes(done.stdout)


def _shell(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
