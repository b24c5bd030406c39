"""The report on a folder as one HTML file."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from groundwire.evaluate.auto.table import fit_lines, weak_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundwire.evaluate.auto.report import Report, Score

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(report: Report) -> str:
    """Return a report as one page without scripts; everything that documents say is escaped."""
    style = files("groundwire.evaluate.html").joinpath("page.css").read_text(encoding="utf-8")
    rows = "".join(_row(score) for score in report.scores())
    return "\n".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(report.corpus)} · Groundwire eval</title>",
            f"<style>{style}</style></head><body>",
            "<header><h1>How well are these documents answered?</h1>",
            f'<p class="about"><bdi>{escape(report.corpus)}</bdi> · {escape(report.made)}</p>',
            "</header><main>",
            "<section><h2>Where these documents are weak</h2>",
            f"{_list(weak_lines(report))}</section>",
            f"<section><h2>The threshold of abstention</h2>{_list(fit_lines(report))}</section>",
            "<section><h2>Scores</h2><table><thead><tr><th>what went well</th><th>share</th>",
            f"<th>95% interval</th><th>cases</th></tr></thead><tbody>{rows}</tbody></table>",
            f"</section><section><h2>What went wrong</h2>{_mistakes(report)}</section>",
            "</main></body></html>",
        )
    )


def _row(score: Score) -> str:
    cells = ["–", "–"]
    if score.value is not None and score.interval is not None:
        cells = [f"{score.value:.3f}", f"{score.interval.low:.3f} to {score.interval.high:.3f}"]
    said = "".join(f"<td>{cell}</td>" for cell in (*cells, str(score.cases)))
    return f'<tr><th scope="row">{escape(score.meaning)}</th>{said}</tr>'


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li><bdi>{escape(line)}</bdi></li>" for line in lines) + "</ul>"


def _mistakes(report: Report) -> str:
    found = [
        f"<details><summary><bdi>{escape(str(each['asked']))}</bdi></summary>"
        f"<p>{escape(str(each['case']))}: {escape(str(each['wrong']))}</p>"
        + "".join(f"<blockquote><p>{escape(quote)}</p></blockquote>" for quote in _made_of(each))
        + "</details>"
        for each in report.mistakes()
    ]
    return "".join(found) or "<p>Nothing.</p>"


def _made_of(mistake: dict[str, object]) -> list[str]:
    quotes = mistake["made_of"]
    return [str(quote) for quote in quotes] if isinstance(quotes, list) else []
