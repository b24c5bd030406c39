"""Modals: what a sentence rests on, and what was wrong with an answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwire.interfaces.slack.escaping import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = dict[str, Any]

EVIDENCE_SOURCE = "evidence_source"
REASON_VIEW = "feedback_reason"
REASON_BLOCK = "reason"
REASON_CHARACTERS = 1_000

OPTIONS = 100
"""Options in one menu; an answer with more citations shows the first."""

_OPTION_CHARACTERS = 75


@dataclass(frozen=True, slots=True)
class Choice:
    """One citation that can be looked at.

    Attributes:
        label: What it is called in the menu.
        value: What the menu says when it is chosen.
    """

    label: str
    value: str


def evidence_view(
    blocks: Sequence[Json], choices: Sequence[Choice], chosen: str, about: Mapping[str, str]
) -> Json:
    """Return the modal that shows what one citation says, with a menu of the others.

    Args:
        blocks: The passage in its surroundings.
        choices: The citations of the answer, in order.
        chosen: The value of the one that is shown.
        about: What is needed to show another one.
    """
    menu = [_menu(choices[:OPTIONS], chosen)] if len(choices) > 1 else []
    return {**_modal("Evidence", [*menu, *blocks]), "private_metadata": json.dumps(dict(about))}


def notice_view(title: str, sentence: str) -> Json:
    """Return a modal that says one thing."""
    text = {"type": "plain_text", "text": sentence}
    return _modal(title, [{"type": "section", "text": text}])


def reason_view(answer: str, about: Mapping[str, str]) -> Json:
    """Return the modal that asks what was wrong with an answer."""
    field = {
        "type": "input",
        "block_id": REASON_BLOCK,
        "optional": True,
        "label": {"type": "plain_text", "text": "What was wrong with this answer?"},
        "element": {
            "type": "plain_text_input",
            "action_id": REASON_BLOCK,
            "multiline": True,
            "max_length": REASON_CHARACTERS,
        },
    }
    return {
        **_modal("Bad answer", [field]),
        "callback_id": REASON_VIEW,
        "submit": {"type": "plain_text", "text": "Send"},
        "private_metadata": json.dumps({"answer": answer, **about}),
    }


def _modal(title: str, blocks: Sequence[Json]) -> Json:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": list(blocks),
    }


def _menu(choices: Sequence[Choice], chosen: str) -> Json:
    options = [_option(choice) for choice in choices]
    shown = next((option for option in options if option["value"] == chosen), options[0])
    return {
        "type": "actions",
        "elements": [
            {
                "type": "static_select",
                "action_id": EVIDENCE_SOURCE,
                "options": options,
                "initial_option": shown,
            }
        ],
    }


def _option(choice: Choice) -> Json:
    text = {"type": "plain_text", "text": shortened(choice.label, _OPTION_CHARACTERS)}
    return {"text": text, "value": choice.value}
