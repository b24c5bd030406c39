"""Slack's rules for blocks, from the reference of Block Kit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.slack.element_rules import (
    FORMATTED,
    IDENTIFIER,
    INPUTS,
    PLAIN,
    PRESSED,
    held_errors,
    length_errors,
    text_errors,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Json = dict[str, Any]

SHOWN_IN_MODALS = frozenset(
    {"actions", "context", "divider", "header", "input", "rich_text", "section"}
)
SHOWN_IN_MESSAGES = SHOWN_IN_MODALS | {"context_actions", "markdown", "table"}

SECTION = 3_000
FIELDS = 10
FIELD = 2_000
HEADER = 150
CONTEXT_ELEMENTS = 10
CONTEXT_ACTIONS = 5
ACTIONS = 25
MARKDOWN_BLOCK = 12_000
TEXT_OBJECT = 3_000
LABEL = 2_000
ROWS, COLUMNS = 100, 20


def texts_of(value: object) -> list[str]:
    """Return every text inside a block or view, outermost first."""
    if isinstance(value, list):
        return [text for part in value for text in texts_of(part)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) else []
    return own + [text for part in value.values() for text in texts_of(part)]


def marked_texts(value: object) -> list[str]:
    """Return the texts in which Slack looks for mentions and links."""
    if isinstance(value, list):
        return [text for part in value for text in marked_texts(part)]
    if not isinstance(value, dict) or value.get("type") in {"rich_text", "plain_text"}:
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) else []
    return own + [text for part in value.values() for text in marked_texts(part)]


def elements_of(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each interactive element with its block."""
    for block in blocks:
        held = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        yield from ((block, one) for one in held if isinstance(one, dict) and "action_id" in one)


def block_errors(blocks: Iterable[Json], shown: frozenset[str]) -> list[str]:
    """Return what is wrong with blocks that are shown where only ``shown`` kinds are."""
    blocks = list(blocks)
    problems = [problem for block in blocks for problem in _block_errors(block, shown)]
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    problems += ["a block_id is repeated"] if len(set(ids)) < len(ids) else []
    problems += [f"block_id of {len(i)} characters" for i in ids if not 0 < len(i) <= IDENTIFIER]
    for block in blocks:
        actions = [element["action_id"] for _, element in elements_of([block])]
        problems += ["an action_id is repeated in a block"] * (len(set(actions)) < len(actions))
    return problems


def _block_errors(block: Json, shown: frozenset[str]) -> list[str]:
    kind = block.get("type")
    if kind not in shown:
        return [f"a block of this type is not shown here: {kind}"]
    return _RULES[kind](block)


def _markdown_errors(block: Json) -> list[str]:
    return length_errors("markdown block", block.get("text", ""), MARKDOWN_BLOCK)


def _section_errors(block: Json) -> list[str]:
    problems = []
    fields = block.get("fields", [])
    if "text" in block:
        problems += text_errors("section block", block["text"], SECTION, FORMATTED)
    elif not fields:
        problems.append("section block without text")
    if len(fields) > FIELDS:
        problems.append(f"section block of {len(fields)} fields")
    for field in fields:
        problems += text_errors("section block's field", field, FIELD, FORMATTED)
    if "accessory" in block:
        problems += held_errors("section block", [block["accessory"]], 1, PRESSED)
    return problems


def _header_errors(block: Json) -> list[str]:
    return text_errors("header block", block.get("text"), HEADER, PLAIN)


def _context_errors(block: Json) -> list[str]:
    elements = block.get("elements", [])
    problems = [] if 0 < len(elements) <= CONTEXT_ELEMENTS else ["context elements"]
    for element in elements:
        problems += text_errors("context element", element, TEXT_OBJECT, FORMATTED)
    return problems


def _actions_errors(block: Json) -> list[str]:
    return held_errors("actions block", block.get("elements", []), ACTIONS, PRESSED)


def _context_actions_errors(block: Json) -> list[str]:
    kinds = frozenset({"feedback_buttons", "icon_button"})
    elements = block.get("elements", [])
    return held_errors("context_actions block", elements, CONTEXT_ACTIONS, kinds)


def _input_errors(block: Json) -> list[str]:
    problems = text_errors("input block's label", block.get("label"), LABEL, PLAIN)
    return problems + held_errors("input block", [block.get("element", {})], 1, INPUTS)


def _table_errors(block: Json) -> list[str]:
    rows = block.get("rows", [])
    fits = 0 < len(rows) <= ROWS and all(0 < len(row) <= COLUMNS for row in rows)
    return [] if fits else ["table block too large"]


def _rich_text_errors(block: Json) -> list[str]:
    return [] if block.get("elements") else ["rich_text block without elements"]


def _divider_errors(_: Json) -> list[str]:
    return []


_RULES: dict[str, Callable[[Json], list[str]]] = {
    "actions": _actions_errors,
    "context": _context_errors,
    "context_actions": _context_actions_errors,
    "divider": _divider_errors,
    "header": _header_errors,
    "input": _input_errors,
    "markdown": _markdown_errors,
    "rich_text": _rich_text_errors,
    "section": _section_errors,
    "table": _table_errors,
}
