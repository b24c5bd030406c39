"""Slack's rules for texts and interactive elements, from the reference of Block Kit."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

IDENTIFIER = 255
BUTTON = 75
BUTTON_VALUE = 2_000
URL = 3_000
OPTIONS = {"static_select": 100, "overflow": 5, "radio_buttons": 10, "checkboxes": 10}
OPTION = 75
OPTION_VALUE = 150
PLACEHOLDER = 150
INPUT_CHARACTERS = 3_000

FORMATTED = frozenset({"mrkdwn", "plain_text"})
PLAIN = frozenset({"plain_text"})
INPUTS = frozenset({"plain_text_input", "static_select", "radio_buttons", "checkboxes"})
PRESSED = frozenset({"button", *OPTIONS})
_STYLES = (None, "primary", "danger")


def held_errors(what: str, elements: list[Json], limit: int, kinds: frozenset[str]) -> list[str]:
    """Return what is wrong with the interactive elements of a block."""
    problems = [] if 0 < len(elements) <= limit else [f"{what} of {len(elements)} elements"]
    for element in elements:
        kind = str(element.get("type"))
        if kind not in kinds:
            problems.append(f"{what} with an element {kind}")
        elif not 0 < len(element.get("action_id", "")) <= IDENTIFIER:
            problems.append(f"element {kind} without a fitting action_id")
        else:
            problems += _element_errors(kind, element)
    return problems


def _element_errors(kind: str, element: Json) -> list[str]:
    match kind:
        case "button":
            return _button_errors("button element", element)
        case "feedback_buttons":
            halves = (element.get("positive_button"), element.get("negative_button"))
            if not all(isinstance(half, dict) and half.get("value") for half in halves):
                return ["feedback element without two buttons that have values"]
            return [p for half in halves for p in _button_errors("feedback element", half or {})]
        case "icon_button":
            return _button_errors("icon element", element)
        case "plain_text_input":
            top = element.get("max_length", INPUT_CHARACTERS)
            return [] if 0 < top <= INPUT_CHARACTERS else [f"input element of {top} characters"]
        case _:
            return _option_errors(kind, element)


def _button_errors(what: str, button: Json) -> list[str]:
    problems = text_errors(what, button.get("text"), BUTTON, PLAIN)
    if "value" in button:
        problems += length_errors(f"{what}'s value", button["value"], BUTTON_VALUE)
    if "url" in button:
        problems += length_errors(f"{what}'s url", button["url"], URL)
    if "accessibility_label" in button:
        problems += length_errors(f"{what}'s label", button["accessibility_label"], BUTTON)
    if button.get("style") not in _STYLES:
        problems.append(f"{what} in the style {button['style']}")
    return problems


def _option_errors(kind: str, element: Json) -> list[str]:
    options = element.get("options", [])
    problems = [] if 0 < len(options) <= OPTIONS[kind] else [f"{kind} element's options"]
    for option in options:
        problems += text_errors(f"{kind} element's option", option.get("text"), OPTION, FORMATTED)
        problems += length_errors(f"{kind} element's value", option.get("value", ""), OPTION_VALUE)
    if "initial_option" in element and element["initial_option"] not in options:
        problems.append(f"{kind} element begins with what is no option")
    if "placeholder" in element:
        placeholder = element["placeholder"]
        problems += text_errors(f"{kind} element's hint", placeholder, PLACEHOLDER, PLAIN)
    return problems


def text_errors(what: str, text: object, limit: int, kinds: frozenset[str]) -> list[str]:
    """Return what is wrong with a text object."""
    match text:
        case {"type": str(kind), "text": str(words)} if kind in kinds:
            return length_errors(what, words, limit)
        case _:
            return [f"{what} without a text of {' or '.join(sorted(kinds))}"]


def length_errors(what: str, text: str, limit: int) -> list[str]:
    """Return what is wrong with the length of a text, which is never empty."""
    return [] if 0 < len(text) <= limit else [f"{what} of {len(text)} characters"]
