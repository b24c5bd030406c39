"""Changing one setting of a running process, as ``/set`` does."""

from __future__ import annotations

import difflib
import json

from groundwire.domain.errors import SettingsError
from groundwire.settings.loading import LoadedSettings, fitted, is_secret
from groundwire.settings.values import known_settings, settings_of, values_of

CHANGED = "/set"


def changed_settings(loaded: LoadedSettings, key: str, value: str) -> LoadedSettings:
    """Return the settings with one value changed; those that were given stay as they are.

    Args:
        loaded: The settings so far.
        key: A dotted key; the end of one is enough where it fits no other.
        value: The value as it is typed: a word, a number, ``on`` or ``off``, ``none`` for no
            value, or JSON for a list.

    Raises:
        SettingsError: There is no such setting, the value does not fit it, or it is a secret,
            which is not typed where it is shown and remembered.
    """
    full = full_key(key)
    if is_secret(full):
        hint = "set its variable, or put it into a configuration file with mode 0600"
        raise SettingsError(f"{full}: a secret cannot be set here", hint=hint)
    values = values_of(loaded.settings)
    values[full] = fitted(full, _typed(value), CHANGED)
    return LoadedSettings(settings_of(values), {**loaded.origins, full: CHANGED})


def full_key(key: str) -> str:
    """Return the dotted key that a key or the end of one means.

    Raises:
        SettingsError: There is none, or there are several.
    """
    wanted = key.strip().lower()
    keys = list(known_settings())
    if wanted in keys:
        return wanted
    ends = [known for known in keys if known.endswith(f".{wanted}")]
    if len(ends) == 1:
        return ends[0]
    if ends:
        raise SettingsError(f"{key}: several settings end so", hint=f"say one: {', '.join(ends)}")
    names = {known.rpartition(".")[2]: known for known in reversed(keys)}
    close = difflib.get_close_matches(wanted, [*keys, *names], n=1)
    meant = names.get(close[0], close[0]) if close else ""
    hint = f"did you mean {meant}?" if meant else "see: groundwire config show"
    raise SettingsError(f"{key}: unknown setting", hint=hint)


def _typed(value: str) -> object:
    """Return a value as files have it: none, a list from its JSON, else the text."""
    text = value.strip()
    if text.lower() == "none":
        return None
    if not text.startswith("["):
        return text
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(f"not a list in JSON: {error}") from None
    return found
