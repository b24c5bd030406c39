"""The rules for app manifests, from Slack's schema and its notes on agents."""

from __future__ import annotations

import re
from typing import Any

from tests.slack.slack_rules import EVENT_SCOPES

Json = dict[str, Any]

_LENGTHS = {
    ("display_information", "name"): (1, 35),
    ("display_information", "description"): (1, 140),
    ("display_information", "long_description"): (175, 4_000),
    ("features", "bot_user", "display_name"): (1, 80),
    ("features", "agent_view", "agent_description"): (1, 300),
}
_FIELDS = {
    (): "display_information features oauth_config settings",
    ("display_information",): "name description long_description background_color",
    ("features",): "app_home bot_user agent_view shortcuts slash_commands",
    (
        "features",
        "app_home",
    ): "home_tab_enabled messages_tab_enabled messages_tab_read_only_enabled",
    ("features", "bot_user"): "display_name always_online",
    ("features", "agent_view"): "agent_description suggested_prompts",
    ("oauth_config",): "scopes",
    ("oauth_config", "scopes"): "bot",
    ("settings",): "event_subscriptions interactivity org_deploy_enabled socket_mode_enabled "
    "token_rotation_enabled",
    ("settings", "event_subscriptions"): "bot_events request_url",
    ("settings", "interactivity"): "is_enabled request_url",
}
_LISTED: dict[str, tuple[int, dict[str, tuple[int, int]]]] = {
    "shortcuts": (
        10,
        {"name": (1, 24), "type": (6, 7), "callback_id": (1, 255), "description": (1, 150)},
    ),
    "slash_commands": (
        50,
        {
            "command": (2, 32),
            "description": (1, 2_000),
            "usage_hint": (1, 1_000),
            "url": (8, 3_000),
        },
    ),
}
_PROMPTS = 4


def manifest_errors(manifest: Json) -> list[str]:
    """Return everything that Slack would refuse, or that would not work, in a manifest."""
    return [
        *_field_errors(manifest),
        *_length_errors(manifest),
        *_listed_errors(manifest["features"]),
        *_agreement_errors(manifest),
    ]


def inside(value: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401  any part of a manifest
    """Return what lies at a path."""
    for key in path:
        value = value[key]
    return value


def _field_errors(manifest: Json) -> list[str]:
    return [
        f"unknown field {'.'.join((*path, name))}"
        for path, names in _FIELDS.items()
        for name in inside(manifest, path).keys() - set(names.split())
    ]


def _length_errors(manifest: Json) -> list[str]:
    return [
        f"{'.'.join(path)} of {len(inside(manifest, path))} characters"
        for path, (least, most) in _LENGTHS.items()
        if not least <= len(inside(manifest, path)) <= most
    ]


def _listed_errors(features: Json) -> list[str]:
    problems = []
    for what, (count, fields) in _LISTED.items():
        if not 0 < len(features[what]) <= count:
            problems.append(f"{len(features[what])} {what}")
        for each in features[what]:
            texts = {name: text for name, text in each.items() if isinstance(text, str)}
            problems += [f"{what}: unknown field {name}" for name in texts.keys() - fields.keys()]
            problems += [
                f"{what}: {name} of {len(text)} characters"
                for name, text in texts.items()
                if name in fields and not fields[name][0] <= len(text) <= fields[name][1]
            ]
    prompts = features["agent_view"]["suggested_prompts"]
    if not 0 < len(prompts) <= _PROMPTS or any(p.keys() != {"title", "message"} for p in prompts):
        problems.append("suggested prompts")
    return problems


def _agreement_errors(manifest: Json) -> list[str]:
    """Return where one part of a manifest needs what another lacks."""
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    settings, features = manifest["settings"], manifest["features"]
    events = settings["event_subscriptions"]["bot_events"]
    needed = {EVENT_SCOPES[event]: event for event in events if EVENT_SCOPES[event]}
    needed |= {"commands": "slash commands and shortcuts", "assistant:write": "an agent"}
    problems = [f"{why} without {scope}" for scope, why in needed.items() if scope not in scopes]
    urls = [
        settings["event_subscriptions"].get("request_url"),
        settings["interactivity"].get("request_url"),
        *(command.get("url") for command in features["slash_commands"]),
    ]
    for url in urls:
        if settings["socket_mode_enabled"] != (url is None):
            problems.append(f"Socket Mode and the address {url}")
        elif url is not None and not re.fullmatch(r"https://[^/?#]+/[^?#]+", url):
            problems.append(f"the address {url}")
    home = features["app_home"]
    if not home["messages_tab_enabled"] or home["messages_tab_read_only_enabled"]:
        problems.append("nobody can write to the agent")
    if not settings["interactivity"]["is_enabled"]:
        problems.append("shortcuts without interactivity")
    return problems
