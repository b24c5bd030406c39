"""The chat on a terminal: questions, commands, sessions; no command line and no engine in it."""
