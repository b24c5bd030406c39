"""The only reader of configuration files and of the environment.

Precedence, first wins: command line, ``GROUNDWIRE_*`` variables and those of Slack, OpenAI and
Anthropic, the ``groundwire.toml`` beside the documents, the user's ``config.toml``, the defaults.
Nothing under :mod:`groundwire.desk` sees a ``Settings``: constructors get plain values.
"""

from groundwire.settings.loading import LoadedSettings, load_settings, user_config_path
from groundwire.settings.schema import DEFAULT_ENCODER, Settings

__all__ = ["DEFAULT_ENCODER", "LoadedSettings", "Settings", "load_settings", "user_config_path"]
