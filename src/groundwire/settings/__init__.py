"""The only reader of configuration files and of the environment.

Precedence, first wins: command line, ``GROUNDWIRE_*`` variables and those of Slack, OpenAI and
Anthropic, the ``groundwire.toml`` beside the documents, the user's ``config.toml``, the defaults.
Nothing under :mod:`groundwire.desk` sees a ``Settings``: constructors get plain values.
"""

from groundwire.settings.changing import changed_settings, full_key
from groundwire.settings.loading import (
    LoadedSettings,
    Source,
    is_secret,
    load_settings,
    sources,
    user_config_path,
    user_state_path,
)
from groundwire.settings.portable import portable_config
from groundwire.settings.schema import DEFAULT_ENCODER, Secret, Settings
from groundwire.settings.template import template
from groundwire.settings.values import Setting, known_settings, settings_of, values_of

__all__ = [
    "DEFAULT_ENCODER",
    "LoadedSettings",
    "Secret",
    "Setting",
    "Settings",
    "Source",
    "changed_settings",
    "full_key",
    "is_secret",
    "known_settings",
    "load_settings",
    "portable_config",
    "settings_of",
    "sources",
    "template",
    "user_config_path",
    "user_state_path",
    "values_of",
]
