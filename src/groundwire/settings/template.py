"""A configuration file to start with."""

from __future__ import annotations

import json

from groundwire.settings.values import known_settings


def template() -> str:
    """Return a configuration file in which every setting stands, commented out."""
    lines = ["# Groundwire: every setting with its default. Remove the # of what you change."]
    table = ""
    for setting in known_settings().values():
        section, _, name = setting.key.rpartition(".")
        if section != table:
            table = section
            lines += ["", f"[{section}]"]
        value = json.dumps("" if setting.default is None else setting.default)
        choices = f" One of: {', '.join(setting.choices)}." if setting.choices else ""
        lines += ["", f"# {setting.meaning}{choices}", f"# {name} = {value}"]
    return "\n".join([*lines, ""])
