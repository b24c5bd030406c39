"""The buttons under an answer. Each carries the id that the answer is kept under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Json = dict[str, Any]

EVIDENCE = "evidence"
SHARE = "share_answer"
FEEDBACK = "feedback"
UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class Buttons:
    """What people can do with an answer.

    Attributes:
        answer: The id that it is kept under.
        share: Whether it can be shared in the channel: only who asked sees it so far.
        feedback: Whether people are asked if it helped.
    """

    answer: str
    share: bool = False
    feedback: bool = True


def button_blocks(buttons: Buttons) -> list[Json]:
    """Return the blocks under an answer: what rests on what, share, was it of help."""
    pressed = [_button(EVIDENCE, "Evidence", buttons.answer)]
    if buttons.share:
        pressed.append(_button(SHARE, "Share in channel", buttons.answer))
    blocks: list[Json] = [{"type": "actions", "elements": pressed}]
    if buttons.feedback:
        blocks.append({"type": "context_actions", "elements": [_feedback(buttons.answer)]})
    return blocks


def _button(action: str, label: str, value: str) -> Json:
    return {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": label},
        "value": value,
    }


def _feedback(answer: str) -> Json:
    return {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": {
            "text": {"type": "plain_text", "text": "Good answer"},
            "accessibility_label": "This answer helped",
            "value": f"{UP}:{answer}",
        },
        "negative_button": {
            "text": {"type": "plain_text", "text": "Bad answer"},
            "accessibility_label": "This answer did not help",
            "value": f"{DOWN}:{answer}",
        },
    }
