"""The commands. Nothing here imports an engine before a command runs."""
