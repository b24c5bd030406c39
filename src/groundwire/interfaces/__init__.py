"""The doors: terminal, Slack, and how results are rendered. No engine code."""
