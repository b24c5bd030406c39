"""Files of all formats, made by real programs, and whether they are read right."""
